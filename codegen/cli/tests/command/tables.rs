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
fn rules_of_the_model_stand_behind_the_codes() {
    let place = Place::with_model();
    let alone = Place::empty().run(&["rules"]);
    let text = place.run(&["rules"]);
    assert_eq!((text.code, text.err.as_str()), (0, ""));
    let own = text.out.strip_prefix(&alone.out).unwrap();
    let own: Vec<&str> = own.lines().collect();
    assert_eq!(
        own,
        [
            "",
            "CMP-01  completeness  warning  У обучающегося есть посещения",
            "CON-01  consistency   error    Посещения приходятся на время учёбы",
            "I-1     indicator              Доля обучающихся, о которых известен СНИЛС",
        ]
    );
    let json = place.run(&["rules", "--format", "json"]).json();
    let codes = |list: &str| {
        let list = json[list].as_array().unwrap().iter();
        let codes = list.map(|one| one["code"].as_str().unwrap().to_owned());
        codes.collect::<Vec<_>>()
    };
    assert_eq!(codes("quality"), ["CMP-01", "CON-01"]);
    assert_eq!(codes("indicators"), ["I-1"]);
    assert_eq!(
        json["quality"][1]["clauses"],
        serde_json::json!(["order-355:7.2.b.3"])
    );
    let none = Place::empty().run(&["rules", "--format", "json"]).json();
    assert!(none["quality"].is_null());
    assert_eq!(none["rules"], json["rules"]);
    assert_eq!(place.run(&["rules", "--model", "nowhere"]).code, 3);
}

#[test]
fn rules_of_a_broken_model_are_not_listed() {
    let place = Place::with_model();
    place.replace(
        "model/rules/quality.yaml",
        "table: student",
        "table: studnt",
    );
    let run = place.run(&["rules"]);
    assert_eq!(
        (run.code, &run.out),
        (0, &Place::empty().run(&["rules"]).out)
    );
    assert!(run.err.contains("`vitrina check`"), "{}", run.err);
    let run = place.run(&["explain", "CMP-01"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("has errors"), "{}", run.err);
    // Codes of findings need no model.
    assert_eq!(place.run(&["explain", "E0201"]).code, 0);
}

#[test]
fn explain_says_a_rule_of_the_model_in_words() {
    let place = Place::with_model();
    let english = place.run(&["explain", "con-01"]);
    assert_eq!((english.code, english.err.as_str()), (0, ""));
    assert_eq!(
        english.out,
        "# CON-01: Посещения приходятся на время учёбы

- metric: consistency
- severity: error
- origin: order
- clauses: order-355:7.2.b.3

CON-01 (error).
  for every row of `attendance`: `lesson_date >= student_id.start_date AND lesson_date <= student_id.end_date`
"
    );
    let russian = place.run(&["explain", "CMP-01", "--lang", "ru"]).out;
    assert!(
        russian.contains("для каждой строки `student`, для которой `end_date IS NULL`: есть строка `attendance`, где `student_id = this.id`"),
        "{russian}"
    );
    let indicator = place.run(&["explain", "I-1"]).out;
    assert!(
        indicator.contains("Counted: rows of `student`\n"),
        "{indicator}"
    );
    assert!(
        indicator.contains("- `snils_hash IS NOT NULL`\n"),
        "{indicator}"
    );
    let json = place.run(&["explain", "CMP-01", "--format", "json"]).json();
    assert_eq!(
        json["statements"][0]["tables"],
        serde_json::json!(["student"])
    );
    let unknown = place.run(&["explain", "CMP-11"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("`CMP-01`"), "{}", unknown.err);
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
    let rules = place.run(&["schema", "--file", "rules"]).json();
    assert_eq!(rules["$ref"], "#/$defs/rules");
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
