//! `init` and `check`: models found, read, and what is wrong with them.

use std::fs;

use super::{Place, Run, command};

#[test]
fn the_model_that_init_writes_has_no_findings() {
    let place = Place::with_model();
    let run = place.run(&["check", "--fail-on", "info"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
    assert!(run.err.contains("3 tables, nothing found"), "{}", run.err);
    let json = place.run(&["check", "--format", "json"]);
    assert_eq!(json.err, "");
    assert_eq!(json.json()["findings"], serde_json::json!([]));
}

#[test]
fn init_refuses_a_folder_that_is_not_empty() {
    let place = Place::with_model();
    let before = place.read("model/showcase.yaml");
    let run = place.run(&["init", "model", "--lang", "ru"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("папка `model` не пуста"), "{}", run.err);
    assert_eq!(place.read("model/showcase.yaml"), before);
    fs::create_dir(place.path("empty")).unwrap();
    assert_eq!(place.run(&["init", "empty"]).code, 0);
    fs::write(place.path("file"), "").unwrap();
    assert_eq!(place.run(&["init", "file"]).code, 3);
}

#[test]
fn the_model_is_found_from_any_folder_below() {
    let place = Place::with_model();
    let deep = place.path("src/deep");
    fs::create_dir_all(&deep).unwrap();
    for folder in [deep, place.path("model/tables")] {
        let run = Run::new(command(&folder, &["check"]).output().unwrap());
        assert_eq!(run.code, 0, "{}", run.err);
    }
}

#[test]
fn no_model_is_wrong_usage_and_a_missing_folder_is_unreadable_input() {
    let place = Place::empty();
    let run = place.run(&["check"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("vitrina init model"), "{}", run.err);
    assert_eq!(place.run(&["check", "--model", "nowhere"]).code, 3);
}

#[test]
fn a_mistyped_type_is_found_shown_and_cured() {
    let place = Place::with_model();
    let table = "model/tables/school/student.yaml";
    place.replace(table, "type: record_id", "type: recrod_id");
    let run = place.run(&["check"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.contains("error[E0301]"), "{}", run.err);
    assert!(
        run.err
            .contains("--> model/tables/school/student.yaml:9:11"),
        "{}",
        run.err
    );
    assert!(run.err.contains("did you mean `record_id`?"), "{}", run.err);

    let json = place.run(&["check", "--format", "json"]);
    assert_eq!((json.code, json.err.as_str()), (1, ""));
    let finding = &json.json()["findings"][0];
    assert_eq!(finding["code"], "E0301");
    assert_eq!(finding["file"], table);
    assert_eq!(finding["suggestion"], "record_id");
    let text = place.read(table);
    let at = finding["offset"].as_u64().unwrap() as usize;
    let length = finding["length"].as_u64().unwrap() as usize;
    let text = text.replace(
        &text[at..at + length],
        finding["suggestion"].as_str().unwrap(),
    );
    fs::write(place.path(table), text).unwrap();
    assert_eq!(place.run(&["check"]).code, 0);
}

#[test]
fn sarif_has_what_code_scanning_requires() {
    let place = Place::with_model();
    place.replace(
        "model/tables/school/student.yaml",
        "type: record_id",
        "type: recrod_id",
    );
    let run = place.run(&["check", "--format", "sarif", "--lang", "ru"]);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    let log = run.json();
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().unwrap().contains("sarif-2.1.0"));
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "vitrina");
    let result = &run["results"][0];
    assert_eq!(result["level"], "error");
    let index = result["ruleIndex"].as_u64().unwrap() as usize;
    assert_eq!(
        run["tool"]["driver"]["rules"][index]["id"],
        result["ruleId"]
    );
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(
        place["artifactLocation"]["uri"],
        "model/tables/school/student.yaml"
    );
    assert_eq!(place["region"]["startLine"], 9);
    assert_eq!(place["region"]["startColumn"], 11);
    assert!(result["message"]["text"].as_str().unwrap().contains("тип"));
}

#[test]
fn github_gets_a_command_a_finding() {
    let place = Place::with_model();
    place.replace(
        "model/tables/school/student.yaml",
        "type: record_id",
        "type: recrod_id",
    );
    let run = place.run(&["check", "--format", "github"]);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    let line = run.out.lines().next().unwrap();
    assert!(
        line.starts_with("::error file=model/tables/school/student.yaml,line=9,endLine=9,col=11,"),
        "{line}"
    );
}

#[test]
fn colour_comes_when_asked_for_and_not_into_pipes() {
    let place = Place::with_model();
    place.replace(
        "model/tables/school/student.yaml",
        "type: record_id",
        "type: recrod_id",
    );
    assert!(!place.run(&["check"]).err.contains('\u{1b}'));
    assert!(
        place
            .run(&["check", "--color", "always"])
            .err
            .contains("\u{1b}[")
    );
    assert!(
        !place
            .run(&["check", "--color", "never"])
            .err
            .contains('\u{1b}')
    );
}

#[test]
fn warnings_fail_when_asked_to_and_quiet_runs_show_what_fails() {
    let place = Place::with_model();
    fs::rename(
        place.path("model/tables/school/school.yaml"),
        place.path("model/tables/school/other.yaml"),
    )
    .unwrap();
    let run = place.run(&["check"]);
    assert_eq!(run.code, 0);
    assert!(run.err.contains("warning[W0102]"), "{}", run.err);
    assert!(run.err.contains("1 warning;"), "{}", run.err);
    let quiet = place.run(&["check", "--quiet"]);
    assert_eq!((quiet.code, quiet.err.as_str()), (0, ""));
    let strict = place.run(&["check", "--quiet", "--fail-on", "warning", "--lang", "ru"]);
    assert_eq!(strict.code, 1);
    assert!(
        strict.err.contains("предупреждение[W0102]"),
        "{}",
        strict.err
    );
    // A warning keeps nothing from being written.
    let generated = place.run(&["generate", "--fail-on", "warning"]);
    assert_eq!(generated.code, 1);
    assert!(place.path("generated/MANIFEST.json").exists());
}

#[test]
fn every_wrong_file_is_found_in_one_run() {
    let place = Place::with_model();
    place.replace(
        "model/tables/school/student.yaml",
        "type: record_id",
        "type: recrod_id",
    );
    place.replace(
        "model/tables/school/school.yaml",
        "type: inn_legal",
        "type: inn_leagl",
    );
    let findings = place.run(&["check", "--format", "json"]).json();
    let files: Vec<_> = findings["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["file"].as_str().unwrap())
        .collect();
    assert_eq!(
        files,
        [
            "model/tables/school/school.yaml",
            "model/tables/school/student.yaml"
        ]
    );
    assert_eq!(findings["summary"]["errors"], 2);
}
