//! The rows of a package as values, ready to be judged. Cells come as canonical texts, from a sample
//! or from CSV, and are read once.

use std::collections::BTreeSet;

use crate::model::eval::{Row, Value, absent};
use crate::model::{BaseType, ColumnId, Model, Table, TableId};
use crate::sample;

/// The rows of a package, and what it deletes.
#[derive(Debug)]
pub struct Rows {
    /// By [`TableId`]; `None` for a table that the package does not hold.
    tables: Vec<Option<TableRows>>,
    deleted: Vec<Deleted>,
}

impl Rows {
    /// A package without any table.
    pub fn new(model: &Model) -> Rows {
        Rows {
            tables: model.tables().iter().map(|_| None).collect(),
            deleted: Vec::new(),
        }
    }

    /// The rows of a sampled package.
    pub fn of_package(model: &Model, package: &sample::Package) -> Rows {
        let mut rows = Rows::new(model);
        for sampled in &package.tables {
            let table = rows.open(model.table(sampled.table));
            for row in &sampled.rows {
                table.push(row.iter().map(Option::as_deref));
            }
        }
        rows
    }

    /// The rows of a table, to be filled. From now on the package holds the table, be it without rows.
    pub fn open(&mut self, table: &Table) -> &mut TableRows {
        let at = table.id.index();
        if self.tables.len() <= at {
            self.tables.resize_with(at + 1, || None);
        }
        self.tables[at].get_or_insert_with(|| TableRows::new(table))
    }

    /// The rows of a table; `None` when the package does not hold it.
    pub fn table(&self, id: TableId) -> Option<&TableRows> {
        self.tables.get(id.index())?.as_ref()
    }

    /// Deletes the record of this primary key: its columns' texts in the key's order. Rows of the
    /// package are what is left behind all deletions; a deleted record may still be among them, and
    /// then does not count as one that refers to others.
    pub fn delete(&mut self, table: &Table, key: &[&str]) {
        let key = table
            .primary_key
            .iter()
            .zip(key)
            .map(|(id, text)| Value::parse(table.column(*id).ty.base, text))
            .collect();
        self.deleted.push(Deleted {
            table: table.id,
            key,
        });
    }

    /// What is deleted, as it was told.
    pub(super) fn deleted(&self) -> &[Deleted] {
        &self.deleted
    }
}

/// A deleted record.
#[derive(Debug)]
pub(super) struct Deleted {
    pub(super) table: TableId,
    /// Values by the columns of the primary key.
    pub(super) key: Vec<Option<Value>>,
}

/// The rows of one table.
#[derive(Debug)]
pub struct TableRows {
    bases: Vec<BaseType>,
    /// Row after row, each as wide as the table.
    cells: Vec<Option<Value>>,
    len: u32,
    /// Row and column of texts that are no value of their column's type.
    unreadable: BTreeSet<(u32, u32)>,
}

impl TableRows {
    fn new(table: &Table) -> TableRows {
        TableRows {
            bases: table.columns.iter().map(|column| column.ty.base).collect(),
            cells: Vec::new(),
            len: 0,
            unreadable: BTreeSet::new(),
        }
    }

    /// Adds a row: its cells' canonical texts in the order of the columns, booleans as `true` and
    /// `false`. An empty text is null, and so is a cell that is missing.
    pub fn push<'t>(&mut self, cells: impl IntoIterator<Item = Option<&'t str>>) {
        let mut cells = cells.into_iter();
        for (column, base) in (0..).zip(&self.bases) {
            let text = cells.next().flatten().filter(|text| !absent(Some(text)));
            let value = text.and_then(|text| Value::parse(*base, text));
            if text.is_some() && value.is_none() {
                self.unreadable.insert((self.len, column));
            }
            self.cells.push(value);
        }
        self.len += 1;
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Every row's number.
    pub(super) fn numbers(&self) -> std::ops::Range<u32> {
        0..self.len
    }

    /// The values of a row.
    pub(super) fn row(&self, row: u32) -> &Row {
        let width = self.bases.len();
        let start = row as usize * width;
        self.cells.get(start..start + width).unwrap_or_default()
    }

    /// The value of a cell; `None` is null.
    pub(super) fn value(&self, row: u32, column: ColumnId) -> Option<&Value> {
        self.row(row).get(column.index())?.as_ref()
    }

    /// Whether a cell holds a text that is no value of its column's type.
    pub(super) fn is_unreadable(&self, row: u32, column: ColumnId) -> bool {
        self.unreadable.contains(&(row, column.0))
    }

    /// Whether any cell is unreadable.
    pub(super) fn has_unreadable(&self) -> bool {
        !self.unreadable.is_empty()
    }

    /// Whether one of these cells of a row is unreadable.
    pub(super) fn any_unreadable(&self, row: u32, columns: &[ColumnId]) -> bool {
        self.has_unreadable()
            && columns
                .iter()
                .any(|column| self.is_unreadable(row, *column))
    }
}
