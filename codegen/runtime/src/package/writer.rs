//! The writer of a package: tables by the types of their records.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::folder::PackageFolder;
use super::stream::TableStream;
use super::{
    Error, ErrorKind, KeyWriter, Mode, PackageOptions, Summary, TableSummary, TableWriter,
};
use crate::csv::Profile;
use crate::record::Record;
use crate::record::meta::{Showcase, Table};

/// Writes a package, table by table, in any order; several threads may each write a table at the
/// same time.
#[derive(Debug)]
pub struct PackageWriter {
    folder: PackageFolder,
    /// The tables that were begun, by name.
    tables: Mutex<BTreeMap<&'static str, &'static Table>>,
}

impl PackageWriter {
    /// Begins a package by the model's own profile; existing files stay.
    ///
    /// # Errors
    /// As for [`PackageOptions::create`].
    pub fn create(folder: impl Into<PathBuf>) -> Result<Self, Error> {
        PackageOptions::new().create(folder)
    }

    pub(super) fn with_options(folder: PathBuf, options: PackageOptions) -> Result<Self, Error> {
        Ok(PackageWriter {
            folder: PackageFolder::create(folder, options)?,
            tables: Mutex::default(),
        })
    }

    /// Writes all rows of a table and gives back how many there were.
    ///
    /// # Errors
    /// A refused value (with table, row and column), a table that was written before, a file that
    /// exists, a failed write, a package that takes keys. The table is then not in the package;
    /// others are.
    pub fn write<'a, R: Record + 'a>(
        &self,
        rows: impl IntoIterator<Item = &'a R>,
    ) -> Result<u64, Error> {
        let mut table = self.table::<R>()?;
        for row in rows {
            table.write(row)?;
        }
        table.close()
    }

    /// Writes all rows of a table, encoded by as many threads as `threads` says: the same bytes as
    /// by [`PackageWriter::write`]. [`TableWriter::write_parallel`] takes rows in portions.
    ///
    /// # Errors
    /// As for [`PackageWriter::write`].
    pub fn write_parallel<R: Record + Sync>(
        &self,
        rows: &[R],
        threads: usize,
    ) -> Result<u64, Error> {
        let mut table = self.table::<R>()?;
        table.write_parallel(rows, threads)?;
        table.close()
    }

    /// Begins a table whose rows come one by one; [`TableWriter::close`] completes it.
    ///
    /// # Errors
    /// A table that was begun before, a file that exists, a file that cannot be made, a table of
    /// another showcase, a package that takes keys.
    pub fn table<R: Record>(&self) -> Result<TableWriter<'_, R>, Error> {
        let stream = self.begin(R::TABLE, R::TABLE.header, |mode| mode != Mode::Delete)?;
        TableWriter::new(stream, self.profile(R::TABLE.showcase))
    }

    /// Writes the primary keys of rows to delete, and gives back how many there were. Keys are those
    /// that the rows were sent with, the supplier's prefix included.
    ///
    /// # Errors
    /// As for [`PackageWriter::write`], and a package of another mode than [`Mode::Delete`].
    pub fn delete_keys<'a, R: Record>(
        &self,
        keys: impl IntoIterator<Item = &'a R::Key>,
    ) -> Result<u64, Error>
    where
        R::Key: 'a,
    {
        let mut table = self.keys::<R>()?;
        for key in keys {
            table.write(key)?;
        }
        table.close()
    }

    /// Begins a table of keys that come one by one; [`KeyWriter::close`] completes it.
    ///
    /// # Errors
    /// As for [`PackageWriter::table`], and a package of another mode than [`Mode::Delete`].
    pub fn keys<R: Record>(&self) -> Result<KeyWriter<'_, R>, Error> {
        let header = super::keys::header(R::TABLE);
        let stream = self.begin(R::TABLE, &header, |mode| mode == Mode::Delete)?;
        Ok(KeyWriter::new(stream, self.profile(R::TABLE.showcase)))
    }

    fn begin(
        &self,
        table: &'static Table,
        header: &str,
        fits: fn(Mode) -> bool,
    ) -> Result<TableStream, Error> {
        let mode = self.folder.options().mode;
        if !fits(mode) {
            let table = table.name.to_owned();
            return Err(ErrorKind::Mode { table, mode }.into());
        }
        let mut tables = self.tables();
        if let Some(other) = tables.values().next() {
            let name = |of: &Showcase| format!("{} {}", of.mnemonic, of.version);
            let (expected, found) = (name(other.showcase), name(table.showcase));
            if expected != found {
                return Err(ErrorKind::Showcase {
                    table: table.name.to_owned(),
                    expected,
                    found,
                }
                .into());
            }
        }
        let stream = self.folder.begin(table.name, header)?;
        tables.insert(table.name, table);
        Ok(stream)
    }

    fn profile(&self, showcase: &Showcase) -> Profile {
        self.folder.options().profile.unwrap_or(showcase.profile)
    }

    fn tables(&self) -> MutexGuard<'_, BTreeMap<&'static str, &'static Table>> {
        // Every change is one call to the map: a thread that panics leaves it in order.
        self.tables.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives every file its own name, the manifest last, and says what the package holds. Where
    /// earlier files may be replaced, all that belong to the same tables are.
    ///
    /// A package without any table has no manifest and changes nothing in the folder; a table
    /// without rows is a table too.
    ///
    /// # Errors
    /// A file exists that may not be replaced, or cannot be renamed: no file of the package is left
    /// then, and earlier ones are as they were.
    pub fn finish(self) -> Result<Summary, Error> {
        let mode = self.folder.options().mode;
        let known = std::mem::take(&mut *self.tables());
        let showcase = known.values().next().map(|table| table.showcase);
        let profile = showcase.map(|it| self.profile(it)).unwrap_or_default();
        let (name, version) = showcase.map_or(("", ""), |it| (it.mnemonic, it.version));
        let mut finished = self.folder.finish(name, version, profile)?;
        let mut tables = Vec::new();
        for (name, table) in known {
            // Tables that failed are known, but not in the package.
            let Some(files) = finished.tables.remove(name) else {
                continue;
            };
            tables.extend(
                files
                    .first()
                    .map(|file| file.path.clone())
                    .map(|path| TableSummary {
                        table: name,
                        title: table.title,
                        path,
                        rows: files.iter().map(|file| file.rows).sum(),
                        bytes: files.iter().map(|file| file.bytes).sum(),
                        files,
                    }),
            );
        }
        Ok(Summary {
            mode,
            tables,
            manifest: finished.manifest,
            others: finished.others,
        })
    }
}
