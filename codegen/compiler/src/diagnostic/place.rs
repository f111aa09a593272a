//! Byte ranges to what people and editors count: lines and columns.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::source::{FileId, SourceSet, Span};

/// A range of a file as editors count it: lines and columns from 1, columns in Unicode code
/// points, the end behind the last character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The path as people see it: the model's folder as the user wrote it, then the file.
    pub file: String,
    /// First line.
    pub line: usize,
    /// First column.
    pub column: usize,
    /// Last line.
    pub end_line: usize,
    /// The column behind the last character.
    pub end_column: usize,
    /// First byte, from 0.
    pub offset: usize,
    /// Bytes.
    pub length: usize,
}

impl Place {
    /// The place of one span. Whoever needs many asks a renderer.
    pub fn of(sources: &SourceSet, span: Span) -> Place {
        Places::new(sources).find(span)
    }
}

/// Finds the places of spans; the line starts of a file are counted once.
pub(super) struct Places<'a> {
    sources: &'a SourceSet,
    line_starts: RefCell<BTreeMap<FileId, Rc<[usize]>>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(sources: &'a SourceSet) -> Self {
        Places {
            sources,
            line_starts: RefCell::default(),
        }
    }

    pub(super) fn text(&self, file: FileId) -> &'a str {
        &self.sources.get(file).text
    }

    pub(super) fn path(&self, file: FileId) -> String {
        self.sources.display_path(file)
    }

    /// The place of a span.
    pub(super) fn find(&self, span: Span) -> Place {
        let text = self.text(span.file);
        let (start, end) = clamp(text, span);
        let starts = self.line_starts(span.file);
        let (line, column) = position(text, &starts, start);
        let (end_line, end_column) = position(text, &starts, end);
        Place {
            file: self.path(span.file),
            line,
            column,
            end_line,
            end_column,
            offset: start,
            length: end - start,
        }
    }

    /// The bytes of the lines `first..=last` (from 1), without the last line's end.
    pub(super) fn lines(&self, file: FileId, first: usize, last: usize) -> std::ops::Range<usize> {
        let text = self.text(file);
        let starts = self.line_starts(file);
        let from = starts.get(first - 1).copied().unwrap_or(text.len());
        let to = starts.get(last).copied().unwrap_or(text.len());
        let lines = text.get(from..to).unwrap_or("");
        from..from + lines.trim_end_matches(['\n', '\r']).len()
    }

    fn line_starts(&self, file: FileId) -> Rc<[usize]> {
        let mut known = self.line_starts.borrow_mut();
        let starts = known.entry(file).or_insert_with(|| {
            let ends = self.text(file).match_indices('\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(ends).collect()
        });
        Rc::clone(starts)
    }
}

/// The bytes of a span that exist in `text`, at boundaries of characters.
pub(super) fn clamp(text: &str, span: Span) -> (usize, usize) {
    let boundary = |at: &usize| text.is_char_boundary(*at);
    let (start, end) = (text.len().min(span.start as usize), span.end as usize);
    let start = (0..=start).rev().find(boundary).unwrap_or(0);
    let end = (end..text.len()).find(boundary).unwrap_or(text.len());
    (start, end.max(start))
}

fn position(text: &str, starts: &[usize], offset: usize) -> (usize, usize) {
    let line = starts.partition_point(|start| *start <= offset).max(1);
    let start = starts.get(line - 1).copied().unwrap_or(0);
    let before = text.get(start..offset).unwrap_or("");
    (line, before.chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;

    fn find(text: &str, start: usize, end: usize) -> Place {
        let file = SourceFile {
            path: "a.yaml".into(),
            text: text.into(),
        };
        let sources = SourceSet::new("model/", vec![file]);
        Places::new(&sources).find(Span::new(FileId(0), start, end))
    }

    #[test]
    fn counts_characters_not_bytes() {
        let text = "title: Школа\ntype: x\n";
        let place = find(text, 7, text.find('\n').unwrap());
        assert_eq!((place.line, place.column), (1, 8));
        assert_eq!((place.end_line, place.end_column), (1, 13));
        assert_eq!((place.offset, place.length), (7, 10));
        assert_eq!(place.file, "model/a.yaml");
    }

    #[test]
    fn spans_outside_the_text_and_inside_characters_are_moved_to_boundaries() {
        let place = find("Школа", 1, 3);
        assert_eq!((place.offset, place.length), (0, 4));
        let place = find("Школа", 90, 99);
        assert_eq!((place.line, place.column, place.length), (1, 6, 0));
        let place = find("", 0, 0);
        assert_eq!((place.line, place.column), (1, 1));
        let place = find("a\nb", 3, 1);
        assert_eq!((place.line, place.column, place.length), (2, 2, 0));
    }
}
