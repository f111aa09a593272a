//! ajv, run once for all schemas and rows of a test.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::model::path;
use crate::reason::{Job, Judged, Refusal};

/// The words of the generated schemas that JSON Schema does not know; ajv's strict mode refuses
/// any other.
const VOCABULARY: [&str; 23] = [
    "enumDescriptions",
    "x-check",
    "x-check-digit",
    "x-checks",
    "x-classifier",
    "x-clauses",
    "x-deprecated",
    "x-enum-titles",
    "x-group",
    "x-hash-of",
    "x-kinds",
    "x-kinds-note",
    "x-load-order",
    "x-origin",
    "x-personal",
    "x-physical-type",
    "x-primary-key",
    "x-references",
    "x-required-when",
    "x-since",
    "x-source",
    "x-table",
    "x-unique",
];

/// By job and instance: the errors, none for what is accepted.
///
/// # Errors
/// node or ajv is missing, or a schema does not compile in strict mode.
pub fn ajv(jobs: &[Job]) -> Result<Judged, String> {
    let jobs: Vec<Value> = jobs
        .iter()
        .map(|job| json!({ "schema": job.schema, "instances": job.instances }))
        .collect();
    let input = tempfile::NamedTempFile::new().map_err(|error| error.to_string())?;
    let text = json!({ "vocabulary": VOCABULARY, "jobs": jobs }).to_string();
    std::fs::write(input.path(), text).map_err(|error| error.to_string())?;
    let told = run(input.path())?;
    let told: Value = serde_json::from_str(&told).map_err(|error| error.to_string())?;
    let jobs = told.as_array().ok_or("ajv gave no list")?;
    jobs.iter()
        .map(|job| {
            let instances = job.as_array().ok_or("no list of instances")?;
            Ok(instances.iter().map(refusals).collect())
        })
        .collect()
}

fn run(input: &Path) -> Result<String, String> {
    let output = Command::new("node")
        .arg(path("tests/scripts/ajv.mjs"))
        .arg(path("target/node"))
        .arg(input)
        .output()
        .map_err(|error| format!("node: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    String::from_utf8(output.stdout).map_err(|error| error.to_string())
}

fn refusals(errors: &Value) -> Vec<Refusal> {
    let text = |error: &Value, key: &str| error[key].as_str().unwrap_or_default().to_owned();
    let errors = errors.as_array().into_iter().flatten();
    errors
        .map(|error| Refusal {
            instance: text(error, "instance"),
            schema: text(error, "schema"),
            keyword: text(error, "keyword"),
            property: error["property"].as_str().map(str::to_owned),
        })
        .collect()
}
