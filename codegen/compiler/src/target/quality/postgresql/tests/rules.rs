//! Rules over the fixture, one of every shape and structure.

use crate::model::expr::build::{
    and, at, call, compare, int, is_null, length, literal, not, text, today,
};
use crate::model::{
    Assertion, AssertionBody, CheckSeverity, ColumnId, Comparison, Expr, Function, Literal,
    Measure, Metric, Model, Origin, Pattern, PatternNode, RowRule, Rule, Search, Sequence, Shape,
    Structure, TableId, ValueType, View, ViewColumn,
};
use crate::source::{FileId, Span};

pub(super) fn span() -> Span {
    Span::new(FileId(0), 0, 0)
}

pub(super) fn id(column: u32) -> ColumnId {
    ColumnId(column)
}

/// The view of a table of the fixture.
pub(super) fn view(model: &Model, table: u32, extra: Vec<ViewColumn>) -> View {
    let table = TableId(table);
    View {
        table,
        own: u32::try_from(model.table(table).columns.len()).unwrap(),
        extra,
    }
}

pub(super) fn assertion(code: &str, body: AssertionBody) -> Assertion {
    Assertion {
        code: code.into(),
        title: "Так и есть".into(),
        severity: CheckSeverity::Error,
        body,
        span: span(),
    }
}

pub(super) fn rule(code: &str, assertions: Vec<Assertion>) -> Rule {
    Rule {
        code: code.into(),
        title: "Так и есть".into(),
        note: None,
        metric: Metric::Linkage,
        severity: CheckSeverity::Error,
        origin: vec![Origin::Order, Origin::Inference],
        clauses: vec![],
        assertions,
        span: span(),
    }
}

pub(super) fn rows(view: View, when: Option<Expr>, shape: Shape) -> AssertionBody {
    AssertionBody::Rows(RowRule { view, when, shape })
}

pub(super) fn search(view: View, on: Vec<(u32, Expr)>, condition: Option<Expr>) -> Search {
    let on = on.into_iter().map(|(column, value)| (id(column), value));
    Search {
        view,
        on: on.collect(),
        condition,
    }
}

/// Columns of the fixture: organisations 0 (id, inn, oktmo, name, partof_id, active, gar_guid),
/// person 1 (id, snils_hash, birth_date, weight), attendance 2 (id, person_id, organisation_id,
/// attendance_code, late_minutes, place_code, start_time, create_datetime, type).
pub(super) fn shapes(model: &Model) -> Vec<(&'static str, AssertionBody)> {
    use Comparison::{Eq, Gt, Le};
    let path = |columns: &[u32]| ViewColumn::Path(columns.iter().map(|c| id(*c)).collect());
    let plain = |table| view(model, table, vec![]);
    vec![
        (
            "check",
            rows(
                view(
                    model,
                    2,
                    vec![path(&[1, 2]), path(&[2, 4, 3]), ViewColumn::Now],
                ),
                Some(not(is_null(at(4, ValueType::Integer)))),
                Shape::Check(and(
                    compare(Le, at(9, ValueType::Date), today()),
                    and(
                        compare(Gt, length(at(10, ValueType::Text)), int(3)),
                        compare(
                            Le,
                            at(7, ValueType::Timestamp),
                            at(11, ValueType::Timestamp),
                        ),
                    ),
                )),
            ),
        ),
        (
            "equal",
            rows(
                view(model, 0, vec![path(&[4, 2]), path(&[4, 4, 2])]),
                None,
                Shape::Equal(vec![id(2), id(7), id(8)]),
            ),
        ),
        (
            "exists",
            rows(
                plain(1),
                None,
                Shape::Exists(vec![
                    search(plain(2), vec![(1, at(0, ValueType::Text))], None),
                    search(
                        view(model, 2, vec![path(&[2, 5]), ViewColumn::Outer(id(3))]),
                        vec![(1, at(0, ValueType::Text))],
                        Some(and(
                            at(9, ValueType::Boolean),
                            compare(Gt, at(10, ValueType::Double), int(0)),
                        )),
                    ),
                ]),
            ),
        ),
        (
            "not_exists",
            rows(
                plain(1),
                Some(compare(
                    Comparison::Ge,
                    at(2, ValueType::Date),
                    literal(Literal::Date("2010-01-01".into())),
                )),
                Shape::NotExists(vec![search(
                    plain(2),
                    vec![
                        (1, at(0, ValueType::Text)),
                        (3, call(Function::Lower, vec![text("LATE")])),
                    ],
                    None,
                )]),
            ),
        ),
        (
            "not_exists_any",
            rows(
                plain(1),
                None,
                Shape::NotExists(vec![
                    search(plain(2), vec![(1, at(0, ValueType::Text))], None),
                    search(plain(0), vec![], None),
                ]),
            ),
        ),
        (
            "count",
            rows(
                plain(1),
                None,
                Shape::Within {
                    search: search(
                        plain(2),
                        vec![(1, at(0, ValueType::Text))],
                        Some(compare(Eq, at(3, ValueType::Text), text("late"))),
                    ),
                    measure: Measure::Count,
                    at_least: None,
                    at_most: Some(int(2)),
                },
            ),
        ),
        (
            "sum_beside",
            rows(
                view(model, 0, vec![path(&[4, 3])]),
                None,
                Shape::Within {
                    search: search(
                        view(model, 2, vec![path(&[1, 3]), ViewColumn::Outer(id(5))]),
                        vec![(2, at(0, ValueType::Text))],
                        Some(at(10, ValueType::Boolean)),
                    ),
                    measure: Measure::Sum(at(9, ValueType::Double)),
                    at_least: Some(length(at(7, ValueType::Text))),
                    at_most: Some(int(100)),
                },
            ),
        ),
        (
            "average_of_all",
            rows(
                plain(1),
                None,
                Shape::Within {
                    search: search(plain(2), vec![], None),
                    measure: Measure::Average {
                        value: at(4, ValueType::Integer),
                        weight: Some(at(5, ValueType::Integer)),
                    },
                    at_least: Some(at(3, ValueType::Double)),
                    at_most: None,
                },
            ),
        ),
        (
            "no_overlap",
            rows(
                view(model, 2, vec![path(&[1, 2])]),
                None,
                Shape::NoOverlap {
                    by: vec![id(1), id(9)],
                    from: id(6),
                    to: id(6),
                },
            ),
        ),
        (
            "unique",
            rows(
                plain(0),
                Some(at(5, ValueType::Boolean)),
                Shape::Unique {
                    by: vec![id(1), id(4)],
                    distinct: None,
                },
            ),
        ),
        (
            "unique_distinct",
            rows(
                plain(0),
                None,
                Shape::Unique {
                    by: vec![id(1)],
                    distinct: Some(id(6)),
                },
            ),
        ),
        (
            "sequence",
            rows(
                view(
                    model,
                    2,
                    vec![
                        path(&[2, 3]),
                        ViewColumn::Previous(id(9)),
                        ViewColumn::Previous(id(3)),
                    ],
                ),
                None,
                Shape::Sequence(Sequence {
                    by: vec![id(1)],
                    order: id(7),
                    next: Some(and(
                        compare(Eq, at(9, ValueType::Text), at(10, ValueType::Text)),
                        compare(
                            Comparison::Ne,
                            at(3, ValueType::Text),
                            at(11, ValueType::Text),
                        ),
                    )),
                    last: Some(compare(Eq, at(3, ValueType::Text), text("present"))),
                }),
            ),
        ),
    ]
}

/// Two digits, anywhere in a text or as all of it.
fn digits(is_sought: bool) -> Pattern {
    let digits = PatternNode::Repeat {
        node: Box::new(PatternNode::Class(vec![('0', '9')])),
        min: 2,
        max: Some(2),
    };
    Pattern {
        text: "as written".into(),
        node: match is_sought {
            true => {
                let anything = PatternNode::anything;
                PatternNode::Sequence(vec![anything(), digits, anything()])
            }
            false => digits,
        },
    }
}

pub(super) fn structures() -> Vec<(&'static str, AssertionBody)> {
    [
        ("required", Structure::Required),
        ("references", Structure::References),
        ("primary_keys", Structure::PrimaryKeys),
        ("codes", Structure::Codes),
        ("hashes", Structure::Hashes),
        ("kinds", Structure::Kinds),
        (
            "checks",
            Structure::Checks(vec!["attendance.late".into(), "attendance.none".into()]),
        ),
        (
            "free_text",
            Structure::FreeText(vec![digits(true), digits(false)]),
        ),
        ("csv", Structure::CsvEncoding),
        ("deletions", Structure::Deletions),
    ]
    .map(|(code, structure)| (code, AssertionBody::Structure(structure)))
    .into()
}
