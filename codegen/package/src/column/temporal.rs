//! Dates and times at fixed offsets, eight characters at a time.

use crate::program::{DAY, SECOND};

const HIGHS: u64 = 0x8080_8080_8080_8080;

/// Eight characters of which some are digits, the others as in `template` (which has `0` for digits):
/// each byte then holds ten times its digit and the digit behind it.
#[inline(always)]
fn pairs(text: [u8; 8], template: &[u8; 8]) -> Option<u64> {
    let template = u64::from_le_bytes(*template);
    let value = u64::from_le_bytes(text) ^ template;
    // What must be added so that the highest bit shows a digit above 9, another character above 0.
    let room = 0x7676_7676_7676_7676 + separators(template) * 9;
    let wrong = (value.wrapping_add(room) | value) & HIGHS;
    if wrong != 0 {
        return None;
    }
    Some((value * 10).wrapping_add(value >> 8))
}

/// One in each byte of a template that is no `0`.
#[inline(always)]
const fn separators(template: u64) -> u64 {
    let other = template ^ 0x3030_3030_3030_3030;
    // Characters here are ASCII: the sum shows in the highest bit whether a byte is not zero.
    ((other + 0x7f7f_7f7f_7f7f_7f7f) & HIGHS) >> 7
}

#[inline(always)]
fn byte(pairs: u64, at: u32) -> i64 {
    (pairs >> (8 * at) & 0xff) as i64
}

/// `YYYY-MM-DD` at a position: days since 1970-01-01.
#[inline(always)]
pub(super) fn date(bytes: &[u8], from: usize) -> Option<i64> {
    let text: &[u8; 10] = bytes.get(from..)?.first_chunk()?;
    let [y1, y2, y3, y4, h1, m1, m2, h2, d1, d2] = *text;
    let first = pairs([y1, y2, y3, y4, h1, m1, m2, h2], b"0000-00-")?;
    let (tens, ones) = (d1.wrapping_sub(b'0'), d2.wrapping_sub(b'0'));
    if tens > 9 || ones > 9 {
        return None;
    }
    let day = i64::from(tens) * 10 + i64::from(ones);
    day_of(byte(first, 0) * 100 + byte(first, 2), byte(first, 5), day)
}

/// Days of the months, in a year that is none of leap.
const LENGTHS: [i64; 16] = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0, 0, 0];

/// Days before the months, from March on, so that the leap day is the last.
const BEFORE: [i64; 16] = [
    0, 306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275, 0, 0, 0,
];

/// A day as days since 1970-01-01; none when it does not exist in the years 1 to 9999.
#[inline(always)]
fn day_of(year: i64, month: i64, day: i64) -> Option<i64> {
    let at = (month & 15) as usize;
    let is_leap = year & 3 == 0 && (year % 100 != 0 || year & 15 == 0);
    let length = LENGTHS[at] + i64::from(is_leap && month == 2);
    if month > 12 || year == 0 || day == 0 || day > length {
        return None;
    }
    let year = year - i64::from(month <= 2);
    // Year 0, from March, begins 719,468 days before 1970.
    Some(365 * year + year / 4 - year / 100 + year / 400 + BEFORE[at] + day - 719_469)
}

/// `hh:mm:ss`, with a fraction of 1 to `precision` digits or none, at a position: microseconds of the
/// day, and the position behind it.
#[inline(always)]
pub(super) fn time(bytes: &[u8], from: usize, precision: u8) -> Option<(i64, usize)> {
    let text = *bytes.get(from..)?.first_chunk()?;
    let clock = pairs(text, b"00:00:00")?;
    let (hours, minutes, seconds) = (byte(clock, 0), byte(clock, 3), byte(clock, 6));
    if hours > 23 || minutes > 59 || seconds > 59 {
        return None;
    }
    let micros = ((hours * 60 + minutes) * 60 + seconds) * SECOND;
    let end = from + 8;
    if bytes.get(end) != Some(&b'.') {
        return Some((micros, end));
    }
    fraction(bytes, end, precision).map(|(more, end)| (micros + more, end))
}

/// The fraction behind a point: its microseconds, and the position behind it.
fn fraction(bytes: &[u8], point: usize, precision: u8) -> Option<(i64, usize)> {
    let digits = bytes.get(point + 1..)?;
    let count = digits
        .iter()
        .take(7)
        .take_while(|digit| digit.is_ascii_digit())
        .count();
    if !(1..=usize::from(precision.min(6))).contains(&count) {
        return None;
    }
    let fraction = digits
        .iter()
        .take(count)
        .fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    Some((fraction * 10_i64.pow(6 - count as u32), point + 1 + count))
}

/// `YYYY-MM-DD hh:mm:ss`, with a fraction as in [`time`], at a position: microseconds since 1970-01-01
/// 00:00:00, and the position behind it.
#[inline(always)]
pub(super) fn timestamp(bytes: &[u8], from: usize, precision: u8) -> Option<(i64, usize)> {
    let day = date(bytes, from)?;
    if bytes.get(from + 10) != Some(&b' ') {
        return None;
    }
    let (micros, end) = time(bytes, from + 11, precision)?;
    Some((day * DAY + micros, end))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use vitrina_codegen::model::BaseType;
    use vitrina_codegen::model::eval::{Day, Value};

    use super::*;

    #[test]
    fn every_day_is_read() {
        for number in -719_162..=2_932_896 {
            let text = Day(number).to_string();
            assert_eq!(date(text.as_bytes(), 0), Some(number), "{text}");
        }
        for text in [
            "0000-01-01",
            "2023-02-29",
            "2100-02-29",
            "2024-13-01",
            "2024-00-10",
        ] {
            assert_eq!(date(text.as_bytes(), 0), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn texts_are_judged_as_by_the_reference(
            text in "(20|00|99)[0-9]{2}[-.][0-3][0-9]-[0-4][0-9][ T][0-3][0-9]:[0-6][0-9]:[0-6][0-9/:](\\.[0-9]{0,8})?",
            precision in 0_u8..7,
        ) {
            let expected = match Value::parse(BaseType::Timestamp(precision), &text) {
                Some(Value::Timestamp(micros)) => Some(micros),
                _ => None,
            };
            let found = timestamp(text.as_bytes(), 0, precision);
            let whole = found.filter(|(_, end)| *end == text.len()).map(|(micros, _)| micros);
            prop_assert_eq!(whole, expected, "{}", text);
            let expected = match Value::parse(BaseType::Time(precision), &text[11..]) {
                Some(Value::Time(micros)) => Some(micros),
                _ => None,
            };
            let found = time(text.as_bytes(), 11, precision);
            let whole = found.filter(|(_, end)| *end == text.len()).map(|(micros, _)| micros);
            prop_assert_eq!(whole, expected, "{}", text);
            let expected = Value::parse(BaseType::Date, &text[..10]);
            prop_assert_eq!(date(text.as_bytes(), 0).map(|day| Value::Date(Day(day))), expected);
        }

        #[test]
        fn any_byte_anywhere(at in 0_usize..19, byte in any::<u8>()) {
            let mut text = *b"2024-02-29 23:59:59";
            text[at] = byte;
            let expected = std::str::from_utf8(&text)
                .ok()
                .and_then(|text| Value::parse(BaseType::Timestamp(0), text));
            let found = timestamp(&text, 0, 0).map(|(micros, _)| Value::Timestamp(micros));
            prop_assert_eq!(found, expected);
        }
    }
}
