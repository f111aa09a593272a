//! The new package made of the old one and a delta, to the byte, or nothing.

use std::fs::{self, File};
use std::path::Path;

use vitrina::package::{Manifest, Mode};
use vitrina_codegen::model::{Model, Table};
use vitrina_codegen::text;

use super::error::Error;
use super::journal::{self, FileEntry, Journal, TableEntry};
use super::rebuild::{Parts, rebuild};
use super::summary::rows;
use super::{Stores, Which, open_full};
use crate::Options;
use crate::files::aside::Aside;
use crate::files::lines::Lines;
use crate::files::manifest;
use crate::files::source::Source;

/// What a delta can weigh beside its tables: `delta.json` is held in memory.
const MOST_JOURNAL: u64 = 64 << 20;

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// Files.
    pub files: u64,
    /// Rows of all files.
    pub rows: u64,
    /// Bytes of all files.
    pub bytes: u64,
}

/// Makes the package that `delta` leads to from `old`, in the folder `out`, which must be missing or empty.
/// The old package must be the one that the delta was made of, and the result is what it was made of as
/// well, both proved by SHA-256; otherwise there is no folder.
///
/// # Errors
/// Another old package, a delta that was changed, and a disk that refuses.
pub fn apply(
    model: &Model,
    old: &Path,
    delta: &Path,
    out: &Path,
    options: &Options,
) -> Result<Applied, Error> {
    let aside = Aside::create(out, &[old, delta])?;
    let journal = read_journal(&delta.join(journal::FILE))?;
    if journal.showcase != model.showcase().mnemonic {
        return Err(Error::OtherModel(journal.showcase));
    }
    let old = open_full(model, Which::Old, old, options)?;
    let upsert = open_changes(model, &delta.join("upsert"), Mode::Upsert, options)?;
    let delete = open_changes(model, &delta.join("delete"), Mode::Delete, options)?;
    let tables = entries(model, &journal)?;
    check_old(model, &old, &tables)?;
    let stores = Stores::of(options);
    let mut applied = Applied {
        files: 0,
        rows: 0,
        bytes: 0,
    };
    for (table, entry) in &tables {
        let parts = Parts {
            model,
            table,
            entry,
            old: &old,
            upsert: &upsert,
            delete: &delete,
            form: delta.join("form").join(format!("{}.csv", table.name)),
            order: delta.join("order").join(format!("{}.csv", table.name)),
        };
        rebuild(&parts, aside.path(), &stores)?;
        applied.files += entry.new.len() as u64;
        applied.rows += rows(&entry.new);
        applied.bytes += entry.new.iter().map(|file| file.bytes).sum::<u64>();
    }
    if let Some(text) = &journal.manifest {
        manifest::write(&aside.path().join(Manifest::FILE), text)?;
    }
    aside.finish()?;
    Ok(applied)
}

fn read_journal(path: &Path) -> Result<Journal, Error> {
    let name = path.display().to_string();
    let length = fs::metadata(path).map_err(Error::reading(&name))?.len();
    if length > MOST_JOURNAL {
        return Err(Error::Broken(text!(
            "`{name}` is longer than any that `vitrina delta` writes",
            "`{name}` длиннее любого, какой пишет `vitrina delta`"
        )));
    }
    let text = fs::read(path).map_err(Error::reading(&name))?;
    Journal::parse(&text)
}

fn open_changes(
    model: &Model,
    path: &Path,
    mode: Mode,
    options: &Options,
) -> Result<Source, Error> {
    let source = Source::open(model, path, options).map_err(Error::Open)?;
    if source.mode() == mode {
        return Ok(source);
    }
    let (path, mode) = (path.display(), mode.name());
    Err(Error::Broken(text!(
        "`{path}` is no package of the mode `{mode}`",
        "`{path}` — не пакет с режимом `{mode}`"
    )))
}

/// The tables of the journal in the model, each once.
fn entries<'a>(
    model: &'a Model,
    journal: &'a Journal,
) -> Result<Vec<(&'a Table, &'a TableEntry)>, Error> {
    let mut found: Vec<(&Table, &TableEntry)> = Vec::new();
    for entry in &journal.tables {
        let name = &entry.table;
        let table = model.find_table(name);
        let twice = found.iter().any(|(_, known)| known.table == *name);
        match table.filter(|_| !twice) {
            Some(table) => found.push((table, entry)),
            None => {
                return Err(Error::Broken(text!(
                    "the delta's table `{name}` is not in the model, or comes twice",
                    "таблицы `{name}` из дельты нет в модели, или она названа дважды"
                )));
            }
        }
    }
    Ok(found)
}

/// Proves that the old package is the one that the delta was made of.
fn check_old(model: &Model, old: &Source, tables: &[(&Table, &TableEntry)]) -> Result<(), Error> {
    for table in model.tables() {
        let expected = tables.iter().find(|(known, _)| known.id == table.id);
        let expected: &[FileEntry] = expected.map_or(&[], |(_, entry)| entry.old.as_slice());
        let files = old.files_of(table.id);
        if files.len() != expected.len() {
            let other = expected.first().map(|file| file.name.clone());
            let name = files.first().map(|file| old.name(*file).to_owned());
            return Err(Error::WrongOld(name.or(other).unwrap_or_default()));
        }
        for (file, expected) in files.into_iter().zip(expected) {
            let name = old.name(file);
            let input = old.read(file).map_err(Error::reading(name))?;
            let found = Lines::new(input).finish().map_err(Error::reading(name))?;
            if found.bytes != expected.bytes || found.sha256 != expected.sha256 {
                return Err(Error::WrongOld(name.to_owned()));
            }
        }
    }
    Ok(())
}

/// Opens a file of the delta that must be there.
pub(super) fn open(path: &Path) -> Result<File, Error> {
    let name = path.display().to_string();
    File::open(path).map_err(Error::reading(&name))
}
