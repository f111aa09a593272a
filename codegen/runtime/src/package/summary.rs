//! What a package holds, counted.

use std::path::PathBuf;

use super::Mode;

/// What a package holds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// What the rows are for.
    pub mode: Mode,
    /// The tables, by name.
    pub tables: Vec<TableSummary>,
    /// The manifest, if one was written.
    pub manifest: Option<PathBuf>,
    /// CSV files in the folder that belong to none of these tables, by name; an earlier package
    /// may have left them.
    pub others: Vec<PathBuf>,
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
    pub table: &'static str,
    /// Title of the table, Russian.
    pub title: &'static str,
    /// The file; the first one of a table in parts.
    pub path: PathBuf,
    /// Rows of all parts, the headers not counted.
    pub rows: u64,
    /// Bytes of all parts.
    pub bytes: u64,
    /// The file, or the parts in their order.
    pub files: Vec<FileSummary>,
}

/// One file of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FileSummary {
    /// The file.
    pub path: PathBuf,
    /// Rows, the header not counted.
    pub rows: u64,
    /// Bytes.
    pub bytes: u64,
    /// SHA-256 of the bytes in lower-case hexadecimal digits; none without a manifest.
    pub sha256: Option<String>,
}
