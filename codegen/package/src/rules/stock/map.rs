//! Records behind one another in blocks, and a table that finds them by key.

use std::io;

use crate::rules::key::{hash, take_row};
use crate::rules::room::Room;

/// A record begins with the lengths of its key and of what follows.
const HEAD: usize = 8;
/// Blocks grow up to this.
const BLOCK: usize = 1 << 20;

pub(super) fn put_record(key: &[u8], tuple: &[u8], block: &mut Vec<u8>) {
    block.extend((key.len() as u32).to_le_bytes());
    block.extend((tuple.len() as u32).to_le_bytes());
    block.extend_from_slice(key);
    block.extend_from_slice(tuple);
}

#[inline]
pub(super) fn take_record<'b>(rest: &mut &'b [u8]) -> Option<(&'b [u8], &'b [u8])> {
    let (head, behind) = rest.split_first_chunk::<HEAD>()?;
    let [a, b, c, d, e, f, g, h] = *head;
    let key = u32::from_le_bytes([a, b, c, d]) as usize;
    let tuple = u32::from_le_bytes([e, f, g, h]) as usize;
    let (key, behind) = behind.split_at_checked(key)?;
    let (tuple, behind) = behind.split_at_checked(tuple)?;
    *rest = behind;
    Some((key, tuple))
}

/// Rows by key, the first of each key.
#[derive(Debug)]
pub(in crate::rules) struct Map {
    /// Of a hash the highest 16 bits, then block and offset; a power of two of them.
    slots: Vec<u64>,
    blocks: Vec<Vec<u8>>,
    pub(super) len: usize,
    room: Room,
}

const EMPTY: u64 = u64::MAX;

impl Map {
    pub(super) fn slots_for(records: u64) -> usize {
        (records as usize * 2).max(16).next_power_of_two()
    }

    pub(super) fn empty(slots: usize, room: Room) -> Map {
        Map {
            slots: vec![EMPTY; slots],
            blocks: Vec::new(),
            len: 0,
            room,
        }
    }

    /// A map to be filled row by row.
    pub(in crate::rules) fn new(room: Room) -> Map {
        Map::empty(16, room)
    }

    /// The number and cells of the first row of a key.
    #[inline]
    pub(in crate::rules) fn get(&self, key: &[u8]) -> Option<&[u8]> {
        let (_, tuple) = self.find(key).1?;
        let mut rest = tuple;
        take_row(&mut rest);
        Some(rest)
    }

    /// Puts a row; false when there is no memory for it.
    pub(in crate::rules) fn put(&mut self, key: &[u8], tuple: &[u8]) -> io::Result<bool> {
        if let (at, Some((_, known))) = self.find(key) {
            let mut rests = (known, tuple);
            if take_row(&mut rests.0) <= take_row(&mut rests.1) {
                return Ok(true);
            }
            if known.len() == tuple.len() {
                self.overwrite(at, key.len(), tuple);
                return Ok(true);
            }
        }
        if (self.len + 1) * 2 > self.slots.len() {
            if !self.room.take(self.slots.len() as u64 * 8)? {
                return Ok(false);
            }
            self.double();
        }
        let size = HEAD + key.len() + tuple.len();
        let has_room = |block: &Vec<u8>| block.capacity() - block.len() >= size;
        if !self.blocks.last().is_some_and(has_room) {
            let last = self.blocks.last().map_or(0, Vec::capacity);
            let capacity = (last * 2).clamp(1 << 8, BLOCK).max(size);
            if self.blocks.len() >= usize::from(u16::MAX) || !self.room.take(capacity as u64)? {
                return Ok(false);
            }
            self.blocks.push(Vec::with_capacity(capacity));
        }
        let number = self.blocks.len().saturating_sub(1);
        if let Some(block) = self.blocks.last_mut() {
            let offset = block.len();
            put_record(key, tuple, block);
            self.set(key, number, offset);
        }
        Ok(true)
    }

    /// Takes a block of records over.
    pub(super) fn add_block(&mut self, block: Vec<u8>) {
        let number = self.blocks.len();
        let end = block.len();
        self.blocks.push(block);
        let mut offset = 0;
        while offset < end {
            let Some((key, tuple)) = self.record(number, offset) else {
                break;
            };
            let next = offset + HEAD + key.len() + tuple.len();
            let (at, known) = self.find(key);
            let is_first = known.is_none_or(|(_, known)| {
                let mut rests = (known, tuple);
                take_row(&mut rests.0) > take_row(&mut rests.1)
            });
            if is_first {
                let slot = slot(hash(key), number, offset);
                self.len += usize::from(known.is_none());
                if let Some(known) = self.slots.get_mut(at) {
                    *known = slot;
                }
            }
            offset = next;
        }
    }

    /// The slot of a key, and its record if it is there.
    #[inline]
    fn find(&self, key: &[u8]) -> (usize, Option<(&[u8], &[u8])>) {
        let hash = hash(key);
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            match self.slots.get(at) {
                Some(slot) if *slot != EMPTY => {
                    if slot >> 48 == hash >> 48 {
                        let (block, offset) = place(*slot);
                        if let Some(record) = self.record(block, offset)
                            && record.0 == key
                        {
                            return (at, Some(record));
                        }
                    }
                }
                _ => return (at, None),
            }
            at = (at + 1) & mask;
        }
    }

    fn record(&self, block: usize, offset: usize) -> Option<(&[u8], &[u8])> {
        let mut rest = self.blocks.get(block)?.get(offset..)?;
        take_record(&mut rest)
    }

    /// Lets a key's slot point to a record.
    fn set(&mut self, key: &[u8], block: usize, offset: usize) {
        let (at, known) = self.find(key);
        self.len += usize::from(known.is_none());
        let slot = slot(hash(key), block, offset);
        if let Some(known) = self.slots.get_mut(at) {
            *known = slot;
        }
    }

    fn overwrite(&mut self, at: usize, key: usize, tuple: &[u8]) {
        let Some(slot) = self.slots.get(at) else {
            return;
        };
        let (block, offset) = place(*slot);
        let start = offset + HEAD + key;
        let bytes = self.blocks.get_mut(block);
        if let Some(bytes) = bytes.and_then(|bytes| bytes.get_mut(start..start + tuple.len())) {
            bytes.copy_from_slice(tuple);
        }
    }

    fn double(&mut self) {
        let old = std::mem::take(&mut self.slots);
        self.slots = vec![EMPTY; old.len() * 2];
        let mask = self.slots.len() - 1;
        for slot in old.into_iter().filter(|slot| *slot != EMPTY) {
            let (block, offset) = place(slot);
            let Some((key, _)) = self.record(block, offset) else {
                continue;
            };
            let mut at = hash(key) as usize & mask;
            while self.slots.get(at).is_some_and(|slot| *slot != EMPTY) {
                at = (at + 1) & mask;
            }
            if let Some(free) = self.slots.get_mut(at) {
                *free = slot;
            }
        }
    }
}

fn slot(hash: u64, block: usize, offset: usize) -> u64 {
    hash >> 48 << 48 | (block as u64) << 32 | offset as u64
}

fn place(slot: u64) -> (usize, usize) {
    (
        (slot >> 32 & 0xffff) as usize,
        (slot & 0xffff_ffff) as usize,
    )
}

