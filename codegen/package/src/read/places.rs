//! Where rows lie: enough to read a few of them again.

use std::io;

use crate::RowId;
use crate::inventory::Package;

use super::LONGEST_LINE;
use super::encoding::Encoding;
use super::stream::{Fault, Stream};

/// The most bytes of a line that are shown, in the file's own encoding.
const SHOWN: usize = 64 * 1024;

/// Where each chunk of a table began, 16 bytes a chunk.
#[derive(Debug, Default)]
pub struct Places {
    files: Vec<FilePlaces>,
}

#[derive(Debug)]
struct FilePlaces {
    file: usize,
    first_row: u64,
    /// The row behind the file's last.
    end_row: u64,
    /// Lines before the first row.
    lines_before: u64,
    encoding: Encoding,
    /// Row and offset, in order.
    chunks: Vec<(u64, u64)>,
}

/// Where a row lies, and its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The row.
    pub row: RowId,
    /// Position among the files of the package.
    pub file: usize,
    /// Line of the file, from 1: the header is line 1.
    pub line: u64,
    /// Offset in the file of the line's first byte.
    pub offset: u64,
    /// The line without its end, made UTF-8 as far as the file is; its start only if it is longer than
    /// 65,536 bytes.
    pub bytes: Vec<u8>,
}

impl Places {
    /// Begins a file, whose first row is `row`.
    pub(super) fn begin(&mut self, file: usize, row: u64, lines_before: u64, encoding: Encoding) {
        self.files.push(FilePlaces {
            file,
            first_row: row,
            end_row: row,
            lines_before,
            encoding,
            chunks: Vec::new(),
        });
    }

    /// Adds a chunk of the file.
    pub(super) fn add(&mut self, row: u64, offset: u64) {
        if let Some(last) = self.files.last_mut() {
            last.chunks.push((row, offset));
        }
    }

    /// Ends the file before `row`.
    pub(super) fn end(&mut self, row: u64) {
        if let Some(last) = self.files.last_mut() {
            last.end_row = row;
        }
    }

    /// The first row of the file that was begun last.
    pub(super) fn first_row(&self) -> u64 {
        self.files.last().map_or(0, |last| last.first_row)
    }

    fn of(&self, row: u64) -> Option<&FilePlaces> {
        let behind = self.files.partition_point(|file| file.end_row <= row);
        self.files.get(behind).filter(|file| file.first_row <= row)
    }

    /// File of the package and line, from 1, of a row; no need to read anything.
    pub fn locate(&self, row: RowId) -> Option<(usize, u64)> {
        let found = self.of(row.0)?;
        let line = row.0 - found.first_row + found.lines_before + 1;
        Some((found.file, line))
    }

    /// Reads rows again, which must be in order: each that is there still comes once.
    ///
    /// # Errors
    /// A file cannot be read any more.
    pub fn fetch(&self, package: &Package, rows: &[RowId]) -> io::Result<Vec<Place>> {
        let mut found: Vec<Place> = Vec::new();
        let mut walk: Option<Walk<'_>> = None;
        for row in rows {
            if found.last().is_some_and(|last| last.row >= *row) {
                continue;
            }
            let Some(places) = self.of(row.0) else {
                continue;
            };
            let behind = places.chunks.partition_point(|(first, _)| *first <= row.0);
            let Some(start) = behind.checked_sub(1).and_then(|at| places.chunks.get(at)) else {
                continue;
            };
            let walk = match &mut walk {
                // On the way already, and no chunk begins between here and there.
                Some(walk) if walk.file == places.file && walk.row >= start.0 => walk,
                // What is packed has no way but from the start: it goes on from where it is.
                Some(walk) if walk.file == places.file && package.is_packed(places.file) => {
                    walk.pass(start.1)?;
                    walk.row = start.0;
                    walk
                }
                other => other.insert(Walk::new(package, places, *start)?),
            };
            while walk.row < row.0 && walk.line(0)?.is_some() {}
            let offset = walk.offset;
            let Some(bytes) = walk.line(SHOWN)? else {
                continue;
            };
            let mut bytes = places.encoding.to_utf8(&bytes);
            if bytes.last() == Some(&b'\n') {
                bytes.pop();
            }
            found.push(Place {
                row: *row,
                file: places.file,
                line: row.0 - places.first_row + places.lines_before + 1,
                offset,
                bytes,
            });
        }
        Ok(found)
    }
}

/// A walk through the lines of a file.
struct Walk<'p> {
    places: &'p FilePlaces,
    file: usize,
    stream: Stream,
    buffer: Vec<u8>,
    at: usize,
    end: usize,
    row: u64,
    offset: u64,
}

impl<'p> Walk<'p> {
    fn new(package: &Package, places: &'p FilePlaces, start: (u64, u64)) -> io::Result<Walk<'p>> {
        Ok(Walk {
            stream: package.stream(places.file, start.1).map_err(as_io)?,
            file: places.file,
            places,
            buffer: vec![0; 1 << 16],
            at: 0,
            end: 0,
            row: start.0,
            offset: start.1,
        })
    }

    /// Goes on to an offset ahead.
    fn pass(&mut self, offset: u64) -> io::Result<()> {
        while self.offset < offset && self.refill()? {
            let ready = (self.end - self.at) as u64;
            let step = ready.min(offset - self.offset);
            self.at += step as usize;
            self.offset += step;
        }
        Ok(())
    }

    /// Goes over the next line, and gives its start of at most `most` bytes; none at the end.
    fn line(&mut self, most: usize) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let mut seen = 0;
        while self.refill()? {
            let ready = self.buffer.get(self.at..self.end).unwrap_or_default();
            let end = self.places.encoding.first_line_end(ready);
            let step = end.unwrap_or(ready.len());
            let kept = step.min(most.saturating_sub(line.len()));
            line.extend_from_slice(ready.get(..kept).unwrap_or_default());
            self.at += step;
            self.offset += step as u64;
            seen += step;
            if end.is_some() {
                break;
            }
        }
        self.row += u64::from(seen > 0);
        Ok((seen > 0).then_some(line))
    }

    /// Whether there are bytes ready.
    fn refill(&mut self) -> io::Result<bool> {
        if self.at == self.end {
            self.at = 0;
            self.end = self.stream.fill(&mut self.buffer).map_err(as_io)?;
        }
        Ok(self.at < self.end)
    }
}

fn as_io(fault: Fault) -> io::Error {
    match fault {
        Fault::Io(error) => error,
        Fault::Changed => io::Error::other("the file changed"),
        Fault::Archive(words) => io::Error::new(io::ErrorKind::InvalidData, words.en),
    }
}

// A line that is not looked at is longer than one that is shown.
const _: () = assert!(SHOWN < LONGEST_LINE);
