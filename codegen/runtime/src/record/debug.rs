//! `Debug` of records: every column, with the values of personal columns hidden.

use std::fmt;

use super::form::Form;
use super::meta::Table;
use super::value::Value;
use super::{Record, RowSink};

/// Writes a record for `Debug`: a personal value is shown as `<personal>`, an absent one as `null`.
///
/// # Errors
/// Those of the formatter.
pub fn record<R: Record>(name: &str, record: &R, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut columns = Columns {
        table: R::TABLE,
        shown: f.debug_struct(name),
    };
    match record.write_row(&mut columns) {
        Ok(()) => columns.shown.finish(),
        Err(never) => match never {},
    }
}

/// Writes a text type for `Debug`.
///
/// # Errors
/// Those of the formatter.
pub fn text(name: &str, form: &Form, text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    bare(name, form.personal, &text, f)
}

/// Writes a type around a bare value for `Debug`.
///
/// # Errors
/// Those of the formatter.
pub fn bare(
    name: &str,
    personal: bool,
    value: &dyn fmt::Debug,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    if personal {
        return write!(f, "{name}(<personal>)");
    }
    f.debug_tuple(name).field(value).finish()
}

struct Columns<'a, 'f> {
    table: &'static Table,
    shown: fmt::DebugStruct<'a, 'f>,
}

impl RowSink for Columns<'_, '_> {
    type Error = std::convert::Infallible;

    fn field<V: Value>(&mut self, column: usize, value: &V) -> Result<(), Self::Error> {
        let datum = value.datum();
        let known = self.table.columns.get(column);
        let name = known.map_or("", |column| column.name);
        if !datum.is_null() && known.is_some_and(|column| column.personal.is_some()) {
            self.shown.field(name, &format_args!("<personal>"));
        } else {
            self.shown.field(name, &datum);
        }
        Ok(())
    }
}
