//! Orphans by the parent that is missing.

use std::cmp::Reverse;
use std::io;

use super::Keys;
use super::exact::keep;
use super::finish::Ending;
use super::outcome::Breach;
use super::passes;
use super::plan::{Reference, Scope};
use crate::{Cell, RowId, Sample};

/// A missing parent: the most wanted first, then the one that was wanted first.
type Missing = (Reverse<u64>, u64);

/// What rows that refer to nothing are.
#[derive(Debug, Default)]
pub(super) struct Orphans {
    pub(super) rows: u64,
    pub(super) parents: u64,
    most: Vec<Missing>,
}

impl Orphans {
    /// Those of a partition.
    pub(super) fn of(
        keys: &Keys<'_>,
        reference: &Reference,
        partition: usize,
        ending: &Ending<'_>,
    ) -> io::Result<Orphans> {
        let entries = &reference.orphans;
        let mut found = Orphans {
            rows: entries.records_of(partition),
            ..Orphans::default()
        };
        if found.rows == 0 {
            return Ok(found);
        }
        if keys.scope == Scope::Full {
            entries.for_each(partition, |entry| {
                (ending.broken)(Breach::Reference, reference.table, RowId(entry.row));
            })?;
        }
        passes::count(
            &keys.store,
            entries,
            partition,
            |entry| entry.fingerprint,
            |count: &mut (u64, Reverse<u64>), entry| {
                // The default, 0 of a first row, stands for none: the greatest of the reversed.
                let first = match count.0 {
                    0 => entry.row,
                    _ => count.1.0.min(entry.row),
                };
                *count = (count.0 + 1, Reverse(first));
            },
            |_, counts| {
                found.parents += counts.len() as u64;
                let mut values = counts.values().copied().collect::<Vec<_>>();
                values.sort_unstable_by(|one, other| other.cmp(one));
                for (count, first) in values.into_iter().take(keys.samples) {
                    keep(&mut found.most, (Reverse(count), first.0), keys.samples);
                }
                Ok(())
            },
        )?;
        entries.clear(partition);
        Ok(found)
    }

    /// Takes those of another partition.
    pub(super) fn merge(&mut self, other: Orphans, limit: usize) {
        self.rows += other.rows;
        self.parents += other.parents;
        for missing in other.most {
            keep(&mut self.most, missing, limit);
        }
    }

    /// A sample for each of the most wanted parents, with its key read again.
    pub(super) fn samples(
        &self,
        keys: &Keys<'_>,
        reference: &Reference,
        ending: &Ending<'_>,
    ) -> io::Result<Vec<Sample>> {
        let mut rows: Vec<RowId> = self.most.iter().map(|(_, row)| RowId(*row)).collect();
        rows.sort_unstable();
        rows.dedup();
        let mut values: Vec<(RowId, String)> = Vec::new();
        ending.fetch.fetch(
            reference.table,
            &rows,
            &reference.columns,
            &mut |row, cells| {
                values.push((row, text_of(keys, reference, cells)));
            },
        )?;
        let value_of = |row| {
            let known = values.iter().find(|(known, _)| *known == row)?;
            Some(known.1.clone())
        };
        let samples = self.most.iter().map(|(count, row)| Sample {
            row: Some(RowId(*row)),
            line: None,
            count: count.0,
            value: value_of(RowId(*row)),
        });
        Ok(samples.collect())
    }
}

/// A missing key for people: the texts of its values, joined by `|`.
fn text_of(keys: &Keys<'_>, reference: &Reference, cells: &[Cell<'_>]) -> String {
    let table = keys.model.table(reference.table);
    let texts: Vec<String> = reference
        .columns
        .iter()
        .map(|column| {
            let value = cells.get(column.index()).and_then(Cell::value);
            let base = table.column(*column).ty.base;
            value
                .and_then(|value| value.to_text(base))
                .unwrap_or_default()
        })
        .collect();
    texts.join("|")
}
