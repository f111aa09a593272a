//! The descriptors for ЕИП НСУД: each file is valid by its own schema, a broken copy is not, and all
//! of them tell the same facts: XML and JSON, the sheet as CSV and as XLSX, the `INFORMATION_SCHEMA`
//! to expect, the DDL for Prostore, the model.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use calamine::{Data, Reader, Xlsx, open_workbook};
use serde_json::{Map, Value, json};
use vitrina_codegen::target::ddl::prostore::{Profile, Statement, check_statement};
use vitrina_tests::model;
use vitrina_tests::xml::{self, Element};

fn read(name: &str) -> String {
    let path = model::path("generated/nsud").join(name);
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn read_json(name: &str) -> Value {
    serde_json::from_str(&read(name)).unwrap()
}

#[path = "descriptor/broken.rs"]
mod broken;

#[test]
fn json_is_valid_by_its_schema() {
    let schema = read_json("descriptor.schema.json");
    let validator = jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .build(&schema)
        .unwrap();
    let descriptor = read_json("descriptor.json");
    let errors: Vec<String> = validator
        .iter_errors(&descriptor)
        .map(|e| e.to_string())
        .collect();
    assert_eq!(errors, Vec::<String>::new());
    for (title, broken) in broken::json(&descriptor) {
        assert!(!validator.is_valid(&broken), "taken: {title}");
    }
}

#[test]
#[cfg(feature = "external")]
fn json_is_valid_by_its_schema_for_ajv() {
    use vitrina_tests::node::ajv;
    use vitrina_tests::reason::Job;
    let descriptor = read_json("descriptor.json");
    let (titles, mut instances): (Vec<_>, Vec<_>) = broken::json(&descriptor).into_iter().unzip();
    instances.insert(0, descriptor);
    let schema = read_json("descriptor.schema.json");
    let judged = ajv(&[Job { schema, instances }]).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(judged[0][0], []);
    for (title, errors) in titles.iter().zip(&judged[0][1..]) {
        assert_ne!(errors, &[], "taken: {title}");
    }
}

#[test]
#[cfg(feature = "external")]
fn xml_is_valid_by_its_schema() {
    let xsd = model::path("generated/nsud/descriptor.xsd");
    let folder = tempfile::tempdir().unwrap();
    let text = read("descriptor.xml");
    let mut cases = vec![("as generated", text.clone())];
    cases.extend(broken::xml(&text));
    let mut files = Vec::new();
    for (at, (_, text)) in cases.iter().enumerate() {
        let path = folder.path().join(format!("{at}.xml"));
        fs::write(&path, text).unwrap();
        files.push(path);
    }
    let output = std::process::Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(&xsd)
        .args(&files)
        .output()
        .expect("xmllint runs");
    // One line per file says the verdict; a file that is no XML at all gives none.
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    for (at, ((title, _), path)) in cases.iter().zip(&files).enumerate() {
        let valid = said.contains(&format!("{} validates", path.display()));
        assert_eq!(valid, at == 0, "{title}\n{said}");
    }
}

/// The JSON that an XML descriptor stands for, so that the two can be compared as they are.
#[test]
fn xml_and_json_tell_the_same() {
    let root = xml::parse(&read("descriptor.xml")).unwrap();
    assert_eq!(root.get("xmlns"), Some("urn:vitrina:nsud-descriptor:1"));
    let mut told = read_json("descriptor.json");
    let map = told.as_object_mut().unwrap();
    assert_eq!(map.remove("$schema").unwrap(), "./descriptor.schema.json");
    let generated = map.remove("generated").unwrap();
    assert!(read("descriptor.xml").contains(generated.as_str().unwrap()));
    let expected = descriptor(&root);
    // By table, so that a difference is small enough to read.
    for (told, expected) in list(&told["tables"]).iter().zip(list(&expected["tables"])) {
        assert_eq!(told, expected);
    }
    assert_eq!(told, expected);
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn descriptor(root: &Element) -> Value {
    let statement = |language: &str| {
        let mut all = root.all("statement");
        all.find(|one| one.get("language") == Some(language))
            .map(|one| one.text.clone())
    };
    let mut showcase = facts(
        root,
        &["mnemonic", "title", "version", "guid", "guid_source"],
    );
    showcase.insert("note".into(), json!(root.text_of("note")));
    showcase.insert("kinds_note".into(), json!(root.text_of("kinds_note")));
    json!({
        "descriptor_version": root.get("descriptor_version"),
        "official": root.get("official") == Some("true"),
        "statement": { "ru": statement("ru"), "en": statement("en") },
        "showcase": showcase,
        "tables": root.all("table").map(table).collect::<Vec<_>>(),
        "classifiers": root.all("classifier").map(classifier).collect::<Vec<_>>(),
    })
}

/// Attributes of an element as members; numbers and truth values by their names.
fn facts(element: &Element, names: &[&str]) -> Map<String, Value> {
    let member = |name: &&str| {
        let value = match (element.get(name), *name) {
            (None, _) => Value::Null,
            (
                Some(text),
                "ordinal" | "length" | "precision" | "primary_key_order" | "distribution_order"
                | "key" | "revision",
            ) => json!(text.parse::<u64>().unwrap()),
            (Some(text), "nullable" | "unique" | "index" | "open") => {
                json!(text.parse::<bool>().unwrap())
            }
            (Some(text), _) => json!(text),
        };
        ((*name).to_owned(), value)
    };
    names.iter().map(member).collect()
}

fn clauses(element: &Element) -> Value {
    let clause = |clause: &Element| json!({ "regulation": clause.get("regulation"), "clause": clause.get("number") });
    element.all("clause").map(clause).collect()
}

fn table(element: &Element) -> Value {
    let names = [
        "tech_name",
        "name",
        "group",
        "guid",
        "guid_source",
        "ordinal",
    ];
    let mut map = facts(element, &names);
    map.insert("note".into(), json!(element.text_of("note")));
    let kinds = element
        .all("kind")
        .map(|kind| kind.get("number").unwrap().parse::<u64>().unwrap());
    map.insert("kinds".into(), kinds.collect());
    map.insert("clauses".into(), clauses(element));
    map.insert(
        "attributes".into(),
        element.all("attribute").map(attribute).collect(),
    );
    let keys = element.all("unique_key").map(|key| -> Value {
        key.all("member")
            .map(|member| json!(member.get("attribute")))
            .collect()
    });
    map.insert("unique_keys".into(), keys.collect());
    Value::Object(map)
}

fn attribute(element: &Element) -> Value {
    let names = [
        "tech_name",
        "name",
        "guid",
        "guid_source",
        "ordinal",
        "type",
        "length",
        "precision",
        "nullable",
        "primary_key_order",
        "distribution_order",
        "unique",
        "index",
        "classifier",
        "personal",
    ];
    let mut map = facts(element, &names);
    map.insert("note".into(), json!(element.text_of("note")));
    map.insert("clauses".into(), clauses(element));
    let names = [
        "key",
        "table",
        "attribute",
        "attribute_guid",
        "source_multiplicity",
        "target_multiplicity",
    ];
    let references = element
        .all("reference")
        .map(|one| Value::Object(facts(one, &names)));
    map.insert("references".into(), references.collect());
    Value::Object(map)
}

fn classifier(element: &Element) -> Value {
    let names = [
        "name",
        "title",
        "authority",
        "source",
        "start_date",
        "end_date",
        "type",
        "open",
    ];
    let mut map = facts(element, &names);
    let esnsi = element.all("esnsi").next();
    let esnsi =
        esnsi.map(|one| Value::Object(facts(one, &["code", "uid", "revision", "key_attribute"])));
    map.insert("esnsi".into(), esnsi.unwrap_or(Value::Null));
    let values = element.all("value").map(|one| {
        Value::Object(facts(
            one,
            &["code", "title", "parent", "start_date", "end_date"],
        ))
    });
    map.insert("values".into(), values.collect());
    Value::Object(map)
}

#[test]
fn the_workbook_holds_the_cells_of_the_sheet() {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .has_headers(false)
        .from_path(model::path("generated/nsud/entry-sheet.csv"))
        .unwrap();
    let expected: Vec<Vec<String>> = reader
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect();
    let path = model::path("generated/nsud/entry-sheet.xlsx");
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
    let names = workbook.sheet_names();
    assert_eq!(names, ["Атрибуты"]);
    let range = workbook.worksheet_range(&names[0]).unwrap();
    let found: Vec<Vec<String>> = range
        .rows()
        .map(|row| row.iter().map(cell).collect())
        .collect();
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found, expected);
    }
    // A row per attribute of the model, below the headers.
    let model = model::big().unwrap();
    let columns = model.tables().iter().map(|table| table.columns.len());
    assert_eq!(found.len(), columns.sum::<usize>() + 1);
}

fn cell(data: &Data) -> String {
    match data {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        other => panic!("{other:?}"),
    }
}

/// A row of the view `columns`: name, `NO` or `YES`, type, length, precision.
type ColumnRow = (String, String, String, Option<u64>, Option<u64>);

/// The views of `INFORMATION_SCHEMA` by table, as far as a statement can be held against them.
#[derive(Debug, Default, PartialEq)]
struct View {
    /// In their order.
    columns: Vec<ColumnRow>,
    primary_key: Vec<String>,
    sharding_key: Vec<String>,
}

/// The platform compares what its model says with the showcase's `INFORMATION_SCHEMA`: what the
/// snapshot expects is what the generated statements make.
#[test]
fn information_schema_is_what_the_statements_make() {
    let snapshot = read_json("information_schema.json");
    let text = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
    let mut expected: BTreeMap<String, View> = BTreeMap::new();
    for row in list(&snapshot["tables"]) {
        assert_eq!(row["table_type"], "BASE TABLE");
        expected.insert(text(row, "table_name"), View::default());
    }
    for row in list(&snapshot["columns"]) {
        let view = expected.get_mut(&text(row, "table_name")).unwrap();
        let ordinal = row["ordinal_position"].as_u64().unwrap();
        assert_eq!(ordinal, view.columns.len() as u64 + 1);
        view.columns.push((
            text(row, "column_name"),
            text(row, "is_nullable"),
            text(row, "data_type"),
            row["character_maximum_length"].as_u64(),
            row["datetime_precision"].as_u64(),
        ));
    }
    let constraints: BTreeSet<(String, String)> = list(&snapshot["table_constraints"])
        .iter()
        .map(|row| (text(row, "constraint_name"), text(row, "constraint_type")))
        .collect();
    for row in list(&snapshot["key_column_usage"]) {
        let constraint = (text(row, "constraint_name"), text(row, "constraint_type"));
        assert!(constraints.contains(&constraint), "{constraint:?}");
        let view = expected.get_mut(&text(row, "table_name")).unwrap();
        let key = match constraint.1.as_str() {
            "primary key" => &mut view.primary_key,
            _ => &mut view.sharding_key,
        };
        key.push(text(row, "column_name"));
        assert_eq!(row["ordinal_position"].as_u64().unwrap(), key.len() as u64);
    }
    for profile in Profile::ALL {
        let (schema, made) = made(profile);
        assert_eq!(snapshot["schemata"], json!([{ "schema_name": schema }]));
        assert_eq!(
            made.keys().collect::<Vec<_>>(),
            expected.keys().collect::<Vec<_>>()
        );
        for (table, view) in &made {
            assert_eq!(view, &expected[table], "{table} in {}", profile.title());
        }
    }
}

/// What the statements of a profile make, by the upper-case names that the server shows.
fn made(profile: Profile) -> (String, BTreeMap<String, View>) {
    let path = model::path("generated/ddl")
        .join(profile.name())
        .join("all.sql");
    let script = fs::read_to_string(path).unwrap();
    let mut schema = String::new();
    let mut views = BTreeMap::new();
    for text in script.split(';').filter(|text| !text.trim().is_empty()) {
        match check_statement(profile, text).unwrap() {
            Statement::CreateDatabase(database) => schema = database.name.text.to_uppercase(),
            Statement::CreateTable(table) => {
                let columns = table.columns.iter().map(|column| {
                    let (ty, length, precision) = shown(&column.ty.to_string());
                    let nullable = if column.required { "NO" } else { "YES" };
                    (
                        column.name.text.to_uppercase(),
                        nullable.to_owned(),
                        ty,
                        length,
                        precision,
                    )
                });
                let upper = |names: &[vitrina_codegen::target::ddl::prostore::accept::Name]| {
                    names.iter().map(|name| name.text.to_uppercase()).collect()
                };
                let view = View {
                    columns: columns.collect(),
                    primary_key: upper(&table.primary_key),
                    sharding_key: upper(&table.distributed_by),
                };
                views.insert(table.name.text.to_uppercase(), view);
            }
            other => panic!("{other:?}"),
        }
    }
    (schema, views)
}

/// `varchar(100)` as `VARCHAR` with its length, `timestamp(6)` as `TIMESTAMP` with its precision.
fn shown(ty: &str) -> (String, Option<u64>, Option<u64>) {
    let (name, size) = match ty.split_once('(') {
        Some((name, rest)) => (name, rest.trim_end_matches(')').parse::<u64>().ok()),
        None => (ty, None),
    };
    match name {
        "time" | "timestamp" => (name.to_uppercase(), None, size),
        _ => (name.to_uppercase(), size, None),
    }
}

/// The flat CSV says what the JSON says.
#[test]
fn information_schema_is_one_in_two_forms() {
    let snapshot = read_json("information_schema.json");
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .from_path(model::path("generated/nsud/information_schema.csv"))
        .unwrap();
    let headers = reader.headers().unwrap().clone();
    let mut rows: Vec<BTreeMap<String, String>> = Vec::new();
    for record in reader.records() {
        let record = record.unwrap();
        let cells = headers
            .iter()
            .zip(record.iter())
            .filter(|(_, cell)| !cell.is_empty());
        rows.push(
            cells
                .map(|(name, cell)| (name.to_owned(), cell.to_owned()))
                .collect(),
        );
    }
    let mut expected: Vec<BTreeMap<String, String>> = Vec::new();
    for (view, of_view) in snapshot.as_object().unwrap() {
        for row in of_view.as_array().into_iter().flatten() {
            let cells = row
                .as_object()
                .unwrap()
                .iter()
                .filter(|(_, cell)| !cell.is_null());
            let mut cells: BTreeMap<String, String> = cells
                .map(|(name, cell)| match cell {
                    Value::String(text) => (name.clone(), text.clone()),
                    other => (name.clone(), other.to_string()),
                })
                .collect();
            cells.insert("view".to_owned(), view.clone());
            expected.push(cells);
        }
    }
    assert_eq!(rows, expected);
}
