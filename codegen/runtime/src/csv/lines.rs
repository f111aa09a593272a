//! Bytes to lines: blocks are read, lines given out where they stand.

use std::io::Read;

use super::error::ErrorKind;
use super::fields::BEHIND;

/// Bytes asked for at once.
const BLOCK: usize = 256 * 1024;
/// Blocks are read to addresses that are a multiple of this: on some processors the system copies
/// several times slower to an address 16 bytes past a page, which is where large allocations begin.
const PAGE: usize = 4096;
/// The longest line taken: no row of a showcase comes near, and a file without line feeds must
/// not fill the memory.
const MAX_LINE: usize = 16 * 1024 * 1024;

/// Splits the input at line feeds.
pub(super) struct Lines<I> {
    input: I,
    /// A head for the begin of a line whose end is in the next block, a block, and room behind.
    buffer: Vec<u8>,
    /// Where blocks are read to.
    base: usize,
    /// What of the buffer is read and not yet given out.
    start: usize,
    end: usize,
    /// Bytes read so far.
    read: u64,
    ended: bool,
}

/// Where a line stands in the buffer, without its line feed.
#[derive(Clone, Copy)]
pub(super) struct Line {
    start: usize,
    end: usize,
}

impl<I: Read> Lines<I> {
    pub(super) fn new(input: I) -> Self {
        Lines {
            input,
            buffer: Vec::new(),
            base: 0,
            start: 0,
            end: 0,
            read: 0,
            ended: false,
        }
    }

    /// Offset in the file of the line that comes next.
    pub(super) fn offset(&self) -> u64 {
        self.read - (self.end - self.start) as u64
    }

    /// A line with what stands behind it in the buffer, and its length.
    #[inline]
    pub(super) fn get(&self, line: Line) -> (&[u8], usize) {
        let bytes = self.buffer.get(line.start..).unwrap_or_default();
        (bytes, line.end - line.start)
    }

    /// The next line without its line feed. A line feed at the very end begins no line.
    pub(super) fn next(&mut self) -> Result<Option<Line>, ErrorKind> {
        let mut searched = 0;
        loop {
            let unseen = self.buffer.get(self.start + searched..self.end);
            if let Some(at) = memchr::memchr(b'\n', unseen.unwrap_or_default()) {
                let line = Line {
                    start: self.start,
                    end: self.start + searched + at,
                };
                self.start = line.end + 1;
                return Ok(Some(line));
            }
            searched = self.end - self.start;
            if self.ended {
                let line = Line {
                    start: self.start,
                    end: self.end,
                };
                self.start = self.end;
                return Ok((searched > 0).then_some(line));
            }
            if searched > MAX_LINE {
                return Err(ErrorKind::LongLine { max: MAX_LINE });
            }
            self.fill()?;
        }
    }

    fn fill(&mut self) -> Result<(), ErrorKind> {
        let kept = self.end - self.start;
        if kept == 0 && !self.buffer.is_empty() {
            (self.start, self.end) = (self.base, self.base);
        }
        if self.end + BEHIND >= self.buffer.len() {
            self.make_room(kept);
        }
        let limit = self.buffer.len().saturating_sub(BEHIND);
        let room = self.buffer.get_mut(self.end..limit).unwrap_or_default();
        loop {
            match self.input.read(room) {
                Ok(count) => {
                    let count = count.min(room.len());
                    self.end += count;
                    self.read += count as u64;
                    self.ended = count == 0;
                    return Ok(());
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(ErrorKind::Io(error)),
            }
        }
    }

    /// Moves what is kept before the place of the next block; into a larger buffer if it needs more
    /// than the half of the head.
    fn make_room(&mut self, kept: usize) {
        if self.buffer.is_empty() || kept > self.base / 2 {
            let head = (kept * 4).next_multiple_of(PAGE).max(16 * PAGE);
            let mut larger = vec![0; head + PAGE + BLOCK + BEHIND];
            let base = head + larger.as_ptr().align_offset(PAGE).min(PAGE);
            larger.truncate(base + BLOCK + BEHIND);
            if let (Some(to), Some(from)) = (
                larger.get_mut(base - kept..base),
                self.buffer.get(self.start..self.end),
            ) {
                to.copy_from_slice(from);
            }
            self.buffer = larger;
            self.base = base;
        } else {
            self.buffer
                .copy_within(self.start..self.end, self.base - kept);
        }
        self.start = self.base - kept;
        self.end = self.base;
    }
}
