//! References of a table: which row of another table a new row may name.

use std::collections::BTreeSet;

use super::Random;
use super::form;
use super::package::{Cells, Package, key_of};
use crate::model::{ColumnId, ForeignKey, Model, Table};

/// A foreign key with what choosing its rows needs.
#[derive(Debug)]
pub(super) struct Reference<'m> {
    pub(super) key: &'m ForeignKey,
    /// It refers to its own table.
    pub(super) own: bool,
    /// At least one of its columns may be null.
    pub(super) optional: bool,
    /// A unique key lies within its columns: each row may be named once.
    exclusive: bool,
    /// The rows not named yet start here, for an exclusive one.
    next: usize,
}

/// The rows that references may name.
#[derive(Clone, Copy)]
pub(super) struct Scene<'s> {
    pub(super) table: &'s Table,
    /// The tables done before.
    pub(super) done: &'s Package,
    /// The rows of this table so far.
    pub(super) own_rows: &'s [Cells],
}

/// How a reference is to be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    Null,
    Row,
}

impl<'m> Reference<'m> {
    /// The references of a table, those of most columns first: they settle what the others name.
    pub(super) fn of(table: &'m Table) -> Vec<Reference<'m>> {
        let mut references: Vec<Reference<'m>> = table
            .foreign_keys
            .iter()
            .map(|key| {
                let within = |columns: &[_]| columns.iter().all(|id| key.columns.contains(id));
                Reference {
                    key,
                    own: key.table == table.id,
                    optional: key
                        .columns
                        .iter()
                        .any(|id| !table.column(*id).is_required()),
                    exclusive: within(&table.primary_key)
                        || table.unique.iter().any(|unique| within(&unique.columns)),
                    next: 0,
                }
            })
            .collect();
        references
            .sort_by_key(|reference| (reference.own, usize::MAX - reference.key.columns.len()));
        references
    }

    /// Chooses a row and writes its key into `cells`; columns in `settled` keep what they have.
    /// False when there is no such row and the reference cannot be null.
    pub(super) fn choose(
        &mut self,
        scene: Scene<'_>,
        cells: &mut Cells,
        settled: &mut BTreeSet<usize>,
        choice: Choice,
        random: &mut Random,
    ) -> bool {
        let columns: Vec<usize> = self.key.columns.iter().map(|id| id.index()).collect();
        if choice == Choice::Null && self.optional {
            self.empty(scene.table, cells, settled);
        }
        let bound: Vec<(usize, Option<String>)> = columns
            .iter()
            .zip(&self.key.target)
            .filter(|(column, _)| settled.contains(*column))
            .map(|(column, target)| (target.index(), cells.get(*column).cloned().flatten()))
            .collect();
        // A part settled as null: the reference binds nothing, its other parts may be any row's.
        let loose = bound.iter().any(|(_, text)| text.is_none());
        let fits = |row: &Cells| {
            key_of(row, &self.key.target).is_some()
                && (loose || bound.iter().all(|(at, text)| row.get(*at) == Some(text)))
        };
        let rows: &[Cells] = if self.own {
            scene.own_rows
        } else {
            scene.done.rows(self.key.table)
        };
        let found = if bound.is_empty() {
            self.draw(rows, &fits, random)
        } else {
            let start = random.below(rows.len());
            let (before, behind) = rows.split_at(start.min(rows.len()));
            behind.iter().chain(before).find(|row| fits(row))
        };
        let Some(row) = found else {
            if self.optional {
                self.empty(scene.table, cells, settled);
            }
            let open = columns.iter().any(|at| !settled.contains(at));
            let null = columns
                .iter()
                .any(|at| cells.get(*at).is_none_or(Option::is_none));
            return (null && !open) || (self.own && name_itself(self.key, cells, settled));
        };
        for (column, target) in columns.iter().zip(&self.key.target) {
            if settled.insert(*column)
                && let Some(cell) = cells.get_mut(*column)
            {
                *cell = row.get(target.index()).cloned().flatten();
            }
        }
        if self.exclusive {
            self.next += 1;
        }
        true
    }

    /// How many rows the table may have because each names another row through this reference.
    pub(super) fn limit(&self, done: &Package) -> Option<usize> {
        (self.exclusive && !self.own && !self.optional).then(|| done.rows(self.key.table).len())
    }

    fn draw<'r>(
        &self,
        rows: &'r [Cells],
        fits: &dyn Fn(&Cells) -> bool,
        random: &mut Random,
    ) -> Option<&'r Cells> {
        if self.exclusive {
            // Beyond the last row only a second round is left, which a unique key refuses.
            return match rows.len() {
                0 => None,
                count if self.next >= count && self.optional => None,
                count => (0..count)
                    .filter_map(|step| rows.get((self.next + step) % count))
                    .find(|row| fits(row)),
            };
        }
        (0..8)
            .filter_map(|_| random.pick(rows))
            .find(|row| fits(row))
            .or_else(|| rows.iter().find(|row| fits(row)))
    }

    /// Empties the columns that may be null and are not settled otherwise.
    fn empty(&self, table: &Table, cells: &mut Cells, settled: &mut BTreeSet<usize>) {
        for id in &self.key.columns {
            let at = id.index();
            if table.column(*id).is_required() || settled.contains(&at) {
                continue;
            }
            if let Some(cell) = cells.get_mut(at) {
                *cell = None;
                settled.insert(at);
            }
        }
    }
}

/// The columns that refer to a column of another form or base type.
pub(super) fn copied(model: &Model, table: &Table) -> Vec<ColumnId> {
    let pairs = table.foreign_keys.iter().flat_map(|key| {
        let target = model.table(key.table);
        let pairs = key.columns.iter().zip(&key.target);
        pairs.map(move |(id, other)| (*id, table.column(*id), target.column(*other)))
    });
    pairs
        .filter(|(_, column, target)| {
            let same_form =
                form::scalar_of(model, &column.ty) == form::scalar_of(model, &target.ty);
            column.ty.base != target.ty.base
                || !same_form
                || model.closed_list_of(&column.ty).is_some()
        })
        .map(|(id, _, _)| id)
        .collect()
}

/// The first row of a tree whose reference must be there: it names itself.
fn name_itself(key: &ForeignKey, cells: &mut Cells, settled: &mut BTreeSet<usize>) -> bool {
    for (column, target) in key.columns.iter().zip(&key.target) {
        let Some(text) = cells.get(target.index()).cloned().flatten() else {
            return false;
        };
        if let Some(cell) = cells.get_mut(column.index()) {
            *cell = Some(text);
            settled.insert(column.index());
        }
    }
    true
}
