//! A package of rows, and the rules between rows: keys are unique, references have their rows.

use std::collections::BTreeMap;

use crate::model::eval::{Day, Rule, Violation, absent, verdict};
use crate::model::{ColumnId, Model, Table, TableId};

/// The cells of a row by [`ColumnId`]: canonical texts, `None` is null.
pub type Cells = Vec<Option<String>>;

/// Rows of every table of a model.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Package {
    /// The tables in the model's load order.
    pub tables: Vec<SampledTable>,
}

/// Rows of one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampledTable {
    /// The table.
    pub table: TableId,
    /// The rows; one that refers to another row of its table stands behind it.
    pub rows: Vec<Cells>,
}

impl Package {
    /// The rows of a table; none for a table that the package does not hold.
    pub fn rows(&self, table: TableId) -> &[Cells] {
        self.tables
            .iter()
            .find(|sampled| sampled.table == table)
            .map_or(&[], |sampled| &sampled.rows)
    }
}

/// The values of a key, joined; `None` when one of them is null, for then the key binds nothing.
/// No cell holds the joint: it is a control character.
pub(super) fn key_of(row: &[Option<String>], columns: &[ColumnId]) -> Option<String> {
    let mut key = String::new();
    for id in columns {
        let text = row
            .get(id.index())?
            .as_deref()
            .filter(|text| !absent(Some(text)))?;
        key.push_str(text);
        key.push('\u{1f}');
    }
    Some(key)
}

/// The keys of a package, counted.
pub(super) struct Keys {
    /// By table and columns.
    counts: BTreeMap<(TableId, Vec<ColumnId>), BTreeMap<String, usize>>,
}

impl Keys {
    pub(super) fn of(model: &Model, package: &Package) -> Keys {
        let mut counts = BTreeMap::new();
        for sampled in &package.tables {
            let table = model.table(sampled.table);
            let unique = table.unique.iter().map(|key| &key.columns);
            let referred = model.tables().iter().flat_map(|other| {
                let keys = other.foreign_keys.iter();
                keys.filter(|key| key.table == table.id)
                    .map(|key| &key.target)
            });
            for columns in [&table.primary_key]
                .into_iter()
                .chain(unique)
                .chain(referred)
            {
                let known = counts
                    .entry((table.id, columns.clone()))
                    .or_insert_with(BTreeMap::new);
                if !known.is_empty() {
                    continue;
                }
                for row in &sampled.rows {
                    if let Some(key) = key_of(row, columns) {
                        *known.entry(key).or_insert(0) += 1;
                    }
                }
            }
        }
        Keys { counts }
    }

    fn count(&self, table: TableId, columns: &[ColumnId], key: &str) -> usize {
        self.counts
            .get(&(table, columns.to_vec()))
            .and_then(|keys| keys.get(key))
            .copied()
            .unwrap_or(0)
    }

    /// The rules between rows that `row` breaks, standing in place of the package's row `before`.
    pub(super) fn verdict(&self, table: &Table, row: &Cells, before: &Cells) -> Vec<Violation> {
        let twice = |columns: &[ColumnId]| {
            key_of(row, columns).is_some_and(|key| {
                let own = usize::from(key_of(before, columns).as_deref() == Some(&key));
                self.count(table.id, columns, &key) > own
            })
        };
        let mut found = Vec::new();
        if twice(&table.primary_key) {
            found.push(Violation::of_row(Rule::PrimaryKey));
        }
        for (at, unique) in table.unique.iter().enumerate() {
            if twice(&unique.columns) {
                found.push(Violation::of_row(Rule::UniqueKey(at)));
            }
        }
        for (at, foreign) in table.foreign_keys.iter().enumerate() {
            let Some(key) = key_of(row, &foreign.columns) else {
                continue;
            };
            let own_table = foreign.table == table.id;
            let own_row = own_table && key_of(row, &foreign.target).as_deref() == Some(&key);
            // The row replaced is gone, and what it was named by with it.
            let gone = own_table && key_of(before, &foreign.target).as_deref() == Some(&key);
            let others = self.count(foreign.table, &foreign.target, &key) > usize::from(gone);
            if !own_row && !others {
                found.push(Violation {
                    column: match foreign.columns.as_slice() {
                        [column] => Some(*column),
                        _ => None,
                    },
                    rule: Rule::Reference(at),
                });
            }
        }
        found
    }
}

/// Every rule that a package breaks, with table and row.
pub(super) fn judge(
    model: &Model,
    package: &Package,
    today: Day,
) -> Vec<(TableId, usize, Violation)> {
    let keys = Keys::of(model, package);
    let mut found = Vec::new();
    for sampled in &package.tables {
        let table = model.table(sampled.table);
        for (at, row) in sampled.rows.iter().enumerate() {
            let mut broken = verdict(model, table, row, today);
            broken.extend(keys.verdict(table, row, row));
            found.extend(
                broken
                    .into_iter()
                    .map(|violation| (table.id, at, violation)),
            );
        }
    }
    found
}
