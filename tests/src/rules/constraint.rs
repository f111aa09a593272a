//! What the constraints of the target `ddl` refuse: rows, files and deletions, one by one.

use std::io::Write;

use postgres::{Client, Transaction};
use vitrina_codegen::artifacts::Artifacts;
use vitrina_codegen::model::{Model, Table};
use vitrina_codegen::target::ddl;
use vitrina_codegen::target::ddl::postgresql::{Constraint, Rule, constraints, identifier};

use super::fixture::{Fault, Package};
use crate::postgres::{Server, describe};
use crate::sql;

/// A database with the model's tables as the target `ddl` makes them.
#[expect(
    missing_debug_implementations,
    reason = "a connection has nothing to show"
)]
pub struct Constrained<'m> {
    model: &'m Model,
    client: Client,
    constraints: Vec<Vec<Constraint>>,
}

/// Which of the tables' constraints stand. Primary and unique keys always do.
#[derive(Clone, Copy)]
#[expect(
    missing_debug_implementations,
    reason = "a function has nothing to show"
)]
pub struct Standing<'a> {
    /// NOT NULL.
    pub required: bool,
    /// Foreign keys.
    pub references: bool,
    /// Conditions.
    pub conditions: &'a dyn Fn(&Table, Rule) -> bool,
}

/// Something that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The record, without columns.
    pub record: Fault,
    /// What refused it: the name of a constraint, `<column> not null`, or an SQLSTATE.
    pub by: String,
}

impl<'m> Constrained<'m> {
    /// Makes the database.
    ///
    /// # Errors
    /// What the server says.
    pub fn new(model: &'m Model, server: &Server, name: &str) -> Result<Constrained<'m>, String> {
        let mut files = Artifacts::new();
        ddl::postgresql::emit(model, "ddl", &mut files);
        let all = files.get("ddl/all.sql").unwrap_or_default();
        let mut client = server.create_database(name)?;
        let done = client.batch_execute(&String::from_utf8_lossy(all));
        done.map_err(|error| describe(&error))?;
        Ok(Constrained {
            model,
            client,
            constraints: constraints(model),
        })
    }

    /// The constraint that stands for a rule of a table.
    pub fn name_of(&self, table: &Table, rule: Rule) -> Option<&str> {
        let constraints = self.constraints.get(table.id.index())?.iter();
        let mut found = constraints.filter(|constraint| constraint.rule == rule);
        found.next().map(|constraint| constraint.name.as_str())
    }

    /// The rows that are refused, put in one after the other in the order in which tables are loaded.
    ///
    /// # Errors
    /// What the server says beside that.
    pub fn refusals(
        &mut self,
        package: &Package,
        standing: Standing<'_>,
    ) -> Result<Vec<Refusal>, String> {
        let begin = self.loosening(package, standing);
        let (model, mut refused) = (self.model, Vec::new());
        let mut transaction = self
            .client
            .transaction()
            .map_err(|error| describe(&error))?;
        run(&mut transaction, &begin)?;
        for table in model.load_order() {
            for row in package.rows_of(table.id) {
                let insert = sql::insert(model, table, std::slice::from_ref(row));
                if let Some(by) = try_one(&mut transaction, &insert)? {
                    let record = Fault {
                        of: table.name.clone(),
                        key: super::fixture::key(table, row),
                        columns: Vec::new(),
                    };
                    refused.push(Refusal { record, by });
                }
            }
        }
        Ok(refused)
    }

    /// The deletions that are refused, after all rows were put in.
    ///
    /// # Errors
    /// What the server says beside that.
    pub fn refused_deletions(&mut self, package: &Package) -> Result<Vec<Refusal>, String> {
        let standing = Standing {
            required: false,
            references: true,
            conditions: &|_, _| false,
        };
        let begin = self.loosening(package, standing);
        let (model, mut refused) = (self.model, Vec::new());
        let mut transaction = self
            .client
            .transaction()
            .map_err(|error| describe(&error))?;
        run(&mut transaction, &begin)?;
        for table in model.load_order() {
            let insert = sql::insert(model, table, package.rows_of(table.id));
            run(&mut transaction, &insert)?;
        }
        for record in &package.deleted {
            let table = model.find_table(&record.of).ok_or("no such table")?;
            let key = table.primary_key.iter().zip(record.key.split('|'));
            let key: Vec<String> = key
                .map(|(id, text)| {
                    let column = identifier(&table.column(*id).name);
                    format!("{column} = {}", sql::literal(text))
                })
                .collect();
            let name = sql::qualified(model, table);
            let delete = format!("DELETE FROM {name} WHERE {}", key.join(" AND "));
            if let Some(by) = try_one(&mut transaction, &delete)? {
                let record = record.clone();
                refused.push(Refusal { record, by });
            }
        }
        Ok(refused)
    }

    /// What the first refused file is refused by: files are loaded one after the other by their names,
    /// each with COPY as the documentation says. Foreign keys do not stand.
    ///
    /// # Errors
    /// What the server says beside that.
    pub fn refused_file<'f>(
        &mut self,
        files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
    ) -> Result<Option<String>, String> {
        let mut transaction = self
            .client
            .transaction()
            .map_err(|error| describe(&error))?;
        run(
            &mut transaction,
            "SET LOCAL session_replication_role = replica",
        )?;
        for (name, bytes) in files {
            let name = name.strip_suffix(".csv").unwrap_or(name);
            let schema = identifier(&self.model.showcase().mnemonic);
            let to = format!("{schema}.{}", identifier(name));
            // Whether the table is there is asked first: a COPY that is refused before it begins leaves
            // the driver out of step with the server.
            if let Err(error) = transaction.batch_execute(&format!("TABLE {to} LIMIT 0")) {
                return Ok(Some(reason(&error)));
            }
            let table = self.model.find_table(name).ok_or("no such table")?;
            let columns = table.columns.iter().map(|column| identifier(&column.name));
            let columns: Vec<_> = columns.collect();
            let columns = columns.join(", ");
            let copy = format!(
                "COPY {to} ({columns}) FROM STDIN
                 WITH (FORMAT csv, DELIMITER ';', HEADER match, ENCODING 'UTF8', FORCE_NULL ({columns}))"
            );
            if let Err(error) = load(&mut transaction, &copy, bytes) {
                return Ok(Some(reason(&error)));
            }
        }
        Ok(None)
    }

    /// Statements that take away, until the transaction ends, what is not to stand.
    fn loosening(&self, package: &Package, standing: Standing<'_>) -> String {
        let role = if standing.references {
            "origin"
        } else {
            "replica"
        };
        let mut batch = format!("SET LOCAL session_replication_role = {role};");
        for id in package.rows.keys() {
            let table = self.model.table(*id);
            let mut actions = Vec::new();
            for constraint in self.constraints.get(id.index()).into_iter().flatten() {
                let stands = match constraint.rule {
                    Rule::PrimaryKey | Rule::Unique(_) | Rule::ForeignKey(_) => true,
                    rule => (standing.conditions)(table, rule),
                };
                if !stands {
                    let name = identifier(&constraint.name);
                    actions.push(format!("DROP CONSTRAINT {name}"));
                }
            }
            let columns = table.columns.iter().filter(|column| {
                !standing.required
                    && column.is_required()
                    && !table.primary_key.contains(&column.id)
            });
            actions.extend(columns.map(|column| {
                let name = identifier(&column.name);
                format!("ALTER COLUMN {name} DROP NOT NULL")
            }));
            if !actions.is_empty() {
                let name = sql::qualified(self.model, table);
                batch.push_str(&format!("ALTER TABLE {name} {};", actions.join(", ")));
            }
        }
        batch
    }
}

/// Does something, or says what refused it; then nothing of it remains.
fn try_one(transaction: &mut Transaction<'_>, statement: &str) -> Result<Option<String>, String> {
    let mut inner = transaction
        .transaction()
        .map_err(|error| describe(&error))?;
    match inner.batch_execute(statement) {
        Ok(()) => {
            inner.commit().map_err(|error| describe(&error))?;
            Ok(None)
        }
        Err(error) => {
            inner.rollback().map_err(|error| describe(&error))?;
            Ok(Some(reason(&error)))
        }
    }
}

fn run(transaction: &mut Transaction<'_>, statements: &str) -> Result<(), String> {
    let done = transaction.batch_execute(statements);
    done.map_err(|error| describe(&error))
}

fn load(
    transaction: &mut Transaction<'_>,
    copy: &str,
    bytes: &[u8],
) -> Result<(), postgres::Error> {
    let mut writer = transaction.copy_in(copy)?;
    // What goes wrong here is said by `finish`.
    let _ = writer.write_all(bytes);
    writer.finish().map(|_| ())
}

/// What refused something, as [`Refusal::by`] has it.
fn reason(error: &postgres::Error) -> String {
    let Some(error) = error.as_db_error() else {
        return error.to_string();
    };
    match (error.constraint(), error.column()) {
        (Some(constraint), _) => constraint.to_owned(),
        (None, Some(column)) => format!("{column} not null"),
        (None, None) => error.code().code().to_owned(),
    }
}
