//! Which files a table is read from, when names are not what they should be, or there are too many.

use std::collections::{BTreeMap, BTreeSet};

use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::model::{Model, TableId};
use vitrina_codegen::text;

use super::super::listing::folder_of;
use super::super::name::{self, Form, Meaning};
use super::super::{Package, whole};
use crate::{Facts, code};

/// A file that may hold rows of a table.
struct Candidate {
    file: usize,
    folder: String,
    is_listed: bool,
    meaning: Meaning,
}

impl Candidate {
    /// Files of one kind make a table together, one of each part: whole or parts, with prefix or without.
    fn kind(&self) -> (&str, bool, bool) {
        (
            &self.folder,
            self.meaning.is_prefixed,
            self.meaning.part.is_some(),
        )
    }

    /// The best first: listed, at the root, well named.
    fn rank(&self) -> (bool, &str, &Form, bool, Option<u32>, usize) {
        let meaning = &self.meaning;
        let part = meaning.part;
        let form = &meaning.form;
        (
            !self.is_listed,
            &self.folder,
            form,
            meaning.is_prefixed,
            part,
            self.file,
        )
    }
}

/// Gives each table its files, and says what is wrong with names.
pub(super) fn tables(model: &Model, package: &mut Package) {
    let mut by_table: BTreeMap<TableId, Vec<Candidate>> = BTreeMap::new();
    for file in 0..package.files.len() {
        let path = package.files[file].name.clone();
        let folder = folder_of(&path).to_owned();
        let own = path.get(folder.len()..).unwrap_or_default();
        let is_outside = folder.starts_with("../");
        let Some(meaning) = name::meaning(model, own).filter(|_| !is_outside) else {
            say_unknown(model, package, file, &path, own);
            continue;
        };
        say_name(package, file, &path, &folder, &meaning);
        by_table.entry(meaning.table).or_default().push(Candidate {
            file,
            folder,
            is_listed: package.listed(file).is_some(),
            meaning,
        });
    }
    for (table, candidates) in by_table {
        choose(model, package, table, candidates);
    }
}

fn choose(model: &Model, package: &mut Package, table: TableId, mut candidates: Vec<Candidate>) {
    candidates.sort_by(|left, right| left.rank().cmp(&right.rank()));
    let Some(best) = candidates.first() else {
        return;
    };
    let kind = (
        best.folder.clone(),
        best.meaning.is_prefixed,
        best.meaning.part.is_some(),
    );
    // Two folders, and neither is the place for files: nobody knows which was meant.
    let is_open = !best.folder.is_empty() && candidates.iter().any(|one| one.folder != best.folder);
    let mut taken: BTreeMap<Option<u32>, usize> = BTreeMap::new();
    let name = model.table(table).name.as_str();
    let mut others = BTreeSet::new();
    for one in &candidates {
        let is_kin = one.kind() == (kind.0.as_str(), kind.1, kind.2);
        if is_kin && !is_open && !taken.contains_key(&one.meaning.part) {
            taken.insert(one.meaning.part, one.file);
        } else {
            others.insert(one.file);
        }
    }
    for (part, file) in &taken {
        if let Some(entry) = package.files.get_mut(*file) {
            entry.table = Some(table);
            entry.part = *part;
            let meant = candidates.iter().find(|one| one.file == *file);
            let expected = meant.map(|one| one.meaning.expected.clone());
            entry.expected = expected.filter(|expected| *expected != entry.name);
        }
    }
    for file in others {
        let path = package.files[file].name.clone();
        let facts = Facts::default()
            .with("file", path.as_str())
            .with("table", name);
        let mut key = package.key(code::SECOND_FILE, Some(file), facts);
        key.table = Some(table);
        package.findings.add(key, whole(&path));
    }
    let mut due = 1;
    for part in taken.keys().flatten() {
        say_gap(package, table, name, due, part - 1);
        due = part + 1;
    }
    if !taken.is_empty() {
        package.tables.insert(table, taken.into_values().collect());
    }
}

/// Parts that are missing, from one number to another.
fn say_gap(package: &mut Package, table: TableId, name: &str, first: u32, last: u32) {
    if first > last {
        return;
    }
    let number = match first == last {
        true => format!("{first:04}"),
        false => format!("{first:04}–{last:04}"),
    };
    let facts = Facts::default().with("number", number).with("table", name);
    let mut key = package.key(code::MISSING_PART, None, facts);
    key.table = Some(table);
    package
        .findings
        .add(key, whole(&format!("{name}.{first:04}.csv")));
}

fn say_unknown(model: &Model, package: &mut Package, file: usize, path: &str, own: &str) {
    let hint = match name::nearest(model, own) {
        Some(name) => text!(": `{name}` may be meant", ": возможно, это `{name}`"),
        None => Text::default(),
    };
    let facts = Facts::default().with("file", path).with_text("hint", hint);
    let key = package.key(code::UNKNOWN_FILE, Some(file), facts);
    package.findings.add(key, whole(path));
}

/// What is wrong with the name of a file whose table is known.
fn say_name(package: &mut Package, file: usize, path: &str, folder: &str, meaning: &Meaning) {
    let mut say = |code, facts: Facts| {
        let mut key = package.key(code, Some(file), facts);
        key.table = Some(meaning.table);
        package.findings.add(key, whole(path));
    };
    if !folder.is_empty() {
        say(code::SUBFOLDER, Facts::default().with("file", folder));
    }
    let facts = Facts::default()
        .with("file", path)
        .with("expected", meaning.expected.as_str());
    match &meaning.form {
        Form::Exact => {}
        Form::Case => say(code::FILE_CASE, facts),
        Form::LookAlike(english, russian) => {
            let words = Text {
                en: english.clone(),
                ru: russian.clone(),
            };
            say(code::FILE_LOOK_ALIKE, facts.with_text("reason", words));
        }
    }
}
