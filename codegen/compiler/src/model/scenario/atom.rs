//! Values while rows are made: cheap to copy, for one text stands in many rows.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::model::eval::{Day, Value};
use crate::model::{BaseType, ValueType};

/// A value or its absence. A UUID is its text.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Atom {
    /// No value.
    #[default]
    Null,
    /// True, false.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Double(f64),
    /// Text, or a UUID in lower case.
    Text(Arc<str>),
    /// A day.
    Date(Day),
    /// A time of day, in microseconds.
    Time(i64),
    /// Microseconds since 1970-01-01 00:00:00, without a zone.
    Timestamp(i64),
}

impl Atom {
    /// A text.
    pub fn text(text: impl Into<Arc<str>>) -> Atom {
        Atom::Text(text.into())
    }

    /// Whether there is no value.
    pub fn is_null(&self) -> bool {
        matches!(self, Atom::Null)
    }

    /// The value as expressions of checks see it, in a column of a type.
    pub fn to_value(&self, base: BaseType) -> Option<Value> {
        Some(match self {
            Atom::Null => return None,
            Atom::Boolean(truth) => Value::Boolean(*truth),
            Atom::Integer(number) if base.value_type() == ValueType::Double => {
                Value::Double(*number as f64)
            }
            Atom::Integer(number) => Value::Integer(i128::from(*number)),
            Atom::Double(number) => Value::Double(*number),
            Atom::Text(text) => return Value::parse(base, text),
            Atom::Date(day) => Value::Date(*day),
            Atom::Time(micros) => Value::Time(*micros),
            Atom::Timestamp(micros) => Value::Timestamp(*micros),
        })
    }

    /// The order of two values of one type, or of two numbers; `None` for null and for what does
    /// not compare.
    pub fn order(&self, other: &Atom) -> Option<Ordering> {
        match (self, other) {
            (Atom::Boolean(left), Atom::Boolean(right)) => Some(left.cmp(right)),
            (Atom::Integer(left), Atom::Integer(right)) => Some(left.cmp(right)),
            (Atom::Text(left), Atom::Text(right)) => Some(left.cmp(right)),
            (Atom::Date(left), Atom::Date(right)) => Some(left.cmp(right)),
            (Atom::Time(left), Atom::Time(right))
            | (Atom::Timestamp(left), Atom::Timestamp(right)) => Some(left.cmp(right)),
            (left, right) => left.number()?.partial_cmp(&right.number()?),
        }
    }

    /// A number as a double.
    pub fn number(&self) -> Option<f64> {
        match self {
            Atom::Integer(number) => Some(*number as f64),
            Atom::Double(number) => Some(*number),
            _ => None,
        }
    }

    /// A whole number.
    pub fn integer(&self) -> Option<i64> {
        match self {
            Atom::Integer(number) => Some(*number),
            _ => None,
        }
    }

    /// The day of a date.
    pub fn day(&self) -> Option<Day> {
        match self {
            Atom::Date(day) => Some(*day),
            _ => None,
        }
    }
}
