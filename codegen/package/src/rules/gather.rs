//! Tuples of one key brought together: sides one after the other, rows ascending within a side.
//!
//! A partition that fits into memory is sorted by hash, side and row; one that does not is divided; and
//! the tuples of a single key that do not fit come from a sort on disk, one by one.

use std::io;

use super::key::{hash, put_row, take_row};
use super::room::Room;
use crate::store::{Partitions, Sorter, Store};

/// The searched, and what else comes first.
pub(super) const FIRST: u8 = 0;
/// The judged.
pub(super) const SECOND: u8 = 1;

/// Begins a tuple: its side and row.
#[inline]
pub(super) fn begin(side: u8, row: u64, tuple: &mut Vec<u8>) {
    tuple.clear();
    tuple.push(side);
    put_row(row, tuple);
}

/// Takes tuples key by key.
pub(super) trait Visitor {
    /// A key begins.
    fn key(&mut self, key: &[u8]) -> io::Result<()>;
    /// A tuple of the key.
    fn member(&mut self, side: u8, row: u64, payload: &[u8]) -> io::Result<()>;
    /// The key's tuples were all shown.
    fn end(&mut self) -> io::Result<()>;
}

/// A tuple in memory.
#[derive(Clone, Copy)]
struct Item {
    hash: u64,
    /// Side and row.
    rank: u64,
    key: (usize, u32),
    payload: (usize, u32),
}

/// Shows the tuples of a partition, key by key, and forgets them.
pub(super) fn visit(
    store: &Store,
    partitions: &Partitions,
    at: usize,
    floor: u64,
    visitor: &mut dyn Visitor,
) -> io::Result<()> {
    let partition = partitions.get(at);
    if partition.records() == 0 {
        return Ok(());
    }
    let bytes = partition.bytes() + partition.records() * size_of::<Item>() as u64;
    let mut room = Room::new(store, floor);
    if room.take(bytes)? {
        let result = visit_in_memory(partitions, at, visitor);
        partition.clear();
        return result;
    }
    match partitions.split(at)? {
        Some(parts) => {
            for part in 0..parts.len() {
                visit(store, &parts, part, floor, visitor)?;
            }
        }
        None => {
            visit_on_disk(store, partitions, at, visitor)?;
            partition.clear();
        }
    }
    Ok(())
}

fn visit_in_memory(
    partitions: &Partitions,
    at: usize,
    visitor: &mut dyn Visitor,
) -> io::Result<()> {
    let partition = partitions.get(at);
    let mut bytes: Vec<u8> = Vec::with_capacity(partition.bytes() as usize);
    let mut items: Vec<Item> = Vec::with_capacity(partition.records() as usize);
    partition.for_each(|key, tuple| {
        let (side, row, payload) = parts(tuple);
        let start = bytes.len();
        bytes.extend_from_slice(key);
        let middle = bytes.len();
        bytes.extend_from_slice(payload);
        items.push(Item {
            hash: hash(key),
            rank: u64::from(side) << 63 | row,
            key: (start, key.len() as u32),
            payload: (middle, payload.len() as u32),
        });
        Ok(())
    })?;
    items.sort_unstable_by_key(|item| (item.hash, item.rank));
    let part =
        |(start, len): (usize, u32)| bytes.get(start..start + len as usize).unwrap_or_default();
    for run in items.chunk_by_mut(|one, other| one.hash == other.hash) {
        let Some(first) = run.first() else { continue };
        let key = part(first.key);
        if run.iter().any(|item| part(item.key) != key) {
            run.sort_unstable_by(|one, other| {
                (part(one.key), one.rank).cmp(&(part(other.key), other.rank))
            });
        }
        for same in run.chunk_by(|one, other| part(one.key) == part(other.key)) {
            let Some(first) = same.first() else { continue };
            visitor.key(part(first.key))?;
            for item in same {
                let side = (item.rank >> 63) as u8;
                visitor.member(side, item.rank & (u64::MAX >> 1), part(item.payload))?;
            }
            visitor.end()?;
        }
    }
    Ok(())
}

/// All tuples have one key.
fn visit_on_disk(
    store: &Store,
    partitions: &Partitions,
    at: usize,
    visitor: &mut dyn Visitor,
) -> io::Result<()> {
    let mut sorter = Sorter::new(store);
    let mut only = Vec::new();
    let mut string = Vec::new();
    partitions.get(at).for_each(|key, tuple| {
        if only.is_empty() {
            only.extend_from_slice(key);
        }
        let (side, row, payload) = parts(tuple);
        string.clear();
        string.push(side);
        string.extend(row.to_be_bytes());
        string.extend_from_slice(payload);
        sorter.push(&string)
    })?;
    let mut sorted = sorter.finish()?;
    visitor.key(&only)?;
    while let Some(string) = sorted.next()? {
        let Some((head, payload)) = string.split_first_chunk::<9>() else {
            continue;
        };
        let [side, row @ ..] = *head;
        visitor.member(side, u64::from_be_bytes(row), payload)?;
    }
    visitor.end()
}

/// Side, row and the rest.
#[inline]
fn parts(tuple: &[u8]) -> (u8, u64, &[u8]) {
    match tuple.split_first() {
        Some((side, mut rest)) => {
            let row = take_row(&mut rest);
            (*side, row, rest)
        }
        None => (FIRST, 0, &[]),
    }
}
