//! The row that an expression over a view reads: only what it reads is filled in.

use super::context::Context;
use super::reach::Reach;
use super::{Reason, TableRows};
use crate::model::eval::{Day, Row, Value, evaluate, truth};
use crate::model::{ColumnId, Expr, View, ViewColumn};

/// A view's row for some expressions.
pub(super) struct Frame<'a> {
    table: &'a TableRows,
    today: Day,
    /// Columns read, their numbers in the view, and how they are reached.
    reached: Vec<(usize, Reach<'a>)>,
    /// Columns of the judged row: their numbers here and there.
    outer: Vec<(usize, ColumnId)>,
    /// Columns of the row before, and how they are reached from it.
    previous: Vec<(usize, Reach<'a>)>,
    /// Whether only the table's own columns are read, so that its row serves as it is.
    plain: bool,
    cells: Vec<Option<Value>>,
}

impl<'a> Frame<'a> {
    /// A frame for expressions that read these columns of a view.
    pub(super) fn new(
        context: &Context<'a>,
        view: &View,
        columns: &[ColumnId],
    ) -> Result<Frame<'a>, Reason> {
        let mut frame = Frame {
            table: context.table(view.table)?,
            today: context.today,
            reached: Vec::new(),
            outer: Vec::new(),
            previous: Vec::new(),
            plain: true,
            cells: Vec::new(),
        };
        for column in columns {
            let at = column.index();
            match view.extra_of(*column) {
                Some(ViewColumn::Outer(id)) => frame.outer.push((at, *id)),
                Some(ViewColumn::Previous(id)) => {
                    let reach = Reach::of(context, view, *id)?;
                    frame.previous.push((at, reach));
                }
                _ => frame.reached.push((at, Reach::of(context, view, *column)?)),
            }
        }
        frame.plain = columns
            .iter()
            .all(|column| view.extra_of(*column).is_none());
        if !frame.plain {
            frame
                .cells
                .resize(view.own as usize + view.extra.len(), None);
        }
        Ok(frame)
    }

    /// A frame for what these expressions read.
    pub(super) fn of<'e>(
        context: &Context<'a>,
        view: &View,
        expressions: impl IntoIterator<Item = &'e Expr>,
    ) -> Result<Frame<'a>, Reason> {
        Frame::new(context, view, &read_by(expressions))
    }

    /// Takes the values of the judged row.
    pub(super) fn set_outer(&mut self, judged: &Row) {
        for (at, id) in &self.outer {
            if let Some(cell) = self.cells.get_mut(*at) {
                *cell = judged.get(id.index()).cloned().flatten();
            }
        }
    }

    /// Takes the values of the row before.
    pub(super) fn set_previous(&mut self, row: u32) {
        for (at, reach) in &self.previous {
            if let Some(cell) = self.cells.get_mut(*at) {
                *cell = reach.value(self.table, row).cloned();
            }
        }
    }

    /// The row with this number.
    pub(super) fn row(&mut self, row: u32) -> &Row {
        if self.plain {
            return self.table.row(row);
        }
        for (at, reach) in &self.reached {
            if let Some(cell) = self.cells.get_mut(*at) {
                *cell = reach.value(self.table, row).cloned();
            }
        }
        &self.cells
    }

    /// The value of an expression for a row.
    pub(super) fn evaluate(&mut self, expr: &Expr, row: u32) -> Option<Value> {
        let today = self.today;
        evaluate(expr, self.row(row), today)
    }

    /// The truth of an expression for a row.
    pub(super) fn truth(&mut self, expr: &Expr, row: u32) -> Option<bool> {
        let today = self.today;
        truth(expr, self.row(row), today)
    }

    /// Whether all conditions are true for a row.
    pub(super) fn all(&mut self, conditions: &[&Expr], row: u32) -> bool {
        if conditions.is_empty() {
            return true;
        }
        let today = self.today;
        let cells = self.row(row);
        conditions
            .iter()
            .all(|condition| truth(condition, cells, today) == Some(true))
    }
}

/// The columns that expressions read, ascending, each once.
pub(super) fn read_by<'e>(expressions: impl IntoIterator<Item = &'e Expr>) -> Vec<ColumnId> {
    let mut columns: Vec<ColumnId> = expressions.into_iter().flat_map(Expr::columns).collect();
    columns.sort_unstable();
    columns.dedup();
    columns
}
