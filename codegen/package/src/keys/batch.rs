//! Children looked up together, so that a processor waits for the memory of many at once.

use std::io;

use super::entry::{EntryWriter, Wide};
use super::set::Table;

const CHILDREN: usize = 512;

/// Children on their way to their parents.
#[derive(Debug)]
pub(super) struct Batch<'k> {
    children: Vec<Wide>,
    orphans: EntryWriter<'k, Wide>,
}

impl<'k> Batch<'k> {
    /// An empty one that leaves to `orphans` who has no parent.
    pub(super) fn new(orphans: EntryWriter<'k, Wide>) -> Batch<'k> {
        Batch {
            children: Vec::with_capacity(CHILDREN),
            orphans,
        }
    }

    /// Takes a child, to be looked up now or later; `hash` is that of the table.
    #[inline]
    pub(super) fn push(
        &mut self,
        child: Wide,
        parents: &Table<u128>,
        hash: impl Fn(Wide) -> u64,
    ) -> io::Result<()> {
        self.children.push(child);
        match self.children.len() < CHILDREN {
            true => Ok(()),
            false => self.look_up(parents, hash),
        }
    }

    /// Looks up all that it holds.
    pub(super) fn look_up(
        &mut self,
        parents: &Table<u128>,
        hash: impl Fn(Wide) -> u64,
    ) -> io::Result<()> {
        // First whether each is where it belongs: no branch hangs on what is read, so no read waits for
        // another. The rest, a quarter, lies beside what was read.
        let mut rest = 0;
        for at in 0..self.children.len() {
            let Some(child) = self.children.get(at).copied() else {
                break;
            };
            let is_found = parents.is_first(hash(child), child.fingerprint);
            if let Some(place) = self.children.get_mut(rest) {
                *place = child;
            }
            rest += usize::from(!is_found);
        }
        self.children.truncate(rest);
        for child in self.children.drain(..) {
            if !parents.contains(hash(child), child.fingerprint) {
                self.orphans.push(child)?;
            }
        }
        Ok(())
    }

    /// Hands on the orphans; nothing is left to look up.
    pub(super) fn finish(self) -> io::Result<()> {
        self.orphans.finish()
    }
}
