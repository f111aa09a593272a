//! Tuples by partition, read back.

use std::io;
use std::sync::Arc;

use super::spool::{Level, Spool};
use super::{Bins, BlockReader, Records};

/// What a spool holds. Partition `p` of two of them, both fresh from spools of one store or both split off
/// partitions of the same number, holds the same keys.
#[derive(Debug)]
pub struct Partitions {
    bins: Arc<Bins>,
    level: Level,
}

impl Partitions {
    pub(super) fn new(bins: Arc<Bins>, level: Level) -> Partitions {
        Partitions { bins, level }
    }

    /// How many partitions there are, empty ones included.
    pub fn len(&self) -> usize {
        self.bins.len()
    }

    /// Whether no partition holds a tuple.
    pub fn is_empty(&self) -> bool {
        self.iter().all(|partition| partition.records() == 0)
    }

    /// A partition by its number; an empty one beyond them.
    pub fn get(&self, partition: usize) -> Partition<'_> {
        Partition {
            of: self,
            at: partition,
        }
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = Partition<'_>> {
        (0..self.len()).map(|at| self.get(at))
    }

    /// Divides a partition by other bits of the hash, and empties it. `None` when all its tuples have one
    /// key, so that nothing can be divided; then it stays as it is.
    ///
    /// # Errors
    /// The disk refused, or lost, what had to be kept there.
    pub fn split(&self, partition: usize) -> io::Result<Option<Partitions>> {
        let whole = self.get(partition);
        if whole.has_one_key()? {
            return Ok(None);
        }
        self.divide(partition).map(Some)
    }

    /// Divides a partition of two spools alike, and empties it: for joins, where one side may have but
    /// one key there.
    ///
    /// # Errors
    /// The disk refused, or lost, what had to be kept there.
    pub fn divide(&self, partition: usize) -> io::Result<Partitions> {
        let whole = self.get(partition);
        let spool = Spool::at(self.bins.store(), self.level.next());
        let mut writer = spool.writer();
        whole.for_each(|key, tuple| writer.push(key, tuple))?;
        writer.finish()?;
        whole.clear();
        spool.partitions()
    }
}

/// Tuples whose keys' hashes share some bits.
#[derive(Debug, Clone, Copy)]
pub struct Partition<'p> {
    of: &'p Partitions,
    at: usize,
}

impl Partition<'_> {
    /// How many tuples there are.
    pub fn records(&self) -> u64 {
        self.of.bins.records(self.at)
    }

    /// How many bytes they are, with their keys.
    pub fn bytes(&self) -> u64 {
        self.of.bins.bytes(self.at)
    }

    /// Reads it block by block, in no order; it can be read again.
    pub fn read(&self) -> PartitionReader {
        PartitionReader(self.of.bins.read(self.at))
    }

    /// Hands each key and tuple over, in no order.
    ///
    /// # Errors
    /// The disk lost what was kept there, or `take` failed.
    pub fn for_each(&self, mut take: impl FnMut(&[u8], &[u8]) -> io::Result<()>) -> io::Result<()> {
        let mut reader = self.read();
        while let Some(records) = reader.next_block()? {
            for (key, tuple) in records {
                take(key, tuple)?;
            }
        }
        Ok(())
    }

    /// Whether all tuples have the same key; so do none and one.
    ///
    /// # Errors
    /// The disk lost what was kept there.
    pub fn has_one_key(&self) -> io::Result<bool> {
        let mut reader = self.read();
        let mut first: Option<Vec<u8>> = None;
        while let Some(records) = reader.next_block()? {
            for (key, _) in records {
                match &first {
                    None => first = Some(key.to_vec()),
                    Some(first) if first != key => return Ok(false),
                    Some(_) => {}
                }
            }
        }
        Ok(true)
    }

    /// Forgets the tuples and gives their memory back.
    pub fn clear(&self) {
        self.of.bins.clear(self.at);
    }
}

/// Reads a partition as it was when this was made.
#[derive(Debug)]
pub struct PartitionReader(BlockReader);

impl PartitionReader {
    /// The next (key, tuple) pairs; `None` behind the last.
    ///
    /// # Errors
    /// The disk lost what was kept there.
    pub fn next_block(&mut self) -> io::Result<Option<Records<'_>>> {
        Ok(self.0.next_block()?.map(Records::new))
    }
}
