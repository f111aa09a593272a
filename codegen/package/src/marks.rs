//! Which rows are judged for a side of quality, and which of them break it: each row counts once,
//! however many checks speak of it, whoever finds it and in what order.
//!
//! A bit for a row, in blocks that are made when a row of theirs is broken: a table without faults costs
//! nothing, one with all of them at most 2.4 bytes a row.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{PoisonError, RwLock};

use vitrina_codegen::model::{CheckSeverity, Metric, Model, TableId};
use vitrina_codegen::quality::Share;

use crate::attribution::Extent;
use crate::{RowId, RowMarks};

/// Marks of the rows of a package, set by several threads at once.
#[derive(Debug)]
pub struct Marks {
    tables: Vec<TableMarks>,
    /// Records that are no rows: deleted ones, kinds of information.
    others: RwLock<Shares>,
}

#[derive(Debug, Default)]
struct TableMarks {
    /// Lines behind the header.
    rows: AtomicU64,
    holds: AtomicBool,
    /// Lines whose fields could not be told.
    unread: Bits,
    metrics: [MetricMarks; Metric::ALL.len()],
}

#[derive(Debug, Default)]
struct MetricMarks {
    all_rows: AtomicBool,
    all_lines: AtomicBool,
    judged: Bits,
    errors: Bits,
    warnings: Bits,
}

/// The share of each metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shares(pub(crate) [Share; Metric::ALL.len()]);

impl Shares {
    /// The share of a metric.
    pub fn of(&self, metric: Metric) -> Share {
        self.0[metric as usize]
    }

    fn add(&mut self, metric: Metric, other: Share) {
        let share = &mut self.0[metric as usize];
        share.judged += other.judged;
        share.errors += other.errors;
        share.warnings += other.warnings;
    }
}

/// Quality as numbers: of the records that checks of a metric judge, how many keep all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metrics {
    /// Of all records: rows, deleted records and kinds of information.
    pub overall: Shares,
    /// Of the rows of each table that the package holds, in the order of the model.
    pub tables: Vec<(TableId, Shares)>,
    /// The rows at fault of the same tables, whatever the metric.
    pub faulty: Vec<(TableId, FaultyRows)>,
}

/// Rows of a table with findings; each counts once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FaultyRows {
    /// Those with at least one of weight error.
    pub errors: u64,
    /// Those with warnings only.
    pub warnings: u64,
}

impl Marks {
    /// No marks yet.
    pub fn new(model: &Model) -> Marks {
        Marks {
            tables: model
                .tables()
                .iter()
                .map(|_| TableMarks::default())
                .collect(),
            others: RwLock::default(),
        }
    }

    /// The package holds a table of so many lines behind the headers.
    pub fn holds(&self, table: TableId, rows: u64) {
        if let Some(marks) = self.tables.get(table.index()) {
            marks.holds.store(true, Ordering::Relaxed);
            marks.rows.store(rows, Ordering::Relaxed);
        }
    }

    /// Every row of a table, or every line, is judged for a metric.
    pub fn judged_all(&self, table: TableId, metric: Metric, extent: Extent) {
        if let Some(marks) = self.metric(table, metric) {
            match extent {
                Extent::Rows => &marks.all_rows,
                Extent::Lines => &marks.all_lines,
            }
            .store(true, Ordering::Relaxed);
        }
    }

    /// A row is judged for a metric.
    pub fn judged(&self, table: TableId, metric: Metric, row: RowId) {
        if let Some(marks) = self.metric(table, metric)
            && !marks.all_rows.load(Ordering::Relaxed)
        {
            marks.judged.set(row.0);
        }
    }

    /// A judged row breaks a check.
    pub fn broken(&self, table: TableId, metric: Metric, row: RowId, severity: CheckSeverity) {
        if let Some(marks) = self.metric(table, metric) {
            match severity {
                CheckSeverity::Error => marks.errors.set(row.0),
                CheckSeverity::Warning => marks.warnings.set(row.0),
            }
        }
    }

    /// The fields of a line could not be told.
    pub fn unread(&self, table: TableId, row: RowId) {
        if let Some(marks) = self.tables.get(table.index()) {
            marks.unread.set(row.0);
        }
    }

    /// How many lines of a table could not be told into fields.
    pub fn count_unread(&self, table: TableId) -> u64 {
        let marks = self.tables.get(table.index());
        marks.map_or(0, |marks| marks.unread.count(|_, bits| bits))
    }

    /// Counts records that are no rows.
    pub fn others(&self, metric: Metric, severity: CheckSeverity, judged: u64, broken: u64) {
        let (errors, warnings) = match severity {
            CheckSeverity::Error => (broken, 0),
            CheckSeverity::Warning => (0, broken),
        };
        let mut others = self.others.write().unwrap_or_else(PoisonError::into_inner);
        others.add(
            metric,
            Share {
                judged,
                errors,
                warnings,
            },
        );
    }

    /// The shares, when everything is judged.
    pub fn metrics(&self, model: &Model) -> Metrics {
        let mut overall = *self.others.read().unwrap_or_else(PoisonError::into_inner);
        let (mut tables, mut faulty) = (Vec::new(), Vec::new());
        for (table, marks) in model.tables().iter().zip(&self.tables) {
            if !marks.holds.load(Ordering::Relaxed) {
                continue;
            }
            let mut shares = Shares::default();
            for (_, metric) in Metric::ALL {
                let share = marks.share(metric);
                overall.add(metric, share);
                shares.add(metric, share);
            }
            tables.push((table.id, shares));
            faulty.push((table.id, marks.faulty()));
        }
        Metrics {
            overall,
            tables,
            faulty,
        }
    }

    fn metric(&self, table: TableId, metric: Metric) -> Option<&MetricMarks> {
        self.tables.get(table.index())?.metrics.get(metric as usize)
    }
}

impl TableMarks {
    fn share(&self, metric: Metric) -> Share {
        let Some(marks) = self.metrics.get(metric as usize) else {
            return Share::default();
        };
        let rows = self.rows.load(Ordering::Relaxed);
        let judged = if marks.all_lines.load(Ordering::Relaxed) {
            rows
        } else if marks.all_rows.load(Ordering::Relaxed) {
            // Those left out, but for the ones that were marked nevertheless.
            rows - self.unread.count(|at, bits| bits & !marks.judged.word(at))
        } else {
            marks.judged.count(|_, bits| bits)
        };
        Share {
            judged,
            errors: marks.errors.count(|_, bits| bits),
            warnings: marks
                .warnings
                .count(|at, bits| bits & !marks.errors.word(at)),
        }
    }
}

impl RowMarks for Marks {
    fn judged(&self, table: TableId, metric: Metric, row: RowId) {
        Marks::judged(self, table, metric, row);
    }

    fn broken(&self, table: TableId, metric: Metric, severity: CheckSeverity, row: RowId) {
        Marks::broken(self, table, metric, row, severity);
    }

    fn others(&self, metric: Metric, severity: CheckSeverity, judged: u64, broken: u64) {
        Marks::others(self, metric, severity, judged, broken);
    }
}

impl TableMarks {
    /// The rows that any metric marks, by their heaviest mark.
    fn faulty(&self) -> FaultyRows {
        let mut faulty = FaultyRows::default();
        for (at, marks) in self.metrics.iter().enumerate() {
            let before = &self.metrics[..at];
            let errors_before = |word| {
                before
                    .iter()
                    .fold(0, |sum, one| sum | one.errors.word(word))
            };
            faulty.errors += marks.errors.count(|word, bits| bits & !errors_before(word));
            let warnings_before = |word| {
                before
                    .iter()
                    .fold(0, |sum, one| sum | one.warnings.word(word))
            };
            let errors = |word| {
                self.metrics
                    .iter()
                    .fold(0, |sum, one| sum | one.errors.word(word))
            };
            faulty.warnings += marks
                .warnings
                .count(|word, bits| bits & !warnings_before(word) & !errors(word));
        }
        faulty
    }
}

/// A bit for each row.
#[derive(Debug, Default)]
struct Bits(RwLock<Vec<Option<Block>>>);

/// Words of a block: 32,768 rows.
const WORDS: usize = 512;

type Block = Box<[AtomicU64; WORDS]>;

impl Bits {
    fn set(&self, row: u64) {
        let word = (row / 64) as usize;
        let bit = 1 << (row % 64);
        {
            let blocks = self.0.read().unwrap_or_else(PoisonError::into_inner);
            if let Some(Some(block)) = blocks.get(word / WORDS) {
                block[word % WORDS].fetch_or(bit, Ordering::Relaxed);
                return;
            }
        }
        let mut blocks = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if blocks.len() <= word / WORDS {
            blocks.resize_with(word / WORDS + 1, || None);
        }
        if let Some(block) = blocks.get_mut(word / WORDS) {
            let block = block.get_or_insert_with(|| Box::new([const { AtomicU64::new(0) }; WORDS]));
            block[word % WORDS].fetch_or(bit, Ordering::Relaxed);
        }
    }

    /// The bits of a word.
    fn word(&self, word: usize) -> u64 {
        let blocks = self.0.read().unwrap_or_else(PoisonError::into_inner);
        match blocks.get(word / WORDS) {
            Some(Some(block)) => block[word % WORDS].load(Ordering::Relaxed),
            _ => 0,
        }
    }

    /// How many bits of all words are left by `of`, which is given each word's position.
    fn count(&self, of: impl Fn(usize, u64) -> u64) -> u64 {
        let blocks = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut count = 0;
        for (at, block) in blocks.iter().enumerate() {
            for (word, bits) in block.iter().flat_map(|block| block.iter()).enumerate() {
                let bits = bits.load(Ordering::Relaxed);
                if bits != 0 {
                    count += u64::from(of(at * WORDS + word, bits).count_ones());
                }
            }
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::model;

    #[test]
    fn a_row_counts_once() {
        let model = model("model");
        let table = model.find_table("mark").unwrap().id;
        let marks = Marks::new(&model);
        marks.holds(table, 100_000);
        marks.judged_all(table, Metric::Format, Extent::Lines);
        marks.judged_all(table, Metric::Completeness, Extent::Rows);
        for row in [3, 3, 99_999] {
            marks.unread(table, RowId(row));
            marks.broken(table, Metric::Format, RowId(row), CheckSeverity::Error);
        }
        for severity in [CheckSeverity::Error, CheckSeverity::Warning] {
            marks.broken(table, Metric::Completeness, RowId(40_000), severity);
        }
        marks.broken(
            table,
            Metric::Completeness,
            RowId(7),
            CheckSeverity::Warning,
        );
        for row in [5, 5, 6] {
            marks.judged(table, Metric::Linkage, RowId(row));
        }
        marks.others(Metric::Completeness, CheckSeverity::Error, 10, 2);
        let metrics = marks.metrics(&model);
        let faulty = FaultyRows {
            errors: 3,
            warnings: 1,
        };
        assert_eq!(metrics.faulty, [(table, faulty)]);
        let share = |judged, errors, warnings| Share {
            judged,
            errors,
            warnings,
        };
        let [(id, shares)] = metrics.tables.as_slice() else {
            panic!("{metrics:?}");
        };
        assert_eq!(*id, table);
        assert_eq!(shares.of(Metric::Format), share(100_000, 2, 0));
        assert_eq!(shares.of(Metric::Completeness), share(99_998, 1, 1));
        assert_eq!(shares.of(Metric::Linkage), share(2, 0, 0));
        assert_eq!(
            metrics.overall.of(Metric::Completeness),
            share(100_008, 3, 1)
        );
        assert_eq!(marks.count_unread(table), 2);
    }
}
