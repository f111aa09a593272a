//! What the queries of the target `quality` find in a case, in tables without constraints.

use std::collections::{BTreeMap, BTreeSet};

use postgres::{Client, SimpleQueryMessage};
use vitrina_codegen::artifacts::Artifacts;
use vitrina_codegen::model::{Model, Table};
use vitrina_codegen::target::ddl::postgresql::{identifier, type_name};
use vitrina_codegen::target::{Target, quality};

use super::fixture::{Fault, Package};
use crate::postgres::{Server, describe};
use crate::sql;

/// A database with the model's tables and nothing that would refuse a row.
#[expect(
    missing_debug_implementations,
    reason = "a connection has nothing to show"
)]
pub struct Database<'m> {
    model: &'m Model,
    client: Client,
    queries: BTreeMap<String, String>,
}

/// What was found.
#[derive(Debug)]
pub struct Verdict {
    /// Broken records, without columns: queries name none.
    pub broken: BTreeSet<Fault>,
}

impl<'m> Database<'m> {
    /// Makes the database.
    ///
    /// # Errors
    /// What the server says.
    pub fn new(model: &'m Model, server: &Server, name: &str) -> Result<Database<'m>, String> {
        let mut files = Artifacts::new();
        quality::Quality.emit(model, &mut files);
        let queries = files.iter().filter_map(|(path, bytes)| {
            let name = path.strip_prefix("quality/postgresql/")?;
            let sql = String::from_utf8(bytes.to_vec()).ok()?;
            Some((name.strip_suffix(".sql")?.to_owned(), sql))
        });
        let mut database = Database {
            model,
            client: server.create_database(name)?,
            queries: queries.collect(),
        };
        let schema = identifier(&model.showcase().mnemonic);
        let mut batch = format!("CREATE SCHEMA {schema};");
        for table in model.tables() {
            batch.push_str(&create(model, table));
        }
        batch.push_str(database.queries.get("functions").map_or("", String::as_str));
        // No query may lean on the session's way of writing dates.
        batch.push_str("SET DateStyle = 'German'; SET jit = off;");
        let done = database.client.batch_execute(&batch);
        done.map_err(|error| describe(&error))?;
        Ok(database)
    }

    /// What the queries of `rule` say of the assertion `code`.
    ///
    /// # Errors
    /// What the server says.
    pub fn verdict(
        &mut self,
        rule: &str,
        code: &str,
        package: &Package,
        now: &str,
    ) -> Result<Verdict, String> {
        let rows = self.query(rule, package, now)?;
        let found = rows.into_iter().filter(|row| row.get(0) == Some(code));
        let broken = found.map(|row| Fault {
            of: row.get(1).unwrap_or("kind").to_owned(),
            key: row.get(2).unwrap_or_default().to_owned(),
            columns: Vec::new(),
        });
        Ok(Verdict {
            broken: broken.collect(),
        })
    }

    /// Numerator, denominator and ratio of an indicator.
    ///
    /// # Errors
    /// What the server says.
    pub fn indicator(
        &mut self,
        code: &str,
        package: &Package,
        now: &str,
    ) -> Result<(u64, u64, Option<f64>), String> {
        let rows = self.query(code, package, now)?;
        let number = |place: usize| rows.first()?.get(place);
        let whole = |place| number(place).and_then(|text| text.parse().ok());
        let (numerator, denominator) = whole(1).zip(whole(2)).ok_or("no numbers")?;
        let ratio = number(3).and_then(|text| text.parse().ok());
        Ok((numerator, denominator, ratio))
    }

    /// The rows of a file's queries over a package, of which nothing remains.
    fn query(
        &mut self,
        file: &str,
        package: &Package,
        now: &str,
    ) -> Result<Vec<postgres::SimpleQueryRow>, String> {
        let query = self.queries.get(file).ok_or("the target writes no file")?;
        let mut batch = format!("BEGIN; SET LOCAL vitrina.now = {};\n", sql::literal(now));
        for (table, rows) in &package.rows {
            batch.push_str(&sql::insert(self.model, self.model.table(*table), rows));
            batch.push(';');
        }
        batch.push_str(query);
        batch.push_str("; ROLLBACK");
        let messages = self.client.simple_query(&batch);
        let messages = messages.map_err(|error| {
            // The transaction that failed is still open.
            let _ = self.client.batch_execute("ROLLBACK");
            describe(&error)
        })?;
        let rows = messages.into_iter().filter_map(|message| match message {
            SimpleQueryMessage::Row(row) => Some(row),
            _ => None,
        });
        Ok(rows.collect())
    }
}

/// A table of the columns' types alone.
fn create(model: &Model, table: &Table) -> String {
    let columns: Vec<String> = (table.columns.iter())
        .map(|column| format!("{} {}", identifier(&column.name), type_name(column.ty.base)))
        .collect();
    let name = sql::qualified(model, table);
    format!("CREATE TABLE {name} ({});", columns.join(", "))
}
