//! The fields of a good line, one after another, at the speed of what a value needs: a value of fixed
//! width is looked for where it must stand, only text is searched for its end. Anything unusual gives
//! nothing here, and `decoder` says what it is.

use crate::record::borrowed::Raw;
use crate::simd;

use super::profile::{NullForm, Options};
use super::text::has_wide_refused;

/// Bytes that may be looked at behind a line.
pub(super) const BEHIND: usize = 16;

/// A line under reading.
#[doc(hidden)]
#[derive(Debug)]
pub struct Fields<'a> {
    /// The line and, for blocks that reach over its end, at least [`BEHIND`] bytes more.
    bytes: &'a [u8],
    /// Where the line ends.
    end: usize,
    /// Where the next field begins; one behind the end when there is none.
    at: usize,
    bare_empty: bool,
    quoted_null: bool,
    booleans: [&'static str; 2],
}

impl<'a> Fields<'a> {
    /// The fields of the first `end` of `bytes`.
    #[inline]
    pub(super) fn new(bytes: &'a [u8], end: usize, options: &Options) -> Self {
        let quoted_null = options.profile.null == NullForm::Quoted;
        Fields {
            bytes,
            end,
            at: 0,
            bare_empty: options.bare_empty || !quoted_null,
            quoted_null,
            booleans: [false, true].map(|value| options.profile.boolean.text(value)),
        }
    }

    /// Whether every field was taken.
    #[inline]
    pub(super) fn is_done(&self) -> bool {
        self.at == self.end + 1
    }

    /// Goes on behind the closing quote at `quote`; none when neither a separator nor the end follows.
    #[inline(always)]
    fn close(&mut self, quote: usize) -> Option<()> {
        let next = quote + 1;
        if next < self.end {
            if *self.bytes.get(next)? != b';' {
                return None;
            }
        } else if next > self.end {
            return None;
        }
        self.at = next + 1;
        Some(())
    }

    /// Takes a field without a value, if it is one. `text` says whether `""` may be a text here.
    #[inline(always)]
    pub fn null(&mut self, text: bool) -> bool {
        let at = self.at;
        match self.bytes.get(at..at + 3) {
            Some(&[b'"', b'"', after])
                if (self.quoted_null || !text) && (after == b';' || at + 2 >= self.end) =>
            {
                self.close(at + 1).is_some()
            }
            Some(&[first, ..]) if self.bare_empty => {
                let is_empty = at == self.end || (at < self.end && first == b';');
                self.at += usize::from(is_empty);
                is_empty
            }
            _ => false,
        }
    }

    /// Takes a field of `N` bytes between quotes.
    #[inline(always)]
    pub fn fixed<const N: usize>(&mut self) -> Option<&'a [u8; N]> {
        let field = self.bytes.get(self.at..)?;
        let (first, rest) = field.split_first()?;
        let (inside, rest) = rest.split_first_chunk::<N>()?;
        if *first != b'"' || *rest.first()? != b'"' {
            return None;
        }
        self.close(self.at + N + 1)?;
        Some(inside)
    }

    /// Takes a truth value.
    #[inline(always)]
    pub fn boolean(&mut self) -> Option<bool> {
        let field = self.bytes.get(self.at..)?;
        for value in [false, true] {
            let text = self.booleans[usize::from(value)].as_bytes();
            let inside = field.strip_prefix(b"\"");
            if let Some([b'"', ..]) = inside.and_then(|inside| inside.strip_prefix(text)) {
                self.close(self.at + text.len() + 1)?;
                return Some(value);
            }
        }
        None
    }

    /// Takes an empty text that is no null.
    #[inline(always)]
    pub fn empty(&mut self) -> bool {
        !self.quoted_null
            && self.bytes.get(self.at..self.at + 2) == Some(b"\"\"")
            && self.close(self.at + 1).is_some()
    }

    /// Takes a text that is not empty and has no characters that are refused.
    #[inline(always)]
    pub fn text(&mut self) -> Option<Raw<'a>> {
        if *self.bytes.get(self.at)? != b'"' {
            return None;
        }
        let found = simd::quoted(self.bytes, self.at + 1, self.end)?;
        self.close(found.end)?;
        if found.text.is_empty() || (found.wide && has_wide_refused(found.text)) {
            return None;
        }
        Some(Raw {
            text: found.text,
            quotes: found.quotes,
        })
    }
}
