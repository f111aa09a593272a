//! Rows of the model as SQL, and PostgreSQL's day.

use postgres::Client;
use vitrina_codegen::model::eval::Day;
use vitrina_codegen::model::{Model, Table};
use vitrina_codegen::sample::Cells;
use vitrina_codegen::target::ddl::postgresql::identifier;

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
