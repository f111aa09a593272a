//! Bytes to rows. A field holds no line break, so a line is a record, and a broken row does not
//! spoil the next one.

use std::io::Read;
use std::marker::PhantomData;

use super::decoder::{Fault, Lent, Owned, Quick, decode_closely};
use super::error::{Error, ErrorKind, Position};
use super::lines::{Line, Lines};
use super::profile::Options;
use crate::record::Record;
use crate::record::borrowed::Borrowed;

/// Reads the CSV file of one table: an iterator of rows, each with its own error.
///
/// After an error of a single row ([`Error::is_row`]) the next row follows; after any other the
/// iterator ends.
pub struct Reader<R, I> {
    lines: Lines<I>,
    options: Options,
    /// Line of the file that comes next, from 1.
    line: u64,
    ended: bool,
    record: PhantomData<fn() -> R>,
}

impl<R: Record, I: Read> Reader<R, I> {
    /// A strict reader by the model's own profile.
    ///
    /// # Errors
    /// The header is missing or not the table's, or reading failed.
    pub fn new(input: I) -> Result<Self, Error> {
        Self::with_options(input, Options::strict(R::TABLE.showcase.profile))
    }

    /// A reader of other strictness or profile.
    ///
    /// # Errors
    /// As for [`Reader::new`].
    pub fn with_options(input: I, options: Options) -> Result<Self, Error> {
        let mut reader = Reader {
            lines: Lines::new(input),
            options,
            line: 1,
            ended: false,
            record: PhantomData,
        };
        reader.read_header()?;
        Ok(reader)
    }

    fn read_header(&mut self) -> Result<(), Error> {
        let start = self.lines.offset();
        let fail = |kind| Err(error::<R>(1, start, None, kind));
        let line = match self.lines.next() {
            Ok(Some(line)) => line,
            Ok(None) => return fail(ErrorKind::NoHeader),
            Err(kind) => return fail(kind),
        };
        let (bytes, length) = self.lines.get(line);
        let bytes = bytes.get(..length).unwrap_or_default();
        let bytes = match bytes.strip_prefix(b"\xef\xbb\xbf") {
            Some(rest) if self.options.byte_order_mark => rest,
            Some(_) => return fail(ErrorKind::ByteOrderMark),
            None => bytes,
        };
        let bytes = match bytes.strip_suffix(b"\r") {
            Some(rest) if self.options.carriage_return => rest,
            Some(_) => return fail(ErrorKind::CarriageReturn),
            None => bytes,
        };
        self.line = 2;
        if bytes == R::TABLE.header.as_bytes() {
            return Ok(());
        }
        if bytes.is_empty() {
            return fail(ErrorKind::NoHeader);
        }
        let mut found = bytes.split(|&byte| byte == b';');
        let mut expected = R::TABLE.header.split(';');
        for column in 1.. {
            match (found.next(), expected.next()) {
                (None, None) => break,
                (Some(found), Some(expected)) if found == expected.as_bytes() => {}
                (_, expected) => {
                    let expected = expected.unwrap_or("");
                    return fail(ErrorKind::Header { column, expected });
                }
            }
        }
        Ok(())
    }

    /// The line of the row that comes next, where it begins in the file, and its number.
    #[inline]
    fn next_line(&mut self) -> Option<Result<(Line, u64, u64), Error>> {
        if self.ended {
            return None;
        }
        let (number, start) = (self.line, self.lines.offset());
        match self.lines.next() {
            Ok(Some(line)) => {
                self.line += 1;
                Some(Ok((line, start, number)))
            }
            Ok(None) => {
                self.ended = true;
                None
            }
            Err(kind) => {
                self.ended = true;
                Some(Err(error::<R>(number, start, None, kind)))
            }
        }
    }

    /// The next row, borrowed from the memory that the file is read to: texts as they stand, nothing
    /// allocated, everything checked as for an owned row. It lives until the next call.
    ///
    /// ```
    /// use vitrina::csv::Reader;
    /// use vitrina::record::borrowed::Borrowed;
    ///
    /// fn count<R: Borrowed>(file: &[u8]) -> Result<u64, vitrina::csv::Error> {
    ///     let mut reader = Reader::<R, _>::new(file)?;
    ///     let mut rows = 0;
    ///     while let Some(row) = reader.next_ref() {
    ///         row?;
    ///         rows += 1;
    ///     }
    ///     Ok(rows)
    /// }
    /// ```
    #[inline]
    pub fn next_ref(&mut self) -> Option<Result<R::Ref<'_>, Error>>
    where
        R: Borrowed,
    {
        let (line, start, number) = match self.next_line()? {
            Ok(line) => line,
            Err(error) => return Some(Err(error)),
        };
        let (bytes, length) = self.lines.get(line);
        let mut quick = Quick::new(bytes, length, &self.options);
        match R::read_ref(&mut quick) {
            Ok(row) if quick.is_done() => return Some(Ok(row)),
            _ => {}
        }
        let bytes = bytes.get(..length).unwrap_or_default();
        let row = decode_closely::<Lent<R>>(bytes, self.options);
        Some(row.map_err(|fault| row_error::<R>(number, start, fault)))
    }
}

impl<R: Record, I: Read> Iterator for Reader<R, I> {
    type Item = Result<R, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let (line, start, number) = match self.next_line()? {
            Ok(line) => line,
            Err(error) => return Some(Err(error)),
        };
        let (bytes, length) = self.lines.get(line);
        let mut quick = Quick::new(bytes, length, &self.options);
        match R::read_row(&mut quick) {
            Ok(row) if quick.is_done() => return Some(Ok(row)),
            _ => {}
        }
        let bytes = bytes.get(..length).unwrap_or_default();
        let row = decode_closely::<Owned<R>>(bytes, self.options);
        Some(row.map_err(|fault| row_error::<R>(number, start, fault)))
    }
}

#[cold]
fn row_error<R: Record>(line: u64, start: u64, fault: Fault) -> Error {
    error::<R>(line, start + fault.byte as u64, fault.column, fault.kind)
}

impl<R: Record, I> std::fmt::Debug for Reader<R, I> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader")
            .field("table", &R::TABLE.name)
            .field("line", &self.line)
            .finish()
    }
}

fn error<R: Record>(line: u64, byte: u64, column: Option<usize>, kind: ErrorKind) -> Error {
    let column = column.map(|column| R::TABLE.column_name(column));
    Error::new(R::TABLE.name, Position { line, column, byte }, kind)
}
