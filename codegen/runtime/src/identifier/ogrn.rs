//! ОГРН of legal entities (13 digits) and ОГРНИП of individual entrepreneurs (15 digits).
//!
//! The check digit is the last digit of the remainder of the number before it, modulo 11 or 13.
//! So 10 gives 0, and modulo 13 also 11 gives 1 and 12 gives 2.
//!
//! # What the check digit catches
//!
//! Any single wrong digit, unless the right and the wrong number leave remainders that end in the
//! same digit: 0 and 10 modulo 11; 0 and 10, 1 and 11 or 2 and 12 modulo 13. Modulo 11 that takes
//! an error by one and the check digit 0; modulo 13 the check digit is 0, 1 or 2.
//!
//! Any swap of different neighbours, unless a remainder of the right or of the wrong number has two
//! digits; of 13 digits that also takes neighbours that differ by 5 or 6. A swap over one digit is
//! not caught in 13 digits, for every other place weighs the same.

use super::arithmetic::{digits, small, value};
use super::macros::{identifier_text, identifier_type};
use super::{Identifier, typed};
use crate::Invalid;

identifier_type! {
    /// An ОГРН or ОГРНИП, stored as its 13 or 15 digits.
    Ogrn
}

/// Which register gave the number out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OgrnKind {
    /// ОГРН of a legal entity: 13 digits (ЕГРЮЛ).
    LegalEntity,
    /// ОГРНИП of an individual entrepreneur: 15 digits (ЕГРИП).
    Entrepreneur,
}

impl Ogrn {
    /// Which register gave it out.
    pub fn kind(&self) -> OgrnKind {
        match self.0.len() {
            13 => OgrnKind::LegalEntity,
            _ => OgrnKind::Entrepreneur,
        }
    }
}

impl Identifier for Ogrn {
    const NAME: &'static str = "ogrn";
    const TITLE: (&'static str, &'static str) = ("OGRN", "ОГРН");

    identifier_text!();

    fn check(text: &str) -> Result<(), Invalid> {
        check(text)
    }

    fn normalise(text: &str) -> String {
        normalise(text)
    }

    fn is_personal(&self) -> bool {
        self.kind() == OgrnKind::Entrepreneur
    }
}

/// Checks 13 or 15 digits, the first of which says the register: 1 or 5, and 3 of entrepreneurs.
/// The reason tells the right check digit of a legal entity's number, not that of a person's.
///
/// # Errors
/// [`Invalid::Empty`], [`Invalid::Length`], [`Invalid::NotDigits`], [`Invalid::OgrnFirstDigit`],
/// [`Invalid::CheckDigit`].
pub fn check(text: &str) -> Result<(), Invalid> {
    let digits = digits(text, &[13, 15])?;
    let legal_entity = digits.len() == 13;
    let (modulus, first): (u64, _) = if legal_entity {
        (11, "1 or 5")
    } else {
        (13, "3")
    };
    match (legal_entity, digits.first()) {
        (true, Some(b'1' | b'5')) | (false, Some(b'3')) => {}
        _ => return Err(Invalid::OgrnFirstDigit { expected: first }),
    }
    let Some((last, number)) = digits.split_last() else {
        return Err(Invalid::Empty);
    };
    let number = number
        .iter()
        .fold(0, |sum, &digit| sum * 10 + u64::from(value(digit)));
    let expected = small((number % modulus) as u32);
    if value(*last) == u32::from(expected) {
        Ok(())
    } else {
        Err(Invalid::CheckDigit {
            expected: legal_entity.then_some(expected),
        })
    }
}

/// The digits of a text as people type it: without blanks and hyphens, look-alike letters made
/// digits.
pub fn normalise(text: &str) -> String {
    typed::digits(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_legal_entities() {
        assert_eq!(check("1027700132195"), Ok(()));
        // Remainder 10: the check digit is 0.
        assert_eq!(check("1027700132240"), Ok(()));
        assert_eq!(
            check("1027700132241"),
            Err(Invalid::CheckDigit { expected: Some(0) })
        );
        assert_eq!(
            check("1027700132190"),
            Err(Invalid::CheckDigit { expected: Some(5) })
        );
    }

    #[test]
    fn numbers_of_entrepreneurs() {
        assert_eq!(check("322770000000013"), Ok(()));
        // Remainder 10: the check digit is 0.
        assert_eq!(check("322770000000080"), Ok(()));
        assert_eq!(
            check("322770000000014"),
            Err(Invalid::CheckDigit { expected: None })
        );
    }

    /// Remainders 11 and 12 modulo 13 give 1 and 2.
    #[test]
    fn two_digit_remainders_keep_their_last_digit() {
        for (remainder, digit) in [(11, 1), (12, 2)] {
            let number = (32_277_000_000_000_u64..)
                .find(|n| n % 13 == remainder)
                .unwrap();
            assert_eq!(check(&format!("{number}{digit}")), Ok(()));
        }
    }

    #[test]
    fn the_first_digit_says_the_register() {
        let wrong = Err(Invalid::OgrnFirstDigit { expected: "1 or 5" });
        for text in ["0000000000000", "2027700132195", "3027700132195"] {
            assert_eq!(check(text), wrong, "{text}");
        }
        assert_eq!(
            check("122770000000013"),
            Err(Invalid::OgrnFirstDigit { expected: "3" })
        );
    }
}
