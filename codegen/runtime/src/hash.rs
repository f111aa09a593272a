//! ГОСТ Р 34.11-2012 («Стрибог», RFC 6986), 512 bits: how identifiers of persons leave a system.
//!
//! A hash is 64 bytes, written as 128 lower-case hexadecimal digits in the order in which the
//! algorithm puts the bytes out: the first byte is the first two digits. The standard prints its
//! examples as one long number, so the last byte first, and so do some tools; their texts are this
//! one with its pairs of digits in reverse.
//!
//! Two systems meet in a hash only if they hash the same text, byte for byte, and no published rule
//! says how an identifier is spelt before: whether a СНИЛС has its hyphens. So an identifier is
//! normalised first, and the [`Spelling`] is for the caller to say.
//!
//! ```
//! use vitrina::hash::{self, Spelling};
//! use vitrina::identifier::{Identifier, Snils};
//!
//! let stored = hash::of_typed::<Snils>("112-233-445 95", Spelling::Stored)?;
//! assert_eq!(stored, hash::streebog512_hex("11223344595"));
//! let human = hash::of(&Snils::parse("11223344595")?, Spelling::Human);
//! assert_eq!(human, hash::streebog512_hex("112-233-445 95"));
//! # Ok::<(), vitrina::Invalid>(())
//! ```

use streebog::{Digest, Streebog512};

use crate::Invalid;
use crate::identifier::Identifier;

/// The spelling of an identifier that is hashed, in UTF-8.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Spelling {
    /// As it is stored: `11223344595`, `4510 123456`, `IV-МЮ 123456`. Columns of a model that are
    /// hashes of a type are made of this one.
    #[default]
    Stored,
    /// As it is printed for people: `112-233-445 95`, `45 10 123456`, `IV-МЮ № 123456`.
    Human,
    /// Its letters and digits alone: `11223344595`, `4510123456`, `IVМЮ123456`.
    Solid,
}

impl Spelling {
    /// The identifier in this spelling: its secret in the clear.
    pub fn spell<I: Identifier>(self, identifier: &I) -> String {
        match self {
            Spelling::Stored => identifier.as_str().to_owned(),
            Spelling::Human => identifier.human(),
            Spelling::Solid => {
                let text = identifier.as_str().chars();
                text.filter(|c| c.is_alphanumeric()).collect()
            }
        }
    }
}

/// The hash of an identifier in a spelling.
pub fn of<I: Identifier>(identifier: &I, spelling: Spelling) -> String {
    hex(&streebog512(spelling.spell(identifier).as_bytes()))
}

/// The hash of an identifier as people type it, normalised, checked and spelt as asked for. The
/// text is kept nowhere.
///
/// # Errors
/// Why the text is no such identifier; never holds the text.
pub fn of_typed<I: Identifier>(text: &str, spelling: Spelling) -> Result<String, Invalid> {
    I::parse_typed(text).map(|identifier| of(&identifier, spelling))
}

/// The hash of a text without the white space around it, in UTF-8: 128 lower-case hexadecimal
/// digits. Nothing else is normalised.
pub fn streebog512_hex(text: &str) -> String {
    hex(&streebog512(text.trim().as_bytes()))
}

/// The hash of a message, 64 bytes in the order in which the algorithm puts them out.
pub fn streebog512(message: &[u8]) -> [u8; 64] {
    Streebog512::digest(message).into()
}

fn hex(hash: &[u8; 64]) -> String {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    let mut text = String::with_capacity(128);
    for byte in hash {
        text.push(DIGITS[usize::from(byte >> 4)]);
        text.push(DIGITS[usize::from(byte & 15)]);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identifier::{BirthCertificate, Passport, Snils};

    /// The bytes of a number printed as in the standard: the last byte first.
    fn as_printed(hex: &str) -> Vec<u8> {
        let digits: Vec<u8> = hex
            .chars()
            .map(|c| u8::try_from(c.to_digit(16).unwrap()).unwrap())
            .collect();
        digits
            .chunks(2)
            .rev()
            .map(|pair| pair[0] << 4 | pair[1])
            .collect()
    }

    fn printed(hex: &str) -> String {
        as_printed(hex)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// RFC 6986, 10.1.1: message M1, 63 bytes, the digits `0123…` in ASCII, and its 512-bit hash.
    #[test]
    fn first_example_of_the_standard() {
        let m1 = as_printed(
            "323130393837363534333231303938373635343332313039383736353433323130\
             393837363534333231303938373635343332313039383736353433323130",
        );
        let h = printed(
            "486f64c1917879417fef082b3381a4e211c324f074654c38823a7b76f830ad00\
             fa1fbae42b1285c0352f227524bc9ab16254288dd6863dccd5b9f54a1ad0541b",
        );
        assert_eq!(hex(&streebog512(&m1)), h);
        let text = "012345678901234567890123456789012345678901234567890123456789012";
        assert_eq!(streebog512_hex(text), h);
        assert!(h.starts_with("1b54d01a4af5b9d5"));
    }

    /// RFC 6986, 10.2.1: message M2 (Russian in Windows-1251) and its 512-bit hash.
    #[test]
    fn second_example_of_the_standard() {
        let m2 = as_printed(
            "fbe2e5f0eee3c820fbeafaebef20fffbf0e1e0f0f520e0ed20e8ece0ebe5f0f2\
             f120fff0eeec20f120faf2fee5e2202ce8f6f3ede220e8e6eee1e8f0f2d1202c\
             e8f0f2e5e220e5d1",
        );
        let h = printed(
            "28fbc9bada033b1460642bdcddb90c3fb3e56c497ccd0f62b8a2ad4935e85f03\
             7613966de4ee00531ae60f3b5a47f8dae06915d5f2f194996fcabf2622e6881e",
        );
        assert_eq!(hex(&streebog512(&m2)), h);
        assert!(h.starts_with("1e88e62226bfca6f"));
    }

    #[test]
    fn identifiers_are_normalised_and_spelt() {
        let passport = Passport::parse("4510 123456").unwrap();
        for (spelling, text) in [
            (Spelling::Stored, "4510 123456"),
            (Spelling::Human, "45 10 123456"),
            (Spelling::Solid, "4510123456"),
        ] {
            assert_eq!(spelling.spell(&passport), text);
            let hash = streebog512_hex(text);
            assert_eq!(of(&passport, spelling), hash);
            assert_eq!(of_typed::<Passport>("45-10 № 123456", spelling), Ok(hash));
        }
        let certificate = BirthCertificate::parse("IV-МЮ 123456").unwrap();
        assert_eq!(Spelling::Solid.spell(&certificate), "IVМЮ123456");
        let wrong = of_typed::<Snils>("112-233-445 94", Spelling::Stored);
        assert_eq!(wrong, Err(Invalid::CheckDigit { expected: None }));
    }

    #[test]
    fn outer_blanks_do_not_count() {
        assert_eq!(
            streebog512_hex("  11223344595\n"),
            streebog512_hex("11223344595")
        );
        assert_ne!(
            streebog512_hex("112 23344595"),
            streebog512_hex("11223344595")
        );
        assert_eq!(streebog512_hex("").len(), 128);
    }
}
