//! ЕСИА oid: the number of an account in the federal system of identification.
//!
//! A positive whole number, stored as text; accounts of today have ten digits. There is no check
//! digit. Source: practice of ЕСИА; its recommendations were not at hand.

use super::arithmetic::digits_up_to;
use super::macros::{identifier_text, identifier_type};
use super::{Identifier, typed};
use crate::Invalid;

/// The largest number of digits: numbers of a signed 64-bit type have no more.
const MAX: usize = 19;

identifier_type! {
    /// The oid of an account of ЕСИА, stored as its digits without leading zeros.
    EsiaOid
}

impl EsiaOid {
    /// The number.
    pub fn number(&self) -> u64 {
        // Nineteen digits fit.
        self.0.parse().unwrap_or_default()
    }
}

impl Identifier for EsiaOid {
    const NAME: &'static str = "esia_oid";
    const TITLE: (&'static str, &'static str) =
        ("ESIA account", "идентификатор учётной записи ЕСИА");

    identifier_text!();

    /// # Errors
    /// [`Invalid::Empty`], [`Invalid::NotDigits`], [`Invalid::TooLong`], [`Invalid::LeadingZero`].
    fn check(text: &str) -> Result<(), Invalid> {
        match digits_up_to(text, MAX)?.first() {
            Some(b'0') => Err(Invalid::LeadingZero),
            _ => Ok(()),
        }
    }

    fn normalise(text: &str) -> String {
        typed::digits(text)
    }

    fn is_personal(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_positive_numbers() {
        assert_eq!(
            EsiaOid::parse_typed(" 1000 123456").unwrap().number(),
            1_000_123_456
        );
        let largest = EsiaOid::parse("9999999999999999999").unwrap();
        assert_eq!(largest.number(), 9_999_999_999_999_999_999);
        assert_eq!(EsiaOid::check("1").map(|()| 1), Ok(1));
        for text in ["0", "01", "0000000001"] {
            assert_eq!(EsiaOid::check(text), Err(Invalid::LeadingZero), "{text}");
        }
        assert_eq!(EsiaOid::check("-1"), Err(Invalid::NotDigits));
        assert_eq!(
            EsiaOid::check("10000000000000000000"),
            Err(Invalid::TooLong { max: 19, found: 20 })
        );
    }
}
