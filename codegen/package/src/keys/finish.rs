//! From what the rows left to findings.

use std::io;
use std::num::NonZeroUsize;
use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};

use vitrina_codegen::model::TableId;

use super::entry::PARTITIONS;
use super::exact::{Duplicates, compare};
use super::orphans::Orphans;
use super::outcome::{Breach, KeyOutcome, ReferenceOutcome, SetOutcome};
use super::plan::{Kept, KeySet, Reference, Scope};
use super::unique::{Scratch, candidates};
use super::{FetchKey, Keys, parallel, probe};
use crate::code::{ORPHAN, PRIMARY_KEY, UNIQUE_KEY};
use crate::store::Sorter;
use crate::{Cause, Facts, GroupKey, RowId, Subject, Tally, Unchecked};

/// What is needed when all rows were taken.
#[derive(Clone, Copy)]
pub struct Ending<'e> {
    /// Threads to work on.
    pub threads: NonZeroUsize,
    /// Reads candidates, and samples of missing keys, again.
    pub fetch: &'e dyn FetchKey,
    /// How many lines of a table could not be told into fields, and so were not handed to any worker.
    pub broken_rows: &'e (dyn Fn(TableId) -> u64 + Sync),
    /// Takes each row that breaks something, from several threads in no order: once for each key and for
    /// each reference that it breaks.
    pub broken: &'e (dyn Fn(Breach, TableId, RowId) + Sync),
}

impl std::fmt::Debug for Ending<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ending")
            .field("threads", &self.threads)
            .finish_non_exhaustive()
    }
}

impl<'m> Keys<'m> {
    /// Judges what all finished workers took.
    ///
    /// # Errors
    /// A file cannot be read again, or the disk refused or lost what had to be kept there: then the error
    /// holds a [`SpillError`](crate::store::SpillError).
    pub fn finish(
        self,
        ending: &Ending<'_>,
        tally: &mut Tally<'m>,
        unchecked: &mut Vec<Unchecked<'m>>,
    ) -> io::Result<KeyOutcome> {
        unchecked.extend(self.unchecked.iter().cloned());
        let sets = self.finish_sets(ending, tally, unchecked)?;
        let references = self.finish_references(ending, tally, unchecked)?;
        Ok(KeyOutcome { sets, references })
    }

    fn finish_sets(
        &self,
        ending: &Ending<'_>,
        tally: &mut Tally<'m>,
        unchecked: &mut Vec<Unchecked<'m>>,
    ) -> io::Result<Vec<SetOutcome>> {
        let sorters: Vec<Mutex<Option<Sorter>>> =
            self.sets.iter().map(|_| Mutex::new(None)).collect();
        let rooms: Mutex<Vec<Scratch>> = Mutex::default();
        parallel::each(ending.threads, self.sets.len() * PARTITIONS, |job| {
            let (at, partition) = (job / PARTITIONS, job % PARTITIONS);
            let (Some(set), Some(sorter)) = (self.sets.get(at), sorters.get(at)) else {
                return Ok(());
            };
            if set.breach.is_none() || set.kept.records_of(partition) < 2 {
                return Ok(());
            }
            let mut scratch = lock(&rooms).pop().unwrap_or_default();
            self.find(set, partition, &mut scratch, sorter)?;
            lock(&rooms).push(scratch);
            Ok(())
        })?;
        drop(rooms);
        let mut outcomes = Vec::new();
        for (set, sorter) in self.sets.iter().zip(sorters) {
            let Some(breach) = set.breach else { continue };
            let sorter = sorter.into_inner().unwrap_or_else(PoisonError::into_inner);
            let found = match sorter {
                Some(sorter) => {
                    let rows = sorter.finish()?;
                    compare(&self.store, set, rows, self.samples, ending)?
                }
                None => Duplicates::default(),
            };
            if found.rows > 0 {
                let code = match breach {
                    Breach::PrimaryKey => PRIMARY_KEY,
                    _ => UNIQUE_KEY,
                };
                let key = GroupKey {
                    columns: set.columns.clone(),
                    ..GroupKey::of_table(code, set.table)
                };
                tally.add_unseen(key.clone(), found.rows - found.samples.len() as u64);
                tally.set_distinct(key.clone(), found.keys);
                for sample in found.samples() {
                    tally.add(key.clone(), sample);
                }
            }
            let unreadable = set.unreadable.load(Ordering::Relaxed);
            if unreadable > 0 {
                unchecked.push(Unchecked {
                    subject: Subject::Keys,
                    table: Some(set.table),
                    columns: set.columns.clone(),
                    cause: Cause::UnreadableCells(unreadable),
                });
            }
            outcomes.push(SetOutcome {
                table: set.table,
                columns: set.columns.clone(),
                judged: set.judged.load(Ordering::Relaxed),
                broken: found.rows,
                distinct: found.keys,
            });
        }
        Ok(outcomes)
    }

    /// Finds the candidates of a partition.
    fn find(
        &self,
        set: &KeySet,
        partition: usize,
        scratch: &mut Scratch,
        sorter: &Mutex<Option<Sorter>>,
    ) -> io::Result<()> {
        let take = |row: u64| {
            let mut sorter = lock(sorter);
            let sorter = sorter.get_or_insert_with(|| Sorter::new(&self.store));
            sorter.push(&row.to_be_bytes())
        };
        match &set.kept {
            Kept::Narrow(entries) => {
                candidates(&self.store, entries, partition, scratch, take)?;
                entries.clear(partition);
            }
            // Children still ask for these.
            Kept::Wide(entries) => candidates(&self.store, entries, partition, scratch, take)?,
        }
        Ok(())
    }

    fn finish_references(
        &self,
        ending: &Ending<'_>,
        tally: &mut Tally<'m>,
        unchecked: &mut Vec<Unchecked<'m>>,
    ) -> io::Result<Vec<ReferenceOutcome>> {
        parallel::each(ending.threads, self.sets.len() * PARTITIONS, |job| {
            probe::look_up(self, job / PARTITIONS, job % PARTITIONS)
        })?;
        let all: Vec<Mutex<Orphans>> = self.references.iter().map(|_| Mutex::default()).collect();
        let jobs = self.references.len() * PARTITIONS;
        parallel::each(ending.threads, jobs, |job| {
            let (at, partition) = (job / PARTITIONS, job % PARTITIONS);
            if let (Some(reference), Some(all)) = (self.references.get(at), all.get(at))
                && reference.orphans.records_of(partition) > 0
            {
                let found = Orphans::of(self, reference, partition, ending)?;
                lock(all).merge(found, self.samples);
            }
            Ok(())
        })?;
        let mut outcomes = Vec::new();
        for (reference, found) in self.references.iter().zip(all) {
            let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
            if found.rows > 0 && self.scope == Scope::Full {
                self.report(reference, &found, ending, tally)?;
            }
            unchecked.extend(self.doubts(reference, &found, ending));
            outcomes.push(ReferenceOutcome {
                table: reference.table,
                columns: reference.columns.clone(),
                target: reference.target,
                judged: reference.judged.load(Ordering::Relaxed),
                missing: found.rows,
                distinct: found.parents,
            });
        }
        Ok(outcomes)
    }

    fn report(
        &self,
        reference: &Reference,
        found: &Orphans,
        ending: &Ending<'_>,
        tally: &mut Tally<'m>,
    ) -> io::Result<()> {
        let target = self.model.table(reference.target).name.as_str();
        let key = GroupKey {
            columns: reference.columns.clone(),
            facts: Facts::default().with("target", target),
            ..GroupKey::of_table(ORPHAN, reference.table)
        };
        let samples = found.samples(self, reference, ending)?;
        let shown: u64 = samples.iter().map(|sample| sample.count).sum();
        tally.add_unseen(key.clone(), found.rows - shown);
        tally.set_distinct(key.clone(), found.parents);
        for sample in samples {
            tally.add(key.clone(), sample);
        }
        Ok(())
    }

    /// What was not checked of a reference.
    fn doubts(
        &self,
        reference: &Reference,
        found: &Orphans,
        ending: &Ending<'_>,
    ) -> Vec<Unchecked<'m>> {
        let mut causes = Vec::new();
        let unreadable = reference.unreadable.load(Ordering::Relaxed);
        if unreadable > 0 {
            causes.push(Cause::UnreadableCells(unreadable));
        }
        // Where everything was found, nothing is in doubt.
        if found.rows > 0 {
            match self.scope {
                Scope::Changes => causes.push(Cause::Changes),
                Scope::Full | Scope::Deletions => {
                    let parents = self.sets.get(reference.set);
                    let lost = (ending.broken_rows)(reference.target)
                        + parents.map_or(0, |set| set.unreadable.load(Ordering::Relaxed));
                    if lost > 0 {
                        causes.push(Cause::BrokenParents(reference.target, lost));
                    }
                }
            }
        }
        let of = |cause| Unchecked {
            subject: Subject::References(reference.target),
            table: Some(reference.table),
            columns: reference.columns.clone(),
            cause,
        };
        causes.into_iter().map(of).collect()
    }
}

impl Kept {
    fn records_of(&self, partition: usize) -> u64 {
        match self {
            Kept::Narrow(entries) => entries.records_of(partition),
            Kept::Wide(entries) => entries.records_of(partition),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
