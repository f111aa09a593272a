//! What changed between two full packages, by primary key: rows to upsert, keys to delete; and a package made
//! of an earlier one and such a delta.
//!
//! ```text
//! OLD ─► rows by key ─┐                      ┌─► upsert/<table>.csv   lines of NEW, new or changed
//!                     ├─ join ─► fate of ────┼─► delete/<table>.csv   keys that are gone
//! NEW ─► rows by key ─┘          every row   ├─► order/<table>.csv    where NEW has another order
//!                                            ├─► form/<table>.csv     lines that differ in form alone
//! OLD + delta ─► apply ─► NEW, to the byte   └─► delta.json           figures of OLD and NEW
//! ```
//!
//! `upsert` and `delete` are packages for the loader, each with its manifest; a table without changes has no
//! file in them. `order`, `form` and `delta.json` serve [`apply()`] alone.
//!
//! A row is changed when a field is: fields are compared as texts, quotes around and doubled within do not
//! count. Keys are compared as values, so that the number `07` is `7`. Memory is bounded by the options'
//! budget: rows are sorted by key on the disk when they outgrow it, as keys and hashes.

mod apply;
mod compare;
mod error;
mod join;
mod journal;
mod key;
mod make;
mod order;
mod problem;
mod rebuild;
mod side;
mod summary;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::Path;

use vitrina::package::{Manifest, ManifestFile, Mode};
use vitrina_codegen::model::{Model, Table};

use crate::files::aside::{Aside, OutError};
use crate::files::manifest::{self, profile};
use crate::files::out::Written;
use crate::files::source::Source;
use crate::store::Store;
use crate::{Budget, Code, Options, code};
use compare::compare;
use journal::Journal;
use key::Keys;
use make::{Made, make};
use problem::Problems as AllProblems;
use side::Side;

pub use apply::{Applied, apply};
pub use error::{Error, Failing};
pub use problem::{Problem, Problems};
pub use side::Which;
pub use summary::{Summary, TableSummary};

/// Writes what changed from `old` to `new` into the folder `out`, which must be missing or empty. The folder
/// is there as a whole or not at all.
///
/// Tables that the new package lacks are refused, unless `missing` allows it: all their rows are then
/// deleted.
///
/// # Errors
/// Packages that cannot be read or hold changes only, missing tables, rows that cannot be told apart by
/// their keys, and a disk that refuses.
pub fn delta(
    model: &Model,
    old: &Path,
    new: &Path,
    out: &Path,
    missing: bool,
    options: &Options,
) -> Result<Summary, Error> {
    let aside = Aside::create(out, &[old, new])?;
    let open = |which, path| open_full(model, which, path, options);
    let (old, new) = (open(Which::Old, old)?, open(Which::New, new)?);
    let tables: Vec<&Table> = model
        .tables()
        .iter()
        .filter(|table| !old.files_of(table.id).is_empty() || !new.files_of(table.id).is_empty())
        .collect();
    let gone = tables
        .iter()
        .filter(|table| new.files_of(table.id).is_empty());
    let gone: Vec<String> = gone.map(|table| table.name.clone()).collect();
    if !missing && !gone.is_empty() {
        return Err(Error::MissingTables(gone));
    }

    let stores = Stores::of(options);
    let folder = aside.path();
    let mut problems = AllProblems::default();
    let mut made: Vec<Made> = Vec::new();
    for table in tables {
        let side = |which, source| Side::full(which, source, table, options.samples);
        let (was, is) = (side(Which::Old, &old), side(Which::New, &new));
        let keys = Keys::of_rows(model, table);
        let csv = model.showcase().csv;
        let parallel = options.threads.get() > 1;
        let compared = compare(&was, &is, &keys, csv, &stores, parallel, &mut problems)?;
        // With one table in the way nothing is written any more, but all are looked at.
        if let Some(comparison) = compared.filter(|_| problems.is_empty()) {
            made.push(make(&is, comparison, folder)?);
        }
    }
    if !problems.is_empty() {
        return Err(Error::Problems(problems));
    }

    let upserts = made.iter().map(|one| (&one.entry.table, &one.upsert));
    write_manifest(model, &folder.join("upsert"), Mode::Upsert, upserts, &new)?;
    let deletes = made.iter().map(|one| (&one.entry.table, &one.delete));
    write_manifest(model, &folder.join("delete"), Mode::Delete, deletes, &new)?;
    let journal = Journal {
        showcase: model.showcase().mnemonic.clone(),
        version: model.showcase().version.to_string(),
        tables: made.into_iter().map(|one| one.entry).collect(),
        manifest: new
            .package()
            .and_then(|package| package.manifest_text.clone()),
    };
    // Scripts of tables that need none leave their folder behind.
    let _ = fs::remove_dir(folder.join("order"));
    manifest::write(&folder.join(journal::FILE), &journal.to_json())?;
    aside.finish()?;
    Ok(Summary::new(model, &journal, options.deletion_threshold))
}

/// Memory for the two sides of a join and for what comes of it: none can starve another.
struct Stores {
    old: Store,
    new: Store,
    results: Store,
}

impl Stores {
    fn of(options: &Options) -> Stores {
        let eighths = |count: u64| {
            let budget = Budget::new(options.memory / 8 * count);
            Store::new(budget, options.temporary.clone())
        };
        Stores {
            old: eighths(3),
            new: eighths(3),
            results: eighths(2),
        }
    }
}

/// Opens a package that holds everything.
fn open_full(model: &Model, which: Which, path: &Path, options: &Options) -> Result<Source, Error> {
    let source = Source::open(model, path, options).map_err(Error::Open)?;
    if source.mode() != Mode::Full {
        return Err(Error::NotFull(which));
    }
    // What is missing would be taken for deleted, or for new.
    let mut problems = AllProblems::default();
    for (key, group) in source
        .package()
        .into_iter()
        .flat_map(|it| it.findings.groups())
    {
        if INCOMPLETE.contains(&key.code) {
            let table = key.table.map(|id| model.table(id).name.clone());
            problems.add(options.samples, || Problem {
                code: key.code,
                which,
                table: table.unwrap_or_default(),
                file: group
                    .samples
                    .first()
                    .and_then(|sample| sample.value.clone())
                    .unwrap_or_default(),
                line: None,
                first: None,
                key: None,
                facts: key.facts.clone(),
            });
        }
    }
    match problems.is_empty() {
        true => Ok(source),
        false => Err(Error::Problems(problems)),
    }
}

/// Findings of packages that do not hold all their rows, hold them twice, or do not say which they hold.
const INCOMPLETE: [Code; 6] = [
    code::MANIFEST_FORM,
    code::MISSING_LISTED,
    code::SECOND_FILE,
    code::ARCHIVE,
    code::READ_FAILED,
    code::MISSING_PART,
];

/// Writes the manifest of a package of the delta.
fn write_manifest<'a>(
    model: &Model,
    folder: &Path,
    mode: Mode,
    files: impl Iterator<Item = (&'a String, &'a Option<(u64, Written)>)>,
    new: &Source,
) -> Result<(), OutError> {
    fs::create_dir_all(folder).map_err(OutError::at(folder))?;
    let mut files: Vec<ManifestFile> = files
        .filter_map(|(table, file)| {
            let (rows, written) = file.as_ref()?;
            Some(ManifestFile {
                name: format!("{table}.csv"),
                table: table.clone(),
                rows: *rows,
                bytes: written.bytes,
                sha256: written.sha256.clone(),
            })
        })
        .collect();
    files.sort_by(|one, other| one.name.cmp(&other.name));
    let manifest = Manifest {
        showcase: model.showcase().mnemonic.clone(),
        version: model.showcase().version.to_string(),
        producer: new.producer(),
        mode,
        profile: profile(model.showcase().csv),
        files,
    };
    manifest::write(&folder.join(Manifest::FILE), &manifest.to_json())
}
