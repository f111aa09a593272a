//! СНИЛС, stored as 11 digits: nine of the number, two check digits.
//!
//! Source: rules of the Pension Fund of Russia on the control number of СНИЛС. The control
//! number is defined for numbers above 001-001-998; below, any two digits are accepted.

use super::{digits, weighted};
use crate::Invalid;

/// The last number without a control number.
const LAST_UNCHECKED: u32 = 1_001_998;
/// Weights of the nine digits of the number.
const WEIGHTS: [u32; 9] = [9, 8, 7, 6, 5, 4, 3, 2, 1];

/// Checks 11 digits. The reason never tells the right check digits: a СНИЛС is personal data.
///
/// # Errors
/// [`Invalid::Empty`], [`Invalid::Length`], [`Invalid::NotDigits`], [`Invalid::CheckDigit`].
pub fn check(text: &str) -> Result<(), Invalid> {
    let (number, check) = digits(text, &[11])?.split_at(9);
    let value = |digits: &[u8]| {
        digits
            .iter()
            .fold(0, |sum, &digit| sum * 10 + super::value(digit))
    };
    if value(number) <= LAST_UNCHECKED {
        return Ok(());
    }
    // 100 and 101 both stand for 00: the remainder of 101 is 0, that of 100 has three digits.
    let expected = weighted(number, WEIGHTS) % 101 % 100;
    if value(check) == expected {
        Ok(())
    } else {
        Err(Invalid::CheckDigit { expected: None })
    }
}

/// The digits of a СНИЛС as people type it, `112-233-445 95`: without hyphens and blanks.
pub fn normalise(text: &str) -> String {
    text.chars()
        .filter(|&c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}' | '\u{2011}'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_and_edge_numbers() {
        for text in [
            "11223344595", // the example of the rules
            "00127339699", // sum 99
            "00108770400", // sum 100
            "00131981900", // sum 101
            "00123768601", // sum 102
            "00896890199", // sum 200
            "00677987800", // sum 201
            "00969738500", // sum 202
            "00587998601", // sum 203
        ] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn wrong_check_digits_are_refused_without_the_right_ones() {
        let wrong = Err(Invalid::CheckDigit { expected: None });
        for text in [
            "11223344594",
            "00108770401",
            "00108770499",
            "00677987801",
            "00100199900",
        ] {
            assert_eq!(check(text), wrong, "{text}");
        }
    }

    #[test]
    fn low_numbers_have_no_control_number() {
        for text in ["00100199800", "00100199899", "00000000107"] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
        // 001-001-999 is the first number with one.
        let valid: Vec<u32> = (0..100)
            .filter(|check_| check(&format!("001001999{check_:02}")).is_ok())
            .collect();
        assert_eq!(valid, [7 + 4 + 9 * 3 + 9 * 2 + 9]);
    }

    #[test]
    fn typed_forms_are_normalised() {
        assert_eq!(normalise(" 112-233-445 95 "), "11223344595");
        assert_eq!(
            normalise("112\u{2011}233\u{2011}445\u{a0}95"),
            "11223344595"
        );
        assert_eq!(
            check("112-233-445 95"),
            Err(Invalid::Length {
                expected: &[11],
                found: 14
            })
        );
    }
}
