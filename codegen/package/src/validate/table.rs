//! The scan of tables: a large one by all threads, small ones each by one of them.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use vitrina_codegen::model::TableId;
use vitrina_codegen::model::eval::Day;

use super::Progress;
use crate::read::ChunkSource;
use crate::scan::{Forms, Found, Lines, Scanner, Seams, TablePlan};
use crate::{Consumer, Marks};

/// Up to so many bytes a table is scanned by one thread beside others: sharing it would not pay.
const SMALL: u64 = 4 << 20;

/// A table that is to be scanned.
pub(super) struct Job<'p, 'm> {
    pub(super) plan: TablePlan<'m>,
    pub(super) forms: Forms,
    pub(super) source: ChunkSource<'p>,
    pub(super) bytes: u64,
    pub(super) seams: Seams,
    /// What the threads that are done with it found.
    pub(super) found: Mutex<Option<Found>>,
}

impl Job<'_, '_> {
    fn table(&self) -> TableId {
        self.plan.table.id
    }
}

/// What is the same for all tables of a run.
pub(super) struct Scan<'s> {
    pub(super) today: Day,
    pub(super) marks: &'s Marks,
    pub(super) consumers: &'s [&'s dyn Consumer],
    pub(super) samples: usize,
    pub(super) threads: usize,
    pub(super) progress: &'s dyn Progress,
    pub(super) total: u64,
}

impl Scan<'_> {
    /// Scans tables, in their order: neighbours that are small together, large ones alone.
    ///
    /// # Errors
    /// The disk refused what had to be kept there.
    pub(super) fn all(&self, jobs: &[Job<'_, '_>]) -> io::Result<()> {
        for batch in jobs.chunk_by(|one, next| one.bytes <= SMALL && next.bytes <= SMALL) {
            match batch {
                [one] => self.share(one)?,
                small => self.spread(small)?,
            }
        }
        Ok(())
    }

    /// All threads scan one table.
    fn share(&self, job: &Job<'_, '_>) -> io::Result<()> {
        let threads = match job.bytes {
            0..=SMALL => 1,
            _ => self.threads,
        };
        each_thread(threads, || self.work(job))?;
        self.end(job)
    }

    /// Each thread takes tables one after the other.
    fn spread(&self, jobs: &[Job<'_, '_>]) -> io::Result<()> {
        let next = AtomicUsize::new(0);
        each_thread(self.threads.min(jobs.len()), || {
            while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                self.work(job)?;
                self.end(job)?;
            }
            Ok(())
        })
    }

    /// Scans chunks of a table until there is none.
    fn work(&self, job: &Job<'_, '_>) -> io::Result<()> {
        let mut scanner = self.scanner(job);
        while let Some(chunk) = job.source.next() {
            let lines = Lines {
                bytes: &chunk.bytes,
                file: chunk.file,
                first_row: chunk.first_row,
                is_last: chunk.is_last,
            };
            scanner.lines(lines, &job.seams);
            self.progress.read(chunk.bytes.len() as u64, self.total);
        }
        keep(job, scanner.finish()?);
        Ok(())
    }

    /// What is to be done when all chunks of a table were taken.
    fn end(&self, job: &Job<'_, '_>) -> io::Result<()> {
        let mut scanner = self.scanner(job);
        scanner.end(&job.seams);
        keep(job, scanner.finish()?);
        for consumer in self.consumers {
            consumer.finished(job.table())?;
        }
        Ok(())
    }

    fn scanner<'s, 'm>(&'s self, job: &'s Job<'_, 'm>) -> Scanner<'s, 'm> {
        let workers = self.consumers.iter();
        let workers = workers.filter_map(|one| one.worker(job.table())).collect();
        Scanner::new(
            &job.plan,
            &job.forms,
            self.today,
            self.marks,
            workers,
            self.samples,
        )
    }
}

fn keep(job: &Job<'_, '_>, found: Found) {
    let mut known = job.found.lock().unwrap_or_else(PoisonError::into_inner);
    match &mut *known {
        Some(known) => known.merge(found),
        None => *known = Some(found),
    }
}

/// Runs some work on several threads; the first error, if there is one.
fn each_thread(threads: usize, work: impl Fn() -> io::Result<()> + Sync) -> io::Result<()> {
    if threads <= 1 {
        return work();
    }
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(&work)).collect();
        let mut outcome = Ok(());
        for thread in running {
            let one = match thread.join() {
                Ok(one) => one,
                Err(panic) => std::panic::resume_unwind(panic),
            };
            outcome = outcome.and(one);
        }
        outcome
    })
}
