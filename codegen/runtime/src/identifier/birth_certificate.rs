//! Birth certificates: a series of a Roman numeral and two Cyrillic capitals, a number of six digits.
//!
//! The series is `IV-МЮ`: the numeral in Latin capitals, from I to XCIX, a hyphen, two Cyrillic
//! capitals. Certificates of the USSR have the same form. There is no check digit. People type the
//! numeral in Cyrillic letters and digits (`1У` for `IV`, Cyrillic `Х`, `С`), the pair in Latin
//! letters, and leave the hyphen out; all that is mended. Letters are not taken for digits of the
//! number, for they may belong to the pair.

use super::arithmetic::are_digits;
use super::macros::{identifier_text, identifier_type};
use super::{Doubt, Identifier, typed};
use crate::Invalid;

/// Digits of a number.
const NUMBER: usize = 6;
/// Letters behind the hyphen.
const PAIR: usize = 2;

identifier_type! {
    /// Series and number of a birth certificate, stored `IV-МЮ 123456`, printed `IV-МЮ № 123456`.
    BirthCertificate
}

identifier_type! {
    /// The series of a birth certificate, stored `IV-МЮ`.
    BirthCertificateSeries
}

impl BirthCertificate {
    /// The certificate of a series and a number, each as it is stored in a column of its own.
    ///
    /// # Errors
    /// [`Invalid::RomanNumeral`], [`Invalid::SeriesLetters`], [`Invalid::NumberDigits`].
    pub fn from_parts(series: &str, number: &str) -> Result<BirthCertificate, Invalid> {
        check_parts(series, number)?;
        Ok(BirthCertificate(format!("{series} {number}")))
    }

    fn parts(&self) -> (&str, &str) {
        self.0.split_once(' ').unwrap_or_default()
    }

    /// The series: `IV-МЮ`.
    pub fn series(&self) -> &str {
        self.parts().0
    }

    /// The number, six digits.
    pub fn number(&self) -> &str {
        self.parts().1
    }
}

impl BirthCertificateSeries {
    /// The Roman numeral, in Latin letters.
    pub fn numeral(&self) -> &str {
        self.0.split_once('-').unwrap_or_default().0
    }

    /// The two Cyrillic capitals.
    pub fn letters(&self) -> &str {
        self.0.split_once('-').unwrap_or_default().1
    }
}

fn check_parts(series: &str, number: &str) -> Result<(), Invalid> {
    check_series(series)?;
    check_number(number)
}

/// Checks a number.
pub(super) fn check_number(number: &str) -> Result<(), Invalid> {
    match are_digits(number, NUMBER) {
        true => Ok(()),
        false => Err(Invalid::NumberDigits { expected: NUMBER }),
    }
}

fn check_series(series: &str) -> Result<(), Invalid> {
    let (numeral, letters) = series.split_once('-').ok_or(Invalid::SeriesLetters)?;
    if !is_numeral(numeral) {
        return Err(Invalid::RomanNumeral);
    }
    let capital = |c| matches!(c, 'А'..='Я' | 'Ё');
    match letters.chars().count() == PAIR && letters.chars().all(capital) {
        true => Ok(()),
        false => Err(Invalid::SeriesLetters),
    }
}

/// Whether a text is a Roman numeral from I to XCIX.
fn is_numeral(text: &str) -> bool {
    let units = match text.strip_prefix("XC").or_else(|| text.strip_prefix("XL")) {
        Some(units) => units,
        None => up_to_three(text.strip_prefix('L').unwrap_or(text), 'X'),
    };
    !text.is_empty()
        && (matches!(units, "IX" | "IV")
            || up_to_three(units.strip_prefix('V').unwrap_or(units), 'I').is_empty())
}

/// What is left of a text behind at most three times `c`.
fn up_to_three(text: &str, c: char) -> &str {
    (0..3).fold(text, |rest, _| rest.strip_prefix(c).unwrap_or(rest))
}

/// The series that letters and digits in a row were typed for; none where they are too few.
fn typed_series(letters: &str) -> Option<String> {
    let pair = letters
        .chars()
        .count()
        .checked_sub(PAIR)
        .filter(|&n| n > 0)?;
    let roman = |c| match c {
        '1' | 'І' => 'I',
        'У' => 'V',
        _ => typed::latin(c),
    };
    let numeral: String = letters.chars().take(pair).map(roman).collect();
    let letters: String = letters.chars().skip(pair).map(typed::cyrillic).collect();
    Some(format!("{numeral}-{letters}"))
}

/// The letters and digits of a text, in capitals, without the words for series and number.
fn solid(text: &str) -> String {
    let text = typed::without_words(text);
    let kept = text.chars().filter(|c| c.is_alphanumeric());
    kept.map(typed::capital).collect()
}

fn unusual_letter(text: &str) -> Vec<Doubt> {
    match text.contains(['Ё', 'Й', 'Ъ', 'Ы', 'Ь']) {
        true => vec![Doubt::UnusualLetter],
        false => Vec::new(),
    }
}

impl Identifier for BirthCertificate {
    const NAME: &'static str = "birth_certificate";
    const TITLE: (&'static str, &'static str) = ("birth certificate", "свидетельство о рождении");

    identifier_text!();

    /// # Errors
    /// [`Invalid::Empty`], [`Invalid::SeriesAndNumber`], [`Invalid::RomanNumeral`],
    /// [`Invalid::SeriesLetters`], [`Invalid::NumberDigits`].
    fn check(text: &str) -> Result<(), Invalid> {
        if text.is_empty() {
            return Err(Invalid::Empty);
        }
        let (series, number) = text.split_once(' ').ok_or(Invalid::SeriesAndNumber)?;
        check_parts(series, number)
    }

    fn normalise(text: &str) -> String {
        let solid = solid(text);
        let series = solid.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = solid.strip_prefix(series).unwrap_or_default();
        match typed_series(series) {
            Some(series) if !number.is_empty() => format!("{series} {number}"),
            _ => typed::free_text(text),
        }
    }

    fn human(&self) -> String {
        format!("{} № {}", self.series(), self.number())
    }

    fn is_personal(&self) -> bool {
        true
    }

    fn doubts(&self) -> Vec<Doubt> {
        unusual_letter(&self.0)
    }
}

impl Identifier for BirthCertificateSeries {
    const NAME: &'static str = "birth_certificate_series";
    const TITLE: (&'static str, &'static str) = (
        "series of a birth certificate",
        "серия свидетельства о рождении",
    );

    identifier_text!();

    /// # Errors
    /// [`Invalid::Empty`], [`Invalid::RomanNumeral`], [`Invalid::SeriesLetters`].
    fn check(text: &str) -> Result<(), Invalid> {
        match text.is_empty() {
            true => Err(Invalid::Empty),
            false => check_series(text),
        }
    }

    fn normalise(text: &str) -> String {
        let solid = solid(text);
        match typed_series(&solid) {
            Some(series) if !solid.ends_with(|c: char| c.is_ascii_digit()) => series,
            _ => typed::free_text(text),
        }
    }

    fn is_personal(&self) -> bool {
        true
    }

    fn doubts(&self) -> Vec<Doubt> {
        unusual_letter(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numerals are told from other rows of letters by writing all 99 of them.
    #[test]
    fn numerals_are_those_from_1_to_99() {
        let tens = ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"];
        let units = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
        let numerals: Vec<String> = tens
            .iter()
            .flat_map(|ten| units.iter().map(move |unit| format!("{ten}{unit}")))
            .skip(1)
            .collect();
        // Every row of up to six letters, in base five.
        let mut rows = vec![String::new()];
        let mut found = 0;
        for _ in 0..6 {
            rows = rows
                .iter()
                .flat_map(|row| "IVXLC".chars().map(move |c| format!("{row}{c}")))
                .collect();
            for row in &rows {
                assert_eq!(is_numeral(row), numerals.contains(row), "{row}");
                found += usize::from(is_numeral(row));
            }
        }
        // XXXVIII, LXXVIII, LXXXIII, LXXXVII and LXXXVIII are longer.
        assert_eq!(found, 99 - 5);
        assert!(numerals.iter().all(|numeral| is_numeral(numeral)));
        assert!(!is_numeral("") && !is_numeral("XCX") && !is_numeral("iv"));
    }

    #[test]
    fn typed_forms_are_one_certificate() {
        for typed in [
            "IV-МЮ 123456",
            "IV-МЮ № 123456",
            "iv мю 123456",
            "IVМЮ123456",
            "1У-МЮ 123456",
            "1V-MЮ №123456",
            "серия IV–МЮ, номер 123456",
            "І\u{200b}V - М Ю 123 456",
        ] {
            let certificate = BirthCertificate::parse_typed(typed);
            let certificate = certificate.unwrap_or_else(|reason| panic!("{typed}: {reason}"));
            assert_eq!(certificate.as_str(), "IV-МЮ 123456", "{typed}");
        }
    }

    #[test]
    fn look_alikes_take_the_alphabet_of_their_place() {
        // Cyrillic Х and С in the numeral; all the Latin twins in the pair.
        for (typed, stored) in [
            ("ХХIII-AB", "XXIII-АВ"),
            ("ХС-EK", "XC-ЕК"),
            ("11-MH", "II-МН"),
            ("у-OP", "V-ОР"),
            ("x-ct", "X-СТ"),
            ("I-XЁ", "I-ХЁ"),
        ] {
            let series = BirthCertificateSeries::parse_typed(typed).unwrap();
            assert_eq!(series.as_str(), stored);
        }
        // М stands for M, which no series needs.
        assert_eq!(BirthCertificateSeries::normalise("М-АВ"), "M-АВ");
        assert_eq!(
            BirthCertificateSeries::check("M-АВ"),
            Err(Invalid::RomanNumeral)
        );
    }

    #[test]
    fn each_part_has_its_reason() {
        for (text, reason) in [
            ("", Invalid::Empty),
            ("IV-МЮ123456", Invalid::SeriesAndNumber),
            ("IIII-МЮ 123456", Invalid::RomanNumeral),
            ("-МЮ 123456", Invalid::RomanNumeral),
            ("ІV-МЮ 123456", Invalid::RomanNumeral),
            ("IVМЮ 123456", Invalid::SeriesLetters),
            ("IV-MЮ 123456", Invalid::SeriesLetters),
            ("IV-М 123456", Invalid::SeriesLetters),
            ("IV-мю 123456", Invalid::SeriesLetters),
            ("IV-МЮ 12345", Invalid::NumberDigits { expected: 6 }),
            ("IV-МЮ № 123456", Invalid::NumberDigits { expected: 6 }),
        ] {
            assert_eq!(BirthCertificate::check(text), Err(reason), "{text:?}");
        }
    }

    #[test]
    fn parts_and_doubts() {
        let certificate = BirthCertificate::from_parts("IV-МЮ", "123456").unwrap();
        assert_eq!(
            (certificate.series(), certificate.number()),
            ("IV-МЮ", "123456")
        );
        assert_eq!(certificate.mask(), "**-** № **3456");
        assert_eq!(certificate.doubts(), []);
        let series = BirthCertificateSeries::parse("XL-АЙ").unwrap();
        assert_eq!((series.numeral(), series.letters()), ("XL", "АЙ"));
        assert_eq!(series.doubts(), [Doubt::UnusualLetter]);
    }
}
