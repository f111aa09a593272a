//! Rows of the model as SQL, CSV files into tables, and PostgreSQL's day.

use std::io::Write as _;

use postgres::Client;
use vitrina_codegen::model::eval::Day;
use vitrina_codegen::model::{CsvProfile, Model, NullForm, Table};
use vitrina_codegen::sample::Cells;
use vitrina_codegen::target::ddl::postgresql::identifier;

use crate::postgres::describe;

/// `edu_region.person`
pub fn qualified(model: &Model, table: &Table) -> String {
    let schema = identifier(&model.showcase().mnemonic);
    format!("{schema}.{}", identifier(&table.name))
}

/// A text as a literal. It holds no U+0000.
pub fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// `INSERT INTO … VALUES (…), (…)` of rows, cells as their texts; nothing for no rows.
pub fn insert(model: &Model, table: &Table, rows: &[Cells]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let tuples: Vec<String> = rows
        .iter()
        .map(|row| {
            let cells: Vec<String> = row
                .iter()
                .map(|cell| cell.as_deref().map_or("NULL".into(), literal))
                .collect();
            format!("({})", cells.join(", "))
        })
        .collect();
    let name = qualified(model, table);
    format!("INSERT INTO {name} VALUES {}", tuples.join(",\n"))
}

/// Loads a table's CSV file as the documentation says, `FORCE_NULL` where `""` is no value, and gives
/// back how many rows it had.
///
/// # Errors
/// What the server says: the first row that a type or a constraint refuses.
pub fn copy_in(
    client: &mut Client,
    model: &Model,
    table: &Table,
    file: &[u8],
    profile: CsvProfile,
) -> Result<u64, String> {
    let names: Vec<_> = table
        .columns
        .iter()
        .map(|column| identifier(&column.name))
        .collect();
    let columns = names.join(", ");
    let null = match profile.null {
        NullForm::Quoted => format!(", FORCE_NULL ({columns})"),
        NullForm::Bare => String::new(),
    };
    let name = qualified(model, table);
    let sql = format!(
        "COPY {name} ({columns}) FROM STDIN
         WITH (FORMAT csv, DELIMITER ';', HEADER match, ENCODING 'UTF8'{null})"
    );
    let mut copy = client.copy_in(&sql).map_err(|error| describe(&error))?;
    copy.write_all(file).map_err(|error| error.to_string())?;
    copy.finish().map_err(|error| describe(&error))
}

/// The day that the server calls `CURRENT_DATE`.
///
/// # Errors
/// What the server says.
pub fn today(client: &mut Client) -> Result<Day, postgres::Error> {
    let days: i32 = client
        .query_one("SELECT CURRENT_DATE - DATE '1970-01-01'", &[])?
        .get(0);
    Ok(Day(days.into()))
}
