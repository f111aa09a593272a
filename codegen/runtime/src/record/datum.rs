//! One value as its bare base type: what sinks write and what checks compute with.

use crate::{Date, Time, Timestamp, Uuid};

/// A value, borrowed.
#[derive(Clone, Copy, PartialEq)]
pub enum Datum<'a> {
    /// No value.
    Null,
    /// A truth value.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number of 32 bits with a fraction.
    Float(f32),
    /// A number of 64 bits with a fraction.
    Double(f64),
    /// Text.
    Text(&'a str),
    /// A UUID.
    Uuid(Uuid),
    /// A day.
    Date(Date),
    /// A time of day.
    Time(Time),
    /// A day and a time.
    Timestamp(Timestamp),
}

impl<'a> Datum<'a> {
    /// Whether it is no value.
    #[inline]
    pub fn is_null(self) -> bool {
        matches!(self, Datum::Null)
    }

    /// The text, if it is one.
    pub fn text(self) -> Option<&'a str> {
        match self {
            Datum::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value, if it is one.
    pub fn boolean(self) -> Option<bool> {
        match self {
            Datum::Boolean(value) => Some(value),
            _ => None,
        }
    }

    /// The whole number, if it is one.
    pub fn integer(self) -> Option<i128> {
        match self {
            Datum::Integer(value) => Some(i128::from(value)),
            _ => None,
        }
    }

    /// The number, if it is one with a fraction.
    pub fn double(self) -> Option<f64> {
        match self {
            Datum::Float(value) => Some(f64::from(value)),
            Datum::Double(value) => Some(value),
            _ => None,
        }
    }

    /// The UUID, if it is one.
    pub fn uuid(self) -> Option<Uuid> {
        match self {
            Datum::Uuid(value) => Some(value),
            _ => None,
        }
    }

    /// The day, if it is one.
    pub fn date(self) -> Option<Date> {
        match self {
            Datum::Date(value) => Some(value),
            _ => None,
        }
    }

    /// The time of day, if it is one.
    pub fn time(self) -> Option<Time> {
        match self {
            Datum::Time(value) => Some(value),
            _ => None,
        }
    }

    /// The day and time, if it is one.
    pub fn timestamp(self) -> Option<Timestamp> {
        match self {
            Datum::Timestamp(value) => Some(value),
            _ => None,
        }
    }
}

/// The value as CSV has it, unquoted; nothing for no value.
impl std::fmt::Display for Datum<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Datum::Null => Ok(()),
            Datum::Boolean(value) => value.fmt(f),
            Datum::Integer(value) => value.fmt(f),
            Datum::Float(value) => value.fmt(f),
            Datum::Double(value) => value.fmt(f),
            Datum::Text(value) => value.fmt(f),
            Datum::Uuid(value) => value.fmt(f),
            Datum::Date(value) => value.fmt(f),
            Datum::Time(value) => value.fmt(f),
            Datum::Timestamp(value) => value.fmt(f),
        }
    }
}

/// The value alone: `"text"`, `12`, `2024-09-01`, `null`.
impl std::fmt::Debug for Datum<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Datum::Null => f.write_str("null"),
            Datum::Text(value) => write!(f, "{value:?}"),
            other => write!(f, "{other}"),
        }
    }
}
