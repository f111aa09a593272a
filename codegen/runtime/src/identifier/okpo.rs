//! ОКПО: 8 digits of a legal entity, 10 of an individual entrepreneur, the last one a check digit.
//!
//! Source: ПР 50.1.024-2005. The digits before the check digit have the weights 1, 2, 3 … 10, 1, 2 …;
//! the check digit is the sum modulo 11. Where that is 10, the sum is taken again with the weights
//! moved on by two (3, 4, 5 …), and 10 once more gives 0.
//!
//! Moving on by two leaves a question from the ninth digit on, where the weights have passed 10. The
//! rules read as a cycle give 1 (… 9, 10, 1, 2); implementations also count on (11, 12 …) or go on
//! with 2. Which of them a number was given out by cannot be told, so any of the three is accepted;
//! it concerns one in eleven of the numbers of 10 digits (and of ОКАТО codes of 12), never a shorter
//! one.
//!
//! # What the check digit catches
//!
//! Any single wrong digit and any swap of different neighbours, if the first sums of the right and
//! of the wrong number both leave less than 10. Where one of them leaves 10, its digit comes from
//! the second pass and may happen to be the other's.

use super::arithmetic::{digits, small, value, weighted};
use super::macros::{identifier_text, identifier_type};
use super::{Doubt, Identifier, typed};
use crate::Invalid;

identifier_type! {
    /// An ОКПО code, stored as its 8 or 10 digits.
    Okpo
}

/// Whose ОКПО code it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OkpoKind {
    /// A legal entity's: 8 digits.
    LegalEntity,
    /// An individual entrepreneur's: 10 digits.
    Entrepreneur,
}

impl Okpo {
    /// Whose it is.
    pub fn kind(&self) -> OkpoKind {
        match self.0.len() {
            8 => OkpoKind::LegalEntity,
            _ => OkpoKind::Entrepreneur,
        }
    }
}

impl Identifier for Okpo {
    const NAME: &'static str = "okpo";
    const TITLE: (&'static str, &'static str) = ("OKPO", "ОКПО");

    identifier_text!();

    fn check(text: &str) -> Result<(), Invalid> {
        check(text)
    }

    fn normalise(text: &str) -> String {
        normalise(text)
    }

    fn is_personal(&self) -> bool {
        self.kind() == OkpoKind::Entrepreneur
    }

    fn doubts(&self) -> Vec<Doubt> {
        several_readings(self.0.as_bytes()).into_iter().collect()
    }
}

/// The largest weight; after it the weights begin anew.
const LAST_WEIGHT: u32 = 10;
/// How far the weights of the second pass are moved on.
const SHIFT: u32 = 2;
/// How many digits have weights in the second pass that all agree on.
const ONE_READING: usize = (LAST_WEIGHT - SHIFT) as usize;
/// The weights with which the second pass may go on after [`LAST_WEIGHT`].
const CONTINUATIONS: [u32; 3] = [1, 11, 2];

/// Checks 8 or 10 digits. The reason tells the right check digit of a legal entity's number, not
/// that of a person's.
///
/// # Errors
/// [`Invalid::Empty`], [`Invalid::Length`], [`Invalid::NotDigits`], [`Invalid::CheckDigit`].
pub fn check(text: &str) -> Result<(), Invalid> {
    let digits = digits(text, &[8, 10])?;
    match control(digits) {
        Ok(()) => Ok(()),
        Err(expected) => Err(Invalid::CheckDigit {
            expected: expected.filter(|_| digits.len() == 8),
        }),
    }
}

/// Whether the last digit is the check digit of those before it; otherwise the right one, if there
/// is only one.
pub(super) fn control(digits: &[u8]) -> Result<(), Option<u8>> {
    let Some((last, number)) = digits.split_last() else {
        return Err(None);
    };
    let accept = |expected: u32, only: bool| match value(*last) == expected {
        true => Ok(()),
        false => Err(only.then_some(small(expected))),
    };
    let first = first_pass(number);
    if first < 10 {
        return accept(first, true);
    }
    let shifted = |next: u32| {
        let weights = (1 + SHIFT..=LAST_WEIGHT).chain(next..);
        weighted(number, weights) % 11 % 10
    };
    if number.len() <= ONE_READING {
        return accept(shifted(1), true);
    }
    CONTINUATIONS
        .iter()
        .map(|&next| accept(shifted(next), false))
        .find(Result::is_ok)
        .unwrap_or(Err(None))
}

/// The sum of the first pass modulo 11; 10 asks for the second.
fn first_pass(number: &[u8]) -> u32 {
    weighted(number, (1..=LAST_WEIGHT).cycle()) % 11
}

/// The doubt about a code with a check digit whose second pass can be read in several ways.
pub(super) fn several_readings(digits: &[u8]) -> Option<Doubt> {
    let (_, number) = digits.split_last()?;
    (number.len() > ONE_READING && first_pass(number) == 10).then_some(Doubt::SeveralReadings)
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
        for text in ["00032537", "00040778"] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
        assert_eq!(
            check("00032530"),
            Err(Invalid::CheckDigit { expected: Some(7) })
        );
    }

    #[test]
    fn the_second_pass_moves_the_weights() {
        // 1·1 + 6·7 = 43, modulo 11: 10; then 1·3 + 6·9 = 57, modulo 11: 2.
        assert_eq!(check("10000062"), Ok(()));
        assert_eq!(
            check("10000060"),
            Err(Invalid::CheckDigit { expected: Some(2) })
        );
        // 5·2 = 10; then 5·4 = 20, modulo 11: 9.
        assert_eq!(check("05000009"), Ok(()));
        // 1·1 + 9·1 = 10 in both passes is not reached by two digits; found by search.
        let twice = (0..10_000_000_u32)
            .map(|number| format!("{number:07}"))
            .find(|number| {
                weighted(number.as_bytes(), 1..) % 11 == 10
                    && weighted(number.as_bytes(), 3..) % 11 == 10
            })
            .unwrap();
        assert_eq!(check(&format!("{twice}0")), Ok(()));
        assert_eq!(
            check(&format!("{twice}1")),
            Err(Invalid::CheckDigit { expected: Some(0) })
        );
    }

    #[test]
    fn numbers_of_entrepreneurs() {
        // 1·1 + 2·2 + … + 9·9 = 285, modulo 11: 10; then 3·1 + 4·2 + … + 10·8 = 276, to which the
        // ninth digit adds 9·1, 9·11 or 9·2: 285, 375 and 294, modulo 11: 10, 1 and 8.
        for last in 0..10 {
            let text = format!("123456789{last}");
            let expected = if [0, 1, 8].contains(&last) {
                Ok(())
            } else {
                Err(Invalid::CheckDigit { expected: None })
            };
            assert_eq!(check(&text), expected, "{text}");
        }
        // 1·1: no second pass, one check digit.
        for last in 0..10 {
            assert_eq!(
                check(&format!("100000000{last}")).is_ok(),
                last == 1,
                "{last}"
            );
        }
    }
}
