//! Identifiers with check digits: one module each, all over the text as the showcase stores it.
//!
//! A check says that a number is well formed, not that anybody bears it.
//!
//! ```
//! use vitrina::identifier::{inn, snils};
//! use vitrina::{Invalid, Lang};
//!
//! assert_eq!(inn::check("7707083893"), Ok(()));
//! let reason = inn::check("7707083890").unwrap_err();
//! assert_eq!(reason, Invalid::CheckDigit { expected: Some(3) });
//! assert_eq!(reason.message(Lang::Ru), "контрольная цифра неверна, ожидалась 3");
//! assert_eq!(snils::check(&snils::normalise("112-233-445 95")), Ok(()));
//! ```

pub mod academic_year;
pub mod inn;
pub mod ogrn;
pub mod okato;
pub mod okpo;
pub mod snils;

use crate::Invalid;

/// A rule of form that no pattern can say: the closed list of the model language, each with its one
/// implementation here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// СНИЛС: 11 digits, two of them check digits.
    Snils,
    /// ИНН: 10 digits with one check digit or 12 with two.
    Inn,
    /// ОГРН of 13 digits, ОГРНИП of 15; one check digit.
    Ogrn,
    /// ОКПО: 8 or 10 digits, one check digit.
    Okpo,
    /// ОКАТО: lengths 3, 6, 9 and 12 end in a check digit; 2, 5, 8 and 11 have none.
    Okato,
    /// Academic year `YYYY/YYYY`.
    AcademicYear,
}

impl Algorithm {
    /// Every algorithm with its word in the model language.
    pub const ALL: [(&'static str, Algorithm); 6] = [
        ("snils", Algorithm::Snils),
        ("inn", Algorithm::Inn),
        ("ogrn", Algorithm::Ogrn),
        ("okpo", Algorithm::Okpo),
        ("okato", Algorithm::Okato),
        ("academic_year", Algorithm::AcademicYear),
    ];

    /// The algorithm of a word of the model language.
    pub fn from_name(name: &str) -> Option<Algorithm> {
        Self::ALL
            .iter()
            .find(|(word, _)| *word == name)
            .map(|&(_, algorithm)| algorithm)
    }

    /// The word in the model language.
    pub const fn name(self) -> &'static str {
        match self {
            Algorithm::Snils => "snils",
            Algorithm::Inn => "inn",
            Algorithm::Ogrn => "ogrn",
            Algorithm::Okpo => "okpo",
            Algorithm::Okato => "okato",
            Algorithm::AcademicYear => "academic_year",
        }
    }

    /// Checks the text as it is stored.
    ///
    /// # Errors
    /// Why it is no such identifier.
    pub fn check(self, text: &str) -> Result<(), Invalid> {
        match self {
            Algorithm::Snils => snils::check(text),
            Algorithm::Inn => inn::check(text),
            Algorithm::Ogrn => ogrn::check(text),
            Algorithm::Okpo => okpo::check(text),
            Algorithm::Okato => okato::check(text),
            Algorithm::AcademicYear => academic_year::check(text),
        }
    }

    /// The text as it is to be stored, of a text as people type it; it may still be invalid.
    pub fn normalise(self, text: &str) -> String {
        match self {
            Algorithm::Snils => snils::normalise(text),
            Algorithm::Inn => inn::normalise(text),
            Algorithm::Ogrn => ogrn::normalise(text),
            Algorithm::Okpo => okpo::normalise(text),
            Algorithm::Okato => okato::normalise(text),
            Algorithm::AcademicYear => academic_year::normalise(text),
        }
    }
}

/// The bytes of a text that consists of decimal digits, as many as one of `lengths`.
fn digits<'a>(text: &'a str, lengths: &'static [usize]) -> Result<&'a [u8], Invalid> {
    if text.is_empty() {
        return Err(Invalid::Empty);
    }
    let bytes = text.as_bytes();
    if !bytes.iter().all(u8::is_ascii_digit) {
        // A text of the right length is told about the character, any other one about its length.
        let found = text.chars().count();
        return Err(match lengths.contains(&found) {
            true => Invalid::NotDigits,
            false => Invalid::Length {
                expected: lengths,
                found,
            },
        });
    }
    match lengths.contains(&bytes.len()) {
        true => Ok(bytes),
        false => Err(Invalid::Length {
            expected: lengths,
            found: bytes.len(),
        }),
    }
}

/// The sum of digits, each times its weight; digits without a weight do not count.
fn weighted(digits: &[u8], weights: impl IntoIterator<Item = u32>) -> u32 {
    digits
        .iter()
        .zip(weights)
        .map(|(digit, weight)| value(*digit) * weight)
        .sum()
}

/// The value of an ASCII digit.
fn value(digit: u8) -> u32 {
    u32::from(digit.wrapping_sub(b'0'))
}

/// A digit of a value below 10, for messages.
fn small(value: u32) -> u8 {
    (value % 10) as u8
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_come_back() {
        for (name, algorithm) in Algorithm::ALL {
            assert_eq!(algorithm.name(), name);
            assert_eq!(Algorithm::from_name(name), Some(algorithm));
        }
        assert_eq!(Algorithm::from_name("kpp"), None);
    }

    #[test]
    fn texts_that_are_no_digits_are_refused_by_all() {
        for (name, algorithm) in Algorithm::ALL {
            assert_eq!(algorithm.check(""), Err(Invalid::Empty), "{name}");
            for text in [
                " ",
                "1",
                "十二",
                "7707083893\n",
                "７７０７０８３８９３",
                "770708389З",
            ] {
                assert!(algorithm.check(text).is_err(), "{name} {text:?}");
            }
        }
        assert_eq!(inn::check("770708389З"), Err(Invalid::NotDigits));
    }

    /// Valid numbers: `digits` with every last digit (or two) that the check accepts.
    fn completed(algorithm: Algorithm, digits: &str, check_digits: usize) -> Vec<String> {
        (0..10_u32.pow(check_digits as u32))
            .map(|check| format!("{digits}{check:0check_digits$}"))
            .filter(|text| algorithm.check(text).is_ok())
            .collect()
    }

    proptest! {
        /// One set of check digits fits, so that every change of them is refused.
        #[test]
        fn exactly_one_set_of_check_digits_fits(
            snils in "0[1-9][0-9]{7}|[1-9][0-9]{8}",
            inn10 in "[1-9][0-9]{8}",
            inn12 in "[1-9][0-9]{9}",
            ogrn in "[15][0-9]{11}",
            ogrnip in "3[0-9]{13}",
            okpo in "[0-9]{7}",
            okato in "[0-9]{2}|[0-9]{5}|[0-9]{8}",
        ) {
            for (algorithm, digits, check_digits) in [
                (Algorithm::Snils, &snils, 2),
                (Algorithm::Inn, &inn10, 1),
                (Algorithm::Inn, &inn12, 2),
                (Algorithm::Ogrn, &ogrn, 1),
                (Algorithm::Ogrn, &ogrnip, 1),
                (Algorithm::Okpo, &okpo, 1),
                (Algorithm::Okato, &okato, 1),
            ] {
                let valid = completed(algorithm, digits, check_digits);
                prop_assert_eq!(valid.len(), 1, "{:?} {} {:?}", algorithm, digits, valid);
            }
        }

        /// Long numbers have a second reading of the second pass, and no more check digits than readings.
        #[test]
        fn long_numbers_have_a_check_digit(okpo in "[0-9]{9}", okato in "[0-9]{11}") {
            for (algorithm, digits) in [(Algorithm::Okpo, &okpo), (Algorithm::Okato, &okato)] {
                let valid = completed(algorithm, digits, 1);
                prop_assert!((1..=3).contains(&valid.len()), "{:?} {} {:?}", algorithm, digits, valid);
                let sum = weighted(digits.as_bytes(), (1..=10).cycle());
                if sum % 11 != 10 {
                    prop_assert_eq!(valid.len(), 1);
                }
            }
        }

        #[test]
        fn any_text_is_survived(text in "\\PC{0,16}") {
            for (_, algorithm) in Algorithm::ALL {
                let _ = algorithm.check(&text);
                let _ = algorithm.check(&algorithm.normalise(&text));
            }
        }
    }
}
