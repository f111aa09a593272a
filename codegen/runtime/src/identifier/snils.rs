//! СНИЛС, stored as 11 digits: nine of the number, two check digits.
//!
//! Source: rules of the Pension Fund of Russia on the control number of СНИЛС. The control
//! number is defined for numbers above 001-001-998; below, any two digits are accepted.
//!
//! # What the check digits catch
//!
//! They are a weighted sum modulo 101, of which 100 is written 00. So any single wrong digit is
//! caught, and any swap of two different neighbours, with two exceptions:
//!
//! - the sums of the right and of the wrong number leave 0 and 100, which takes an error by one in
//!   the ninth digit (or a swap of neighbours that differ by one) and the check digits 00;
//! - the wrong number is not above 001-001-998, so that nothing is checked.

use super::arithmetic::{digits, weighted};
use super::macros::{identifier_text, identifier_type};
use super::{Doubt, Identifier, arithmetic, typed};
use crate::Invalid;

identifier_type! {
    /// A СНИЛС, stored as its 11 digits; printed `112-233-445 95`.
    Snils
}

impl Identifier for Snils {
    const NAME: &'static str = "snils";
    const TITLE: (&'static str, &'static str) = ("SNILS", "СНИЛС");

    identifier_text!();

    fn check(text: &str) -> Result<(), Invalid> {
        check(text)
    }

    fn normalise(text: &str) -> String {
        normalise(text)
    }

    fn human(&self) -> String {
        let mut human = String::with_capacity(14);
        for (place, digit) in self.0.chars().enumerate() {
            match place {
                3 | 6 => human.push('-'),
                9 => human.push(' '),
                _ => {}
            }
            human.push(digit);
        }
        human
    }

    fn is_personal(&self) -> bool {
        true
    }

    fn doubts(&self) -> Vec<Doubt> {
        let number = self.0.as_bytes().get(..9).unwrap_or_default();
        let low = value(number) <= LAST_UNCHECKED;
        let triple = number
            .windows(3)
            .any(|d| matches!(d, [a, b, c] if a == b && b == c));
        let doubts = [(low, Doubt::NoCheckDigits), (triple, Doubt::ThreeInARow)];
        let found = doubts.into_iter().filter(|(found, _)| *found);
        found.map(|(_, doubt)| doubt).collect()
    }
}

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

/// The number that up to nine digits spell.
fn value(digits: &[u8]) -> u32 {
    let digits = digits.iter().map(|&digit| arithmetic::value(digit));
    digits.fold(0, |sum, digit| sum * 10 + digit)
}

/// The digits of a СНИЛС as people type it, `112-233-445 95`: without hyphens and blanks,
/// look-alike letters made digits.
pub fn normalise(text: &str) -> String {
    typed::digits(text)
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
