//! A report made by hand, for the tests of every form in which reports are shown.

use super::{Code, Diagnostic, Report, Severity, code};
use crate::source::{FileId, SourceFile, SourceSet, Span};
use crate::text;

const TABLE: &str = "\
table: attendance
title: Посещение занятий
columns:
  - name: id
    type: record_id
    title: Идентификатор
  - { title: Статус, name: status, type: recrod_id, note: «болезнь» не диагноз }
  - name: id
    type: int32
";

const TYPES: &str = "\
- type: record_id
  title: Идентификатор записи
  base: uuid
";

/// The files that [`report`] speaks of.
pub(super) fn sources() -> SourceSet {
    let file = |path: &str, text: &str| SourceFile {
        path: path.into(),
        text: text.into(),
    };
    SourceSet::new(
        "model",
        vec![
            file("tables/attendance.yaml", TABLE),
            file("types.yaml", TYPES),
            file("ddl/пусто.sql", ""),
        ],
    )
}

fn place(sources: &SourceSet, path: &str, words: &str, nth: usize) -> Span {
    let file = sources.find(path).unwrap();
    let text = &sources.get(file).text;
    let (start, _) = text.match_indices(words).nth(nth).unwrap();
    Span::new(file, start, start + words.len())
}

/// An unknown type with a place in another file, two columns of one name, a file as a whole, and
/// a finding without a place.
pub(super) fn report(sources: &SourceSet) -> Report {
    let table = "tables/attendance.yaml";
    let name = "recrod_id";
    let mut report = Report::new();
    report.push(
        Diagnostic::new(
            code::UNKNOWN_TYPE,
            text!("unknown type `{name}`", "неизвестный тип `{name}`"),
        )
        .labelled(
            place(sources, table, name, 0),
            text!("not declared anywhere", "нигде не описан"),
        )
        .also(
            place(sources, "types.yaml", "record_id", 0),
            text!(
                "a similar type is declared here",
                "похожий тип описан здесь"
            ),
        )
        .suggest(Some("record_id"))
        .help(text!(
            "declare it in `types.yaml`, or use a type that is declared",
            "опишите его в `types.yaml` или возьмите описанный тип"
        )),
    );
    let twice = Diagnostic::new(
        code::NAME_COLLISION,
        text!(
            "the column `id` is declared twice",
            "столбец `id` описан дважды"
        ),
    )
    .labelled(
        place(sources, table, "name: id", 1),
        text!("again here", "повторно здесь"),
    )
    .also(
        place(sources, table, "name: id", 0),
        text!("first here", "впервые здесь"),
    );
    report.push(twice.clone());
    report.push(twice);
    let mut empty = Diagnostic::new(code::INVALID_YAML, text!("the file is empty", "файл пуст"))
        .at(Span::new(sources.find("ddl/пусто.sql").unwrap(), 0, 0));
    empty.severity = Severity::Warning;
    report.push(empty);
    let mut nowhere = Diagnostic::new(
        code::NAME_FORM,
        text!(
            "50% of: a, b\nand \u{1b}[31mred",
            "50% от: а, б\nи \u{1b}[31mкрасный"
        ),
    );
    nowhere.severity = Severity::Info;
    report.push(nowhere);
    report
}

/// A finding at any bytes, also such as do not exist.
pub(super) fn finding_at(code: Code, file: u32, start: usize, end: usize) -> Diagnostic {
    Diagnostic::new(code, text!("a finding", "находка"))
        .labelled(Span::new(FileId(file), start, end), text!("here", "здесь"))
}
