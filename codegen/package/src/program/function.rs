//! What functions give. Each gives null when one of its arguments is null.

use std::borrow::Cow;

use vitrina_codegen::model::{DatePart, Function};

use super::calendar::{DAY, SECOND, civil};
use super::{Operand, Row, Term};

/// A function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Call(pub(super) Function);

impl Call {
    pub(super) fn of<'v>(self, arguments: &'v [Term], row: &Row<'_, 'v>) -> Option<Operand<'v>> {
        match arguments {
            [one] => unary(self.0, one.of(row)?),
            [left, right] => binary(self.0, left.of(row)?, right.of(row)?),
            [one, two, three] => ternary(self.0, one.of(row)?, two.of(row)?, three.of(row)?),
            _ => None,
        }
    }
}

fn unary<'v>(function: Function, value: Operand<'v>) -> Option<Operand<'v>> {
    match (function, value) {
        (Function::Length, Operand::Text(text)) => {
            Some(Operand::Integer(text.chars().count() as i128))
        }
        (Function::Lower, Operand::Text(text)) => Some(Operand::Text(text.to_lowercase().into())),
        (Function::Upper, Operand::Text(text)) => Some(Operand::Text(text.to_uppercase().into())),
        (Function::Extract(part), value) => {
            extract(part, &value).map(|number| Operand::Integer(number.into()))
        }
        (Function::CastDate, Operand::Timestamp(micros)) => {
            Some(Operand::Date(micros.div_euclid(DAY)))
        }
        (Function::CastTime, Operand::Timestamp(micros)) => {
            Some(Operand::Time(micros.rem_euclid(DAY)))
        }
        _ => None,
    }
}

fn binary<'v>(function: Function, left: Operand<'v>, right: Operand<'v>) -> Option<Operand<'v>> {
    match (function, left, right) {
        (Function::Concat, Operand::Text(left), Operand::Text(right)) => {
            Some(Operand::Text(left + right))
        }
        (Function::FullYears, Operand::Date(from), Operand::Date(to)) => {
            let (from_year, from_month, from_day) = civil(from)?;
            let (to_year, to_month, to_day) = civil(to)?;
            let not_yet = (to_month, to_day) < (from_month, from_day);
            let years = to_year - from_year - i64::from(not_yet);
            Some(Operand::Integer(years.into()))
        }
        (Function::SecondsBetween, Operand::Timestamp(from), Operand::Timestamp(to)) => {
            let micros = i128::from(to) - i128::from(from);
            Some(Operand::Integer(micros / i128::from(SECOND)))
        }
        _ => None,
    }
}

fn ternary<'v>(
    function: Function,
    one: Operand<'v>,
    two: Operand<'v>,
    three: Operand<'v>,
) -> Option<Operand<'v>> {
    match (function, one, two, three) {
        (
            Function::Substring,
            Operand::Text(text),
            Operand::Integer(from),
            Operand::Integer(count),
        ) => {
            let from = usize::try_from(from.checked_sub(1)?).ok()?;
            let count = usize::try_from(count).ok()?;
            Some(cut(text, |text| substring(text, from, count)))
        }
        (
            Function::SplitPart,
            Operand::Text(text),
            Operand::Text(separator),
            Operand::Integer(part),
        ) => {
            let before = usize::try_from(part.checked_sub(1)?).ok()?;
            if separator.is_empty() {
                return None;
            }
            Some(cut(text, |text| {
                text.split(&*separator).nth(before).unwrap_or_default()
            }))
        }
        _ => None,
    }
}

/// A piece of a text, copied only where the text itself was made on the way.
fn cut<'v>(text: Cow<'v, str>, piece: impl Fn(&str) -> &str) -> Operand<'v> {
    Operand::Text(match text {
        Cow::Borrowed(text) => Cow::Borrowed(piece(text)),
        Cow::Owned(text) => Cow::Owned(piece(&text).to_owned()),
    })
}

fn substring(text: &str, from: usize, count: usize) -> &str {
    let start = |text: &str, chars: usize| {
        text.char_indices()
            .nth(chars)
            .map_or(text.len(), |(at, _)| at)
    };
    let (_, behind) = text.split_at(start(text, from));
    behind.split_at(start(behind, count)).0
}

fn extract(part: DatePart, value: &Operand<'_>) -> Option<i64> {
    if part.is_of_day() {
        let day = match value {
            Operand::Date(day) => *day,
            Operand::Timestamp(micros) => micros.div_euclid(DAY),
            _ => return None,
        };
        let (year, month, of_month) = civil(day)?;
        return match part {
            DatePart::Year => Some(year),
            DatePart::Month => Some(month),
            DatePart::Day => Some(of_month),
            // 1970-01-01 was a Thursday.
            _ => Some((day + 3).rem_euclid(7) + 1),
        };
    }
    let micros = match value {
        Operand::Time(micros) => *micros,
        Operand::Timestamp(micros) => micros.rem_euclid(DAY),
        _ => return None,
    };
    let minutes = micros / (60 * SECOND);
    match part {
        DatePart::Hour => Some(minutes / 60),
        _ => Some(minutes % 60),
    }
}
