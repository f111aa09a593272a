//! Every expression against the reference evaluation, over all rows of a few values a column.

mod agreement;
mod rows;

use serde_json::json;

use self::agreement::agree;
use self::rows::*;
use super::{check_schema, condition_schema};
use crate::model::expr::build::*;
use crate::model::{Arith, BaseType, Comparison, DatePart, ExprKind, Function, Literal, ValueType};

const COMPARISONS: [Comparison; 6] = [
    Comparison::Eq,
    Comparison::Ne,
    Comparison::Lt,
    Comparison::Le,
    Comparison::Gt,
    Comparison::Ge,
];

#[test]
fn numbers() {
    for op in COMPARISONS {
        agree(compare(op, col(N), int(2)));
        agree(compare(op, int(2), col(N)));
        agree(compare(op, col(N), negate(int(3))));
        agree(compare(op, negate(col(N)), int(3)));
        agree(compare(op, col(N), literal(Literal::Double(1.5))));
        agree(compare(op, col(X), literal(Literal::Double(1.5))));
        agree(compare(op, col(X), int(1)));
        agree(compare(op, int(1), int(2)));
    }
    agree(within(
        col(N),
        vec![Literal::Integer(1), Literal::Integer(5)],
    ));
    agree(not(within(
        col(N),
        vec![Literal::Integer(1), Literal::Integer(1)],
    )));
    agree(within(
        negate(col(N)),
        vec![Literal::Integer(3), Literal::Integer(0)],
    ));
}

#[test]
fn texts() {
    for op in [Comparison::Eq, Comparison::Ne] {
        agree(compare(op, col(S), text("late")));
        agree(compare(op, text("late"), col(S)));
        for (from, count) in [(1, 1), (1, 2), (2, 1), (2, 2), (3, 4), (1, 0), (6, 2)] {
            for wanted in ["", "a", "b", "at", "ate", "la", ".", "😀"] {
                agree(compare(op, substring(col(S), from, count), text(wanted)));
            }
        }
    }
    agree(within(
        col(S),
        vec![Literal::Text("late".into()), Literal::Text("ёж".into())],
    ));
    for pattern in [
        "", "%", "_", "__", "a%", "%c", "a.c", "a\\%c", "a\\\\c", "l_te%", "%b", "_b", "%a%",
    ] {
        agree(like(col(S), pattern));
        agree(not(like(col(S), pattern)));
    }
}

#[test]
fn lengths() {
    for op in COMPARISONS {
        for n in [-1, 0, 1, 2, 4, i64::MAX] {
            agree(compare(op, length(col(S)), int(n)));
            agree(compare(op, int(n), length(col(S))));
        }
    }
    agree(within(
        length(col(S)),
        vec![Literal::Integer(0), Literal::Integer(2)],
    ));
    agree(is_null(length(col(S))));
    agree(is_null(substring(col(S), 1, 2)));
}

#[test]
fn moments() {
    for op in COMPARISONS {
        for day in [
            "2010-01-01",
            "2020-02-29",
            "0001-01-01",
            "9999-12-31",
            "2019-12-30",
        ] {
            agree(compare(op, col(DAY), literal(Literal::Date(day.into()))));
            agree(compare(op, literal(Literal::Date(day.into())), col(DAY)));
        }
        for time in ["00:00:00", "08:00:00", "19:30:00.000", "23:59:59"] {
            let time = literal(Literal::Time(time.trim_end_matches(".000").into()));
            agree(compare(op, col(T), time));
        }
    }
    agree(within(col(DAY), vec![Literal::Date("2010-01-01".into())]));
}

#[test]
fn parts_of_moments() {
    let part = |part, at| call(Function::Extract(part), vec![col(at)]);
    for op in COMPARISONS {
        for (of, column, numbers) in [
            (DatePart::Year, DAY, [0, 1, 999, 2010, 2020, 9999, 10_000]),
            (DatePart::Month, DAY, [-1, 0, 1, 2, 3, 12, 13]),
            (DatePart::Day, DAY, [0, 1, 2, 29, 30, 31, 32]),
            (DatePart::Hour, T, [-1, 0, 7, 8, 19, 23, 24]),
            (DatePart::Minute, T, [-1, 0, 1, 30, 31, 59, 60]),
            (DatePart::Year, AT, [0, 1, 2010, 2019, 2020, 9999, 10_000]),
            (DatePart::Month, AT, [0, 1, 2, 3, 11, 12, 13]),
            (DatePart::Hour, AT, [0, 1, 7, 8, 19, 20, 23]),
            (DatePart::Minute, FINE, [0, 1, 30, 58, 59, 60, i64::MAX]),
            (DatePart::Day, FINE, [i64::MIN, 0, 1, 2, 28, 29, 31]),
        ] {
            for n in numbers {
                agree(compare(op, part(of, column), int(n)));
                agree(compare(op, int(n), part(of, column)));
            }
        }
        for day in ["0001-01-01", "2019-12-31", "2020-02-29", "9999-12-31"] {
            let day = || literal(Literal::Date(day.into()));
            for column in [AT, FINE] {
                let cast = call(Function::CastDate, vec![col(column)]);
                agree(compare(op, cast, day()));
            }
        }
        for time in ["00:00:00", "08:00:00.000", "23:59:59"] {
            let time = literal(Literal::Time(time.into()));
            agree(compare(op, call(Function::CastTime, vec![col(AT)]), time));
        }
    }
    let months = vec![Literal::Integer(2), Literal::Integer(12)];
    agree(within(part(DatePart::Month, FINE), months));
    agree(is_null(part(DatePart::IsoWeekday, DAY)));
    agree(is_null(call(Function::CastTime, vec![col(FINE)])));
    agree(is_null(call(Function::FullYears, vec![col(DAY), today()])));
}

#[test]
fn parts_of_texts() {
    for op in [Comparison::Eq, Comparison::Ne] {
        for separator in ["-", "^", "]", "\\", "a", "ж", "\n"] {
            for part in [1, 2, 3, 5] {
                for wanted in ["", "а", "7", "А", "-", "\n", "c", "late"] {
                    let arguments = vec![col(S), text(separator), int(part)];
                    let split = call(Function::SplitPart, arguments);
                    agree(compare(op, split, text(wanted)));
                }
            }
        }
    }
}

#[test]
fn connectives_over_two_columns() {
    let n_positive = || compare(Comparison::Gt, col(N), int(0));
    let m_big = || compare(Comparison::Ge, col(M), int(5));
    agree(and(n_positive(), m_big()));
    agree(or(n_positive(), m_big()));
    agree(not(and(n_positive(), not(m_big()))));
    agree(or(is_null(col(N)), m_big()));
    agree(and(not(is_null(col(N))), or(is_null(col(M)), n_positive())));
    agree(or(
        is_null(col(N)),
        compare(Comparison::Eq, col(S), text("late")),
    ));
    for (a, b) in [(P, Q), (Q, P)] {
        agree(and(col(a), col(b)));
        agree(or(col(a), col(b)));
        agree(compare(Comparison::Eq, col(a), col(b)));
        agree(compare(Comparison::Ne, col(a), not(col(b))));
        agree(is_null(and(col(a), col(b))));
        agree(not(is_null(or(col(a), col(b)))));
    }
    agree(compare(
        Comparison::Eq,
        col(P),
        literal(Literal::Boolean(true)),
    ));
    agree(compare(Comparison::Ne, n_positive(), m_big()));
    agree(or(
        literal(Literal::Boolean(false)),
        and(col(P), literal(Literal::Boolean(true))),
    ));
    agree(is_null(int(1)));
    agree(is_null(col(P)));
    agree(is_null(negate(col(N))));
}

#[test]
fn cases() {
    let sign = || {
        case(
            vec![
                (compare(Comparison::Gt, col(N), int(0)), int(1)),
                (compare(Comparison::Lt, col(N), int(0)), negate(int(1))),
            ],
            Some(col(M)),
        )
    };
    for op in COMPARISONS {
        agree(compare(op, sign(), int(0)));
        agree(compare(op, int(1), sign()));
    }
    agree(within(
        sign(),
        vec![Literal::Integer(1), Literal::Integer(2)],
    ));
    agree(is_null(sign()));
    agree(is_null(case(vec![(col(P), int(1))], None)));
    agree(case(
        vec![(col(P), col(Q)), (not(col(P)), is_null(col(Q)))],
        None,
    ));
    agree(case(vec![(is_null(col(P)), col(Q))], Some(col(P))));
    agree(like(case(vec![(col(P), col(S))], None), "a%"));
}

#[test]
fn what_a_schema_cannot_say_is_not_said() {
    let table = table();
    let sum = expr(
        ExprKind::Arith(Arith::Add, Box::new(col(N)), Box::new(int(1))),
        ValueType::Integer,
    );
    let lower = expr(
        ExprKind::Call(Function::Lower, vec![col(S)]),
        ValueType::Text,
    );
    let fine = || compare(Comparison::Eq, col(S), text("late"));
    let inexpressible = [
        compare(Comparison::Lt, col(N), col(M)),
        compare(Comparison::Eq, col(N), col(M)),
        compare(Comparison::Lt, sum.clone(), int(3)),
        is_null(sum),
        compare(Comparison::Eq, lower, text("late")),
        compare(
            Comparison::Le,
            col(DAY),
            expr(ExprKind::CurrentDate, ValueType::Date),
        ),
        compare(
            Comparison::Lt,
            col(T),
            literal(Literal::Time("08:00:00.5".into())),
        ),
        compare(Comparison::Eq, substring(col(S), 1000, 1), text("a")),
        compare(Comparison::Eq, col(X), int(i64::MAX)),
        compare(
            Comparison::Lt,
            call(Function::Extract(DatePart::IsoWeekday), vec![col(DAY)]),
            int(6),
        ),
        compare(
            Comparison::Eq,
            call(Function::CastTime, vec![col(FINE)]),
            literal(Literal::Time("08:00:00".into())),
        ),
        compare(
            Comparison::Ge,
            call(Function::FullYears, vec![col(DAY), today()]),
            int(18),
        ),
        compare(
            Comparison::Lt,
            call(Function::SecondsBetween, vec![col(AT), col(FINE)]),
            int(60),
        ),
        compare(
            Comparison::Eq,
            call(Function::SplitPart, vec![col(S), text("--"), int(1)]),
            text("а"),
        ),
        compare(
            Comparison::Eq,
            call(Function::Concat, vec![col(S), text("-")]),
            text("а-"),
        ),
    ];
    for e in inexpressible {
        assert_eq!(check_schema(&table, &e), None, "{e:?}");
        // One such part makes the whole unexpressed, whatever stands beside it.
        for whole in [
            and(fine(), e.clone()),
            or(e.clone(), fine()),
            not(e.clone()),
            compare(Comparison::Eq, fine(), e.clone()),
            case(vec![(fine(), e.clone())], None),
            case(vec![(e.clone(), fine())], Some(fine())),
        ] {
            assert_eq!(check_schema(&table, &whole), None, "{whole:?}");
            assert_eq!(condition_schema(&table, &whole), None, "{whole:?}");
        }
    }
}

#[test]
fn size_has_a_limit() {
    let table = table();
    let mut e = col(P);
    for _ in 0..40 {
        e = compare(Comparison::Eq, e, col(Q));
    }
    assert_eq!(check_schema(&table, &e), None);
}

#[test]
fn floats_are_compared_only_where_their_text_decides() {
    use super::constant::number;
    let number = |n| number(BaseType::Float, &Literal::Double(n));
    assert_eq!(number(0.5), Some(json!(0.5)));
    assert_eq!(number(0.1), None);
}
