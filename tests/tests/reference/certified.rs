//! Packages and reports to the byte, and every code among them.

use std::collections::BTreeSet;

use vitrina_package::code::CODES;
use vitrina_tests::model::path;
use vitrina_tests::reference::{EXCEPTIONS, FOLDER, read};

use super::made::made;

const CURE: &str = "cargo run -p vitrina-tests --bin reference-packages";

#[test]
fn packages_and_reports_are_current() {
    let made = &made().tree;
    let mut found = read(&path(FOLDER)).unwrap();
    for by_hand in [".gitattributes", "README.md", "README.ru.md"] {
        assert!(found.remove(by_hand).is_some(), "{by_hand}");
    }
    let names: BTreeSet<&String> = found.keys().chain(made.keys()).collect();
    let stale: Vec<&&String> = names
        .iter()
        .filter(|name| found.get(**name) != made.get(**name))
        .collect();
    assert!(stale.is_empty(), "`{CURE}` writes them anew: {stale:#?}");
}

#[test]
fn every_code_has_its_package_or_a_reason_why_not() {
    let cases = made().cases();
    let own: BTreeSet<&str> = cases
        .iter()
        .filter_map(|case| case["code"].as_str())
        .collect();
    for code in CODES {
        let excepted = EXCEPTIONS.iter().any(|(other, _)| *other == code);
        assert!(own.contains(code.as_str()) != excepted, "{code:?}");
    }
    for case in &cases {
        let name = case["case"].as_str().unwrap();
        let report = made().json(&format!("{name}/expected.json"));
        let codes = |findings: &serde_json::Value| -> BTreeSet<String> {
            let findings = findings.as_array().unwrap().iter();
            findings
                .map(|one| one["code"].as_str().unwrap().to_owned())
                .collect()
        };
        let found = codes(&report["findings"]);
        assert_eq!(found, codes(&case["findings"]), "{name}");
        let Some(code) = case["code"].as_str() else {
            assert!(found.is_empty(), "{name}: {found:?}");
            continue;
        };
        // Where rules are judged, four tables lack most kinds; without a manifest, most tables are missing.
        let also = match code {
            "V0801" => &["V0802"][..],
            "V0109" => &["V0101"],
            _ => &[],
        };
        let expected: BTreeSet<String> = also
            .iter()
            .chain([&code])
            .map(|code| (*code).to_owned())
            .collect();
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn the_whole_package_keeps_every_rule() {
    let report = made().json("whole/expected.json");
    assert_eq!(report["summary"]["groups"], 0, "{:#}", report["findings"]);
    // Every rule was judged: only deletions need a package before this one.
    let unchecked = report["unchecked"].as_array().unwrap();
    let causes: Vec<&str> = unchecked
        .iter()
        .map(|one| one["cause"].as_str().unwrap())
        .collect();
    assert_eq!(causes, ["no-previous"]);
    let tables = report["tables"].as_array().unwrap();
    assert_eq!(tables.len(), made().base.model.tables().len());
    assert!(
        tables
            .iter()
            .all(|table| table["rows"].as_u64().unwrap() > 0)
    );
}
