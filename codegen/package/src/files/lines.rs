//! A stream cut into lines, in memory bounded by the longest line that is taken; bytes counted and hashed on
//! the way.

use std::io::{self, Read};

use memchr::memchr;
use sha2::{Digest as _, Sha256};

use super::out::hex;

/// A line of more bytes than this is given in pieces.
pub(crate) const LONGEST: usize = 16 * 1024 * 1024;
/// What is read at once.
const BLOCK: usize = 256 * 1024;
/// The system copies into memory several times faster when the target begins a page.
const PAGE: usize = 4096;

/// A line or, of one that is too long, a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line<'l> {
    /// The bytes without the line feed.
    pub(crate) bytes: &'l [u8],
    /// Whether a line feed stands behind.
    pub(crate) ended: bool,
    /// Whether this is a whole line.
    pub(crate) whole: bool,
}

/// What a stream was, once it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Figures {
    pub(crate) bytes: u64,
    /// SHA-256, hexadecimal, lower case.
    pub(crate) sha256: String,
}

/// Lines of a stream.
pub(crate) struct Lines<R> {
    input: R,
    buffer: Vec<u8>,
    /// Where blocks are read to: the first byte of a page, behind what was left of the block before.
    base: usize,
    from: usize,
    to: usize,
    /// Up to here no line feed was found.
    searched: usize,
    at_end: bool,
    /// Within a line that is given in pieces.
    in_pieces: bool,
    bytes: u64,
    hash: Sha256,
}

impl<R: Read> Lines<R> {
    pub(crate) fn new(input: R) -> Lines<R> {
        let mut lines = Lines {
            input,
            buffer: Vec::new(),
            base: 0,
            from: 0,
            to: 0,
            searched: 0,
            at_end: false,
            in_pieces: false,
            bytes: 0,
            hash: Sha256::new(),
        };
        lines.make_room(PAGE);
        lines
    }

    /// The next line; behind the last line feed of a stream begins none.
    pub(crate) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        let (end, ended) = loop {
            let unseen = self.buffer.get(self.searched..self.to).unwrap_or_default();
            if let Some(at) = memchr(b'\n', unseen) {
                break (self.searched + at, true);
            }
            self.searched = self.to;
            if self.to - self.from > LONGEST {
                break (self.to, false);
            }
            if self.at_end {
                if self.from == self.to && !self.in_pieces {
                    return Ok(None);
                }
                break (self.to, false);
            }
            self.fill()?;
        };
        let bytes = self.from..end;
        let is_last_piece = ended || self.at_end;
        let whole = is_last_piece && !self.in_pieces;
        self.in_pieces = !is_last_piece;
        self.from = end + usize::from(ended);
        self.searched = self.from;
        Ok(Some(Line {
            bytes: self.buffer.get(bytes).unwrap_or_default(),
            ended,
            whole,
        }))
    }

    /// The figures of what was read; the rest of the stream is read for them.
    pub(crate) fn finish(mut self) -> io::Result<Figures> {
        while !self.at_end {
            self.from = self.to;
            self.fill()?;
        }
        Ok(Figures {
            bytes: self.bytes,
            sha256: hex(&self.hash.finalize()),
        })
    }

    /// Reads a block behind what is left.
    fn fill(&mut self) -> io::Result<()> {
        let left = self.to - self.from;
        if left > self.base {
            self.make_room(left.saturating_mul(2));
        }
        let begin = self.base - left;
        self.buffer.copy_within(self.from..self.to, begin);
        self.from = begin;
        self.to = self.base;
        self.searched = self.to;
        let room = self.buffer.get_mut(self.base..self.base + BLOCK);
        let room = room.unwrap_or_default();
        let read = loop {
            match self.input.read(room) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.at_end = read == 0;
        self.hash.update(room.get(..read).unwrap_or_default());
        self.bytes += read as u64;
        self.to += read;
        Ok(())
    }

    /// Makes a buffer with room for `head` bytes before the block, and keeps what is there.
    fn make_room(&mut self, head: usize) {
        let mut buffer = vec![0; head + BLOCK + PAGE];
        let offset = buffer.as_ptr().wrapping_add(head).align_offset(PAGE);
        let base = head + if offset < PAGE { offset } else { 0 };
        let left = self.to - self.from;
        let kept = self.buffer.get(self.from..self.to).unwrap_or_default();
        if let Some(place) = buffer.get_mut(base - left..base) {
            place.copy_from_slice(kept);
        }
        self.buffer = buffer;
        self.base = base;
        self.from = base - left;
        self.to = base;
        self.searched = self.to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives a few bytes at a time.
    struct Drip<'b>(&'b [u8], usize);

    impl Read for Drip<'_> {
        fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(self.0.len()).min(room.len());
            let (now, rest) = self.0.split_at(count);
            room[..count].copy_from_slice(now);
            self.0 = rest;
            Ok(count)
        }
    }

    fn all(bytes: &[u8], drip: usize) -> (Vec<(Vec<u8>, bool)>, Figures) {
        let mut lines = Lines::new(Drip(bytes, drip));
        let mut found = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            assert!(line.whole);
            found.push((line.bytes.to_vec(), line.ended));
        }
        (found, lines.finish().unwrap())
    }

    #[test]
    fn lines_of_any_drip() {
        for drip in [1, 3, 1 << 20] {
            for text in ["", "\n", "a", "a\n", "a\n\nbc", "\n\n", "ab\ncd\n"] {
                let (found, figures) = all(text.as_bytes(), drip);
                let mut expected: Vec<(Vec<u8>, bool)> = text
                    .split_inclusive('\n')
                    .map(|line| {
                        let bare = line.trim_end_matches('\n');
                        (bare.as_bytes().to_vec(), line.len() > bare.len())
                    })
                    .collect();
                expected.retain(|(line, ended)| *ended || !line.is_empty());
                assert_eq!(found, expected, "{text:?}");
                assert_eq!(figures.bytes, text.len() as u64);
                assert_eq!(figures.sha256, hex(&Sha256::digest(text)));
            }
        }
    }

    #[test]
    fn blocks_do_not_show() {
        let mut text = Vec::new();
        for number in 0..200_000_u32 {
            text.extend_from_slice(format!("{number}\n").as_bytes());
        }
        text.extend(vec![b'x'; 3 * BLOCK]);
        let (found, figures) = all(&text, usize::MAX);
        assert_eq!(found.len(), 200_001);
        assert_eq!(found[123_456].0, b"123456");
        assert_eq!(found[200_000].0.len(), 3 * BLOCK);
        assert_eq!(figures.bytes, text.len() as u64);
    }

    #[test]
    fn a_line_without_end_comes_in_pieces() {
        let mut text = vec![b'x'; 2 * LONGEST + 5];
        text.extend_from_slice(b"\nshort\n");
        let mut lines = Lines::new(text.as_slice());
        let mut long = 0;
        loop {
            let line = lines.next().unwrap().unwrap();
            assert!(!line.whole);
            long += line.bytes.len();
            if line.ended {
                break;
            }
        }
        assert_eq!(long, 2 * LONGEST + 5);
        let short = lines.next().unwrap().unwrap();
        assert_eq!((short.bytes, short.whole), (b"short".as_slice(), true));
        assert_eq!(lines.next().unwrap(), None);
    }
}
