//! Rows, read again.

use std::io;

use vitrina_codegen::model::{ColumnId, TableId};

use crate::{Cell, RowId};

/// Reads rows again, a few of many.
pub trait FetchKey: Sync {
    /// Hands over the cells of rows of a table, by column as to a [`RowWorker`](crate::RowWorker); only
    /// those of `columns` matter. `rows` ascend, none twice, all of them handed to a worker before; one that
    /// cannot be read any more is left out.
    ///
    /// # Errors
    /// A file cannot be read any more.
    fn fetch(
        &self,
        table: TableId,
        rows: &[RowId],
        columns: &[ColumnId],
        take: &mut dyn FnMut(RowId, &[Cell<'_>]),
    ) -> io::Result<()>;
}
