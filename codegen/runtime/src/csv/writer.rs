//! Rows to bytes. Values go straight from their types into one buffer; a row that is refused
//! leaves no trace there.

use std::io::Write;
use std::marker::PhantomData;

use super::encoder::{Forms, Stop, encode};
use super::error::{Error, ErrorKind, Position};
use super::profile::Profile;
use crate::record::Record;

/// Bytes handed on at once, as a rule.
const BLOCK: usize = 64 * 1024;
/// Room behind a block for the row that fills it; a longer row gets more.
const ROW: usize = 16 * 1024;

/// Writes the CSV file of one table, header first.
///
/// Rows are buffered: [`Writer::finish`] hands on the last ones. A writer that is dropped before
/// leaves a file that ends early; [`package`](crate::package) keeps such files from being seen.
pub struct Writer<R, W> {
    out: W,
    forms: Forms,
    /// The buffer is handed on when it holds so many bytes.
    block: usize,
    /// All of it may be written to; the first `used` bytes are rows.
    buffer: Vec<u8>,
    used: usize,
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
        Ok(Self::with_block(out, profile, BLOCK))
    }

    /// A writer that hands on so many bytes at once, or a few more.
    pub(super) fn with_block(out: W, profile: Profile, block: usize) -> Self {
        let header = R::TABLE.header.as_bytes();
        let mut buffer = header.to_vec();
        buffer.resize(header.len() + block + ROW, 0);
        Writer {
            out,
            forms: Forms::new(profile),
            block,
            buffer,
            used: header.len(),
            handed_on: 0,
            rows: 0,
            broken: false,
            record: PhantomData,
        }
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
        loop {
            let room = self.buffer.get_mut(self.used..).unwrap_or_default();
            match encode(record, room, &self.forms) {
                Ok(length) => {
                    self.used += length;
                    break;
                }
                Err(Stop::Full) => self.grow(),
                Err(Stop::Refused(column, invalid)) => {
                    return Err(self.error(Some(column), ErrorKind::Value(invalid)));
                }
            }
        }
        self.rows += 1;
        if self.used >= self.block {
            self.hand_on()?;
        }
        Ok(())
    }

    /// More room for a row that does not fit.
    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        self.buffer.resize(self.buffer.len() * 2, 0);
    }

    /// How many rows were written.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// How many bytes the file has by now, the buffered ones included.
    pub fn bytes(&self) -> u64 {
        self.handed_on + self.used as u64
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
        let rows = self.buffer.get(..self.used).unwrap_or_default();
        if let Err(error) = self.out.write_all(rows) {
            self.broken = true;
            return Err(self.error(None, ErrorKind::Io(error)));
        }
        self.handed_on += self.used as u64;
        self.used = 0;
        Ok(())
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
