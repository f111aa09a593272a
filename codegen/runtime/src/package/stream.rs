//! The file of one table on its way, or its files where one may not hold all rows.

use std::fs::File;
use std::io::{self, Write};
use std::sync::Arc;

use super::digest::Digest;
use super::folder::Shared;
use super::partial::Partial;
use super::{Error, ErrorKind};

/// Takes the rows of one table as bytes: each row behind a line feed, in blocks cut anywhere. The
/// header is written already.
///
/// A stream that is dropped before [`TableStream::complete`] takes the table out of the package.
pub struct TableStream {
    shared: Arc<Shared>,
    table: String,
    header: Vec<u8>,
    limit: Option<u64>,
    part: Option<Growing>,
    /// The parts that are full.
    whole: Vec<Part>,
    /// With a limit: the last row of the bytes so far, which may go on in the next block.
    carry: Vec<u8>,
    /// So many bytes that come next are a header again.
    skip: usize,
}

/// A file that grows.
struct Growing {
    partial: Partial,
    file: File,
    digest: Digest,
    rows: u64,
    bytes: u64,
}

/// A file that is whole.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) partial: Partial,
    pub(super) rows: u64,
    pub(super) bytes: u64,
    pub(super) sha256: Option<String>,
}

/// The largest number of parts: their names have four digits.
const PARTS: usize = 9999;

/// The name of the part at `place`, from 0. The first one of several gets its number in the end.
fn name(table: &str, place: usize) -> String {
    match place {
        0 => format!("{table}.csv"),
        place => part_name(table, place),
    }
}

/// The numbered name of the part at `place`, from 0.
pub(super) fn part_name(table: &str, place: usize) -> String {
    format!("{table}.{:04}.csv", place + 1)
}

impl TableStream {
    pub(super) fn begin(shared: Arc<Shared>, table: &str, header: &str) -> Result<Self, Error> {
        let mut stream = TableStream {
            limit: shared.split,
            shared,
            table: table.to_owned(),
            header: header.as_bytes().to_vec(),
            part: None,
            whole: Vec::new(),
            carry: Vec::new(),
            skip: 0,
        };
        stream.next_part()?;
        Ok(stream)
    }

    /// Leaves out the next bytes, which are a header.
    pub(super) fn skip_header(&mut self) {
        self.skip = self.header.len();
    }

    /// Bytes of the header.
    pub(super) fn header_len(&self) -> u64 {
        self.header.len() as u64
    }

    /// Takes bytes of rows.
    ///
    /// # Errors
    /// A failed write, a row that no file may hold, too many parts; the stream is of no use then.
    pub fn append(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let skipped = self.skip.min(bytes.len());
        self.skip -= skipped;
        let bytes = bytes.get(skipped..).unwrap_or_default();
        let Some(limit) = self.limit else {
            return self.put(bytes);
        };
        self.carry.extend_from_slice(bytes);
        let Some(end) = memchr::memrchr(b'\n', &self.carry) else {
            return Ok(());
        };
        let mut carry = std::mem::take(&mut self.carry);
        self.split(carry.get(..end).unwrap_or_default(), limit)?;
        carry.drain(..end);
        self.carry = carry;
        Ok(())
    }

    /// Writes whole rows, each behind a line feed, to as many parts as they need.
    fn split(&mut self, mut rows: &[u8], limit: u64) -> Result<(), Error> {
        while !rows.is_empty() {
            let (held, is_new) = match &self.part {
                Some(part) => (part.bytes, part.rows == 0),
                None => (0, true),
            };
            let room = usize::try_from(limit.saturating_sub(held)).unwrap_or(usize::MAX);
            // A row ends where the next line feed is, so the one behind the room counts.
            let cut = match rows.get(..room.saturating_add(1)) {
                None => rows.len(),
                Some(near) => memchr::memrchr(b'\n', near).unwrap_or(0),
            };
            if cut == 0 && is_new {
                return Err(self.large_row(rows, limit));
            }
            let (fits, rest) = rows.split_at_checked(cut).unwrap_or((rows, &[]));
            self.put(fits)?;
            if !rest.is_empty() {
                self.next_part()?;
            }
            rows = rest;
        }
        Ok(())
    }

    /// The first of `rows` fits into no file.
    fn large_row(&self, rows: &[u8], limit: u64) -> Error {
        let content = rows.get(1..).unwrap_or_default();
        let length = memchr::memchr(b'\n', content).unwrap_or(content.len()) + 1;
        let before: u64 = self.whole.iter().map(|part| part.rows).sum();
        ErrorKind::LargeRow {
            table: self.table.clone(),
            row: before + 1,
            bytes: self.header_len() + length as u64,
            limit,
        }
        .into()
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let Some(part) = &mut self.part else {
            return Ok(());
        };
        part.digest.update(bytes);
        let written = part.file.write_all(bytes);
        written.map_err(|error| Error::io(part.partial.path(), error))?;
        part.bytes += bytes.len() as u64;
        part.rows += memchr::memchr_iter(b'\n', bytes).count() as u64;
        Ok(())
    }

    /// Completes the part that grows and begins the next one with the header.
    fn next_part(&mut self) -> Result<(), Error> {
        self.end_part()?;
        if self.whole.len() >= PARTS {
            let (table, max) = (self.table.clone(), PARTS);
            return Err(ErrorKind::Parts { table, max }.into());
        }
        let name = name(&self.table, self.whole.len());
        let (partial, file) = Partial::create(&self.shared.folder, &name)?;
        self.part = Some(Growing {
            partial,
            file,
            digest: Digest::new(self.shared.hashed),
            rows: 0,
            bytes: 0,
        });
        let header = std::mem::take(&mut self.header);
        let put = self.put(&header);
        self.header = header;
        put
    }

    fn end_part(&mut self) -> Result<(), Error> {
        let Some(part) = self.part.take() else {
            return Ok(());
        };
        let synced = part.file.sync_all();
        synced.map_err(|error| Error::io(part.partial.path(), error))?;
        self.whole.push(Part {
            partial: part.partial,
            rows: part.rows,
            bytes: part.bytes,
            sha256: part.digest.hex(),
        });
        Ok(())
    }

    /// Completes the table and gives back the number of its rows.
    ///
    /// # Errors
    /// A failed write; the table is then not in the package.
    pub fn complete(mut self) -> Result<u64, Error> {
        if let Some(limit) = self.limit {
            let carry = std::mem::take(&mut self.carry);
            self.split(&carry, limit)?;
        }
        self.end_part()?;
        let whole = std::mem::take(&mut self.whole);
        let rows = whole.iter().map(|part| part.rows).sum();
        self.shared.hold(&self.table, whole);
        Ok(rows)
    }
}

/// As [`TableStream::append`], for what writes bytes; the error of the package lies within that of
/// the write.
impl Write for TableStream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.append(bytes).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for TableStream {
    fn drop(&mut self) {
        // The file is closed before it is removed, as some systems want it.
        if let Some(Growing { partial, file, .. }) = self.part.take() {
            drop(file);
            drop(partial);
        }
        self.shared.forget_unfinished(&self.table);
    }
}

impl std::fmt::Debug for TableStream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TableStream")
            .field("table", &self.table)
            .field("parts", &(self.whole.len() + 1))
            .finish_non_exhaustive()
    }
}
