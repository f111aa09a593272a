//! КПП: why an organisation is registered with a tax office.
//!
//! Nine characters: four digits of the tax office, two digits or Latin capitals of the reason, three
//! digits of a serial number. There is no check digit, one organisation may have several КПП, and
//! several organisations may share one. The capitals are what the order of ФНС allows; practice has
//! digits.

use super::macros::{identifier_text, identifier_type};
use super::{Identifier, typed};
use crate::Invalid;

identifier_type! {
    /// A КПП, stored as its nine characters.
    Kpp
}

/// Places of the reason, in characters.
const REASON: std::ops::Range<usize> = 4..6;

impl Kpp {
    /// The tax office, four digits.
    pub fn tax_office(&self) -> &str {
        self.0.get(..REASON.start).unwrap_or_default()
    }

    /// The reason of the registration, two digits or capitals: `01` of the organisation's own seat.
    pub fn reason(&self) -> &str {
        self.0.get(REASON).unwrap_or_default()
    }
}

impl Identifier for Kpp {
    const NAME: &'static str = "kpp";
    const TITLE: (&'static str, &'static str) = ("KPP", "КПП");

    identifier_text!();

    /// # Errors
    /// [`Invalid::Empty`], [`Invalid::Length`], [`Invalid::KppForm`].
    fn check(text: &str) -> Result<(), Invalid> {
        if text.is_empty() {
            return Err(Invalid::Empty);
        }
        let found = text.chars().count();
        if found != 9 {
            return Err(Invalid::Length {
                expected: &[9],
                found,
            });
        }
        let fits = |(place, c): (usize, char)| {
            c.is_ascii_digit() || (REASON.contains(&place) && c.is_ascii_uppercase())
        };
        match text.chars().enumerate().all(fits) {
            true => Ok(()),
            false => Err(Invalid::KppForm),
        }
    }

    /// Without blanks and hyphens; in the reason capitals, Latin where Cyrillic ones look the same,
    /// elsewhere digits.
    fn normalise(text: &str) -> String {
        let kept = text
            .chars()
            .filter(|&c| !typed::is_blank(c) && !typed::is_hyphen(c));
        let mend = |(place, c)| match REASON.contains(&place) {
            true => typed::latin(typed::capital(c)),
            false => typed::digit(c),
        };
        kept.enumerate().map(mend).collect()
    }

    fn is_personal(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_and_capitals_of_the_reason() {
        let kpp = Kpp::parse("773601001").unwrap();
        assert_eq!((kpp.tax_office(), kpp.reason()), ("7736", "01"));
        assert_eq!(Kpp::parse("7736AZ001").unwrap().reason(), "AZ");
        for text in [
            "77360100A",
            "7736az001",
            "7736АВ001",
            "A73601001",
            "77360 001",
        ] {
            assert_eq!(Kpp::check(text), Err(Invalid::KppForm), "{text}");
        }
        let short = Invalid::Length {
            expected: &[9],
            found: 8,
        };
        assert_eq!(Kpp::check("77360100"), Err(short));
        assert_eq!(Kpp::check(""), Err(Invalid::Empty));
    }

    #[test]
    fn typed_letters_are_mended() {
        for (typed, stored) in [
            ("7736 01 001", "773601001"),
            ("7736-ав-ОО1", "7736AB001"),
            ("77З6AZ0O1", "7736AZ001"),
        ] {
            assert_eq!(Kpp::normalise(typed), stored);
        }
    }
}
