//! What was not checked in words, what has one cause together.

use std::collections::BTreeMap;

use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::model::{Model, TableId};
use vitrina_codegen::text;

use super::data::{Skipped, SkippedPart};
use crate::{Cause, Subject, Unchecked};

/// By cause; causes in the order of [`Cause`], parts in that of [`Unchecked`].
pub(super) fn skipped(model: &Model, unchecked: &[Unchecked<'_>]) -> Vec<Skipped> {
    let mut sorted: Vec<&Unchecked<'_>> = unchecked.iter().collect();
    sorted.sort();
    let mut by_cause: BTreeMap<Kind, Skipped> = BTreeMap::new();
    for one in sorted {
        let (kind, rows) = kind(one);
        let entry = by_cause.entry(kind).or_insert_with(|| Skipped {
            cause: kind.0.1,
            reason: reason(model, one),
            parts: Vec::new(),
        });
        let part = part(model, one, rows);
        if entry.parts.last() != Some(&part) {
            entry.parts.push(part);
        }
    }
    by_cause.into_values().collect()
}

/// The cause of what would be judged of a table's own rows, if the package had any.
const ABSENT: &str = "absent-table";

fn is_absent(one: &Unchecked<'_>) -> bool {
    matches!(one.cause, Cause::NoTable(table) if one.table == Some(table))
}

impl Skipped {
    /// The parts as people are shown them: of absent tables the names, each once.
    pub(super) fn shown(&self) -> Vec<SkippedPart> {
        if self.cause != ABSENT {
            return self.parts.clone();
        }
        let mut shown: Vec<SkippedPart> = Vec::new();
        for part in &self.parts {
            if shown.iter().any(|known| known.table == part.table) {
                continue;
            }
            shown.push(SkippedPart {
                subject: "rules",
                what: text!("its rules", "её правила"),
                code: None,
                ..part.clone()
            });
        }
        shown
    }
}

/// What makes causes one: the kind (with its place in the order) and the table meant.
type Kind = ((u8, &'static str), Option<TableId>);

/// The kind of a cause, and how many rows it concerns where it says so.
fn kind(one: &Unchecked<'_>) -> (Kind, Option<u64>) {
    match &one.cause {
        _ if is_absent(one) => (((0, ABSENT), None), None),
        Cause::NoTable(table) => (((1, "no-table"), Some(*table)), None),
        Cause::UnreadableTable(table) => (((2, "unreadable-table"), Some(*table)), None),
        Cause::NoColumns => (((3, "no-columns"), None), None),
        Cause::UnreadableCells(rows) => (((4, "unreadable-cells"), None), Some(*rows)),
        Cause::BrokenRows(rows) => (((5, "broken-rows"), None), Some(*rows)),
        Cause::BrokenParents(table, rows) => (((6, "broken-parents"), Some(*table)), Some(*rows)),
        Cause::Changes => (((7, "changes"), None), None),
        Cause::NoPrevious => (((8, "no-previous"), None), None),
        Cause::NoManifest => (((9, "no-manifest"), None), None),
        Cause::Chosen => (((10, "chosen"), None), None),
        Cause::Memory => (((11, "memory"), None), None),
    }
}

fn reason(model: &Model, one: &Unchecked<'_>) -> Text {
    let name = |table: &TableId| &model.table(*table).name;
    match &one.cause {
        _ if is_absent(one) => text!(
            "the package does not hold these tables",
            "в пакете нет этих таблиц"
        ),
        Cause::NoTable(table) => {
            let table = name(table);
            text!(
                "the package does not hold the table `{table}`",
                "в пакете нет таблицы `{table}`"
            )
        }
        Cause::UnreadableTable(table) => {
            let table = name(table);
            text!(
                "the file of the table `{table}` cannot be read as rows; its findings say why",
                "файл таблицы `{table}` не читается как строки; почему — в замечаниях к нему"
            )
        }
        Cause::NoColumns => text!(
            "the header does not name the columns that are needed",
            "в заголовке нет нужных столбцов"
        ),
        Cause::UnreadableCells(_) => text!(
            "a value that is needed is no value of its column's type",
            "нужное значение не принадлежит типу своего столбца"
        ),
        Cause::BrokenRows(_) => text!(
            "the lines could not be told into fields",
            "строки не удалось разобрать на поля"
        ),
        Cause::BrokenParents(table, _) => {
            let table = name(table);
            text!(
                "rows of the table `{table}`, which is looked into, could not be read: what refers to them is not found",
                "часть строк таблицы `{table}`, в которой ищут, не прочитана: ссылки на них не находятся"
            )
        }
        Cause::Changes => text!(
            "the package brings changes only: what they refer to may be in the showcase already",
            "пакет содержит только изменения: то, на что они ссылаются, может уже быть в витрине"
        ),
        Cause::NoPrevious => text!(
            "there is no previous package to compare with: name it with `--previous`",
            "нет предыдущего пакета для сравнения: укажите его через `--previous`"
        ),
        Cause::NoManifest => text!(
            "the package has no `manifest.json`",
            "в пакете нет `manifest.json`"
        ),
        Cause::Chosen => text!("it was left away by choice", "отключено при запуске"),
        Cause::Memory => text!(
            "too many rows share one key for the memory allowed: raise `--memory`",
            "строк с одним ключом слишком много для отведённой памяти: увеличьте `--memory`"
        ),
    }
}

fn part(model: &Model, one: &Unchecked<'_>, rows: Option<u64>) -> SkippedPart {
    let (subject, what, code) = match one.subject {
        Subject::File => ("file", text!("the whole file", "весь файл"), None),
        Subject::Rows => ("rows", text!("values of rows", "значения строк"), None),
        Subject::RowCheck(code) => (
            "row-check",
            text!("check `{code}`", "проверка `{code}`"),
            Some(code),
        ),
        Subject::Requirement => (
            "requirement",
            text!(
                "conditionally required columns",
                "условно обязательные столбцы"
            ),
            None,
        ),
        Subject::Keys => (
            "keys",
            text!("keys come once", "неповторимость ключей"),
            None,
        ),
        Subject::References(target) => {
            let target = &model.table(target).name;
            (
                "references",
                text!("references to `{target}`", "ссылки на `{target}`"),
                None,
            )
        }
        Subject::Rule(code) => (
            "rule",
            text!("rule `{code}`", "правило `{code}`"),
            Some(code),
        ),
        Subject::Indicator(code) => (
            "indicator",
            text!("indicator `{code}`", "показатель `{code}`"),
            Some(code),
        ),
        Subject::Deletions => (
            "deletions",
            text!("what would be deleted", "что будет удалено"),
            None,
        ),
        Subject::Manifest => (
            "manifest",
            text!("figures of the manifest", "сведения манифеста"),
            None,
        ),
    };
    let table = one.table.map(|id| model.table(id));
    let columns = table.into_iter().flat_map(|table| {
        let name = |id: &vitrina_codegen::model::ColumnId| table.column(*id).name.clone();
        one.columns.iter().map(name)
    });
    SkippedPart {
        subject,
        what,
        code: code.map(str::to_owned),
        table: table.map(|table| table.name.clone()),
        columns: columns.collect(),
        rows,
    }
}
