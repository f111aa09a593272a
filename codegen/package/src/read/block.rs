//! Buffers: read to a page's border, handed out as chunks, used again.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

/// The system copies some 3.4 times slower to a place that is a few bytes past a page's border, where big
/// allocations use to begin, than to the border itself.
const PAGE: usize = 4096;

/// Bytes of a chunk. The buffer goes back to where it came from when dropped.
#[derive(Default)]
pub struct Block {
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    pool: Option<Arc<Pool>>,
}

impl Block {
    /// The bytes between two places of the buffer, whether they are of the block or not.
    pub(super) fn raw(&self, start: usize, end: usize) -> &[u8] {
        self.buffer.get(start..end).unwrap_or_default()
    }

    /// Where the block begins and ends in the buffer.
    pub(super) fn bounds(&self) -> (usize, usize) {
        (self.start, self.end)
    }

    /// Sets what is of the block.
    pub(super) fn set_bounds(&mut self, start: usize, end: usize) {
        self.end = end.min(self.buffer.len());
        self.start = start.min(self.end);
    }

    /// Puts `bytes` right before a page's border, and the block's bounds around them.
    pub(super) fn begin_with(&mut self, bytes: &[u8]) {
        let base = self.buffer.as_ptr().align_offset(PAGE);
        let base = if base < PAGE { base } else { 0 };
        let border = base + bytes.len().div_ceil(PAGE) * PAGE;
        let start = border - bytes.len();
        if self.buffer.len() < border {
            self.buffer.resize(border, 0);
        }
        self.set_bounds(start, border);
        if let Some(place) = self.buffer.get_mut(start..border) {
            place.copy_from_slice(bytes);
        }
    }

    /// What is free behind the block, at most `most` bytes.
    pub(super) fn free(&mut self, most: usize) -> &mut [u8] {
        let end = self.buffer.len().min(self.end.saturating_add(most));
        self.buffer.get_mut(self.end..end).unwrap_or_default()
    }
}

impl Deref for Block {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.raw(self.start, self.end)
    }
}

impl AsRef<[u8]> for Block {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl From<Vec<u8>> for Block {
    fn from(buffer: Vec<u8>) -> Block {
        let end = buffer.len();
        Block {
            buffer,
            start: 0,
            end,
            pool: None,
        }
    }
}

impl fmt::Debug for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Block({} bytes)", self.len())
    }
}

impl Drop for Block {
    fn drop(&mut self) {
        if let Some(pool) = self.pool.take() {
            pool.put(std::mem::take(&mut self.buffer));
        }
    }
}

/// Buffers that are not in use.
#[derive(Debug)]
pub(super) struct Pool {
    size: usize,
    idle: Mutex<Vec<Vec<u8>>>,
}

impl Pool {
    /// Of buffers into which so many bytes are read at once.
    pub(super) fn new(size: usize) -> Arc<Pool> {
        Arc::new(Pool {
            size,
            idle: Mutex::default(),
        })
    }

    /// A block that holds `bytes`, with room for at least `more` behind them.
    pub(super) fn take(self: &Arc<Pool>, bytes: &[u8], more: usize) -> Block {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let mut buffer = idle.unwrap_or_default();
        // A page to reach the first border, one for what is left of the block before.
        let room = bytes.len() + more.max(self.size) + 2 * PAGE;
        if buffer.len() < room {
            buffer = vec![0; room];
        }
        let mut block = Block {
            buffer,
            start: 0,
            end: 0,
            pool: Some(Arc::clone(self)),
        };
        block.begin_with(bytes);
        block
    }

    /// A buffer that grew for a long line is let go.
    fn put(&self, buffer: Vec<u8>) {
        if buffer.len() <= 2 * self.size + 2 * PAGE {
            let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
            idle.push(buffer);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_begins_at_a_page() {
        let pool = Pool::new(64 * 1024);
        for carried in [0, 1, 4095, 4096, 5000, 200_000] {
            let mut block = pool.take(&vec![7; carried], 64 * 1024);
            assert_eq!(block.len(), carried);
            assert!(block.iter().all(|byte| *byte == 7));
            let free = block.free(64 * 1024);
            assert_eq!(free.len(), 64 * 1024);
            assert_eq!(free.as_ptr().align_offset(PAGE), 0);
        }
        assert!(pool.idle.lock().unwrap().len() <= 1, "used again");
    }
}
