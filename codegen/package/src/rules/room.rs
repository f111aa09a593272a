//! Memory for what must be looked at together.

use std::io;

use crate::Reserved;
use crate::store::Store;

/// Memory that grows within a budget; a small part of it is always there.
#[derive(Debug)]
pub(super) struct Room {
    store: Store,
    /// What need not be asked for.
    floor: u64,
    held: u64,
    reserved: Option<Reserved>,
}

impl Room {
    pub(super) fn new(store: &Store, floor: u64) -> Room {
        Room {
            store: store.clone(),
            floor,
            held: 0,
            reserved: None,
        }
    }

    /// Takes so many bytes; false when they are not to be had.
    pub(super) fn take(&mut self, bytes: u64) -> io::Result<bool> {
        let wanted = self.held + bytes;
        let allowed = self.floor + self.reserved.as_ref().map_or(0, Reserved::bytes);
        if wanted > allowed {
            // By steps, so that not every row asks.
            let step = (wanted - allowed).max(wanted / 4).max(64 << 10);
            if !self.ask(step)? && !self.ask(wanted - allowed)? {
                return Ok(false);
            }
        }
        self.held = wanted;
        Ok(true)
    }

    /// Gives everything back.
    pub(super) fn clear(&mut self) {
        self.held = 0;
        self.reserved = None;
    }

    /// Takes memory from the budget, or has the store write something to disk for it.
    fn ask(&mut self, bytes: u64) -> io::Result<bool> {
        Ok(self.grow(bytes) || (self.store.shed(bytes)? && self.grow(bytes)))
    }

    fn grow(&mut self, bytes: u64) -> bool {
        match &mut self.reserved {
            Some(reserved) => reserved.grow(bytes),
            none => {
                *none = self.store.budget().reserve(bytes);
                none.is_some()
            }
        }
    }
}
