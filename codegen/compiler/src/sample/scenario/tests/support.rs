//! A small model as files, with a scenario over it.

use super::super::{Error, Memory, Request, run};
use crate::diagnostic::{Format, Lang, Report};
use crate::model::Model;
use crate::model::eval::Value;
use crate::model::scenario::Atom;
use crate::pipeline;
use crate::sample::{Cells, Package};
use crate::source::{SourceFile, SourceSet};

const FILES: [(&str, &str); 5] = [
    (
        "showcase.yaml",
        "language: 1\nshowcase: demo\ntitle: Демо\nversion: 1.0.0\ngroups: [{ group: main, title: Основная }]\n",
    ),
    (
        "types.yaml",
        "- type: short_number
  title: Номер
  base: varchar(4)
  pattern: '^\\d{4}$'
- type: snils
  title: СНИЛС
  base: char(11)
  pattern: '^\\d{11}$'
  algorithm: snils
",
    ),
    (
        "classifiers/status.yaml",
        "classifier: status
title: Статус
values:
  - { code: present, title: присутствовал }
  - { code: late, title: опоздал }
",
    ),
    (
        "tables/main/person.yaml",
        "table: person
title: Лицо
origin: inference
primary_key: [id]
columns:
  - { name: id, type: varchar(100), title: Идентификатор }
  - { name: code, type: short_number, title: Код }
  - { name: snils, type: snils, title: СНИЛС }
  - { name: born, type: date, title: Родился }
  - { name: note, type: varchar, title: Примечание, optional: true }
",
    ),
    (
        "tables/main/visit.yaml",
        "table: visit
title: Посещение
origin: inference
primary_key: [id]
columns:
  - { name: id, type: varchar(100), title: Идентификатор }
  - { name: person_id, references: person, title: Лицо }
  - { name: status_code, classifier: status, title: Статус }
  - { name: minutes, type: int32, title: Минуты, required_when: status_code = 'late', check: minutes BETWEEN 1 AND 240 }
  - { name: rate, type: double, title: Доля, optional: true }
  - { name: at_time, type: timestamp(0), title: Когда }
  - { name: is_done, type: boolean, title: Сделано }
  - { name: note, type: varchar(300), title: Примечание, optional: true }
checks:
  - { code: visit.late, title: Минуты у опоздавших, expr: minutes IS NULL OR status_code = 'late', severity: warning }
",
    ),
];

/// The model with the rest of a scenario behind `scale` and `today`.
pub(super) fn model(scenario: &str) -> Model {
    let scenario = format!("scale: person\ntoday: 2025-02-14\n{scenario}");
    let files = FILES
        .iter()
        .map(|(path, text)| (*path, (*text).to_owned()))
        .chain([("scenario.yaml", scenario.clone())]);
    let files = files.map(|(path, text)| SourceFile {
        path: path.to_owned(),
        text,
    });
    let sources = SourceSet::new("", files.collect());
    let mut report = Report::new();
    let model = pipeline::compile(&sources, &mut report);
    let found = Format::Text.render(&[(&report, &sources)], Lang::En, false);
    model.unwrap_or_else(|| panic!("{scenario}\n{found}"))
}

pub(super) fn run_on(
    model: &Model,
    scale: u64,
    seed: u64,
) -> Result<Package, Error<std::convert::Infallible>> {
    let mut request = Request::new(model.scenario().unwrap(), scale);
    request.seed = seed;
    let mut memory = Memory::new(model);
    run(model, &request, &mut memory)?;
    Ok(memory.finish())
}

pub(super) fn package(model: &Model, scale: u64) -> Package {
    run_on(model, scale, 1).unwrap_or_else(|error| panic!("{:#?}", error.to_diagnostic()))
}

/// The cells of a column.
pub(super) fn cells(
    model: &Model,
    package: &Package,
    table: &str,
    column: &str,
) -> Vec<Option<String>> {
    let table = model.find_table(table).unwrap();
    let at = table.find_column(column).unwrap().id.index();
    let rows: &[Cells] = package.rows(table.id);
    rows.iter().map(|row| row[at].clone()).collect()
}

/// The cells of a column that has no empty one.
pub(super) fn column(model: &Model, package: &Package, table: &str, column: &str) -> Vec<String> {
    let cells = cells(model, package, table, column);
    cells.into_iter().map(|cell| cell.unwrap()).collect()
}

/// A cell's text as a scenario would make it.
pub(super) fn atom(value: Option<Value>, text: &str) -> Atom {
    match value {
        Some(Value::Boolean(truth)) => Atom::Boolean(truth),
        Some(Value::Integer(number)) => Atom::Integer(i64::try_from(number).unwrap()),
        Some(Value::Double(number)) => Atom::Double(number),
        Some(Value::Date(day)) => Atom::Date(day),
        Some(Value::Time(micros)) => Atom::Time(micros),
        Some(Value::Timestamp(micros)) => Atom::Timestamp(micros),
        _ => Atom::text(text),
    }
}
