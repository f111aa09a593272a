//! Rows to a folder of CSV files, one for each table, complete or not there at all.
//!
//! Files grow under temporary names in the folder and get their own by [`Folder::finish`]; a folder
//! that is dropped before removes what it wrote. Every table of the model has its file, if only with
//! a header.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::Sink;
use crate::diagnostic::Text;
use crate::model::eval::Day;
use crate::model::scenario::Atom;
use crate::model::{BaseType, BooleanForm, CsvProfile, Model, NullForm, Table, TableId};
use crate::text;

/// A file's buffer is handed on when it holds so many bytes.
const BLOCK: usize = 64 * 1024;

const DAY_MICROS: i64 = 86_400_000_000;

/// A package on its way to the disk.
#[derive(Debug)]
pub struct Folder<'m> {
    model: &'m Model,
    folder: PathBuf,
    /// Whether the folder was not there before.
    made: bool,
    overwrite: bool,
    profile: CsvProfile,
    tables: Vec<Pending>,
    finished: bool,
}

/// The file of one table.
#[derive(Debug)]
struct Pending {
    path: PathBuf,
    temporary: PathBuf,
    file: File,
    buffer: Vec<u8>,
    rows: u64,
    handed_on: u64,
}

/// What a package holds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// The tables, in the model's order.
    pub tables: Vec<TableSummary>,
}

impl Summary {
    /// Rows of all tables.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }

    /// Bytes of all files.
    pub fn bytes(&self) -> u64 {
        self.tables.iter().map(|table| table.bytes).sum()
    }
}

/// One file of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableSummary {
    /// Physical name of the table.
    pub table: String,
    /// Rows, the header not counted.
    pub rows: u64,
    /// Bytes.
    pub bytes: u64,
}

/// Why a package cannot be written.
#[derive(Debug)]
pub enum FolderError {
    /// The folder holds files already.
    Occupied(PathBuf),
    /// A file or folder could not be made, written or renamed.
    Io(PathBuf, io::Error),
}

impl FolderError {
    /// Place and reason.
    pub fn message(&self) -> Text {
        match self {
            FolderError::Occupied(path) => {
                let path = path.display();
                text!(
                    "the folder `{path}` is not empty",
                    "папка `{path}` не пуста"
                )
            }
            FolderError::Io(path, error) => {
                let path = path.display();
                text!("`{path}`: {error}", "`{path}`: {error}")
            }
        }
    }
}

impl<'m> Folder<'m> {
    /// Begins a package; the folder is made when it is missing. One that holds anything is refused
    /// unless it may be written over: files of tables are then replaced, what a run that was killed
    /// left of them is removed, others stay.
    ///
    /// # Errors
    /// The folder is not empty, or it or a file in it cannot be made.
    pub fn create(
        model: &'m Model,
        folder: impl Into<PathBuf>,
        overwrite: bool,
    ) -> Result<Self, FolderError> {
        let folder = folder.into();
        let made = folder.symlink_metadata().is_err();
        if !made && !overwrite {
            let failed = |error| FolderError::Io(folder.clone(), error);
            if fs::read_dir(&folder).map_err(failed)?.next().is_some() {
                return Err(FolderError::Occupied(folder));
            }
        }
        fs::create_dir_all(&folder).map_err(|error| FolderError::Io(folder.clone(), error))?;
        let mut package = Folder {
            model,
            folder,
            made,
            overwrite,
            profile: model.showcase().csv,
            tables: Vec::new(),
            finished: false,
        };
        if !made && overwrite {
            package.clean()?;
        }
        for table in model.tables() {
            let pending = package.begin(table)?;
            package.tables.push(pending);
        }
        Ok(package)
    }

    /// Removes the temporary files of earlier runs, which nobody else would find: their names begin
    /// with a dot.
    fn clean(&self) -> Result<(), FolderError> {
        let failed = |error| FolderError::Io(self.folder.clone(), error);
        for entry in fs::read_dir(&self.folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name();
            if name.to_str().is_some_and(|name| self.is_leftover(name)) {
                let path = entry.path();
                fs::remove_file(&path).map_err(|error| FolderError::Io(path, error))?;
            }
        }
        Ok(())
    }

    /// Whether a name is that of a temporary file, see [`Folder::begin`].
    fn is_leftover(&self, name: &str) -> bool {
        let parts = name.strip_prefix('.').and_then(|rest| {
            let (file, process) = rest.strip_suffix(".partial")?.rsplit_once('.')?;
            Some((file.strip_suffix(".csv")?, process))
        });
        parts.is_some_and(|(table, process)| {
            self.model.find_table(table).is_some()
                && process.bytes().all(|byte| byte.is_ascii_digit())
        })
    }

    fn begin(&self, table: &Table) -> Result<Pending, FolderError> {
        let name = &table.name;
        let path = self.folder.join(format!("{name}.csv"));
        // Said now, not when half of the files have their names.
        if path.is_dir() {
            let error = io::Error::from(io::ErrorKind::IsADirectory);
            return Err(FolderError::Io(path, error));
        }
        let temporary = self
            .folder
            .join(format!(".{name}.csv.{}.partial", std::process::id()));
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&temporary)
            .map_err(|error| FolderError::Io(temporary.clone(), error))?;
        let header: Vec<String> = table
            .columns
            .iter()
            .map(|column| column.name.to_lowercase())
            .collect();
        Ok(Pending {
            path,
            temporary,
            file,
            buffer: header.join(";").into_bytes(),
            rows: 0,
            handed_on: 0,
        })
    }

    /// Gives every file its own name and says what the package holds.
    ///
    /// # Errors
    /// A failed write or rename; nothing of the package is left then, but files that replaced earlier
    /// ones.
    pub fn finish(mut self) -> Result<Summary, FolderError> {
        for pending in &mut self.tables {
            pending.hand_on()?;
            let synced = pending.file.sync_all();
            synced.map_err(|error| FolderError::Io(pending.temporary.clone(), error))?;
        }
        let mut named: Vec<&Path> = Vec::new();
        for pending in &self.tables {
            if let Err(error) = fs::rename(&pending.temporary, &pending.path) {
                if !self.overwrite {
                    for path in named {
                        let _ = fs::remove_file(path);
                    }
                }
                return Err(FolderError::Io(pending.path.clone(), error));
            }
            named.push(&pending.path);
        }
        self.finished = true;
        let tables = self.model.tables().iter().zip(&self.tables);
        Ok(Summary {
            tables: tables
                .map(|(table, pending)| TableSummary {
                    table: table.name.clone(),
                    rows: pending.rows,
                    bytes: pending.handed_on,
                })
                .collect(),
        })
    }
}

impl Drop for Folder<'_> {
    fn drop(&mut self) {
        if self.finished {
            return;
        }
        for pending in &self.tables {
            let _ = fs::remove_file(&pending.temporary);
        }
        if self.made {
            // Fails when something else stands there by now, as it should.
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

impl Sink for Folder<'_> {
    type Error = FolderError;

    fn row(&mut self, table: TableId, cells: &[Atom]) -> Result<(), FolderError> {
        let columns = &self.model.table(table).columns;
        let Some(pending) = self.tables.get_mut(table.index()) else {
            return Ok(());
        };
        let out = &mut pending.buffer;
        out.push(b'\n');
        for (at, (column, atom)) in columns.iter().zip(cells).enumerate() {
            if at > 0 {
                out.push(b';');
            }
            field(atom, column.ty.base, self.profile, out);
        }
        pending.rows += 1;
        if pending.buffer.len() >= BLOCK {
            pending.hand_on()?;
        }
        Ok(())
    }
}

impl Pending {
    fn hand_on(&mut self) -> Result<(), FolderError> {
        let written = self.file.write_all(&self.buffer);
        written.map_err(|error| FolderError::Io(self.temporary.clone(), error))?;
        self.handed_on += self.buffer.len() as u64;
        self.buffer.clear();
        Ok(())
    }
}

/// Writes one field by the rules F1–F11; the row is verified, so nothing in it is refused.
fn field(atom: &Atom, base: BaseType, profile: CsvProfile, out: &mut Vec<u8>) {
    if atom.is_null() {
        if profile.null == NullForm::Quoted {
            out.extend_from_slice(b"\"\"");
        }
        return;
    }
    out.push(b'"');
    match atom {
        Atom::Null => {}
        Atom::Text(text) => {
            for part in text.split_inclusive('"') {
                out.extend_from_slice(part.as_bytes());
                if part.ends_with('"') {
                    out.push(b'"');
                }
            }
        }
        Atom::Boolean(truth) => {
            let word = match (profile.boolean, truth) {
                (BooleanForm::Lower, true) => "true",
                (BooleanForm::Lower, false) => "false",
                (BooleanForm::Title, true) => "True",
                (BooleanForm::Title, false) => "False",
                (BooleanForm::Digit, true) => "1",
                (BooleanForm::Digit, false) => "0",
            };
            out.extend_from_slice(word.as_bytes());
        }
        // Most cells are moments and keys: these are written without a text in between.
        Atom::Date(day) => write_day(*day, out),
        Atom::Timestamp(micros) if base == BaseType::Timestamp(0) => {
            write_day(Day(micros.div_euclid(DAY_MICROS)), out);
            out.push(b' ');
            write_clock(micros.rem_euclid(DAY_MICROS), out);
        }
        Atom::Time(micros) if base == BaseType::Time(0) => write_clock(*micros, out),
        Atom::Integer(number) => {
            // Writing to memory does not fail.
            let _ = write!(out, "{number}");
        }
        other => {
            let text = other.to_value(base).and_then(|value| value.to_text(base));
            out.extend_from_slice(text.unwrap_or_default().as_bytes());
        }
    }
    out.push(b'"');
}

/// `YYYY-MM-DD`; the verifier has let no other day through.
fn write_day(day: Day, out: &mut Vec<u8>) {
    let (year, month, day) = day.civil().unwrap_or((1, 1, 1));
    two_digits(year / 100, out);
    two_digits(year % 100, out);
    out.push(b'-');
    two_digits(month, out);
    out.push(b'-');
    two_digits(day, out);
}

/// `hh:mm:ss` of microseconds of a day.
fn write_clock(micros: i64, out: &mut Vec<u8>) {
    let seconds = micros / 1_000_000;
    two_digits(seconds / 3600, out);
    out.push(b':');
    two_digits(seconds / 60 % 60, out);
    out.push(b':');
    two_digits(seconds % 60, out);
}

fn two_digits(number: i64, out: &mut Vec<u8>) {
    for digit in [number / 10 % 10, number % 10] {
        out.push(b'0' + u8::try_from(digit).unwrap_or(0));
    }
}
