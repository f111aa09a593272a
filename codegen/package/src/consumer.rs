//! Who looks at rows beside the scan itself: keys and rules.

use vitrina_codegen::model::{ColumnId, TableId};

use crate::{Cell, RowId};

/// Takes the rows of tables from several threads at once, chunk by chunk, in no order.
pub trait Consumer: Sync {
    /// The columns of a table whose cells it reads; others may come as null without being so.
    fn columns(&self, table: TableId) -> Vec<ColumnId>;

    /// What one thread keeps while it works on a table; `None` when the table does not matter.
    fn worker(&self, table: TableId) -> Option<Box<dyn RowWorker + '_>>;

    /// All rows of a table were taken and its workers are finished. Whoever scans says so as early as it
    /// is true, at best before tables that refer to this one, which then need not be looked at again;
    /// outcomes do not depend on it.
    ///
    /// # Errors
    /// The disk refused what had to be kept there.
    fn finished(&self, table: TableId) -> std::io::Result<()> {
        let _ = table;
        Ok(())
    }
}

/// Takes rows on one thread.
pub trait RowWorker: Send {
    /// Takes a row whose fields could be told: a cell for each column of the table, in the model's order.
    fn row(&mut self, row: RowId, cells: &[Cell<'_>]);

    /// Hands on what is left. Called once, behind the last row.
    ///
    /// # Errors
    /// The disk refused what had to be kept there; `row` keeps such an error until now.
    fn finish(self: Box<Self>) -> std::io::Result<()>;
}
