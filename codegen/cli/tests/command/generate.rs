//! `generate`: what lands on the disk, and `--check` that tells whether it is still so.

use std::fs;

use serde_json::Value;

use super::{Place, tree};

/// A text file that a target made.
fn some_file(place: &Place) -> String {
    let made = tree(&place.path("generated"));
    let text = |(name, bytes): (String, Vec<u8>)| {
        let is_text = name != "MANIFEST.json" && String::from_utf8(bytes).is_ok();
        is_text.then_some(name)
    };
    made.into_iter()
        .find_map(text)
        .expect("no target made a text file")
}

#[test]
fn every_target_writes_below_its_folder_and_a_second_run_writes_nothing() {
    let place = Place::with_model();
    let first = place.run(&["generate", "--format", "json"]);
    assert_eq!((first.code, first.err.as_str()), (0, ""));
    let made = tree(&place.path("generated"));
    let written = first.json()["files"]["written"].as_array().unwrap().len();
    assert_eq!(written + 1, made.len());
    for target in vitrina_codegen::target::TARGETS {
        let folder = format!("{}/", target.folder());
        assert!(
            made.keys().any(|name| name.starts_with(&folder)),
            "{folder}"
        );
    }
    let second = place.run(&["generate", "--format", "json"]).json();
    assert_eq!(second["files"]["written"], Value::Array(vec![]));
    assert_eq!(second["files"]["unchanged"], written);
    assert_eq!(tree(&place.path("generated")), made);
    assert_eq!(place.run(&["generate", "--check"]).code, 0);
}

#[test]
fn two_runs_in_two_places_are_equal_to_the_byte() {
    let (one, two) = (Place::with_model(), Place::with_model());
    assert_eq!(one.run(&["generate"]).code, 0);
    assert_eq!(two.run(&["generate", "--out", "elsewhere"]).code, 0);
    assert_eq!(tree(&one.path("generated")), tree(&two.path("elsewhere")));
}

#[test]
fn check_shows_an_edit_and_fails_and_generate_heals_it() {
    let place = Place::with_model();
    assert_eq!(place.run(&["generate"]).code, 0);
    let file = format!("generated/{}", some_file(&place));
    let before = place.read(&file);
    fs::write(place.path(&file), format!("an edit\n{before}")).unwrap();
    let run = place.run(&["generate", "--check"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.contains("error[E0904]"), "{}", run.err);
    assert!(run.err.contains("\n-an edit\n"), "{}", run.err);
    assert!(run.err.contains("run `vitrina generate`"), "{}", run.err);
    let json = place.run(&["generate", "--check", "--format", "json"]);
    assert_eq!((json.code, json.err.as_str()), (1, ""));
    assert_eq!(json.json()["differences"][0]["kind"], "edited");
    assert_eq!(json.json()["findings"][0]["file"], file);
    assert_eq!(place.run(&["generate"]).code, 0);
    assert_eq!(place.read(&file), before);
    assert_eq!(place.run(&["generate", "--check"]).code, 0);
}

#[test]
fn check_writes_nothing() {
    let place = Place::with_model();
    let run = place.run(&["generate", "--check"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("E0902"), "{}", run.err);
    assert!(!place.path("generated").exists());
}

#[test]
fn a_change_of_the_model_is_a_difference_until_generated() {
    let place = Place::with_model();
    assert_eq!(place.run(&["generate"]).code, 0);
    place.replace(
        "model/tables/school/school.yaml",
        "title: Телефон",
        "title: Номер телефона",
    );
    let run = place.run(&["generate", "--check"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("error[E0903]"), "{}", run.err);
    assert!(
        run.err.contains("+") && run.err.contains("Номер телефона"),
        "{}",
        run.err
    );
    assert_eq!(place.run(&["generate"]).code, 0);
    assert_eq!(place.run(&["generate", "--check"]).code, 0);
}

#[test]
fn a_table_that_goes_takes_its_files_along() {
    let place = Place::with_model();
    assert_eq!(place.run(&["generate"]).code, 0);
    fs::remove_file(place.path("model/tables/school/attendance.yaml")).unwrap();
    // Rules speak of it.
    fs::remove_file(place.path("model/rules/quality.yaml")).unwrap();
    place.replace("model/showcase.yaml", ", attendance]", "]");
    let json = place.run(&["generate", "--format", "json"]).json();
    let removed = json["files"]["removed"].as_array().unwrap();
    assert!(!removed.is_empty());
    for path in removed {
        assert!(
            !place
                .path("generated")
                .join(path.as_str().unwrap())
                .exists()
        );
    }
    assert_eq!(place.run(&["generate", "--check"]).code, 0);
}

#[test]
fn one_target_writes_its_folder_only() {
    let place = Place::with_model();
    let target = vitrina_codegen::target::TARGETS[0];
    let run = place.run(&["generate", "--target", target.id()]);
    assert_eq!(run.code, 0, "{}", run.err);
    let folder = format!("{}/", target.folder());
    let made = tree(&place.path("generated"));
    assert!(made.len() > 1);
    assert!(
        made.keys()
            .all(|name| name == "MANIFEST.json" || name.starts_with(&folder))
    );
    assert_eq!(
        place
            .run(&["generate", "--check", "--target", target.id()])
            .code,
        0
    );
    let others = vitrina_codegen::target::TARGETS.len() > 1;
    assert_eq!(place.run(&["generate", "--check"]).code, i32::from(others));
}

#[test]
fn a_foreign_file_in_the_way_stops_everything() {
    let place = Place::with_model();
    assert_eq!(place.run(&["generate"]).code, 0);
    let file = format!("generated/{}", some_file(&place));
    fs::remove_dir_all(place.path("generated")).unwrap();
    fs::create_dir_all(place.path(&file).parent().unwrap()).unwrap();
    fs::write(place.path(&file), "own").unwrap();
    let run = place.run(&["generate"]);
    assert_eq!((run.code, run.out.as_str()), (3, ""));
    assert!(run.err.contains("error[E0901]"), "{}", run.err);
    assert_eq!(tree(&place.path("generated")).len(), 1);
    assert_eq!(place.read(&file), "own");
}

#[test]
fn output_that_cannot_be_written_is_exit_code_3() {
    let place = Place::with_model();
    fs::write(place.path("file"), "own").unwrap();
    let run = place.run(&["generate", "--out", "file/below"]);
    assert_eq!(run.code, 3);
    assert!(run.err.contains("E0906"), "{}", run.err);
    assert_eq!(place.read("file"), "own");
}

#[test]
fn errors_in_the_model_leave_the_output_as_it_was() {
    let place = Place::with_model();
    assert_eq!(place.run(&["generate"]).code, 0);
    let before = tree(&place.path("generated"));
    place.replace(
        "model/tables/school/student.yaml",
        "type: record_id",
        "type: recrod_id",
    );
    let run = place.run(&["generate"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("E0301"));
    assert_eq!(tree(&place.path("generated")), before);
}

#[test]
fn timings_name_every_phase() {
    let place = Place::with_model();
    let run = place.run(&["generate", "--timings"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""));
    for phase in ["load", "parse and resolve", "write", "all"] {
        assert!(
            run.err.lines().any(|line| line.starts_with(phase)),
            "{}",
            run.err
        );
    }
    for target in vitrina_codegen::target::TARGETS {
        assert!(run.err.contains(&format!("{}: emit", target.id())));
    }
}
