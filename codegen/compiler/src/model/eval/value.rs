//! Values: what a cell's text means, and the one text that a value has in CSV.

use std::cmp::Ordering;

use super::Day;
use super::calendar::{parse_date, parse_time, parse_timestamp, time_text, timestamp_text};
use crate::model::BaseType;

/// A value that is there.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// True, false.
    Boolean(bool),
    /// A whole number.
    Integer(i128),
    /// A finite number with a fraction; a `float` column's is exactly a 32-bit number.
    Double(f64),
    /// Text.
    Text(String),
    /// A day.
    Date(Day),
    /// A time of day, in microseconds.
    Time(i64),
    /// Microseconds since 1970-01-01 00:00:00, without a zone.
    Timestamp(i64),
    /// A UUID, the first digit the highest.
    Uuid(u128),
}

impl Value {
    /// Reads a text as a value of a base type; `None` when it is no such value. The length of text
    /// is another rule and not judged here. Booleans are `true` and `false`, whatever the CSV
    /// profile writes.
    pub fn parse(base: BaseType, text: &str) -> Option<Value> {
        match base {
            BaseType::Boolean => match text {
                "true" => Some(Value::Boolean(true)),
                "false" => Some(Value::Boolean(false)),
                _ => None,
            },
            BaseType::Int32 => {
                let number: i32 = whole(text)?.parse().ok()?;
                Some(Value::Integer(number.into()))
            }
            BaseType::BigInt => {
                let number: i64 = whole(text)?.parse().ok()?;
                Some(Value::Integer(number.into()))
            }
            BaseType::Float => {
                let number: f32 = decimal(text)?.parse().ok()?;
                number.is_finite().then(|| Value::Double(number.into()))
            }
            BaseType::Double => {
                let number: f64 = decimal(text)?.parse().ok()?;
                number.is_finite().then_some(Value::Double(number))
            }
            BaseType::Char(_) | BaseType::Varchar(_) | BaseType::Link => {
                Some(Value::Text(text.to_owned()))
            }
            BaseType::Uuid => parse_uuid(text).map(Value::Uuid),
            BaseType::Date => parse_date(text).map(Value::Date),
            BaseType::Time(precision) => parse_time(text, precision).map(Value::Time),
            BaseType::Timestamp(precision) => {
                parse_timestamp(text, precision).map(Value::Timestamp)
            }
        }
    }

    /// The canonical text in a column of a base type; `None` when the column cannot hold the value.
    pub fn to_text(&self, base: BaseType) -> Option<String> {
        let text = match (self, base) {
            (Value::Boolean(truth), _) => truth.to_string(),
            (Value::Integer(number), BaseType::Float | BaseType::Double) => {
                return Value::Double(*number as f64).to_text(base);
            }
            (Value::Integer(number), _) => number.to_string(),
            (Value::Double(number), BaseType::Float) => {
                let narrow = *number as f32;
                plain(narrow.to_string())
            }
            (Value::Double(number), BaseType::Double) => plain(number.to_string()),
            (Value::Double(number), _) if number.fract() == 0.0 => format!("{number:.0}"),
            (Value::Double(_), _) => return None,
            (Value::Text(text), _) => text.clone(),
            (Value::Date(day), _) => day.to_string(),
            (Value::Time(micros), BaseType::Time(precision)) => time_text(*micros, precision),
            (Value::Timestamp(micros), BaseType::Timestamp(precision)) => {
                timestamp_text(*micros, precision)
            }
            (Value::Time(_) | Value::Timestamp(_), _) => return None,
            (Value::Uuid(number), _) => uuid_text(*number),
        };
        Value::parse(base, &text).is_some().then_some(text)
    }

    /// The order of two values of one type, or of two numbers.
    pub(super) fn order(&self, other: &Value) -> Option<Ordering> {
        match (self, other) {
            (Value::Boolean(left), Value::Boolean(right)) => Some(left.cmp(right)),
            (Value::Integer(left), Value::Integer(right)) => Some(left.cmp(right)),
            (Value::Text(left), Value::Text(right)) => Some(left.cmp(right)),
            (Value::Date(left), Value::Date(right)) => Some(left.cmp(right)),
            (Value::Time(left), Value::Time(right)) => Some(left.cmp(right)),
            (Value::Timestamp(left), Value::Timestamp(right)) => Some(left.cmp(right)),
            (Value::Uuid(left), Value::Uuid(right)) => Some(left.cmp(right)),
            (left, right) => left.as_double()?.partial_cmp(&right.as_double()?),
        }
    }

    pub(super) fn as_double(&self) -> Option<f64> {
        match self {
            Value::Integer(number) => Some(*number as f64),
            Value::Double(number) => Some(*number),
            _ => None,
        }
    }
}

/// A whole number's text: digits behind at most a minus.
fn whole(text: &str) -> Option<&str> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then_some(text)
}

/// A number's text: digits, at most a point, at most an exponent; no `inf`, no `NaN`, no `+`.
fn decimal(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('-').unwrap_or(text);
    let plain = rest.starts_with(|first: char| first.is_ascii_digit())
        && rest
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-'));
    plain.then_some(text)
}

/// `{}` of Rust has the fewest digits that read back equal, no exponent and no `.0`, as CSV wants
/// numbers; zero has no minus.
fn plain(text: String) -> String {
    if text == "-0" { "0".into() } else { text }
}

/// `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx` in lower case.
pub(super) fn parse_uuid(text: &str) -> Option<u128> {
    let bytes = text.as_bytes();
    if bytes.len() != 36 {
        return None;
    }
    let mut number = 0_u128;
    for (at, byte) in bytes.iter().enumerate() {
        match (at, byte) {
            (8 | 13 | 18 | 23, b'-') => {}
            (8 | 13 | 18 | 23, _) => return None,
            (_, b'0'..=b'9') => number = number << 4 | u128::from(byte - b'0'),
            (_, b'a'..=b'f') => number = number << 4 | u128::from(byte - b'a' + 10),
            _ => return None,
        }
    }
    Some(number)
}

fn uuid_text(number: u128) -> String {
    let hex = format!("{number:032x}");
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    format!(
        "{}-{}-{}-{}-{}",
        part(0, 8),
        part(8, 12),
        part(12, 16),
        part(16, 20),
        part(20, 32)
    )
}
