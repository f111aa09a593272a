use std::path::Path;

use super::*;
use crate::artifacts::write;
use crate::diagnostic::{Format, Lang};

const TARGETS: &[(&str, &str)] = &[("ddl", "ddl"), ("docs", "html")];

fn output(folder: &Path) -> Output<'_> {
    Output {
        folder,
        model: "edu 1.0.0",
        targets: TARGETS,
        all: true,
    }
}

fn artifacts(files: &[(&str, &[u8])]) -> Artifacts {
    let mut out = Artifacts::new();
    for (path, content) in files {
        out.add(*path, *content);
    }
    out
}

fn kinds(found: &[Difference]) -> Vec<(&str, &str)> {
    found
        .iter()
        .map(|difference| (difference.path.as_str(), difference.kind.as_str()))
        .collect()
}

#[test]
fn a_folder_just_written_does_not_differ() {
    let temp = tempfile::tempdir().unwrap();
    let made = artifacts(&[("ddl/a", b"1"), ("html/b", b"\xff\0")]);
    let before = compare(&made, &output(&temp.path().join("new"))).unwrap();
    assert_eq!(
        kinds(&before),
        [("ddl/a", "missing"), ("html/b", "missing")]
    );
    write(&made, &output(temp.path())).unwrap();
    assert_eq!(compare(&made, &output(temp.path())).unwrap(), []);
}

#[test]
fn every_kind_of_difference_is_told_from_the_others() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path();
    let before = artifacts(&[
        ("ddl/deleted", b"1\n"),
        ("ddl/edited", b"1\n"),
        ("ddl/orphan", b"1\n"),
        ("ddl/picture", b"\0"),
        ("ddl/stale", b"one\ntwo\nthree\n"),
    ]);
    write(&before, &output(folder)).unwrap();
    fs::remove_file(folder.join("ddl/deleted")).unwrap();
    fs::write(folder.join("ddl/edited"), "by hand\n").unwrap();
    fs::write(folder.join("ddl/foreign"), "own\n").unwrap();
    fs::write(folder.join("ddl/notes"), "own\n").unwrap();
    fs::create_dir_all(folder.join("html/target/debug")).unwrap();
    fs::write(folder.join("html/target/debug/x"), "built\n").unwrap();
    let after = artifacts(&[
        ("ddl/deleted", b"1\n"),
        ("ddl/edited", b"1\n"),
        ("ddl/foreign", b"1\n"),
        ("ddl/picture", b"\0\0"),
        ("ddl/stale", "one\nдва\nthree\n".as_bytes()),
    ]);
    let found = compare(&after, &output(folder)).unwrap();
    assert_eq!(
        kinds(&found),
        [
            ("ddl/deleted", "missing"),
            ("ddl/edited", "edited"),
            ("ddl/foreign", "in_the_way"),
            ("ddl/notes", "unknown"),
            ("ddl/orphan", "orphaned"),
            ("ddl/picture", "stale"),
            ("ddl/stale", "stale"),
            ("html/target/", "unknown"),
        ]
    );
    assert_eq!(found[5].diff, None);
    insta::assert_snapshot!(found[6].diff.as_deref().unwrap());

    let (report, sources) = report(&found, &output(folder), "vitrina generate");
    assert_eq!(report.count(Severity::Error), 6);
    let text = Format::Text.render(&[(&report, &sources)], Lang::En, false);
    let text = text.replace(&folder.display().to_string(), "generated");
    insta::assert_snapshot!(text);
}

#[test]
fn a_manifest_alone_that_is_behind_counts() {
    let temp = tempfile::tempdir().unwrap();
    let made = artifacts(&[("ddl/a", b"1")]);
    write(&made, &output(temp.path())).unwrap();
    let next = Output {
        model: "edu 1.0.1",
        ..output(temp.path())
    };
    let found = compare(&made, &next).unwrap();
    assert_eq!(kinds(&found), [("MANIFEST.json", "stale")]);
    fs::remove_file(temp.path().join("MANIFEST.json")).unwrap();
    let found = compare(&made, &next).unwrap();
    assert_eq!(kinds(&found), [("MANIFEST.json", "missing")]);
}

#[test]
fn long_diffs_are_cut_and_say_so() {
    let long: String = (0..500).map(|n| format!("{n}\n")).collect();
    let diff = unified("a", &long, &"x".repeat(1000));
    assert_eq!(diff.lines().count(), DIFF_LINES + 1);
    assert!(diff.lines().last().unwrap().starts_with("… (+"));
    let diff = unified("a", "", &"ж".repeat(1000));
    assert!(
        diff.lines()
            .all(|line| line.chars().count() <= DIFF_COLUMNS + 1)
    );
}

/// A diff's worst case is two long files with nothing in common; it must not take minutes.
#[test]
fn files_with_nothing_in_common_are_compared_in_time() {
    let lines = |word: &str| -> String { (0..40_000).map(|n| format!("{word} {n}\n")).collect() };
    let start = std::time::Instant::now();
    let diff = unified("a", &lines("old"), &lines("new"));
    assert!(diff.ends_with(")\n"));
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
