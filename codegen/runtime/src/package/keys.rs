//! The keys of deleted rows on their way into a package.

use std::marker::PhantomData;

use super::stream::TableStream;
use super::{Error, PackageWriter};
use crate::Invalid;
use crate::csv::text::refused_character;
use crate::csv::{self, Profile};
use crate::record::Record;
use crate::record::RowSink;
use crate::record::check::fits;
use crate::record::datum::Datum;
use crate::record::key::Key;
use crate::record::meta::{Base, Table};
use crate::record::value::Value;

/// The buffer is handed on when it holds so many bytes.
const BLOCK: usize = 64 * 1024;

/// The header of a file of keys: the columns of the primary key, in its order.
pub(super) fn header(table: &Table) -> String {
    let names = table.primary_key.iter().map(|&at| table.column_name(at));
    names.collect::<Vec<_>>().join(";").to_lowercase()
}

/// Writes the keys of deleted rows of one table. Dropped before [`KeyWriter::close`], it takes the table
/// out of the package.
pub struct KeyWriter<'a, R: Record> {
    /// None once a write failed.
    stream: Option<TableStream>,
    fields: Fields,
    rows: u64,
    /// Bytes that the stream has, those of the header included.
    handed_on: u64,
    package: PhantomData<&'a PackageWriter>,
    record: PhantomData<fn(&R)>,
}

impl<R: Record> KeyWriter<'_, R> {
    pub(super) fn new(stream: TableStream, profile: Profile) -> Self {
        KeyWriter {
            handed_on: stream.header_len(),
            stream: Some(stream),
            fields: Fields {
                table: R::TABLE,
                profile,
                out: Vec::with_capacity(BLOCK + BLOCK / 8),
                text: String::new(),
            },
            rows: 0,
            package: PhantomData,
            record: PhantomData,
        }
    }

    /// Writes a key.
    ///
    /// # Errors
    /// A refused value: nothing of the key is written, and the next one may follow. Or a failed
    /// write, after which none can.
    pub fn write(&mut self, key: &R::Key) -> Result<(), Error> {
        if self.stream.is_none() {
            return Err(self.error(None, csv::ErrorKind::Broken));
        }
        let before = self.fields.out.len();
        self.fields.out.push(b'\n');
        if let Err((column, invalid)) = key.write_key(0, &mut self.fields) {
            self.fields.out.truncate(before);
            return Err(self.error(Some(column), csv::ErrorKind::Value(invalid)));
        }
        self.rows += 1;
        if self.fields.out.len() >= BLOCK {
            self.hand_on()?;
        }
        Ok(())
    }

    /// Completes the table and gives back the number of its keys.
    ///
    /// # Errors
    /// A failed write; the table is then not in the package.
    pub fn close(mut self) -> Result<u64, Error> {
        self.hand_on()?;
        match self.stream.take() {
            Some(stream) => stream.complete(),
            None => Err(self.error(None, csv::ErrorKind::Broken)),
        }
    }

    fn hand_on(&mut self) -> Result<(), Error> {
        let Some(mut stream) = self.stream.take() else {
            return Err(self.error(None, csv::ErrorKind::Broken));
        };
        stream.append(&self.fields.out)?;
        self.handed_on += self.fields.out.len() as u64;
        self.fields.out.clear();
        self.stream = Some(stream);
        Ok(())
    }

    /// An error of the key that comes next.
    fn error(&self, column: Option<&'static str>, kind: csv::ErrorKind) -> Error {
        let position = csv::Position {
            line: self.rows + 2,
            column,
            byte: self.handed_on + self.fields.out.len() as u64,
        };
        Error::row(csv::Error::new(R::TABLE.name, position, kind), 0, 0)
    }
}

impl<R: Record> std::fmt::Debug for KeyWriter<'_, R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeyWriter")
            .field("table", &R::TABLE.name)
            .field("rows", &self.rows)
            .finish_non_exhaustive()
    }
}

/// Puts the fields of a key into a buffer, in the form that its columns have in a file of rows.
struct Fields {
    table: &'static Table,
    profile: Profile,
    out: Vec<u8>,
    /// A value's text, kept for its memory.
    text: String,
}

impl RowSink for Fields {
    /// The column, and why its value is refused.
    type Error = (&'static str, Invalid);

    fn field<V: Value>(&mut self, place: usize, value: &V) -> Result<(), Self::Error> {
        use std::fmt::Write;
        let column = self.table.primary_key.get(place).copied();
        let column = column.and_then(|column| self.table.columns.get(column));
        let (name, base) = column.map_or(("", Base::Text), |column| (column.name, column.base));
        let refused = |invalid| (name, invalid);
        if place > 0 {
            self.out.push(b';');
        }
        self.out.push(b'"');
        self.text.clear();
        match value.datum() {
            Datum::Boolean(value) => self.text += self.profile.boolean.text(value),
            Datum::Time(time) => {
                fits(Datum::Time(time), base).map_err(refused)?;
                time.write(base.precision(), &mut self.out);
            }
            Datum::Timestamp(at) => {
                fits(Datum::Timestamp(at), base).map_err(refused)?;
                at.write(base.precision(), &mut self.out);
            }
            number @ (Datum::Double(_) | Datum::Float(_)) => {
                fits(number, base).map_err(refused)?;
                // The fewest digits, no exponent; minus zero is zero.
                let _ = write!(self.text, "{number}");
                if self.text == "-0" {
                    self.text.remove(0);
                }
            }
            // Neither absent nor empty: a key says which row it is.
            Datum::Null | Datum::Text("") => return Err(refused(Invalid::Empty)),
            datum => {
                // Writing to memory does not fail.
                let _ = write!(self.text, "{datum}");
            }
        }
        if let Some(invalid) = refused_character(&self.text) {
            return Err(refused(invalid));
        }
        for part in self.text.split_inclusive('"') {
            self.out.extend_from_slice(part.as_bytes());
            if part.ends_with('"') {
                self.out.push(b'"');
            }
        }
        self.out.push(b'"');
        Ok(())
    }
}
