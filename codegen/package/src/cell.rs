//! A field's value, borrowed from the chunk that holds it.

use vitrina_codegen::model::eval::{Day, Value};

/// What a field means. Numbers, dates and the like are of the column's type; text is what stands between
/// the quotes, doubled quotes made one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'c> {
    /// No value: an empty field.
    Null,
    /// A text that is no value of the column's type: whatever needs it is not judged.
    Unreadable,
    /// Text.
    Text(&'c str),
    /// A whole number.
    Integer(i64),
    /// A finite number with a fraction; of a `float` column exactly a 32-bit number.
    Double(f64),
    /// True, false.
    Boolean(bool),
    /// Days since 1970-01-01.
    Date(i64),
    /// Microseconds of the day.
    Time(i64),
    /// Microseconds since 1970-01-01 00:00:00, without a zone.
    Timestamp(i64),
    /// The first digit the highest.
    Uuid(u128),
}

impl Cell<'_> {
    /// Whether there is no value, readable or not.
    pub fn is_null(&self) -> bool {
        matches!(self, Cell::Null)
    }

    /// The value as the reference evaluation has it; none for null and for what is unreadable.
    pub fn value(&self) -> Option<Value> {
        Some(match *self {
            Cell::Null | Cell::Unreadable => return None,
            Cell::Text(text) => Value::Text(text.to_owned()),
            Cell::Integer(number) => Value::Integer(number.into()),
            Cell::Double(number) => Value::Double(number),
            Cell::Boolean(truth) => Value::Boolean(truth),
            Cell::Date(days) => Value::Date(Day(days)),
            Cell::Time(micros) => Value::Time(micros),
            Cell::Timestamp(micros) => Value::Timestamp(micros),
            Cell::Uuid(number) => Value::Uuid(number),
        })
    }
}

impl<'c> From<&'c Value> for Cell<'c> {
    /// Integers beyond 64 bits, which no column holds, come as doubles.
    fn from(value: &'c Value) -> Cell<'c> {
        match value {
            Value::Text(text) => Cell::Text(text),
            Value::Integer(number) => match i64::try_from(*number) {
                Ok(number) => Cell::Integer(number),
                Err(_) => Cell::Double(*number as f64),
            },
            Value::Double(number) => Cell::Double(*number),
            Value::Boolean(truth) => Cell::Boolean(*truth),
            Value::Date(day) => Cell::Date(day.0),
            Value::Time(micros) => Cell::Time(*micros),
            Value::Timestamp(micros) => Cell::Timestamp(*micros),
            Value::Uuid(number) => Cell::Uuid(*number),
        }
    }
}
