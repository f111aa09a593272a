//! Verbs that need no model: lists, pages, completions, usage.

use std::process::Stdio;

use super::{Place, Run};

#[test]
fn rules_list_every_code_in_both_forms_and_languages() {
    let place = Place::empty();
    let text = place.run(&["rules"]);
    assert_eq!((text.code, text.err.as_str()), (0, ""));
    assert!(text.out.contains("E0301  error"));
    let russian = place.run(&["rules", "--lang", "ru"]);
    assert!(russian.out.contains("E0301  ошибка"));
    let json = place.run(&["rules", "--format", "json"]).json();
    let rules = json["rules"].as_array().unwrap();
    assert_eq!(rules.len(), text.out.lines().count());
    assert!(rules.iter().all(|rule| rule["title"]["ru"].is_string()));
    assert_eq!(place.run(&["rules", "--format", "sarif"]).code, 2);
}

#[test]
fn targets_are_those_of_the_registry() {
    let json = Place::empty().run(&["targets", "--format", "json"]).json();
    let ids: Vec<_> = json["targets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|target| target["id"].as_str().unwrap())
        .collect();
    let known: Vec<_> = vitrina_codegen::target::TARGETS
        .iter()
        .map(|t| t.id())
        .collect();
    assert_eq!(ids, known);
}

#[test]
fn explain_prints_a_page_in_the_language_of_the_locale() {
    let place = Place::empty();
    let english = place.run(&["explain", "e0901"]);
    assert_eq!(english.code, 0);
    assert!(english.out.starts_with("# E0901: a file stands"));
    let russian = place
        .command(&["explain", "E0901"])
        .env("LANG", "ru_RU.UTF-8")
        .output();
    let russian = Run::new(russian.unwrap());
    assert!(russian.out.starts_with("# E0901: место"));
    let mut both = place.command(&["explain", "E0901", "--lang", "en"]);
    let both = Run::new(both.env("LANG", "ru_RU.UTF-8").output().unwrap());
    assert_eq!(both.out, english.out);
}

#[test]
fn an_unknown_code_names_the_nearest() {
    let run = Place::empty().run(&["explain", "E9901"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("`E0901`"), "{}", run.err);
}

#[test]
fn completions_know_verbs_and_options() {
    let place = Place::empty();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = place.run(&["completions", shell]);
        assert_eq!(run.code, 0);
        assert!(
            run.out.contains("generate") && run.out.contains("fail-on"),
            "{shell}"
        );
    }
}

#[test]
fn help_and_version_are_data_and_usage_errors_are_not() {
    let place = Place::empty();
    for args in [&["--help"][..], &["generate", "--help"], &["--version"]] {
        let run = place.run(args);
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        assert!(run.out.contains("vitrina"));
    }
    for args in [
        &[][..],
        &["frobnicate"],
        &["generate", "--target", "cobol"],
        &["check", "-q", "-v"],
    ] {
        let run = place.run(args);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{args:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_stops_reading_is_no_error() {
    let mut child = Place::empty()
        .command(&["completions", "bash"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let run = Run::new(child.wait_with_output().unwrap());
    assert_eq!((run.code, run.err.as_str()), (0, ""));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_standard_output_is_said() {
    let full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let run = Place::empty()
        .command(&["rules"])
        .stdout(full)
        .output()
        .unwrap();
    let run = Run::new(run);
    assert_eq!(run.code, 3);
    assert!(run.err.contains("standard output"), "{}", run.err);
}

#[test]
fn schema_is_of_the_whole_language_or_of_one_kind_of_file() {
    let place = Place::empty();
    let whole = place.run(&["schema"]).json();
    let kinds = whole["oneOf"].as_array().unwrap();
    assert!(kinds.len() > 3);
    let table = place.run(&["schema", "--file", "table"]).json();
    assert_eq!(table["$ref"], "#/$defs/table");
    assert_eq!(table["$defs"], whole["$defs"]);
    let run = place.run(&["schema", "--file", "spoon", "--lang", "ru"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("`table`"), "{}", run.err);
}

#[test]
fn a_lint_is_explained_by_its_name_and_listed_with_it() {
    let place = Place::empty();
    let by_name = place.run(&["explain", "foreign_key_suffix", "--lang", "en"]);
    let by_code = place.run(&["explain", "L0805", "--lang", "en"]);
    assert_eq!(
        (by_name.code, by_name.out.as_str()),
        (0, by_code.out.as_str())
    );
    assert!(by_name.out.starts_with("# L0805: "), "{}", by_name.out);
    let json = place.run(&["rules", "--format", "json"]).json();
    let rules = json["rules"].as_array().unwrap();
    let lint = |code: &str| {
        let rule = rules.iter().find(|rule| rule["code"] == code).unwrap();
        rule["lint"].clone()
    };
    assert_eq!(lint("L0805"), "foreign_key_suffix");
    assert!(lint("E0301").is_null());
}
