//! What an expression reads, and where it is put: a constraint's own table, or a query around it.

use crate::model::{BaseType, ColumnId, Table};
use crate::target::ddl::postgresql::identifier;

/// What an expression reads, as SQL.
pub trait Names {
    /// The value of a column: a name, or anything else that needs no parentheses.
    fn column(&self, id: ColumnId) -> String;

    /// The base type of a column.
    fn base(&self, id: ColumnId) -> BaseType;

    /// The day on which rows are judged.
    fn today(&self) -> String {
        "CURRENT_DATE".into()
    }

    /// Whether doubles are computed by the functions `double_add` and so on of the schema, which give
    /// null where an operator of the server fails: a query must not fail for one of many rows.
    fn guards_doubles(&self) -> bool {
        false
    }
}

/// The columns of a table's own constraints, without the table's name.
impl Names for Table {
    fn column(&self, id: ColumnId) -> String {
        identifier(&Table::column(self, id).name).into_owned()
    }

    fn base(&self, id: ColumnId) -> BaseType {
        Table::column(self, id).ty.base
    }
}

/// Where an expression is put; it gets parentheses if it needs them there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// By itself: in a list, in parentheses.
    Alone,
    /// Beside AND.
    Conjunct,
    /// Beside a comparison.
    Operand,
    /// Beside arithmetic in `numeric`, as `numeric`: it neither overflows nor depends on the order in
    /// which it is added up.
    Numeric,
}
