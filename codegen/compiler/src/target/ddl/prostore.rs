//! The showcase as logical tables of Prostore, for two lines of it.
//!
//! Only what both lines hold is written: the types `BIGINT INT32 DOUBLE FLOAT BOOLEAN VARCHAR CHAR
//! UUID LINK DATE TIME TIMESTAMP` (`INT` and `INTEGER` change their width between the lines),
//! `NULL` and `NOT NULL`, a primary key, the sharding key. References, checks and titles go into
//! `--` comments, which the grammar drops.
//!
//! A file of one table is one statement without a terminating `;`: the server's grammar refuses it.
//! `all.sql` separates its statements with `;`, on which the JDBC driver splits a script before it
//! sends the parts; it splits inside comments as well, so no comment holds one.

pub mod accept;
mod words;

pub use accept::{Refusal, Rule, Statement, check_statement};
pub use words::{
    INFORMATION_SCHEMA, MAX_DATABASE_AND_TABLE, MAX_NAME, MAX_TABLE, SYSTEM_COLUMNS, has_form,
    is_reserved, is_system_column,
};

use super::{file_name, text};
use crate::artifacts::Artifacts;
use crate::model::{BaseType, CheckSeverity, ColumnId, Model, Requirement, Table};
use crate::target::header;

/// A line of Prostore.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profile {
    /// 5.5: proved against its source.
    V5_5,
    /// 7: known from documentation.
    V7,
}

impl Profile {
    /// Every profile, oldest first.
    pub const ALL: [Profile; 2] = [Profile::V5_5, Profile::V7];

    /// `prostore-5.5`, `prostore-7`.
    pub fn name(self) -> &'static str {
        match self {
            Profile::V5_5 => "prostore-5.5",
            Profile::V7 => "prostore-7",
        }
    }

    /// The name that people know it by: `Prostore 5.5`.
    pub fn title(self) -> &'static str {
        match self {
            Profile::V5_5 => "Prostore 5.5",
            Profile::V7 => "Prostore 7",
        }
    }
}

/// Adds `000_database.sql`, a file per table and `all.sql` under `folder`.
pub fn emit(model: &Model, profile: Profile, folder: &str, out: &mut Artifacts) {
    let header = remark(&header(model));
    let count = model.tables().len() + 1;
    let database = create_database(model);
    let mut all = format!("{header}{database}");
    let name = file_name(0, count, "database");
    out.add(format!("{folder}/{name}"), format!("{header}{database}\n"));
    for (place, table) in model.load_order().enumerate() {
        let statement = create_table(model, profile, table);
        all.push_str(";\n\n");
        all.push_str(&statement);
        let name = file_name(place + 1, count, &table.name);
        out.add(format!("{folder}/{name}"), format!("{header}{statement}\n"));
    }
    all.push('\n');
    out.add(format!("{folder}/all.sql"), all);
}

/// A comment of one line, without the `;` on which the JDBC driver splits.
fn remark(text: &str) -> String {
    format!("-- {}\n", text::comment(text).replace(';', ","))
}

fn create_database(model: &Model) -> String {
    let showcase = model.showcase();
    let title = remark(&showcase.title);
    format!("{title}CREATE DATABASE {}", showcase.mnemonic)
}

fn create_table(model: &Model, profile: Profile, table: &Table) -> String {
    let mut sql = remark(&table.title);
    for rule in rules(model, table) {
        sql.push_str(&remark(&rule));
    }
    let name = format!("{}.{}", model.showcase().mnemonic, table.name);
    sql.push_str(&format!("CREATE TABLE {name} (\n"));
    for column in &table.columns {
        let ty = type_name(column.ty.base);
        let null = if column.is_required() {
            "NOT NULL"
        } else {
            "NULL"
        };
        let title = remark(&column.title);
        sql.push_str(&format!("    {} {ty} {null}, {title}", column.name));
    }
    let primary_key = column_list(table, &table.primary_key);
    let distributed_by = column_list(table, &table.distributed_by);
    sql.push_str(&format!(
        "    PRIMARY KEY ({primary_key})\n) DISTRIBUTED BY ({distributed_by})"
    ));
    let stores: Vec<_> = model.showcase().targets.datasource_type.iter().collect();
    if !stores.is_empty() {
        let stores: Vec<_> = stores
            .into_iter()
            .map(|store| match profile {
                Profile::V5_5 => store.value.clone(),
                Profile::V7 => text::literal(&store.value),
            })
            .collect();
        sql.push_str(&format!(" DATASOURCE_TYPE ({})", stores.join(", ")));
    }
    sql
}

/// What the table must keep to and Prostore does not hold, a line each.
fn rules(model: &Model, table: &Table) -> Vec<String> {
    let mut rules = Vec::new();
    for key in &table.unique {
        rules.push(format!("уникально: {}", column_list(table, &key.columns)));
    }
    for key in &table.foreign_keys {
        let target = model.table(key.table);
        rules.push(format!(
            "ссылка: {} → {} ({})",
            column_list(table, &key.columns),
            target.name,
            column_list(target, &key.target)
        ));
    }
    for column in &table.columns {
        if let Requirement::When(condition) = &column.requirement {
            let condition = crate::model::expr::text::text(table, condition);
            rules.push(format!("обязательно: {}, когда {condition}", column.name));
        }
    }
    for check in &table.checks {
        let kind = match check.severity {
            CheckSeverity::Error => "проверка",
            CheckSeverity::Warning => "предупреждение",
        };
        let condition = crate::model::expr::text::text(table, &check.expr);
        rules.push(format!(
            "{kind} {}: {}: {condition}",
            check.code, check.title
        ));
    }
    rules
}

fn column_list(table: &Table, ids: &[ColumnId]) -> String {
    let names: Vec<_> = ids
        .iter()
        .map(|id| table.column(*id).name.as_str())
        .collect();
    names.join(", ")
}

/// The logical type of a column, in the spelling that every line reads alike.
pub fn type_name(base: BaseType) -> String {
    match base {
        BaseType::Boolean => "BOOLEAN".into(),
        BaseType::Int32 => "INT32".into(),
        BaseType::BigInt => "BIGINT".into(),
        BaseType::Float => "FLOAT".into(),
        BaseType::Double => "DOUBLE".into(),
        BaseType::Char(n) => format!("CHAR({n})"),
        BaseType::Varchar(Some(n)) => format!("VARCHAR({n})"),
        BaseType::Varchar(None) => "VARCHAR".into(),
        BaseType::Link => "LINK".into(),
        BaseType::Uuid => "UUID".into(),
        BaseType::Date => "DATE".into(),
        BaseType::Time(p) => format!("TIME({p})"),
        BaseType::Timestamp(p) => format!("TIMESTAMP({p})"),
    }
}

#[cfg(test)]
mod tests;
