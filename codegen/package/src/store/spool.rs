//! Tuples on their way into partitions.

use std::io;
use std::sync::Arc;

use super::partitions::Partitions;
use super::{Bins, Run, Seed, Store, record};

/// Partitions of a spool: six bits of the hash.
pub(super) const PARTITIONS: usize = 1 << BITS;
pub(super) const BITS: u32 = 6;

/// What a writer holds back at most.
const WRITER_BYTES: usize = 64 << 10;
/// What a writer keeps allocated for one partition.
const WRITER_RUN: usize = 8 << 10;

/// Tuples in partitions by the hash of their key: in memory while the budget lasts, on disk beyond. The
/// largest partitions of all spools of a store go to disk first.
#[derive(Debug)]
pub struct Spool {
    bins: Arc<Bins>,
    level: Level,
}

impl Spool {
    /// An empty one, of 64 partitions.
    pub fn new(store: &Store) -> Spool {
        Spool::at(store, Level::first(store))
    }

    pub(super) fn at(store: &Store, level: Level) -> Spool {
        Spool {
            bins: Bins::new(store, PARTITIONS),
            level,
        }
    }

    /// For one thread; there may be many at once.
    pub fn writer(&self) -> SpoolWriter<'_> {
        SpoolWriter {
            spool: self,
            runs: vec![Run::default(); PARTITIONS],
            buffered: 0,
        }
    }

    /// What was written, by partition; all writers are finished.
    ///
    /// # Errors
    /// None as yet.
    pub fn partitions(self) -> io::Result<Partitions> {
        Ok(Partitions::new(self.bins, self.level))
    }
}

/// Puts tuples into a spool on one thread. What it still holds back is lost unless it is finished.
#[derive(Debug)]
#[must_use]
pub struct SpoolWriter<'s> {
    spool: &'s Spool,
    runs: Vec<Run>,
    buffered: usize,
}

impl SpoolWriter<'_> {
    /// Puts a tuple under a key. Both may be empty; neither need differ from others.
    ///
    /// # Errors
    /// The disk refused what had to be kept there; the error holds a [`SpillError`](super::SpillError).
    pub fn push(&mut self, key: &[u8], tuple: &[u8]) -> io::Result<()> {
        let partition = self.spool.level.partition(key);
        if let Some(run) = self.runs.get_mut(partition) {
            let before = run.bytes.len();
            record::put(key, tuple, &mut run.bytes);
            run.records += 1;
            self.buffered += run.bytes.len() - before;
        }
        match self.buffered >= WRITER_BYTES {
            true => self.flush(),
            false => Ok(()),
        }
    }

    /// Hands on what it holds back.
    ///
    /// # Errors
    /// As for [`push`](SpoolWriter::push).
    pub fn finish(mut self) -> io::Result<()> {
        self.flush()
    }

    fn flush(&mut self) -> io::Result<()> {
        self.buffered = 0;
        self.spool.bins.take(&mut self.runs)?;
        for run in &mut self.runs {
            run.bytes.shrink_to(WRITER_RUN);
        }
        Ok(())
    }
}

/// Which bits of a key's hash tell its partition.
#[derive(Debug, Clone)]
pub(super) struct Level {
    seed: Seed,
    depth: u32,
}

impl Level {
    fn first(store: &Store) -> Level {
        Level {
            seed: store.seed().derive(0),
            depth: 0,
        }
    }

    /// The bits behind these; of another hash when they are used up.
    pub(super) fn next(&self) -> Level {
        let depth = self.depth + 1;
        let again = (depth + 1) * BITS > u64::BITS;
        Level {
            seed: match again {
                true => self.seed.derive(1),
                false => self.seed.clone(),
            },
            depth: if again { 0 } else { depth },
        }
    }

    fn partition(&self, key: &[u8]) -> usize {
        let below = u64::BITS - (self.depth + 1) * BITS;
        (self.seed.hash(key) >> below) as usize % PARTITIONS
    }
}
