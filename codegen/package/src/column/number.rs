//! Numbers up to their closing quote.

use std::str::FromStr;

/// A whole number of at most 18 digits, more are left to a closer look: its value and the position
/// behind it.
#[inline(always)]
pub(super) fn whole(bytes: &[u8], from: usize) -> Option<(i64, usize)> {
    let is_negative = bytes.get(from) == Some(&b'-');
    let start = from + usize::from(is_negative);
    let mut number = 0_i64;
    let mut at = start;
    while let Some(digit) = digit_at(bytes, at) {
        number = number.wrapping_mul(10).wrapping_add(digit);
        at += 1;
    }
    let is_plain = (1..=18).contains(&(at - start));
    // Of more digits nothing but their end is right.
    is_plain.then(|| (if is_negative { -number } else { number }, at))
}

#[inline(always)]
fn digit_at(bytes: &[u8], at: usize) -> Option<i64> {
    let digit = bytes.get(at)?.wrapping_sub(b'0');
    (digit <= 9).then_some(digit.into())
}

/// Powers of ten that a double holds exactly.
const POWERS: [f64; 19] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18,
];

/// A finite number with a fraction, of 32 bits if `narrow`: its value and the position behind it. Digits
/// come first, then at most a point and an exponent.
#[inline(always)]
pub(super) fn decimal(bytes: &[u8], from: usize, narrow: bool) -> Option<(f64, usize)> {
    let is_negative = bytes.get(from) == Some(&b'-');
    let start = from + usize::from(is_negative);
    let mut digits = 0_u64;
    let mut at = start;
    while let Some(digit) = digit_at(bytes, at) {
        digits = digits.wrapping_mul(10).wrapping_add(digit as u64);
        at += 1;
    }
    if at == start {
        return None;
    }
    let point = at;
    if bytes.get(at) == Some(&b'.') {
        at += 1;
        while let Some(digit) = digit_at(bytes, at) {
            digits = digits.wrapping_mul(10).wrapping_add(digit as u64);
            at += 1;
        }
    }
    let fraction = (at - point).saturating_sub(1);
    // Up to 15 digits are exact, as is the power: the one division rounds as it must. Twice rounded
    // would be wrong for the narrow ones, but up to 7 digits their quotient is exact in every bit that
    // decides.
    let most = if narrow { 7 } else { 15 };
    if at - start <= most && bytes.get(at) == Some(&b'"') {
        let divisor = POWERS.get(fraction)?;
        let number = if narrow {
            f64::from(digits as f32 / *divisor as f32)
        } else {
            digits as f64 / divisor
        };
        return Some((if is_negative { -number } else { number }, at));
    }
    decimal_long(bytes, from, narrow)
}

/// The same for as many digits as there may be, and an exponent.
#[cold]
fn decimal_long(bytes: &[u8], from: usize, narrow: bool) -> Option<(f64, usize)> {
    let is_part =
        |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-');
    let length = bytes
        .get(from..)?
        .iter()
        .take_while(|byte| is_part(byte))
        .count();
    let text = std::str::from_utf8(bytes.get(from..from + length)?).ok()?;
    let number = if narrow {
        f32::from_str(text)
            .ok()
            .filter(|number| number.is_finite())?
            .into()
    } else {
        f64::from_str(text)
            .ok()
            .filter(|number| number.is_finite())?
    };
    Some((number, from + length))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use vitrina_codegen::model::BaseType;
    use vitrina_codegen::model::eval::Value;

    use super::*;

    fn quoted(text: &str) -> Vec<u8> {
        format!("\"{text}\"").into_bytes()
    }

    #[test]
    fn more_digits_than_a_number_has_are_left() {
        for text in [
            "-9223372036854775808",
            "-9223372036854775809",
            "9223372036854775808",
        ] {
            assert_eq!(whole(&quoted(text), 1), None, "{text}");
        }
        let end = "-999999999999999999";
        assert_eq!(whole(&quoted(end), 1), Some((-999_999_999_999_999_999, 20)));
    }

    proptest! {
        #[test]
        fn whole_numbers_are_read(text in "-?[0-9]{0,20}[.e ]?") {
            let expected = match Value::parse(BaseType::BigInt, &text) {
                Some(Value::Integer(number)) => i64::try_from(number).ok(),
                _ => None,
            };
            let found = whole(&quoted(&text), 1)
                .filter(|(_, end)| *end == text.len() + 1)
                .map(|(number, _)| number);
            let digits = text.trim_start_matches('-').len();
            prop_assert!(found == expected || (found.is_none() && digits > 18), "{}", text);
        }

        #[test]
        fn decimals_are_read(text in "-?[0-9]{0,18}(\\.[0-9]{0,12})?([eE][+-]?[0-9]{1,3})?[- x]?") {
            for (base, narrow) in [(BaseType::Double, false), (BaseType::Float, true)] {
                let expected = match Value::parse(base, &text) {
                    Some(Value::Double(number)) => Some(number.to_bits()),
                    _ => None,
                };
                let found = decimal(&quoted(&text), 1, narrow)
                    .filter(|(_, end)| *end == text.len() + 1)
                    .map(|(number, _)| number.to_bits());
                prop_assert_eq!(found, expected, "{}", text);
            }
        }

        #[test]
        fn short_decimals_are_exact(whole in 0_u32..9999, fraction in "[0-9]{1,3}") {
            let text = format!("{whole}.{fraction}");
            let (wide, _) = decimal(&quoted(&text), 1, false).unwrap();
            prop_assert_eq!(wide, text.parse::<f64>().unwrap());
            let (narrow, _) = decimal(&quoted(&text), 1, true).unwrap();
            prop_assert_eq!(narrow, f64::from(text.parse::<f32>().unwrap()));
        }
    }
}
