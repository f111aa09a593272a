//! Bytes of a file as UTF-8, whatever it is in.

use std::io::{self, Read};

use crate::read::encoding::Encoding;

/// What is decoded at once.
const BLOCK: usize = 64 * 1024;

/// A stream in UTF-8 made of one in another encoding, the byte order mark left away. What is no character
/// stays a byte that is not UTF-8.
pub(super) struct Decoder<R> {
    input: R,
    encoding: Encoding,
    /// Bytes of the mark still to be passed over.
    mark: usize,
    raw: Vec<u8>,
    text: Vec<u8>,
    at: usize,
    at_end: bool,
}

impl<R: Read> Decoder<R> {
    pub(super) fn new(input: R, encoding: Encoding, mark: usize) -> Decoder<R> {
        Decoder {
            input,
            encoding,
            mark,
            raw: Vec::new(),
            text: Vec::new(),
            at: 0,
            at_end: false,
        }
    }

    /// Decodes another block.
    fn fill(&mut self) -> io::Result<()> {
        let before = self.raw.len();
        let read = (&mut self.input)
            .take(BLOCK as u64)
            .read_to_end(&mut self.raw)?;
        self.at_end = read == 0;
        if self.mark > 0 && (self.raw.len() >= self.mark || self.at_end) {
            self.raw.drain(..self.mark.min(before + read));
            self.mark = 0;
        }
        // A character may be cut by the block's end.
        let whole = match (self.at_end, self.encoding.unit()) {
            (true, _) | (false, 1) => self.raw.len(),
            (false, _) => whole_units(&self.raw, self.encoding),
        };
        self.text = self
            .encoding
            .to_utf8(self.raw.get(..whole).unwrap_or_default());
        self.raw.drain(..whole);
        self.at = 0;
        Ok(())
    }
}

/// The bytes up to the last character of UTF-16 that is whole.
fn whole_units(bytes: &[u8], encoding: Encoding) -> usize {
    let even = bytes.len() / 2 * 2;
    let high = match encoding {
        Encoding::Utf16Be => bytes.get(even.wrapping_sub(2)),
        _ => bytes.get(even.wrapping_sub(1)),
    };
    // The first half of a pair waits for the second.
    match high {
        Some(0xd8..=0xdb) => even - 2,
        _ => even,
    }
}

impl<R: Read> Read for Decoder<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        if self.encoding == Encoding::Utf8 && self.mark == 0 && self.raw.is_empty() {
            let left = self.text.get(self.at..).unwrap_or_default();
            if left.is_empty() {
                return self.input.read(room);
            }
        }
        while self.at == self.text.len() && !(self.at_end && self.raw.is_empty()) {
            self.fill()?;
        }
        let left = self.text.get(self.at..).unwrap_or_default();
        let count = left.len().min(room.len());
        if let (Some(to), Some(from)) = (room.get_mut(..count), left.get(..count)) {
            to.copy_from_slice(from);
        }
        self.at += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8], encoding: Encoding, mark: usize) -> Vec<u8> {
        let mut text = Vec::new();
        let mut decoder = Decoder::new(bytes, encoding, mark);
        decoder.read_to_end(&mut text).unwrap();
        text
    }

    #[test]
    fn characters_that_a_block_cuts_are_whole() {
        let text = format!("a{}", "😀ё".repeat(BLOCK / 3));
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "\u{feff}"
            .encode_utf16()
            .chain(text.encode_utf16())
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(decoded(&little, Encoding::Utf16Le, 0), text.as_bytes());
        assert_eq!(decoded(&big, Encoding::Utf16Be, 2), text.as_bytes());
        let marked = format!("\u{feff}{text}");
        assert_eq!(
            decoded(marked.as_bytes(), Encoding::Utf8, 3),
            text.as_bytes()
        );
        assert_eq!(
            decoded(b"\xcf\xf0", Encoding::Windows1251, 0),
            "Пр".as_bytes()
        );
        // Half a character is none.
        assert!(std::str::from_utf8(&decoded(b"a\0b", Encoding::Utf16Le, 0)).is_err());
        assert_eq!(decoded(b"", Encoding::Utf16Le, 2), b"");
    }
}
