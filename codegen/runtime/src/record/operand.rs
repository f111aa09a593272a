//! Columns as operands of generated expressions: values of any column type as the few types that
//! [`sql`](crate::sql) computes with.

use std::borrow::Cow;

use super::value::Value;
use crate::{Date, Time, Timestamp, Uuid};

/// A column in an expression: the text, where the empty one is no value (a profile writes both alike).
pub fn text<V: Value>(value: &V) -> Option<&str> {
    value.datum().text().filter(|text| !text.is_empty())
}

/// A column in an expression: the text, where the empty one is a value.
pub fn text_or_empty<V: Value>(value: &V) -> Option<&str> {
    value.datum().text()
}

/// A text of an expression whose branches borrow or own theirs.
pub fn cow<'a>(text: Option<impl Into<Cow<'a, str>>>) -> Option<Cow<'a, str>> {
    text.map(Into::into)
}

macro_rules! operands {
    ($($name:ident $type:ty;)*) => {$(
        /// A column in an expression, as its bare value.
        pub fn $name<V: Value>(value: &V) -> Option<$type> {
            value.datum().$name()
        }
    )*};
}

operands! {
    boolean bool;
    integer i128;
    double f64;
    uuid Uuid;
    date Date;
    time Time;
    timestamp Timestamp;
}
