//! Tables of cases: statements of YAML beside a picture of what they resolve to, or beside the codes
//! and places of what is wrong with them.

mod indicators;
mod refused;
mod resolved;

use std::fmt::Write as _;

use crate::diagnostic::Report;
use crate::model::rule::text;
use crate::model::{AssertionBody, Expr, ExprKind, Measure, Model, RowRule, Search, Shape, View};
use crate::resolve::resolve;
use crate::source::{SourceFile, SourceSet, Span};

const TYPES: &str = "
- { type: record_id, title: Идентификатор, base: varchar(100) }
- { type: unused_type, title: Ничей, base: varchar(100) }
";

const MIXINS: &str = "
- mixin: service_columns
  columns:
    - { name: modified_datetime, type: timestamp(0), title: Изменено }
- mixin: unused
  columns:
    - { name: x, type: int32, title: Икс }
";

const SHOWCASE: &str = "
language: 1
showcase: demo
title: Демо
version: 1.0.0
groups: []
";

const CLASSIFIER: &str = "
classifier: status
title: Статус
values:
  - { code: present, title: присутствовал }
  - { code: late, title: опоздал }
";

const TABLES: [(&str, &str); 5] = [
    (
        "person",
        "
columns:
  - { name: id, type: record_id, title: Идентификатор }
  - { name: birth_date, type: date, title: Дата рождения }
  - { name: snils_hash, type: char(128), title: СНИЛС, optional: true }
",
    ),
    (
        "student",
        "
columns:
  - { name: id, type: record_id, title: Идентификатор }
  - { name: person_id, references: person, title: Лицо }
  - { name: partof_id, references: student, title: Запись, optional: true }
  - { name: rate, type: double, title: Ставка }
mixins: [service_columns]
",
    ),
    (
        "lesson",
        "
columns:
  - { name: id, type: record_id, title: Идентификатор }
  - { name: number, type: int32, title: Номер }
  - { name: lesson_date, type: date, title: День }
  - { name: start_time, type: time(0), title: Начало }
  - { name: end_time, type: time(0), title: Конец }
  - { name: active, type: boolean, title: Идёт }
unique: [[number, lesson_date]]
",
    ),
    (
        "attendance",
        "
columns:
  - { name: id, type: record_id, title: Идентификатор }
  - { name: lesson_id, references: lesson, title: Урок }
  - { name: student_id, references: student, title: Обучающийся }
  - { name: status_code, classifier: status, title: Статус }
  - { name: late_minutes, type: int32, title: Минуты, optional: true }
  - { name: marked, type: timestamp(0), title: Отмечено }
mixins: [service_columns]
checks:
  - { code: attendance.late, title: Опоздание, expr: late_minutes > 0 }
",
    ),
    (
        "plan",
        "
columns:
  - { name: id, type: record_id, title: Идентификатор }
  - { name: number, type: int32, title: Номер }
  - { name: lesson_date, type: date, title: День }
foreign_keys:
  - { columns: [number, lesson_date], references: lesson, target: [number, lesson_date] }
",
    ),
];

fn sources(rules: &str) -> SourceSet {
    let mut files = vec![
        ("types.yaml".to_owned(), TYPES.to_owned()),
        ("mixins.yaml".to_owned(), MIXINS.to_owned()),
        ("showcase.yaml".to_owned(), SHOWCASE.to_owned()),
        ("classifiers/status.yaml".to_owned(), CLASSIFIER.to_owned()),
        ("rules/rules.yaml".to_owned(), rules.to_owned()),
    ];
    for (name, rest) in TABLES {
        let head = format!("table: {name}\ntitle: Таблица\norigin: order\nprimary_key: [id]");
        files.push((format!("tables/{name}.yaml"), format!("{head}{rest}")));
    }
    let files = files.into_iter();
    let files = files.map(|(path, text)| SourceFile { path, text });
    SourceSet::new("", files.collect())
}

/// The model, or codes and marked places of what is wrong.
fn read(rules: &str) -> Result<Model, Vec<(String, String)>> {
    let sources = sources(rules);
    let mut report = Report::new();
    let model = resolve(&sources, &mut report);
    let marked = |span: Span| {
        let file = sources.get(span.file);
        let text = file.text.get(span.start as usize..span.end as usize);
        text.unwrap_or("<outside>").to_owned()
    };
    let found: Vec<_> = report
        .sorted()
        .into_iter()
        .map(|d| {
            let at = d.primary.as_ref().map(|label| marked(label.span));
            (d.code.to_string(), at.unwrap_or_default())
        })
        .collect();
    match model {
        Some(model) if found.is_empty() => Ok(model),
        None if !found.is_empty() => Err(found),
        other => panic!("{rules}\n{} {found:?}", other.is_some()),
    }
}

/// A rule with this statement, indented as a field of the rule.
fn rule(statement: &str) -> String {
    let mut text = "- rule: R-1\n  title: Правило\n  metric: linkage\n  origin: order\n".to_owned();
    for line in statement.lines() {
        writeln!(text, "  {line}").unwrap();
    }
    text
}

/// The statement of a rule in words, after its views were held against its expressions.
fn words(statement: &str) -> Result<String, Vec<(String, String)>> {
    let model = read(&rule(statement))?;
    let said = model.rules().iter().map(|rule| {
        for assertion in &rule.assertions {
            if let AssertionBody::Rows(rows) = &assertion.body {
                hold_types(&model, rows);
            }
        }
        let said = text::statements(&model, rule).into_iter();
        said.map(|said| said.text.en).collect::<Vec<_>>().join("\n")
    });
    Ok(said.collect::<Vec<_>>().join("\n"))
}

/// Every column of every expression has the type that its view gives it, each extra column once.
fn hold_types(model: &Model, rows: &RowRule) {
    let hold = |expr: &Expr, view: &View, outer: Option<&View>| {
        expr.visit(&mut |part| {
            if let ExprKind::Column(id) = part.kind {
                let base = view
                    .base_of(model, id, outer)
                    .expect("a column of the view");
                assert_eq!(base.value_type(), part.ty);
            }
        });
    };
    let once = |view: &View| {
        let columns = &model.table(view.table).columns;
        assert_eq!(view.own as usize, columns.len());
        for (at, column) in view.extra.iter().enumerate() {
            assert!(!view.extra[..at].contains(column), "{column:?}");
        }
    };
    let judged = &rows.view;
    once(judged);
    if let Some(when) = &rows.when {
        hold(when, judged, None);
    }
    let search = |search: &Search| {
        once(&search.view);
        for (column, value) in &search.on {
            assert!(search.view.base_of(model, *column, Some(judged)).is_some());
            hold(value, judged, None);
        }
        if let Some(condition) = &search.condition {
            hold(condition, &search.view, Some(judged));
        }
    };
    match &rows.shape {
        Shape::Check(expr) => hold(expr, judged, None),
        Shape::Exists(searches) | Shape::NotExists(searches) => searches.iter().for_each(search),
        Shape::Within {
            search: found,
            measure,
            at_least,
            at_most,
        } => {
            search(found);
            let numbers = match measure {
                Measure::Sum(value) => vec![value],
                Measure::Average { value, weight } => [Some(value), weight.as_ref()]
                    .into_iter()
                    .flatten()
                    .collect(),
                Measure::Count | Measure::Distinct(_) => vec![],
            };
            for number in numbers {
                hold(number, &found.view, Some(judged));
            }
            for bound in at_least.iter().chain(at_most) {
                hold(bound, judged, None);
            }
        }
        Shape::Sequence(sequence) => {
            for expr in sequence.next.iter().chain(&sequence.last) {
                hold(expr, judged, None);
            }
        }
        Shape::Equal(_) | Shape::NoOverlap { .. } | Shape::Unique { .. } => {}
    }
}
