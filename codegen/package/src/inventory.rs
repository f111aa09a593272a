//! What a package holds: its files, their tables, its manifest; and what is wrong with that.
//!
//! ```text
//! folder ─┐                      ┌─► manifest ─┐
//!         ├─► list of files ─► root             ├─► files by table ─► Package ─► (read) ─► conclusion
//! zip ────┘   (refused ones)     └─► names ────┘                                          (figures, hashes,
//!                                                                                          deletions)
//! ```

mod archive;
mod assign;
mod conclude;
mod entry;
mod folder;
mod listing;
mod manifest;
mod name;
mod previous;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use vitrina_codegen::model::{CsvProfile, Model, TableId};

use crate::read::stream::Fault;
use crate::{Cause, Error, Facts, GroupKey, Options, Sample, Subject, Tally, Unchecked, code};
pub use entry::Entry;
pub use manifest::{Listed, Manifest};

/// The most files that a package has: more are no package, and are not looked at.
pub const MOST_FILES: usize = 10_000;

/// What a package is kept in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A folder.
    Folder,
    /// A zip.
    Zip,
}

/// What a package says of the rows that it does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// `full`: there are none.
    Full,
    /// `upsert`: nothing; its rows are inserted, or replace those of the same key.
    Upsert,
    /// `delete`: nothing; its rows are keys of records to delete.
    Delete,
}

impl Mode {
    /// The word in the manifest.
    pub fn as_str(self) -> &'static str {
        match self {
            Mode::Full => "full",
            Mode::Upsert => "upsert",
            Mode::Delete => "delete",
        }
    }
}

/// A package that was opened, none of its tables read.
#[derive(Debug)]
#[non_exhaustive]
pub struct Package {
    /// Where it lies, as it was given.
    pub path: PathBuf,
    /// Its name without folders.
    pub name: String,
    /// What it is kept in.
    pub kind: Kind,
    /// The folder inside it that holds its files, with a slash at the end; empty where they belong.
    pub root: String,
    /// Its files by name, those that belong to no table included.
    pub files: Vec<Entry>,
    /// What it says of other rows.
    pub mode: Mode,
    /// How absent values and booleans are written: by the manifest, else by the model.
    pub profile: CsvProfile,
    /// The manifest, if there is one that can be read.
    pub manifest: Option<Manifest>,
    /// The manifest's text, be it readable as one or not.
    pub(crate) manifest_text: Option<String>,
    /// Rows of the tables of the previous package, if one was given; tables that cannot be counted are
    /// left out.
    pub previous: Option<BTreeMap<TableId, u64>>,
    /// What was found so far.
    pub findings: Tally<'static>,
    /// What was not checked so far.
    pub unchecked: Vec<Unchecked<'static>>,
    tables: BTreeMap<TableId, Vec<usize>>,
    /// Tables whose files are there, but nobody may read them.
    refused: BTreeSet<TableId>,
}

/// Opens a package: a folder, or a zip. Reads its list of files and its manifest.
///
/// # Errors
/// There is no package there, or it cannot be read at all; or the previous one.
pub fn open(model: &Model, path: &Path, options: &Options) -> Result<Package, Error> {
    let mut package = open_alone(model, path, options)?;
    if package.mode != Mode::Full {
        package.say_unchecked(Subject::Deletions, Cause::Changes);
    } else if let Some(previous) = &options.previous {
        let rows = previous::rows(model, previous, options);
        package.previous = Some(rows.map_err(|error| Error::Previous(Box::new(error)))?);
    } else {
        package.say_unchecked(Subject::Deletions, Cause::NoPrevious);
    }
    Ok(package)
}

/// Opens a package without a look at the previous one.
fn open_alone(model: &Model, path: &Path, options: &Options) -> Result<Package, Error> {
    let metadata = std::fs::metadata(path).map_err(|error| Error::io(path, error))?;
    let (kind, found) = if metadata.is_dir() {
        (Kind::Folder, folder::list(path)?)
    } else if metadata.is_file() {
        (Kind::Zip, archive::list(path, &metadata)?)
    } else {
        return Err(Error::NotPackage(path.into()));
    };
    // `.` and the like have no name of their own.
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let mut package = Package {
        path: path.into(),
        name: name.unwrap_or_default(),
        kind,
        root: String::new(),
        files: Vec::new(),
        mode: Mode::Full,
        profile: model.showcase().csv,
        manifest: None,
        manifest_text: None,
        previous: None,
        findings: Tally::new(options.samples),
        unchecked: Vec::new(),
        tables: BTreeMap::new(),
        refused: BTreeSet::new(),
    };
    assign::fill(model, &mut package, found, options);
    Ok(package)
}

impl Package {
    /// The files of a table, by position, in the order in which they are read.
    pub fn files_of(&self, table: TableId) -> &[usize] {
        self.tables.get(&table).map_or(&[], Vec::as_slice)
    }

    /// The tables that have files.
    pub fn tables(&self) -> impl Iterator<Item = (TableId, &[usize])> {
        let all = self.tables.iter();
        all.map(|(table, files)| (*table, files.as_slice()))
    }

    /// Bytes of a file, unpacked.
    pub fn bytes(&self, file: usize) -> u64 {
        self.files.get(file).map_or(0, |entry| entry.bytes)
    }

    /// Bytes of all files of tables, unpacked: how much is there to read.
    pub fn bytes_to_read(&self) -> u64 {
        let files = self.tables.values().flatten();
        files.map(|file| self.bytes(*file)).sum()
    }

    /// What the manifest says of a file.
    pub fn listed(&self, file: usize) -> Option<&Listed> {
        let entry = self.files.get(file)?;
        let manifest = self.manifest.as_ref()?;
        let mut files = manifest.files.iter();
        files.find(|listed| entry.is_called(&listed.name))
    }

    /// Whether reading a file again begins at its start.
    pub(crate) fn is_packed(&self, file: usize) -> bool {
        let entry = self.files.get(file);
        entry.is_some_and(|entry| {
            matches!(entry.location, crate::read::stream::Location::Packed(..))
        })
    }

    /// Says of a file why it cannot be read.
    pub(crate) fn say_fault(&self, file: usize, fault: Fault, findings: &mut Tally<'static>) {
        let name = self.files.get(file).map_or("", |entry| &entry.name);
        let facts = Facts::default().with("file", name);
        let (code, facts) = match fault {
            Fault::Changed => (code::CHANGED, facts),
            Fault::Archive(reason) => (code::ARCHIVE, facts.with_text("reason", reason)),
            Fault::Io(error) => (code::READ_FAILED, facts.with("reason", error.to_string())),
        };
        findings.add(self.key(code, Some(file), facts), whole(name));
    }

    /// The key of findings of a file.
    fn key(&self, code: crate::Code, file: Option<usize>, facts: Facts) -> GroupKey<'static> {
        GroupKey {
            code,
            rule: None,
            table: file.and_then(|file| self.files.get(file)?.table),
            file,
            columns: Vec::new(),
            facts,
        }
    }

    fn say_unchecked(&mut self, subject: Subject<'static>, cause: Cause) {
        self.unchecked.push(Unchecked {
            subject,
            table: None,
            columns: Vec::new(),
            cause,
        });
    }
}

/// A file, as the sample of a finding.
fn whole(name: &str) -> Sample {
    Sample {
        row: None,
        line: None,
        count: 1,
        value: Some(name.to_owned()),
    }
}

#[cfg(test)]
mod tests;
