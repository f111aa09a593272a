//! Quality as numbers: of the records that rules of a metric judge, how many keep all of them.

use super::outcome::Ratio;
use crate::model::{CheckSeverity, Metric, Model, TableId};

/// The shares by metric, of the package and of each of its tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metrics {
    /// Of all records: rows, deleted records and kinds of information.
    pub overall: Shares,
    /// Of the rows of each table that the package holds, in the order of the model.
    pub tables: Vec<(TableId, Shares)>,
}

/// The share of each metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shares([Share; Metric::ALL.len()]);

impl Shares {
    /// The share of a metric.
    pub fn of(&self, metric: Metric) -> Share {
        self.0[metric as usize]
    }

    fn of_mut(&mut self, metric: Metric) -> &mut Share {
        &mut self.0[metric as usize]
    }
}

/// How records fared by the rules of one metric. A record counts once, however many rules judge it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// Records that at least one rule judges.
    pub judged: u64,
    /// Those of them that break a rule of weight error.
    pub errors: u64,
    /// Those of them that break rules of weight warning only.
    pub warnings: u64,
}

impl Share {
    /// The share of records that break nothing.
    pub fn kept(self) -> Ratio {
        Ratio {
            numerator: self.judged - self.errors - self.warnings,
            denominator: self.judged,
        }
    }

    /// The share of records that break no rule of weight error.
    pub fn without_errors(self) -> Ratio {
        Ratio {
            numerator: self.judged - self.errors,
            denominator: self.judged,
        }
    }

    fn add(&mut self, other: Share) {
        self.judged += other.judged;
        self.errors += other.errors;
        self.warnings += other.warnings;
    }
}

/// What is known of a row: a bit for each metric.
#[derive(Debug, Clone, Copy, Default)]
struct Mark {
    judged: u8,
    errors: u8,
    warnings: u8,
}

/// The marks of a package's rows, while it is judged.
pub(super) struct Marks {
    /// By [`TableId`] and row.
    rows: Vec<Vec<Mark>>,
    /// Records that are no rows.
    others: Shares,
}

impl Marks {
    pub(super) fn new(model: &Model) -> Marks {
        Marks {
            rows: model.tables().iter().map(|_| Vec::new()).collect(),
            others: Shares::default(),
        }
    }

    /// Marks a row as judged.
    pub(super) fn judged(&mut self, table: TableId, row: u32, metric: Metric) {
        if let Some(mark) = self.mark(table, row) {
            mark.judged |= bit(metric);
        }
    }

    /// Marks a judged row as broken.
    pub(super) fn broken(
        &mut self,
        table: TableId,
        row: u32,
        metric: Metric,
        severity: CheckSeverity,
    ) {
        if let Some(mark) = self.mark(table, row) {
            match severity {
                CheckSeverity::Error => mark.errors |= bit(metric),
                CheckSeverity::Warning => mark.warnings |= bit(metric),
            }
        }
    }

    /// Counts records that are no rows.
    pub(super) fn others(
        &mut self,
        metric: Metric,
        severity: CheckSeverity,
        judged: u64,
        broken: u64,
    ) {
        let (errors, warnings) = match severity {
            CheckSeverity::Error => (broken, 0),
            CheckSeverity::Warning => (0, broken),
        };
        self.others.of_mut(metric).add(Share {
            judged,
            errors,
            warnings,
        });
    }

    fn mark(&mut self, table: TableId, row: u32) -> Option<&mut Mark> {
        let marks = self.rows.get_mut(table.index())?;
        let row = row as usize;
        if marks.len() <= row {
            marks.resize_with(row + 1, Mark::default);
        }
        marks.get_mut(row)
    }

    /// The shares of the tables that `holds` names, and of all.
    pub(super) fn metrics(&self, model: &Model, holds: impl Fn(TableId) -> bool) -> Metrics {
        let mut overall = self.others;
        let mut tables = Vec::new();
        for (table, marks) in model.tables().iter().zip(&self.rows) {
            if !holds(table.id) {
                continue;
            }
            let mut shares = Shares::default();
            for (_, metric) in Metric::ALL {
                let share = share(marks, metric);
                overall.of_mut(metric).add(share);
                *shares.of_mut(metric) = share;
            }
            tables.push((table.id, shares));
        }
        Metrics { overall, tables }
    }
}

fn share(marks: &[Mark], metric: Metric) -> Share {
    let bit = bit(metric);
    let count =
        |test: &dyn Fn(&Mark) -> bool| marks.iter().filter(|mark| test(mark)).count() as u64;
    Share {
        judged: count(&|mark| mark.judged & bit != 0),
        errors: count(&|mark| mark.errors & bit != 0),
        warnings: count(&|mark| mark.warnings & !mark.errors & bit != 0),
    }
}

fn bit(metric: Metric) -> u8 {
    1 << metric as u8
}
