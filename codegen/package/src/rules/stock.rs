//! Rows that are referred to, by key: in memory while they are few, else in a spool.

mod map;

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use super::key::put_row;
use super::room::Room;
use crate::store::{Partitions, Spool, SpoolWriter, Store};
pub(super) use map::Map;
use map::{put_record, take_record};

/// What a writer hands on at once.
const BLOCK: usize = 64 << 10;

/// Rows that are referred to, on their way.
#[derive(Debug)]
pub(super) struct Stock {
    store: Store,
    /// What it may keep in memory.
    limit: u64,
    held: Mutex<Held>,
    spilled: AtomicBool,
    spool: Option<Spool>,
    map: OnceLock<Map>,
}

#[derive(Debug)]
struct Held {
    blocks: Vec<Vec<u8>>,
    records: u64,
    bytes: u64,
    room: Room,
}

impl Stock {
    pub(super) fn new(store: &Store, limit: u64) -> Stock {
        Stock {
            store: store.clone(),
            limit,
            held: Mutex::new(Held {
                blocks: Vec::new(),
                records: 0,
                bytes: 0,
                room: Room::new(store, 0),
            }),
            spilled: AtomicBool::new(false),
            spool: Some(Spool::new(store)),
            map: OnceLock::new(),
        }
    }

    pub(super) fn writer(&self) -> StockWriter<'_> {
        StockWriter {
            stock: self,
            buffer: Vec::new(),
            records: 0,
            spool: None,
        }
    }

    /// The rows, once all are there and if they are in memory.
    pub(super) fn map(&self) -> Option<&Map> {
        self.map.get()
    }

    /// Says that all rows are there.
    pub(super) fn close(&self) -> io::Result<()> {
        if self.map.get().is_some() || self.spilled.load(Ordering::Acquire) {
            return Ok(());
        }
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let slots = Map::slots_for(held.records);
        let is_small = held.blocks.len() < usize::from(u16::MAX);
        if is_small && held.room.take(slots as u64 * 8)? {
            let blocks = std::mem::take(&mut held.blocks);
            let room = std::mem::replace(&mut held.room, Room::new(&self.store, 0));
            drop(held);
            let mut map = Map::empty(slots, room);
            for block in blocks {
                map.add_block(block);
            }
            // Another one would be the same.
            let _ = self.map.set(map);
            return Ok(());
        }
        let blocks = self.spill(&mut held);
        drop(held);
        let mut writer = self.writer();
        writer.write(blocks)?;
        writer.finish()
    }

    /// The partitions, if rows went there.
    pub(super) fn partitions(&mut self) -> io::Result<Option<Partitions>> {
        match self.spilled.load(Ordering::Acquire) {
            true => self.spool.take().map(Spool::partitions).transpose(),
            false => Ok(None),
        }
    }

    /// From now on everything goes to the spool, and what was held is given out for it.
    fn spill(&self, held: &mut Held) -> Vec<Vec<u8>> {
        self.spilled.store(true, Ordering::Release);
        held.room.clear();
        std::mem::take(&mut held.blocks)
    }
}

/// Puts rows into a stock on one thread.
#[derive(Debug)]
pub(super) struct StockWriter<'s> {
    stock: &'s Stock,
    buffer: Vec<u8>,
    records: u64,
    spool: Option<SpoolWriter<'s>>,
}

impl StockWriter<'_> {
    /// Puts a row under its key: its number, and its cells.
    pub(super) fn push(&mut self, key: &[u8], tuple: &[u8]) -> io::Result<()> {
        put_record(key, tuple, &mut self.buffer);
        self.records += 1;
        match self.buffer.len() >= BLOCK {
            true => self.flush(),
            false => Ok(()),
        }
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        if !self.buffer.is_empty() {
            self.flush()?;
        }
        match self.spool.take() {
            Some(writer) => writer.finish(),
            None => Ok(()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        let mut block = std::mem::take(&mut self.buffer);
        block.shrink_to_fit();
        let records = std::mem::take(&mut self.records);
        let stock = self.stock;
        let mut blocks = Vec::new();
        if !stock.spilled.load(Ordering::Acquire) {
            let mut held = stock.held.lock().unwrap_or_else(PoisonError::into_inner);
            let bytes = block.len() as u64;
            let is_spilled = stock.spilled.load(Ordering::Acquire);
            if !is_spilled {
                let fits = held.bytes + bytes + records * 16 <= stock.limit;
                if fits && held.room.take(block.capacity() as u64)? {
                    held.bytes += bytes + records * 16;
                    held.records += records;
                    held.blocks.push(block);
                    return Ok(());
                }
                blocks = stock.spill(&mut held);
            }
        }
        blocks.push(block);
        self.write(blocks)
    }

    fn write(&mut self, blocks: Vec<Vec<u8>>) -> io::Result<()> {
        let Some(spool) = &self.stock.spool else {
            return Ok(());
        };
        let writer = self.spool.get_or_insert_with(|| spool.writer());
        for block in blocks {
            let mut rest = block.as_slice();
            while let Some((key, tuple)) = take_record(&mut rest) {
                writer.push(key, tuple)?;
            }
        }
        Ok(())
    }
}

/// A parent's tuple: its row's number; cells follow.
pub(super) fn begin(row: u64, tuple: &mut Vec<u8>) {
    tuple.clear();
    put_row(row, tuple);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::Budget;

    /// Rows of few keys, the first row of a key anywhere among them.
    fn rows() -> impl Iterator<Item = (Vec<u8>, u64)> {
        (0..5_000_u64).map(|at| {
            let row = at.wrapping_mul(0x9e37_79b9) % 5_000;
            (format!("key {}", row % 701).into_bytes(), row)
        })
    }

    fn first() -> BTreeMap<Vec<u8>, u64> {
        let mut first = BTreeMap::new();
        for (key, row) in rows() {
            let known = first.entry(key).or_insert(row);
            *known = row.min(*known);
        }
        first
    }

    fn fill(stock: &Stock) {
        std::thread::scope(|scope| {
            for thread in 0..3 {
                scope.spawn(move || {
                    let mut writer = stock.writer();
                    let mut tuple = Vec::new();
                    for (key, row) in rows().filter(|(_, row)| row % 3 == thread) {
                        begin(row, &mut tuple);
                        // Of any length, so that a tuple does not fit where another one was.
                        tuple.extend(row.to_string().bytes());
                        writer.push(&key, &tuple).unwrap();
                    }
                    writer.finish().unwrap();
                });
            }
        });
    }

    #[test]
    fn the_first_row_of_a_key_is_kept() {
        for memory in [0, 20 << 10, 1 << 30] {
            let store = Store::new(Budget::new(memory), None);
            let mut stock = Stock::new(&store, memory / 8);
            fill(&stock);
            stock.close().unwrap();
            let partitions = stock.partitions().unwrap();
            assert_eq!(stock.map().is_some(), partitions.is_none());
            assert_eq!(stock.map().is_some(), memory > 1 << 20);
            let mut read = Map::new(Room::new(&store, u64::MAX));
            for partition in partitions.iter().flat_map(Partitions::iter) {
                partition
                    .for_each(|key, tuple| {
                        assert!(read.put(key, tuple)?);
                        Ok(())
                    })
                    .unwrap();
            }
            let map = stock.map().unwrap_or(&read);
            for (key, row) in first() {
                assert_eq!(map.get(&key), Some(row.to_string().as_bytes()));
            }
            assert_eq!(map.get(b"key 701"), None);
            assert_eq!(map.len, first().len());
        }
    }

    #[test]
    fn a_map_without_room_says_so() {
        let store = Store::new(Budget::new(0), None);
        let mut map = Map::new(Room::new(&store, 4 << 10));
        let mut rows = rows();
        let full = rows.by_ref().take_while(|(key, row)| {
            let mut tuple = Vec::new();
            begin(*row, &mut tuple);
            map.put(key, &tuple).unwrap()
        });
        assert!((20..400).contains(&full.count()));
    }
}
