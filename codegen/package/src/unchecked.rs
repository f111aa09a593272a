//! What was not checked, and why: a report without it would call silence a pass.

use vitrina_codegen::model::{ColumnId, TableId};

/// A check that did not run, or not on everything.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unchecked<'m> {
    /// What was to be checked.
    pub subject: Subject<'m>,
    /// The table whose rows were to be judged.
    pub table: Option<TableId>,
    /// The columns, where only they are concerned.
    pub columns: Vec<ColumnId>,
    /// Why it was not.
    pub cause: Cause,
}

/// What was to be checked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject<'m> {
    /// Everything about the table's file.
    File,
    /// Everything about rows.
    Rows,
    /// The conditions of a row, by code.
    RowCheck(&'m str),
    /// Whether a conditionally required column is filled.
    Requirement,
    /// Keys: each once.
    Keys,
    /// References to a table.
    References(TableId),
    /// An assertion of the model's rules, by code.
    Rule(&'m str),
    /// An indicator, by code.
    Indicator(&'m str),
    /// What the package would delete.
    Deletions,
    /// The manifest's figures.
    Manifest,
}

/// Why something was not checked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Cause {
    /// The package does not hold this table.
    NoTable(TableId),
    /// The file of this table cannot be read as rows: its findings say why.
    UnreadableTable(TableId),
    /// The header does not name these columns.
    NoColumns,
    /// In so many rows a cell that the check needs is no value of its column's type.
    UnreadableCells(u64),
    /// So many lines could not be told into fields.
    BrokenRows(u64),
    /// Of the table looked into, so many lines could not be told into fields: what they hold is not found,
    /// and nothing is said of it.
    BrokenParents(TableId, u64),
    /// The package brings changes only: what it refers to may be in the showcase already.
    Changes,
    /// There is no previous package to compare with.
    NoPrevious,
    /// There is no manifest.
    NoManifest,
    /// It was left away by choice.
    Chosen,
    /// Too many rows have one key for the memory allowed.
    Memory,
}
