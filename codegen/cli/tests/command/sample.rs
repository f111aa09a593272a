//! `sample` of the big model: the same request gives the same bytes, no folder is lost, and a disk that
//! fails leaves nothing half-written.

use std::fs;
use std::path::Path;
use std::process::Command;

use vitrina_codegen::diagnostic::Report;
use vitrina_codegen::pipeline::compile;
use vitrina_codegen::sample::scenario::{Folder, Request, run};
use vitrina_codegen::source::files::load;

use super::{Place, Run, tree};

/// The model that has a scenario.
const BIG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../model");

/// `sample` of the big model.
fn sample(place: &Place, args: &[&str]) -> Run {
    place.run(&[&["sample", "--model", BIG], args].concat())
}

/// The rows of a file: lines but the header.
fn rows(file: &[u8]) -> usize {
    file.split(|byte| *byte == b'\n').count() - 1
}

#[test]
fn two_runs_are_equal_to_the_byte_and_to_what_the_library_makes() {
    let place = Place::empty();
    for out in ["one", "two"] {
        let made = sample(&place, &["--students", "30", "--seed", "7", "--out", out]);
        assert_eq!((made.code, made.out.as_str()), (0, ""), "{}", made.err);
    }
    let other = sample(
        &place,
        &["--students", "30", "--seed", "8", "--out", "other"],
    );
    assert_eq!(other.code, 0, "{}", other.err);
    let one = tree(&place.path("one"));
    assert!(one == tree(&place.path("two")), "two runs differ");
    assert!(
        one != tree(&place.path("other")),
        "the seed changes nothing"
    );

    let mut report = Report::new();
    let sources = load(Path::new(BIG), &mut report).unwrap();
    let model = compile(&sources, &mut report).unwrap();
    let mut request = Request::new(model.scenario().unwrap(), 30);
    request.seed = 7;
    let mut folder = Folder::create(&model, place.path("library"), false).unwrap();
    run(&model, &request, &mut folder).unwrap();
    folder.finish().unwrap();
    assert!(one == tree(&place.path("library")), "the library differs");
}

#[test]
fn students_are_the_rows_of_the_counted_table() {
    let place = Place::empty();
    let by_students = sample(
        &place,
        &["--students", "40", "--out", "a", "--format", "json"],
    );
    assert_eq!(by_students.code, 0, "{}", by_students.err);
    assert_eq!(sample(&place, &["--rows", "40", "--out", "b"]).code, 0);
    let made = tree(&place.path("a"));
    assert!(
        made == tree(&place.path("b")),
        "`--rows` is not `--students`"
    );
    assert_eq!(rows(&made["student.csv"]), 40);

    // What it says is what lies there.
    let told = by_students.json();
    let tables = told["tables"].as_array().unwrap();
    assert_eq!(tables.len() + 1, made.len(), "and the manifest");
    for table in tables {
        let file = &made[&format!("{}.csv", table["table"].as_str().unwrap())];
        assert_eq!(table["rows"], rows(file), "{table}");
        assert_eq!(table["bytes"], file.len(), "{table}");
    }
    let files = made.iter().filter(|(name, _)| name.ends_with(".csv"));
    let all: usize = files.map(|(_, file)| rows(file)).sum();
    assert_eq!(told["rows"], all);

    let both = sample(&place, &["--rows", "1", "--students", "1", "--out", "c"]);
    assert_eq!(both.code, 2, "{}", both.err);
    assert!(!place.path("c").exists());
}

#[test]
fn the_manifest_tells_what_lies_there_unless_unwanted() {
    let place = Place::empty();
    assert_eq!(sample(&place, &["--rows", "20", "--out", "a"]).code, 0);
    let bare = ["--rows", "20", "--out", "b", "--no-manifest"];
    assert_eq!(sample(&place, &bare).code, 0);
    let (mut with, without) = (tree(&place.path("a")), tree(&place.path("b")));
    let text = with.remove("manifest.json").unwrap();
    assert!(with == without, "the files are the same");

    let manifest: serde_json::Value = serde_json::from_slice(&text).unwrap();
    assert_eq!(manifest["format"], "vitrina-package/1");
    assert_eq!(manifest["model"]["showcase"], "edu_region");
    assert_eq!(manifest["mode"], "full");
    assert_eq!(manifest["producer"]["name"], "vitrina sample");
    assert_eq!(manifest["producer"]["version"], env!("CARGO_PKG_VERSION"));
    let files = manifest["files"].as_array().unwrap();
    let names: Vec<&str> = files
        .iter()
        .map(|it| it["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, with.keys().collect::<Vec<_>>());
    for file in files {
        let bytes = &with[file["name"].as_str().unwrap()];
        assert_eq!(file["rows"], rows(bytes), "{file}");
        assert_eq!(file["bytes"], bytes.len(), "{file}");
        assert_eq!(file["sha256"].as_str().unwrap().len(), 64, "{file}");
    }

    // An earlier manifest would tell of other rows.
    let again = ["--rows", "21", "--out", "a", "--no-manifest", "--force"];
    assert_eq!(sample(&place, &again).code, 0);
    assert!(!place.path("a/manifest.json").exists());
}

#[test]
fn a_thousand_when_no_size_is_named_into_the_folder_sample() {
    let place = Place::empty();
    let made = sample(&place, &[]);
    assert_eq!(made.code, 0, "{}", made.err);
    assert_eq!(rows(&tree(&place.path("sample"))["student.csv"]), 1000);
}

#[test]
fn the_smallest_packages_are_packages() {
    let place = Place::empty();
    for size in ["0", "1", "2"] {
        let made = sample(&place, &["--students", size, "--out", size]);
        assert_eq!(made.code, 0, "{size}: {}", made.err);
        let made = tree(&place.path(size));
        assert_eq!(rows(&made["student.csv"]).to_string(), size);
    }
}

#[test]
fn prefix_and_day_are_those_of_the_command() {
    let place = Place::empty();
    let args = [
        "--rows",
        "20",
        "--prefix",
        "REGION",
        "--today",
        "2023-10-02",
    ];
    assert_eq!(sample(&place, &args).code, 0);
    let made = tree(&place.path("sample"));
    let students = String::from_utf8(made["student.csv"].clone()).unwrap();
    assert!(
        students
            .lines()
            .skip(1)
            .all(|row| row.starts_with("\"REGION-"))
    );
    let years = String::from_utf8(made["academic_year.csv"].clone()).unwrap();
    let current = years.lines().filter(|row| row.contains("\"true\""));
    let mut current = current.peekable();
    assert!(current.peek().is_some());
    assert!(current.all(|row| row.contains("\"2023/2024\"")), "{years}");
}

#[test]
fn a_folder_with_anything_in_it_is_refused_without_force() {
    let place = Place::empty();
    fs::create_dir(place.path("out")).unwrap();
    let empty = sample(&place, &["--rows", "20", "--out", "out"]);
    assert_eq!(empty.code, 0, "an empty folder will do: {}", empty.err);
    fs::write(place.path("out/notes.txt"), "mine").unwrap();
    // What a run that was killed leaves behind.
    let left = "out/.student.csv.12345.partial";
    fs::write(place.path(left), "half").unwrap();
    let before = tree(&place.path("out"));

    let args = ["--rows", "20", "--prefix", "OTHER", "--out", "out"];
    let refused = sample(&place, &args);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("--force"), "{}", refused.err);
    assert!(tree(&place.path("out")) == before);

    let forced = sample(&place, &[&args[..], &["--force"]].concat());
    assert_eq!(forced.code, 0, "{}", forced.err);
    let after = tree(&place.path("out"));
    assert!(after["student.csv"] != before["student.csv"]);
    assert_eq!(after["notes.txt"], b"mine");
    assert_eq!(after.len(), before.len() - 1, "only the leftover is gone");
    assert!(!place.path(left).exists());
}

/// The command where no file may grow beyond some 50 KB: a disk that fails in the midst of the work.
#[cfg(unix)]
fn on_a_small_disk(place: &Place, args: &[&str]) -> Run {
    let mut shell = Command::new("sh");
    shell
        .current_dir(place.path(""))
        .args(["-c", "trap '' XFSZ; ulimit -f 100; exec \"$0\" \"$@\""])
        .arg(env!("CARGO_BIN_EXE_vitrina"))
        .args(["sample", "--model", BIG, "--rows", "250", "--lang", "en"])
        .args(args);
    Run::new(shell.output().unwrap())
}

#[test]
#[cfg(unix)]
fn a_disk_that_fails_leaves_nothing() {
    let place = Place::empty();
    let failed = on_a_small_disk(&place, &["--out", "out"]);
    assert_eq!(failed.code, 3, "{}", failed.err);
    assert!(failed.err.contains(".partial"), "{}", failed.err);
    assert!(!place.path("out").exists(), "the folder was left");

    // An earlier package is still the earlier one.
    assert_eq!(sample(&place, &["--rows", "20", "--out", "out"]).code, 0);
    let before = tree(&place.path("out"));
    let failed = on_a_small_disk(&place, &["--out", "out", "--force"]);
    assert_eq!(failed.code, 3, "{}", failed.err);
    assert!(tree(&place.path("out")) == before);
}

#[test]
fn a_place_that_takes_no_files_is_told_of_and_left_as_it_was() {
    let place = Place::empty();
    fs::write(place.path("file"), "mine").unwrap();
    for out in ["file", "file/below"] {
        let failed = sample(&place, &["--rows", "20", "--out", out, "--force"]);
        assert_eq!(failed.code, 3, "{out}: {}", failed.err);
    }
    assert_eq!(place.read("file"), "mine");

    // Where a file is to stand, a folder stands; found out before any file is replaced.
    assert_eq!(sample(&place, &["--rows", "20", "--out", "out"]).code, 0);
    fs::remove_file(place.path("out/student.csv")).unwrap();
    fs::create_dir(place.path("out/student.csv")).unwrap();
    let before = tree(&place.path("out"));
    let args = [
        "--rows", "20", "--prefix", "OTHER", "--out", "out", "--force",
    ];
    let failed = sample(&place, &args);
    assert_eq!(failed.code, 3, "{}", failed.err);
    assert!(failed.err.contains("student.csv"), "{}", failed.err);
    assert!(tree(&place.path("out")) == before);
}

/// Whom the permissions of a folder do not bind, the superuser, is bound by nothing here.
#[test]
#[cfg(unix)]
fn a_folder_that_is_read_only_is_left_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::empty();
    fs::create_dir(place.path("out")).unwrap();
    fs::set_permissions(place.path("out"), PermissionsExt::from_mode(0o555)).unwrap();
    let superuser = fs::write(place.path("out/probe"), "").is_ok();
    if superuser {
        fs::remove_file(place.path("out/probe")).unwrap();
    }
    let made = sample(&place, &["--rows", "20", "--out", "out"]);
    assert_eq!(made.code, if superuser { 0 } else { 3 }, "{}", made.err);
    assert_eq!(tree(&place.path("out")).is_empty(), !superuser);
}
