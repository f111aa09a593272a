//! `fix`, `delta` and `apply`: a sampled package broken, mended, changed, and made again.

use std::fs;
use std::path::Path;

use super::{Place, Run, tree};

/// The model that has a scenario.
const BIG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../model");

/// A place with packages sampled from the model.
fn sampled(packages: &[(&str, &str, &str)]) -> Place {
    let place = Place::empty();
    for (out, seed, students) in packages {
        let args = [
            "sample",
            "--students",
            students,
            "--seed",
            seed,
            "--out",
            out,
        ];
        let made = run(&place, &args);
        assert_eq!(made.code, 0, "{}", made.err);
    }
    place
}

fn run(place: &Place, args: &[&str]) -> Run {
    place.run(&[args, &["--model", BIG]].concat())
}

#[test]
fn a_delta_between_two_samples_makes_one_of_the_other() {
    let place = sampled(&[("old", "1", "60"), ("new", "2", "80")]);
    // Edits that no sampler makes: a row moved to the front, one gone, one changed.
    let path = place.path("new/student.csv");
    let text = fs::read_to_string(&path).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    let last = lines.pop().unwrap();
    lines.insert(1, last);
    lines.remove(5);
    fs::write(&path, lines.join("\n") + "\n").unwrap();

    for memory in ["0", "1GiB"] {
        let (delta, made) = (format!("delta-{memory}"), format!("made-{memory}"));
        let args = ["delta", "old", "new", "--out", &delta, "--memory", memory];
        let run_delta = run(&place, &[&args[..], &["--format", "json"]].concat());
        assert_eq!(run_delta.code, 0, "{}", run_delta.err);
        let told = run_delta.json();
        let student = told["tables"]
            .as_array()
            .unwrap()
            .iter()
            .find(|table| table["table"] == "student")
            .unwrap();
        let after = student["added"].as_u64().unwrap()
            + student["changed"].as_u64().unwrap()
            + student["unchanged"].as_u64().unwrap();
        assert_eq!(after, 79);
        let args = ["apply", "old", &delta, "--out", &made, "--memory", memory];
        let applied = run(&place, &args);
        assert_eq!(
            (applied.code, applied.out.as_str()),
            (0, ""),
            "{}",
            applied.err
        );
        assert!(tree(&place.path(&made)) == tree(&place.path("new")));
    }
    assert!(tree(&place.path("delta-0")) == tree(&place.path("delta-1GiB")));

    // Another old package, a taken place, and no place.
    let wrong = run(&place, &["apply", "new", "delta-0", "--out", "wrong"]);
    assert_eq!(wrong.code, 1, "{}", wrong.err);
    assert!(wrong.err.contains("student.csv") || wrong.err.contains(".csv"));
    let taken = run(&place, &["delta", "old", "new", "--out", "delta-0"]);
    assert_eq!(taken.code, 2, "{}", taken.err);
    assert_eq!(run(&place, &["delta", "old", "new"]).code, 2);
    assert!(!place.path("wrong").exists());
}

#[test]
fn a_small_change_is_a_small_delta() {
    let place = sampled(&[("old", "1", "40")]);
    copy(&place.path("old"), &place.path("new"));
    let path = place.path("new/student.csv");
    let text = fs::read_to_string(&path).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let cut = lines.remove(3);
    let key = cut.split(';').next().unwrap().to_owned();
    fs::write(&path, lines.join("\n")).unwrap();

    let made = run(
        &place,
        &["delta", "old", "new", "--out", "delta", "--lang", "ru"],
    );
    assert_eq!(made.code, 0, "{}", made.err);
    assert!(
        made.out.contains("удалено") && made.out.contains("student"),
        "{}",
        made.out
    );
    let delta = tree(&place.path("delta"));
    let names: Vec<&str> = delta.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "delete/manifest.json",
            "delete/student.csv",
            "delta.json",
            "upsert/manifest.json"
        ]
    );
    assert_eq!(place.read("delta/delete/student.csv"), format!("id\n{key}"));

    // A key twice: named, masked where it is personal, nothing written.
    lines.push(lines[1].clone());
    fs::write(&path, lines.join("\n")).unwrap();
    let twice = run(&place, &["delta", "old", "new", "--out", "twice"]);
    assert_eq!(twice.code, 1);
    assert!(twice.err.contains("V0601"), "{}", twice.err);
    assert!(!place.path("twice").exists());

    // A table less, and no manifest that lists it.
    fs::remove_file(&path).unwrap();
    fs::remove_file(place.path("new/manifest.json")).unwrap();
    let refused = run(&place, &["delta", "old", "new", "--out", "less"]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.err.contains("--allow-missing-tables"),
        "{}",
        refused.err
    );
}

#[test]
fn what_was_broken_is_mended_to_the_byte() {
    let place = sampled(&[("clean", "3", "30")]);
    let fixed = run(&place, &["fix", "clean", "--out", "same"]);
    assert_eq!((fixed.code, fixed.err.as_str()), (0, ""), "{}", fixed.out);
    let clean = csv(&place.path("clean"));
    assert!(csv(&place.path("same")) == clean);

    // Byte order mark, line ends, header in capitals, another place and name.
    fs::create_dir(place.path("broken")).unwrap();
    for (name, bytes) in &clean {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let (header, rows) = text.split_once('\n').unwrap_or((&text, ""));
        let broken = format!("\u{feff}{}\n{rows}\n", header.to_uppercase());
        let path = place.path("broken/export").join(name.to_uppercase());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, broken.replace('\n', "\r\n")).unwrap();
    }
    let fixed = run(
        &place,
        &["fix", "broken", "--out", "mended", "--format", "json"],
    );
    assert_eq!((fixed.code, fixed.err.as_str()), (0, ""), "{}", fixed.out);
    assert!(csv(&place.path("mended")) == clean);
    let told = fixed.json();
    let files = told["files"].as_array().unwrap();
    let student = files.iter().find(|file| file["table"] == "student");
    let kinds: Vec<&str> = student.unwrap()["mended"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["kind"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        [
            "folder",
            "file_name",
            "byte_order_mark",
            "header_case",
            "line_ends",
            "final_line_feed"
        ]
    );

    // What cannot be told is left, and said.
    let path = place.path("broken/export/STUDENT.CSV");
    let mut bytes = fs::read(&path).unwrap();
    bytes.extend_from_slice(b"\"cut off");
    fs::write(&path, bytes).unwrap();
    let left = run(&place, &["fix", "broken", "--out", "left"]);
    assert_eq!(left.code, 1, "{}", left.out);
    assert!(left.out.contains("V0303"), "{}", left.out);
    let inside = run(&place, &["fix", "broken", "--out", "broken/out"]);
    assert_eq!(inside.code, 2, "{}", inside.err);
}

/// The CSV files of a folder.
fn csv(folder: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut files = tree(folder);
    files.retain(|name, _| name.ends_with(".csv"));
    files
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for (name, bytes) in tree(from) {
        fs::write(to.join(name), bytes).unwrap();
    }
}
