//! Expressions: names and types of a condition of one row.

use crate::diagnostic::Report;
use crate::model::{BaseType, Expr};
use crate::source::Fragment;

/// What an expression may name: the columns of one table.
#[derive(Debug, Clone)]
pub struct Scope<'a> {
    /// The table; its name may qualify a column.
    pub table: &'a str,
    /// Its columns; the position is the [`ColumnId`](crate::model::ColumnId).
    pub columns: Vec<ScopeColumn<'a>>,
}

/// A column that an expression may name.
#[derive(Debug, Clone)]
pub struct ScopeColumn<'a> {
    /// Physical name.
    pub name: &'a str,
    /// Type.
    pub base: BaseType,
    /// The codes, when the values come from a closed list.
    pub codes: Option<Vec<&'a str>>,
}

/// Reads a condition and resolves it against the columns of its table. `None` when something was
/// reported.
pub fn resolve(fragment: &Fragment, scope: &Scope<'_>, report: &mut Report) -> Option<Expr> {
    let _ = (fragment, scope, report);
    None
}
