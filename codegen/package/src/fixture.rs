//! What the tests of this crate share: a small model, and packages made in temporary folders.

use std::fs;
use std::path::Path;

use vitrina_codegen::diagnostic::{Format, Lang, Report};
use vitrina_codegen::model::Model;
use vitrina_codegen::model::eval::Day;
use vitrina_codegen::pipeline;
use vitrina_codegen::quality::Moment;
use vitrina_codegen::source::files;

use crate::{Code, Facts, GroupKey, Options, Tally};

/// Two tables: `person` (`id`, `name`, `birth_date`), `mark` (`id`, `person_id`, `points`, `comment`).
pub(crate) fn model() -> Model {
    let folder = tempfile::tempdir().unwrap();
    let table = |name: &str, columns: &str| {
        format!(
            "table: {name}\ntitle: Таблица {name}\norigin: inference\nprimary_key: [id]\ncolumns:\n{columns}"
        )
    };
    let column = |name: &str, ty: &str| {
        format!("  - {{ name: {name}, type: {ty}, title: Столбец {name}, optional: true }}\n")
    };
    let key = "  - { name: id, type: record_id, title: Идентификатор }\n";
    let person = format!(
        "{key}{}{}",
        column("name", "varchar(100)"),
        column("birth_date", "date")
    );
    let reference = "  - { name: person_id, references: person, title: Лицо }\n";
    let mark = format!(
        "{key}{reference}{}{}",
        column("points", "int32"),
        column("comment", "varchar(200)")
    );
    for (path, text) in [
        ("showcase.yaml", "language: 1\nshowcase: demo\ntitle: Демо\nversion: 1.2.0\ngroups:\n  - { group: main, title: Основная }\n".to_owned()),
        ("types.yaml", "- { type: record_id, title: Идентификатор, base: varchar(100) }\n".to_owned()),
        ("tables/main/person.yaml", table("person", &person)),
        ("tables/main/mark.yaml", table("mark", &mark)),
    ] {
        write(folder.path(), path, text.as_bytes());
    }
    let mut report = Report::new();
    let sources = files::load(folder.path(), &mut report).unwrap();
    let model = pipeline::compile(&sources, &mut report);
    model.unwrap_or_else(|| {
        panic!(
            "{}",
            Format::Text.render(&[(&report, &sources)], Lang::En, false)
        )
    })
}

pub(crate) fn write(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

pub(crate) fn options() -> Options {
    Options::new(Moment {
        today: Day(20_000),
        now: 20_000 * 86_400_000_000,
    })
}

/// The findings: code, message, number.
pub(crate) fn said(tally: &Tally<'_>) -> Vec<String> {
    let line = |(key, group): (&GroupKey<'_>, &crate::Group)| {
        let (code, facts): (Code, &Facts) = (key.code, &key.facts);
        format!(
            "{} {} ×{}",
            code.as_str(),
            code.message(facts, Lang::En),
            group.count
        )
    };
    tally.groups().map(line).collect()
}
