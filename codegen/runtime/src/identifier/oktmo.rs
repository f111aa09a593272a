//! ОКТМО (ОК 033-2013): codes of municipalities, of 2, 5, 8 or 11 digits, without a check digit.

use super::arithmetic::digits;
use super::macros::{identifier_text, identifier_type};
use super::{Identifier, typed};
use crate::Invalid;

identifier_type! {
    /// An ОКТМО code, stored as its digits.
    Oktmo
}

/// What an ОКТМО code names: the deeper, the longer it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OktmoLevel {
    /// A subject of the Russian Federation: 2 digits.
    Subject,
    /// A municipal district, a town district or a group of such: 5 digits.
    District,
    /// A municipality: 8 digits.
    Municipality,
    /// A settlement of a municipality: 11 digits.
    Settlement,
}

impl Oktmo {
    /// What the code names, by its length; zeros at its end are not looked at.
    pub fn level(&self) -> OktmoLevel {
        match self.0.len() {
            ..=2 => OktmoLevel::Subject,
            3..=5 => OktmoLevel::District,
            6..=8 => OktmoLevel::Municipality,
            _ => OktmoLevel::Settlement,
        }
    }

    /// The first two digits: the subject of the Russian Federation, the same as in
    /// [ОКАТО](super::Okato::subject).
    pub fn subject(&self) -> &str {
        self.0.get(..2).unwrap_or_default()
    }
}

impl Identifier for Oktmo {
    const NAME: &'static str = "oktmo";
    const TITLE: (&'static str, &'static str) = ("OKTMO", "ОКТМО");

    identifier_text!();

    /// # Errors
    /// [`Invalid::Empty`], [`Invalid::Length`], [`Invalid::NotDigits`].
    fn check(text: &str) -> Result<(), Invalid> {
        digits(text, &[2, 5, 8, 11]).map(|_| ())
    }

    fn normalise(text: &str) -> String {
        typed::digits(text)
    }

    /// In groups, as the classifier prints it: `45 382 000`.
    fn human(&self) -> String {
        typed::grouped(&self.0, &[2, 3, 3, 3])
    }

    fn is_personal(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identifier::Okato;

    #[test]
    fn the_length_says_the_level() {
        for (text, level, human) in [
            ("75", OktmoLevel::Subject, "75"),
            ("75701", OktmoLevel::District, "75 701"),
            ("75701000", OktmoLevel::Municipality, "75 701 000"),
            ("75701000001", OktmoLevel::Settlement, "75 701 000 001"),
        ] {
            let code = Oktmo::parse(text).unwrap();
            assert_eq!((code.level(), code.subject()), (level, "75"));
            assert_eq!(code.human(), human);
        }
        for text in ["7", "757", "7570100", "757010000012"] {
            assert!(
                matches!(Oktmo::check(text), Err(Invalid::Length { .. })),
                "{text}"
            );
        }
        assert_eq!(Oktmo::check("7570100O"), Err(Invalid::NotDigits));
    }

    #[test]
    fn the_subject_is_that_of_okato() {
        let oktmo = Oktmo::parse("75701000").unwrap();
        assert!(Okato::parse("75401000000").unwrap().same_subject(&oktmo));
        assert!(!Okato::parse("45286580").unwrap().same_subject(&oktmo));
    }
}
