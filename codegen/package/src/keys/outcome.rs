//! How keys and references fared.

use vitrina_codegen::model::{ColumnId, TableId};

/// What a row breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Breach {
    /// Its primary key comes more than once.
    PrimaryKey,
    /// A unique key comes more than once.
    UniqueKey,
    /// It refers to what is not there.
    Reference,
}

/// How all of them fared, tables and keys in the model's order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyOutcome {
    /// Keys.
    pub sets: Vec<SetOutcome>,
    /// References.
    pub references: Vec<ReferenceOutcome>,
}

/// How a key fared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetOutcome {
    /// The table.
    pub table: TableId,
    /// The columns of the key.
    pub columns: Vec<ColumnId>,
    /// Rows with a key: without null, readable.
    pub judged: u64,
    /// Rows that share their key with others.
    pub broken: u64,
    /// Keys that several rows have.
    pub distinct: u64,
}

/// How a reference fared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceOutcome {
    /// The table that refers.
    pub table: TableId,
    /// The columns that refer.
    pub columns: Vec<ColumnId>,
    /// The table referred to.
    pub target: TableId,
    /// Rows that refer to something: without null, readable.
    pub judged: u64,
    /// Rows that refer to what the package does not hold; of changes, that is allowed.
    pub missing: u64,
    /// Different keys that they refer to.
    pub distinct: u64,
}
