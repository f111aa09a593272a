//! Faults of the package: which files it holds, and what its manifest says.

use vitrina::package::{Manifest, Mode};
use vitrina_package::code::{
    ARCHIVE, DELETIONS, EMPTY_FILE, FILE_CASE, FILE_LOOK_ALIKE, HIDDEN_FILE, MANIFEST_FIGURES,
    MANIFEST_FORM, MANIFEST_HASH, MANIFEST_MODEL, MISSING_LISTED, MISSING_PART, MISSING_TABLE,
    NO_ROWS, NOT_LISTED, SECOND_FILE, SUBFOLDER, UNFINISHED, UNKNOWN_FILE,
};

use super::super::base::Base;
use super::super::draft::Draft;
use super::{Case, few};

pub(super) fn cases(base: &Base) -> Result<Vec<Case>, String> {
    let few = few(base)?;
    let mut cases = files(&few);
    cases.extend(names(&few));
    cases.extend(manifests(&few));
    for (name, mode) in [
        ("valid-upsert", Mode::Upsert),
        ("valid-delete", Mode::Delete),
    ] {
        cases.push(Case {
            name: name.to_owned(),
            ..Case::of(None, changes(&few, mode))
        });
    }
    Ok(cases)
}

/// A package of changes: the rows, or the keys of deleted ones alone.
fn changes(few: &Draft, mode: Mode) -> Draft {
    let mut draft = few.clone().mode(mode);
    draft.files.remove("organisations.csv");
    draft.files.remove("source_system.csv");
    if mode == Mode::Upsert {
        return draft;
    }
    let keys = |text: &str| {
        let lines: Vec<&str> = (text.split('\n'))
            .map(|line| line.split(';').next().unwrap_or(line))
            .collect();
        lines.join("\n")
    };
    draft.text("student", keys).text("person", keys)
}

fn files(few: &Draft) -> Vec<Case> {
    let empty = few.clone().bytes("organisations", |_| Vec::new());
    let header = |text: &str| text.split('\n').next().unwrap_or(text).to_owned();
    let mut listed = few.clone();
    let lost = listed.files.remove("organisations.csv");
    let listed = listed.manifest(|manifest| {
        let digest = |name: &str| vitrina::package::ManifestFile {
            name: name.to_owned(),
            table: "organisations".to_owned(),
            rows: 3,
            bytes: lost.as_ref().map_or(0, |file| file.bytes.len() as u64),
            sha256: "0".repeat(64),
        };
        manifest.files.insert(0, digest("organisations.csv"));
    });
    let mut missing = Case::fault(MISSING_LISTED, listed);
    missing.tables.push("organisations".to_owned());
    let previous = few.clone().finish();
    let gone = few.clone().text("student", |text| {
        let lines: Vec<&str> = text.split('\n').take(2).collect();
        lines.join("\n")
    });
    vec![
        Case::fault(MISSING_TABLE, few.clone().bare()),
        missing,
        Case::fault(EMPTY_FILE, empty),
        Case::fault(NO_ROWS, few.clone().text("organisations", header)),
        Case {
            previous: Some(previous),
            ..Case::fault(DELETIONS, gone)
        },
        Case {
            is_zip: true,
            ..Case::fault(
                ARCHIVE,
                few.clone()
                    .rename("organisations.csv", "../organisations.csv"),
            )
        },
    ]
}

fn names(few: &Draft) -> Vec<Case> {
    let renamed = |to: &str| few.clone().rename("person.csv", to);
    let table = few
        .files
        .get("organisations.csv")
        .map(|file| file.bytes.clone());
    let table = table.unwrap_or_default();
    let mut second = few.clone();
    second.add(
        "rdm_organisations.csv",
        Some("organisations"),
        table.clone(),
    );
    // Two parts, the second of which is called the third.
    let lines: Vec<&[u8]> = table.split(|byte| *byte == b'\n').collect();
    let part = |rows: &[&[u8]]| [&lines[..1], rows].concat().join(&b'\n');
    let mut parts = few.clone();
    parts.files.remove("organisations.csv");
    parts.add(
        "organisations.0001.csv",
        Some("organisations"),
        part(&lines[1..2]),
    );
    parts.add(
        "organisations.0003.csv",
        Some("organisations"),
        part(&lines[2..]),
    );
    vec![
        Case::fault(
            UNKNOWN_FILE,
            few.clone().beside("persons.csv", b"id\n\"DEMO-1\""),
        ),
        Case::fault(SECOND_FILE, second),
        Case::fixable(FILE_CASE, renamed("Person.CSV")),
        Case::fixable(SUBFOLDER, renamed("data/person.csv")),
        // The `о` is Cyrillic.
        Case::fixable(FILE_LOOK_ALIKE, renamed("persоn.csv")),
        Case::fault(MISSING_PART, parts),
        Case::fault(
            UNFINISHED,
            few.clone()
                .beside(".mark.csv.4242.partial", b"id;student_id\n\"DE"),
        ),
        Case::fixable(
            HIDDEN_FILE,
            few.clone().beside(".DS_Store", b"\0\0\0\x01Bud1"),
        ),
    ]
}

fn manifests(few: &Draft) -> Vec<Case> {
    let of_organisations = |change: fn(&mut vitrina::package::ManifestFile)| {
        few.clone().manifest(|manifest| {
            let mut files = manifest.files.iter_mut();
            if let Some(file) = files.find(|file| file.table == "organisations") {
                change(file);
            }
        })
    };
    let mut cut = few.clone().manifest(|_| {});
    if let Some(file) = cut.files.get_mut(Manifest::FILE) {
        file.bytes.truncate(file.bytes.len() / 2);
    }
    let unlisted = few.clone().manifest(|manifest| {
        manifest.files.retain(|file| file.table != "organisations");
    });
    let version = few
        .clone()
        .manifest(|manifest| manifest.version = "0.1.0".to_owned());
    vec![
        Case::fault(MANIFEST_FORM, cut),
        Case::fault(MANIFEST_FIGURES, of_organisations(|file| file.rows += 1)),
        Case::fault(
            MANIFEST_HASH,
            of_organisations(|file| file.sha256 = "0".repeat(64)),
        ),
        Case::fault(MANIFEST_MODEL, version),
        Case::fault(NOT_LISTED, unlisted),
    ]
}
