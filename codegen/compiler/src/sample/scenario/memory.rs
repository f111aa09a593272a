//! Rows kept in memory, for tests and small packages.

use super::super::{Cells, Package, SampledTable};
use super::Sink;
use crate::model::scenario::Atom;
use crate::model::{Model, TableId};

/// A package in memory.
#[derive(Debug)]
pub struct Memory<'m> {
    model: &'m Model,
    /// Rows by the table's position in the model.
    rows: Vec<Vec<Cells>>,
}

impl<'m> Memory<'m> {
    /// An empty package of a model.
    pub fn new(model: &'m Model) -> Memory<'m> {
        Memory {
            model,
            rows: vec![Vec::new(); model.tables().len()],
        }
    }

    /// The package: every table of the model, in load order.
    pub fn finish(mut self) -> Package {
        let tables = self.model.load_order().map(|table| SampledTable {
            table: table.id,
            rows: self
                .rows
                .get_mut(table.id.index())
                .map(std::mem::take)
                .unwrap_or_default(),
        });
        Package {
            tables: tables.collect(),
        }
    }
}

impl Sink for Memory<'_> {
    type Error = std::convert::Infallible;

    fn row(&mut self, table: TableId, cells: &[Atom]) -> Result<(), Self::Error> {
        let columns = &self.model.table(table).columns;
        let texts = columns.iter().zip(cells).map(|(column, atom)| {
            let base = column.ty.base;
            atom.to_value(base).and_then(|value| value.to_text(base))
        });
        let row = texts.collect();
        if let Some(rows) = self.rows.get_mut(table.index()) {
            rows.push(row);
        }
        Ok(())
    }
}
