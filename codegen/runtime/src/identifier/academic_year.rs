//! Academic years `YYYY/YYYY`, of which the second follows the first: `2024/2025`.

use super::macros::{identifier_text, identifier_type};
use super::{Identifier, mask, typed};
use crate::Invalid;
use crate::digits::number;

/// The last year of four digits.
const LAST_YEAR: u32 = 9999;
/// What may stand behind the years, without blanks.
const WORDS: [&str; 10] = [
    "",
    "г",
    "г.",
    "гг",
    "гг.",
    "годы",
    "учебныйгод",
    "уч.год",
    "уч.г.",
    "у.г.",
];

identifier_type! {
    /// An academic year, stored `2024/2025`.
    AcademicYear
}

impl AcademicYear {
    /// The academic year that begins in the year `first`; none from 9999 on.
    pub fn starting(first: u16) -> Option<AcademicYear> {
        let second = u32::from(first) + 1;
        (second <= LAST_YEAR).then(|| AcademicYear(format!("{first:04}/{second:04}")))
    }

    /// The calendar year in which it begins.
    pub fn first(&self) -> u16 {
        let first = self.0.get(..4).and_then(|year| number(year.as_bytes()));
        first
            .and_then(|year| u16::try_from(year).ok())
            .unwrap_or_default()
    }
}

impl Identifier for AcademicYear {
    const NAME: &'static str = "academic_year";
    const TITLE: (&'static str, &'static str) = ("academic year", "учебный год");

    identifier_text!();

    fn check(text: &str) -> Result<(), Invalid> {
        check(text)
    }

    fn normalise(text: &str) -> String {
        normalise(text)
    }

    /// With the words: `2024/2025 учебный год`.
    fn human(&self) -> String {
        format!("{} учебный год", self.0)
    }

    /// Of the years alone: `****/*025`.
    fn mask(&self) -> String {
        mask::mask(&self.0)
    }

    fn is_personal(&self) -> bool {
        false
    }
}

/// Checks the text.
///
/// # Errors
/// [`Invalid::Empty`], [`Invalid::AcademicYearForm`], [`Invalid::AcademicYearOrder`].
pub fn check(text: &str) -> Result<(), Invalid> {
    let years = match text.as_bytes() {
        [] => return Err(Invalid::Empty),
        &[a, b, c, d, b'/', e, f, g, h] => number(&[a, b, c, d]).zip(number(&[e, f, g, h])),
        _ => None,
    };
    match years {
        None => Err(Invalid::AcademicYearForm),
        Some((first, second)) if first + 1 == second => Ok(()),
        Some(_) => Err(Invalid::AcademicYearOrder),
    }
}

/// The academic year of a text as people type it: `2024-2025`, `2024/25`, `2024–2025 уч. год`.
/// Other texts lose the white space around them.
pub fn normalise(text: &str) -> String {
    let text = typed::free_text(text);
    typed_years(&text).unwrap_or(text)
}

/// The stored text of two years with a separator between them and perhaps a word behind them.
fn typed_years(text: &str) -> Option<String> {
    let (first, rest) = text.split_at_checked(4)?;
    let separates = |c: char| c == ' ' || typed::is_hyphen(c) || matches!(c, '/' | '\\');
    let rest = rest.strip_prefix(separates)?.trim_start_matches(separates);
    let digits = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let (second, word) = rest.split_at_checked(digits)?;
    let word: String = word.to_lowercase().split_whitespace().collect();
    if !WORDS.contains(&word.as_str()) {
        return None;
    }
    let first_year = number(first.as_bytes())?;
    let second_year = match second.len() {
        4 => number(second.as_bytes())?,
        // Two digits: of the century of the first year, or the turn to the next one.
        2 => {
            let year = number(second.as_bytes())?;
            let turns = first_year % 100 == 99 && year == 0;
            first_year - first_year % 100 + year + if turns { 100 } else { 0 }
        }
        _ => return None,
    };
    (second_year <= LAST_YEAR).then(|| format!("{first}/{second_year:04}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_year_follows_the_first() {
        for text in ["2021/2022", "1999/2000"] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
        for text in ["2021/2021", "2022/2021", "2021/2023", "9999/0000"] {
            assert_eq!(check(text), Err(Invalid::AcademicYearOrder), "{text}");
        }
    }

    #[test]
    fn other_forms_are_refused() {
        for text in [
            "2021",
            "2021-2022",
            "2021/22",
            "2021/2022 ",
            "202a/2022",
            "٢٠٢١/2022",
        ] {
            assert_eq!(check(text), Err(Invalid::AcademicYearForm), "{text}");
        }
        assert_eq!(normalise(" 2021/2022\t"), "2021/2022");
    }
}
