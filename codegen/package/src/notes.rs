//! A small model for tests: `note` with a key of two columns, `thing` with a key of one.

use vitrina_codegen::diagnostic::Report;
use vitrina_codegen::model::Model;
use vitrina_codegen::pipeline::compile;
use vitrina_codegen::source::{SourceFile, SourceSet};

const SHOWCASE: &str = "
language: 1
showcase: tests
title: Проверка
version: 1.0.0
csv:
  null: NULL_FORM
  boolean: lower
groups: []
";

const NOTE: &str = "
table: note
title: Заметка
origin: order
primary_key: [owner, number]
columns:
  - { name: owner, type: varchar(20), title: Владелец }
  - { name: text, type: varchar(100), title: Текст, optional: true }
  - { name: number, type: int32, title: Номер }
  - { name: done, type: boolean, title: Сделано, optional: true }
";

const THING: &str = "
table: thing
title: Вещь
origin: order
primary_key: [id]
columns:
  - { name: id, type: varchar(20), title: Идентификатор, personal: attribute }
  - { name: day, type: date, title: День, optional: true }
";

/// The header of `note.csv`.
pub(crate) const NOTE_HEADER: &str = "owner;text;number;done";
/// The header of `thing.csv`.
pub(crate) const THING_HEADER: &str = "id;day";

/// The model, nulls written as `""`.
pub(crate) fn model() -> Model {
    with_null("quoted")
}

/// The model with this form of nulls: `quoted`, `bare`.
pub(crate) fn with_null(form: &str) -> Model {
    let file = |path: &str, text: &str| SourceFile {
        path: path.into(),
        text: text.into(),
    };
    let files = vec![
        file("showcase.yaml", &SHOWCASE.replace("NULL_FORM", form)),
        file("tables/note.yaml", NOTE),
        file("tables/thing.yaml", THING),
    ];
    let mut report = Report::new();
    let model = compile(&SourceSet::new("", files), &mut report);
    let found: Vec<String> = report
        .sorted()
        .into_iter()
        .map(|found| format!("{} {:?}", found.code, found.message))
        .collect();
    model.unwrap_or_else(|| panic!("{found:#?}"))
}
