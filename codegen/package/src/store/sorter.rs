//! Byte strings in order, however many: sorted in memory by parts, the parts merged from disk.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io;
use std::sync::Arc;

use super::Store;
use super::file::{Extent, SpillFile};
use super::record::{put_length, take_length};
use crate::Reserved;

/// What is sorted in memory, however small the budget.
const LEAST: usize = 256 << 10;
/// Blocks of sorted runs on disk.
const BLOCK: usize = 64 << 10;
/// Runs that are merged at once: each holds one block in memory.
const FAN_IN: usize = 32;

/// Sorts byte strings; equal ones all come back.
#[derive(Debug)]
pub struct Sorter {
    store: Store,
    bytes: Vec<u8>,
    items: Vec<Item>,
    reserved: Option<Reserved>,
    file: Option<Arc<SpillFile>>,
    runs: Vec<Vec<Extent>>,
}

/// A string among the bytes, with its first eight bytes as a number to compare most by.
#[derive(Debug, Clone, Copy)]
struct Item {
    prefix: u64,
    start: usize,
    len: usize,
}

impl Sorter {
    /// A sorter within the budget of a store. At least 256 KiB are kept in memory, and some 2 MiB while
    /// runs on disk are merged.
    pub fn new(store: &Store) -> Sorter {
        Sorter {
            store: store.clone(),
            bytes: Vec::new(),
            items: Vec::new(),
            reserved: None,
            file: None,
            runs: Vec::new(),
        }
    }

    /// Takes a string.
    ///
    /// # Errors
    /// The disk refused what had to be kept there; the error holds a [`SpillError`](super::SpillError).
    pub fn push(&mut self, string: &[u8]) -> io::Result<()> {
        if !self.has_room(string.len()) && !self.grow(string.len())? {
            self.write_run()?;
        }
        self.items.push(Item {
            prefix: prefix(string),
            start: self.bytes.len(),
            len: string.len(),
        });
        self.bytes.extend_from_slice(string);
        Ok(())
    }

    /// All strings, in the order of their bytes.
    ///
    /// # Errors
    /// As for [`push`](Sorter::push).
    pub fn finish(mut self) -> io::Result<Sorted> {
        if self.runs.is_empty() {
            self.sort();
            return Ok(Sorted(Source::Memory {
                bytes: self.bytes,
                items: self.items.into_iter(),
                _reserved: self.reserved,
            }));
        }
        self.write_run()?;
        self.bytes = Vec::new();
        self.items = Vec::new();
        self.reserved = None;
        let Some(file) = self.file.clone() else {
            return Ok(Sorted(Source::Nothing));
        };
        while self.runs.len() > FAN_IN {
            let rest = self.runs.split_off(FAN_IN);
            let mut merge = Merge::new(&file, std::mem::replace(&mut self.runs, rest))?;
            let mut run = RunWriter::new(&file);
            while let Some(string) = merge.next()? {
                run.push(string)?;
            }
            self.runs.push(run.finish()?);
        }
        Ok(Sorted(Source::Disk(Merge::new(&file, self.runs)?)))
    }

    fn has_room(&self, len: usize) -> bool {
        self.items.len() < self.items.capacity() && self.bytes.capacity() - self.bytes.len() >= len
    }

    /// Makes room within the budget: half as much again.
    fn grow(&mut self, len: usize) -> io::Result<bool> {
        const ITEM: usize = size_of::<Item>();
        let more_bytes = (self.bytes.capacity() / 2).max(LEAST / 2).max(len);
        let more_items = match self.items.len() < self.items.capacity() {
            true => 0,
            false => (self.items.capacity() / 2).max(LEAST / 2 / ITEM),
        };
        let more_bytes = match self.bytes.capacity() - self.bytes.len() >= len {
            true => 0,
            false => more_bytes,
        };
        let is_first = self.bytes.capacity() == 0;
        let need = (more_bytes + more_items * ITEM) as u64;
        let allowed =
            is_first || self.reserve(need) || (self.store.shed(need)? && self.reserve(need));
        if allowed {
            self.bytes
                .reserve_exact(self.bytes.capacity() - self.bytes.len() + more_bytes);
            self.items
                .reserve_exact(self.items.capacity() - self.items.len() + more_items);
        }
        Ok(allowed)
    }

    fn reserve(&mut self, need: u64) -> bool {
        match &mut self.reserved {
            Some(reserved) => reserved.grow(need),
            none => {
                *none = self.store.budget().reserve(need);
                none.is_some()
            }
        }
    }

    fn sort(&mut self) {
        let bytes = &self.bytes;
        let text = |item: &Item| bytes.get(item.start..item.start + item.len);
        self.items.sort_unstable_by(|one, other| {
            one.prefix
                .cmp(&other.prefix)
                .then_with(|| text(one).cmp(&text(other)))
        });
    }

    fn write_run(&mut self) -> io::Result<()> {
        if self.items.is_empty() {
            return Ok(());
        }
        self.sort();
        let file = match &self.file {
            Some(file) => Arc::clone(file),
            None => Arc::clone(self.file.insert(Arc::new(self.store.file()?))),
        };
        let mut run = RunWriter::new(&file);
        for item in &self.items {
            let string = self.bytes.get(item.start..item.start + item.len);
            run.push(string.unwrap_or_default())?;
        }
        self.runs.push(run.finish()?);
        self.items.clear();
        self.bytes.clear();
        Ok(())
    }
}

/// The first bytes as a number that compares as they do.
fn prefix(string: &[u8]) -> u64 {
    match string.first_chunk::<8>() {
        Some(bytes) => u64::from_be_bytes(*bytes),
        None => {
            let mut bytes = [0; 8];
            for (to, from) in bytes.iter_mut().zip(string) {
                *to = *from;
            }
            u64::from_be_bytes(bytes)
        }
    }
}

struct RunWriter<'f> {
    file: &'f SpillFile,
    block: Vec<u8>,
    extents: Vec<Extent>,
}

impl<'f> RunWriter<'f> {
    fn new(file: &'f SpillFile) -> RunWriter<'f> {
        RunWriter {
            file,
            block: Vec::new(),
            extents: Vec::new(),
        }
    }

    fn push(&mut self, string: &[u8]) -> io::Result<()> {
        put_length(string.len(), &mut self.block);
        self.block.extend_from_slice(string);
        match self.block.len() >= BLOCK {
            true => self.flush(),
            false => Ok(()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.extents.push(self.file.append(&self.block)?);
        self.block.clear();
        Ok(())
    }

    fn finish(mut self) -> io::Result<Vec<Extent>> {
        self.flush()?;
        // Read from behind, so that what was read is popped.
        self.extents.reverse();
        Ok(self.extents)
    }
}

/// Strings in the order of their bytes.
#[derive(Debug)]
pub struct Sorted(Source);

#[derive(Debug)]
enum Source {
    Nothing,
    Memory {
        bytes: Vec<u8>,
        items: std::vec::IntoIter<Item>,
        _reserved: Option<Reserved>,
    },
    Disk(Merge),
}

impl Sorted {
    /// The next string; `None` behind the last.
    ///
    /// # Errors
    /// The disk lost what was kept there.
    #[expect(clippy::should_implement_trait, reason = "strings are lent")]
    pub fn next(&mut self) -> io::Result<Option<&[u8]>> {
        match &mut self.0 {
            Source::Nothing => Ok(None),
            Source::Memory { bytes, items, .. } => Ok(items
                .next()
                .and_then(|item| bytes.get(item.start..item.start + item.len))),
            Source::Disk(merge) => merge.next(),
        }
    }
}

/// Runs, merged.
#[derive(Debug)]
struct Merge {
    heap: BinaryHeap<Reverse<Head>>,
    /// The run whose string was lent last.
    lent: Option<Head>,
}

/// A run with its next string. Compared by that string; which of equal ones comes first does not show.
#[derive(Debug)]
struct Head {
    file: Arc<SpillFile>,
    extents: Vec<Extent>,
    block: Vec<u8>,
    at: usize,
    len: usize,
}

impl Merge {
    fn new(file: &Arc<SpillFile>, runs: Vec<Vec<Extent>>) -> io::Result<Merge> {
        let mut heap = BinaryHeap::with_capacity(runs.len());
        for extents in runs {
            let mut head = Head {
                file: Arc::clone(file),
                extents,
                block: Vec::new(),
                at: 0,
                len: 0,
            };
            if head.advance()? {
                heap.push(Reverse(head));
            }
        }
        Ok(Merge { heap, lent: None })
    }

    fn next(&mut self) -> io::Result<Option<&[u8]>> {
        if let Some(mut head) = self.lent.take()
            && head.advance()?
        {
            self.heap.push(Reverse(head));
        }
        self.lent = self.heap.pop().map(|Reverse(head)| head);
        Ok(self.lent.as_ref().map(Head::string))
    }
}

impl Head {
    fn string(&self) -> &[u8] {
        self.block
            .get(self.at..self.at + self.len)
            .unwrap_or_default()
    }

    /// Moves on to the next string; false behind the last.
    fn advance(&mut self) -> io::Result<bool> {
        self.at += self.len;
        self.len = 0;
        loop {
            let mut rest = self.block.get(self.at..).unwrap_or_default();
            let before = rest.len();
            if let Some(len) = take_length(&mut rest) {
                self.at += before - rest.len();
                self.len = len;
                return Ok(true);
            }
            let Some(extent) = self.extents.pop() else {
                return Ok(false);
            };
            self.file.read(extent, &mut self.block)?;
            self.at = 0;
        }
    }
}

impl PartialEq for Head {
    fn eq(&self, other: &Head) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Head {}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Head) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Head {
    fn cmp(&self, other: &Head) -> std::cmp::Ordering {
        self.string().cmp(other.string())
    }
}
