//! A piece of SQL or of a pattern inside a YAML value, and the way back from its offsets to the file.

use super::{FileId, Span};

/// A scalar of YAML whose text another parser reads.
#[derive(Debug, Clone)]
pub struct Fragment {
    /// The value, as YAML means it.
    pub text: String,
    /// The place of the whole scalar, quotes included.
    pub span: Span,
    /// Byte offset in the file of the value's first byte, when the value stands in the file as it
    /// is (plain, or quoted without escapes, on one line).
    origin: Option<u32>,
}

impl Fragment {
    /// Ties the value of a YAML scalar to its place. `source` is the text of the file.
    pub fn new(text: String, span: Span, source: &str) -> Self {
        let written = source
            .get(span.start as usize..span.end as usize)
            .unwrap_or("");
        let origin = if written == text {
            Some(span.start)
        } else if written.len() == text.len() + 2
            && written.get(1..written.len() - 1) == Some(&text)
        {
            Some(span.start + 1)
        } else {
            None
        };
        Fragment { text, span, origin }
    }

    /// A whole file as a fragment.
    pub fn file(file: FileId, text: &str) -> Self {
        Fragment {
            text: text.to_owned(),
            span: Span::new(file, 0, text.len()),
            origin: Some(0),
        }
    }

    /// The place of `start..end` (bytes of [`Fragment::text`]); the whole scalar when the value
    /// does not stand in the file as it is.
    pub fn locate(&self, start: usize, end: usize) -> Span {
        match self.origin {
            Some(origin) => Span::new(
                self.span.file,
                origin as usize + start,
                origin as usize + end,
            ),
            None => self.span,
        }
    }
}
