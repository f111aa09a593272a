//! `import`: what is said, what is written and where, what is left alone.

use std::fs;

use serde_json::{Value, json};

use super::Place;

const GOOD: &str = include_str!("../../../compiler/tests/import/every_kind.xml");
const BAD: &str = include_str!("../../../compiler/tests/import/bad_rows.xml");

impl Place {
    fn put(&self, inside: &str, content: &str) {
        fs::write(self.path(inside), content).unwrap();
    }

    /// Everything in a folder, by name.
    fn names(&self, inside: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(inside)).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

#[test]
fn a_list_lands_in_the_model_and_can_be_used() {
    let place = Place::with_model();
    place.put("export.xml", GOOD);
    let run = place.run(&["import", "export.xml", "--name", "event_kind"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
    let path = "model/classifiers/event_kind.yaml";
    assert!(run.err.contains("event_kind.yaml: 4 values"), "{}", run.err);
    assert!(place.read(path).starts_with("classifier: event_kind\n"));
    assert_eq!(
        place.names("model/classifiers"),
        ["attendance_status.yaml", "event_kind.yaml"]
    );
    let table = "model/tables/school/attendance.yaml";
    place.replace(
        table,
        "columns:\n",
        "columns:\n  - name: event_code\n    classifier: event_kind\n    title: Мероприятие\n",
    );
    let check = place.run(&["check"]);
    assert_eq!(check.code, 0, "{}", check.err);
    let generated = place.run(&["generate"]);
    assert_eq!(generated.code, 0, "{}", generated.err);
    let ddl = place.read("generated/ddl/postgresql/all.sql");
    assert!(ddl.contains("event_code IN (-1, 10, 101, 102)"), "{ddl}");
}

#[test]
fn bad_rows_are_shown_with_their_places_and_the_good_ones_written() {
    let place = Place::empty();
    place.put("export.xml", BAD);
    let run = place.run(&["import", "export.xml", "--out", "lists"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    for part in [
        "error[E0926]: the row has no code\n  --> export.xml:19:6",
        "error[E0927]: the code `0001` stands twice\n  --> export.xml:29:52",
        "error[E0928]: `Дата начала`: `2023-02-29` is not a day",
        "error[E0929]: the list has no attribute `u99`",
        "lists/bad.yaml: 14 values; rows left out: 9",
    ] {
        assert!(run.err.contains(part), "{part}\n{}", run.err);
    }
    assert_eq!(place.read("lists/bad.yaml").matches("code: '").count(), 14);
    let json = place.run(&["import", "export.xml", "--out", "lists", "--format", "json"]);
    assert_eq!((json.code, json.err.as_str()), (1, ""));
    assert_eq!(
        json.json()["list"],
        json!({ "classifier": "bad", "file": "lists/bad.yaml", "values": 14, "left_out": 9 })
    );
    let first = &json.json()["findings"][0];
    assert_eq!(
        (&first["code"], &first["line"]),
        (&json!("W0921"), &json!(3))
    );
}

#[test]
fn strict_writes_nothing_that_has_errors() {
    let place = Place::empty();
    place.put("bad.xml", BAD);
    place.put("good.xml", GOOD);
    let run = place.run(&[
        "import", "bad.xml", "--out", "lists", "--strict", "--lang", "ru",
    ]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("ничего не записано"), "{}", run.err);
    assert!(!place.path("lists").exists());
    let json = place.run(&[
        "import", "bad.xml", "--out", "lists", "--strict", "--format", "json",
    ]);
    assert_eq!(json.json()["list"], Value::Null);
    let run = place.run(&["import", "good.xml", "--out", "lists/my.yaml", "--strict"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(place.names("lists"), ["my.yaml"]);
}

#[test]
fn a_file_that_is_there_stays_unless_forced() {
    let place = Place::empty();
    place.put("export.xml", GOOD);
    fs::create_dir(place.path("lists")).unwrap();
    place.put("lists/event_kind.yaml", "mine\n");
    let import = ["import", "export.xml", "--out", "lists"];
    let run = place.run(&import);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("`lists/event_kind.yaml` is there already"),
        "{}",
        run.err
    );
    assert_eq!(place.read("lists/event_kind.yaml"), "mine\n");
    let run = place.run(&[&import[..], &["--force"]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    let written = place.read("lists/event_kind.yaml");
    assert!(written.starts_with("classifier: event_kind\n"));
    // The same list again needs no force.
    let run = place.run(&import);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("holds this list already"), "{}", run.err);
    assert_eq!(place.names("lists"), ["event_kind.yaml"]);
}

#[test]
fn what_cannot_be_read_or_written_has_its_exit_code() {
    let place = Place::empty();
    place.put("export.xml", GOOD);
    place.put("table.sql", "CREATE TABLE a (b int);");
    place.put("page.xml", "<html/>");
    let code = |args: &[&str]| place.run(&[&["import"], args].concat()).code;
    assert_eq!(code(&["nowhere.xml", "--out", "."]), 3);
    assert_eq!(code(&[".", "--out", "."]), 3);
    assert_eq!(code(&["table.sql", "--out", "."]), 2);
    assert_eq!(code(&["page.xml", "--out", "."]), 1);
    assert_eq!(code(&["export.xml", "--out", ".", "--name", "../a"]), 2);
    assert_eq!(code(&["export.xml", "--out", ".", "--code", "nothing"]), 1);
    // A file where the folder should be.
    assert_eq!(code(&["export.xml", "--out", "table.sql"]), 3);
    // No model here, and no place told.
    let run = place.run(&["import", "export.xml"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("--out DIR"), "{}", run.err);
    assert_eq!(place.names("."), ["export.xml", "page.xml", "table.sql"]);
}

#[test]
fn an_export_on_one_line_does_not_flood_the_terminal() {
    let place = Place::empty();
    let line: String = BAD.lines().map(str::trim).collect();
    let filler = "<!-- -->".repeat(10_000);
    place.put(
        "export.xml",
        &line.replace("<data ", &format!("{filler}<data ")),
    );
    let run = place.run(&["import", "export.xml", "--out", "lists"]);
    assert_eq!(run.code, 1);
    assert!(run.err.len() < 20_000, "{}", run.err.len());
    assert!(run.err.contains("--> export.xml:1:8"), "{}", run.err);
}
