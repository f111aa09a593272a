//! Packages changed as a whole: files renamed, missing, doubled, parted, moved; manifests.

use super::changed::{Changed, ManifestChange};
use super::claim::{Claim, Mutation};
use super::finding::{Kind, Place};
use crate::random::Random;

/// Changes where the file of a table lies; none if the change drawn does not fit.
pub(super) fn change(
    changed: &mut Changed<'_>,
    at: usize,
    random: &mut Random,
) -> Option<Mutation> {
    let table = changed.base.table(at).name.clone();
    let name = changed.tables[at].names[0].0.clone();
    let rows = changed.tables[at].lines.len();
    let mutation = |title: &str| Mutation::open(title, format!("{name}: {title}"));
    match random.below(9) {
        0 => {
            let other = format!("{}.CSV", table.to_uppercase());
            changed.tables[at].names = vec![(other.clone(), rows)];
            changed.say_file("V0107", at, &[], None);
            Some(mutation("in capitals").with(Claim::of_file("V0107", &other)))
        }
        1 => {
            let (place, _) = table
                .char_indices()
                .find(|(_, one)| "aeocpx".contains(*one))?;
            let twin = match &table[place..=place] {
                "a" => "а",
                "e" => "е",
                "o" => "о",
                "c" => "с",
                "p" => "р",
                _ => "х",
            };
            let other = format!("{}{twin}{}.csv", &table[..place], &table[place + 1..]);
            changed.tables[at].names = vec![(other.clone(), rows)];
            changed.say_file("V0120", at, &[], None);
            Some(mutation("a Cyrillic letter").with(Claim::of_file("V0120", &other)))
        }
        2 => {
            let other = format!("zz_{table}_9.csv");
            changed.tables[at].is_there = false;
            say(changed, "V0103", None, Some(&other));
            changed.others.push((other.clone(), b"id\n\"1\"".to_vec()));
            Some(mutation("renamed").with(Claim::of_file("V0103", &other)))
        }
        3 => {
            changed.tables[at].is_there = false;
            Some(mutation("missing").with(Claim {
                code: Some("V0101"),
                file: None,
                line: None,
                column: None,
            }))
        }
        4 => {
            let other = format!("rdm_{table}.csv");
            let bytes = changed.base.tables[at].header.clone().into_bytes();
            changed.others.push((other.clone(), bytes));
            say(changed, "V0106", Some(&table), Some(&other));
            Some(mutation("a second file").with(Claim::of_file("V0106", &other)))
        }
        5 => {
            let other = format!("sub/{name}");
            changed.tables[at].names = vec![(other.clone(), rows)];
            changed.say_file("V0108", at, &[], None);
            Some(mutation("in a folder").with(Claim::of_file("V0108", &other)))
        }
        6 => {
            (rows > 1).then_some(())?;
            let first = 1 + random.below(rows as u64 - 1) as usize;
            let part = |number: u32| format!("{table}.{number:04}.csv");
            let is_gap = random.below(2) == 0;
            let last = if is_gap { 3 } else { 2 };
            changed.tables[at].names = vec![(part(1), first), (part(last), rows - first)];
            if !is_gap {
                return Some(Mutation::valid(
                    "in two parts",
                    format!("{name}: in two parts"),
                ));
            }
            say(changed, "V0121", Some(&table), None);
            Some(mutation("a part missing").with(Claim {
                code: Some("V0121"),
                file: None,
                line: None,
                column: None,
            }))
        }
        7 => {
            let other = format!(".{name}.{}.partial", random.below(9999));
            changed.others.push((other.clone(), b"id".to_vec()));
            say_name(changed, "V0118");
            Some(mutation("a partial file beside"))
        }
        _ => {
            let other = format!("{table}.xlsx");
            changed.others.push((other.clone(), b"PK".to_vec()));
            say(changed, "V0103", None, Some(&other));
            Some(mutation("a file of no table beside").with(Claim::of_file("V0103", &other)))
        }
    }
}

/// Gives the package a manifest, mostly one with a fault that concerns the file of a table.
pub(super) fn manifest(changed: &mut Changed<'_>, at: usize, random: &mut Random) -> Mutation {
    let name = changed.tables[at].names[0].0.clone();
    let table = changed.base.table(at).name.clone();
    let (title, change, code, is_file) = match random.below(8) {
        0 => ("cut", ManifestChange::Cut, "V0109", false),
        1 => ("a row more", ManifestChange::Rows(at), "V0110", true),
        2 => ("a byte more", ManifestChange::Bytes(at), "V0110", true),
        3 => ("another hash", ManifestChange::Hash(at), "V0111", true),
        4 => ("another version", ManifestChange::Version, "V0112", false),
        5 => (
            "a file not listed",
            ManifestChange::Unlisted(at),
            "V0113",
            true,
        ),
        6 => {
            let missing = format!("{table}.7777.csv");
            let change = ManifestChange::Missing(missing, table.clone());
            ("a file that is not there", change, "V0102", false)
        }
        _ => {
            changed.manifest = Some(ManifestChange::None);
            return Mutation::valid("a right one", "manifest");
        }
    };
    changed.manifest = Some(change);
    let mutation = Mutation::open(title, format!("manifest: {title} ({name})"));
    if is_file {
        say(changed, code, Some(&table), Some(&name));
        return mutation.with(Claim::of_file(code, &name));
    }
    say(
        changed,
        code,
        (code == "V0102").then_some(table.as_str()),
        None,
    );
    mutation.with(Claim {
        code: Some(code),
        file: None,
        line: None,
        column: None,
    })
}

fn say_name(changed: &mut Changed<'_>, code: &str) {
    say(changed, code, None, None);
}

fn say(changed: &mut Changed<'_>, code: &str, table: Option<&str>, file: Option<&str>) {
    let kind = Kind {
        code: code.to_owned(),
        rule: None,
        table: table.map(str::to_owned),
        columns: Vec::new(),
    };
    let place = Place {
        file: file.map(str::to_owned),
        line: None,
    };
    changed.said.add(kind, place, 1);
}
