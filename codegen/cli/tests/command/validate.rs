//! `validate`: what goes where, exit codes, forms, earlier reports. What is found is tested where it is found.

use std::fs;

use serde_json::Value;

use super::{Place, Run};

/// A folder with the small model and a package that keeps it.
fn place() -> Place {
    let place = Place::with_model();
    let made = place.run(&["sample", "--rows", "5", "--out", "region"]);
    assert_eq!(made.code, 0, "{}", made.err);
    place
}

/// The same with a byte order mark before the students.
fn faulty() -> Place {
    let place = place();
    mark(&place, "student.csv");
    place
}

fn mark(place: &Place, file: &str) {
    let path = place.path("region").join(file);
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, [b"\xef\xbb\xbf", bytes.as_slice()].concat()).unwrap();
    // The manifest knows another file.
    let _ = fs::remove_file(place.path("region/manifest.json"));
}

/// The package alone: rows made table by table need not keep rules across tables.
fn validate(place: &Place, args: &[&str]) -> Run {
    let fixed = ["validate", "region", "--at", "2025-02-14", "--no-rules"];
    place.run(&[&fixed, args].concat())
}

fn codes(report: &Value) -> Vec<&str> {
    let findings = report["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|one| one["code"].as_str().unwrap())
        .collect()
}

#[test]
fn a_package_in_order_passes() {
    let place = place();
    let run = validate(&place, &["--format", "json"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let report = run.json();
    assert_eq!(report["format"], "vitrina-report/1");
    assert_eq!(report["judged_at"], "2025-02-14 00:00:00");
    assert_eq!(report["summary"]["errors"], 0, "{report:#}");
    assert_eq!(report["package"]["name"], "region");
}

#[test]
fn rules_across_tables_are_judged_unless_left_away() {
    let place = place();
    let run = place.run(&[
        "validate",
        "region",
        "--at",
        "2025-02-14",
        "--format",
        "json",
    ]);
    let report = run.json();
    assert_eq!((run.code, codes(&report)), (1, vec!["V0801"]));
    assert_eq!(report["findings"][0]["rules"][0], "CON-01");
    let causes = |report: &Value| -> Vec<String> {
        let unchecked = report["unchecked"].as_array().unwrap();
        unchecked
            .iter()
            .map(|one| one["cause"].as_str().unwrap().to_owned())
            .collect()
    };
    assert!(!causes(&report).contains(&"chosen".to_owned()));
    let without = validate(&place, &["--format", "json"]).json();
    assert!(
        causes(&without).contains(&"chosen".to_owned()),
        "{without:#}"
    );
}

#[test]
fn the_report_is_data_and_its_findings_decide_on_the_exit_code() {
    let place = faulty();
    let run = validate(&place, &["--lang", "ru"]);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    assert!(
        run.out.contains("ошибка[V0203]: student.csv: "),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("$ vitrina fix region --out region-fixed"),
        "{}",
        run.out
    );
    assert!(run.out.contains("Что не проверено") || run.out.contains("Не проверено"));
    assert_eq!(validate(&place, &["--fail-on", "never"]).code, 0);
    let quiet = validate(&place, &["--quiet", "--lang", "en"]);
    assert_eq!(quiet.code, 1);
    assert!(quiet.out.contains("error[V0203]") && !quiet.out.contains("Not checked"));
}

#[test]
fn every_form_is_written_in_one_run_and_twice_the_same() {
    let place = faulty();
    let files = ["html", "json", "sarif", "csv"];
    let options = |run: &str| -> Vec<String> {
        let named = files
            .iter()
            .flat_map(|form| [format!("--{form}"), format!("{run}/r.{form}")]);
        named
            .chain(["--output".to_owned(), format!("{run}/r.text")])
            .collect()
    };
    for run in ["one", "two"] {
        let options = options(run);
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        let run = validate(&place, &options);
        assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (1, "", ""));
    }
    let one = super::tree(&place.path("one"));
    assert_eq!(one.len(), 5);
    assert!(one == super::tree(&place.path("two")), "two runs differ");
    let folder = place.0.path().display().to_string();
    for (name, bytes) in &one {
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(text.contains("V0203"), "{name}");
        assert!(
            !text.contains(&folder),
            "{name} names a path of this machine"
        );
    }
    for form in ["html", "csv", "sarif", "json"] {
        let run = validate(&place, &["--format", form]);
        assert_eq!(run.out, place.read(&format!("one/r.{form}")), "{form}");
    }
    let github = validate(&place, &["--format", "github"]);
    assert!(
        github.out.starts_with("::error file=student.csv,"),
        "{}",
        github.out
    );
}

#[test]
fn an_earlier_report_takes_what_it_knows_off_the_exit_code() {
    let place = faulty();
    assert_eq!(validate(&place, &["--json", "earlier.json"]).code, 1);
    let known = validate(&place, &["--baseline", "earlier.json", "--format", "json"]);
    assert_eq!(known.code, 0, "{}", known.out);
    assert_eq!(known.json()["findings"][0]["status"], "known");
    mark(&place, "school.csv");
    let more = validate(&place, &["--baseline", "earlier.json", "--format", "json"]);
    assert_eq!(more.code, 1);
    let report = more.json();
    let new = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["status"] == "new");
    assert_eq!(new.unwrap()["file"], "school.csv");
    fs::write(place.path("other.json"), "{}").unwrap();
    let other = validate(&place, &["--baseline", "other.json"]);
    assert_eq!(other.code, 2, "{}", other.err);
    assert_eq!(validate(&place, &["--baseline", "none.json"]).code, 3);
}

#[test]
fn tables_can_be_chosen() {
    let place = faulty();
    mark(&place, "school.csv");
    let run = validate(&place, &["--table", "school", "--format", "json"]);
    let report = run.json();
    assert_eq!(codes(&report), ["V0203"]);
    assert_eq!(report["findings"][0]["table"], "school");
    assert_eq!(report["tables"].as_array().unwrap().len(), 1);
    let unknown = validate(&place, &["--table", "schools"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("`school`"), "{}", unknown.err);
}

#[test]
fn what_makes_no_sense_is_refused_before_anything_is_read() {
    let place = faulty();
    let before = super::tree(&place.path("region"));
    for args in [
        &["--output", "region/report.txt"][..],
        &["--html", "region/deep/report.html"],
        &["--html", "a", "--csv", "a"],
        &["--memory", "much"],
        &["--deletion-threshold", "200%"],
        &["--at", "yesterday"],
        &["--threads", "0"],
    ] {
        let run = validate(&place, args);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{args:?}");
    }
    assert!(
        before == super::tree(&place.path("region")),
        "the package was touched"
    );
    let none = place.run(&["validate", "nowhere"]);
    assert_eq!((none.code, none.out.as_str()), (3, ""));
    assert!(none.err.contains("`nowhere`"), "{}", none.err);
    // Forms that only reports have.
    for form in ["csv", "html"] {
        let run = place.run(&["rules", "--format", form]);
        assert_eq!(run.code, 2);
        assert!(run.err.contains("vitrina validate"), "{}", run.err);
    }
}

#[test]
fn a_broken_model_judges_nothing() {
    let place = place();
    place.replace(
        "model/tables/school/student.yaml",
        "table: student",
        "tabel: student",
    );
    let run = validate(&place, &[]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("vitrina check"), "{}", run.err);
}

#[test]
fn codes_of_packages_have_their_pages() {
    let place = Place::empty();
    let page = place.run(&["explain", "v0401"]);
    assert_eq!(page.code, 0, "{}", page.err);
    assert!(page.out.starts_with("# V0401: "), "{}", page.out);
    let russian = place.run(&["explain", "V0401", "--lang", "ru"]);
    assert!(russian.out.contains("Верно:"), "{}", russian.out);
    let json = place.run(&["explain", "V0701", "--format", "json"]).json();
    assert_eq!(json["severity"], "error");
    assert!(
        json["page"]["ru"]
            .as_str()
            .unwrap()
            .starts_with("# V0701: ")
    );
    let near = place.run(&["explain", "V0411"]);
    assert_eq!(near.code, 2);
    assert!(near.err.contains("`V04"), "{}", near.err);
    let rules = place.run(&["rules"]);
    assert!(
        rules
            .out
            .contains("V0114  warning  many rows would be deleted"),
        "{}",
        rules.out
    );
}

#[test]
fn the_schema_of_reports_is_printed() {
    let schema = Place::empty().run(&["schema", "--report"]).json();
    assert_eq!(
        schema["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
    assert_eq!(schema["properties"]["format"]["const"], "vitrina-report/1");
}
