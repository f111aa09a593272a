//! Checks of one row.

use super::{ColumnId, Expr};
use crate::source::Span;

/// A condition that a row must not break: broken when the expression is false; true and unknown
/// (null) both pass, as for CHECK in SQL.
#[derive(Debug)]
#[non_exhaustive]
pub struct Check {
    /// Unique code: `attendance.late`; a column's own check is `table.column`.
    pub code: String,
    /// What must hold, Russian.
    pub title: String,
    /// Weight of a breach.
    pub severity: CheckSeverity,
    /// The column that declares it, for a column's own check.
    pub column: Option<ColumnId>,
    /// The condition, boolean.
    pub expr: Expr,
    /// Place of the expression.
    pub span: Span,
}

/// The weight of a broken check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckSeverity {
    /// The row is wrong: databases refuse it.
    Error,
    /// The row is suspicious: databases take it.
    Warning,
}

impl CheckSeverity {
    /// Every weight with its word in the model language.
    pub const ALL: [(&'static str, CheckSeverity); 2] = [
        ("error", CheckSeverity::Error),
        ("warning", CheckSeverity::Warning),
    ];

    /// The word in the model language.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, severity)| *severity == self)
            .map_or("", |(name, _)| name)
    }
}
