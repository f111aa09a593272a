//! What is told to rules from outside, and what is counted on the way.

use vitrina_codegen::model::{CheckSeverity, Metric, Model, TableId};

use crate::{Cause, RowId};

/// What a package holds of each table.
#[derive(Debug, Clone)]
pub struct Tables {
    states: Vec<TableState>,
    are_changes: bool,
}

/// Whether a table's rows can be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableState {
    /// The package has no file of it.
    Missing,
    /// Its file cannot be read as rows.
    Unreadable,
    /// Its rows are scanned.
    Present,
}

impl Tables {
    /// A package without any table. `are_changes`: it brings changes only, so that what its rows refer
    /// to may be in the showcase already.
    pub fn new(model: &Model, are_changes: bool) -> Tables {
        Tables {
            states: vec![TableState::Missing; model.tables().len()],
            are_changes,
        }
    }

    /// Says what is known of a table.
    pub fn set(&mut self, table: TableId, state: TableState) {
        if let Some(known) = self.states.get_mut(table.index()) {
            *known = state;
        }
    }

    /// What is known of a table.
    pub fn state(&self, table: TableId) -> TableState {
        let known = self.states.get(table.index()).copied();
        known.unwrap_or(TableState::Missing)
    }

    /// Why nothing can be said that needs all of these.
    pub(super) fn refusal(&self, tables: &[TableId]) -> Option<Cause> {
        tables.iter().find_map(|id| match self.state(*id) {
            TableState::Missing => Some(Cause::NoTable(*id)),
            TableState::Unreadable => Some(Cause::UnreadableTable(*id)),
            TableState::Present => None,
        })
    }

    pub(super) fn are_changes(&self) -> bool {
        self.are_changes
    }
}

/// Takes what is known of rows, for the shares of rows that keep the rules.
pub trait RowMarks: Send + Sync {
    /// A rule of this metric judges the row.
    fn judged(&self, table: TableId, metric: Metric, row: RowId);

    /// A judged row breaks a rule.
    fn broken(&self, table: TableId, metric: Metric, severity: CheckSeverity, row: RowId);

    /// Records that are no rows: kinds of information.
    fn others(&self, metric: Metric, severity: CheckSeverity, judged: u64, broken: u64);
}

/// How an assertion fared in a table.
#[derive(Debug, Clone, Default)]
pub(super) struct Counts {
    pub(super) judged: u64,
    pub(super) broken: u64,
    pub(super) unreadable: u64,
    /// Rows that there was too little memory for.
    pub(super) lost: u64,
    /// The first broken rows, ascending.
    pub(super) samples: Vec<u64>,
}

impl Counts {
    /// Counts a broken row, and keeps it if it is among the first.
    pub(super) fn add_broken(&mut self, row: u64, limit: usize) {
        self.broken += 1;
        self.keep(row, limit);
    }

    fn keep(&mut self, row: u64, limit: usize) {
        if self.samples.len() >= limit && self.samples.last().is_none_or(|last| *last <= row) {
            return;
        }
        let at = self.samples.partition_point(|known| *known <= row);
        self.samples.insert(at, row);
        self.samples.truncate(limit);
    }

    pub(super) fn merge(&mut self, other: Counts, limit: usize) {
        self.judged += other.judged;
        self.broken += other.broken;
        self.unreadable += other.unreadable;
        self.lost += other.lost;
        for row in other.samples {
            self.keep(row, limit);
        }
    }
}
