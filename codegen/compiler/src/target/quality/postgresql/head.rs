//! The first line of a query for broken rows: what is said of each.

use crate::model::{BaseType, Model, Table};
use crate::target::ddl::text;

/// What a query says of a broken row.
#[derive(Debug, Clone, Copy)]
pub(super) enum Head<'a> {
    /// `rule`, `table_name`, `record_key`, all texts: a finding of the assertion of this code.
    Finding(&'a str),
    /// The primary key's values as `k1`, `k2` …
    Key,
}

impl Head<'_> {
    /// `SELECT …` for a row of `table`, whose primary key's columns are called `key` here.
    pub(super) fn select(self, table: &Table, key: &[String]) -> String {
        match self {
            Head::Finding(code) => finding(code, &table.name, &record_key(table, key)),
            Head::Key => format!("SELECT {}", named(key)),
        }
    }
}

/// `SELECT 'CMP-02' AS rule, 'person' AS table_name, … AS record_key`
fn finding(code: &str, table: &str, key: &str) -> String {
    let (code, table) = (text::literal(code), text::literal(table));
    format!("SELECT {code} AS rule, {table} AS table_name, {key} AS record_key")
}

/// `t.a AS k1, t.b AS k2`
pub(super) fn named(key: &[String]) -> String {
    let parts = key.iter().zip(1..);
    let parts: Vec<String> = parts.map(|(sql, n)| format!("{sql} AS k{n}")).collect();
    parts.join(", ")
}

/// `q.k1`, `q.k2`: the key's columns as a query around one with [`Head::Key`] sees them.
pub(super) fn key_of(alias: &str, table: &Table) -> Vec<String> {
    (1..=table.primary_key.len())
        .map(|n| format!("{alias}.k{n}"))
        .collect()
}

/// The primary key as a text: its values as they stand in CSV, joined by `|`.
fn record_key(table: &Table, key: &[String]) -> String {
    let values = table.primary_key.iter().zip(key);
    let values: Vec<String> = values
        .map(|(id, sql)| value_text(table.column(*id).ty.base, sql))
        .collect();
    values.join(" || '|' || ")
}

/// A value as the text that CSV has for it, whatever the session's `DateStyle` is.
fn value_text(base: BaseType, sql: &str) -> String {
    let fraction = |precision: u8| match precision {
        0 => String::new(),
        digits => format!(".FF{digits}"),
    };
    match base {
        BaseType::Date => format!("to_char({sql}, 'YYYY-MM-DD')"),
        BaseType::Time(p) => format!("to_char({sql}, 'HH24:MI:SS{}')", fraction(p)),
        BaseType::Timestamp(p) => {
            format!("to_char({sql}, 'YYYY-MM-DD HH24:MI:SS{}')", fraction(p))
        }
        _ => format!("{sql}::text"),
    }
}

/// A finding that belongs to no table: about the package as a whole. `key` is SQL.
pub(super) fn finding_of_package(code: &str, key: &str) -> String {
    let code = text::literal(code);
    format!("SELECT {code} AS rule, NULL::text AS table_name, {key} AS record_key")
}

/// The rows of a table, unqualified by any view.
pub(super) fn own_key(model: &Model, table: &Table) -> Vec<String> {
    let key = table.primary_key.iter();
    key.map(|id| format!("t.{}", super::scope::column_name(model, table.id, *id)))
        .collect()
}
