//! Bytes in partitions: blocks in memory, extents of one file beyond.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use super::file::{Extent, SpillFile};
use super::{Store, lock};
use crate::Reserved;

/// A block grows up to this, for one write to the disk.
const BLOCK: usize = 64 << 10;
const SMALLEST_BLOCK: usize = 64;

/// What several threads put into partitions. Runs of bytes stay whole: each block and each extent holds
/// some of them one after another.
#[derive(Debug)]
pub(crate) struct Bins {
    store: Store,
    bins: Box<[Bin]>,
    file: Mutex<Option<Arc<SpillFile>>>,
}

#[derive(Debug, Default)]
struct Bin {
    content: Mutex<Content>,
    in_memory: AtomicU64,
    bytes: AtomicU64,
    records: AtomicU64,
}

#[derive(Debug, Default)]
struct Content {
    open: Option<Block>,
    sealed: Vec<Arc<Block>>,
    extents: Vec<Extent>,
}

/// Bytes with the memory that they were allowed.
#[derive(Debug)]
struct Block {
    bytes: Vec<u8>,
    reserved: Reserved,
}

/// Bytes on their way into a partition: whole records.
#[derive(Debug, Default, Clone)]
pub(crate) struct Run {
    pub(crate) bytes: Vec<u8>,
    pub(crate) records: u64,
}

impl Bins {
    /// So many empty partitions.
    pub(crate) fn new(store: &Store, partitions: usize) -> Arc<Bins> {
        let bins = Arc::new(Bins {
            store: store.clone(),
            bins: (0..partitions).map(|_| Bin::default()).collect(),
            file: Mutex::new(None),
        });
        store.register(&bins);
        bins
    }

    /// The store that it belongs to.
    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    /// How many partitions there are.
    pub(crate) fn len(&self) -> usize {
        self.bins.len()
    }

    /// Bytes of a partition that lie in memory.
    pub(crate) fn in_memory(&self, partition: usize) -> u64 {
        let bin = self.bins.get(partition);
        bin.map_or(0, |bin| bin.in_memory.load(Ordering::Relaxed))
    }

    /// Bytes of a partition, wherever they lie.
    pub(crate) fn bytes(&self, partition: usize) -> u64 {
        let bin = self.bins.get(partition);
        bin.map_or(0, |bin| bin.bytes.load(Ordering::Relaxed))
    }

    /// Records of a partition.
    pub(crate) fn records(&self, partition: usize) -> u64 {
        let bin = self.bins.get(partition);
        bin.map_or(0, |bin| bin.records.load(Ordering::Relaxed))
    }

    /// Takes runs, one for each partition in their order, and leaves them empty.
    pub(crate) fn take(&self, runs: &mut [Run]) -> io::Result<()> {
        // Others may take what was shed for this; then the disk does.
        for _ in 0..4 {
            let mut refused = 0;
            for (bin, run) in self.bins.iter().zip(runs.iter_mut()) {
                if !run.bytes.is_empty() && !self.keep(bin, run) {
                    refused += run.bytes.len().max(SMALLEST_BLOCK) as u64;
                }
            }
            if refused == 0 {
                return Ok(());
            }
            if !self.store.shed(refused)? {
                break;
            }
        }
        self.write_through(runs)
    }

    /// Puts a run into a partition's memory; false when there is none left.
    fn keep(&self, bin: &Bin, run: &mut Run) -> bool {
        let mut content = lock(&bin.content);
        let len = run.bytes.len();
        let fits = |block: &Block| block.bytes.capacity() - block.bytes.len() >= len;
        if !content.open.as_ref().is_some_and(fits) {
            let last = content
                .open
                .as_ref()
                .map_or(0, |block| block.bytes.capacity());
            let capacity = (last * 2)
                .clamp(SMALLEST_BLOCK, BLOCK)
                .max(len.next_power_of_two().min(len + BLOCK));
            let Some(reserved) = self.store.budget().reserve(capacity as u64) else {
                return false;
            };
            bin.in_memory.fetch_add(reserved.bytes(), Ordering::Relaxed);
            let full = content.open.replace(Block {
                bytes: Vec::with_capacity(capacity),
                reserved,
            });
            content.sealed.extend(full.map(Arc::new));
        }
        if let Some(block) = &mut content.open {
            block.bytes.extend_from_slice(&run.bytes);
        }
        bin.count(run);
        true
    }

    /// Writes runs to disk at once.
    fn write_through(&self, runs: &mut [Run]) -> io::Result<()> {
        let file = self.file()?;
        let pieces = runs.iter().map(|run| run.bytes.as_slice());
        let extents = file.append_all(pieces.filter(|bytes| !bytes.is_empty()))?;
        let left = self.bins.iter().zip(runs);
        let left = left.filter(|(_, run)| !run.bytes.is_empty());
        for ((bin, run), extent) in left.zip(extents) {
            lock(&bin.content).extents.push(extent);
            bin.count(run);
        }
        Ok(())
    }

    /// Writes a partition's memory to disk and gives it back; how much that was.
    pub(super) fn spill(&self, partition: usize) -> io::Result<u64> {
        let Some(bin) = self.bins.get(partition) else {
            return Ok(0);
        };
        if self.in_memory(partition) == 0 {
            return Ok(0);
        }
        let file = self.file()?;
        let mut content = lock(&bin.content);
        content.seal();
        let mut freed = 0;
        while let Some(block) = content.sealed.pop() {
            match file.append(&block.bytes) {
                Ok(extent) => content.extents.push(extent),
                Err(error) => {
                    content.sealed.push(block);
                    return Err(error);
                }
            }
            freed += block.reserved.bytes();
            bin.in_memory
                .fetch_sub(block.reserved.bytes(), Ordering::Relaxed);
        }
        Ok(freed)
    }

    fn file(&self) -> io::Result<Arc<SpillFile>> {
        let mut file = lock(&self.file);
        match &*file {
            Some(file) => Ok(Arc::clone(file)),
            None => Ok(Arc::clone(file.insert(Arc::new(self.store.file()?)))),
        }
    }

    /// Reads a partition, as it is now, block after block.
    pub(crate) fn read(&self, partition: usize) -> BlockReader {
        let mut reader = BlockReader {
            blocks: Vec::new(),
            extents: Vec::new(),
            file: None,
            block: None,
            buffer: Vec::new(),
        };
        if let Some(bin) = self.bins.get(partition) {
            let mut content = lock(&bin.content);
            content.seal();
            reader.blocks.clone_from(&content.sealed);
            reader.extents.clone_from(&content.extents);
            // Lies behind what was just copied: extents come from this file.
            reader.file.clone_from(&lock(&self.file));
        }
        reader
    }

    /// Forgets a partition's content.
    pub(crate) fn clear(&self, partition: usize) {
        if let Some(bin) = self.bins.get(partition) {
            let mut content = lock(&bin.content);
            *content = Content::default();
            bin.in_memory.store(0, Ordering::Relaxed);
            bin.bytes.store(0, Ordering::Relaxed);
            bin.records.store(0, Ordering::Relaxed);
        }
    }
}

impl Bin {
    /// Counts a run that was taken and empties it.
    fn count(&self, run: &mut Run) {
        self.bytes
            .fetch_add(run.bytes.len() as u64, Ordering::Relaxed);
        self.records.fetch_add(run.records, Ordering::Relaxed);
        run.bytes.clear();
        run.records = 0;
    }
}

impl Content {
    fn seal(&mut self) {
        let open = self.open.take();
        self.sealed.extend(open.map(Arc::new));
    }
}

/// Reads the blocks of a partition.
#[derive(Debug)]
pub(crate) struct BlockReader {
    blocks: Vec<Arc<Block>>,
    extents: Vec<Extent>,
    file: Option<Arc<SpillFile>>,
    block: Option<Arc<Block>>,
    buffer: Vec<u8>,
}

impl BlockReader {
    /// The next block: whole records, one after another.
    pub(crate) fn next_block(&mut self) -> io::Result<Option<&[u8]>> {
        self.block = self.blocks.pop();
        if self.block.is_some() {
            return Ok(self.block.as_ref().map(|block| block.bytes.as_slice()));
        }
        match (self.extents.pop(), &self.file) {
            (Some(extent), Some(file)) => {
                if self.buffer.capacity() > 4 * BLOCK && extent.len() < BLOCK {
                    self.buffer = Vec::new();
                }
                file.read(extent, &mut self.buffer)?;
                Ok(Some(&self.buffer))
            }
            _ => Ok(None),
        }
    }
}
