//! What is said of packages, in folders; zips and hostile ones have rooms of their own.

mod hostile;
mod zip;

use std::path::Path;

use vitrina_codegen::model::Model;

use super::*;
use crate::diagnose;
use crate::fixture::{model, options, said, write};
use crate::read::{self, ReadOptions, TableRead};

const PERSON: &str = "id;name;birth_date\n\"1\";\"Анна\";\"2010-01-31\"\n";
const MARK: &str = "id;person_id;points;comment\n\"a\";\"1\";\"5\";\"\"\n\"b\";\"1\";\"4\";\"\"";

fn open_folder(model: &Model, files: &[(&str, &str)]) -> (tempfile::TempDir, Package) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        write(folder.path(), name, text.as_bytes());
    }
    let package = open(model, folder.path(), &options()).unwrap();
    (folder, package)
}

/// The names of the files of a table.
fn files<'p>(model: &Model, package: &'p Package, table: &str) -> Vec<&'p str> {
    let table = model.find_table(table).unwrap().id;
    let files = package.files_of(table).iter();
    files
        .map(|file| package.files[*file].name.as_str())
        .collect()
}

/// Reads all tables.
fn read_all(model: &Model, package: &Package) -> Vec<TableRead> {
    let tables = package.tables();
    let read = tables.map(|(table, _)| {
        let files = diagnose::table(model, package, table).into_iter();
        let files = files.filter_map(|(file, found)| Some((file, found.layout?)));
        let source = read::chunks(package, table, files.collect(), ReadOptions::default());
        while source.next().is_some() {}
        source.finish()
    });
    read.collect()
}

fn manifest(mode: &str, files: &[(&str, &str, u64, u64, &str)]) -> String {
    let files: Vec<String> = files
        .iter()
        .map(|(name, table, rows, bytes, hash)| {
            format!(
                r#"{{"name": "{name}", "table": "{table}", "rows": {rows}, "bytes": {bytes}, "sha256": "{hash}"}}"#
            )
        })
        .collect();
    format!(
        r#"{{"format": "vitrina-package/1", "model": {{"showcase": "demo", "version": "1.2.0"}},
        "producer": null, "mode": "{mode}", "profile": {{"null": "bare", "boolean": "digit"}},
        "files": [{}]}}"#,
        files.join(", ")
    )
}

fn sha256(text: &str) -> String {
    use sha2::Digest;
    let digits = sha2::Sha256::digest(text.as_bytes());
    digits.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_package_in_order_has_no_findings() {
    let model = model();
    let (_folder, package) = open_folder(
        &model,
        &[
            ("person.csv", PERSON),
            ("rdm_mark.0001.csv", MARK),
            ("rdm_mark.0002.csv", MARK),
        ],
    );
    assert_eq!(said(&package.findings), [""; 0]);
    assert_eq!(package.kind, Kind::Folder);
    assert_eq!(
        files(&model, &package, "mark"),
        ["rdm_mark.0001.csv", "rdm_mark.0002.csv"]
    );
    assert_eq!(package.files[1].part, Some(1));
    let reads = read_all(&model, &package);
    let (findings, unchecked) = package.conclude(&model, &reads, &options());
    assert!(findings.is_empty() && unchecked.is_empty());
    let causes: Vec<Cause> = package
        .unchecked
        .iter()
        .map(|one| one.cause.clone())
        .collect();
    assert_eq!(causes, [Cause::NoManifest, Cause::NoPrevious]);
}

#[test]
fn names_are_told_by_case_and_by_letters_that_look_alike() {
    let model = model();
    // The `о` of the second is Cyrillic.
    let (_folder, package) = open_folder(&model, &[("Mark.CSV", MARK), ("persоn.csv", PERSON)]);
    assert_eq!(
        said(&package.findings),
        [
            "V0107 the name `Mark.CSV` differs from `mark.csv` by case ×1",
            "V0120 the name `persоn.csv` is not `person.csv`: it holds the Cyrillic letter `о` \
             (U+043E) at position 5 ×1",
        ]
    );
    assert_eq!(files(&model, &package, "mark"), ["Mark.CSV"]);
    assert_eq!(files(&model, &package, "person"), ["persоn.csv"]);
}

#[test]
fn what_belongs_nowhere_is_named() {
    let model = model();
    let (_folder, package) = open_folder(
        &model,
        &[
            ("marks.csv", MARK),
            ("readme.txt", "?"),
            ("mark.1.csv", MARK),
            (".DS_Store", ""),
            (".person.csv.4711.partial", PERSON),
            ("__MACOSX/mark.csv", ""),
        ],
    );
    assert_eq!(
        said(&package.findings),
        [
            "V0101 the package has no file of tables of the model: 2 of 2 ×2",
            "V0103 `mark.1.csv` belongs to no table of the model: `mark.csv` may be meant ×1",
            "V0103 `marks.csv` belongs to no table of the model: `mark.csv` may be meant ×1",
            "V0103 `readme.txt` belongs to no table of the model ×1",
            "V0118 `.person.csv.4711.partial` was left by a writer that did not finish: the \
             package may be incomplete ×1",
            "V0119 `.DS_Store` is a hidden file or one of an operating system, no part of a \
             package ×1",
            "V0119 `__MACOSX` is a hidden file or one of an operating system, no part of a \
             package ×1",
        ]
    );
}

#[test]
fn of_several_files_of_a_table_the_best_is_read() {
    let model = model();
    let (_folder, package) = open_folder(
        &model,
        &[
            ("mark.csv", MARK),
            ("rdm_mark.csv", MARK),
            ("mark.0001.csv", MARK),
            ("person.0002.csv", PERSON),
            ("person.0005.csv", PERSON),
        ],
    );
    assert_eq!(
        said(&package.findings),
        [
            "V0106 the table `mark` has another file already: `mark.0001.csv` ×1",
            "V0106 the table `mark` has another file already: `rdm_mark.csv` ×1",
            "V0121 part 0001 of the table `person` is missing: parts are numbered from 0001 \
             without gaps ×1",
            "V0121 part 0003–0004 of the table `person` is missing: parts are numbered from \
             0001 without gaps ×1",
        ]
    );
    assert_eq!(files(&model, &package, "mark"), ["mark.csv"]);
    assert_eq!(
        files(&model, &package, "person"),
        ["person.0002.csv", "person.0005.csv"]
    );
}

#[test]
fn a_package_in_a_folder_inside_is_read_all_the_same() {
    let model = model();
    let hash = sha256(MARK);
    let text = manifest("full", &[("mark.csv", "mark", 2, MARK.len() as u64, &hash)]);
    let (_folder, package) = open_folder(
        &model,
        &[
            ("out/may/mark.csv", MARK),
            ("out/may/manifest.json", &text),
            ("note.txt", "?"),
        ],
    );
    assert_eq!(
        said(&package.findings),
        [
            "V0103 `../note.txt` belongs to no table of the model ×1",
            "V0108 files lie in the folder `out/may/` inside the package; they belong at its root ×2",
        ]
    );
    assert_eq!(package.root, "out/may/");
    assert_eq!(files(&model, &package, "mark"), ["mark.csv"]);
    assert!(
        package
            .listed(package.files_of(model.find_table("mark").unwrap().id)[0])
            .is_some()
    );

    // One file in a folder, which is the only one of its table: read; two in two: nobody knows which.
    let (_folder, package) = open_folder(&model, &[("a/mark.csv", MARK), ("person.csv", PERSON)]);
    assert_eq!(files(&model, &package, "mark"), ["a/mark.csv"]);
    let (_folder, package) = open_folder(
        &model,
        &[
            ("a/mark.csv", MARK),
            ("b/mark.csv", MARK),
            ("person.csv", PERSON),
        ],
    );
    assert!(files(&model, &package, "mark").is_empty());
}

#[test]
fn the_manifest_is_compared_with_what_was_read() {
    let model = model();
    let (size, hash) = (MARK.len() as u64, sha256(MARK));
    let good = manifest("upsert", &[("mark.csv", "mark", 2, size, &hash)]);
    let (_folder, package) = open_folder(&model, &[("mark.csv", MARK), ("manifest.json", &good)]);
    assert_eq!(said(&package.findings), [""; 0]);
    assert_eq!(package.mode, Mode::Upsert);
    assert_eq!(package.profile.null, vitrina_codegen::model::NullForm::Bare);
    let reads = read_all(&model, &package);
    assert_eq!(reads[0].files[0].sha256.as_deref(), Some(hash.as_str()));
    assert!(package.conclude(&model, &reads, &options()).0.is_empty());

    let wrong = manifest(
        "full",
        &[
            ("gone.csv", "person", 1, 5, &hash),
            ("mark.csv", "person", 7, size, &sha256(PERSON)),
        ],
    );
    let wrong = wrong.replace("1.2.0", "0.9.0");
    let (_folder, package) = open_folder(
        &model,
        &[
            ("mark.csv", MARK),
            ("person.csv", PERSON),
            ("Manifest.json", &wrong),
        ],
    );
    assert_eq!(
        said(&package.findings),
        [
            "V0102 the manifest lists `gone.csv`, but the package does not hold it ×1",
            "V0107 the name `Manifest.json` differs from `manifest.json` by case ×1",
            "V0110 `mark.csv`: the table `mark`, the manifest says `person` ×1",
            "V0112 the package was made for `demo 0.9.0`, it is judged by `demo 1.2.0` ×1",
            "V0113 the manifest does not list `person.csv` ×1",
        ]
    );
    let (findings, _) = package.conclude(&model, &read_all(&model, &package), &options());
    assert_eq!(
        said(&findings),
        [
            "V0110 `mark.csv`: rows 2, the manifest says 7 ×1",
            "V0111 the SHA-256 of `mark.csv` is not that of the manifest: the file was changed or \
             damaged ×1",
        ]
    );
}

#[test]
fn a_manifest_that_is_none_says_why() {
    let model = model();
    let good = manifest("full", &[]);
    for (text, reason) in [
        ("", "no JSON: EOF while parsing a value at line 1 column 0"),
        ("[]", "it is no JSON object"),
        ("{}", "it has no key `format`"),
        (
            &good.replace("package/1", "package/9"),
            "its `format` is `vitrina-package/9`, known is `vitrina-package/1`",
        ),
        (
            &good.replace("full", "half"),
            "the value of `mode` is of another form",
        ),
        (
            &good.replace("[]", "[1]"),
            "the value of `files` is of another form",
        ),
        (
            &"[".repeat(100_000),
            "no JSON: recursion limit exceeded at line 1 column 128",
        ),
    ] {
        let (_folder, package) = open_folder(
            &model,
            &[
                ("mark.csv", MARK),
                ("person.csv", PERSON),
                ("manifest.json", text),
            ],
        );
        assert_eq!(
            said(&package.findings),
            [format!("V0109 `manifest.json` cannot be read: {reason} ×1")]
        );
    }
}

#[test]
fn rows_that_are_gone_are_counted_against_the_package_before() {
    let model = model();
    let rows = |count: usize| format!("id;name;birth_date\n{}", "\"1\";\"\";\"\"\n".repeat(count));
    let before = tempfile::tempdir().unwrap();
    write(before.path(), "person.csv", rows(10).as_bytes());
    write(before.path(), "mark.csv", MARK.as_bytes());
    for (left, gone) in [(8, None), (7, Some("3 of 10"))] {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "person.csv", rows(left).as_bytes());
        let mut options = options();
        options.previous = Some(before.path().into());
        let package = open(&model, folder.path(), &options).unwrap();
        let reads = read_all(&model, &package);
        let (findings, _) = package.conclude(&model, &reads, &options);
        let mut expected = vec!["V0114 2 of 2 rows of the previous package are gone ×1".to_owned()];
        if let Some(gone) = gone {
            expected.push(format!(
                "V0114 {gone} rows of the previous package are gone ×1"
            ));
        }
        let mut found = said(&findings);
        found.sort();
        assert_eq!(found, expected);
    }
}

#[test]
fn rows_of_the_package_before_are_taken_from_a_manifest_that_knows_its_files() {
    let model = model();
    let size = PERSON.len() as u64;
    // The manifest tells 70 rows of a file that has one: believed when the size is right, else counted.
    for (bytes, rows) in [(size, 70), (size + 1, 1)] {
        let before = tempfile::tempdir().unwrap();
        let text = manifest(
            "full",
            &[("person.csv", "person", 70, bytes, &sha256(PERSON))],
        );
        write(before.path(), "person.csv", PERSON.as_bytes());
        write(before.path(), "manifest.json", text.as_bytes());
        let found = previous::rows(&model, before.path(), &options()).unwrap();
        assert_eq!(found.into_values().collect::<Vec<_>>(), [rows]);
    }
    let mut options = options();
    options.previous = Some("/no/such/package".into());
    let (folder, _) = open_folder(&model, &[]);
    let error = open(&model, folder.path(), &options).unwrap_err();
    assert_eq!(
        error.to_string(),
        "previous package: `/no/such/package`: no such file or folder"
    );
}

#[test]
fn a_file_without_rows_is_named() {
    let model = model();
    let (_folder, package) = open_folder(
        &model,
        &[
            ("mark.csv", "id;person_id;points;comment"),
            ("person.csv", PERSON),
        ],
    );
    let (findings, _) = package.conclude(&model, &read_all(&model, &package), &options());
    assert_eq!(
        said(&findings),
        ["V0105 `mark.csv` has a header but no rows ×1"]
    );
}

#[test]
fn what_is_no_package_is_an_error() {
    let model = model();
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "mark.csv", MARK.as_bytes());
    let error = |path: &Path| open(&model, path, &options()).unwrap_err();
    assert!(matches!(
        error(&folder.path().join("none")),
        Error::NotFound(_)
    ));
    assert!(matches!(
        error(&folder.path().join("mark.csv")),
        Error::NotPackage(_)
    ));
    write(folder.path(), "cut.zip", b"PK\x03\x04rest is missing");
    assert!(matches!(
        error(&folder.path().join("cut.zip")),
        Error::Archive(..)
    ));
}
