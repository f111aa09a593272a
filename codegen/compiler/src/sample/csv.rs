//! A package as CSV by the rules F1–F11, written the plain way: what faster writers are held against.
//!
//! UTF-8 without BOM; the header in lower case, in the order of the columns, bare as in the rules'
//! own example; `;` between fields; every field of a row in quotes, a quote in it doubled; a line
//! feed between records, none behind the last (rule F9: it separates).

use super::{Cells, Package};
use crate::model::{BaseType, BooleanForm, CsvProfile, Model, NullForm, Table};

/// Every table's file, by table name, in the model's load order.
pub fn package(model: &Model, package: &Package) -> Vec<(String, String)> {
    package
        .tables
        .iter()
        .map(|sampled| {
            let table = model.table(sampled.table);
            let text = self::table(table, &sampled.rows, model.showcase().csv);
            (table.name.clone(), text)
        })
        .collect()
}

/// One table's file. The rows hold no line break (rule F5): sampled rows do not.
pub fn table(table: &Table, rows: &[Cells], profile: CsvProfile) -> String {
    let header: Vec<String> = table
        .columns
        .iter()
        .map(|column| column.name.to_lowercase())
        .collect();
    let mut lines = vec![header.join(";")];
    for row in rows {
        let fields: Vec<String> = table
            .columns
            .iter()
            .map(|column| {
                let cell = row.get(column.id.index()).and_then(Option::as_deref);
                field(column.ty.base, cell, profile)
            })
            .collect();
        lines.push(fields.join(";"));
    }
    lines.join("\n")
}

/// One field of a row.
fn field(base: BaseType, cell: Option<&str>, profile: CsvProfile) -> String {
    let Some(text) = cell else {
        return match profile.null {
            NullForm::Quoted => quoted(""),
            NullForm::Bare => String::new(),
        };
    };
    match (base, profile.boolean, text) {
        (BaseType::Boolean, BooleanForm::Title, "true") => quoted("True"),
        (BaseType::Boolean, BooleanForm::Title, "false") => quoted("False"),
        (BaseType::Boolean, BooleanForm::Digit, "true") => quoted("1"),
        (BaseType::Boolean, BooleanForm::Digit, "false") => quoted("0"),
        _ => quoted(text),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}
