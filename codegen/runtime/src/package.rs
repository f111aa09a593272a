//! A package: a folder with one CSV file for each table, complete or not there at all.
//!
//! Files grow under temporary names in the same folder and get their own by
//! [`PackageWriter::finish`]. A writer that is dropped before removes what it wrote, and the folder
//! if it made it.
//!
//! Rows are judged on the way by [`TableWriter::write_valid`].

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use crate::csv::{self, Profile};
use crate::finding::Severity;
use crate::record::Record;
use crate::{Context, Finding, Findings, Lang};

/// How a package is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct PackageOptions {
    /// The form of nulls and booleans; the model's own when none is given.
    pub profile: Option<Profile>,
    /// Whether files of an earlier package may be replaced.
    pub overwrite: bool,
}

impl PackageOptions {
    /// The model's own profile; existing files stay.
    pub fn new() -> Self {
        PackageOptions::default()
    }

    /// Sets the profile.
    #[must_use]
    pub fn profile(mut self, profile: Profile) -> Self {
        self.profile = Some(profile);
        self
    }

    /// Allows files of an earlier package to be replaced.
    #[must_use]
    pub fn overwrite(mut self, overwrite: bool) -> Self {
        self.overwrite = overwrite;
        self
    }

    /// Begins a package; the folder is made when it is missing.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn create(self, folder: impl Into<PathBuf>) -> Result<PackageWriter, Error> {
        let folder = folder.into();
        let made = folder.symlink_metadata().is_err();
        fs::create_dir_all(&folder).map_err(|error| Error::io(&folder, error))?;
        Ok(PackageWriter {
            folder,
            made,
            options: self,
            tables: BTreeMap::new(),
            finished: false,
        })
    }
}

/// Writes a package, table by table, in any order.
#[derive(Debug)]
pub struct PackageWriter {
    folder: PathBuf,
    /// Whether the folder was not there before.
    made: bool,
    options: PackageOptions,
    tables: BTreeMap<&'static str, Pending>,
    finished: bool,
}

/// The file of one table on its way.
#[derive(Debug)]
struct Pending {
    title: &'static str,
    path: PathBuf,
    temporary: PathBuf,
    /// Rows and bytes, once the table is complete.
    written: Option<(u64, u64)>,
}

/// What a package holds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// The tables, by name.
    pub tables: Vec<TableSummary>,
}

impl Summary {
    /// Rows of all tables.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }
}

/// One file of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableSummary {
    /// Physical name of the table.
    pub table: &'static str,
    /// Title of the table, Russian.
    pub title: &'static str,
    /// The file.
    pub path: PathBuf,
    /// Rows, the header not counted.
    pub rows: u64,
    /// Bytes.
    pub bytes: u64,
}

impl PackageWriter {
    /// Begins a package by the model's own profile; existing files of tables stay.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn create(folder: impl Into<PathBuf>) -> Result<Self, Error> {
        PackageOptions::new().create(folder)
    }

    /// Writes all rows of a table.
    ///
    /// # Errors
    /// A refused value (with table, row and column), a table that was written before, a file that
    /// exists, a failed write. The table is then not in the package; others are.
    pub fn write<'a, R: Record + 'a>(
        &mut self,
        rows: impl IntoIterator<Item = &'a R>,
    ) -> Result<u64, Error> {
        let mut table = self.table::<R>()?;
        for row in rows {
            table.write(row)?;
        }
        table.close()
    }

    /// Begins a table whose rows come one by one; [`TableWriter::close`] completes it.
    ///
    /// # Errors
    /// A table that was begun before, a file that exists, a file that cannot be made.
    pub fn table<R: Record>(&mut self) -> Result<TableWriter<'_, R>, Error> {
        let name = R::TABLE.name;
        if self.tables.contains_key(name) {
            return Err(Error(Box::new(ErrorKind::Twice { table: name })));
        }
        let path = self.folder.join(format!("{name}.csv"));
        self.refuse_existing(&path)?;
        let temporary = self
            .folder
            .join(format!(".{name}.csv.{}.partial", std::process::id()));
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&temporary)
            .map_err(|error| Error::io(&temporary, error))?;
        let profile = self.options.profile.unwrap_or(R::TABLE.showcase.profile);
        self.tables.insert(
            name,
            Pending {
                title: R::TABLE.title,
                path,
                temporary,
                written: None,
            },
        );
        let rows = csv::Writer::with_profile(file, profile).map_err(Error::row)?;
        Ok(TableWriter {
            package: self,
            rows: Some(rows),
        })
    }

    /// Gives every file its own name and says what the package holds.
    ///
    /// # Errors
    /// A file exists that may not be replaced, or a file cannot be renamed: no file of the package is
    /// left then, but those that replaced earlier ones.
    pub fn finish(mut self) -> Result<Summary, Error> {
        for pending in self.tables.values() {
            self.refuse_existing(&pending.path)?;
        }
        let mut named: Vec<&Path> = Vec::new();
        for pending in self.tables.values() {
            if let Err(error) = fs::rename(&pending.temporary, &pending.path) {
                if !self.options.overwrite {
                    for path in named {
                        let _ = fs::remove_file(path);
                    }
                }
                return Err(Error::io(&pending.path, error));
            }
            named.push(&pending.path);
        }
        self.finished = true;
        let tables = self.tables.iter().map(|(&table, pending)| {
            let (rows, bytes) = pending.written.unwrap_or_default();
            TableSummary {
                table,
                title: pending.title,
                path: pending.path.clone(),
                rows,
                bytes,
            }
        });
        Ok(Summary {
            tables: tables.collect(),
        })
    }

    fn refuse_existing(&self, path: &Path) -> Result<(), Error> {
        if !self.options.overwrite && path.symlink_metadata().is_ok() {
            return Err(Error(Box::new(ErrorKind::Exists {
                path: path.to_owned(),
            })));
        }
        Ok(())
    }

    fn forget(&mut self, table: &str) {
        if let Some(pending) = self.tables.remove(table) {
            let _ = fs::remove_file(pending.temporary);
        }
    }
}

impl Drop for PackageWriter {
    fn drop(&mut self) {
        if !self.finished {
            for pending in self.tables.values() {
                let _ = fs::remove_file(&pending.temporary);
            }
            if self.made {
                // Fails when something else stands there by now, as it should.
                let _ = fs::remove_dir(&self.folder);
            }
        }
    }
}

/// Writes the rows of one table of a package. Dropped before [`TableWriter::close`], it takes the table
/// out of the package.
#[derive(Debug)]
pub struct TableWriter<'a, R: Record> {
    package: &'a mut PackageWriter,
    /// None once closed.
    rows: Option<csv::Writer<R, File>>,
}

impl<R: Record> TableWriter<'_, R> {
    /// Writes a row.
    ///
    /// # Errors
    /// A refused value: nothing of the row is written, and the next one may follow. Or a failed
    /// write, after which none can.
    pub fn write(&mut self, row: &R) -> Result<(), Error> {
        match &mut self.rows {
            Some(rows) => rows.write(row).map_err(Error::row),
            None => Ok(()),
        }
    }

    /// Judges a row and writes it unless something makes it unfit, which `findings` then tells; says
    /// whether it was written. Rows that are merely suspicious are written.
    ///
    /// # Errors
    /// A failed write, after which none can follow.
    pub fn write_valid(
        &mut self,
        row: &R,
        context: &Context,
        findings: &mut Findings,
    ) -> Result<bool, Error> {
        let before = findings.len();
        row.validate(context, findings);
        let unfit = |finding: &Finding| finding.severity() == Severity::Error;
        if findings.iter().skip(before).any(unfit) {
            return Ok(false);
        }
        self.write(row).map(|()| true)
    }

    /// Completes the table and gives back the number of its rows.
    ///
    /// # Errors
    /// A failed write; the table is then not in the package.
    pub fn close(mut self) -> Result<u64, Error> {
        let Some(rows) = self.rows.take() else {
            return Ok(0);
        };
        let written = (rows.rows(), rows.bytes());
        let name = R::TABLE.name;
        let synced = rows.finish().map_err(Error::row).and_then(|file| {
            file.sync_all()
                .map_err(|error| self.package.error_of(name, error))
        });
        if let Err(error) = synced {
            self.package.forget(name);
            return Err(error);
        }
        if let Some(pending) = self.package.tables.get_mut(name) {
            pending.written = Some(written);
        }
        Ok(written.0)
    }
}

impl PackageWriter {
    fn error_of(&self, table: &str, error: io::Error) -> Error {
        let path = self
            .tables
            .get(table)
            .map_or(&self.folder, |pending| &pending.temporary);
        Error::io(path, error)
    }
}

impl<R: Record> Drop for TableWriter<'_, R> {
    fn drop(&mut self) {
        if self.rows.take().is_some() {
            self.package.forget(R::TABLE.name);
        }
    }
}

/// An error of writing a package.
pub struct Error(Box<ErrorKind>);

/// What is wrong.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A file of that name exists and may not be replaced.
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// A table comes twice.
    Twice {
        /// Physical name of the table.
        table: &'static str,
    },
    /// A file or folder could not be made, written or renamed.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A row was refused, or could not be written.
    Row(csv::Error),
}

impl Error {
    fn io(path: &Path, error: io::Error) -> Self {
        Error(Box::new(ErrorKind::Io {
            path: path.to_owned(),
            error,
        }))
    }

    fn row(error: csv::Error) -> Self {
        Error(Box::new(ErrorKind::Row(error)))
    }

    /// What is wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// Place and reason in `lang`, without any value of a row.
    pub fn message(&self, lang: Lang) -> String {
        match (&*self.0, lang) {
            (ErrorKind::Exists { path }, Lang::En) => {
                format!("`{}` exists and may not be replaced", path.display())
            }
            (ErrorKind::Exists { path }, Lang::Ru) => {
                format!(
                    "`{}` уже существует, заменять его не разрешено",
                    path.display()
                )
            }
            (ErrorKind::Twice { table }, Lang::En) => {
                format!("the table `{table}` is in the package already")
            }
            (ErrorKind::Twice { table }, Lang::Ru) => {
                format!("таблица `{table}` уже есть в пакете")
            }
            (ErrorKind::Io { path, error }, _) => format!("`{}`: {error}", path.display()),
            (ErrorKind::Row(error), lang) => error.message(lang),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &*self.0 {
            ErrorKind::Io { error, .. } => Some(error),
            ErrorKind::Row(error) => Some(error),
            _ => None,
        }
    }
}
