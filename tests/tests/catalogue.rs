//! What PostgreSQL says of the loaded schema equals the model: tables, columns, keys, constraints,
//! comments, and nothing else.
//!
//! Both sides become sorted lines; the expected ones are made from the model alone, but for the names
//! of constraints, which the target makes up.

#![cfg(feature = "external")]

use std::collections::BTreeSet;

use postgres::Client;
use vitrina_codegen::model::{BaseType, ColumnId, Model, Table};
use vitrina_codegen::target::ddl::postgresql::{Constraint, Rule, constraints};
use vitrina_tests::model;
use vitrina_tests::postgres::{Server, describe};

const FOLDER: &str = "generated/ddl/postgresql";

#[test]
fn the_schema_as_one_file_is_the_model() {
    let server = Server::shared().unwrap();
    let mut client = server.create_database("catalogue_whole").unwrap();
    let all = model::path(FOLDER).join("all.sql");
    server.psql("catalogue_whole", &all).unwrap();
    compare(&mut client);
}

#[test]
fn the_schema_file_by_file_is_the_model() {
    let server = Server::shared().unwrap();
    let mut client = server.create_database("catalogue_files").unwrap();
    let mut files: Vec<_> = std::fs::read_dir(model::path(FOLDER))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.ends_with("all.sql"))
        .collect();
    files.sort();
    assert_eq!(files.len(), model::big().unwrap().tables().len() + 1);
    for file in &files {
        server
            .psql("catalogue_files", file)
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    }
    compare(&mut client);
}

/// The comparison of lines, held against itself: what is removed or added on one side shows.
#[test]
fn a_changed_schema_is_seen() {
    let server = Server::shared().unwrap();
    let mut client = server.create_database("catalogue_changed").unwrap();
    let all = model::path(FOLDER).join("all.sql");
    server.psql("catalogue_changed", &all).unwrap();
    let model = model::big().unwrap();
    let expected = expected(&model);
    let schema = &model.showcase().mnemonic;
    for change in [
        "CREATE TABLE further (id integer)",
        "CREATE VIEW further AS SELECT 1",
        "CREATE SEQUENCE further",
        "CREATE INDEX ON person (modified_datetime)",
        "ALTER TABLE person ADD further integer",
        "ALTER TABLE person DROP snils_hash",
        "ALTER TABLE person ALTER modified_datetime DROP NOT NULL",
        "ALTER TABLE person ALTER modified_datetime SET DEFAULT now()",
        "ALTER TABLE person ALTER modified_datetime TYPE timestamp(1)",
        "ALTER TABLE person ALTER id TYPE varchar(101)",
        "ALTER TABLE person ADD CHECK (id <> '')",
        "ALTER TABLE bell_slot DROP CONSTRAINT bell_slot_order_check",
        "ALTER TABLE bell_slot DROP CONSTRAINT bell_slot_bell_schedule_id_fkey",
        "COMMENT ON TABLE person IS NULL",
        "COMMENT ON COLUMN person.id IS 'x'",
        "COMMENT ON CONSTRAINT bell_slot_order_check ON bell_slot IS NULL",
    ] {
        let mut change_in = client.transaction().unwrap();
        change_in
            .batch_execute(&format!("SET LOCAL search_path = {schema}; {change}"))
            .unwrap_or_else(|error| panic!("{}: {change}", describe(&error)));
        let found = lines(|sql| {
            let rows = change_in.query(sql, &[schema]).unwrap();
            rows.iter().map(|row| row.get(0)).collect()
        });
        assert_ne!(found, expected, "{change}");
        change_in.rollback().unwrap();
    }
    compare(&mut client);
}

fn compare(client: &mut Client) {
    let model = model::big().unwrap();
    let schema = &model.showcase().mnemonic;
    let found = lines(|sql| {
        let rows = client
            .query(sql, &[schema])
            .unwrap_or_else(|error| panic!("{}\n{sql}", describe(&error)));
        rows.iter().map(|row| row.get(0)).collect()
    });
    let expected = expected(&model);
    let more: Vec<_> = found.difference(&expected).collect();
    let missing: Vec<_> = expected.difference(&found).collect();
    assert!(
        more.is_empty() && missing.is_empty(),
        "only PostgreSQL has: {more:#?}\nonly the model has: {missing:#?}"
    );
    assert!(found.len() > 1500, "{}", found.len());
}

/// What PostgreSQL says, each line unique; `$1` is the schema.
const QUERIES: [&str; 5] = [
    "SELECT format('schema %s: %s', nspname, obj_description(oid, 'pg_namespace'))
     FROM pg_namespace WHERE nspname = $1",
    // Every relation: tables with their comments, the indexes of keys by the names of these.
    "SELECT format('%s %s: %s',
            CASE c.relkind WHEN 'r' THEN 'table' WHEN 'i' THEN 'index' ELSE c.relkind::text END,
            c.relname, obj_description(c.oid, 'pg_class'))
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1",
    "SELECT format('column %s %s %s %s(%s) %s default %s generated %s %s: %s',
            table_name, ordinal_position, column_name, data_type,
            coalesce(character_maximum_length, datetime_precision),
            CASE is_nullable WHEN 'NO' THEN 'not null' ELSE 'null' END,
            column_default, is_generated, is_identity,
            col_description(format('%I.%I', table_schema, table_name)::regclass, ordinal_position))
     FROM information_schema.columns WHERE table_schema = $1",
    // Columns of a key stand in their order, those that a condition reads in the table's order.
    "SELECT format('%s %s on %s (%s) references %s (%s) %s: %s',
            c.contype, c.conname, t.relname,
            (SELECT string_agg(a.attname, ', ' ORDER BY
                        CASE c.contype WHEN 'c' THEN k.key ELSE k.place END)
             FROM unnest(c.conkey) WITH ORDINALITY k (key, place)
             JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.key),
            (SELECT relname FROM pg_class WHERE oid = c.confrelid),
            (SELECT string_agg(a.attname, ', ' ORDER BY k.place)
             FROM unnest(c.confkey) WITH ORDINALITY k (key, place)
             JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.key),
            -- Valid, never deferred, no action on change, MATCH SIMPLE.
            concat(c.convalidated, c.condeferrable, c.condeferred,
                c.confupdtype, c.confdeltype, c.confmatchtype),
            obj_description(c.oid, 'pg_constraint'))
     FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
     JOIN pg_namespace n ON n.oid = c.connamespace WHERE n.nspname = $1 AND c.contype <> 'n'",
    "SELECT format('trigger %s', tgname) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
     JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND NOT tgisinternal",
];

fn lines(mut query: impl FnMut(&str) -> Vec<String>) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for line in QUERIES.iter().flat_map(|sql| query(sql)) {
        assert!(lines.insert(line.clone()), "twice: {line}");
    }
    lines
}

/// The same lines, from the model.
fn expected(model: &Model) -> BTreeSet<String> {
    let showcase = model.showcase();
    let mut lines = vec![format!("schema {}: {}", showcase.mnemonic, showcase.title)];
    for (table, constraints) in model.tables().iter().zip(constraints(model)) {
        lines.push(format!("table {}: {}", table.name, table.title));
        for (place, column) in table.columns.iter().enumerate() {
            let (ty, size) = type_in_catalogue(column.ty.base);
            let size = size.map_or(String::new(), |size| size.to_string());
            let null = if column.is_required() {
                "not null"
            } else {
                "null"
            };
            lines.push(format!(
                "column {} {} {} {ty}({size}) {null} default  generated NEVER NO: {}",
                table.name,
                place + 1,
                column.name,
                column.title
            ));
        }
        lines.extend(expected_constraints(model, table, &constraints));
    }
    let count = lines.len();
    let lines: BTreeSet<String> = lines.into_iter().collect();
    assert_eq!(lines.len(), count);
    lines
}

fn expected_constraints(model: &Model, table: &Table, constraints: &[Constraint]) -> Vec<String> {
    let names = |table: &Table, ids: &[ColumnId]| {
        let names: Vec<_> = ids
            .iter()
            .map(|id| table.column(*id).name.as_str())
            .collect();
        names.join(", ")
    };
    let mut lines = Vec::new();
    for constraint in constraints {
        let name = &constraint.name;
        let (kind, columns) = match constraint.rule {
            Rule::PrimaryKey => ('p', table.primary_key.clone()),
            Rule::Unique(place) => ('u', table.unique[place].columns.clone()),
            Rule::ForeignKey(place) => {
                let key = &table.foreign_keys[place];
                let target = model.table(key.table);
                lines.push(format!(
                    "f {name} on {} ({}) references {} ({}) tffaas: ",
                    table.name,
                    names(table, &key.columns),
                    target.name,
                    names(target, &key.target)
                ));
                continue;
            }
            Rule::Required(id) => {
                let vitrina_codegen::model::Requirement::When(condition) =
                    &table.column(id).requirement
                else {
                    panic!("{name}: {id:?} is not required conditionally");
                };
                let mut columns = condition.columns();
                columns.push(id);
                columns.sort();
                columns.dedup();
                ('c', columns)
            }
            Rule::Check(place) => ('c', table.checks[place].expr.columns()),
            Rule::Values(id)
            | Rule::Text(id)
            | Rule::Pattern(id)
            | Rule::Algorithm(id)
            | Rule::List(id) => ('c', vec![id]),
        };
        let title = match constraint.rule {
            Rule::Check(place) => table.checks[place].title.as_str(),
            _ => "",
        };
        if kind != 'c' {
            lines.push(format!("index {name}: "));
        }
        lines.push(format!(
            "{kind} {name} on {} ({}) references  () tff   : {title}",
            table.name,
            names(table, &columns)
        ));
    }
    lines
}

/// The name and the length or precision by which `information_schema` knows a base type.
fn type_in_catalogue(base: BaseType) -> (&'static str, Option<u32>) {
    match base {
        BaseType::Boolean => ("boolean", None),
        BaseType::Int32 => ("integer", None),
        BaseType::BigInt => ("bigint", None),
        BaseType::Float => ("real", None),
        BaseType::Double => ("double precision", None),
        BaseType::Char(n) | BaseType::Varchar(Some(n)) => ("character varying", Some(n)),
        BaseType::Varchar(None) | BaseType::Link => ("text", None),
        BaseType::Uuid => ("uuid", None),
        BaseType::Date => ("date", Some(0)),
        BaseType::Time(p) => ("time without time zone", Some(p.into())),
        BaseType::Timestamp(p) => ("timestamp without time zone", Some(p.into())),
    }
}
