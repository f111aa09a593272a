//! Rows to bytes. Values go straight from their types into one buffer; a row that is refused
//! leaves no trace there.

use std::io::Write;
use std::marker::PhantomData;

use super::buffer::Buffer;
use super::encoder::Encoder;
use super::error::{Error, ErrorKind, Position};
use super::profile::Profile;
use crate::record::Record;

/// The buffer is handed on when it holds so many bytes.
const BLOCK: usize = 64 * 1024;

/// Writes the CSV file of one table, header first.
///
/// Rows are buffered: [`Writer::finish`] hands on the last ones. A writer that is dropped before
/// leaves a file that ends early; [`package`](crate::package) keeps such files from being seen.
pub struct Writer<R, W> {
    out: W,
    encoder: Encoder<R>,
    /// Bytes handed on to `out`.
    handed_on: u64,
    rows: u64,
    broken: bool,
    record: PhantomData<fn(&R)>,
}

impl<R: Record, W: Write> Writer<R, W> {
    /// A writer by the model's own profile.
    ///
    /// # Errors
    /// None yet: the header is buffered. Kept fallible so that a writer may begin with output.
    pub fn new(out: W) -> Result<Self, Error> {
        Self::with_profile(out, R::TABLE.showcase.profile)
    }

    /// A writer by another profile.
    ///
    /// # Errors
    /// As for [`Writer::new`].
    pub fn with_profile(out: W, profile: Profile) -> Result<Self, Error> {
        let mut buffer = Buffer::new(BLOCK + BLOCK / 8);
        buffer.extend(R::TABLE.header.as_bytes());
        Ok(Writer {
            out,
            encoder: Encoder::new(profile, buffer),
            handed_on: 0,
            rows: 0,
            broken: false,
            record: PhantomData,
        })
    }

    /// Writes a row.
    ///
    /// # Errors
    /// A value that the column or the format cannot hold: nothing of the row is written, and the next
    /// row may follow. Or a failed write, after which no row can follow.
    pub fn write(&mut self, record: &R) -> Result<(), Error> {
        if self.broken {
            return Err(self.error(None, ErrorKind::Broken));
        }
        let before = self.encoder.buffer.len();
        if record.write_row(&mut self.encoder).is_err() {
            return Err(self.refused(before));
        }
        self.rows += 1;
        if self.encoder.buffer.len() >= BLOCK {
            self.hand_on()?;
        }
        Ok(())
    }

    /// How many rows were written.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// How many bytes the file has by now, the buffered ones included.
    pub fn bytes(&self) -> u64 {
        self.handed_on + self.encoder.buffer.len() as u64
    }

    /// Hands on what is buffered and gives the output back.
    ///
    /// # Errors
    /// A failed write.
    pub fn finish(mut self) -> Result<W, Error> {
        if self.broken {
            return Err(self.error(None, ErrorKind::Broken));
        }
        self.hand_on()?;
        match self.out.flush() {
            Ok(()) => Ok(self.out),
            Err(error) => Err(self.error(None, ErrorKind::Io(error))),
        }
    }

    fn hand_on(&mut self) -> Result<(), Error> {
        if let Err(error) = self.out.write_all(self.encoder.buffer.as_slice()) {
            self.broken = true;
            return Err(self.error(None, ErrorKind::Io(error)));
        }
        self.handed_on += self.encoder.buffer.len() as u64;
        self.encoder.buffer.truncate(0);
        Ok(())
    }

    /// What was wrong with the row that was begun behind `before` bytes; it leaves no trace.
    #[cold]
    #[inline(never)]
    fn refused(&mut self, before: usize) -> Error {
        self.encoder.buffer.truncate(before);
        let (column, invalid) = self.encoder.refused();
        self.error(Some(column), ErrorKind::Value(invalid))
    }

    /// An error of the row that comes next.
    fn error(&self, column: Option<usize>, kind: ErrorKind) -> Error {
        let position = Position {
            line: self.rows + 2,
            column: column.map(|column| R::TABLE.column_name(column)),
            byte: self.bytes(),
        };
        Error::new(R::TABLE.name, position, kind)
    }
}

impl<R: Record, W> std::fmt::Debug for Writer<R, W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer")
            .field("table", &R::TABLE.name)
            .field("rows", &self.rows)
            .finish()
    }
}
