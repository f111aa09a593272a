//! What one thread found in a table: counted by kind, the first rows kept. Turned into groups with names
//! and facts only at the end.

use std::collections::BTreeMap;

use vitrina_codegen::model::{CheckSeverity, Metric, TableId};

use super::plan::TablePlan;
use crate::{Cause, Code, GroupKey, Marks, RowId, Sample, Tally, Unchecked};

/// What findings have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    /// None for a condition of the model.
    code: Option<Code>,
    /// Position of the column, of the condition, or of the file in the package.
    at: Option<usize>,
    is_file: bool,
}

impl Key {
    pub(super) fn of(code: Code, column: Option<usize>) -> Key {
        Key {
            code: Some(code),
            at: column,
            is_file: false,
        }
    }

    pub(super) fn of_file(code: Code, file: usize) -> Key {
        Key {
            code: Some(code),
            at: Some(file),
            is_file: true,
        }
    }

    pub(super) fn of_condition(at: usize) -> Key {
        Key {
            code: None,
            at: Some(at),
            is_file: false,
        }
    }
}

/// Findings of one kind.
#[derive(Debug, Default)]
pub(super) struct Kind {
    count: u64,
    /// The first ones, ascending.
    rows: Vec<u64>,
    last: Option<u64>,
    marks: Vec<(Metric, CheckSeverity)>,
}

impl Kind {
    /// Marks the row as broken.
    pub(super) fn mark(&self, marks: &Marks, table: TableId, row: u64) {
        for (metric, severity) in &self.marks {
            marks.broken(table, *metric, RowId(row), *severity);
        }
    }
}

/// What was found.
#[derive(Debug)]
pub(crate) struct Found {
    limit: usize,
    kinds: BTreeMap<Key, Kind>,
    /// By condition: rows not judged, for they have unreadable cells.
    unreadable: Vec<u64>,
}

impl Found {
    pub(super) fn new(limit: usize, conditions: usize) -> Found {
        Found {
            limit,
            kinds: BTreeMap::new(),
            unreadable: vec![0; conditions],
        }
    }

    /// Adds a finding; `marks` says once for each kind what its rows are marked as.
    pub(super) fn add(
        &mut self,
        key: Key,
        row: u64,
        marks: impl FnOnce() -> Vec<(Metric, CheckSeverity)>,
    ) -> &Kind {
        let kind = self.kinds.entry(key).or_insert_with(|| Kind {
            marks: marks(),
            ..Kind::default()
        });
        kind.count += 1;
        kind.last = Some(row);
        let is_full = kind.rows.len() >= self.limit;
        if !is_full || kind.rows.last().is_some_and(|last| row < *last) {
            let at = kind.rows.partition_point(|known| *known <= row);
            kind.rows.insert(at, row);
            kind.rows.truncate(self.limit);
        }
        kind
    }

    /// The row of the last finding of a kind.
    pub(super) fn last_row(&self, key: Key) -> Option<u64> {
        self.kinds.get(&key)?.last
    }

    /// A condition could not be judged for a row.
    pub(super) fn unreadable(&mut self, condition: usize) {
        if let Some(count) = self.unreadable.get_mut(condition) {
            *count += 1;
        }
    }

    /// Takes what another thread found.
    pub(crate) fn merge(&mut self, other: Found) {
        for (key, from) in other.kinds {
            let kind = self.kinds.entry(key).or_default();
            kind.count += from.count;
            kind.rows.extend(from.rows);
            kind.rows.sort_unstable();
            kind.rows.truncate(self.limit);
        }
        for (count, from) in self.unreadable.iter_mut().zip(other.unreadable) {
            *count += from;
        }
    }

    /// Puts the findings into groups.
    pub(crate) fn tally<'m>(
        self,
        plan: &TablePlan<'m>,
        tally: &mut Tally<'m>,
        unchecked: &mut Vec<Unchecked<'m>>,
    ) {
        for (key, kind) in self.kinds {
            let group: GroupKey<'m> = match (key.code, key.at) {
                (Some(code), Some(file)) if key.is_file => GroupKey {
                    file: Some(file),
                    ..GroupKey::of_table(code, plan.table.id)
                },
                (Some(code), column) => plan.group(code, column),
                (None, at) => plan.group_of_condition(at.unwrap_or_default()),
            };
            let shown = kind.rows.len() as u64;
            for row in kind.rows {
                tally.add(group.clone(), Sample::of_row(RowId(row)));
            }
            if kind.count > shown {
                tally.add_unseen(group, kind.count - shown);
            }
        }
        for (at, count) in self.unreadable.into_iter().enumerate() {
            if count > 0 {
                unchecked.extend(plan.unchecked(at, Cause::UnreadableCells(count)));
            }
        }
    }
}
