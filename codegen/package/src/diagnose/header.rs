//! The header: which column each of its names means, and what is wrong with them.

mod name;

use vitrina_codegen::model::eval::Value;
use vitrina_codegen::model::{ColumnId, Model, Table};
use vitrina_codegen::text;

use super::{Findings, csv_name, fields};
use crate::{Facts, code};
use name::Known;

/// Separators, the right one first.
const SEPARATORS: [char; 4] = [';', ',', '\t', '|'];

/// How many names a message lists.
const LISTED: usize = 5;

/// What the first line says of the others.
pub(super) struct Header {
    pub(super) separator: u8,
    pub(super) columns: Vec<Option<ColumnId>>,
    pub(super) absent: Vec<ColumnId>,
    /// Whether the line is a header at all.
    pub(super) is_header: bool,
}

/// Reads the first line; none if it tells nothing of the rows.
pub(super) fn read(
    model: &Model,
    table: &Table,
    expected: &[ColumnId],
    line: &str,
    say: &mut Findings<'_>,
) -> Option<Header> {
    let known = Known::new(table, expected);
    let count = |separator: char| {
        let names = line.split(separator);
        names.filter(|text| known.find(text).is_some()).count()
    };
    // Of equals the last is taken, hence from behind.
    let counts = SEPARATORS.into_iter().rev().map(|one| (count(one), one));
    let (matches, separator) = counts.max_by_key(|(count, _)| *count)?;
    if matches == 0 {
        return without_names(model, table, expected, line, say);
    }
    say_separator(separator, say);
    let mut reading = Reading::default();
    for (at, text) in line.split(separator).enumerate() {
        reading.add(&known, at + 1, text, say);
    }
    let columns = reading.columns;
    let absent: Vec<ColumnId> = expected
        .iter()
        .copied()
        .filter(|id| !columns.contains(&Some(*id)))
        .collect();
    if reading.is_quoted {
        say.add(code::HEADER_QUOTED, Facts::default());
    }
    if reading.is_cased {
        say.add(code::HEADER_CASE, Facts::default());
    }
    if reading.has_titles {
        say.header(text!(
            "titles of columns stand in place of their names",
            "вместо имён столбцов — их наименования"
        ));
    }
    if let Some(list) = list(&reading.blank) {
        say.header(text!(
            "blanks or invisible characters beside the names {list}",
            "пробелы или невидимые знаки рядом с именами {list}"
        ));
    }
    if let Some(list) = list(&reading.unknown) {
        say.header(text!(
            "it names unknown columns: {list}",
            "в нём неизвестные столбцы: {list}"
        ));
    }
    if let Some(list) = list(&reading.doubled) {
        say.header(text!(
            "it names columns more than once: {list}",
            "в нём повторяются столбцы: {list}"
        ));
    }
    let names: Vec<String> = absent
        .iter()
        .map(|id| format!("`{}`", csv_name(table, *id)))
        .collect();
    if let Some(list) = list(&names) {
        let reason = text!("columns are missing: {list}", "нет столбцов: {list}");
        let facts = Facts::default().with_text("reason", reason);
        say.add_columns(code::HEADER, facts, absent.clone());
    }
    let places = columns.iter().flatten().map(|id| {
        let place = expected.iter().position(|one| one == id);
        place.unwrap_or_default()
    });
    if !places.is_sorted() {
        say.add(code::HEADER_ORDER, Facts::default());
    }
    Some(Header {
        separator: separator as u8,
        columns,
        absent,
        is_header: true,
    })
}

/// What the names of a header are like.
#[derive(Default)]
struct Reading {
    columns: Vec<Option<ColumnId>>,
    seen: std::collections::BTreeSet<ColumnId>,
    is_quoted: bool,
    is_cased: bool,
    has_titles: bool,
    blank: Vec<String>,
    unknown: Vec<String>,
    doubled: Vec<String>,
}

impl Reading {
    fn add(&mut self, known: &Known, position: usize, text: &str, say: &mut Findings<'_>) {
        let Some(found) = known.find(text) else {
            // More than are listed need no further look.
            let hint = match self.unknown.len() < LISTED {
                true => known.nearest(text),
                false => None,
            };
            self.unknown.push(match hint {
                Some(near) => format!("{} (`{near}`?)", shown(text, position)),
                None => shown(text, position),
            });
            self.columns.push(None);
            return;
        };
        if !self.seen.insert(found.column) {
            self.doubled.push(shown(text, position));
            self.columns.push(None);
            return;
        }
        self.columns.push(Some(found.column));
        self.is_quoted |= found.is_quoted;
        self.is_cased |= found.is_cased;
        self.has_titles |= found.is_title;
        if found.is_blank {
            self.blank.push(shown(text, position));
        }
        if let Some(words) = found.look_alike {
            let facts = Facts::default()
                .with("found", name::bare(text).0)
                .with("expected", found.name)
                .with_text("reason", words);
            say.add_columns(code::HEADER_LOOK_ALIKE, facts, vec![found.column]);
        }
    }
}

/// A first line that names no column: data, the header of another table, or anything.
fn without_names(
    model: &Model,
    table: &Table,
    expected: &[ColumnId],
    line: &str,
    say: &mut Findings<'_>,
) -> Option<Header> {
    let separator = SEPARATORS
        .into_iter()
        .find(|separator| is_data(table, expected, line, *separator));
    if let Some(separator) = separator {
        say_separator(separator, say);
        say.add(code::NO_HEADER, Facts::default());
        return Some(Header {
            separator: separator as u8,
            columns: expected.iter().copied().map(Some).collect(),
            absent: Vec::new(),
            is_header: false,
        });
    }
    let other = model.tables().iter().find(|other| {
        let columns: Vec<ColumnId> = other.columns.iter().map(|column| column.id).collect();
        let known = Known::new(other, &columns);
        line.split(';').count() == columns.len()
            && line.split(';').all(|text| known.find(text).is_some())
    });
    say.header(match other {
        Some(other) => {
            let name = &other.name;
            text!(
                "it is that of the table `{name}`",
                "это заголовок таблицы `{name}`"
            )
        }
        None if line.is_empty() => text!("the first line is empty", "первая строка пуста"),
        None => text!(
            "none of its names is a column of the table",
            "ни одно из его имён не является столбцом таблицы"
        ),
    });
    None
}

/// Whether the line holds values of the columns.
fn is_data(table: &Table, expected: &[ColumnId], line: &str, separator: char) -> bool {
    let Some(fields) = fields::split(line, separator).filter(|all| all.len() == expected.len())
    else {
        return false;
    };
    let (mut typed, mut fitting) = (0, 0);
    for (field, id) in fields.iter().zip(expected) {
        let base = table.column(*id).ty.base;
        if !base.is_text() && !field.text.is_empty() {
            typed += 1;
            fitting += usize::from(Value::parse(base, &field.text).is_some());
        }
    }
    let are_quoted = fields
        .iter()
        .all(|field| field.is_quoted || field.text.is_empty());
    let is_empty = fields.iter().all(|field| field.text.is_empty());
    match typed {
        0 => are_quoted && !is_empty,
        _ => fitting * 2 >= typed,
    }
}

fn say_separator(separator: char, say: &mut Findings<'_>) {
    let found = match separator {
        ';' => return,
        '\t' => text!("the tab character", "табуляция"),
        other => text!("`{other}`", "`{other}`"),
    };
    say.add(code::SEPARATOR, Facts::default().with_text("found", found));
}

/// The first few, and how many there are beside them; none if there is nothing.
fn list(names: &[String]) -> Option<String> {
    if names.is_empty() {
        return None;
    }
    let mut list = names
        .iter()
        .take(LISTED)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > LISTED {
        list += &format!(" … (+{})", names.len() - LISTED);
    }
    Some(list)
}

/// A name of a foreign header, short enough for a message.
fn shown(text: &str, position: usize) -> String {
    let text: String = text
        .chars()
        .filter(|one| !one.is_control() && *one != '`')
        .take(60)
        .collect();
    match text.is_empty() {
        true => format!("№ {position}"),
        false => format!("`{text}`"),
    }
}
