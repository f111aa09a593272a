//! JSON and its schemas: what the generated Rust types write is what the model samples, the schemas
//! take it, and they refuse every broken row for the reason that the model gives, or, where JSON
//! Schema has no words for a rule, take the row and say so. Two validators must agree: the crate
//! `jsonschema` always, ajv with the feature `external`.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use vitrina_codegen::model::eval::{Rule, verdict};
use vitrina_codegen::model::{BaseType, Table};
use vitrina_codegen::sample;
use vitrina_tests::reason::{Job, Judged, Reasons, Refusal, of_refusals, of_rules, told};
use vitrina_tests::sampled::{Sampled, big};
use vitrina_tests::{json, model};

#[path = "json/validator.rs"]
mod validator;

/// A schema as it lies on disk.
fn schema(name: &str) -> Value {
    let path = model::path(&format!("generated/json-schema/{name}.schema.json"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_str(&text).unwrap()
}

/// Every table with its good rows and its mutants as JSON.
struct Case<'a> {
    table: &'a Table,
    schema: Value,
    good: Vec<Value>,
    mutants: Vec<Value>,
}

fn cases(sampled: &Sampled) -> Vec<Case<'_>> {
    let tables = sampled.model.tables().iter().zip(&sampled.mutants);
    tables
        .map(|(table, mutants)| Case {
            table,
            schema: schema(&table.name),
            good: rows(table, sampled.package.rows(table.id).iter()),
            mutants: rows(table, mutants.iter().map(|mutant| &mutant.row)),
        })
        .collect()
}

fn rows<'a>(table: &Table, rows: impl Iterator<Item = &'a sample::Cells>) -> Vec<Value> {
    rows.map(|row| sample::json::row(table, row)).collect()
}

#[test]
fn generated_types_write_what_the_model_samples() {
    let sampled = big();
    let profile = sampled.model.showcase().csv;
    let mut count = 0;
    for table in sampled.model.tables() {
        let rows = sampled.package.rows(table.id);
        let csv = sample::csv::table(table, rows, profile);
        let written =
            json::through(&table.name, &csv).unwrap_or_else(|e| panic!("{}: {e}", table.name));
        same_cells(table, &written.csv, &csv);
        assert_eq!(
            written.json,
            self::rows(table, rows.iter()),
            "{}",
            table.name
        );
        for row in &written.json {
            let names = row.as_object().unwrap().keys();
            assert!(
                names.eq(table.columns.iter().map(|column| &column.name)),
                "{}",
                table.name
            );
        }
        count += rows.len();
    }
    assert!(count > 500, "{count}");
}

/// Equal but for the writing of numbers with a fraction: both writings mean one number.
fn same_cells(table: &Table, after: &str, before: &str) {
    let read = |text: &str| -> Vec<csv::StringRecord> {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(b';')
            .from_reader(text.as_bytes());
        reader.records().map(Result::unwrap).collect()
    };
    assert_eq!(after.lines().next(), before.lines().next());
    let (after, before) = (read(after), read(before));
    assert_eq!(after.len(), before.len(), "{}", table.name);
    for (after, before) in after.iter().zip(&before) {
        for (column, (after, before)) in table.columns.iter().zip(after.iter().zip(before)) {
            let number = |text: &str| text.parse::<f64>().map(f64::to_bits).ok();
            let fraction = matches!(column.ty.base, BaseType::Float | BaseType::Double);
            let same = after == before || fraction && number(after) == number(before);
            assert!(
                same,
                "{}.{}: {after:?} was {before:?}",
                table.name, column.name
            );
        }
    }
}

/// The `serde` implementations are those that the functions above stand for.
#[test]
fn generated_types_are_serde_types() {
    use vitrina_model::table::Attendance;
    let sampled = big();
    let table = sampled.model.find_table("attendance").unwrap();
    for cells in sampled.package.rows(table.id) {
        let sampled = sample::json::row(table, cells);
        let record: Attendance = serde_json::from_value(sampled.clone()).unwrap();
        assert_eq!(serde_json::to_value(&record).unwrap(), sampled);
        let again: Attendance =
            serde_json::from_str(&serde_json::to_string(&record).unwrap()).unwrap();
        assert!(again == record);
    }
}

#[test]
fn jsonschema_judges_as_the_model_does() {
    rows_are_judged(validator::jsonschema);
    packages_are_judged(validator::jsonschema);
}

#[test]
#[cfg(feature = "external")]
fn ajv_judges_as_the_model_does() {
    rows_are_judged(vitrina_tests::node::ajv);
    packages_are_judged(vitrina_tests::node::ajv);
}

/// A validator judges every good row and every mutant by the schema of its table.
fn rows_are_judged(judge: fn(&[Job]) -> Result<Judged, String>) {
    let sampled = big();
    let cases = cases(sampled);
    let jobs: Vec<Job> = cases
        .iter()
        .map(|case| Job {
            schema: case.schema.clone(),
            instances: case.good.iter().chain(&case.mutants).cloned().collect(),
        })
        .collect();
    let judged = judge(&jobs).unwrap_or_else(|error| panic!("{error}"));
    let mut tally = Tally::default();
    for ((case, errors), mutants) in cases.iter().zip(&judged).zip(&sampled.mutants) {
        let name = &case.table.name;
        let (good, bad) = errors.split_at(case.good.len());
        for (row, errors) in case.good.iter().zip(good) {
            assert_eq!(errors, &[], "{name}: a good row is refused: {row:#}");
        }
        assert_eq!(bad.len(), mutants.len());
        for ((mutant, row), errors) in mutants.iter().zip(&case.mutants).zip(bad) {
            let place = format!("{name}, {}", mutant.title);
            compare(sampled, case, &mutant.row, row, errors, &place, &mut tally);
        }
    }
    tally.is_rich();
}

/// A validator judges the package of all tables, and for each table a package of its mutants, by
/// the schema of packages.
fn packages_are_judged(judge: fn(&[Job]) -> Result<Judged, String>) {
    let sampled = big();
    let cases = cases(sampled);
    let whole = cases
        .iter()
        .map(|case| (case.table.name.clone(), Value::from(case.good.clone())));
    let mut instances = vec![Value::Object(whole.collect())];
    for case in &cases {
        let rows = Value::from(case.mutants.clone());
        instances.push(Value::Object(Map::from_iter([(
            case.table.name.clone(),
            rows,
        )])));
    }
    let stranger = Value::Object(Map::from_iter([(
        "stranger".to_owned(),
        Value::Array(Vec::new()),
    )]));
    instances.push(stranger);
    let jobs = [Job {
        schema: schema("bundle"),
        instances,
    }];
    let judged = judge(&jobs).unwrap_or_else(|error| panic!("{error}"));
    let [errors] = judged.as_slice() else {
        panic!("one schema")
    };
    assert_eq!(errors[0], [], "the whole package");
    assert_eq!(errors.last().unwrap()[0].keyword, "additionalProperties");
    let mut tally = Tally::default();
    for ((case, errors), mutants) in cases.iter().zip(&errors[1..]).zip(&sampled.mutants) {
        let name = &case.table.name;
        for (at, (mutant, row)) in mutants.iter().zip(&case.mutants).enumerate() {
            let prefix = format!("/{name}/{at}");
            let own = errors
                .iter()
                .filter_map(|error| error.inside(&prefix, name));
            let own: Vec<Refusal> = own.collect();
            let place = format!("package of {name}, {}", mutant.title);
            compare(sampled, case, &mutant.row, row, &own, &place, &mut tally);
        }
    }
    tally.is_rich();
}

/// How many mutants were refused, and how many taken because JSON Schema cannot say their rule.
#[derive(Default)]
struct Tally {
    refused: usize,
    taken: usize,
    families: BTreeSet<String>,
}

impl Tally {
    /// Whether the comparison met all there is: every kind of reason, and rows that are taken.
    fn is_rich(&self) {
        assert!(self.refused > 1500, "{} refused", self.refused);
        assert!(self.taken > 100, "{} taken", self.taken);
        let families: Vec<&str> = self.families.iter().map(String::as_str).collect();
        assert_eq!(
            families,
            ["check", "form", "length", "list", "missing", "type", "when"]
        );
    }
}

/// Holds the reasons of a validator against those of the model.
fn compare(
    sampled: &Sampled,
    case: &Case<'_>,
    cells: &sample::Cells,
    row: &Value,
    errors: &[Refusal],
    place: &str,
    tally: &mut Tally,
) {
    let (model, table) = (&sampled.model, case.table);
    let broken = verdict(model, table, cells, sampled.today);
    let expected = of_rules(model, table, &case.schema, &broken);
    let found = of_refusals(model, table, &case.schema, row, errors)
        .unwrap_or_else(|error| panic!("{place}: {error}"));
    // The model judges no check over a text that is no value; a schema may.
    let found = match broken.iter().any(|violation| violation.rule == Rule::Type) {
        true => found
            .into_iter()
            .filter(|reason| !is_of_row(reason))
            .collect::<Reasons>(),
        false => found,
    };
    assert_eq!(found, expected, "{place}: {broken:?}\n{errors:#?}\n{row:#}");
    match expected.is_empty() {
        true => {
            tally.taken += 1;
            unexpressed(case, &broken, place);
        }
        false => tally.refused += 1,
    }
    let families = expected.iter().map(|reason| match is_of_row(reason) {
        true => reason.split(' ').next().unwrap_or_default(),
        false => reason.rsplit(' ').next().unwrap_or_default(),
    });
    tally.families.extend(families.map(str::to_owned));
}

fn is_of_row(reason: &str) -> bool {
    reason.starts_with("check ") || reason.starts_with("when ")
}

/// What a schema does not refuse, it says itself that it cannot.
fn unexpressed(case: &Case<'_>, broken: &[vitrina_codegen::model::eval::Violation], place: &str) {
    for violation in broken {
        match &violation.rule {
            Rule::Check(code) => {
                let mut told = told(&case.schema).filter(|told| told["code"] == code.as_str());
                let told = told
                    .next()
                    .unwrap_or_else(|| panic!("{place}: {code} is not told of"));
                assert_eq!(told["expressed"], false, "{place}");
            }
            Rule::CheckDigit => {
                let column = case.table.column(violation.column.unwrap());
                let definition = definition(&case.schema, &column.name);
                assert!(definition["x-check-digit"].is_string(), "{place}");
            }
            rule => panic!("{place}: {rule:?} is not refused"),
        }
    }
}

/// The definition that a property refers to, through an open list to its form.
fn definition<'a>(schema: &'a Value, property: &str) -> &'a Value {
    let mut at = &schema["properties"][property];
    loop {
        let reference = at["$ref"]
            .as_str()
            .or_else(|| at["anyOf"][0]["$ref"].as_str());
        let Some(key) = reference.and_then(|text| text.strip_prefix("#/$defs/")) else {
            return at;
        };
        at = &schema["$defs"][key];
    }
}

/// Every schema that lies on disk belongs to a table, and tells of each rule once.
#[test]
fn schemas_tell_of_every_rule() {
    let sampled = big();
    for table in sampled.model.tables() {
        let schema = schema(&table.name);
        let codes: Vec<&str> = told(&schema)
            .filter_map(|told| told["code"].as_str())
            .collect();
        let checks: Vec<&str> = table
            .checks
            .iter()
            .map(|check| check.code.as_str())
            .collect();
        assert_eq!(codes, checks, "{}", table.name);
        // Exactly the rules marked as expressed have a schema.
        let expressed = told(&schema)
            .filter(|told| told["expressed"] == true)
            .count();
        let schemas = schema["allOf"].as_array().map_or(0, Vec::len);
        assert_eq!(expressed, schemas, "{}", table.name);
    }
    let folder = std::fs::read_dir(model::path("generated/json-schema")).unwrap();
    assert_eq!(folder.count(), sampled.model.tables().len() + 1);
}
