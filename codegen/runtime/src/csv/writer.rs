//! Rows to bytes. Values go straight from their types into one buffer; a row that is refused
//! leaves no trace there.

use std::io::Write;
use std::marker::PhantomData;

use super::error::{Error, ErrorKind, Position};
use super::profile::{NullForm, Profile};
use crate::Invalid;
use crate::record::check::fits;
use crate::record::datum::Datum;
use crate::record::meta::{Base, Requirement, Table};
use crate::record::value::Value;
use crate::record::{Record, RowSink};

/// The buffer is handed on when it holds so many bytes.
const BLOCK: usize = 64 * 1024;

/// Writes the CSV file of one table, header first.
///
/// Rows are buffered: [`Writer::finish`] hands on the last ones. A writer that is dropped before
/// leaves a file that ends early; [`package`](crate::package) keeps such files from being seen.
pub struct Writer<R, W> {
    out: W,
    encoder: Encoder,
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
        let mut buffer = Vec::with_capacity(BLOCK + BLOCK / 8);
        buffer.extend_from_slice(R::TABLE.header.as_bytes());
        Ok(Writer {
            out,
            encoder: Encoder {
                table: R::TABLE,
                profile,
                buffer,
            },
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
        self.encoder.buffer.push(b'\n');
        if let Err(Refused { column, invalid }) = record.write_row(&mut self.encoder) {
            self.encoder.buffer.truncate(before);
            return Err(self.error(Some(column), ErrorKind::Value(invalid)));
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
        if let Err(error) = self.out.write_all(&self.encoder.buffer) {
            self.broken = true;
            return Err(self.error(None, ErrorKind::Io(error)));
        }
        self.handed_on += self.encoder.buffer.len() as u64;
        self.encoder.buffer.clear();
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

/// A refused value.
struct Refused {
    column: usize,
    invalid: Invalid,
}

/// Puts the fields of a row into the buffer.
struct Encoder {
    table: &'static Table,
    profile: Profile,
    buffer: Vec<u8>,
}

impl Encoder {
    fn base(&self, column: usize) -> Base {
        self.table
            .columns
            .get(column)
            .map_or(Base::Text, |column| column.base)
    }

    fn is_required(&self, column: usize) -> bool {
        self.table
            .columns
            .get(column)
            .is_some_and(|column| column.requirement == Requirement::Always)
    }
}

impl RowSink for Encoder {
    type Error = Refused;

    #[inline]
    fn field<V: Value>(&mut self, column: usize, value: &V) -> Result<(), Refused> {
        if column > 0 {
            self.buffer.push(b';');
        }
        let datum = value.datum();
        if datum.is_null() {
            if self.profile.null == NullForm::Quoted {
                self.buffer.extend_from_slice(b"\"\"");
            }
            return Ok(());
        }
        self.buffer.push(b'"');
        match datum {
            Datum::Null => {}
            Datum::Text(text) => {
                if text.is_empty() && self.is_required(column) {
                    return Err(Refused {
                        column,
                        invalid: Invalid::Empty,
                    });
                }
                if !write_text(text, &mut self.buffer) {
                    let invalid = refused_character(text).unwrap_or(Invalid::ControlCharacter);
                    return Err(Refused { column, invalid });
                }
            }
            Datum::Integer(number) => {
                self.buffer
                    .extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
            }
            Datum::Boolean(value) => {
                self.buffer
                    .extend_from_slice(self.profile.boolean.text(value).as_bytes());
            }
            Datum::Date(date) => date.write(&mut self.buffer),
            Datum::Uuid(uuid) => uuid.write(&mut self.buffer),
            Datum::Time(_) | Datum::Timestamp(_) | Datum::Double(_) | Datum::Float(_) => {
                let base = self.base(column);
                fits(datum, base).map_err(|invalid| Refused { column, invalid })?;
                match datum {
                    Datum::Time(time) => time.write(base.precision(), &mut self.buffer),
                    Datum::Timestamp(at) => at.write(base.precision(), &mut self.buffer),
                    Datum::Double(number) => write_double(number, &mut self.buffer),
                    Datum::Float(number) => write_float(number, &mut self.buffer),
                    _ => {}
                }
            }
        }
        self.buffer.push(b'"');
        Ok(())
    }
}

/// Bytes that text cannot pass through as they are: control characters, the quote, and the first
/// bytes of those characters beyond ASCII that break lines or control (U+0080–U+009F, U+2028, U+2029).
static SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        special[byte] = true;
        byte += 1;
    }
    special[b'"' as usize] = true;
    special[0x7f] = true;
    special[0xc2] = true;
    special[0xe2] = true;
    special
};

/// Copies text, doubling quotes; false when it holds a character that the format refuses.
fn write_text(text: &str, out: &mut Vec<u8>) -> bool {
    let bytes = text.as_bytes();
    let Some(first) = bytes.iter().position(|&byte| SPECIAL[usize::from(byte)]) else {
        out.extend_from_slice(bytes);
        return true;
    };
    if bytes[first..]
        .iter()
        .any(|&byte| SPECIAL[usize::from(byte)] && byte != b'"')
        && refused_character(text).is_some()
    {
        return false;
    }
    let mut rest = bytes;
    while let Some(quote) = memchr::memchr(b'"', rest) {
        let (head, tail) = rest.split_at(quote + 1);
        out.extend_from_slice(head);
        out.push(b'"');
        rest = tail;
    }
    out.extend_from_slice(rest);
    true
}

/// What a field may not hold, if the text has it: line breaks (also those of Unicode) and control
/// characters.
pub(crate) fn refused_character(text: &str) -> Option<Invalid> {
    let breaks = [
        '\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}',
    ];
    let found = text
        .chars()
        .find(|&c| c.is_control() || breaks.contains(&c))?;
    Some(if breaks.contains(&found) {
        Invalid::LineBreak
    } else {
        Invalid::ControlCharacter
    })
}

/// Writes a finite number: fewest digits, no exponent, no `.0`, no minus zero.
fn write_double(number: f64, out: &mut Vec<u8>) {
    write_decimal(
        zmij::Buffer::new().format_finite(number),
        || number.to_string(),
        out,
    );
}

/// As [`write_double`], for 32 bits.
fn write_float(number: f32, out: &mut Vec<u8>) {
    write_decimal(
        zmij::Buffer::new().format_finite(number),
        || number.to_string(),
        out,
    );
}

fn write_decimal(shortest: &str, plain: impl FnOnce() -> String, out: &mut Vec<u8>) {
    if shortest.contains('e') {
        // Very large or small: the standard library writes the same digits without an exponent.
        out.extend_from_slice(plain().as_bytes());
        return;
    }
    let whole = shortest.strip_suffix(".0").unwrap_or(shortest);
    out.extend_from_slice(if whole == "-0" {
        b"0"
    } else {
        whole.as_bytes()
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(number: f64) -> String {
        let mut out = Vec::new();
        write_double(number, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn numbers_have_no_exponent() {
        for (number, text) in [
            (0.1, "0.1"),
            (12.0, "12"),
            (-0.0, "0"),
            (-2.5, "-2.5"),
            (1e-7, "0.0000001"),
            (1e21, "1000000000000000000000"),
            (0.1 + 0.2, "0.30000000000000004"),
        ] {
            assert_eq!(decimal(number), text);
        }
        for number in [f64::MAX, f64::MIN_POSITIVE, 5e-324, 1.0 / 3.0] {
            let text = decimal(number);
            assert!(!text.contains('e'), "{text}");
            assert_eq!(text.parse::<f64>().unwrap().to_bits(), number.to_bits());
        }
        let mut out = Vec::new();
        write_float(0.1, &mut out);
        assert_eq!(out, b"0.1");
    }

    #[test]
    fn text_is_escaped_or_refused() {
        let mut out = Vec::new();
        assert!(write_text("а \"б\";\"в\" — г…", &mut out));
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "а \"\"б\"\";\"\"в\"\" — г…"
        );
        for text in [
            "a\nb",
            "\"\r",
            "\0",
            "\t",
            "\u{7f}",
            "\u{85}",
            "я\u{2028}",
            "\u{9b}",
        ] {
            assert!(!write_text(text, &mut Vec::new()), "{text:?}");
            assert!(refused_character(text).is_some(), "{text:?}");
        }
        assert_eq!(refused_character("«ёлка»\u{a0}№ 1 ‒ да"), None);
    }
}
