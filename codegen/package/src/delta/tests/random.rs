//! Random packages: in any order, in parts, in either form, with little or no memory.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Files, Pair, file, options};
use crate::delta::delta;
use crate::notes::NOTE_HEADER;

/// A row of `note`: key, text, and whether its fields are written in the usual form.
type NoteRow = ((u8, u8), u8, bool);

/// Texts with what makes quoting hard.
const TEXTS: [&str; 6] = ["", "x", "\"", ";", "\"\";\"", "ё\u{1}"];

fn line(((owner, number), text, usual): &NoteRow) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let owner = format!("{}{}", TEXTS[usize::from(owner % 6)], owner);
    let text = TEXTS[usize::from(text % 6)];
    // Another form of the same values.
    let (number, null) = match usual {
        true => (format!("\"{number}\""), "\"\""),
        false => (number.to_string(), ""),
    };
    let text = if text.is_empty() {
        null.to_owned()
    } else {
        quoted(text)
    };
    format!("{};{text};{number};{null}", quoted(&owner))
}

/// Files of `note` with unique keys: rows in any order, in parts, with or without a line feed at the end.
fn package() -> impl Strategy<Value = Files> {
    let row = ((0..4_u8, 0..6_u8), 0..6_u8, proptest::bool::weighted(0.8));
    let rows = proptest::collection::vec(row, 0..24);
    (rows, 0..3_usize, any::<bool>(), any::<u64>()).prop_map(|(rows, cuts, feed, shuffle)| {
        let unique: BTreeMap<(u8, u8), NoteRow> =
            rows.into_iter().map(|row| (row.0, row)).collect();
        let mut rows: Vec<NoteRow> = unique.into_values().collect();
        // Half of the packages in the order of their keys, as files often are.
        if shuffle % 2 == 0 {
            rows.sort_by_key(|((owner, number), ..)| {
                shuffle.wrapping_mul(u64::from(*owner) * 37 + u64::from(*number) * 101 + 1) >> 7
            });
        }
        let size = rows.len() / (cuts + 1) + 1;
        let mut pieces: Vec<&[NoteRow]> = rows.chunks(size).collect();
        pieces.resize(pieces.len().max(1), &[]);
        let mut files = Files::new();
        for (at, piece) in pieces.iter().enumerate() {
            let lines: Vec<String> = piece.iter().map(line).collect();
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            let mut text = file(NOTE_HEADER, &lines);
            if feed {
                text.push('\n');
            }
            let name = match pieces.len() {
                1 => "note.csv".to_owned(),
                _ => format!("note.{:04}.csv", at + 1),
            };
            files.insert(name, text.into_bytes());
        }
        files
    })
}

/// What the texts of a package mean, by key, without this crate's reader.
fn meaning(files: &Files) -> BTreeMap<Vec<String>, Vec<String>> {
    let mut found = BTreeMap::new();
    for text in files.values() {
        let text = std::str::from_utf8(text).unwrap();
        for line in text.lines().skip(1) {
            let mut fields = vec![String::new()];
            let mut inside = false;
            for char in line.chars() {
                let last = fields.last_mut().unwrap();
                match char {
                    // A doubled quote within closes and opens again: it is put in when it does.
                    '"' => {
                        if !inside && last.ends_with('\u{2}') {
                            last.pop();
                            last.push('"');
                        }
                        inside = !inside;
                        if !inside {
                            last.push('\u{2}');
                        }
                    }
                    ';' if !inside => fields.push(String::new()),
                    char => last.push(char),
                }
            }
            let fields: Vec<String> = fields.iter().map(|it| it.replace('\u{2}', "")).collect();
            found.insert(vec![fields[0].clone(), fields[2].clone()], fields);
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn applied_to_old_a_delta_gives_new(old in package(), new in package(), tiny in any::<bool>()) {
        let pair = Pair::new(&old, &new);
        let options = options(if tiny { 0 } else { 1 << 20 }, 1 + usize::from(tiny));
        let summary = pair.delta("delta", false, &options).unwrap();
        pair.apply("old", "delta", "made", &options).unwrap();
        prop_assert_eq!(pair.tree("made"), pair.tree("new"));

        let (was, is) = (meaning(&old), meaning(&new));
        let table = &summary.tables[0];
        let added = is.keys().filter(|key| !was.contains_key(*key)).count();
        let deleted = was.keys().filter(|key| !is.contains_key(*key)).count();
        let changed = is.iter().filter(|(key, row)| was.get(*key).is_some_and(|it| it != *row));
        prop_assert_eq!(table.added, added as u64);
        prop_assert_eq!(table.deleted, deleted as u64);
        prop_assert_eq!(table.changed, changed.count() as u64);

        // The way back, and from a package to itself.
        let at = |name: &str| pair.place.path().join(name);
        delta(&pair.model, &at("new"), &at("old"), &at("back"), false, &options).unwrap();
        pair.apply("new", "back", "undone", &options).unwrap();
        prop_assert_eq!(pair.tree("undone"), pair.tree("old"));
        let none = delta(&pair.model, &at("new"), &at("new"), &at("none"), false, &options).unwrap();
        prop_assert_eq!(none.changes(), 0);
        prop_assert_eq!(pair.tree("none").len(), 3);
    }
}
