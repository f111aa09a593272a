//! Rows to a folder of CSV files, one for each table, with a manifest: complete or not there at all.
//!
//! The runtime's [`PackageFolder`] gives the files their names in the end; a folder that is dropped
//! before leaves nothing. Every table of the model has its file, if only with a header.

use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;

use vitrina::csv::{self, Profile};
use vitrina::package::{self, PackageFolder, PackageOptions, TableStream};

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
    // Before the folder, which goes last.
    tables: Vec<Pending>,
    package: PackageFolder,
    profile: CsvProfile,
}

/// The file of one table.
#[derive(Debug)]
struct Pending {
    stream: TableStream,
    buffer: Vec<u8>,
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

    /// Bytes of all tables.
    pub fn bytes(&self) -> u64 {
        self.tables.iter().map(|table| table.bytes).sum()
    }
}

/// One table of a package.
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
    /// The folder cannot be read.
    Io(PathBuf, io::Error),
    /// A file or folder could not be made, written or renamed.
    Package(package::Error),
}

impl From<package::Error> for FolderError {
    fn from(error: package::Error) -> Self {
        FolderError::Package(error)
    }
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
            FolderError::Package(error) => Text {
                en: error.message(vitrina::Lang::En),
                ru: error.message(vitrina::Lang::Ru),
            },
        }
    }
}

impl<'m> Folder<'m> {
    /// How packages are written when nobody says otherwise: with a manifest that names
    /// `vitrina sample` and its version.
    pub fn options() -> PackageOptions {
        PackageOptions::new().producer("vitrina sample", env!("CARGO_PKG_VERSION"))
    }

    /// Begins a package by [`Folder::options`], see [`Folder::with_options`].
    ///
    /// # Errors
    /// As for [`Folder::with_options`].
    pub fn create(
        model: &'m Model,
        folder: impl Into<PathBuf>,
        overwrite: bool,
    ) -> Result<Self, FolderError> {
        Self::with_options(model, folder, Self::options().overwrite(overwrite))
    }

    /// Begins a package; the folder is made when it is missing. One that holds anything is refused
    /// unless it may be written over: files of tables are then replaced, what a run that was killed
    /// left of them is removed, others stay. The profile is the model's unless the options have one.
    ///
    /// # Errors
    /// The folder is not empty, or it or a file in it cannot be made.
    pub fn with_options(
        model: &'m Model,
        folder: impl Into<PathBuf>,
        options: PackageOptions,
    ) -> Result<Self, FolderError> {
        let folder = folder.into();
        if !options.overwrite && folder.symlink_metadata().is_ok() {
            let failed = |error| FolderError::Io(folder.clone(), error);
            if fs::read_dir(&folder).map_err(failed)?.next().is_some() {
                return Err(FolderError::Occupied(folder));
            }
        }
        let profile = options.profile.map(of_runtime);
        let package = PackageFolder::create(folder, options)?;
        let begin = |table: &Table| -> Result<Pending, FolderError> {
            let names = table
                .columns
                .iter()
                .map(|column| column.name.to_lowercase());
            let header = names.collect::<Vec<_>>().join(";");
            Ok(Pending {
                stream: package.begin(&table.name, &header)?,
                buffer: Vec::new(),
            })
        };
        Ok(Folder {
            model,
            tables: model.tables().iter().map(begin).collect::<Result<_, _>>()?,
            profile: profile.unwrap_or(model.showcase().csv),
            package,
        })
    }

    /// Gives every file its own name and says what the package holds.
    ///
    /// # Errors
    /// A failed write or rename; nothing of the package is left then, and earlier files are as they
    /// were.
    pub fn finish(self) -> Result<Summary, FolderError> {
        for mut pending in self.tables {
            pending.hand_on()?;
            pending.stream.complete()?;
        }
        let showcase = self.model.showcase();
        let finished = self.package.finish(
            &showcase.mnemonic,
            &showcase.version.to_string(),
            to_runtime(self.profile),
        )?;
        let summary = |table: &Table| {
            let files = finished.tables.get(&table.name);
            let files = files.map_or(&[][..], Vec::as_slice);
            TableSummary {
                table: table.name.clone(),
                rows: files.iter().map(|file| file.rows).sum(),
                bytes: files.iter().map(|file| file.bytes).sum(),
            }
        };
        Ok(Summary {
            tables: self.model.tables().iter().map(summary).collect(),
        })
    }
}

/// A profile as the runtime has it.
fn to_runtime(profile: CsvProfile) -> Profile {
    Profile {
        null: match profile.null {
            NullForm::Quoted => csv::NullForm::Quoted,
            NullForm::Bare => csv::NullForm::Bare,
        },
        boolean: match profile.boolean {
            BooleanForm::Lower => csv::BooleanForm::Lower,
            BooleanForm::Title => csv::BooleanForm::Title,
            BooleanForm::Digit => csv::BooleanForm::Digit,
        },
    }
}

/// A profile of the runtime.
fn of_runtime(profile: Profile) -> CsvProfile {
    CsvProfile {
        null: match profile.null {
            csv::NullForm::Quoted => NullForm::Quoted,
            csv::NullForm::Bare => NullForm::Bare,
        },
        boolean: match profile.boolean {
            csv::BooleanForm::Lower => BooleanForm::Lower,
            csv::BooleanForm::Title => BooleanForm::Title,
            csv::BooleanForm::Digit => BooleanForm::Digit,
        },
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
        if pending.buffer.len() >= BLOCK {
            pending.hand_on()?;
        }
        Ok(())
    }
}

impl Pending {
    fn hand_on(&mut self) -> Result<(), FolderError> {
        self.stream.append(&self.buffer)?;
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
