//! The committed coverage of the big model: valid by its schema, telling in each of its forms what the
//! model says, and opening in a browser without anything from outside.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;
use vitrina_tests::model;

fn read(name: &str) -> String {
    let path = model::path("generated/coverage").join(name);
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn read_json(name: &str) -> Value {
    serde_json::from_str(&read(name)).unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[test]
fn json_is_valid_by_its_schema() {
    let validator = jsonschema::draft202012::new(&read_json("coverage.schema.json")).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&read_json("coverage.json"))
        .map(|error| error.to_string())
        .collect();
    assert_eq!(errors, [] as [String; 0]);
}

#[test]
fn carriers_are_those_that_the_model_names() {
    let big = model::big().unwrap();
    let json = read_json("coverage.json");
    let regulations = list(&json["regulations"]);
    assert_eq!(regulations.len(), big.regulations().len());
    let mut told = BTreeSet::new();
    for regulation in regulations {
        for clause in list(&regulation["clauses"]) {
            let clause_of = |table: &str, column: &str| {
                let parts = [&regulation["regulation"], &clause["clause"]].map(text);
                [parts[0], parts[1], table, column].map(str::to_owned)
            };
            for table in list(&clause["tables"]) {
                let name = text(&table["table"]);
                if table["listed"] == true {
                    told.insert(clause_of(name, ""));
                }
                for column in list(&table["columns"]) {
                    told.insert(clause_of(name, text(&column["column"])));
                }
            }
        }
    }
    let mut said = BTreeSet::new();
    for table in big.tables() {
        let mut say = |id, column: &str| {
            let parts = [&big.regulation_of(id).name, &big.clause(id).number];
            let [regulation, number] = parts.map(String::as_str);
            said.insert([regulation, number, &table.name, column].map(str::to_owned));
        };
        table.clauses.iter().for_each(|id| say(*id, ""));
        for column in table.columns.iter().filter(|c| c.mixin.is_none()) {
            column.clauses.iter().for_each(|id| say(*id, &column.name));
        }
    }
    assert!(said.len() > 300, "{}", said.len());
    assert_eq!(told, said);
}

#[test]
fn csv_and_page_tell_the_same_and_say_what_was_not_found() {
    let big = model::big().unwrap();
    let json = read_json("coverage.json");
    let note = big.kinds_note().unwrap();
    assert!(note.contains("не найден"), "{note}");
    assert_eq!(json["kinds"]["note"], note);
    let page = read("index.html");
    assert!(page.contains(note));
    assert_eq!(
        read("kinds.csv").matches(note).count(),
        read("kinds.csv").lines().count() - 1
    );
    let csv = read("clauses.csv");
    for regulation in list(&json["regulations"]) {
        let totals = &regulation["totals"];
        // Acts that no table names are listed together, without a share.
        if totals["carried"] != 0 {
            let share = format!("{} из {}", totals["carried"], totals["total"]);
            assert!(page.contains(&share), "{share}");
        }
        for clause in list(&regulation["clauses"]) {
            let (name, number) = (text(&regulation["regulation"]), text(&clause["clause"]));
            let rows = csv.matches(&format!("\"{name}\";\"{number}\";")).count();
            let tables = list(&clause["tables"])
                .iter()
                .map(|table| usize::from(table["listed"] == true) + list(&table["columns"]).len());
            let expected = tables.sum::<usize>() + list(&clause["mixins"]).len();
            assert_eq!(rows, expected.max(1), "{name} {number}");
        }
    }
    for kind in big.kinds() {
        assert!(page.contains(&format!("id=\"kind-{}\"", kind.number)));
    }
    for outside in ["<script", "src=", "http:", "https:", "@import", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
}
