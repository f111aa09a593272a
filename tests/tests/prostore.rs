//! Every statement that is generated for Prostore is one that its server takes, by the project's own
//! reader of both lines, and says of each table what the model says.

use std::collections::BTreeMap;
use std::fs;

use vitrina_codegen::model::{ColumnId, Table};
use vitrina_codegen::target::ddl::prostore::accept::CreateTable;
use vitrina_codegen::target::ddl::prostore::{Profile, Statement, check_statement};
use vitrina_tests::model;

/// The files of a profile by name, in their order.
fn files(profile: Profile) -> BTreeMap<String, String> {
    let folder = model::path("generated/ddl").join(profile.name());
    let entries = fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    entries
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect()
}

fn statement(profile: Profile, name: &str, text: &str) -> Statement {
    check_statement(profile, text)
        .unwrap_or_else(|refusal| panic!("{} refuses {name}: {refusal}\n{text}", profile.title()))
}

#[test]
fn every_statement_is_taken() {
    let model = model::big().unwrap();
    for profile in Profile::ALL {
        let files = files(profile);
        assert_eq!(files.len(), model.tables().len() + 2, "{}", profile.title());
        let mut statements = Vec::new();
        for (name, text) in &files {
            if name != "all.sql" {
                statements.push(statement(profile, name, text));
            }
        }
        // The driver splits a script on every semicolon, wherever it stands.
        let script: Vec<&str> = files["all.sql"].split(';').collect();
        let of_script: Vec<_> = script
            .iter()
            .map(|text| without_places(statement(profile, "all.sql", text)))
            .collect();
        let of_files: Vec<_> = statements.into_iter().map(without_places).collect();
        assert_eq!(of_script, of_files);

        let mut tables = Vec::new();
        for statement in of_files {
            match statement {
                Parsed::Database(name) => assert_eq!(name, model.showcase().mnemonic),
                Parsed::Table(table) => tables.push(table),
            }
        }
        let expected: Vec<_> = model
            .load_order()
            .map(|table| said(&model.showcase().mnemonic, table))
            .collect();
        assert_eq!(tables, expected, "{}", profile.title());
    }
}

/// A statement without the places of its names.
#[derive(Debug, PartialEq)]
enum Parsed {
    Database(String),
    Table(Facts),
}

/// What DDL for Prostore says of a table.
#[derive(Debug, PartialEq)]
struct Facts {
    database: Option<String>,
    name: String,
    /// Name, type, NOT NULL.
    columns: Vec<(String, String, bool)>,
    primary_key: Vec<String>,
    distributed_by: Vec<String>,
}

fn without_places(statement: Statement) -> Parsed {
    match statement {
        Statement::CreateDatabase(database) => Parsed::Database(database.name.text),
        Statement::CreateTable(table) => Parsed::Table(facts(table)),
        other => panic!("{other:?}"),
    }
}

fn facts(table: CreateTable) -> Facts {
    let columns = table.columns.into_iter();
    Facts {
        database: table.database.map(|name| name.text),
        name: table.name.text,
        columns: columns
            .map(|column| (column.name.text, column.ty.to_string(), column.required))
            .collect(),
        primary_key: table
            .primary_key
            .into_iter()
            .map(|name| name.text)
            .collect(),
        distributed_by: table
            .distributed_by
            .into_iter()
            .map(|name| name.text)
            .collect(),
    }
}

/// What the model says of it.
fn said(database: &str, table: &Table) -> Facts {
    let names = |ids: &[ColumnId]| {
        ids.iter()
            .map(|id| table.column(*id).name.clone())
            .collect()
    };
    let columns = table.columns.iter().map(|column| {
        let required = column.is_required() || table.primary_key.contains(&column.id);
        (column.name.clone(), column.ty.base.to_string(), required)
    });
    Facts {
        database: Some(database.to_owned()),
        name: table.name.clone(),
        columns: columns.collect(),
        primary_key: names(&table.primary_key),
        distributed_by: names(&table.distributed_by),
    }
}
