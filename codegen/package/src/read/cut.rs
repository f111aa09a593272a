//! Blocks of a file, cut behind their last line feed; lines counted.

use crate::diagnose::Layout;

use super::LONGEST_LINE;
use super::block::{Block, Pool};
use super::encoding::Encoding;
use super::hash::{Hashes, Turn};
use super::stream::{Fault, Stream};
use std::sync::Arc;

/// Whole lines in the file's own bytes.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) block: Block,
    pub(super) offset: u64,
    pub(super) row: u64,
    pub(super) is_last: bool,
    pub(super) turn: Turn,
    fresh: (usize, usize),
}

impl Piece {
    /// What was read for this piece: without the start of its first line, that came with the one before,
    /// with the start of the line behind it.
    pub(super) fn fresh(&self) -> &[u8] {
        self.block.raw(self.fresh.0, self.fresh.1)
    }
}

/// What comes next in a file.
#[derive(Debug)]
pub(super) enum Found {
    Piece(Piece),
    LongLine { row: u64, offset: u64 },
}

/// Cuts one file.
#[derive(Debug)]
pub(super) struct Cutter {
    stream: Stream,
    encoding: Encoding,
    block: usize,
    /// Bytes before the first row that are still to pass.
    before: u64,
    /// The start of a line whose end is not read yet.
    rest: Vec<u8>,
    /// Whether `rest` may hold more than that: what came with the end of a line too long.
    is_rest_whole: bool,
    /// Offset in the file of the first byte of `rest`.
    offset: u64,
    read: u64,
}

impl Cutter {
    pub(super) fn new(stream: Stream, layout: &Layout, block: usize) -> Cutter {
        Cutter {
            stream,
            encoding: layout.encoding,
            block: block.clamp(2, LONGEST_LINE) & !1,
            before: layout.body,
            rest: Vec::new(),
            is_rest_whole: false,
            offset: 0,
            read: 0,
        }
    }

    pub(super) fn bytes_read(&self) -> u64 {
        self.read
    }

    pub(super) fn into_stream(self) -> Stream {
        self.stream
    }

    /// The next lines; none at the end of the file.
    pub(super) fn next(
        &mut self,
        pool: &Arc<Pool>,
        row: &mut u64,
        hashes: &Hashes,
        file: usize,
    ) -> Result<Option<Found>, Fault> {
        let mut block = pool.take(&self.rest, self.block);
        self.rest.clear();
        let (mut start, mut end) = block.bounds();
        let mut from = end;
        // How much is known to hold no line feed.
        let mut searched = match std::mem::take(&mut self.is_rest_whole) {
            true => 0,
            false => end - start,
        };
        loop {
            let filled = match self.stream.fill(block.free(self.block)) {
                Ok(filled) => filled,
                Err(fault) => {
                    // Bytes of a broken stream are not looked at; their hash is of no use either.
                    hashes.add_in_turn(&hashes.turn(), file, &[]);
                    return Err(fault);
                }
            };
            let is_end = filled == 0 || self.stream.left() == 0;
            self.read += filled as u64;
            end += filled;
            block.set_bounds(start, end);
            let passed = self.before.min((end - start) as u64);
            self.before -= passed;
            self.offset += passed;
            start += passed as usize;
            block.set_bounds(start, end);
            // No more is read into a block than a line may have, so that only its first can be too long.
            if end - start > LONGEST_LINE {
                let first = self.encoding.first_line_end(&block);
                let length = first.or(is_end.then_some(end - start));
                if let Some(length) = length.filter(|length| *length > LONGEST_LINE) {
                    hashes.add_in_turn(&hashes.turn(), file, block.raw(from, end));
                    self.rest.extend_from_slice(block.raw(start + length, end));
                    self.is_rest_whole = true;
                    let found = self.long_line(row);
                    self.offset += length as u64;
                    return Ok(Some(found));
                }
            }
            if is_end {
                if start == end {
                    hashes.add_in_turn(&hashes.turn(), file, block.raw(from, end));
                    return Ok(None);
                }
                return Ok(Some(self.piece(block, end, from, row, true, hashes)));
            }
            if let Some(last) = self.encoding.last_line_end(&block, searched) {
                let cut = start + last;
                self.rest.extend_from_slice(block.raw(cut, end));
                return Ok(Some(self.piece(block, cut, from, row, false, hashes)));
            }
            searched = end - start;
            if searched > LONGEST_LINE {
                hashes.add_in_turn(&hashes.turn(), file, block.raw(from, end));
                let found = self.long_line(row);
                self.skip(&mut block, (end - start) as u64, hashes, file)?;
                return Ok(Some(found));
            }
            if block.free(self.block).len() < self.block {
                // Twice the room, so that a long line is moved a few times only.
                let room = (end - start).max(self.block);
                let carried = end - start;
                // Bytes of the header that were passed over are hashed before they are lost.
                hashes.add_in_turn(&hashes.turn(), file, block.raw(from, end));
                block = pool.take(&block, room + self.block);
                (start, end) = block.bounds();
                debug_assert_eq!(end - start, carried);
                from = end;
            }
        }
    }

    fn long_line(&self, row: &mut u64) -> Found {
        *row += 1;
        Found::LongLine {
            row: *row - 1,
            offset: self.offset,
        }
    }

    fn piece(
        &mut self,
        mut block: Block,
        cut: usize,
        from: usize,
        row: &mut u64,
        is_last: bool,
        hashes: &Hashes,
    ) -> Found {
        let (start, end) = block.bounds();
        block.set_bounds(start, cut);
        let lines = self.encoding.count_lines(&block);
        let piece_row = *row;
        let offset = self.offset;
        *row += lines;
        self.offset += block.len() as u64;
        Found::Piece(Piece {
            block,
            offset,
            row: piece_row,
            is_last,
            turn: hashes.turn(),
            fresh: (from, end),
        })
    }

    /// Reads over the rest of a line, of which so many bytes were seen.
    fn skip(
        &mut self,
        block: &mut Block,
        seen: u64,
        hashes: &Hashes,
        file: usize,
    ) -> Result<(), Fault> {
        self.offset += seen;
        loop {
            // Blocks are an even number of bytes, as the bytes seen are: characters stay whole.
            block.begin_with(&[]);
            let (start, _) = block.bounds();
            let filled = self.stream.fill(block.free(self.block))?;
            self.read += filled as u64;
            block.set_bounds(start, start + filled);
            hashes.add_in_turn(&hashes.turn(), file, block);
            let Some(first) = self.encoding.first_line_end(block) else {
                self.offset += filled as u64;
                if filled == 0 || self.stream.left() == 0 {
                    return Ok(());
                }
                continue;
            };
            self.offset += first as u64;
            self.is_rest_whole = true;
            self.rest
                .extend_from_slice(block.get(first..).unwrap_or_default());
            return Ok(());
        }
    }
}
