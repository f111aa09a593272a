//! Two tables joined by key: both sorted by key first, in bounded memory, then read side by side.

use super::error::Error;
use crate::store::{Sorted, Sorter, Store};

/// Rows by key: the key, then a payload of a fixed length.
pub(super) struct KeyedSorter {
    sorter: Sorter,
    payload: usize,
    record: Vec<u8>,
}

/// Rows in the order of their keys.
pub(super) struct Keyed {
    sorted: Sorted,
    payload: usize,
}

/// What two tables have under one key.
pub(super) enum Match<'e> {
    /// Only the left one has it.
    Left(Entry<'e>),
    /// Only the right one has it.
    Right(Entry<'e>),
    /// Both have it.
    Both(Entry<'e>, Entry<'e>),
    /// The left one has it again.
    LeftAgain(Entry<'e>, Entry<'e>),
    /// The right one has it again.
    RightAgain(Entry<'e>, Entry<'e>),
}

/// A row by its key.
#[derive(Clone, Copy)]
pub(super) struct Entry<'e> {
    pub(super) key: &'e [u8],
    pub(super) payload: &'e [u8],
}

impl KeyedSorter {
    pub(super) fn new(store: &Store, payload: usize) -> KeyedSorter {
        KeyedSorter {
            sorter: Sorter::new(store),
            payload,
            record: Vec::new(),
        }
    }

    /// The buffer for the next record: key first, payload behind.
    pub(super) fn record(&mut self) -> &mut Vec<u8> {
        self.record.clear();
        &mut self.record
    }

    /// Takes the record.
    pub(super) fn push(&mut self) -> Result<(), Error> {
        self.sorter.push(&self.record).map_err(Error::Spill)
    }

    pub(super) fn finish(self) -> Result<Keyed, Error> {
        Ok(Keyed {
            sorted: self.sorter.finish().map_err(Error::Spill)?,
            payload: self.payload,
        })
    }
}

/// Reads a big-endian number of a payload.
pub(super) fn number(payload: &[u8], at: usize) -> u64 {
    let mut bytes = [0; 8];
    if let Some(found) = payload.get(at..at + 8) {
        bytes.copy_from_slice(found);
    }
    u64::from_be_bytes(bytes)
}

/// One side with a record at hand.
struct Cursor {
    sorted: Sorted,
    payload: usize,
    current: Vec<u8>,
    next: Vec<u8>,
    has_current: bool,
}

impl Cursor {
    fn new(keyed: Keyed) -> Result<Cursor, Error> {
        let mut cursor = Cursor {
            sorted: keyed.sorted,
            payload: keyed.payload,
            current: Vec::new(),
            next: Vec::new(),
            has_current: false,
        };
        cursor.has_current = take(&mut cursor.sorted, &mut cursor.current)?;
        Ok(cursor)
    }

    fn entry(&self) -> Entry<'_> {
        entry(&self.current, self.payload)
    }

    /// Goes on to the next key; rows that have this one again are told.
    fn advance(
        &mut self,
        again: &mut dyn FnMut(Entry<'_>, Entry<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        loop {
            if !take(&mut self.sorted, &mut self.next)? {
                self.has_current = false;
                return Ok(());
            }
            let (now, next) = (self.entry(), entry(&self.next, self.payload));
            if now.key != next.key {
                std::mem::swap(&mut self.current, &mut self.next);
                return Ok(());
            }
            again(now, next)?;
        }
    }
}

fn entry(record: &[u8], payload: usize) -> Entry<'_> {
    let (key, payload) = record
        .split_at_checked(record.len().saturating_sub(payload))
        .unwrap_or_default();
    Entry { key, payload }
}

fn take(sorted: &mut Sorted, into: &mut Vec<u8>) -> Result<bool, Error> {
    match sorted.next().map_err(Error::Spill)? {
        None => Ok(false),
        Some(record) => {
            into.clear();
            into.extend_from_slice(record);
            Ok(true)
        }
    }
}

/// Tells every key of both sides once, in order, and what has it again.
pub(super) fn join(
    left: Keyed,
    right: Keyed,
    on: &mut dyn FnMut(Match<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut left = Cursor::new(left)?;
    let mut right = Cursor::new(right)?;
    loop {
        let order = match (left.has_current, right.has_current) {
            (false, false) => return Ok(()),
            (true, false) => std::cmp::Ordering::Less,
            (false, true) => std::cmp::Ordering::Greater,
            (true, true) => left.entry().key.cmp(right.entry().key),
        };
        on(match order {
            std::cmp::Ordering::Less => Match::Left(left.entry()),
            std::cmp::Ordering::Greater => Match::Right(right.entry()),
            std::cmp::Ordering::Equal => Match::Both(left.entry(), right.entry()),
        })?;
        if order.is_le() {
            left.advance(&mut |first, again| on(Match::LeftAgain(first, again)))?;
        }
        if order.is_ge() {
            right.advance(&mut |first, again| on(Match::RightAgain(first, again)))?;
        }
    }
}
