//! Unique and foreign keys.

use super::{ColumnId, TableId};
use crate::source::Span;

/// A set of columns whose values are unique in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UniqueKey {
    /// The columns, as declared; never the primary key again.
    pub columns: Vec<ColumnId>,
    /// Place of the declaration.
    pub span: Span,
}

/// A reference to the primary key, or to a unique key, of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ForeignKey {
    /// The columns that refer.
    pub columns: Vec<ColumnId>,
    /// The table referred to; it may be the same table.
    pub table: TableId,
    /// The columns referred to, pairwise of the same base type.
    pub target: Vec<ColumnId>,
    /// Place of the declaration.
    pub span: Span,
}
