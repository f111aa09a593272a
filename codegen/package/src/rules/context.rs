//! What all threads share while rows are taken.

use std::sync::{Mutex, PoisonError};

use vitrina_codegen::model::eval::Day;

use super::plan::Plan;
use super::state::{Counts, RowMarks};
use super::stock::Stock;
use crate::store::Spool;

/// What all threads share.
#[derive(Clone, Copy)]
pub(super) struct Context<'r> {
    pub(super) plan: &'r Plan<'r>,
    pub(super) spools: &'r [Option<Spool>],
    pub(super) stocks: &'r [Stock],
    /// Flows of which a row waits for a parent, by number.
    pub(super) waiting: &'r [std::sync::atomic::AtomicBool],
    pub(super) outcome: &'r Outcome,
    pub(super) marks: &'r dyn RowMarks,
    pub(super) today: Day,
    /// How many samples are kept.
    pub(super) limit: usize,
}

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// By entry.
    pub(super) counts: Vec<Mutex<Counts>>,
    /// By indicator: numerator, denominator, rows lost.
    pub(super) ratios: Vec<Mutex<[u64; 3]>>,
}

impl<'r> Context<'r> {
    /// A spool that is still written.
    pub(super) fn spool(self, at: usize) -> Option<&'r Spool> {
        self.spools.get(at)?.as_ref()
    }

    pub(super) fn add_counts(self, entry: usize, counts: Counts) {
        if let Some(known) = self.outcome.counts.get(entry) {
            let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
            known.merge(counts, self.limit);
        }
    }

    pub(super) fn add_ratio(self, indicator: usize, numerator: u64, denominator: u64, lost: u64) {
        if let Some(known) = self.outcome.ratios.get(indicator) {
            let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
            known[0] += numerator;
            known[1] += denominator;
            known[2] += lost;
        }
    }
}
