//! What is written for rules over the fixture, one of every shape. The tests against a real server run
//! queries of the same making.

use super::*;
use crate::model::expr::build::{
    and, at, call, compare, int, is_null, length, literal, not, text, today,
};
use crate::model::{
    AssertionBody, CheckSeverity, ColumnId, Comparison, Expr, ExprKind, Function, Literal, Measure,
    Metric, Origin, Pattern, PatternNode, PersonalClass, RowRule, Search, Sequence, Shape,
    Structure, TableId, ValueType, View, ViewColumn, fixture,
};
use crate::source::{FileId, Span};

fn span() -> Span {
    Span::new(FileId(0), 0, 0)
}

fn id(column: u32) -> ColumnId {
    ColumnId(column)
}

/// The view of a table of the fixture.
fn view(model: &Model, table: u32, extra: Vec<ViewColumn>) -> View {
    let table = TableId(table);
    View {
        table,
        own: u32::try_from(model.table(table).columns.len()).unwrap(),
        extra,
    }
}

fn assertion(code: &str, body: AssertionBody) -> Assertion {
    Assertion {
        code: code.into(),
        title: "Так и есть".into(),
        severity: CheckSeverity::Error,
        body,
        span: span(),
    }
}

fn rule(code: &str, assertions: Vec<Assertion>) -> Rule {
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

fn rows(view: View, when: Option<Expr>, shape: Shape) -> AssertionBody {
    AssertionBody::Rows(RowRule { view, when, shape })
}

fn search(view: View, on: Vec<(u32, Expr)>, condition: Option<Expr>) -> Search {
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
fn shapes(model: &Model) -> Vec<(&'static str, AssertionBody)> {
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

fn structures() -> Vec<(&'static str, AssertionBody)> {
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

fn model() -> Model {
    let mut model = fixture::model();
    model.tables[1].columns[1].personal = Some(PersonalClass::Text);
    // A class of text makes no text of a number.
    model.tables[2].columns[4].personal = Some(PersonalClass::Text);
    model.tables[2].columns[8].personal = Some(PersonalClass::Text);
    let bodies = shapes(&model).into_iter().chain(structures());
    let rules = bodies.map(|(code, body)| rule(code, vec![assertion(code, body)]));
    model.rules = rules.collect();
    let path = ViewColumn::Path(vec![id(1), id(2)]);
    model.indicators = vec![Indicator {
        code: "I-1".into(),
        title: "Доля лиц без опозданий".into(),
        note: Some("Одна\nстрока".into()),
        origin: vec![Origin::Seed],
        clauses: vec![],
        view: view(&model, 2, vec![path]),
        when: Some(not(is_null(at(9, ValueType::Date)))),
        distinct: Some(id(1)),
        keeps: vec![
            Shape::Check(is_null(at(4, ValueType::Integer))),
            Shape::Equal(vec![id(1), id(2)]),
        ],
        span: span(),
    }];
    model
}

fn artifacts(model: &Model) -> Artifacts {
    let mut out = Artifacts::new();
    emit(model, "quality/postgresql", &mut out);
    out
}

fn file(out: &Artifacts, name: &str) -> String {
    let path = format!("quality/postgresql/{name}.sql");
    String::from_utf8(out.get(&path).unwrap().to_vec()).unwrap()
}

#[test]
fn a_query_for_every_shape() {
    let model = model();
    let out = artifacts(&model);
    let queries = shapes(&model).into_iter().chain(structures());
    let queries: Vec<String> = queries
        .map(|(code, _)| {
            let sql = file(&out, code);
            sql.split_once("\n\n").unwrap().1.to_owned()
        })
        .collect();
    insta::assert_snapshot!(queries.join("\n"));
}

#[test]
fn views_over_all_of_them() {
    let mut model = model();
    let keep = ["unique", "checks", "csv", "kinds"];
    model
        .rules
        .retain(|rule| keep.contains(&rule.code.as_str()));
    insta::assert_snapshot!(file(&artifacts(&model), "all"));
}

#[test]
fn a_model_without_rules_has_empty_views() {
    let out = artifacts(&fixture::model());
    let paths: Vec<_> = out.iter().map(|(path, _)| path).collect();
    assert_eq!(
        paths,
        [
            "quality/postgresql/all.sql",
            "quality/postgresql/functions.sql"
        ]
    );
    insta::assert_snapshot!(file(&out, "all"));
}

#[test]
fn files_say_what_they_ask() {
    let mut model = model();
    let first = &mut model.rules[0];
    first.note = Some("Первая строка\nвторая".into());
    first.clauses = vec![crate::model::ClauseId {
        regulation: 0,
        clause: 0,
    }];
    first.assertions[0].code = "check.a".into();
    first.assertions[0].title = "Часть".into();
    first.assertions[0].severity = CheckSeverity::Warning;
    let out = artifacts(&model);
    let begin: Vec<String> = file(&out, "check")
        .lines()
        .take(8)
        .map(Into::into)
        .collect();
    assert_eq!(
        begin[1..],
        [
            "-- check. Так и есть",
            "-- Метрика: связанность. Значимость: ошибка. Происхождение: приказ, решение модели.",
            "-- Пункты: order-355 7.2.b.3.",
            "-- Первая строка вторая",
            "",
            "-- check.a. Часть (предупреждение)",
            "SELECT 'check.a' AS rule, 'attendance' AS table_name, t.id::text AS record_key",
        ]
    );
    insta::assert_snapshot!(file(&out, "I-1"));
}

#[test]
fn add_days_is_made_when_a_rule_calls_it() {
    let mut model = fixture::model();
    assert!(!file(&artifacts(&model), "functions").contains("add_days"));
    let day =
        crate::model::expr::build::arith(crate::model::Arith::Add, at(2, ValueType::Date), int(30));
    let shape = Shape::Check(compare(Comparison::Le, day, today()));
    let body = rows(view(&model, 1, vec![]), None, shape);
    model.rules = vec![rule("R", vec![assertion("R", body)])];
    let out = artifacts(&model);
    assert!(file(&out, "functions").contains("FUNCTION edu_region.add_days("));
    assert!(file(&out, "R").contains("edu_region.add_days(t.birth_date, 30) <= (SELECT"));
}

#[test]
fn empty_texts_are_null_where_the_profile_lets_them_be() {
    let mut model = fixture::model();
    model.showcase.csv.null = crate::model::NullForm::Bare;
    let shape = Shape::Check(is_null(at(8, ValueType::Text)));
    let body = rows(view(&model, 2, vec![]), None, shape);
    model.rules = vec![rule("R", vec![assertion("R", body)])];
    assert!(file(&artifacts(&model), "R").contains("NOT (NULLIF(t.type, '') IS NULL)"));
}

#[test]
fn expressions_keep_their_parentheses_beside_others() {
    let mut model = fixture::model();
    let either = || {
        crate::model::expr::build::or(
            is_null(at(3, ValueType::Double)),
            is_null(at(1, ValueType::Text)),
        )
    };
    let equal = Expr {
        kind: ExprKind::IsNull(Box::new(either())),
        ty: ValueType::Boolean,
        span: span(),
    };
    let body = rows(view(&model, 1, vec![]), Some(either()), Shape::Check(equal));
    model.rules = vec![rule("R", vec![assertion("R", body)])];
    let sql = file(&artifacts(&model), "R");
    assert!(
        sql.contains(
            "WHERE (t.weight IS NULL OR t.snils_hash IS NULL)\n    AND NOT ((t.weight IS NULL OR t.snils_hash IS NULL) IS NULL)"
        ),
        "{sql}"
    );
}
