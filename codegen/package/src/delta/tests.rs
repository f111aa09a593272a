//! Deltas of small packages: whatever changes, applied to OLD they give NEW.

mod random;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use tempfile::TempDir;
use vitrina_codegen::Lang;
use vitrina_codegen::model::Model;
use vitrina_codegen::model::eval::Day;
use vitrina_codegen::quality::Moment;

use super::{Error, Summary, apply, delta};
use crate::Options;
use crate::code::{FIELD_COUNT, HEADER, NOT_UTF_8, OPEN_QUOTE, PRIMARY_KEY, REQUIRED};
use crate::notes::{self, NOTE_HEADER, THING_HEADER};

/// Files of a package by name.
type Files = BTreeMap<String, Vec<u8>>;

fn options(memory: u64, threads: usize) -> Options {
    let mut options = Options::new(Moment {
        today: Day(20_000),
        now: 0,
    });
    options.memory = memory;
    options.threads = threads.try_into().unwrap();
    options
}

fn put(folder: &Path, files: &Files) {
    fs::create_dir_all(folder).unwrap();
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes).unwrap();
    }
}

fn tree(folder: &Path) -> Files {
    let mut found = Files::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            for (inside, bytes) in tree(&path) {
                found.insert(format!("{name}/{inside}"), bytes);
            }
        } else {
            found.insert(name, fs::read(&path).unwrap());
        }
    }
    found
}

struct Pair {
    place: TempDir,
    model: Model,
}

impl Pair {
    fn new(old: &Files, new: &Files) -> Pair {
        let place = tempfile::tempdir().unwrap();
        put(&place.path().join("old"), old);
        put(&place.path().join("new"), new);
        Pair {
            place,
            model: notes::model(),
        }
    }

    fn delta(&self, out: &str, missing: bool, options: &Options) -> Result<Summary, Error> {
        let at = |name: &str| self.place.path().join(name);
        delta(
            &self.model,
            &at("old"),
            &at("new"),
            &at(out),
            missing,
            options,
        )
    }

    fn apply(&self, old: &str, change: &str, out: &str, options: &Options) -> Result<(), Error> {
        let at = |name: &str| self.place.path().join(name);
        apply(&self.model, &at(old), &at(change), &at(out), options).map(|_| ())
    }

    fn tree(&self, name: &str) -> Files {
        tree(&self.place.path().join(name))
    }
}

fn files(texts: &[(&str, &str)]) -> Files {
    let file = |(name, text): &(&str, &str)| ((*name).to_owned(), text.as_bytes().to_vec());
    texts.iter().map(file).collect()
}

fn file(header: &str, rows: &[&str]) -> String {
    [&[header], rows].concat().join("\n")
}

#[test]
fn changed_rows_new_ones_and_keys_that_are_gone() {
    let rows = [
        r#""a";"old";"1";"""#,
        r#""a";"stays";"2";"true""#,
        r#""b";"gone";"1";"""#,
        r#""c";"old";"1";"""#,
    ];
    let new = [
        r#""a";"new";"1";"""#,
        r#""a";"stays";"2";"true""#,
        r#""c";old;"1";"""#,
        r#""d";"x""y";"1";"""#,
    ];
    let thing = file(THING_HEADER, &[r#""t";"""#]);
    let pair = Pair::new(
        &files(&[
            ("note.csv", &file(NOTE_HEADER, &rows)),
            ("thing.csv", &thing),
        ]),
        &files(&[
            ("note.csv", &file(NOTE_HEADER, &new)),
            ("thing.csv", &thing),
        ]),
    );
    let options = options(1 << 20, 2);
    let summary = pair.delta("delta", false, &options).unwrap();
    let note = &summary.tables[0];
    assert_eq!(
        (
            note.added,
            note.changed,
            note.deleted,
            note.unchanged,
            note.reformed
        ),
        (1, 1, 1, 2, 1)
    );
    assert!(note.is_beyond_threshold && !note.reordered);
    assert_eq!(summary.changes(), 3);
    let made = pair.tree("delta");
    let names: Vec<&str> = made.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "delete/manifest.json",
            "delete/note.csv",
            "delta.json",
            "form/note.csv",
            "upsert/manifest.json",
            "upsert/note.csv",
        ]
    );
    let text = |name: &str| String::from_utf8(made[name].clone()).unwrap();
    assert_eq!(
        text("upsert/note.csv"),
        file(NOTE_HEADER, &[new[0], new[3]])
    );
    assert_eq!(text("delete/note.csv"), "owner;number\n\"b\";\"1\"");
    assert_eq!(text("form/note.csv"), file(NOTE_HEADER, &[new[2]]));
    let manifest: serde_json::Value = serde_json::from_str(&text("upsert/manifest.json")).unwrap();
    assert_eq!(manifest["mode"], "upsert");
    assert_eq!(manifest["files"][0]["rows"], 2);
    assert_eq!(manifest["files"][0]["bytes"], made["upsert/note.csv"].len());
    let manifest: serde_json::Value = serde_json::from_str(&text("delete/manifest.json")).unwrap();
    assert_eq!(manifest["mode"], "delete");

    pair.apply("old", "delta", "made", &options).unwrap();
    assert_eq!(pair.tree("made"), pair.tree("new"));
    let told = summary.to_text(Lang::En);
    assert!(
        told.contains("V0114") && told.contains("another form"),
        "{told}"
    );
    assert!(!told.contains("thing"), "{told}");
}

#[test]
fn another_old_package_is_refused_and_nothing_is_left() {
    let old = files(&[(
        "thing.csv",
        &file(THING_HEADER, &[r#""a";"""#, r#""b";"""#]),
    )]);
    let new = files(&[(
        "thing.csv",
        &file(THING_HEADER, &[r#""b";"""#, r#""a";"""#]),
    )]);
    let pair = Pair::new(&old, &new);
    let options = options(1 << 20, 1);
    pair.delta("delta", false, &options).unwrap();
    assert!(pair.tree("delta").contains_key("order/thing.csv"));
    for change in [
        files(&[("thing.csv", &file(THING_HEADER, &[r#""a";"""#]))]),
        files(&[("note.csv", NOTE_HEADER)]),
        files(&[]),
    ] {
        let other = pair.place.path().join("other");
        put(&other, &change);
        let failed = pair.apply("other", "delta", "made", &options);
        assert!(matches!(failed, Err(Error::WrongOld(_))), "{failed:?}");
        fs::remove_dir_all(&other).unwrap();
    }
    // A delta that was changed does not give its result.
    let script = pair.place.path().join("delta/order/thing.csv");
    for text in [
        "source;first;count\nold;0;2",
        "source;first;count\nold;0;3",
        "source;first;count\nold;0;1\nold;0;1",
        "source;first;count\nold;1;1",
        "source;first;count\nupsert;0;2",
        "source;first;count\nform;0;2",
        "old;1;1",
    ] {
        fs::write(&script, text).unwrap();
        assert!(pair.apply("old", "delta", "made", &options).is_err());
        let left = fs::read_dir(pair.place.path()).unwrap().count();
        assert_eq!(left, 3, "only `old`, `new` and `delta`");
    }
}

#[test]
fn rows_that_stand_in_the_way_are_named_and_no_delta_is_written() {
    let old = [r#""a";"x";"1";"""#, r#""a";"x";"1"#, r#""a";"y";"01";"""#];
    let new = [r#""a";"x";"";"""#, r#""b";"1""#, "\"Иван\";\"\";\"1\";\"\""];
    let mut new = file(NOTE_HEADER, &new).into_bytes();
    let cut = new.len() - 20;
    new.truncate(cut + 2);
    let things = file(THING_HEADER, &[r#""Петр";"""#, r#""Петр";"2024-01-01""#]);
    let mut package = files(&[("thing.csv", &things)]);
    package.insert("note.csv".to_owned(), new);
    let pair = Pair::new(
        &files(&[
            ("note.csv", &file(NOTE_HEADER, &old)),
            ("thing.csv", "ID;day"),
        ]),
        &package,
    );
    let failed = pair.delta("delta", false, &options(0, 2));
    let Err(Error::Problems(problems)) = failed else {
        panic!("{failed:?}");
    };
    let found: Vec<_> = problems
        .iter()
        .map(|one| {
            (
                one.which.word(),
                one.file.as_str(),
                one.line.unwrap_or(0),
                one.code,
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("old", "note.csv", 3, OPEN_QUOTE),
            ("new", "note.csv", 2, REQUIRED),
            ("new", "note.csv", 3, FIELD_COUNT),
            ("new", "note.csv", 4, NOT_UTF_8),
            ("old", "note.csv", 4, PRIMARY_KEY),
            ("old", "thing.csv", 1, HEADER),
            ("new", "thing.csv", 3, PRIMARY_KEY),
        ]
    );
    assert_eq!(problems.count(), 7);
    let shown: Vec<String> = problems.iter().filter_map(|one| one.key.clone()).collect();
    assert_eq!(shown, ["a|1", "****"], "personal keys are masked");
    assert!(!pair.place.path().join("delta").exists());
    assert_eq!(fs::read_dir(pair.place.path()).unwrap().count(), 2);
}

#[test]
fn tables_of_one_package_alone() {
    let note = file(NOTE_HEADER, &[r#""a";"";"1";"""#]);
    let thing = file(THING_HEADER, &[r#""a";"""#]);
    let pair = Pair::new(
        &files(&[("note.csv", &note)]),
        &files(&[
            ("rdm_thing.csv", &format!("{thing}\n")),
            ("manifest.json", &manifest("full")),
        ]),
    );
    let options = options(1 << 16, 1);
    let refused = pair.delta("delta", false, &options);
    assert!(matches!(&refused, Err(Error::MissingTables(names)) if *names == ["note"]));
    let summary = pair.delta("delta", true, &options).unwrap();
    assert_eq!((summary.tables[0].deleted, summary.tables[1].added), (1, 1));
    pair.apply("old", "delta", "made", &options).unwrap();
    assert_eq!(pair.tree("made"), pair.tree("new"));
}

#[test]
fn changes_only_are_no_package_to_compare() {
    let empty = files(&[]);
    for (mode, refused) in [("full", false), ("upsert", true), ("delete", true)] {
        let pair = Pair::new(&empty, &files(&[("manifest.json", &manifest(mode))]));
        let made = pair.delta("delta", false, &options(1 << 16, 1));
        assert_eq!(matches!(made, Err(Error::NotFull(_))), refused, "{made:?}");
    }
    // Nobody knows what a package holds whose manifest cannot be read.
    let pair = Pair::new(&empty, &files(&[("manifest.json", "{}")]));
    let made = pair.delta("delta", false, &options(1 << 16, 1));
    assert!(matches!(made, Err(Error::Problems(_))), "{made:?}");
}

fn manifest(mode: &str) -> String {
    format!(
        r#"{{"format":"vitrina-package/1","model":{{"showcase":"tests","version":"1.0.0"}},
        "producer":null,"mode":"{mode}","profile":{{"null":"quoted","boolean":"lower"}},"files":[]}}"#
    )
}
