//! A piece of SQL or of a pattern inside a YAML value, and the way back from its offsets to the file.

use super::{FileId, Span};

/// A scalar of YAML whose text another parser reads.
#[derive(Debug, Clone)]
pub struct Fragment {
    /// The value, as YAML means it.
    pub text: String,
    /// The place of the whole scalar, quotes included.
    pub span: Span,
    /// How the value stands in the file, if it can be found again there.
    origin: Option<Origin>,
}

/// A value that stands in the file as it is, on one line, but for doubled quotes.
#[derive(Debug, Clone)]
struct Origin {
    /// Byte offset in the file of the value's first byte.
    start: u32,
    /// Offsets in the value of the quotes that the file has twice (`''` within single quotes).
    doubled: Vec<usize>,
    /// Whether it stands within single quotes.
    quoted: bool,
}

impl Fragment {
    /// Ties the value of a YAML scalar to its place. `source` is the text of the file.
    pub fn new(text: String, span: Span, source: &str) -> Self {
        let written = source
            .get(span.start as usize..span.end as usize)
            .unwrap_or("");
        let inside = |quote: char| {
            written
                .strip_prefix(quote)
                .and_then(|rest| rest.strip_suffix(quote))
        };
        let as_it_is = |start| Origin {
            start,
            doubled: Vec::new(),
            quoted: written.starts_with('\'') && written != text,
        };
        let origin = if written == text {
            Some(as_it_is(span.start))
        } else if inside('\'') == Some(&text) || inside('"') == Some(&text) {
            Some(as_it_is(span.start + 1))
        } else if inside('\'').is_some_and(|inside| inside.replace("''", "'") == text) {
            Some(Origin {
                start: span.start + 1,
                doubled: text.match_indices('\'').map(|(at, _)| at).collect(),
                quoted: true,
            })
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
            origin: Some(Origin {
                start: 0,
                doubled: Vec::new(),
                quoted: false,
            }),
        }
    }

    /// Whether parts of the value have places of their own; if not, all of them have the place of
    /// the whole scalar, and nothing can be put in a part's place.
    pub fn is_exact(&self) -> bool {
        self.origin.is_some()
    }

    /// How a part of the value is written in the file: quotes twice within single quotes.
    pub fn written(&self, part: &str) -> String {
        match &self.origin {
            Some(origin) if origin.quoted => part.replace('\'', "''"),
            _ => part.to_owned(),
        }
    }

    /// The place of `start..end` (bytes of [`Fragment::text`]); the whole scalar when the value
    /// does not stand in the file as it is.
    pub fn locate(&self, start: usize, end: usize) -> Span {
        let Some(origin) = &self.origin else {
            return self.span;
        };
        let place = |at: usize| {
            let twice = origin.doubled.partition_point(|quote| *quote < at);
            origin.start as usize + at + twice
        };
        Span::new(self.span.file, place(start), place(end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(written: &str, value: &str, part: &str) -> String {
        let source = format!("ключ: {written}\n");
        let start = source.len() - written.len() - 1;
        let span = Span::new(FileId(0), start, start + written.len());
        let fragment = Fragment::new(value.to_owned(), span, &source);
        let at = value.find(part).expect("a part of the value");
        let place = fragment.locate(at, at + part.len());
        source
            .get(place.start as usize..place.end as usize)
            .unwrap_or("<outside>")
            .to_owned()
    }

    #[test]
    fn parts_are_found_where_they_stand() {
        assert_eq!(marked("а = 'б'", "а = 'б'", "'б'"), "'б'");
        assert_eq!(marked("\"а = 'б'\"", "а = 'б'", "'б'"), "'б'");
        assert_eq!(marked("'^а$'", "^а$", "а"), "а");
        assert_eq!(marked("'а = ''б'' OR в'", "а = 'б' OR в", "'б'"), "''б''");
        assert_eq!(marked("'а = ''б'' OR в'", "а = 'б' OR в", "в"), "в");
        assert_eq!(marked("\"а\\tб\"", "а\tб", "б"), "\"а\\tб\"");
        assert_eq!(marked("'", "'", "'"), "'");
    }
}
