//! Cases of functions over days, times and parts of texts, with their values.

use super::*;
use crate::model::DatePart;

fn date(t: &str) -> Expr {
    make(ExprKind::Literal(Literal::Date(t.into())), ValueType::Date)
}

fn timestamp(t: &str) -> Expr {
    let kind = ExprKind::Literal(Literal::Timestamp(t.into()));
    make(kind, ValueType::Timestamp)
}

fn extract(part: DatePart, a: Expr) -> Expr {
    call(Function::Extract(part), vec![a])
}

fn full_years(from: Expr, to: Expr) -> Expr {
    call(Function::FullYears, vec![from, to])
}

fn seconds_between(from: Expr, to: Expr) -> Expr {
    call(Function::SecondsBetween, vec![from, to])
}

fn split_part(a: Expr, separator: &str, part: i64) -> Expr {
    call(Function::SplitPart, vec![a, words(separator), int(part)])
}

fn concat(a: Expr, b: Expr) -> Expr {
    call(Function::Concat, vec![a, b])
}

fn text(t: &str) -> Literal {
    Literal::Text(t.into())
}

pub(super) fn cases() -> Vec<(Expr, &'static str)> {
    use Arith::{Add, Mul, Sub};
    let year = |a| extract(DatePart::Year, a);
    vec![
        (year(col("day")), "2024"),
        (extract(DatePart::Month, col("moment")), "2"),
        (extract(DatePart::Day, arith(col("day"), Add, int(1))), "1"),
        (extract(DatePart::IsoWeekday, date("2024-03-03")), "7"),
        (extract(DatePart::Hour, col("clock")), "8"),
        (extract(DatePart::Minute, col("moment")), "59"),
        (negate(year(col("day"))), "-2024"),
        (arith(year(col("last")), Sub, year(col("day"))), "7975"),
        (arith(year(col("day")), Mul, double(0.5)), "1012"),
        (arith(col("day"), Add, year(col("day"))), "2029-09-14"),
        (one_of(year(col("day")), &[Literal::Integer(2024)]), "true"),
        (call(Function::CastDate, vec![col("moment")]), "2024-02-29"),
        (call(Function::CastTime, vec![col("moment")]), "23:59:59"),
        (
            extract(
                DatePart::Hour,
                call(Function::CastTime, vec![timestamp("0001-01-01 07:00:00.5")]),
            ),
            "7",
        ),
        (full_years(col("day"), col("last")), "7975"),
        (full_years(col("last"), col("day")), "-7976"),
        (full_years(col("day"), date("2025-02-28")), "0"),
        (
            full_years(arith(col("day"), Add, int(1)), date("0001-03-01")),
            "-2023",
        ),
        (
            arith(full_years(col("day"), date("2025-03-01")), Add, int(1)),
            "2",
        ),
        (
            full_years(col("day"), call(Function::CastDate, vec![col("moment")])),
            "0",
        ),
        (
            seconds_between(col("moment"), timestamp("2024-03-01 00:00:00.999999")),
            "1",
        ),
        (
            seconds_between(timestamp("2024-03-01 00:00:00.5"), col("moment")),
            "-1",
        ),
        (
            arith(
                seconds_between(
                    timestamp("0001-01-01 00:00:00"),
                    timestamp("9999-12-31 23:59:59.999999"),
                ),
                Mul,
                col("big"),
            ),
            "2910323421282562302623268587393",
        ),
        (split_part(col("t"), "_", 2), "50%\\ΌΣΟΣ"),
        (split_part(col("t"), "Σ", 3), ""),
        (split_part(words("д'Артаньян"), "'", 1), "д"),
        (split_part(words("a"), "b", 5_000_000_000), ""),
        (concat(words("a"), words("'б")), "a'б"),
        (
            call(
                Function::Upper,
                vec![concat(concat(words("ё"), words("-")), words("ж"))],
            ),
            "Ё-Ж",
        ),
        (
            like(concat(words("x"), concat(col("t"), words("z"))), "xЁ%Σz"),
            "true",
        ),
        (
            one_of(concat(words("a"), words("b")), &[text("ab"), text("b")]),
            "true",
        ),
        (eq(words("ab"), concat(words("a"), words("b"))), "true"),
        (
            is_null(concat(
                col("t"),
                case(
                    vec![(eq(col("none"), int(1)), words("a"))],
                    None,
                    ValueType::Text,
                ),
            )),
            "true",
        ),
    ]
}
