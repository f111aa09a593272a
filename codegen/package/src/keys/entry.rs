//! What is kept of a key: its fingerprint and its row, of a fixed size, by the fingerprint's highest bits.

use std::io;
use std::marker::PhantomData;
use std::sync::{Arc, OnceLock};

use crate::store::{Bins, Run, Store};

/// Partitions of entries.
pub(super) const PARTITIONS: usize = 1 << BITS;
/// Bits of the fingerprint that tell the partition.
pub(super) const BITS: u32 = 8;
/// What a writer holds back: a kibibyte for each partition, so that what is written stays in the cache.
const WRITER_BYTES: usize = 256 << 10;
const WRITER_RUN: usize = 2 << 10;

/// A fingerprint with its row, as bytes.
pub(super) trait Entry: Copy {
    /// The fingerprint's highest 64 bits: the first of them tell the partition.
    fn high(self) -> u64;
    /// 64 bits that differ for most keys of a partition; never 0.
    fn mark(self) -> u64;
    /// The row.
    fn row(self) -> u64;
    /// Puts it behind others.
    fn put(self, bytes: &mut Vec<u8>);
    /// Hands over each of a block.
    fn each(block: &[u8], take: impl FnMut(Self));
}

/// 64 bits of a key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Narrow {
    pub(super) fingerprint: u64,
    pub(super) row: u64,
}

impl Entry for Narrow {
    fn high(self) -> u64 {
        self.fingerprint
    }

    fn mark(self) -> u64 {
        self.fingerprint.max(1)
    }

    fn row(self) -> u64 {
        self.row
    }

    #[inline]
    fn put(self, bytes: &mut Vec<u8>) {
        let both = u128::from(self.row) << 64 | u128::from(self.fingerprint);
        bytes.extend_from_slice(&both.to_le_bytes());
    }

    #[inline]
    fn each(block: &[u8], mut take: impl FnMut(Narrow)) {
        let (entries, _) = block.as_chunks::<16>();
        for entry in entries {
            let both = u128::from_le_bytes(*entry);
            take(Narrow {
                fingerprint: both as u64,
                row: (both >> 64) as u64,
            });
        }
    }
}

/// 128 bits of a key; never 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wide {
    pub(super) fingerprint: u128,
    pub(super) row: u64,
}

impl Entry for Wide {
    #[inline]
    fn high(self) -> u64 {
        (self.fingerprint >> 64) as u64
    }

    #[inline]
    fn mark(self) -> u64 {
        (self.fingerprint as u64).max(1)
    }

    fn row(self) -> u64 {
        self.row
    }

    #[inline]
    fn put(self, bytes: &mut Vec<u8>) {
        let mut entry = [0; 24];
        let (fingerprint, row) = entry.split_at_mut(16);
        fingerprint.copy_from_slice(&self.fingerprint.to_le_bytes());
        row.copy_from_slice(&self.row.to_le_bytes());
        bytes.extend_from_slice(&entry);
    }

    #[inline]
    fn each(block: &[u8], mut take: impl FnMut(Wide)) {
        let (words, _) = block.as_chunks::<8>();
        let (entries, _) = words.as_chunks::<3>();
        for [low, high, row] in entries {
            let (low, high) = (u64::from_le_bytes(*low), u64::from_le_bytes(*high));
            take(Wide {
                fingerprint: u128::from(high) << 64 | u128::from(low),
                row: u64::from_le_bytes(*row),
            });
        }
    }
}

/// Entries in partitions.
#[derive(Debug)]
pub(super) struct Entries<E> {
    store: Store,
    /// Made with the first entry: most tables of a model are small or absent.
    bins: OnceLock<Arc<Bins>>,
    kind: PhantomData<fn() -> E>,
}

impl<E: Entry> Entries<E> {
    pub(super) fn new(store: &Store) -> Entries<E> {
        Entries {
            store: store.clone(),
            bins: OnceLock::new(),
            kind: PhantomData,
        }
    }

    /// For one thread.
    pub(super) fn writer(&self) -> EntryWriter<'_, E> {
        EntryWriter {
            entries: self,
            runs: Vec::new(),
            buffered: 0,
        }
    }

    /// How many there are.
    pub(super) fn records(&self) -> u64 {
        (0..PARTITIONS).map(|at| self.records_of(at)).sum()
    }

    /// How many a partition has.
    pub(super) fn records_of(&self, partition: usize) -> u64 {
        self.bins.get().map_or(0, |bins| bins.records(partition))
    }

    /// Hands over those of a partition, in no order.
    pub(super) fn for_each(&self, partition: usize, mut take: impl FnMut(E)) -> io::Result<()> {
        if let Some(bins) = self.bins.get() {
            let mut reader = bins.read(partition);
            while let Some(block) = reader.next_block()? {
                E::each(block, &mut take);
            }
        }
        Ok(())
    }

    /// Forgets those of a partition.
    pub(super) fn clear(&self, partition: usize) {
        if let Some(bins) = self.bins.get() {
            bins.clear(partition);
        }
    }
}

/// Puts entries into partitions on one thread.
#[derive(Debug)]
pub(super) struct EntryWriter<'e, E> {
    entries: &'e Entries<E>,
    runs: Vec<Run>,
    buffered: usize,
}

impl<E: Entry> EntryWriter<'_, E> {
    #[inline]
    pub(super) fn push(&mut self, entry: E) -> io::Result<()> {
        let partition = (entry.high() >> (u64::BITS - BITS)) as usize;
        if self.runs.is_empty() {
            self.runs = vec![Run::default(); PARTITIONS];
        }
        if let Some(run) = self.runs.get_mut(partition) {
            entry.put(&mut run.bytes);
            run.records += 1;
        }
        self.buffered += size_of::<E>();
        match self.buffered >= WRITER_BYTES {
            true => self.flush(),
            false => Ok(()),
        }
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.flush()
    }

    #[cold]
    fn flush(&mut self) -> io::Result<()> {
        if self.buffered == 0 {
            return Ok(());
        }
        self.buffered = 0;
        let store = &self.entries.store;
        let bins = self
            .entries
            .bins
            .get_or_init(|| Bins::new(store, PARTITIONS));
        bins.take(&mut self.runs)?;
        for run in &mut self.runs {
            if run.bytes.capacity() > WRITER_RUN {
                run.bytes.shrink_to(WRITER_RUN);
            }
        }
        Ok(())
    }
}
