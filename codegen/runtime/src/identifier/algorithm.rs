//! The closed list of rules that the model language knows by a word, and what each runs.

use super::{academic_year, inn, ogrn, okato, okpo, snils};
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::arithmetic::weighted;
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
