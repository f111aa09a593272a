//! The documents: they fit their own schema and say what the rules say.

use std::path::Path;

use serde_json::Value;

use super::*;
use crate::pipeline::compile;
use crate::source::files::load;

/// The model with every shape that the tests against a real server judge by.
fn model() -> Model {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/models/quality");
    let mut report = Report::new();
    let sources = load(&folder, &mut report).unwrap();
    let model = compile(&sources, &mut report);
    assert_eq!(report.sorted().len(), 0);
    model.unwrap()
}

fn emitted(model: &Model) -> Artifacts {
    let mut out = Artifacts::new();
    Quality.emit(model, &mut out);
    out
}

fn json(out: &Artifacts, name: &str) -> Value {
    serde_json::from_slice(out.get(&format!("quality/{name}")).unwrap()).unwrap()
}

#[test]
fn documents_fit_their_schema() {
    let out = emitted(&model());
    let schema = json(&out, "rules.schema.json");
    assert!(jsonschema::meta::is_valid(&schema));
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    for name in ["rules.json", "indicators.json"] {
        let mut document = json(&out, name);
        let errors: Vec<String> = (validator.iter_errors(&document))
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert_eq!(errors, [""; 0], "{name}");
        // The schema is no rubber stamp.
        let list = name.trim_end_matches(".json");
        document[list][0]["origin"] = Value::Array(vec![]);
        assert!(!validator.is_valid(&document), "{name}");
    }
    let mut rules = json(&out, "rules.json");
    rules["rules"][0]["assertions"][0]["says"]["types"] = serde_json::json!(["snils"]);
    assert!(!validator.is_valid(&rules), "two shapes in one");
}

#[test]
fn every_statement_is_in_the_document() {
    let model = model();
    let out = emitted(&model);
    let rules = json(&out, "rules.json");
    let said: Vec<(String, Value)> = (rules["rules"].as_array().unwrap().iter())
        .flat_map(|rule| rule["assertions"].as_array().unwrap())
        .map(|it| (it["code"].as_str().unwrap().to_owned(), it["says"].clone()))
        .collect();
    let codes: std::collections::BTreeSet<&str> =
        said.iter().map(|(code, _)| code.as_str()).collect();
    let wanted = model.rules().iter().flat_map(|rule| &rule.assertions);
    assert_eq!(codes, wanted.map(|it| it.code.as_str()).collect());
    let lines = said.iter().map(|(code, says)| format!("{code} {says}\n"));
    insta::assert_snapshot!(lines.collect::<String>());
}

#[test]
fn an_indicator_as_json() {
    let out = emitted(&model());
    let indicators = json(&out, "indicators.json");
    insta::assert_snapshot!(format!("{:#}", indicators["indicators"][1]));
}

#[test]
fn the_sheet_has_a_line_for_each_statement() {
    let out = emitted(&model());
    let sheet = String::from_utf8(out.get("quality/rules.csv").unwrap().to_vec()).unwrap();
    insta::assert_snapshot!(sheet);
}

#[test]
fn every_rule_has_the_file_that_the_document_names() {
    let out = emitted(&model());
    for (name, list) in [("rules.json", "rules"), ("indicators.json", "indicators")] {
        let document = json(&out, name);
        for item in document[list].as_array().unwrap() {
            let path = item["postgresql"].as_str().unwrap();
            assert!(out.get(&format!("quality/{path}")).is_some(), "{path}");
        }
    }
}
