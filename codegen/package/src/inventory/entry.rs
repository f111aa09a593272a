//! A file of a package.

use vitrina_codegen::model::TableId;

use crate::read::stream::Location;

/// A file of a package that can be read.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Entry {
    /// Its name below the package's root, folders divided by `/`.
    pub name: String,
    /// Its bytes, unpacked.
    pub bytes: u64,
    /// The table whose rows are read from it.
    pub table: Option<TableId>,
    /// Its number among the parts of its table, from 1; none for a table of one file.
    pub part: Option<u32>,
    /// The name that it should have, where it has another.
    pub(crate) expected: Option<String>,
    pub(crate) location: Location,
}

impl Entry {
    /// Whether a manifest that speaks of `name` means this file.
    pub(super) fn is_called(&self, name: &str) -> bool {
        self.name == name || self.expected.as_deref() == Some(name)
    }
}
