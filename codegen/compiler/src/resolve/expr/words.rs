//! Types in words, for messages.

use crate::model::ValueType;

/// `a text`, `текст`.
pub(in crate::resolve) fn noun(ty: ValueType) -> (&'static str, &'static str) {
    match ty {
        ValueType::Boolean => ("a condition", "условие"),
        ValueType::Integer => ("an integer", "целое"),
        ValueType::Double => ("a fraction", "дробное число"),
        ValueType::Text => ("a text", "текст"),
        ValueType::Date => ("a date", "дата"),
        ValueType::Time => ("a time", "время"),
        ValueType::Timestamp => ("a timestamp", "дата со временем"),
        ValueType::Uuid => ("a UUID", "UUID"),
    }
}
