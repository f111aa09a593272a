//! The fields of a row put into memory. Everything that depends on the column (its separator, its
//! type, whether it is required) is known when the code for a table is compiled, because the position
//! of a column is a constant there and the table's facts are too.

use std::marker::PhantomData;

use super::number::{self, LONG};
use super::profile::{NullForm, Profile};
use super::text;
use crate::record::meta::{Base, Requirement};
use crate::record::put::Put;
use crate::record::value::Value;
use crate::record::{Record, RowSink};
use crate::{Date, Invalid, Time, Timestamp, Uuid};

/// What a profile makes of values, ready to be copied.
pub(super) struct Forms {
    bare_null: bool,
    /// `"false"` and `"true"` in the form of the profile, and their lengths.
    booleans: [([u8; 8], usize); 2],
}

impl Forms {
    pub(super) fn new(profile: Profile) -> Self {
        let boolean = |value| {
            let text = profile.boolean.text(value).as_bytes();
            let mut field = [b'"'; 8];
            for (to, from) in field.iter_mut().skip(1).zip(text) {
                *to = *from;
            }
            (field, text.len() + 2)
        };
        Forms {
            bare_null: profile.null == NullForm::Bare,
            booleans: [boolean(false), boolean(true)],
        }
    }
}

/// Puts the fields of one row of `R` to the start of `rest`, which moves on behind them. The row begins
/// with the line feed behind the line before.
///
/// A field asks once for the room of its longest form and then writes at offsets known to the
/// compiler. Where there is no room the row ends with an error and is put again into more: so no
/// growth stands in the way. The encoder's address goes nowhere and `write_row` is inlined, so that
/// `rest` stays in registers from field to field.
struct Encoder<'b, R> {
    rest: &'b mut [u8],
    forms: &'b Forms,
    record: PhantomData<fn(&R)>,
}

/// Why a row ends early.
pub(super) enum Stop {
    /// There is no room.
    Full,
    /// A value was refused: its column and the reason.
    Refused(usize, Invalid),
}

/// Puts a row to the start of `room`, and says how many bytes it takes. A row that is not put leaves
/// bytes of no meaning there.
#[inline(never)]
pub(super) fn encode<R: Record>(record: &R, room: &mut [u8], forms: &Forms) -> Result<usize, Stop> {
    let before = room.len();
    let mut encoder = Encoder::<R> {
        rest: room,
        forms,
        record: PhantomData,
    };
    record.write_row(&mut encoder)?;
    Ok(before - encoder.rest.len())
}

impl<R: Record> RowSink for Encoder<'_, R> {
    type Error = Stop;

    #[inline(always)]
    fn field<V: Value>(&mut self, column: usize, value: &V) -> Result<(), Stop> {
        value.put(Field {
            encoder: self,
            column,
        })
    }
}

/// The field that comes next.
struct Field<'e, 'b, R> {
    encoder: &'e mut Encoder<'b, R>,
    column: usize,
}

impl<R: Record> Field<'_, '_, R> {
    /// What stands before the opening quote.
    #[inline(always)]
    fn separator(&self) -> u8 {
        if self.column == 0 { b'\n' } else { b';' }
    }

    #[inline(always)]
    fn precision(&self) -> u8 {
        match R::TABLE.columns.get(self.column) {
            Some(column) => column.base.precision(),
            None => Base::Text.precision(),
        }
    }

    #[inline(always)]
    fn is_required(&self) -> bool {
        match R::TABLE.columns.get(self.column) {
            Some(column) => matches!(column.requirement, Requirement::Always),
            None => false,
        }
    }

    #[cold]
    #[inline(always)]
    fn refuse(self, invalid: Invalid) -> Result<(), Stop> {
        Err(Stop::Refused(self.column, invalid))
    }

    /// Room for the longest form; the field begins there with its separator and opening quote.
    #[inline(always)]
    fn room<const ROOM: usize>(&mut self) -> Result<&mut [u8; ROOM], Stop> {
        let separator = self.separator();
        let room = self.encoder.rest.first_chunk_mut().ok_or(Stop::Full)?;
        if let [first, second, ..] = room.as_mut_slice() {
            (*first, *second) = (separator, b'"');
        }
        Ok(room)
    }

    /// Moves on behind a field of `length` bytes with its separator and quotes.
    #[inline(always)]
    fn take(self, length: usize) -> Result<(), Stop> {
        let rest = std::mem::take(&mut self.encoder.rest);
        self.encoder.rest = rest.get_mut(length..).ok_or(Stop::Full)?;
        Ok(())
    }
}

impl<R: Record> Put for Field<'_, '_, R> {
    type Out = Result<(), Stop>;

    #[inline(always)]
    fn null(mut self) -> Self::Out {
        let [_, _, last] = self.room()?;
        *last = b'"';
        let bare = self.encoder.forms.bare_null;
        self.take(if bare { 1 } else { 3 })
    }

    #[inline(always)]
    fn boolean(mut self, value: bool) -> Self::Out {
        let (field, length) = self.encoder.forms.booleans[usize::from(value)];
        let [_, inside @ ..] = self.room::<9>()?;
        *inside = field;
        self.take(1 + length)
    }

    #[inline(always)]
    fn integer(mut self, value: i64) -> Self::Out {
        let room = self.room::<23>()?;
        let [_, _, inside @ .., _] = room;
        let length = number::integer(value, inside);
        room[2 + length] = b'"';
        self.take(3 + length)
    }

    #[inline(always)]
    fn float(mut self, value: f32) -> Self::Out {
        if !value.is_finite() {
            return self.refuse(Invalid::NotNumber);
        }
        let room = self.room::<{ LONG + 3 }>()?;
        let [_, _, inside @ .., _] = room;
        let length = number::float(value, inside);
        room[2 + length] = b'"';
        self.take(3 + length)
    }

    #[inline(always)]
    fn double(mut self, value: f64) -> Self::Out {
        if !value.is_finite() {
            return self.refuse(Invalid::NotNumber);
        }
        let room = self.room::<{ LONG + 3 }>()?;
        let [_, _, inside @ .., _] = room;
        let length = number::double(value, inside);
        room[2 + length] = b'"';
        self.take(3 + length)
    }

    #[inline(always)]
    fn text(self, text: &str) -> Self::Out {
        if self.is_required() && text.is_empty() {
            return self.refuse(Invalid::Empty);
        }
        let separator = self.separator();
        let rest = &mut *self.encoder.rest;
        let [first, second, inside @ ..] = rest else {
            return Err(Stop::Full);
        };
        (*first, *second) = (separator, b'"');
        match text::put(text, inside) {
            text::REFUSED => match text::refused(text) {
                Some(invalid) => self.refuse(invalid),
                None => Err(Stop::Full),
            },
            length => self.take(length + 2),
        }
    }

    #[inline(always)]
    fn uuid(mut self, uuid: &Uuid) -> Self::Out {
        let [_, _, inside @ .., last] = self.room::<39>()?;
        uuid.fill(inside);
        *last = b'"';
        self.take(39)
    }

    #[inline(always)]
    fn date(mut self, date: Date) -> Self::Out {
        let [_, _, inside @ .., last] = self.room::<13>()?;
        *inside = date.text();
        *last = b'"';
        self.take(13)
    }

    #[inline(always)]
    fn time(mut self, time: &Time) -> Self::Out {
        let precision = self.precision();
        if !time.fits(precision) {
            return self.refuse(Invalid::Precision { max: precision });
        }
        let room = self.room::<18>()?;
        let [_, _, inside @ .., _] = room;
        let length = time.fill(precision, inside);
        room[2 + length] = b'"';
        self.take(3 + length)
    }

    #[inline(always)]
    fn timestamp(mut self, at: &Timestamp) -> Self::Out {
        let precision = self.precision();
        if !at.fits(precision) {
            return self.refuse(Invalid::Precision { max: precision });
        }
        let room = self.room::<29>()?;
        let [_, _, inside @ .., _] = room;
        let length = at.fill(precision, inside);
        room[2 + length] = b'"';
        self.take(3 + length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_fit_their_room() {
        for boolean in [
            crate::csv::BooleanForm::Lower,
            crate::csv::BooleanForm::Title,
            crate::csv::BooleanForm::Digit,
        ] {
            let forms = Forms::new(Profile {
                null: NullForm::Quoted,
                boolean,
            });
            for (value, (field, length)) in [false, true].into_iter().zip(forms.booleans) {
                let text = format!("\"{}\"", boolean.text(value));
                assert_eq!(field[..length], *text.as_bytes());
            }
        }
    }
}
