//! CSV of the showcase: one file for each table.
//!
//! - UTF-8 without a byte order mark; records are separated by `\n`, with none behind the last one.
//! - The first record is the header: the columns' names in lower case, in the order of the DDL,
//!   joined by `;`, **not** quoted. The published rules say that all fields are in quotes, but their
//!   own example has a bare header over quoted rows, and so has the one open client; both agree
//!   that what is quoted is the values.
//! - Every field of a row stands in double quotes, a quote inside is doubled; fields are separated
//!   by `;`, and there are as many as headers.
//! - No value: `""` or nothing between the separators, by [`NullForm`]. Booleans: by
//!   [`BooleanForm`]. A profile of the model holds both.
//! - Dates `YYYY-MM-DD`, timestamps `YYYY-MM-DD hh:mm:ss`, with as many digits of a fraction of a
//!   second as the column's type has.
//! - Numbers with a fraction: the fewest decimal digits that read back as the same number, without
//!   an exponent and without `.0`: `0.1`, `12`, `0.0000001`; minus zero is `0`; infinite or undefined
//!   numbers are refused.
//! - No line breaks and no other control characters inside fields: [`Writer`] refuses them.
//!
//! With [`NullForm::Quoted`] an empty text in an optional column cannot be told from no value and
//! reads back as none; in a required column empty text is refused both ways.

mod decoder;
mod encoder;
pub mod error;
#[doc(hidden)]
pub mod fields;
mod lines;
pub mod memory;
mod number;
pub mod profile;
pub mod reader;
pub(crate) mod text;
pub mod writer;

pub use error::{Error, ErrorKind, Position};
pub use memory::append;
pub use profile::{BooleanForm, NullForm, Options, Profile};
pub use reader::Reader;
pub use writer::Writer;
