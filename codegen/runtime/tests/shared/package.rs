//! What tests of packages look at: names, rows that differ, a manifest that holds.

use std::fs;
use std::path::Path;

use serde_json::Value;
use sha2::Digest;
use vitrina::Prefix;

use crate::shared::{Mark, MarkId, mark};

pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Rows that differ, some with quotes.
pub(crate) fn marks(count: usize) -> Vec<Mark> {
    let prefix = Prefix::new("ESH").unwrap();
    let one = |number: usize| Mark {
        id: MarkId::new(&prefix, number).unwrap(),
        number: i32::try_from(number).unwrap(),
        text: (!number.is_multiple_of(3)).then(|| "«а» \"б\"".repeat(1 + number % 7)),
        ..mark()
    };
    (1..=count).map(one).collect()
}

pub(crate) fn json(folder: &Path) -> Value {
    let text = fs::read_to_string(folder.join("manifest.json")).unwrap();
    let value = serde_json::from_str(&text).unwrap();
    assert_eq!(format!("{value:#}\n"), text);
    value
}

/// The manifest tells of exactly the files that are there, and of every byte of them.
pub(crate) fn manifest_holds(folder: &Path) -> Value {
    let value = json(folder);
    let mut told: Vec<String> = vec!["manifest.json".into()];
    for file in value["files"].as_array().unwrap() {
        let name = file["name"].as_str().unwrap();
        let bytes = fs::read(folder.join(name)).unwrap();
        let hash: String = sha2::Sha256::digest(&bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(file["sha256"], hash, "{name}");
        assert_eq!(file["bytes"], bytes.len(), "{name}");
        let lines = bytes.split(|&byte| byte == b'\n').count();
        assert_eq!(file["rows"], lines - 1, "{name}");
        assert!(name.starts_with(file["table"].as_str().unwrap()));
        told.push(name.to_owned());
    }
    assert_eq!(names(folder), told, "sorted by name, and nothing else");
    value
}
