//! What grows with the data: in memory while the budget lasts, in a temporary folder beyond.
//!
//! ```text
//! key, tuple ─► SpoolWriter ─► Bins (blocks by hash bits) ─► Partitions ─► blocks of (key, tuple)
//! byte strings ─► Sorter ─► runs ─► merged            │ largest first
//!                             └──────► SpillFile ◄────┘ when the budget is used up
//! ```
//!
//! Everything of one [`Store`] shares its budget, its folder and the seed of its hash, so that partition
//! `p` of two spools holds the same keys.

mod bins;
mod encode;
mod error;
mod file;
mod folder;
mod hash;
mod partitions;
mod record;
mod sorter;
mod spool;
#[cfg(test)]
mod tests;

pub use encode::{Form, encode, encode_for_order, put_cell, take_cell};
pub use error::SpillError;
pub use partitions::{Partition, PartitionReader, Partitions};
pub use record::Records;
pub use sorter::{Sorted, Sorter};
pub use spool::{Spool, SpoolWriter};

pub(crate) use bins::{Bins, BlockReader, Run};
pub(crate) use hash::Seed;

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use crate::{Budget, Options};
use file::SpillFile;
use folder::Folder;

/// Memory and disk for what grows with the data. Cloned handles are one store; the temporary folder is
/// made when the first byte must go there, and removed with the last handle.
#[derive(Debug, Clone)]
pub struct Store(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    budget: Budget,
    parent: PathBuf,
    folder: Mutex<Option<Arc<Folder>>>,
    seed: Seed,
    /// Whatever may be asked to give memory back.
    bins: Mutex<Vec<Weak<Bins>>>,
    shedding: Mutex<()>,
}

/// Less than this in memory is not worth a trip to the disk.
const WORTH_SHEDDING: u64 = 64 << 10;

impl Store {
    /// A store within a budget; its folder is made in `temporary`, or in the system's place for
    /// temporary files.
    pub fn new(budget: Budget, temporary: Option<PathBuf>) -> Store {
        Store(Arc::new(Inner {
            budget,
            parent: temporary.unwrap_or_else(std::env::temp_dir),
            folder: Mutex::new(None),
            seed: Seed::random(),
            bins: Mutex::default(),
            shedding: Mutex::new(()),
        }))
    }

    /// A store as the options ask for it.
    pub fn of(options: &Options) -> Store {
        Store::new(Budget::new(options.memory), options.temporary.clone())
    }

    /// The memory that it shares with others.
    pub fn budget(&self) -> &Budget {
        &self.0.budget
    }

    /// The seed of every hash in this store: another one in every run.
    pub(crate) fn seed(&self) -> &Seed {
        &self.0.seed
    }

    /// A new file in the temporary folder.
    fn file(&self) -> io::Result<SpillFile> {
        let folder = {
            let mut known = lock(&self.0.folder);
            match &*known {
                Some(folder) => Arc::clone(folder),
                None => {
                    let folder = Folder::create(&self.0.parent)
                        .map_err(|cause| SpillError::wrap(&self.0.parent, cause))?;
                    Arc::clone(known.insert(Arc::new(folder)))
                }
            }
        };
        SpillFile::create(folder)
    }

    /// Lets `bins` be asked for memory from now on.
    fn register(&self, bins: &Arc<Bins>) {
        let mut known = lock(&self.0.bins);
        if known.len() == known.capacity() {
            known.retain(|one| one.strong_count() > 0);
        }
        known.push(Arc::downgrade(bins));
    }

    /// Writes the largest partitions in memory to disk until `need` bytes and then some are free; true
    /// if that is worth another try.
    pub(crate) fn shed(&self, need: u64) -> io::Result<bool> {
        let _one_at_a_time = lock(&self.0.shedding);
        let budget = &self.0.budget;
        if budget.limit().saturating_sub(budget.used()) >= need {
            return Ok(true);
        }
        let known: Vec<Arc<Bins>> = lock(&self.0.bins)
            .iter()
            .filter_map(Weak::upgrade)
            .collect();
        let mut largest: Vec<(u64, usize, usize)> = Vec::new();
        let mut total = 0;
        for (at, bins) in known.iter().enumerate() {
            for partition in 0..bins.len() {
                let bytes = bins.in_memory(partition);
                if bytes > 0 {
                    total += bytes;
                    largest.push((bytes, at, partition));
                }
            }
        }
        if total < WORTH_SHEDDING.min(need.max(1 << 10)) {
            return Ok(false);
        }
        largest.sort_unstable_by(|one, other| other.cmp(one));
        // More than asked for, so that this search does not come with every block.
        let goal = need.max(budget.limit() / 8);
        let mut freed = 0;
        for (_, at, partition) in largest {
            if freed >= goal {
                break;
            }
            if let Some(bins) = known.get(at) {
                freed += bins.spill(partition)?;
            }
        }
        Ok(freed > 0)
    }
}

/// Locks; what a panicking thread left behind is whole, for nothing is changed halfway.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
