//! `sample` of small models: with a scenario of their own, and without one.

use super::Place;

const SCENARIO: &str = "\
scale: student
today: 2025-02-14
nest:
  - make: school
    nest:
      - make: student
        as: pupil
        count: scale
        nest:
          - make: attendance
";

#[test]
fn without_a_scenario_every_table_gets_rows() {
    let place = Place::with_model();
    let run = place.run(&["sample", "--rows", "7", "--out", "one"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("21 rows in 3 files"), "{}", run.err);
    assert_eq!(place.read("one/student.csv").lines().count(), 8);
    let again = place.run(&["sample", "--rows", "7", "--out", "two"]);
    assert_eq!(again.code, 0, "{}", again.err);
    let other = place.run(&["sample", "--rows", "7", "--seed", "2", "--out", "three"]);
    assert_eq!(other.code, 0, "{}", other.err);
    let files = ["school.csv", "student.csv", "attendance.csv"];
    let read = |folder: &str| files.map(|file| place.read(&format!("{folder}/{file}")));
    assert_eq!(read("one"), read("two"));
    assert_ne!(read("one"), read("three"));
    let students = place.run(&["sample", "--students", "7", "--out", "four"]);
    assert_eq!(students.code, 2);
    assert!(students.err.contains("no scenario"), "{}", students.err);
    assert!(!place.path("four").exists());
}

#[test]
fn by_a_scenario_rows_nest() {
    let place = Place::with_model();
    std::fs::write(place.path("model/scenario.yaml"), SCENARIO).unwrap();
    let run = place.run(&[
        "sample",
        "--students",
        "3",
        "--prefix",
        "T1",
        "--format",
        "json",
    ]);
    assert_eq!(run.code, 0, "{}", run.err);
    let told = run.json();
    assert_eq!(told["rows"], 7);
    assert_eq!(told["folder"], "sample");
    assert_eq!(told["tables"].as_array().map(Vec::len), Some(3));
    let attendance = place.read("sample/attendance.csv");
    assert!(attendance.contains("\"T1-3\""), "{attendance}");
    assert!(!attendance.ends_with('\n'));
}

#[test]
fn a_folder_in_use_is_left_alone() {
    let place = Place::with_model();
    std::fs::create_dir(place.path("out")).unwrap();
    std::fs::write(place.path("out/mine.txt"), "mine").unwrap();
    let run = place.run(&["sample", "--rows", "2", "--out", "out"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(
        run.err.contains("not empty") && run.err.contains("--force"),
        "{}",
        run.err
    );
    assert!(!place.path("out/student.csv").exists());
    let run = place.run(&[
        "sample", "--rows", "2", "--out", "out", "--force", "--lang", "ru",
    ]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("6 строк в 3 файлах"), "{}", run.err);
    assert_eq!(place.read("out/mine.txt"), "mine");
}

#[test]
fn wrong_arguments_and_wrong_scenarios_are_told() {
    let place = Place::with_model();
    let wrong = [
        (&["--prefix", "a-b"][..], "prefix"),
        (&["--today", "2025-02-29"], "not a day"),
        (&["--rows", "2", "--students", "2"], "cannot be used with"),
    ];
    for (options, expected) in wrong {
        let args: Vec<&str> = ["sample"].iter().chain(options).copied().collect();
        let run = place.run(&args);
        assert_eq!(run.code, 2, "{}", run.err);
        assert!(run.err.contains(expected), "{}", run.err);
    }
    let broken = SCENARIO.replace(
        "as: pupil\n",
        "as: pupil\n        set: { id: concat('') }\n",
    );
    std::fs::write(place.path("model/scenario.yaml"), broken).unwrap();
    let run = place.run(&["sample", "--rows", "2"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(
        run.err.contains("E0762") && run.err.contains("scenario.yaml"),
        "{}",
        run.err
    );
    assert!(!place.path("sample").exists());
    std::fs::write(
        place.path("model/scenario.yaml"),
        "scale: pupil\ntoday: 2025-02-14\nnest: []\n",
    )
    .unwrap();
    let run = place.run(&["sample", "--rows", "2"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.err.contains("E0201"), "{}", run.err);
}
