//! Children that waited, looked up among their parents.

use std::io;

use super::Keys;
use super::batch::Batch;
use super::entry::{Entries, Entry as _, Wide};
use super::passes::Pass;
use super::plan::{Kept, Reference};
use super::set::Table;
use crate::store::Store;

/// A table that is made in any case.
const FREE: u64 = 256 << 10;

/// Looks up the children of a partition of a set, of all references that look into it.
pub(super) fn look_up(keys: &Keys<'_>, set: usize, partition: usize) -> io::Result<()> {
    let children: Vec<&Reference> = keys
        .references
        .iter()
        .filter(|one| one.set == set && one.waiting.records_of(partition) > 0)
        .collect();
    let Some(Kept::Wide(parents)) = keys.sets.get(set).map(|set| &set.kept) else {
        return Ok(());
    };
    if children.is_empty() {
        return Ok(());
    }
    let records = parents.records_of(partition);
    let bytes = Table::<u128>::slots_of(records).saturating_mul(size_of::<u128>() as u64);
    let (bits, _reserved) = room(&keys.store, bytes)?;
    let mut table = Table::new(0);
    for pass in Pass::parts(bits) {
        fill(&mut table, parents, partition, pass, bits)?;
        for child in &children {
            let mut batch = Batch::new(child.orphans.writer());
            let mut outcome = Ok(());
            child.waiting.for_each(partition, |entry| {
                if outcome.is_ok() && (bits == 0 || pass.has(entry.high())) {
                    outcome = batch.push(entry, &table, low);
                }
            })?;
            outcome?;
            batch.look_up(&table, low)?;
            batch.finish()?;
        }
    }
    for child in children {
        child.waiting.clear(partition);
    }
    Ok(())
}

/// Memory for a table of so many bytes, or for one of `1 << bits` parts of it.
fn room(store: &Store, bytes: u64) -> io::Result<(u32, Option<crate::Reserved>)> {
    let budget = store.budget();
    for bits in 0..16 {
        let part = bytes >> bits;
        if part <= FREE {
            return Ok((bits, None));
        }
        let mut reserved = budget.reserve(part);
        if reserved.is_none() && bits == 0 && store.shed(part)? {
            reserved = budget.reserve(part);
        }
        if reserved.is_some() {
            return Ok((bits, reserved));
        }
    }
    Ok((16, None))
}

/// Puts a part of the parents into the table.
fn fill(
    table: &mut Table<u128>,
    parents: &Entries<Wide>,
    partition: usize,
    pass: Pass,
    bits: u32,
) -> io::Result<()> {
    let is_here = |entry: &Wide| bits == 0 || pass.has(entry.high());
    let mut records = parents.records_of(partition);
    if bits > 0 {
        records = 0;
        parents.for_each(partition, |entry| records += u64::from(is_here(&entry)))?;
    }
    table.reset(records);
    parents.for_each(partition, |entry| {
        if is_here(&entry) {
            table.insert(low(entry), entry.fingerprint);
        }
    })
}

/// The half of a fingerprint that its partition leaves free.
fn low(entry: Wide) -> u64 {
    entry.fingerprint as u64
}
