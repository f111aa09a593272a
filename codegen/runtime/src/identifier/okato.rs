//! ОКАТО: codes of 2, 5, 8 or 11 digits, each of which may have a check digit behind it.
//!
//! The check digit is reckoned as that of ОКПО ([`super::okpo`]), by ПР 50.1.024-2005.
//! It catches what the one of ОКПО catches. Beware of the inverted check that some programs have: it
//! refuses the right codes.

use super::arithmetic::digits;
use super::macros::{identifier_text, identifier_type};
use super::{Doubt, Identifier, Oktmo, okpo, typed};
use crate::Invalid;

identifier_type! {
    /// An ОКАТО code, stored as its digits, with or without a check digit.
    Okato
}

/// What an ОКАТО code names: the deeper, the longer it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OkatoLevel {
    /// A subject of the Russian Federation: 2 digits.
    Subject,
    /// A district or a town of a subject: 5 digits.
    District,
    /// A rural council, an urban settlement, a district of a town: 8 digits.
    Community,
    /// A rural settlement: 11 digits.
    Settlement,
}

impl Okato {
    /// What the code names, by its length; zeros at its end are not looked at.
    pub fn level(&self) -> OkatoLevel {
        match self.0.len() {
            ..=3 => OkatoLevel::Subject,
            4..=6 => OkatoLevel::District,
            7..=9 => OkatoLevel::Community,
            _ => OkatoLevel::Settlement,
        }
    }

    /// Whether the last digit is a check digit.
    pub fn has_check_digit(&self) -> bool {
        self.0.len().is_multiple_of(3)
    }

    /// The code without its check digit.
    pub fn code(&self) -> &str {
        let digits = self.0.len() - usize::from(self.has_check_digit());
        self.0.get(..digits).unwrap_or_default()
    }

    /// The first two digits: the subject of the Russian Federation.
    pub fn subject(&self) -> &str {
        self.0.get(..2).unwrap_or_default()
    }

    /// Whether an ОКТМО code lies in the same subject: the first two digits of both mean the same.
    pub fn same_subject(&self, oktmo: &Oktmo) -> bool {
        self.subject() == oktmo.subject()
    }
}

impl Identifier for Okato {
    const NAME: &'static str = "okato";
    const TITLE: (&'static str, &'static str) = ("OKATO", "ОКАТО");

    identifier_text!();

    fn check(text: &str) -> Result<(), Invalid> {
        check(text)
    }

    fn normalise(text: &str) -> String {
        normalise(text)
    }

    /// In groups, as the classifier prints it: `45 286 580 000`, a check digit behind.
    fn human(&self) -> String {
        let mut human = typed::grouped(self.code(), &[2, 3, 3, 3]);
        if let Some(check) = self.0.strip_prefix(self.code()).filter(|c| !c.is_empty()) {
            human.push(' ');
            human.push_str(check);
        }
        human
    }

    fn is_personal(&self) -> bool {
        false
    }

    fn doubts(&self) -> Vec<Doubt> {
        let checked = self.has_check_digit().then_some(self.0.as_bytes());
        checked
            .and_then(okpo::several_readings)
            .into_iter()
            .collect()
    }
}

/// Lengths of codes without and with their check digit.
const LENGTHS: [usize; 8] = [2, 3, 5, 6, 8, 9, 11, 12];

/// Checks a code; lengths 3, 6, 9 and 12 end in a check digit.
///
/// # Errors
/// [`Invalid::Empty`], [`Invalid::Length`], [`Invalid::NotDigits`], [`Invalid::CheckDigit`].
pub fn check(text: &str) -> Result<(), Invalid> {
    let digits = digits(text, &LENGTHS)?;
    if digits.len() % 3 == 0 {
        okpo::control(digits).map_err(|expected| Invalid::CheckDigit { expected })
    } else {
        Ok(())
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
    fn codes_without_a_check_digit() {
        for text in ["45", "75401", "45286580", "45286580000"] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn codes_with_a_check_digit() {
        // 4·1 + 5·2 = 14, modulo 11: 3.
        assert_eq!(check("453"), Ok(()));
        assert_eq!(check("454"), Err(Invalid::CheckDigit { expected: Some(3) }));
        // 7·1 + 5·2 + 4·3 + 0·4 + 1·5 = 34, modulo 11: 1.
        assert_eq!(check("754011"), Ok(()));
        assert_eq!(
            check("754010"),
            Err(Invalid::CheckDigit { expected: Some(1) })
        );
        // 4 + 10 + 6 + 32 + 30 + 30 + 56 + 0 = 168, modulo 11: 3; three zeros add nothing.
        assert_eq!(check("452865803"), Ok(()));
        assert_eq!(check("452865800003"), Ok(()));
        assert_eq!(
            check("452865800002"),
            Err(Invalid::CheckDigit { expected: Some(3) })
        );
        // The eleventh digit has the weight 1 again: 168 + 7 = 175, modulo 11: 10; then
        // 4·3 + 5·4 + 2·5 + 8·6 + 6·7 + 5·8 + 8·9 + 0·10 = 244, to which 7·3, 7·13 or 7·4 is added:
        // 265, 335 and 272, modulo 11: 1, 5 and 8.
        for last in 0..10 {
            let valid = check(&format!("45286580007{last}")).is_ok();
            assert_eq!(valid, [1, 5, 8].contains(&last), "{last}");
        }
    }

    #[test]
    fn other_lengths_are_refused() {
        for found in [1, 4, 7, 10, 13] {
            assert_eq!(
                check(&"1".repeat(found)),
                Err(Invalid::Length {
                    expected: &LENGTHS,
                    found
                })
            );
        }
    }
}
