//! Values on their way through an expression: like cells, but with the whole numbers that arithmetic
//! makes, and texts that may have been made on the way.

use std::borrow::Cow;
use std::cmp::Ordering;

use vitrina_codegen::model::Arith;
use vitrina_codegen::model::eval::{Day, Value};

use crate::Cell;

/// A value that is there.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand<'v> {
    /// True, false.
    Boolean(bool),
    /// A whole number.
    Integer(i128),
    /// A finite number with a fraction.
    Double(f64),
    /// Text.
    Text(Cow<'v, str>),
    /// Days since 1970-01-01.
    Date(i64),
    /// Microseconds of the day.
    Time(i64),
    /// Microseconds since 1970-01-01 00:00:00, without a zone.
    Timestamp(i64),
    /// The first digit the highest.
    Uuid(u128),
}

impl<'v> Operand<'v> {
    /// The value of a cell; none for null and for what is unreadable.
    #[inline]
    pub fn of_cell(cell: &Cell<'v>) -> Option<Operand<'v>> {
        Some(match *cell {
            Cell::Null | Cell::Unreadable => return None,
            Cell::Text(text) => Operand::Text(Cow::Borrowed(text)),
            Cell::Integer(number) => Operand::Integer(number.into()),
            Cell::Double(number) => Operand::Double(number),
            Cell::Boolean(truth) => Operand::Boolean(truth),
            Cell::Date(days) => Operand::Date(days),
            Cell::Time(micros) => Operand::Time(micros),
            Cell::Timestamp(micros) => Operand::Timestamp(micros),
            Cell::Uuid(number) => Operand::Uuid(number),
        })
    }

    /// The same value as a cell. Integers beyond 64 bits, which no column holds, come as doubles.
    pub fn cell(&self) -> Cell<'_> {
        match self {
            Operand::Text(text) => Cell::Text(text),
            Operand::Integer(number) => match i64::try_from(*number) {
                Ok(number) => Cell::Integer(number),
                Err(_) => Cell::Double(*number as f64),
            },
            Operand::Double(number) => Cell::Double(*number),
            Operand::Boolean(truth) => Cell::Boolean(*truth),
            Operand::Date(days) => Cell::Date(*days),
            Operand::Time(micros) => Cell::Time(*micros),
            Operand::Timestamp(micros) => Cell::Timestamp(*micros),
            Operand::Uuid(number) => Cell::Uuid(*number),
        }
    }

    /// The value as the reference evaluation has it.
    pub fn value(&self) -> Value {
        match self {
            Operand::Text(text) => Value::Text(text.clone().into_owned()),
            Operand::Integer(number) => Value::Integer(*number),
            Operand::Double(number) => Value::Double(*number),
            Operand::Boolean(truth) => Value::Boolean(*truth),
            Operand::Date(days) => Value::Date(Day(*days)),
            Operand::Time(micros) => Value::Time(*micros),
            Operand::Timestamp(micros) => Value::Timestamp(*micros),
            Operand::Uuid(number) => Value::Uuid(*number),
        }
    }

    /// The same value, its text not copied.
    #[inline]
    pub(super) fn borrowed(&self) -> Operand<'_> {
        match self {
            Operand::Text(text) => Operand::Text(Cow::Borrowed(text)),
            Operand::Integer(number) => Operand::Integer(*number),
            Operand::Double(number) => Operand::Double(*number),
            Operand::Boolean(truth) => Operand::Boolean(*truth),
            Operand::Date(days) => Operand::Date(*days),
            Operand::Time(micros) => Operand::Time(*micros),
            Operand::Timestamp(micros) => Operand::Timestamp(*micros),
            Operand::Uuid(number) => Operand::Uuid(*number),
        }
    }

    /// The order of two values of one type, or of two numbers; none for others.
    #[inline]
    pub fn order(&self, other: &Operand<'_>) -> Option<Ordering> {
        match (self, other) {
            (Operand::Boolean(left), Operand::Boolean(right)) => Some(left.cmp(right)),
            (Operand::Integer(left), Operand::Integer(right)) => Some(left.cmp(right)),
            (Operand::Text(left), Operand::Text(right)) => Some(left.cmp(right)),
            (Operand::Date(left), Operand::Date(right))
            | (Operand::Time(left), Operand::Time(right))
            | (Operand::Timestamp(left), Operand::Timestamp(right)) => Some(left.cmp(right)),
            (Operand::Uuid(left), Operand::Uuid(right)) => Some(left.cmp(right)),
            (left, right) => left.as_double()?.partial_cmp(&right.as_double()?),
        }
    }

    fn as_double(&self) -> Option<f64> {
        match self {
            Operand::Integer(number) => Some(*number as f64),
            Operand::Double(number) => Some(*number),
            _ => None,
        }
    }
}

impl From<Value> for Operand<'_> {
    fn from(value: Value) -> Self {
        match value {
            Value::Text(text) => Operand::Text(Cow::Owned(text)),
            Value::Integer(number) => Operand::Integer(number),
            Value::Double(number) => Operand::Double(number),
            Value::Boolean(truth) => Operand::Boolean(truth),
            Value::Date(day) => Operand::Date(day.0),
            Value::Time(micros) => Operand::Time(micros),
            Value::Timestamp(micros) => Operand::Timestamp(micros),
            Value::Uuid(number) => Operand::Uuid(number),
        }
    }
}

/// Arithmetic on two values that are there.
pub(super) fn arithmetic<'v>(
    operator: Arith,
    left: Operand<'_>,
    right: Operand<'_>,
) -> Option<Operand<'v>> {
    match (left, right) {
        (Operand::Integer(left), Operand::Integer(right)) => match operator {
            Arith::Add => Some(left.saturating_add(right)),
            Arith::Sub => Some(left.saturating_sub(right)),
            Arith::Mul => Some(left.saturating_mul(right)),
            Arith::Div => (right != 0).then(|| left.saturating_div(right)),
            Arith::Rem => (right != 0).then(|| left.wrapping_rem(right)),
        }
        .map(Operand::Integer),
        (Operand::Date(left), Operand::Date(right)) => match operator {
            Arith::Sub => Some(Operand::Integer(i128::from(left) - i128::from(right))),
            _ => None,
        },
        (Operand::Date(day), Operand::Integer(days)) => {
            let days = i64::try_from(days).ok()?;
            match operator {
                Arith::Add => day.checked_add(days),
                Arith::Sub => day.checked_sub(days),
                _ => None,
            }
            .filter(|day| super::calendar::is_day(*day))
            .map(Operand::Date)
        }
        (left, right) => {
            let (left, right) = (left.as_double()?, right.as_double()?);
            let result = match operator {
                Arith::Add => left + right,
                Arith::Sub => left - right,
                Arith::Mul => left * right,
                Arith::Div if right == 0.0 => return None,
                Arith::Div => left / right,
                Arith::Rem => return None,
            };
            result.is_finite().then_some(Operand::Double(result))
        }
    }
}
