//! Packages mended: what is safe, to a new place, never over the input.
//!
//! ```text
//! package ─► diagnosis ─► plan of a file ─► bytes ─► UTF-8 ─► lines ─► fields ─► rows in form ─► new folder
//!                             │                                  └─► as it is, and reported
//!                             └─► nothing to be told: copied
//! ```
//!
//! Mended are encoding where it is certain, byte order mark, line ends, header, separator, quoting, form of
//! nulls and booleans, blanks, empty lines, names of files. Values that are wrong stay as they are, and so
//! does a line that cannot be told into fields. What is clean already comes out byte for byte. Each file is
//! streamed, several at once; the manifest is written anew.

mod decode;
mod fields;
mod file;
mod mend;
mod plan;
mod report;
mod row;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use vitrina::package::{Manifest, ManifestFile, Mode};
use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::model::Model;
use vitrina_codegen::{Lang, text};

use crate::Options;
use crate::files::aside::{Aside, OutError};
use crate::files::manifest;
use crate::files::source::{producer, words};
use crate::inventory::{self, Package};
use plan::Plan;

pub use mend::{Lefts, Mend, Mends};
pub use report::{FileReport, Report};

/// Why nothing was mended.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The package cannot be opened.
    Open(crate::Error),
    /// The result has no place, or the disk refused it.
    Out(OutError),
    /// A file of the package cannot be read.
    Read(String, std::io::Error),
}

impl Error {
    /// What is wrong.
    pub fn message(&self) -> Text {
        match self {
            Error::Open(error) => Text {
                en: error.message(Lang::En),
                ru: error.message(Lang::Ru),
            },
            Error::Out(error) => error.message(),
            Error::Read(file, error) => {
                let Text { en, ru } = words(error);
                text!("`{file}`: {en}", "`{file}`: {ru}")
            }
        }
    }
}

impl From<OutError> for Error {
    fn from(error: OutError) -> Error {
        Error::Out(error)
    }
}

/// Mends the package at `path` into the folder `out`, which must be missing or empty, and lie outside of the
/// package. The folder is there as a whole or not at all.
///
/// # Errors
/// A package or a file of it that cannot be read, and a disk that refuses.
pub fn fix(model: &Model, path: &Path, out: &Path, options: &Options) -> Result<Report, Error> {
    let mut options = options.clone();
    // Nothing is compared with a package before this one.
    options.previous = None;
    let package = inventory::open(model, path, &options).map_err(Error::Open)?;
    let aside = Aside::create(out, &[path])?;
    let plans = plan::all(model, &package);
    let files = mend_all(&package, &plans, aside.path(), options.threads.get())?;
    let report = Report::new(&package, files);
    let text = manifest_of(model, &package, &report).to_json();
    manifest::write(&aside.path().join(Manifest::FILE), &text)?;
    aside.finish()?;
    Ok(report)
}

/// Mends the files on several threads; the outcome does not depend on their number.
fn mend_all(
    package: &Package,
    plans: &[Plan<'_>],
    folder: &Path,
    threads: usize,
) -> Result<Vec<FileReport>, Error> {
    let next = AtomicUsize::new(0);
    let made: Vec<Mutex<Option<Result<FileReport, Error>>>> =
        plans.iter().map(|_| Mutex::new(None)).collect();
    thread::scope(|scope| {
        for _ in 0..threads.min(plans.len()) {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let (Some(plan), Some(place)) = (plans.get(at), made.get(at)) else {
                        return;
                    };
                    let report = file::mend(package, plan, folder);
                    let failed = report.is_err();
                    *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(report);
                    if failed {
                        // The others need not go on: nothing will come of it.
                        next.store(usize::MAX / 2, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    let made = made
        .into_iter()
        .filter_map(|one| one.into_inner().unwrap_or_else(PoisonError::into_inner));
    made.collect()
}

/// The manifest of the mended package: what the input's says of maker and model, figures of the new files.
fn manifest_of(model: &Model, package: &Package, report: &Report) -> Manifest {
    let before = package.manifest.as_ref();
    let showcase = model.showcase();
    let files = report.files.iter().filter_map(|file| {
        Some(ManifestFile {
            name: file.written_name.clone(),
            table: file.table.clone()?,
            rows: file.rows,
            bytes: file.bytes,
            sha256: file.sha256.clone(),
        })
    });
    let mut files: Vec<ManifestFile> = files.collect();
    files.sort_by(|one, other| one.name.cmp(&other.name));
    Manifest {
        showcase: before.map_or_else(|| showcase.mnemonic.clone(), |it| it.showcase.clone()),
        version: before.map_or_else(|| showcase.version.to_string(), |it| it.version.clone()),
        producer: producer(package),
        mode: match package.mode {
            inventory::Mode::Full => Mode::Full,
            inventory::Mode::Upsert => Mode::Upsert,
            inventory::Mode::Delete => Mode::Delete,
        },
        profile: manifest::profile(package.profile),
        files,
    }
}
