//! What is written for rules over the fixture, one of every shape. The tests against a real server run
//! queries of the same making.

mod rules;

use self::rules::{assertion, id, rows, rule, shapes, span, structures, view};
use super::*;
use crate::model::expr::build::{at, compare, int, is_null, not, today};
use crate::model::{
    CheckSeverity, Comparison, Expr, ExprKind, Origin, PersonalClass, Shape, ValueType, ViewColumn,
    fixture,
};

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
        .take(9)
        .map(Into::into)
        .collect();
    assert_eq!(
        begin[1..],
        [
            "-- check. Так и есть",
            "-- Метрика: связанность. Значимость: ошибка. Происхождение: приказ, решение модели.",
            "-- Пункты: order-355 7.2.b.3.",
            "-- Первая строка вторая",
            "-- Нужны функции из functions.sql.",
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
