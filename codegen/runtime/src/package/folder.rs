//! A folder that becomes a package: files grow aside and get their names together. Tables are known
//! by name alone; [`PackageWriter`](super::PackageWriter) puts records on top.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::partial::{self, Claim};
use super::publish::{self, Publication};
use super::stream::{Part, TableStream, part_name};
use super::{Error, ErrorKind, FileSummary, Manifest, ManifestFile, PackageOptions};
use crate::csv::Profile;

/// A folder that becomes a package, for programs that know tables only when they run. Rows come as
/// bytes, of whose form the caller takes care.
#[derive(Debug)]
pub struct PackageFolder {
    shared: Arc<Shared>,
    options: PackageOptions,
    /// Whether the folder was not there before.
    made: bool,
    /// None before the folder is taken and after the package is finished.
    claim: Option<Claim>,
}

/// What the package and its tables' streams both hold.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) folder: PathBuf,
    pub(super) split: Option<u64>,
    pub(super) hashed: bool,
    overwrite: bool,
    /// The parts of each table; none while it grows.
    tables: Mutex<BTreeMap<String, Option<Vec<Part>>>>,
}

/// What a finished folder holds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finished {
    /// The files of each table, by its physical name.
    pub tables: BTreeMap<String, Vec<FileSummary>>,
    /// The manifest, if one was written.
    pub manifest: Option<PathBuf>,
    /// CSV files in the folder that belong to none of these tables, by name; an earlier package
    /// may have left them.
    pub others: Vec<PathBuf>,
}

impl PackageFolder {
    /// Begins a package; the folder is made when it is missing.
    ///
    /// # Errors
    /// The folder cannot be made, another writer is at work there, or it holds a manifest that may
    /// not be replaced.
    pub fn create(folder: impl Into<PathBuf>, options: PackageOptions) -> Result<Self, Error> {
        let folder = folder.into();
        let made = folder.symlink_metadata().is_err();
        fs::create_dir_all(&folder).map_err(|error| Error::io(&folder, error))?;
        let mut package = PackageFolder {
            shared: Arc::new(Shared {
                folder,
                split: options.split,
                hashed: options.manifest,
                overwrite: options.overwrite,
                tables: Mutex::default(),
            }),
            options,
            made,
            claim: None,
        };
        package.shared.refuse(Manifest::FILE)?;
        package.claim = Some(Claim::take(
            &package.shared.folder,
            package.shared.overwrite,
        )?);
        Ok(package)
    }

    /// How the package is written.
    pub fn options(&self) -> &PackageOptions {
        &self.options
    }

    /// Begins the file of a table with its header, without a line feed behind it.
    ///
    /// # Errors
    /// A table that was begun before, a file that exists, a file that cannot be made.
    pub fn begin(&self, table: &str, header: &str) -> Result<TableStream, Error> {
        if let Some(limit) = self.shared.split.filter(|&it| it < header.len() as u64) {
            return Err(ErrorKind::LargeRow {
                table: table.to_owned(),
                row: 0,
                bytes: header.len() as u64,
                limit,
            }
            .into());
        }
        // Said now, not when half of the files have their names.
        for name in partial::names(&self.shared.folder)? {
            if publish::belongs(&name, table) {
                self.shared.refuse(&name)?;
            }
        }
        let mut tables = self.shared.tables();
        if tables.contains_key(table) {
            let table = table.to_owned();
            return Err(ErrorKind::Twice { table }.into());
        }
        tables.insert(table.to_owned(), None);
        drop(tables);
        TableStream::begin(Arc::clone(&self.shared), table, header)
    }

    /// Gives every file its own name, the manifest last, and says what the package holds. Files of
    /// the same tables that an earlier package left are gone then.
    ///
    /// A package without any table has no manifest and changes nothing in the folder: it is of no
    /// showcase.
    ///
    /// # Errors
    /// A table that is not complete, a file that exists and may not be replaced, a failed write or
    /// rename: no file of the package is left then, earlier ones are as they were.
    pub fn finish(
        mut self,
        showcase: &str,
        version: &str,
        profile: Profile,
    ) -> Result<Finished, Error> {
        let mut tables = self.shared.whole()?;
        let folder = self.shared.folder.clone();
        let mut finished = Finished {
            tables: BTreeMap::new(),
            manifest: None,
            others: Vec::new(),
        };
        let mut listed = Vec::new();
        for (table, parts) in &tables {
            let files = finished.tables.entry(table.clone()).or_default();
            for (place, part) in parts.iter().enumerate() {
                let name = match parts.len() {
                    0 | 1 => format!("{table}.csv"),
                    _ => part_name(table, place),
                };
                files.push(FileSummary {
                    path: folder.join(&name),
                    rows: part.rows,
                    bytes: part.bytes,
                    sha256: part.sha256.clone(),
                });
                listed.extend(part.sha256.clone().map(|sha256| ManifestFile {
                    name,
                    table: table.clone(),
                    rows: part.rows,
                    bytes: part.bytes,
                    sha256,
                }));
            }
        }
        listed.sort_by(|a, b| a.name.cmp(&b.name));
        let manifest = Manifest {
            showcase: showcase.to_owned(),
            version: version.to_owned(),
            producer: self.options.producer.clone(),
            mode: self.options.mode,
            profile,
            files: listed,
        };
        let with_manifest = self.shared.hashed && cfg!(feature = "manifest");
        let claim = self.claim.take();
        let Some(mut claim) = claim.filter(|_| !tables.is_empty()) else {
            self.made = false;
            return Ok(finished);
        };
        if with_manifest {
            publish::write_manifest(&mut claim, &manifest)?;
        }

        let mut publication = Publication::new(&folder);
        let mut names = partial::names(&folder)?;
        // First of all the earlier manifest, which tells of nothing that is there from now on.
        names.sort_by_key(|name| name != Manifest::FILE);
        for name in names {
            let mut owners = tables.keys();
            if name == Manifest::FILE || owners.any(|table| publish::belongs(&name, table)) {
                self.shared.refuse(&name)?;
                publication.put_aside(&name)?;
            } else if publish::is_table(&name) {
                finished.others.push(folder.join(name));
            }
        }
        for (table, parts) in &mut tables {
            let files = finished.tables.get(table).map_or(&[][..], Vec::as_slice);
            for (part, file) in parts.iter_mut().zip(files) {
                publication.name(&mut part.partial, &file.path)?;
            }
        }
        if with_manifest {
            let path = folder.join(Manifest::FILE);
            publication.sync();
            publication.name(&mut claim.partial, &path)?;
            finished.manifest = Some(path);
        }
        publication.complete();
        self.made = false;
        Ok(finished)
    }
}

impl Drop for PackageFolder {
    fn drop(&mut self) {
        self.shared.tables().clear();
        self.claim = None;
        if self.made {
            // Fails when something else stands there by now, as it should.
            let _ = fs::remove_dir(&self.shared.folder);
        }
    }
}

impl Shared {
    fn tables(&self) -> MutexGuard<'_, BTreeMap<String, Option<Vec<Part>>>> {
        // Every change is one call to the map: a thread that panics leaves it in order.
        self.tables.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes over the parts of a table.
    pub(super) fn hold(&self, table: &str, parts: Vec<Part>) {
        self.tables().insert(table.to_owned(), Some(parts));
    }

    /// Takes a table that is not complete out of the package.
    pub(super) fn forget_unfinished(&self, table: &str) {
        let mut tables = self.tables();
        if let Some(None) = tables.get(table) {
            tables.remove(table);
        }
    }

    /// All tables, if they are complete.
    fn whole(&self) -> Result<BTreeMap<String, Vec<Part>>, Error> {
        let tables = std::mem::take(&mut *self.tables());
        let mut whole = BTreeMap::new();
        for (table, parts) in tables {
            let Some(parts) = parts else {
                return Err(ErrorKind::Unfinished { table }.into());
            };
            whole.insert(table, parts);
        }
        Ok(whole)
    }

    /// Whether the file `name` may come; one that is there may if it can be replaced.
    fn refuse(&self, name: &str) -> Result<(), Error> {
        let path = self.folder.join(name);
        match path.symlink_metadata() {
            Ok(found) if found.is_dir() => {
                let error = io::Error::from(io::ErrorKind::IsADirectory);
                Err(Error::io(&path, error))
            }
            Ok(_) if !self.overwrite => Err(ErrorKind::Exists { path }.into()),
            _ => Ok(()),
        }
    }
}
