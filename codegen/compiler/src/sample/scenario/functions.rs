//! Functions of values: null in, null out, but for those that are about nulls.

use std::cmp::Ordering;
use std::fmt::Write as _;

use super::evaluate::{Environment, compare};
use crate::model::eval::{Day, Value};
use crate::model::scenario::{Atom, Formula, Function};
use crate::model::{Algorithm, BaseType, Comparison};

const DAY_MICROS: i64 = 86_400_000_000;
const SECOND_MICROS: i64 = 1_000_000;

/// The value of a function.
pub(super) fn call(function: Function, arguments: &[Formula], around: &Environment<'_>) -> Atom {
    match function {
        Function::Item => return item(arguments, around).unwrap_or_default(),
        Function::Coalesce => {
            let mut values = arguments.iter().map(|one| around.value(one));
            return values.find(|value| !value.is_null()).unwrap_or_default();
        }
        _ => {}
    }
    // Few functions take more than three values.
    let mut values = [Atom::Null, Atom::Null, Atom::Null];
    if arguments.len() <= values.len() {
        for (value, argument) in values.iter_mut().zip(arguments) {
            *value = around.value(argument);
        }
        let values = values.get(..arguments.len()).unwrap_or(&[]);
        return plain(function, values).unwrap_or_default();
    }
    let values: Vec<Atom> = arguments.iter().map(|one| around.value(one)).collect();
    plain(function, &values).unwrap_or_default()
}

/// The `i`-th of several, counted from 1, round over the end; only that one is evaluated.
fn item(arguments: &[Formula], around: &Environment<'_>) -> Option<Atom> {
    let (at, items) = arguments.split_first()?;
    let at = around.value(at).integer()?;
    let count = i64::try_from(items.len()).ok()?;
    let index = at.checked_sub(1)?.checked_rem_euclid(count)?;
    let item = items.get(usize::try_from(index).ok()?)?;
    Some(around.value(item))
}

fn plain(function: Function, values: &[Atom]) -> Option<Atom> {
    match (function, values) {
        (Function::Concat, all) => {
            let mut text = String::new();
            for value in all {
                write_text(value, &mut text);
            }
            Some(Atom::text(text))
        }
        (Function::Padded, [number, width]) => {
            let width = usize::try_from(width.integer()?).ok()?.min(200);
            let number = number.integer()?;
            Some(Atom::text(format!("{number:0width$}")))
        }
        (Function::Length, [Atom::Text(text)]) => {
            Some(Atom::Integer(i64::try_from(text.chars().count()).ok()?))
        }
        (Function::Lower, [Atom::Text(text)]) => Some(Atom::text(text.to_lowercase())),
        (Function::Upper, [Atom::Text(text)]) => Some(Atom::text(text.to_uppercase())),
        (Function::Substring, [Atom::Text(text), from, count]) => {
            let from = usize::try_from(from.integer()?.checked_sub(1)?).ok()?;
            let count = usize::try_from(count.integer()?).ok()?;
            let part: String = text.chars().skip(from).take(count).collect();
            Some(Atom::text(part))
        }
        (Function::Hash, [Atom::Text(text)]) => {
            Some(Atom::text(vitrina::hash::streebog512_hex(text)))
        }
        (Function::Completed(algorithm), [Atom::Text(text)]) => {
            completed(algorithm, text).map(Atom::text)
        }
        (Function::Uuid, [number]) => {
            let number = number.integer()? as u64;
            Some(Atom::text(format!(
                "00000000-0000-4000-8000-{:012x}",
                number & 0xFFFF_FFFF_FFFF
            )))
        }
        (Function::Least, all) => extreme(all, Ordering::Less),
        (Function::Greatest, all) => extreme(all, Ordering::Greater),
        (Function::Round, [number, digits]) => {
            let digits = i32::try_from(digits.integer()?).ok()?.clamp(0, 15);
            let unit = 10_f64.powi(digits);
            Some(Atom::Double((number.number()? * unit).round() / unit))
        }
        (Function::Share, [total, parts, at]) => {
            let (total, parts, at) = (total.integer()?, parts.integer()?, at.integer()?);
            let whole = total.checked_div_euclid(parts)?;
            let rest = total.checked_rem_euclid(parts)?;
            Some(Atom::Integer(whole + i64::from(at <= rest)))
        }
        (Function::NullIf, [one, other]) => match compare(Comparison::Eq, one, other) {
            Some(true) => None,
            _ => Some(one.clone()),
        },
        _ => time(function, values),
    }
}

/// Functions of days and times.
fn time(function: Function, values: &[Atom]) -> Option<Atom> {
    match (function, values) {
        (Function::Year, [value]) => Some(Atom::Integer(day_of(value)?.civil()?.0)),
        (Function::Month, [value]) => Some(Atom::Integer(day_of(value)?.civil()?.1)),
        (Function::Day, [value]) => Some(Atom::Integer(day_of(value)?.civil()?.2)),
        // 1970-01-01 was a Thursday.
        (Function::Weekday, [value]) => {
            Some(Atom::Integer((day_of(value)?.0 + 3).rem_euclid(7) + 1))
        }
        (Function::Hour, [value]) => {
            Some(Atom::Integer(micros_of(value)? / (3600 * SECOND_MICROS)))
        }
        (Function::Minute, [value]) => {
            Some(Atom::Integer(micros_of(value)? / (60 * SECOND_MICROS) % 60))
        }
        (Function::MakeDate, [year, month, day]) => {
            Day::new(year.integer()?, month.integer()?, day.integer()?).map(Atom::Date)
        }
        (Function::MakeTime, [hour, minute, second]) => {
            let (hour, minute, second) = (hour.integer()?, minute.integer()?, second.integer()?);
            let valid =
                (0..24).contains(&hour) && (0..60).contains(&minute) && (0..60).contains(&second);
            let seconds = (hour * 60 + minute) * 60 + second;
            valid.then_some(Atom::Time(seconds * SECOND_MICROS))
        }
        (Function::Moment, [Atom::Date(day), Atom::Time(micros)]) => {
            let start = day.0.checked_mul(DAY_MICROS)?;
            Some(Atom::Timestamp(start.checked_add(*micros)?))
        }
        (Function::PlusMonths, [Atom::Date(day), count]) => {
            let (year, month, day) = day.civil()?;
            let months = (year * 12 + month - 1).checked_add(count.integer()?)?;
            let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
            (0..4)
                .find_map(|less| Day::new(year, month, day - less))
                .map(Atom::Date)
        }
        (Function::PlusSeconds, [Atom::Timestamp(micros), count]) => {
            let more = count.integer()?.checked_mul(SECOND_MICROS)?;
            Some(Atom::Timestamp(micros.checked_add(more)?))
        }
        (Function::PlusSeconds, [Atom::Time(micros), count]) => {
            let more = count.integer()?.checked_mul(SECOND_MICROS)?;
            let sum = micros.checked_add(more)?;
            (0..DAY_MICROS).contains(&sum).then_some(Atom::Time(sum))
        }
        (Function::DateOf, [Atom::Timestamp(micros)]) => {
            Some(Atom::Date(Day(micros.div_euclid(DAY_MICROS))))
        }
        (Function::TimeOf, [Atom::Timestamp(micros)]) => {
            Some(Atom::Time(micros.rem_euclid(DAY_MICROS)))
        }
        (Function::FullYears, [Atom::Date(from), Atom::Date(to)]) => {
            let (from, to) = (from.civil()?, to.civil()?);
            let early = i64::from((to.1, to.2) < (from.1, from.2));
            Some(Atom::Integer(to.0 - from.0 - early))
        }
        (Function::SecondsBetween, [Atom::Timestamp(from), Atom::Timestamp(to)]) => {
            Some(Atom::Integer(to.checked_sub(*from)? / SECOND_MICROS))
        }
        _ => None,
    }
}

/// The day of a date or a timestamp.
fn day_of(value: &Atom) -> Option<Day> {
    match value {
        Atom::Timestamp(micros) => Some(Day(micros.div_euclid(DAY_MICROS))),
        value => value.day(),
    }
}

/// The microseconds of the day of a time or a timestamp.
fn micros_of(value: &Atom) -> Option<i64> {
    match value {
        Atom::Time(micros) => Some(*micros),
        Atom::Timestamp(micros) => Some(micros.rem_euclid(DAY_MICROS)),
        _ => None,
    }
}

/// The least or the greatest of the values that are there.
fn extreme(values: &[Atom], wanted: Ordering) -> Option<Atom> {
    let mut best: Option<&Atom> = None;
    for value in values.iter().filter(|value| !value.is_null()) {
        let better = best.is_none_or(|best| value.order(best) == Some(wanted));
        if better {
            best = Some(value);
        }
    }
    best.cloned()
}

/// A value as people read it.
fn write_text(value: &Atom, out: &mut String) {
    // Writing to a text does not fail.
    let _ = match value {
        Atom::Null => Ok(()),
        Atom::Boolean(truth) => write!(out, "{truth}"),
        Atom::Integer(number) => write!(out, "{number}"),
        Atom::Double(number) => write!(out, "{number}"),
        Atom::Text(text) => write!(out, "{text}"),
        Atom::Date(day) => write!(out, "{day}"),
        Atom::Time(_) | Atom::Timestamp(_) => {
            let base = match value {
                Atom::Time(_) => BaseType::Time(0),
                _ => BaseType::Timestamp(0),
            };
            let text = value
                .to_value(base)
                .and_then(|value: Value| value.to_text(base));
            write!(out, "{}", text.unwrap_or_default())
        }
    };
}

/// A text with the check digits that its algorithm wants behind it: one or two.
fn completed(algorithm: Algorithm, text: &str) -> Option<String> {
    for width in 1..=2_usize {
        for number in 0..10_usize.pow(width as u32) {
            let text = format!("{text}{number:0width$}");
            if algorithm.check(&text).is_ok() {
                return Some(text);
            }
        }
    }
    None
}
