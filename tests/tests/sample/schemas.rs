//! Rows of every table as JSON, as the generated types write them, are valid by the table's schema and,
//! together, by the schema of packages.

use serde_json::{Map, Value};
use vitrina_tests::reason::Job;
use vitrina_tests::{json, model};

use super::made::made;

#[path = "../json/validator.rs"]
mod validator;

/// Rows of a table that are tried at most, spread over its file.
const ROWS: usize = 40;

fn schema(name: &str) -> Value {
    let path = model::path(&format!("generated/json-schema/{name}.schema.json"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_str(&text).unwrap()
}

/// The header, and of the rows every so many.
fn thinned(file: &str) -> String {
    let mut lines = file.split('\n');
    let header = lines.next().unwrap_or_default();
    let rows: Vec<&str> = lines.collect();
    let step = rows.len().div_ceil(ROWS).max(1);
    let rows = rows.iter().step_by(step).copied();
    std::iter::once(header)
        .chain(rows)
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn rows_are_valid_by_the_schemas() {
    let made = made();
    let mut jobs = Vec::new();
    let mut package = Map::new();
    let mut count = 0;
    for table in made.model.tables() {
        let file = thinned(std::str::from_utf8(made.file(table)).unwrap());
        let written = json::through(&table.name, &file);
        let rows = written
            .unwrap_or_else(|e| panic!("{}: {e}", table.name))
            .json;
        count += rows.len();
        package.insert(table.name.clone(), Value::from(rows.clone()));
        jobs.push(Job {
            schema: schema(&table.name),
            instances: rows,
        });
    }
    assert!(count > 2000, "{count}");
    jobs.push(Job {
        schema: schema("bundle"),
        instances: vec![Value::Object(package)],
    });
    let judged = validator::jsonschema(&jobs).unwrap();
    for (job, judged) in jobs.iter().zip(&judged) {
        for (row, refusals) in job.instances.iter().zip(judged) {
            assert_eq!(refusals, &[], "{}: {row:#}", job.schema["$id"]);
        }
    }
}
