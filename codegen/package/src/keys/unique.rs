//! Rows whose fingerprints are equal: candidates for equal keys.

use std::io;

use super::entry::{BITS, Entries, Entry};
use super::passes::{self, field};
use super::set::Table;
use crate::store::Store;

/// Fingerprints that fit into the cache of one core, with their table.
const CACHED: u64 = 8 << 10;

/// Room to work in, kept from partition to partition.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    parts: Vec<Vec<u64>>,
    table: Table<u64>,
}

/// Hands over the rows of a partition whose marks come more than once.
pub(super) fn candidates<E: Entry>(
    store: &Store,
    entries: &Entries<E>,
    partition: usize,
    scratch: &mut Scratch,
    mut take: impl FnMut(u64) -> io::Result<()>,
) -> io::Result<()> {
    let records = entries.records_of(partition);
    if records < 2 {
        return Ok(());
    }
    let bytes = records * 10;
    let mut reserved = store.budget().reserve(bytes);
    if reserved.is_none() && bytes > 256 << 10 && store.shed(bytes)? {
        reserved = store.budget().reserve(bytes);
    }
    if reserved.is_none() && bytes > 256 << 10 {
        return counted(store, entries, partition, take);
    }
    let marks = scratch.repeated(entries, partition, records)?;
    if marks.is_empty() {
        return Ok(());
    }
    let mut outcome = Ok(());
    entries.for_each(partition, |entry| {
        if outcome.is_ok() && marks.binary_search(&entry.mark()).is_ok() {
            outcome = take(entry.row());
        }
    })?;
    outcome
}

impl Scratch {
    /// The marks that come more than once, in order.
    fn repeated<E: Entry>(
        &mut self,
        entries: &Entries<E>,
        partition: usize,
        records: u64,
    ) -> io::Result<Vec<u64>> {
        // Divided further in memory, so that each part's table stays in the cache.
        let bits = (records / CACHED).next_power_of_two().ilog2().min(12);
        self.parts.resize_with(1 << bits, Vec::new);
        let room = (records >> bits) as usize;
        for part in &mut self.parts {
            part.clear();
            part.reserve(room + room / 8);
        }
        let parts = self.parts.as_mut_slice();
        entries.for_each(partition, |entry| {
            if let Some(part) = parts.get_mut(field(entry.high(), BITS, bits) as usize) {
                part.push(entry.mark());
            }
        })?;
        let mut repeated = Vec::new();
        for part in &self.parts {
            self.table.reset(part.len() as u64);
            for mark in part {
                // The first bits are the same for all of a part, in one kind of entries.
                if !self.table.insert(mark << (BITS + bits), *mark) {
                    repeated.push(*mark);
                }
            }
        }
        repeated.sort_unstable();
        repeated.dedup();
        Ok(repeated)
    }
}

/// The same in little memory.
#[cold]
fn counted<E: Entry>(
    store: &Store,
    entries: &Entries<E>,
    partition: usize,
    mut take: impl FnMut(u64) -> io::Result<()>,
) -> io::Result<()> {
    passes::count(
        store,
        entries,
        partition,
        E::mark,
        |is_repeated: &mut Option<bool>, _| *is_repeated = Some(is_repeated.is_some()),
        |pass, counts| {
            if !counts
                .values()
                .any(|is_repeated| *is_repeated == Some(true))
            {
                return Ok(());
            }
            let mut outcome = Ok(());
            entries.for_each(partition, |entry| {
                if outcome.is_ok()
                    && pass.has(entry.high())
                    && counts.get(&entry.mark()) == Some(&Some(true))
                {
                    outcome = take(entry.row());
                }
            })?;
            outcome
        },
    )
}
