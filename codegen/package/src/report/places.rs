//! Samples with their places: the few lines that a report shows are read again and told into fields.

use std::collections::BTreeMap;

use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::model::{ColumnId, Model, PersonalClass, Table, TableId};
use vitrina_codegen::text;

use super::data::{Sample, Skipped, SkippedPart, ValueShown};
use super::evidence::{FileFacts, Locate, Located};
use super::fields::{Field, split};
use super::mask::masked;
use super::words::printable;
use crate::{Area, GroupKey, RowId, code};

/// The most characters of a value that are shown.
const VALUE: usize = 200;
/// The most columns of a row check whose values are shown.
const COLUMNS: usize = 6;

/// Lines that were found again, by table and row.
pub(super) struct Lines<'e> {
    model: &'e Model,
    files: &'e [FileFacts],
    shows_values: bool,
    found: BTreeMap<(TableId, RowId), Located>,
}

impl<'e> Lines<'e> {
    /// Finds the lines of the rows wanted, each table's at once. Tables whose files cannot be read any
    /// more come back as not checked; their samples have no place.
    pub(super) fn find(
        model: &'e Model,
        files: &'e [FileFacts],
        places: &dyn Locate,
        mut wanted: BTreeMap<TableId, Vec<RowId>>,
        shows_values: bool,
    ) -> (Lines<'e>, Vec<Skipped>) {
        let mut lines = Lines {
            model,
            files,
            shows_values,
            found: BTreeMap::new(),
        };
        let mut lost = Vec::new();
        for (table, rows) in &mut wanted {
            rows.sort();
            rows.dedup();
            match places.locate(*table, rows) {
                Ok(located) => lines
                    .found
                    .extend(located.into_iter().map(|one| ((*table, one.row), one))),
                Err(error) => lost.push(gone(&model.table(*table).name, &error)),
            }
        }
        (lines, lost)
    }

    /// A sample as it is shown.
    pub(super) fn sample(&self, key: &GroupKey<'_>, sample: &crate::Sample) -> Sample {
        let table = key.table.map(|id| self.model.table(id));
        let line = match (key.table, sample.row) {
            (Some(table), Some(row)) => self.found.get(&(table, row)),
            _ => None,
        };
        let mut shown = Sample {
            file: self.name(line.map(|line| line.file).or(key.file)),
            line: line.map(|line| line.line).or(sample.line),
            byte: line.map(|line| line.byte),
            position: None,
            key: None,
            values: Vec::new(),
            value: sample
                .value
                .as_ref()
                .map(|value| self.value(key, table, value)),
            count: sample.count,
            is_new: None,
        };
        // A file or a table at fault is named as such, not once more as a value.
        let is_named = |value: &String| {
            Some(value) == shown.file.as_ref() || table.is_some_and(|table| table.name == *value)
        };
        if sample.row.is_none() && shown.value.as_ref().is_some_and(is_named) {
            shown.value = None;
        }
        if let (Some(table), Some(line)) = (table, line) {
            self.read(key, table, line, &mut shown);
        }
        shown
    }

    /// What the line's fields show.
    fn read(&self, key: &GroupKey<'_>, table: &Table, line: &Located, shown: &mut Sample) {
        let Some(file) = self.files.get(line.file) else {
            return;
        };
        let fields = split(&line.text, char::from(file.separator));
        // Fields of a broken line may stand anywhere, personal ones among them: none is shown.
        if fields.len() != file.columns.len() {
            return;
        }
        let field_of = |column: ColumnId| -> Option<&Field> {
            let at = file.columns.iter().position(|one| *one == Some(column))?;
            fields.get(at)
        };
        if let Some(field) = key.columns.first().and_then(|column| field_of(*column)) {
            shown.position = Some(field.position as u64 + 1);
            if line.exact {
                shown.byte = Some(line.byte + field.byte as u64);
            }
        }
        if key.code.area() == Area::Row {
            return;
        }
        let parts: Option<Vec<String>> = table
            .primary_key
            .iter()
            .map(|column| Some(self.shown(table, *column, &field_of(*column)?.text).0))
            .collect();
        shown.key = parts.map(|parts| parts.join("|"));
        for column in columns_at_fault(key, table) {
            if let Some(field) = field_of(column) {
                let class = (key.code == code::FREE_TEXT).then_some(PersonalClass::Text);
                let (text, masked) = match class {
                    Some(class) if !self.shows_values => masked(&field.text, Some(class)),
                    _ => self.shown(table, column, &field.text),
                };
                shown.values.push(ValueShown {
                    column: table.column(column).name.clone(),
                    text: printable(&text, VALUE),
                    masked,
                });
            }
        }
    }

    /// A value of a column as it may be shown, and whether that is a mask.
    fn shown(&self, table: &Table, column: ColumnId, text: &str) -> (String, bool) {
        let (text, hidden) = match self.shows_values {
            true => (text.to_owned(), false),
            false => masked(text, self.model.personal_of(table.column(column))),
        };
        (printable(&text, VALUE), hidden)
    }

    /// What a sample says itself: the key of a missing parent is made of the group's columns, part by part.
    fn value(&self, key: &GroupKey<'_>, table: Option<&Table>, value: &str) -> String {
        if key.code == code::KIND {
            let mut kinds = self.model.kinds().iter();
            let kind = kinds.find(|kind| kind.number.to_string() == value);
            return kind.map_or_else(
                || value.to_owned(),
                |kind| format!("{value}. {}", kind.title),
            );
        }
        if self.shows_values {
            return printable(value, VALUE);
        }
        let Some(table) = table.filter(|_| !key.columns.is_empty()) else {
            return printable(&masked(value, None).0, VALUE);
        };
        let parts: Vec<&str> = value.split('|').collect();
        if parts.len() == key.columns.len() {
            let shown = key.columns.iter().zip(parts);
            let shown = shown.map(|(column, part)| self.shown(table, *column, part).0);
            return shown.collect::<Vec<String>>().join("|");
        }
        let mut classes = key.columns.iter();
        let class = classes.find_map(|column| self.model.personal_of(table.column(*column)));
        printable(&masked(value, class).0, VALUE)
    }

    fn name(&self, file: Option<usize>) -> Option<String> {
        let file = self.files.get(file?)?;
        Some(printable(&file.name, VALUE))
    }
}

/// The columns whose values show what is wrong: the group's own, else those that its row check reads.
fn columns_at_fault(key: &GroupKey<'_>, table: &Table) -> Vec<ColumnId> {
    if !key.columns.is_empty() || key.code != code::ROW_CHECK {
        return key.columns.clone();
    }
    let mut checks = table.checks.iter();
    let check = checks.find(|check| Some(check.code.as_str()) == key.rule);
    let mut columns: Vec<ColumnId> = Vec::new();
    for column in check.map(|check| check.expr.columns()).unwrap_or_default() {
        if !columns.contains(&column) && columns.len() < COLUMNS {
            columns.push(column);
        }
    }
    columns
}

/// The places of a table's samples that cannot be told any more.
fn gone(table: &str, error: &std::io::Error) -> Skipped {
    let reason: Text = text!(
        "a file changed or vanished while it was checked, so places cannot be shown: {error}",
        "файл изменился или исчез во время проверки, и места показать нельзя: {error}"
    );
    Skipped {
        cause: "file-lost",
        reason,
        parts: vec![SkippedPart {
            subject: "places",
            what: text!("places of findings", "места замечаний"),
            code: None,
            table: Some(table.to_owned()),
            columns: Vec::new(),
            rows: None,
        }],
    }
}
