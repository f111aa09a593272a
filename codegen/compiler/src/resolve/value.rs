//! Values: whether a text is a value of a base type, by the forms that the CSV of the showcase has.

use crate::diagnostic::Text;
use crate::model::BaseType;
use crate::text;

/// Whether `text` is a value of `base`; if not, why.
///
/// Forms: `true`/`false`; decimal integers in range; decimal fractions, with an exponent or
/// without; `YYYY-MM-DD`; `hh:mm:ss` and `YYYY-MM-DD hh:mm:ss` with as many digits of a fraction as
/// the precision allows; UUIDs with hyphens; texts without control characters, of the length
/// that the type has.
pub fn check(base: BaseType, text: &str) -> Result<(), Text> {
    match base {
        BaseType::Boolean => match text {
            "true" | "false" => Ok(()),
            _ => Err(text!(
                "a boolean is `true` or `false`",
                "логическое значение — `true` или `false`"
            )),
        },
        BaseType::Int32 => integer(text, i64::from(i32::MIN), i64::from(i32::MAX)),
        BaseType::BigInt => integer(text, i64::MIN, i64::MAX),
        BaseType::Float => match double(text)? {
            n if (n as f32).is_finite() => Ok(()),
            _ => Err(text!(
                "the number does not fit 32 bits",
                "число не помещается в 32 бита"
            )),
        },
        BaseType::Double => double(text).map(|_| ()),
        BaseType::Char(n) => {
            characters(text)?;
            match text.chars().count() {
                found if found == n as usize => Ok(()),
                found => Err(text!(
                    "the text has {found} characters, `char({n})` has exactly {n}",
                    "в тексте {found} знаков, а в `char({n})` их ровно {n}"
                )),
            }
        }
        BaseType::Varchar(Some(n)) => {
            characters(text)?;
            match text.chars().count() {
                found if found <= n as usize => Ok(()),
                found => Err(text!(
                    "the text has {found} characters, `varchar({n})` holds at most {n}",
                    "в тексте {found} знаков, а `varchar({n})` вмещает не больше {n}"
                )),
            }
        }
        BaseType::Varchar(None) | BaseType::Link => characters(text),
        BaseType::Uuid => uuid(text).map(|_| ()),
        BaseType::Date => date(text),
        BaseType::Time(p) => time(text, p),
        BaseType::Timestamp(p) => timestamp(text, p),
    }
}

fn integer(text: &str, min: i64, max: i64) -> Result<(), Text> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(text!(
            "an integer is digits with or without a minus",
            "целое — это цифры, возможно с минусом"
        ));
    }
    match text.parse::<i64>() {
        Ok(n) if (min..=max).contains(&n) => Ok(()),
        _ => Err(text!(
            "the number is not between {min} and {max}",
            "число не лежит между {min} и {max}"
        )),
    }
}

/// A finite number in decimal digits: `-12.5`, `1e-3`.
pub(super) fn double(text: &str) -> Result<f64, Text> {
    let form = || {
        text!(
            "a fraction is digits with a point: `12.5`",
            "дробное число — это цифры с точкой: `12.5`"
        )
    };
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let mantissa_fits = match mantissa.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(mantissa),
    };
    let exponent_fits = exponent.is_none_or(|e| digits(e.strip_prefix(['-', '+']).unwrap_or(e)));
    if !mantissa_fits || !exponent_fits {
        return Err(form());
    }
    match text.parse::<f64>() {
        Ok(n) if n.is_finite() => Ok(n),
        _ => Err(text!(
            "the number does not fit 64 bits",
            "число не помещается в 64 бита"
        )),
    }
}

fn characters(text: &str) -> Result<(), Text> {
    match text.chars().find(|c| c.is_control()) {
        None => Ok(()),
        Some(c) => {
            let code = u32::from(c);
            Err(text!(
                "the text holds the control character U+{code:04X}; values have none, no line breaks either",
                "в тексте управляющий символ U+{code:04X}; в значениях их не бывает, переводов строки тоже"
            ))
        }
    }
}

/// The UUID in lower case.
pub(super) fn uuid(text: &str) -> Result<String, Text> {
    let fits = text.len() == 36
        && text.bytes().enumerate().all(|(at, b)| match at {
            8 | 13 | 18 | 23 => b == b'-',
            _ => b.is_ascii_hexdigit(),
        });
    if fits {
        Ok(text.to_ascii_lowercase())
    } else {
        Err(text!(
            "a UUID is 32 hexadecimal digits in groups of 8-4-4-4-12",
            "UUID — это 32 шестнадцатеричные цифры группами 8-4-4-4-12"
        ))
    }
}

/// Two (or four) digits at a place.
fn number(text: &str, from: usize, to: usize) -> Option<u32> {
    let digits = text.get(from..to)?;
    digits
        .bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| digits.parse().ok())?
}

pub(super) fn date(text: &str) -> Result<(), Text> {
    let form = || {
        text!(
            "a date is written `YYYY-MM-DD`",
            "дата пишется как `ГГГГ-ММ-ДД`"
        )
    };
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
        return Err(form());
    }
    let (Some(year), Some(month), Some(day)) =
        (number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
    else {
        return Err(form());
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    if year == 0 || day == 0 || day > days {
        return Err(text!(
            "there is no such day in the calendar",
            "такого дня нет в календаре"
        ));
    }
    Ok(())
}

pub(super) fn time(text: &str, precision: u8) -> Result<(), Text> {
    let form = || {
        text!(
            "a time is written `hh:mm:ss`",
            "время пишется как `чч:мм:сс`"
        )
    };
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let bytes = whole.as_bytes();
    if bytes.len() != 8 || bytes.get(2) != Some(&b':') || bytes.get(5) != Some(&b':') {
        return Err(form());
    }
    let (Some(hour), Some(minute), Some(second)) = (
        number(whole, 0, 2),
        number(whole, 3, 5),
        number(whole, 6, 8),
    ) else {
        return Err(form());
    };
    if hour > 23 || minute > 59 || second > 59 {
        return Err(text!(
            "there is no such time of day",
            "такого времени суток нет"
        ));
    }
    match fraction {
        None => Ok(()),
        Some(digits) if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) => {
            Err(form())
        }
        Some(digits) if digits.len() > usize::from(precision) => Err(text!(
            "the fraction of a second has more than {precision} digits",
            "в доле секунды больше {precision} знаков"
        )),
        Some(_) => Ok(()),
    }
}

pub(super) fn timestamp(text: &str, precision: u8) -> Result<(), Text> {
    match (text.get(..10), text.get(10..11), text.get(11..)) {
        (Some(day), Some(" "), Some(clock)) => {
            date(day)?;
            time(clock, precision)
        }
        _ => Err(text!(
            "a timestamp is written `YYYY-MM-DD hh:mm:ss`",
            "дата и время пишутся как `ГГГГ-ММ-ДД чч:мм:сс`"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::model::BaseType::{self, *};

    #[test]
    fn values_by_type() {
        let good: &[(BaseType, &[&str])] = &[
            (Boolean, &["true", "false"]),
            (Int32, &["0", "-2147483648", "2147483647"]),
            (BigInt, &["-9223372036854775808", "9223372036854775807"]),
            (Float, &["1.5", "-0.25", "3e10"]),
            (Double, &["1", "1.7976931348623157e308"]),
            (Char(3), &["абв", "abc"]),
            (Varchar(Some(3)), &["", "ёж", "abc"]),
            (Varchar(None), &["сколько угодно"]),
            (Link, &["https://example.org/"]),
            (Uuid, &["550e8400-E29B-41d4-a716-446655440000"]),
            (Date, &["2024-02-29", "0001-01-01", "9999-12-31"]),
            (Time(0), &["00:00:00", "23:59:59"]),
            (Time(3), &["12:00:00.125", "12:00:00.5"]),
            (Timestamp(0), &["2024-02-29 23:59:59"]),
            (Timestamp(6), &["2024-02-29 23:59:59.000001"]),
        ];
        for (base, texts) in good {
            for text in *texts {
                assert_eq!(check(*base, text), Ok(()), "{base} {text:?}");
            }
        }
        let bad: &[(BaseType, &[&str])] = &[
            (Boolean, &["", "TRUE", "1", "да"]),
            (Int32, &["", "-", "+1", "1.0", "2147483648", " 1", "١"]),
            (BigInt, &["9223372036854775808", "1e3"]),
            (Float, &["1e39", "inf", "NaN", "1.", ".5", "1,5"]),
            (Double, &["1e309", "--1", "1e", "0x10"]),
            (Char(3), &["", "ab", "абвг", "a\nb"]),
            (Varchar(Some(3)), &["абвг", "a\tb"]),
            (Varchar(None), &["a\r"]),
            (Link, &["a\u{85}"]),
            (
                Uuid,
                &[
                    "",
                    "550e8400e29b41d4a716446655440000",
                    "550e8400-e29b-41d4-a716-44665544000g",
                ],
            ),
            (
                Date,
                &[
                    "2023-02-29",
                    "2024-13-01",
                    "2024-1-1",
                    "0000-01-01",
                    "2024-01-00",
                    "01.02.2024",
                    "2024-01-0а",
                ],
            ),
            (
                Time(0),
                &["24:00:00", "12:60:00", "12:00", "12:00:00.5", "12:00:00."],
            ),
            (
                Timestamp(0),
                &[
                    "2024-01-01",
                    "2024-01-01T00:00:00",
                    "2024-01-01 00:00:00.1",
                    "2024-01-0ё 00:00:00",
                ],
            ),
        ];
        for (base, texts) in bad {
            for text in *texts {
                assert!(check(*base, text).is_err(), "{base} {text:?}");
            }
        }
    }

    /// The runtime of generated Rust reads the same texts as values.
    #[test]
    fn the_runtime_agrees() {
        let parts = [
            "2024-02-29",
            "2023-02-29",
            "0000-01-01",
            "0001-01-01",
            "9999-12-31",
            "2024-13-01",
            "2024-1-1",
            "12:00:00",
            "23:59:59.999999",
            "24:00:00",
            "12:00:60",
            "12:00:00.",
            "12:00:00.1234567",
            "12:00",
            "550e8400-e29b-41d4-a716-446655440000",
            "",
            " ",
        ];
        let mut texts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
        for day in parts {
            for clock in parts {
                texts.push(format!("{day} {clock}"));
                texts.push(format!("{day}T{clock}"));
            }
        }
        for text in &texts {
            let date = text.parse::<vitrina::Date>().is_ok();
            assert_eq!(check(Date, text).is_ok(), date, "date {text:?}");
            let time = text.parse::<vitrina::Time>().is_ok();
            assert_eq!(check(Time(6), text).is_ok(), time, "time {text:?}");
            let timestamp = text.parse::<vitrina::Timestamp>().is_ok();
            assert_eq!(
                check(Timestamp(6), text).is_ok(),
                timestamp,
                "timestamp {text:?}"
            );
            let uuid = text.parse::<vitrina::Uuid>().is_ok();
            assert_eq!(check(Uuid, text).is_ok(), uuid, "uuid {text:?}");
        }
    }
}
