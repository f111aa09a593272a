//! Postal codes of Russia: six digits, without a check digit.

use super::arithmetic::digits;
use super::macros::{identifier_text, identifier_type};
use super::{Identifier, typed};
use crate::Invalid;

identifier_type! {
    /// A postal code, stored as its six digits.
    PostalCode
}

impl Identifier for PostalCode {
    const NAME: &'static str = "postal_code";
    const TITLE: (&'static str, &'static str) = ("postal code", "почтовый индекс");

    identifier_text!();

    /// # Errors
    /// [`Invalid::Empty`], [`Invalid::Length`], [`Invalid::NotDigits`].
    fn check(text: &str) -> Result<(), Invalid> {
        digits(text, &[6]).map(|_| ())
    }

    fn normalise(text: &str) -> String {
        typed::digits(text)
    }

    fn is_personal(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_digits() {
        assert_eq!(
            PostalCode::parse_typed("454 111").unwrap().as_str(),
            "454111"
        );
        assert_eq!(PostalCode::check("45411A"), Err(Invalid::NotDigits));
        let long = Invalid::Length {
            expected: &[6],
            found: 7,
        };
        assert_eq!(PostalCode::check("4541110"), Err(long));
    }
}
