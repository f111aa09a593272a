//! What functions mean, by arguments that are there.

use super::calendar::{DAY_MICROS, Day};
use super::value::Value;
use crate::model::{DatePart, Function};

const SECOND: i64 = 1_000_000;

/// The value of a function; `None` for arguments that it does not take, which `resolve` refuses.
pub(super) fn call(function: Function, arguments: &[Value]) -> Option<Value> {
    match (function, arguments) {
        (Function::Length, [Value::Text(text)]) => {
            Some(Value::Integer(text.chars().count() as i128))
        }
        (Function::Lower, [Value::Text(text)]) => Some(Value::Text(text.to_lowercase())),
        (Function::Upper, [Value::Text(text)]) => Some(Value::Text(text.to_uppercase())),
        (
            Function::Substring,
            [
                Value::Text(text),
                Value::Integer(from),
                Value::Integer(count),
            ],
        ) => {
            let from = usize::try_from(from.checked_sub(1)?).ok()?;
            let count = usize::try_from(*count).ok()?;
            Some(Value::Text(text.chars().skip(from).take(count).collect()))
        }
        (
            Function::SplitPart,
            [
                Value::Text(text),
                Value::Text(separator),
                Value::Integer(part),
            ],
        ) => {
            let before = usize::try_from(part.checked_sub(1)?).ok()?;
            let part = split(text, separator)?.get(before).copied();
            Some(Value::Text(part.unwrap_or_default().to_owned()))
        }
        (Function::Concat, [Value::Text(left), Value::Text(right)]) => {
            Some(Value::Text(format!("{left}{right}")))
        }
        (Function::Extract(part), [value]) => {
            extract(part, value).map(|number| Value::Integer(number.into()))
        }
        (Function::CastDate, [Value::Timestamp(micros)]) => {
            Some(Value::Date(Day(micros.div_euclid(DAY_MICROS))))
        }
        (Function::CastTime, [Value::Timestamp(micros)]) => {
            Some(Value::Time(micros.rem_euclid(DAY_MICROS)))
        }
        (Function::FullYears, [Value::Date(from), Value::Date(to)]) => {
            let (from_year, from_month, from_day) = from.civil()?;
            let (to_year, to_month, to_day) = to.civil()?;
            let not_yet = (to_month, to_day) < (from_month, from_day);
            let years = to_year - from_year - i64::from(not_yet);
            Some(Value::Integer(years.into()))
        }
        (Function::SecondsBetween, [Value::Timestamp(from), Value::Timestamp(to)]) => {
            let micros = i128::from(*to) - i128::from(*from);
            Some(Value::Integer(micros / i128::from(SECOND)))
        }
        _ => None,
    }
}

fn extract(part: DatePart, value: &Value) -> Option<i64> {
    if part.is_of_day() {
        let day = match value {
            Value::Date(day) => *day,
            Value::Timestamp(micros) => Day(micros.div_euclid(DAY_MICROS)),
            _ => return None,
        };
        let (year, month, of_month) = day.civil()?;
        return match part {
            DatePart::Year => Some(year),
            DatePart::Month => Some(month),
            DatePart::Day => Some(of_month),
            // 1970-01-01 was a Thursday.
            _ => Some((day.0 + 3).rem_euclid(7) + 1),
        };
    }
    let micros = match value {
        Value::Time(micros) => *micros,
        Value::Timestamp(micros) => micros.rem_euclid(DAY_MICROS),
        _ => return None,
    };
    let minutes = micros / (60 * SECOND);
    match part {
        DatePart::Hour => Some(minutes / 60),
        _ => Some(minutes % 60),
    }
}

/// The parts of a text between separators, sought one after the other from the start.
fn split<'a>(text: &'a str, separator: &str) -> Option<Vec<&'a str>> {
    if separator.is_empty() {
        return None;
    }
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((part, behind)) = rest.split_once(separator) {
        parts.push(part);
        rest = behind;
    }
    parts.push(rest);
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    fn date(year: i64, month: i64, day: i64) -> Value {
        Value::Date(Day::new(year, month, day).unwrap())
    }

    /// The day's time in hours, minutes, seconds and microseconds.
    fn at(day: Value, [hours, minutes, seconds, micros]: [i64; 4]) -> Value {
        let Value::Date(Day(day)) = day else {
            panic!("{day:?}");
        };
        let seconds = (hours * 60 + minutes) * 60 + seconds;
        Value::Timestamp(day * DAY_MICROS + seconds * SECOND + micros)
    }

    fn number(function: Function, arguments: &[Value]) -> i128 {
        match call(function, arguments) {
            Some(Value::Integer(number)) => number,
            other => panic!("{function:?}{arguments:?}: {other:?}"),
        }
    }

    #[test]
    fn parts_of_days() {
        for (value, year, month, day, weekday) in [
            (date(2024, 2, 29), 2024, 2, 29, 4),
            (date(1, 1, 1), 1, 1, 1, 1),
            (date(9999, 12, 31), 9999, 12, 31, 5),
            (date(1970, 1, 4), 1970, 1, 4, 7),
            (
                at(date(1969, 12, 31), [23, 59, 59, 999_999]),
                1969,
                12,
                31,
                3,
            ),
            (at(date(2000, 1, 1), [0; 4]), 2000, 1, 1, 6),
        ] {
            let of = |part| number(Function::Extract(part), std::slice::from_ref(&value));
            assert_eq!(of(DatePart::Year), year, "{value:?}");
            assert_eq!(of(DatePart::Month), month, "{value:?}");
            assert_eq!(of(DatePart::Day), day, "{value:?}");
            assert_eq!(of(DatePart::IsoWeekday), weekday, "{value:?}");
        }
    }

    #[test]
    fn parts_of_times() {
        let late = [23, 59, 59, 999_999];
        for (value, hour, minute) in [
            (Value::Time(0), 0, 0),
            (Value::Time(DAY_MICROS - 1), 23, 59),
            (at(date(1, 1, 1), [0, 1, 0, 0]), 0, 1),
            (at(date(1969, 12, 31), late), 23, 59),
        ] {
            let of = |part| number(Function::Extract(part), std::slice::from_ref(&value));
            assert_eq!(of(DatePart::Hour), hour, "{value:?}");
            assert_eq!(of(DatePart::Minute), minute, "{value:?}");
        }
        let midnight = [at(date(1969, 12, 31), [0; 4])];
        assert_eq!(call(Function::CastTime, &midnight), Some(Value::Time(0)));
        let evening = [at(date(1969, 12, 31), late)];
        assert_eq!(
            call(Function::CastTime, &evening),
            Some(Value::Time(DAY_MICROS - 1))
        );
        assert_eq!(call(Function::CastDate, &evening), Some(date(1969, 12, 31)));
    }

    #[test]
    fn years_are_complete_on_the_same_day() {
        for (from, to, years) in [
            ((2010, 9, 1), (2024, 8, 31), 13),
            ((2010, 9, 1), (2024, 9, 1), 14),
            ((2012, 2, 29), (2023, 2, 28), 10),
            ((2012, 2, 29), (2023, 3, 1), 11),
            ((2012, 2, 29), (2024, 2, 29), 12),
            ((2024, 9, 1), (2024, 9, 1), 0),
            ((2024, 9, 1), (2024, 8, 31), -1),
            ((2024, 9, 1), (2023, 9, 1), -1),
            ((2024, 9, 1), (2023, 8, 31), -2),
            ((1, 1, 1), (9999, 12, 31), 9998),
            ((9999, 12, 31), (1, 1, 1), -9999),
        ] {
            let day = |(year, month, day)| date(year, month, day);
            assert_eq!(
                number(Function::FullYears, &[day(from), day(to)]),
                years,
                "{from:?} {to:?}"
            );
        }
    }

    #[test]
    fn seconds_are_cut_towards_zero() {
        let day = || date(2024, 2, 29);
        let noon = || at(day(), [12, 0, 0, 0]);
        for (to, seconds) in [
            (at(day(), [12, 0, 0, 999_999]), 0),
            (at(day(), [11, 59, 59, 1]), 0),
            (at(day(), [12, 0, 1, 0]), 1),
            (at(day(), [11, 59, 58, 999_999]), -1),
            (at(date(2024, 3, 1), [12, 0, 0, 0]), 86_400),
            (at(date(2024, 2, 28), [12, 0, 0, 0]), -86_400),
        ] {
            assert_eq!(
                number(Function::SecondsBetween, &[noon(), to.clone()]),
                seconds,
                "{to:?}"
            );
        }
        let ends = [
            at(date(1, 1, 1), [0; 4]),
            at(date(9999, 12, 31), [23, 59, 59, 999_999]),
        ];
        assert_eq!(number(Function::SecondsBetween, &ends), 315_537_897_599);
    }

    #[test]
    fn parts_of_texts() {
        for (whole, separator, part, expected) in [
            ("7-А", "-", 1, "7"),
            ("7-А", "-", 2, "А"),
            ("7-А", "-", 3, ""),
            ("7", "-", 1, "7"),
            ("7", "-", 2, ""),
            ("", "-", 1, ""),
            ("--", "-", 2, ""),
            ("-а", "-", 1, ""),
            ("а🦔🦔б", "🦔🦔", 2, "б"),
            ("aaa", "aa", 1, ""),
            ("aaa", "aa", 2, "a"),
            ("абвабв", "бв", 3, ""),
        ] {
            let arguments = [text(whole), text(separator), Value::Integer(part)];
            assert_eq!(
                call(Function::SplitPart, &arguments),
                Some(text(expected)),
                "{arguments:?}"
            );
        }
    }
}
