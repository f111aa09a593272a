//! How long each phase of a run took.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::console::columns;

/// Collects phases; those of one name add up. Threads may share it.
#[derive(Debug, Default)]
pub(crate) struct Timings {
    phases: Mutex<Vec<(String, Duration)>>,
}

impl Timings {
    /// Runs a phase.
    pub(crate) fn phase<T>(&self, name: &str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        let took = start.elapsed();
        // A phase that panicked has nothing to do with the sums.
        let mut phases = self.phases.lock().unwrap_or_else(|lock| lock.into_inner());
        match phases.iter_mut().find(|(known, _)| known == name) {
            Some((_, sum)) => *sum += took,
            None => phases.push((name.to_owned(), took)),
        }
        result
    }

    /// A table in milliseconds, in the order in which the phases first ended.
    pub(crate) fn table(&self) -> String {
        let phases = self.phases.lock().unwrap_or_else(|lock| lock.into_inner());
        let longest = phases.iter().map(|(name, _)| name.chars().count()).max();
        let width = longest.unwrap_or(0);
        let rows: Vec<Vec<String>> = phases
            .iter()
            .map(|(name, took)| {
                let ms = took.as_secs_f64() * 1000.0;
                vec![format!("{name:width$}"), format!("{ms:9.2} ms")]
            })
            .collect();
        columns(&rows)
    }
}
