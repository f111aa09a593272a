//! Texts of a chunk that are not there as they are meant: those with doubled quotes.

use std::cell::{Cell, OnceCell};

/// How many texts are kept for a chunk: some of its rows have one. Further rows are looked at closely.
const SLOTS: usize = 1024;

/// Keeps texts as long as cells that borrow them.
#[derive(Debug)]
pub(crate) struct Arena {
    slots: Vec<OnceCell<Box<str>>>,
    next: Cell<usize>,
}

impl Arena {
    /// With room for the texts of a chunk.
    pub(crate) fn with_room() -> Arena {
        Arena {
            slots: (0..SLOTS).map(|_| OnceCell::new()).collect(),
            next: Cell::new(0),
        }
    }

    /// The text with its doubled quotes made one; none when there is no room for it.
    pub(super) fn unescaped(&self, text: &str) -> Option<&str> {
        let at = self.next.get();
        let slot = self.slots.get(at)?;
        self.next.set(at + 1);
        Some(slot.get_or_init(|| text.replace("\"\"", "\"").into()))
    }
}
