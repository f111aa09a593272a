//! What a delta holds, for people and programs.

use serde_json::{Value, json};
use vitrina_codegen::Lang;
use vitrina_codegen::model::Model;

use super::journal::{FileEntry, Journal, TableEntry};
use crate::Facts;
use crate::code::DELETIONS;

/// What a delta holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The tables of both packages, in the model's order.
    pub tables: Vec<TableSummary>,
}

/// What became of a table's rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableSummary {
    /// Physical name.
    pub table: String,
    /// Title, Russian.
    pub title: String,
    /// Rows whose key is new.
    pub added: u64,
    /// Rows with the same key and other values.
    pub changed: u64,
    /// Rows whose key is gone.
    pub deleted: u64,
    /// Rows with the same values.
    pub unchanged: u64,
    /// Of the unchanged ones those whose line is written in another form: they are not loaded again.
    pub reformed: u64,
    /// Whether the new rows stand in another order than old ones as they stood and new ones behind.
    pub reordered: bool,
    /// Rows of the old table.
    pub before: u64,
    /// Whether more rows are gone than the threshold allows.
    pub is_beyond_threshold: bool,
}

impl Summary {
    pub(super) fn new(model: &Model, journal: &Journal, threshold: f64) -> Summary {
        let table = |entry: &TableEntry| {
            let before = rows(&entry.old);
            TableSummary {
                table: entry.table.clone(),
                title: model
                    .find_table(&entry.table)
                    .map_or_else(String::new, |table| table.title.clone()),
                added: entry.added,
                changed: entry.changed,
                deleted: entry.deleted,
                unchanged: entry.unchanged,
                reformed: entry.reformed,
                reordered: entry.script,
                before,
                is_beyond_threshold: entry.deleted as f64 > threshold * before as f64,
            }
        };
        Summary {
            tables: journal.tables.iter().map(table).collect(),
        }
    }

    /// Rows to upsert and to delete, of all tables.
    pub fn changes(&self) -> u64 {
        let of = |table: &TableSummary| table.added + table.changed + table.deleted;
        self.tables.iter().map(of).sum()
    }

    /// A table of figures: the tables with changes, a sum, and what to beware of.
    pub fn to_text(&self, lang: Lang) -> String {
        let heads = match lang {
            Lang::En => ["table", "added", "changed", "deleted", "unchanged"],
            Lang::Ru => ["таблица", "новых", "изменено", "удалено", "без изменений"],
        };
        let total = match lang {
            Lang::En => "total",
            Lang::Ru => "всего",
        };
        let mut lines = vec![heads.map(str::to_owned)];
        let mut sums = [0; 4];
        for table in &self.tables {
            let figures = [table.added, table.changed, table.deleted, table.unchanged];
            for (sum, figure) in sums.iter_mut().zip(figures) {
                *sum += figure;
            }
            if figures.iter().take(3).any(|figure| *figure > 0) {
                let [added, changed, deleted, unchanged] = figures.map(|one| one.to_string());
                lines.push([table.table.clone(), added, changed, deleted, unchanged]);
            }
        }
        let [added, changed, deleted, unchanged] = sums.map(|one: u64| one.to_string());
        lines.push([total.to_owned(), added, changed, deleted, unchanged]);
        let mut text = layout(&lines);
        for table in &self.tables {
            text += &table.remarks(lang);
        }
        text
    }

    /// The same for programs.
    pub fn to_json(&self) -> Value {
        let table = |table: &TableSummary| {
            json!({
                "table": table.table,
                "title": table.title,
                "added": table.added,
                "changed": table.changed,
                "deleted": table.deleted,
                "unchanged": table.unchanged,
                "reformed": table.reformed,
                "reordered": table.reordered,
                "before": table.before,
                "beyond_threshold": table.is_beyond_threshold,
            })
        };
        json!({ "tables": self.tables.iter().map(table).collect::<Vec<Value>>() })
    }
}

impl TableSummary {
    fn remarks(&self, lang: Lang) -> String {
        let mut text = String::new();
        let (name, reformed) = (&self.table, self.reformed);
        if self.is_beyond_threshold {
            let facts = Facts::default()
                .with("found", self.deleted.to_string())
                .with("expected", self.before.to_string());
            let (code, what) = (DELETIONS.as_str(), DELETIONS.message(&facts, lang));
            text += &match lang {
                Lang::En => format!("warning {code}: `{name}`: {what}\n"),
                Lang::Ru => format!("предупреждение {code}: `{name}`: {what}\n"),
            };
        }
        if reformed > 0 {
            text += &match lang {
                Lang::En => format!(
                    "note: `{name}`: rows that are written in another form and hold the same values: \
                     {reformed}\n"
                ),
                Lang::Ru => format!(
                    "примечание: `{name}`: строк с прежними значениями, записанных в другой форме: \
                     {reformed}\n"
                ),
            };
        }
        text
    }
}

/// Rows of some files.
pub(super) fn rows(files: &[FileEntry]) -> u64 {
    files
        .iter()
        .fold(0, |sum, file| sum.saturating_add(file.rows))
}

/// Columns as wide as their widest cell; figures to the right.
fn layout(lines: &[[String; 5]]) -> String {
    let mut widths = [0; 5];
    for line in lines {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = String::new();
    for line in lines {
        for (at, (width, cell)) in widths.iter().zip(line).enumerate() {
            text += &match at {
                0 => format!("{cell:<width$}"),
                _ => format!("  {cell:>width$}"),
            };
        }
        text.push('\n');
    }
    text
}
