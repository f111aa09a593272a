//! How a value gives itself to what writes it: by its base type, known when the code is compiled, so
//! that nothing is looked up or tested for each value.

use super::datum::Datum;
use crate::{Date, Time, Timestamp, Uuid};

/// Takes one value.
pub trait Put: Sized {
    /// What comes of it.
    type Out;

    /// Takes no value.
    fn null(self) -> Self::Out;

    /// Takes a truth value.
    fn boolean(self, value: bool) -> Self::Out;

    /// Takes a whole number.
    fn integer(self, value: i64) -> Self::Out;

    /// Takes a number of 32 bits with a fraction.
    fn float(self, value: f32) -> Self::Out;

    /// Takes a number of 64 bits with a fraction.
    fn double(self, value: f64) -> Self::Out;

    /// Takes a text.
    fn text(self, text: &str) -> Self::Out;

    /// Takes a UUID.
    fn uuid(self, uuid: &Uuid) -> Self::Out;

    /// Takes a day.
    fn date(self, date: Date) -> Self::Out;

    /// Takes a time of day.
    fn time(self, time: &Time) -> Self::Out;

    /// Takes a day and a time.
    fn timestamp(self, at: &Timestamp) -> Self::Out;

    /// Takes a bare value.
    fn datum(self, datum: Datum<'_>) -> Self::Out {
        match datum {
            Datum::Null => self.null(),
            Datum::Boolean(value) => self.boolean(value),
            Datum::Integer(value) => self.integer(value),
            Datum::Float(value) => self.float(value),
            Datum::Double(value) => self.double(value),
            Datum::Text(text) => self.text(text),
            Datum::Uuid(uuid) => self.uuid(&uuid),
            Datum::Date(date) => self.date(date),
            Datum::Time(time) => self.time(&time),
            Datum::Timestamp(at) => self.timestamp(&at),
        }
    }
}
