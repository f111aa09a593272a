//! Numbers of certificates of extra education: ten digits, made by the system that gives them out.
//!
//! Source: slides of ГБУ ДПО «ЧИРО» on ГИС «Образование», 2023. No check digit is known.

use super::arithmetic::digits;
use super::macros::{identifier_text, identifier_type};
use super::{Identifier, typed};
use crate::Invalid;

identifier_type! {
    /// The number of a child's certificate of extra education, stored as its ten digits.
    ExtraCertificateNumber
}

impl Identifier for ExtraCertificateNumber {
    const NAME: &'static str = "extra_certificate_number";
    const TITLE: (&'static str, &'static str) = (
        "number of a certificate of extra education",
        "номер сертификата дополнительного образования",
    );

    identifier_text!();

    /// # Errors
    /// [`Invalid::Empty`], [`Invalid::Length`], [`Invalid::NotDigits`].
    fn check(text: &str) -> Result<(), Invalid> {
        digits(text, &[10]).map(|_| ())
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
    fn ten_digits() {
        let number = ExtraCertificateNumber::parse_typed("№ 2117122351").unwrap();
        assert_eq!(number.as_str(), "2117122351");
        assert_eq!(number.mask(), "******2351");
        assert_eq!(
            ExtraCertificateNumber::check("21171223S1"),
            Err(Invalid::NotDigits)
        );
        assert!(ExtraCertificateNumber::check("211712235").is_err());
    }
}
