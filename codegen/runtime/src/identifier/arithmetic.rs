//! Digits of a text as numbers: what the check digits are reckoned of.

use crate::Invalid;

/// The bytes of a text that consists of decimal digits, as many as one of `lengths`.
pub(super) fn digits<'a>(text: &'a str, lengths: &'static [usize]) -> Result<&'a [u8], Invalid> {
    if text.is_empty() {
        return Err(Invalid::Empty);
    }
    let bytes = text.as_bytes();
    if !bytes.iter().all(u8::is_ascii_digit) {
        // A text of the right length is told about the character, any other one about its length.
        let found = text.chars().count();
        return Err(match lengths.contains(&found) {
            true => Invalid::NotDigits,
            false => Invalid::Length {
                expected: lengths,
                found,
            },
        });
    }
    match lengths.contains(&bytes.len()) {
        true => Ok(bytes),
        false => Err(Invalid::Length {
            expected: lengths,
            found: bytes.len(),
        }),
    }
}

/// The sum of digits, each times its weight; digits without a weight do not count.
pub(super) fn weighted(digits: &[u8], weights: impl IntoIterator<Item = u32>) -> u32 {
    digits
        .iter()
        .zip(weights)
        .map(|(digit, weight)| value(*digit) * weight)
        .sum()
}

/// The value of an ASCII digit.
pub(super) fn value(digit: u8) -> u32 {
    u32::from(digit.wrapping_sub(b'0'))
}

/// A digit of a value below 10, for messages.
pub(super) fn small(value: u32) -> u8 {
    (value % 10) as u8
}

/// The bytes of a text that consists of decimal digits, one to `max` of them.
pub(super) fn digits_up_to(text: &str, max: usize) -> Result<&[u8], Invalid> {
    if text.is_empty() {
        return Err(Invalid::Empty);
    }
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Invalid::NotDigits);
    }
    match text.len() {
        found if found > max => Err(Invalid::TooLong { max, found }),
        _ => Ok(text.as_bytes()),
    }
}

/// Whether a text consists of so many decimal digits.
pub(super) fn are_digits(text: &str, many: usize) -> bool {
    text.len() == many && text.bytes().all(|byte| byte.is_ascii_digit())
}
