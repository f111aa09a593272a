//! Columns of a view, reached from a row of its table: own ones, and those behind references.

use std::rc::Rc;

use super::context::{Context, KeyPart};
use super::index::{Form, encode};
use super::{Reason, TableRows};
use crate::model::eval::Value;
use crate::model::{ColumnId, ForeignKey, TableId, View, ViewColumn};

/// Which row of another table each row of a table refers to by one column.
pub(super) type Links = Vec<Option<u32>>;

/// How a column of a view is reached.
#[derive(Clone)]
pub(super) enum Reach<'a> {
    /// A column of the table.
    Own(ColumnId),
    /// A column of the row at the end of references.
    Path {
        steps: Vec<Rc<Links>>,
        end: &'a TableRows,
        column: ColumnId,
    },
    /// The same for every row.
    Constant(Value),
    /// Not a column of the row alone: of the judged row, or of the row before.
    Elsewhere,
}

impl<'a> Reach<'a> {
    /// The way to a column of a view.
    pub(super) fn of(
        context: &Context<'a>,
        view: &View,
        column: ColumnId,
    ) -> Result<Reach<'a>, Reason> {
        match view.extra_of(column) {
            None => Ok(Reach::Own(column)),
            Some(ViewColumn::Path(path)) => Reach::of_path(context, view.table, path),
            Some(ViewColumn::Now) => Ok(Reach::Constant(context.now.clone())),
            Some(ViewColumn::Outer(_) | ViewColumn::Previous(_)) => Ok(Reach::Elsewhere),
        }
    }

    /// The ways to columns of a view.
    pub(super) fn of_all(
        context: &Context<'a>,
        view: &View,
        columns: &[ColumnId],
    ) -> Result<Vec<Reach<'a>>, Reason> {
        columns
            .iter()
            .map(|column| Reach::of(context, view, *column))
            .collect()
    }

    /// The way along a path from a table.
    pub(super) fn of_path(
        context: &Context<'a>,
        table: TableId,
        path: &[ColumnId],
    ) -> Result<Reach<'a>, Reason> {
        let Some((column, references)) = path.split_last() else {
            return Ok(Reach::Elsewhere);
        };
        if references.is_empty() {
            return Ok(Reach::Own(*column));
        }
        let mut table = table;
        let mut steps = Vec::with_capacity(references.len());
        for reference in references {
            let Some(key) = context.model.table(table).reference_of(*reference) else {
                return Ok(Reach::Elsewhere);
            };
            steps.push(links(context, table, *reference, key)?);
            table = key.table;
        }
        Ok(Reach::Path {
            steps,
            end: context.table(table)?,
            column: *column,
        })
    }

    /// The value for a row; `None` is null.
    pub(super) fn value<'v>(&'v self, table: &'v TableRows, row: u32) -> Option<&'v Value> {
        match self {
            Reach::Own(column) => table.value(row, *column),
            Reach::Path { steps, end, column } => {
                let mut row = row;
                for links in steps {
                    row = links.get(row as usize).copied().flatten()?;
                }
                end.value(row, *column)
            }
            Reach::Constant(value) => Some(value),
            Reach::Elsewhere => None,
        }
    }
}

/// Writes a key of columns; false when one of them is null.
pub(super) fn write_key(
    columns: &[Reach<'_>],
    table: &TableRows,
    row: u32,
    key: &mut Vec<u8>,
) -> bool {
    columns.iter().all(|reach| match reach.value(table, row) {
        Some(value) => {
            encode(value, Form::Own, key);
            true
        }
        None => false,
    })
}

/// The links of a reference of one column, built at the first use.
fn links(
    context: &Context<'_>,
    table: TableId,
    column: ColumnId,
    reference: &ForeignKey,
) -> Result<Rc<Links>, Reason> {
    if let Some(known) = context.links.borrow().get(&(table, column)) {
        return Ok(Rc::clone(known));
    }
    let rows = context.table(table)?;
    let target = reference.target.iter().map(|id| KeyPart::own(*id));
    let index = context.index(reference.table, target.collect())?;
    let mut key = Vec::new();
    let links: Links = rows
        .numbers()
        .map(|row| {
            key.clear();
            encode(rows.value(row, column)?, Form::Own, &mut key);
            index.first(&key)
        })
        .collect();
    let links = Rc::new(links);
    context
        .links
        .borrow_mut()
        .insert((table, column), Rc::clone(&links));
    Ok(links)
}
