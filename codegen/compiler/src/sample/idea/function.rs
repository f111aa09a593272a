//! Functions solved backwards: arguments for which a function has a wanted value.
//!
//! What stands in the argument's cells is changed as little as possible, for other conditions may
//! hold because of it.

use super::Solver;
use crate::model::eval::{Day, Value, evaluate};
use crate::model::{DatePart, Expr, Function, ValueType};
use crate::sample::text;

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

impl Solver<'_> {
    pub(super) fn solve_call(&mut self, function: Function, arguments: &[Expr], target: Value) {
        match (function, arguments, target) {
            (Function::Length, [inner], Value::Integer(length)) => {
                // Longer texts are not worth the memory.
                if let Some(length) = usize::try_from(length).ok().filter(|n| *n <= 10_000) {
                    let current = self.text(inner);
                    self.solve(inner, Value::Text(text::resize(&current, length)));
                }
            }
            (Function::Lower | Function::Upper, [inner], target) => self.solve(inner, target),
            (Function::Substring, [inner, from, _], Value::Text(part)) => {
                self.solve_substring(inner, from, &part);
            }
            (Function::SplitPart, [inner, separator, part], Value::Text(wanted)) => {
                let current = self.text(inner);
                let separator = self.text(separator);
                if let Some(number) = self.number(part)
                    && let Some(whole) = with_part(&current, &separator, number, &wanted)
                {
                    self.solve(inner, Value::Text(whole));
                }
            }
            (Function::Concat, [left, right], Value::Text(wanted)) => {
                self.solve_concat(left, right, &wanted);
            }
            (Function::Extract(part), [inner], Value::Integer(wanted)) => {
                if let Ok(wanted) = i64::try_from(wanted)
                    && let Some(value) = self.with_date_part(inner, part, wanted)
                {
                    self.solve(inner, value);
                }
            }
            (Function::CastDate, [inner], Value::Date(Day(day))) => {
                if let Some(start) = day.checked_mul(DAY) {
                    let time = self.timestamp(inner).rem_euclid(DAY);
                    self.solve(inner, Value::Timestamp(start.saturating_add(time)));
                }
            }
            (Function::CastTime, [inner], Value::Time(time)) => {
                let start = self.timestamp(inner).div_euclid(DAY) * DAY;
                self.solve(inner, Value::Timestamp(start.saturating_add(time)));
            }
            (Function::FullYears, [from, to], Value::Integer(years)) => {
                self.solve_full_years(from, to, years);
            }
            (Function::SecondsBetween, [from, to], Value::Integer(seconds)) => {
                let micros = i64::try_from(seconds)
                    .ok()
                    .and_then(|n| n.checked_mul(SECOND));
                let Some(micros) = micros else { return };
                let (start, end) = (self.timestamp(from), self.timestamp(to));
                self.solve(to, Value::Timestamp(start.saturating_add(micros)));
                self.solve(from, Value::Timestamp(end.saturating_sub(micros)));
            }
            _ => {}
        }
    }

    fn solve_substring(&mut self, inner: &Expr, from: &Expr, part: &str) {
        let Some(from) = self.number(from) else {
            return;
        };
        let current = self.text(inner);
        let before = from.saturating_sub(1).min(10_000);
        let mut whole = text::resize(&current, before);
        whole.push_str(part);
        let rest = current.chars().skip(before + part.chars().count());
        let longer: String = whole.chars().chain(rest).collect();
        self.solve(inner, Value::Text(longer));
        self.solve(inner, Value::Text(whole));
    }

    /// One side is what the other leaves over. When it does not stand at that end of the wanted text,
    /// the text is cut where the sides meet now.
    fn solve_concat(&mut self, left: &Expr, right: &Expr, wanted: &str) {
        let (first, second) = (self.text(left), self.text(right));
        let (behind, before) = (wanted.strip_prefix(&first), wanted.strip_suffix(&second));
        if let Some(rest) = behind {
            self.solve(right, Value::Text(rest.to_owned()));
        }
        if let Some(rest) = before {
            self.solve(left, Value::Text(rest.to_owned()));
        }
        if behind.is_none() && before.is_none() {
            let cut = first.chars().count();
            let (head, tail) = (wanted.chars().take(cut), wanted.chars().skip(cut));
            self.solve(left, Value::Text(head.collect()));
            self.solve(right, Value::Text(tail.collect()));
        }
    }

    /// The latest first day and the earliest second day, so that one day less is another year.
    fn solve_full_years(&mut self, from: &Expr, to: &Expr, years: i128) {
        let Ok(years) = i64::try_from(years) else {
            return;
        };
        let (start, end) = (self.day(from), self.day(to));
        if let Some((year, month, day)) = end.civil()
            && let Some(found) = clamped(year.saturating_sub(years), month, day)
        {
            self.solve(from, Value::Date(found));
        }
        if let Some((year, month, day)) = start.civil() {
            let year = year.saturating_add(years);
            // A leap day's year is complete on the first of March.
            let found = Day::new(year, month, day).or_else(|| Day::new(year, 3, 1));
            if let Some(found) = found {
                self.solve(to, Value::Date(found));
            }
        }
    }

    /// What `inner` stands for, with one part of it changed; `None` when the part cannot be so.
    fn with_date_part(&self, inner: &Expr, part: DatePart, wanted: i64) -> Option<Value> {
        let (least, greatest) = part.bounds();
        if !(least..=greatest).contains(&wanted) {
            return None;
        }
        let micros = match evaluate(inner, self.row, self.today) {
            Some(Value::Date(Day(day))) => day.checked_mul(DAY)?,
            Some(Value::Time(micros) | Value::Timestamp(micros)) => micros,
            _ => self.today.0.checked_mul(DAY)?,
        };
        let (today, time) = (Day(micros.div_euclid(DAY)), micros.rem_euclid(DAY));
        let (year, month, day) = today.civil()?;
        let (hour, rest) = (time / (3600 * SECOND), time % (3600 * SECOND));
        let (changed, time) = match part {
            DatePart::Year => (clamped(wanted, month, day)?, time),
            DatePart::Month => (clamped(year, wanted, day)?, time),
            // January has every day that a month can have.
            DatePart::Day => {
                let same = Day::new(year, month, wanted);
                (same.or_else(|| Day::new(year, 1, wanted))?, time)
            }
            DatePart::IsoWeekday => {
                let weekday = (today.0 + 3).rem_euclid(7) + 1;
                let near = Day(today.0 + wanted - weekday);
                // The first and the last week of the calendar are cut off.
                let within = [near, Day(near.0 + 7), Day(near.0 - 7)]
                    .into_iter()
                    .find(|day| day.civil().is_some());
                (within?, time)
            }
            DatePart::Hour => (today, wanted * 3600 * SECOND + rest),
            DatePart::Minute => {
                let second = rest % (60 * SECOND);
                (today, (hour * 60 + wanted) * 60 * SECOND + second)
            }
        };
        match inner.ty {
            ValueType::Date => Some(Value::Date(changed)),
            ValueType::Time => Some(Value::Time(time)),
            _ => Some(Value::Timestamp(
                changed.0.checked_mul(DAY)?.checked_add(time)?,
            )),
        }
    }

    /// The text that stands there now.
    fn text(&self, expr: &Expr) -> String {
        match evaluate(expr, self.row, self.today) {
            Some(Value::Text(text)) => text,
            _ => String::new(),
        }
    }

    /// A number that counts characters or parts.
    fn number(&self, expr: &Expr) -> Option<usize> {
        match evaluate(expr, self.row, self.today) {
            Some(Value::Integer(number)) => usize::try_from(number).ok(),
            _ => None,
        }
    }

    /// The day that stands there now, or today.
    fn day(&self, expr: &Expr) -> Day {
        match evaluate(expr, self.row, self.today) {
            Some(Value::Date(day)) => day,
            _ => self.today,
        }
    }

    /// The moment that stands there now, or the midnight with which today begins.
    fn timestamp(&self, expr: &Expr) -> i64 {
        match evaluate(expr, self.row, self.today) {
            Some(Value::Timestamp(micros)) => micros,
            _ => self.today.0.saturating_mul(DAY),
        }
    }
}

/// A day of a month, or the month's last where it is shorter.
fn clamped(year: i64, month: i64, day: i64) -> Option<Day> {
    (1..=day).rev().find_map(|day| Day::new(year, month, day))
}

/// `whole` with another part numbered `number`; `None` when it cannot be such a part.
fn with_part(whole: &str, separator: &str, number: usize, wanted: &str) -> Option<String> {
    let place = number.checked_sub(1).filter(|place| *place <= 1_000)?;
    if separator.is_empty() || wanted.contains(separator) {
        return None;
    }
    let mut parts: Vec<&str> = whole.split(separator).collect();
    if parts.len() <= place {
        parts.resize(place + 1, "");
    }
    if let Some(part) = parts.get_mut(place) {
        *part = wanted;
    }
    Some(parts.join(separator))
}
