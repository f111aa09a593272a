//! Records: a table's row as a Rust type.
//!
//! Generated code declares a struct for each table and implements [`Record`] for it: the table's
//! facts as a constant, and how a row flows column by column into a [`RowSink`] and out of a
//! [`RowSource`]. CSV, JSON, `Debug` and the checks of lengths are sinks and sources of this crate,
//! written once; a table adds nothing to them but its columns.

pub mod borrowed;
pub mod check;
pub mod datum;
pub mod debug;
pub mod form;
#[cfg(feature = "serde")]
pub mod json;
pub mod key;
mod macros;
pub mod meta;
pub mod operand;
pub mod put;
pub mod value;

use std::io::{Read, Write};

use crate::csv;
use crate::finding::{Context, Findings};
use check::RowCheck;
use meta::Table;
use value::Value;

/// Takes the values of a row, in the order of the columns.
pub trait RowSink {
    /// Why a value is refused.
    type Error;

    /// Takes the value of the column at position `column`; positions come as 0, 1, 2 ….
    ///
    /// # Errors
    /// What the sink refuses; the row then ends here.
    fn field<V: Value>(&mut self, column: usize, value: &V) -> Result<(), Self::Error>;
}

/// Gives the values of a row, in the order of the columns.
pub trait RowSource {
    /// Why there is no value.
    type Error;

    /// Gives the value of the column at position `column`; asked for 0, 1, 2 ….
    ///
    /// # Errors
    /// The value is missing or has not the form of `V`.
    fn field<V: Value>(&mut self, column: usize) -> Result<V, Self::Error>;
}

/// A row of a table of the showcase.
pub trait Record: Sized {
    /// The primary key: the key's type, or a tuple for a key of several columns.
    type Key: key::Key + Clone + Eq + Ord + std::hash::Hash;

    /// What the model says about the table.
    const TABLE: &'static Table;

    /// The primary key of this row.
    fn key(&self) -> Self::Key;

    /// Puts every value into `sink`, in the order of the columns.
    ///
    /// # Errors
    /// The first refusal of the sink.
    fn write_row<S: RowSink>(&self, sink: &mut S) -> Result<(), S::Error>;

    /// Makes a row of the values that `source` gives, in the order of the columns.
    ///
    /// # Errors
    /// The first error of the source.
    fn read_row<S: RowSource>(source: &mut S) -> Result<Self, S::Error>;

    /// Applies what the table alone knows: conditional requirements and checks. Called by
    /// [`Record::validate`].
    fn check_row(&self, _row: &mut RowCheck<'_>) {}

    /// Adds everything that is wrong with this row to `findings`: lengths, precision, characters
    /// that CSV cannot carry, missing values, broken checks. Keys are not looked up in other tables.
    fn validate(&self, context: &Context, findings: &mut Findings) {
        check::validate(self, context, findings);
    }

    /// Writes rows as a CSV file of the showcase, header first, by the model's own profile, and
    /// gives back how many there were. [`csv::Writer`] is the same for rows that come one by one,
    /// or for another profile.
    ///
    /// # Errors
    /// A refused value (with row and column) or a failed write; what was written by then is no
    /// whole file, see [`package`](crate::package).
    fn write_csv<'a, W, I>(rows: I, out: W) -> Result<u64, csv::Error>
    where
        Self: 'a,
        W: Write,
        I: IntoIterator<Item = &'a Self>,
    {
        let mut writer = csv::Writer::new(out)?;
        for row in rows {
            writer.write(row)?;
        }
        let written = writer.rows();
        writer.finish()?;
        Ok(written)
    }

    /// As [`Record::write_csv`], to memory, behind what `out` has; large files past the caches.
    /// [`csv::append`] is the same by another profile.
    ///
    /// # Errors
    /// A refused value (with row and column); `out` has what it had before then.
    fn append_csv<'a, I>(rows: I, out: &mut Vec<u8>) -> Result<u64, csv::Error>
    where
        Self: 'a,
        I: IntoIterator<Item = &'a Self>,
    {
        csv::append(rows, Self::TABLE.showcase.profile, out)
    }

    /// Reads a CSV file of the showcase strictly by the model's own profile; rows come one by one.
    /// [`csv::Reader::with_options`] reads files of looser form.
    ///
    /// # Errors
    /// Here a wrong header or a failed read; each row comes with an error of its own.
    fn read_csv<R: Read>(input: R) -> Result<csv::Reader<Self, R>, csv::Error> {
        csv::Reader::new(input)
    }
}

/// Runs something for a table that is known only by name; the generated crate's `visit` calls it
/// with the table's type.
pub trait TableVisitor {
    /// What comes out.
    type Output;

    /// Called with the type of the table's rows.
    fn visit<R: Record + std::fmt::Debug + 'static>(self) -> Self::Output;
}
