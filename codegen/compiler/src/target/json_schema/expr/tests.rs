//! Every expression against the reference evaluation, over all rows of a few values a column.

mod agreement;
mod rows;

use serde_json::json;

use self::agreement::agree;
use self::rows::*;
use super::{check_schema, condition_schema};
use crate::model::expr::build::*;
use crate::model::{Arith, BaseType, Comparison, ExprKind, Function, Literal, ValueType};

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
