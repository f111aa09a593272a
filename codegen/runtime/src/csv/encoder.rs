//! The fields of a row put into a buffer. Everything that depends on the column (its separator, its
//! type, whether it is required) is known when the code for a table is compiled, because the position
//! of a column is a constant there and the table's facts are too.

use std::marker::PhantomData;

use super::buffer::Buffer;
use super::number::{self, LONG};
use super::profile::{NullForm, Profile};
use super::text::{self, Met, refused_character};
use crate::Invalid;
use crate::record::check::fits;
use crate::record::datum::Datum;
use crate::record::meta::{Base, Requirement};
use crate::record::value::Value;
use crate::record::{Record, RowSink};

/// Puts the fields of rows of `R` into the buffer; a row begins with the line feed behind the line
/// before.
pub(super) struct Encoder<R> {
    pub(super) buffer: Buffer,
    bare_null: bool,
    /// `"false"` and `"true"` in the form of the profile, and their lengths.
    booleans: [([u8; 8], usize); 2],
    /// Why the last row was refused.
    refused: Option<(usize, Invalid)>,
    record: PhantomData<fn(&R)>,
}

/// A value is refused; the encoder knows why.
pub(super) struct Refused;

impl<R: Record> Encoder<R> {
    pub(super) fn new(profile: Profile, buffer: Buffer) -> Self {
        let boolean = |value| {
            let text = profile.boolean.text(value).as_bytes();
            let mut field = [b'"'; 8];
            for (to, from) in field.iter_mut().skip(1).zip(text) {
                *to = *from;
            }
            (field, text.len() + 2)
        };
        Encoder {
            buffer,
            bare_null: profile.null == NullForm::Bare,
            booleans: [boolean(false), boolean(true)],
            refused: None,
            record: PhantomData,
        }
    }

    /// The column and the reason of the last refusal.
    pub(super) fn refused(&mut self) -> (usize, Invalid) {
        (self.refused.take()).unwrap_or((0, Invalid::ControlCharacter))
    }

    #[cold]
    #[inline(never)]
    fn refuse(&mut self, column: usize, invalid: Invalid) -> Refused {
        self.refused = Some((column, invalid));
        Refused
    }

    /// What stands before the opening quote.
    #[inline(always)]
    const fn separator(column: usize) -> u8 {
        if column == 0 { b'\n' } else { b';' }
    }

    #[inline(always)]
    fn base(column: usize) -> Base {
        match R::TABLE.columns.get(column) {
            Some(column) => column.base,
            None => Base::Text,
        }
    }

    #[inline(always)]
    fn is_required(column: usize) -> bool {
        match R::TABLE.columns.get(column) {
            Some(column) => matches!(column.requirement, Requirement::Always),
            None => false,
        }
    }

    /// Puts a field of at most `N` bytes between its separator and the closing quote; `fill` gets the
    /// bytes behind the opening one and says how many it filled.
    #[inline(always)]
    fn fixed<const N: usize, const ROOM: usize>(
        &mut self,
        column: usize,
        fill: impl FnOnce(&mut [u8; N]) -> usize,
    ) {
        const { assert!(ROOM == N + 3) };
        let room = self.buffer.room::<ROOM>();
        room[0] = Self::separator(column);
        room[1] = b'"';
        let Some(inside) = room.get_mut(2..).and_then(|room| room.first_chunk_mut()) else {
            return;
        };
        let filled = fill(inside).min(N);
        room[2 + filled] = b'"';
        self.buffer.take(filled + 3);
    }

    /// Puts text; false when it holds a character that the format refuses.
    #[inline]
    fn text(&mut self, separator: u8, text: &str) -> bool {
        let length = text.len();
        let room = self.buffer.room_of(length + 3);
        let [first, second, inside @ ..] = room else {
            return false;
        };
        *first = separator;
        *second = b'"';
        if let Some(last) = inside.last_mut() {
            *last = b'"';
        }
        match text::copy(text.as_bytes(), inside) {
            Met::Plain => {}
            Met::Wide if !text::has_wide_refused(text) => {}
            _ => return self.quoted(separator, text),
        }
        self.buffer.take(length + 3);
        true
    }

    /// As [`Encoder::text`], for text that needs a closer look; quotes are doubled.
    #[cold]
    #[inline(never)]
    fn quoted(&mut self, separator: u8, text: &str) -> bool {
        if refused_character(text).is_some() {
            return false;
        }
        self.buffer.extend(&[separator, b'"']);
        let mut rest = text.as_bytes();
        while let Some(quote) = memchr::memchr(b'"', rest) {
            let (head, tail) = rest.split_at(quote + 1);
            self.buffer.extend(head);
            self.buffer.extend(b"\"");
            rest = tail;
        }
        self.buffer.extend(rest);
        self.buffer.extend(b"\"");
        true
    }
}

impl<R: Record> RowSink for Encoder<R> {
    type Error = Refused;

    #[inline(always)]
    fn field<V: Value>(&mut self, column: usize, value: &V) -> Result<(), Refused> {
        let separator = Self::separator(column);
        let datum = value.datum();
        match datum {
            Datum::Null => {
                let room = self.buffer.room::<3>();
                *room = [separator, b'"', b'"'];
                self.buffer.take(if self.bare_null { 1 } else { 3 });
            }
            Datum::Text(text) => {
                if text.is_empty() && Self::is_required(column) {
                    return Err(self.refuse(column, Invalid::Empty));
                }
                if !self.text(separator, text) {
                    let invalid = refused_character(text).unwrap_or(Invalid::ControlCharacter);
                    return Err(self.refuse(column, invalid));
                }
            }
            Datum::Boolean(value) => {
                let (field, length) = self.booleans[usize::from(value)];
                let room = self.buffer.room::<9>();
                room[0] = separator;
                room[1..].copy_from_slice(&field);
                self.buffer.take(1 + length);
            }
            Datum::Integer(number) => {
                self.fixed::<20, 23>(column, |out| number::integer(number, out));
            }
            Datum::Date(date) => self.fixed::<10, 13>(column, |out| {
                date.fill(out);
                10
            }),
            Datum::Uuid(uuid) => self.fixed::<36, 39>(column, |out| {
                uuid.fill(out);
                36
            }),
            Datum::Time(_) | Datum::Timestamp(_) | Datum::Double(_) | Datum::Float(_) => {
                let base = Self::base(column);
                if let Err(invalid) = fits(datum, base) {
                    return Err(self.refuse(column, invalid));
                }
                match datum {
                    Datum::Time(time) => {
                        self.fixed::<15, 18>(column, |out| time.fill(base.precision(), out));
                    }
                    Datum::Timestamp(at) => {
                        self.fixed::<26, 29>(column, |out| at.fill(base.precision(), out));
                    }
                    Datum::Double(value) => {
                        self.fixed::<LONG, { LONG + 3 }>(column, |out| number::double(value, out));
                    }
                    Datum::Float(value) => {
                        self.fixed::<LONG, { LONG + 3 }>(column, |out| number::float(value, out));
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }
}
