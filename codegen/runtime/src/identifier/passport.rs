//! Passports of citizens of the RF: a series of four digits, a number of six.
//!
//! The first two digits of the series are the region that gave the passport out, the other two the
//! year in which the blank was made. There is no check digit.

use super::arithmetic::are_digits;
use super::macros::{identifier_text, identifier_type};
use super::{Identifier, typed};
use crate::Invalid;

/// Digits of a series.
const SERIES: usize = 4;
/// Digits of a number.
const NUMBER: usize = 6;

identifier_type! {
    /// Series and number of a passport, stored `4510 123456`, printed `45 10 123456`.
    Passport
}

impl Passport {
    /// The passport of a series and a number, each as it is stored in a column of its own.
    ///
    /// # Errors
    /// [`Invalid::SeriesDigits`], [`Invalid::NumberDigits`].
    pub fn from_parts(series: &str, number: &str) -> Result<Passport, Invalid> {
        check_parts(series, number)?;
        Ok(Passport(format!("{series} {number}")))
    }

    /// The series, four digits.
    pub fn series(&self) -> &str {
        self.0.get(..SERIES).unwrap_or_default()
    }

    /// The number, six digits.
    pub fn number(&self) -> &str {
        self.0.get(SERIES + 1..).unwrap_or_default()
    }

    /// The first two digits of the series: the region, as in ОКАТО.
    pub fn region(&self) -> &str {
        self.0.get(..2).unwrap_or_default()
    }

    /// The other two digits of the series: the year of the blank.
    pub fn blank_year(&self) -> &str {
        self.0.get(2..SERIES).unwrap_or_default()
    }
}

fn check_parts(series: &str, number: &str) -> Result<(), Invalid> {
    check_series(series)?;
    check_number(number)
}

/// Checks a series.
pub(super) fn check_series(series: &str) -> Result<(), Invalid> {
    match are_digits(series, SERIES) {
        true => Ok(()),
        false => Err(Invalid::SeriesDigits { expected: SERIES }),
    }
}

/// Checks a number.
pub(super) fn check_number(number: &str) -> Result<(), Invalid> {
    match are_digits(number, NUMBER) {
        true => Ok(()),
        false => Err(Invalid::NumberDigits { expected: NUMBER }),
    }
}

impl Identifier for Passport {
    const NAME: &'static str = "passport";
    const TITLE: (&'static str, &'static str) = ("passport of the RF", "паспорт гражданина РФ");

    identifier_text!();

    /// # Errors
    /// [`Invalid::Empty`], [`Invalid::SeriesAndNumber`], [`Invalid::SeriesDigits`],
    /// [`Invalid::NumberDigits`].
    fn check(text: &str) -> Result<(), Invalid> {
        if text.is_empty() {
            return Err(Invalid::Empty);
        }
        let (series, number) = text.split_once(' ').ok_or(Invalid::SeriesAndNumber)?;
        check_parts(series, number)
    }

    /// The ten digits, whatever stands between and around them: blanks, hyphens, `№`, the words
    /// for series and number.
    fn normalise(text: &str) -> String {
        let digits = typed::digits(&typed::without_words(text));
        match digits.split_at_checked(SERIES) {
            Some((series, number)) if check_parts(series, number).is_ok() => {
                format!("{series} {number}")
            }
            _ => digits,
        }
    }

    fn human(&self) -> String {
        format!("{} {} {}", self.region(), self.blank_year(), self.number())
    }

    fn is_personal(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_forms_are_one_passport() {
        for typed in [
            "4510123456",
            "45 10 123456",
            "4510 № 123456",
            "45-10 123-456",
            "серия 45 10 номер 123456",
            "Серия: 4510, № l2З456",
        ] {
            let passport = Passport::parse_typed(typed).unwrap();
            assert_eq!(passport.as_str(), "4510 123456", "{typed}");
        }
    }

    #[test]
    fn parts_and_spellings() {
        let passport = Passport::from_parts("4510", "123456").unwrap();
        assert_eq!((passport.series(), passport.number()), ("4510", "123456"));
        assert_eq!((passport.region(), passport.blank_year()), ("45", "10"));
        assert_eq!(passport.human(), "45 10 123456");
        assert_eq!(passport.mask(), "** ** **3456");
        assert_eq!(format!("{passport:?}"), "Passport(** ** **3456)");
    }

    #[test]
    fn each_part_has_its_reason() {
        for (text, reason) in [
            ("", Invalid::Empty),
            ("4510123456", Invalid::SeriesAndNumber),
            ("451 123456", Invalid::SeriesDigits { expected: 4 }),
            ("45 10 123456", Invalid::SeriesDigits { expected: 4 }),
            ("4510 12345", Invalid::NumberDigits { expected: 6 }),
            ("4510 12345О", Invalid::NumberDigits { expected: 6 }),
        ] {
            assert_eq!(Passport::check(text), Err(reason), "{text:?}");
        }
    }
}
