//! The functions of expressions: which there are, and what they give.
//!
//! Each gives null exactly when one of its arguments is null.

use super::ValueType;

/// Functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Function {
    /// `length(text)`: characters, an integer.
    Length,
    /// `lower(text)`: by Unicode, not by a locale.
    Lower,
    /// `upper(text)`: by Unicode, not by a locale.
    Upper,
    /// `substring(text, from, count)`: `from` counts from 1, both are non-negative integer
    /// literals, `from` at least 1; also written `substring(text FROM from FOR count)`.
    Substring,
    /// `split_part(text, 'separator', n)`: the part numbered `n` from 1 of those between the
    /// separators, which do not overlap and are sought from the start; the empty text when there
    /// are fewer. The separator is a literal that is not empty, `n` an integer literal from 1.
    SplitPart,
    /// `a || b`: two texts, the second right behind the first. An operator in SQL; here a function,
    /// since it is null exactly where functions are.
    Concat,
    /// `EXTRACT(part FROM value)`: a part of a date, time or timestamp, an integer.
    Extract(DatePart),
    /// `CAST(timestamp AS date)`: the day.
    CastDate,
    /// `CAST(timestamp AS time)`: the time of day with its fraction.
    CastTime,
    /// `full_years(from, to)` of two dates, an integer: the difference of the years, less one when
    /// month and day of `to` come before those of `from`. Negative when `to` is the earlier.
    FullYears,
    /// `seconds_between(from, to)` of two timestamps: `to` minus `from` in whole seconds, cut towards
    /// zero, an integer.
    SecondsBetween,
}

impl Function {
    /// The type of what it gives.
    pub fn value_type(self) -> ValueType {
        match self {
            Function::Length
            | Function::Extract(_)
            | Function::FullYears
            | Function::SecondsBetween => ValueType::Integer,
            Function::Lower
            | Function::Upper
            | Function::Substring
            | Function::SplitPart
            | Function::Concat => ValueType::Text,
            Function::CastDate => ValueType::Date,
            Function::CastTime => ValueType::Time,
        }
    }
}

/// What EXTRACT takes out of a date, time or timestamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DatePart {
    /// `YEAR`, 1 to 9999.
    Year,
    /// `MONTH`, 1 to 12.
    Month,
    /// `DAY` of the month, 1 to 31.
    Day,
    /// `ISODOW`: the day of the week, 1 (Monday) to 7 (Sunday).
    IsoWeekday,
    /// `HOUR`, 0 to 23.
    Hour,
    /// `MINUTE`, 0 to 59.
    Minute,
}

impl DatePart {
    /// Every part with its word in SQL.
    pub const ALL: [(&'static str, DatePart); 6] = [
        ("YEAR", DatePart::Year),
        ("MONTH", DatePart::Month),
        ("DAY", DatePart::Day),
        ("ISODOW", DatePart::IsoWeekday),
        ("HOUR", DatePart::Hour),
        ("MINUTE", DatePart::Minute),
    ];

    /// The word in SQL.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, part)| *part == self)
            .map_or("", |(name, _)| name)
    }

    /// The least and the greatest number that it can be.
    pub fn bounds(self) -> (i64, i64) {
        match self {
            DatePart::Year => (1, 9999),
            DatePart::Month => (1, 12),
            DatePart::Day => (1, 31),
            DatePart::IsoWeekday => (1, 7),
            DatePart::Hour => (0, 23),
            DatePart::Minute => (0, 59),
        }
    }

    /// Whether it is a part of a day; else it is one of a time of day. Timestamps have both.
    pub fn is_of_day(self) -> bool {
        !matches!(self, DatePart::Hour | DatePart::Minute)
    }
}
