//! Every expression against an evaluator written by hand, over all rows of a few values a column.

mod build;
mod evaluator;

use serde_json::json;

use self::build::*;
use self::evaluator::agree;
use super::*;
use crate::model::{Arith, BaseType, Function};

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
        agree(cmp(op, col(N), int(2)));
        agree(cmp(op, int(2), col(N)));
        agree(cmp(op, col(N), minus(int(3))));
        agree(cmp(op, minus(col(N)), int(3)));
        agree(cmp(op, col(N), lit(Literal::Double(1.5))));
        agree(cmp(op, col(X), lit(Literal::Double(1.5))));
        agree(cmp(op, col(X), int(1)));
        agree(cmp(op, int(1), int(2)));
    }
    agree(within(
        col(N),
        vec![Literal::Integer(1), Literal::Integer(5)],
    ));
    agree(negation(within(
        col(N),
        vec![Literal::Integer(1), Literal::Integer(1)],
    )));
    agree(within(
        minus(col(N)),
        vec![Literal::Integer(3), Literal::Integer(0)],
    ));
}

#[test]
fn texts() {
    for op in [Comparison::Eq, Comparison::Ne] {
        agree(cmp(op, col(S), text("late")));
        agree(cmp(op, text("late"), col(S)));
        for (from, count) in [(1, 1), (1, 2), (2, 1), (2, 2), (3, 4), (1, 0), (6, 2)] {
            for wanted in ["", "a", "b", "at", "ate", "la", ".", "😀"] {
                agree(cmp(op, substring(col(S), from, count), text(wanted)));
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
        agree(negation(like(col(S), pattern)));
    }
}

#[test]
fn lengths() {
    for op in COMPARISONS {
        for n in [-1, 0, 1, 2, 4, i64::MAX] {
            agree(cmp(op, length(col(S)), int(n)));
            agree(cmp(op, int(n), length(col(S))));
        }
    }
    agree(within(
        length(col(S)),
        vec![Literal::Integer(0), Literal::Integer(2)],
    ));
    agree(null(length(col(S))));
    agree(null(substring(col(S), 1, 2)));
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
            agree(cmp(op, col(DAY), lit(Literal::Date(day.into()))));
            agree(cmp(op, lit(Literal::Date(day.into())), col(DAY)));
        }
        for time in ["00:00:00", "08:00:00", "19:30:00.000", "23:59:59"] {
            let time = lit(Literal::Time(time.trim_end_matches(".000").into()));
            agree(cmp(op, col(T), time));
        }
    }
    agree(within(col(DAY), vec![Literal::Date("2010-01-01".into())]));
}

#[test]
fn connectives_over_two_columns() {
    let n_positive = || cmp(Comparison::Gt, col(N), int(0));
    let m_big = || cmp(Comparison::Ge, col(M), int(5));
    agree(and(n_positive(), m_big()));
    agree(or(n_positive(), m_big()));
    agree(negation(and(n_positive(), negation(m_big()))));
    agree(or(null(col(N)), m_big()));
    agree(and(negation(null(col(N))), or(null(col(M)), n_positive())));
    agree(or(null(col(N)), cmp(Comparison::Eq, col(S), text("late"))));
    for (a, b) in [(P, Q), (Q, P)] {
        agree(and(col(a), col(b)));
        agree(or(col(a), col(b)));
        agree(cmp(Comparison::Eq, col(a), col(b)));
        agree(cmp(Comparison::Ne, col(a), negation(col(b))));
        agree(null(and(col(a), col(b))));
        agree(negation(null(or(col(a), col(b)))));
    }
    agree(cmp(Comparison::Eq, col(P), lit(Literal::Boolean(true))));
    agree(cmp(Comparison::Ne, n_positive(), m_big()));
    agree(or(
        lit(Literal::Boolean(false)),
        and(col(P), lit(Literal::Boolean(true))),
    ));
    agree(null(int(1)));
    agree(null(col(P)));
    agree(null(minus(col(N))));
}

#[test]
fn cases() {
    let sign = || {
        case(
            vec![
                (cmp(Comparison::Gt, col(N), int(0)), int(1)),
                (cmp(Comparison::Lt, col(N), int(0)), minus(int(1))),
            ],
            Some(col(M)),
        )
    };
    for op in COMPARISONS {
        agree(cmp(op, sign(), int(0)));
        agree(cmp(op, int(1), sign()));
    }
    agree(within(
        sign(),
        vec![Literal::Integer(1), Literal::Integer(2)],
    ));
    agree(null(sign()));
    agree(null(case(vec![(col(P), int(1))], None)));
    agree(case(
        vec![(col(P), col(Q)), (negation(col(P)), null(col(Q)))],
        None,
    ));
    agree(case(vec![(null(col(P)), col(Q))], Some(col(P))));
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
    let fine = || cmp(Comparison::Eq, col(S), text("late"));
    let inexpressible = [
        cmp(Comparison::Lt, col(N), col(M)),
        cmp(Comparison::Eq, col(N), col(M)),
        cmp(Comparison::Lt, sum.clone(), int(3)),
        null(sum),
        cmp(Comparison::Eq, lower, text("late")),
        cmp(
            Comparison::Le,
            col(DAY),
            expr(ExprKind::CurrentDate, ValueType::Date),
        ),
        cmp(
            Comparison::Lt,
            col(T),
            lit(Literal::Time("08:00:00.5".into())),
        ),
        cmp(Comparison::Eq, substring(col(S), 1000, 1), text("a")),
        cmp(Comparison::Eq, col(X), int(i64::MAX)),
    ];
    for e in inexpressible {
        assert_eq!(check_schema(&table, &e), None, "{e:?}");
        // One such part makes the whole unexpressed, whatever stands beside it.
        for whole in [
            and(fine(), e.clone()),
            or(e.clone(), fine()),
            negation(e.clone()),
            cmp(Comparison::Eq, fine(), e.clone()),
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
        e = cmp(Comparison::Eq, e, col(Q));
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
