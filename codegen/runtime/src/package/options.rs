//! How a package is written.

use std::path::PathBuf;

use super::{Error, PackageWriter};
use crate::csv::Profile;

/// The largest file that uploads are known to take, in bytes: the open client of the showcase's
/// loader holds no more. The limit of the loader itself is not published.
pub const UPLOAD_LIMIT: u64 = 500_000_000;

/// What the rows of a package are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Everything there is: references resolve inside.
    #[default]
    Full,
    /// Rows to insert or to replace: references may point outside.
    Upsert,
    /// The primary keys of rows to delete.
    Delete,
}

impl Mode {
    /// The name in a manifest: `full`, `upsert`, `delete`.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Full => "full",
            Mode::Upsert => "upsert",
            Mode::Delete => "delete",
        }
    }

    /// The mode of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Mode::Full, Mode::Upsert, Mode::Delete]
            .into_iter()
            .find(|mode| mode.name() == name)
    }
}

/// The program that makes a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Producer {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// How a package is written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PackageOptions {
    /// The form of nulls and booleans; the model's own when none is given.
    pub profile: Option<Profile>,
    /// Whether files of an earlier package may be replaced, and what killed runs left removed.
    pub overwrite: bool,
    /// What the rows are for.
    pub mode: Mode,
    /// The program that makes the package, as the manifest tells it.
    pub producer: Option<Producer>,
    /// The largest number of bytes of a file; a table that has more goes on in parts.
    pub split: Option<u64>,
    /// Whether a manifest is written; needs the feature `manifest`.
    pub manifest: bool,
}

impl Default for PackageOptions {
    fn default() -> Self {
        PackageOptions {
            profile: None,
            overwrite: false,
            mode: Mode::Full,
            producer: None,
            split: None,
            manifest: cfg!(feature = "manifest"),
        }
    }
}

impl PackageOptions {
    /// A full package by the model's own profile, with a manifest; existing files stay.
    pub fn new() -> Self {
        PackageOptions::default()
    }

    /// Sets the profile.
    #[must_use]
    pub fn profile(mut self, profile: Profile) -> Self {
        self.profile = Some(profile);
        self
    }

    /// Allows files of an earlier package to be replaced; hidden files of runs that were killed are
    /// removed then.
    #[must_use]
    pub fn overwrite(mut self, overwrite: bool) -> Self {
        self.overwrite = overwrite;
        self
    }

    /// Sets what the rows are for.
    #[must_use]
    pub fn mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    /// Names the program that makes the package.
    #[must_use]
    pub fn producer(mut self, name: impl Into<String>, version: impl Into<String>) -> Self {
        self.producer = Some(Producer {
            name: name.into(),
            version: version.into(),
        });
        self
    }

    /// Lets no file have more than `bytes`, the header included; [`UPLOAD_LIMIT`] suits the known
    /// uploads. A table that needs more is written as `<table>.0001.csv`, `<table>.0002.csv` …,
    /// each with the header.
    #[must_use]
    pub fn split(mut self, bytes: u64) -> Self {
        self.split = Some(bytes);
        self
    }

    /// Writes a manifest or leaves it away.
    #[cfg(feature = "manifest")]
    #[must_use]
    pub fn manifest(mut self, manifest: bool) -> Self {
        self.manifest = manifest;
        self
    }

    /// Begins a package; the folder is made when it is missing.
    ///
    /// # Errors
    /// The folder cannot be made, another writer is at work there, or it holds a manifest that may
    /// not be replaced.
    pub fn create(self, folder: impl Into<PathBuf>) -> Result<PackageWriter, Error> {
        PackageWriter::with_options(folder.into(), self)
    }
}
