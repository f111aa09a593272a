//! The row that a rule's expressions speak about: a table's row and what can be reached from it.

use crate::model::{BaseType, ColumnId, Model, TableId};

/// A row of a table, widened by columns that the rule's expressions name.
///
/// An expression over a view numbers columns like one over a table: the table's own columns first,
/// then [`View::extra`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct View {
    /// The table.
    pub table: TableId,
    /// How many columns the table has: the number of the first extra column.
    pub own: u32,
    /// Further columns, each once.
    pub extra: Vec<ViewColumn>,
}

/// A column of a view beyond the table's own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ViewColumn {
    /// `student_id.person_id.birth_date`: every column but the last is a reference by that column
    /// alone, followed to its row; the last is a column of the row reached. Null when a reference on
    /// the way is null or finds no row. At least two columns.
    Path(Vec<ColumnId>),
    /// `this.start_date` within a search: a column of the judged row's view.
    Outer(ColumnId),
    /// `previous.status_code` within a sequence: a column of the view's row before this one.
    Previous(ColumnId),
    /// `CURRENT_TIMESTAMP`: the moment at which the package is judged, a timestamp.
    Now,
}

impl View {
    /// What lies behind a column number: `None` for one of the table's own columns.
    pub fn extra_of(&self, id: ColumnId) -> Option<&ViewColumn> {
        let extra = id.index().checked_sub(self.own as usize)?;
        self.extra.get(extra)
    }

    /// The base type of a column of the view. `outer` is the judged row's view, for a search.
    pub fn base_of(&self, model: &Model, id: ColumnId, outer: Option<&View>) -> Option<BaseType> {
        match self.extra_of(id) {
            None => {
                let column = model.table(self.table).columns.get(id.index())?;
                Some(column.ty.base)
            }
            Some(ViewColumn::Path(path)) => {
                let (table, column) = self.end_of(model, path)?;
                Some(model.table(table).column(column).ty.base)
            }
            Some(ViewColumn::Outer(id)) => outer?.base_of(model, *id, None),
            Some(ViewColumn::Previous(id)) => self.base_of(model, *id, outer),
            Some(ViewColumn::Now) => Some(BaseType::Timestamp(0)),
        }
    }

    /// The table and column at the end of a path.
    pub fn end_of(&self, model: &Model, path: &[ColumnId]) -> Option<(TableId, ColumnId)> {
        let (last, steps) = path.split_last()?;
        let mut table = self.table;
        for step in steps {
            table = model.table(table).reference_of(*step)?.table;
        }
        Some((table, *last))
    }
}
