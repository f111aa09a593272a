//! Candidates compared by the bytes of their keys.

use std::collections::HashMap;
use std::io;

use super::fingerprint::{Found, encoded};
use super::finish::Ending;
use super::plan::KeySet;
use crate::store::{Partition, Partitions, Sorted, Spool, Store};
use crate::{RowId, Sample};

/// Rows that are read again at once.
const BATCH: usize = 4096;
/// Bytes of keys that are compared at once in any case.
const FREE: u64 = 256 << 10;

/// What rows that share their key with others are.
#[derive(Debug, Default)]
pub(super) struct Duplicates {
    pub(super) rows: u64,
    pub(super) keys: u64,
    pub(super) samples: Vec<RowId>,
}

/// Compares the keys of candidates, given by row in order.
pub(super) fn compare(
    store: &Store,
    set: &KeySet,
    mut candidates: Sorted,
    samples: usize,
    ending: &Ending<'_>,
) -> io::Result<Duplicates> {
    let spool = Spool::new(store);
    let mut writer = spool.writer();
    let mut rows: Vec<RowId> = Vec::new();
    let mut key = Vec::new();
    loop {
        let row = candidates.next()?.and_then(|row| row.first_chunk());
        if let Some(row) = row {
            rows.push(RowId(u64::from_be_bytes(*row)));
        }
        let is_last = row.is_none();
        if rows.len() == BATCH || (is_last && !rows.is_empty()) {
            let mut outcome = Ok(());
            let mut take = |row: RowId, cells: &[crate::Cell<'_>]| {
                if outcome.is_ok() && encoded(&set.columns, cells, &mut key) == Found::Key(()) {
                    outcome = writer.push(&key, &row.0.to_le_bytes());
                }
            };
            ending
                .fetch
                .fetch(set.table, &rows, &set.columns, &mut take)?;
            outcome?;
            rows.clear();
        }
        if is_last {
            break;
        }
    }
    writer.finish()?;
    let mut found = Duplicates::default();
    let mut open = vec![spool.partitions()?];
    while let Some(partitions) = open.pop() {
        for at in 0..partitions.len() {
            open.extend(judge(
                store,
                set,
                &partitions,
                at,
                samples,
                ending,
                &mut found,
            )?);
        }
    }
    Ok(found)
}

/// Judges a partition; or divides it when its keys do not fit into memory.
fn judge(
    store: &Store,
    set: &KeySet,
    partitions: &Partitions,
    at: usize,
    samples: usize,
    ending: &Ending<'_>,
    found: &mut Duplicates,
) -> io::Result<Option<Partitions>> {
    let partition = partitions.get(at);
    let need = partition.bytes() * 3;
    let mut reserved = None;
    if need > FREE {
        reserved = store.budget().reserve(need);
        if reserved.is_none()
            && let Some(finer) = partitions.split(at)?
        {
            return Ok(Some(finer));
        }
    }
    let counts = count(partition)?;
    partition.for_each(|key, row| {
        let row = row.first_chunk().map(|row| u64::from_le_bytes(*row));
        if let (Some(2..), Some(row)) = (counts.get(key), row) {
            found.rows += 1;
            keep(&mut found.samples, RowId(row), samples);
            if let Some(breach) = set.breach {
                (ending.broken)(breach, set.table, RowId(row));
            }
        }
        Ok(())
    })?;
    found.keys += counts.values().filter(|count| **count > 1).count() as u64;
    drop(reserved);
    partition.clear();
    Ok(None)
}

/// How often each key comes.
fn count(partition: Partition<'_>) -> io::Result<HashMap<Box<[u8]>, u64>> {
    let mut counts: HashMap<Box<[u8]>, u64> = HashMap::new();
    partition.for_each(|key, _| {
        match counts.get_mut(key) {
            Some(count) => *count += 1,
            None => {
                counts.insert(key.into(), 1);
            }
        }
        Ok(())
    })?;
    Ok(counts)
}

/// Keeps the least.
pub(super) fn keep<T: Ord>(kept: &mut Vec<T>, one: T, limit: usize) {
    if kept.len() >= limit && kept.last().is_none_or(|last| *last <= one) {
        return;
    }
    let at = kept.partition_point(|known| *known <= one);
    kept.insert(at, one);
    kept.truncate(limit);
}

impl Duplicates {
    /// Those that are shown.
    pub(super) fn samples(&self) -> impl Iterator<Item = Sample> {
        self.samples.iter().map(|row| Sample::of_row(*row))
    }
}
