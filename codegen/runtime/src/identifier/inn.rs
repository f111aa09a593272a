//! ИНН: 10 digits of a legal entity, 12 of a person or an individual entrepreneur.
//!
//! Source: the order of ФНС of Russia ММВ-7-6/435@ on the structure of ИНН.
//!
//! # What the check digits catch
//!
//! A check digit is a weighted sum modulo 11, of which 10 is written 0. So of 10 digits any single
//! wrong digit is caught, unless the sums of the right and of the wrong number leave 0 and 10. That
//! takes the check digit 0, and in each place one wrong digit at most.
//!
//! Of 12 digits any single wrong digit is caught without exception: no change of one digit leaves
//! 0 and 10 in both sums.
//!
//! A swap of two different neighbours is caught, unless a sum of the right or of the wrong number
//! leaves 10; of 12 digits fewer than one swap in a thousand passes.

use super::arithmetic::{digits, small, value, weighted};
use super::macros::{identifier_text, identifier_type};
use super::{Identifier, typed};
use crate::Invalid;

identifier_type! {
    /// An ИНН, stored as its 10 or 12 digits.
    Inn
}

/// Whose ИНН it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InnKind {
    /// A legal entity's: 10 digits.
    LegalEntity,
    /// A person's, which an individual entrepreneur has too: 12 digits.
    Person,
}

impl Inn {
    /// Whose it is.
    pub fn kind(&self) -> InnKind {
        match self.0.len() {
            10 => InnKind::LegalEntity,
            _ => InnKind::Person,
        }
    }

    /// The first two digits: the region of the tax office that gave it out.
    pub fn region(&self) -> &str {
        self.0.get(..2).unwrap_or_default()
    }
}

impl Identifier for Inn {
    const NAME: &'static str = "inn";
    const TITLE: (&'static str, &'static str) = ("INN", "ИНН");

    identifier_text!();

    fn check(text: &str) -> Result<(), Invalid> {
        check(text)
    }

    fn normalise(text: &str) -> String {
        normalise(text)
    }

    fn is_personal(&self) -> bool {
        self.kind() == InnKind::Person
    }
}

/// Weights for the check digit of a legal entity.
const LEGAL_ENTITY: [u32; 9] = [2, 4, 10, 3, 5, 9, 4, 6, 8];
/// Weights for the first check digit of a person.
const PERSON_FIRST: [u32; 10] = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
/// Weights for the second check digit of a person, which covers the first.
const PERSON_SECOND: [u32; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

/// Checks 10 or 12 digits. The reason tells the right check digit of a legal entity's number, not
/// that of a person's.
///
/// # Errors
/// [`Invalid::Empty`], [`Invalid::Length`], [`Invalid::NotDigits`], [`Invalid::InnRegion`] (also
/// for zeros throughout), [`Invalid::CheckDigit`].
pub fn check(text: &str) -> Result<(), Invalid> {
    let digits = digits(text, &[10, 12])?;
    if digits.starts_with(b"00") {
        return Err(Invalid::InnRegion);
    }
    match *digits {
        [ref number @ .., last] if digits.len() == 10 => {
            let expected = control(number, &LEGAL_ENTITY);
            if value(last) == expected {
                Ok(())
            } else {
                Err(Invalid::CheckDigit {
                    expected: Some(small(expected)),
                })
            }
        }
        [ref number @ .., first, second]
            if value(first) == control(number, &PERSON_FIRST)
                && value(second) == control(digits, &PERSON_SECOND) =>
        {
            Ok(())
        }
        _ => Err(Invalid::CheckDigit { expected: None }),
    }
}

fn control(digits: &[u8], weights: &[u32]) -> u32 {
    weighted(digits, weights.iter().copied()) % 11 % 10
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
        for text in ["7707083893", "7404024641"] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
        assert_eq!(
            check("7707083890"),
            Err(Invalid::CheckDigit { expected: Some(3) })
        );
        for text in ["7455007076", "7440006906"] {
            assert!(
                matches!(check(text), Err(Invalid::CheckDigit { expected: Some(_) })),
                "{text}"
            );
        }
    }

    #[test]
    fn numbers_of_persons() {
        assert_eq!(check("770000000156"), Ok(()));
        // Either check digit wrong, and the right ones are not told.
        for text in ["770000000157", "770000000146", "770000000166"] {
            assert_eq!(
                check(text),
                Err(Invalid::CheckDigit { expected: None }),
                "{text}"
            );
        }
    }

    #[test]
    fn the_region_must_exist() {
        for text in ["0000000000", "000000000000", "0007083893"] {
            assert_eq!(check(text), Err(Invalid::InnRegion), "{text}");
        }
    }

    #[test]
    fn other_lengths_are_refused() {
        for found in [1, 9, 11, 13, 40] {
            let expected = Err(Invalid::Length {
                expected: &[10, 12],
                found,
            });
            assert_eq!(check(&"7".repeat(found)), expected);
        }
        assert_eq!(normalise(" 7707083893 "), "7707083893");
    }
}
