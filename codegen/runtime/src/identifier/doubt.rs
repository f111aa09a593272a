//! Doubts: what is odd about an identifier that no rule forbids.

use std::fmt;

use crate::Lang;

/// What is odd about a valid identifier: a warning, never a reason to refuse it.
///
/// `Display` is English; [`Doubt::message`] knows both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Doubt {
    /// The СНИЛС is not above 001-001-998, so that its check digits say nothing.
    NoCheckDigits,
    /// The same digit stands three times in a row in a СНИЛС. One territorial fund's rules forbid
    /// that, the others do not.
    ThreeInARow,
    /// The standard can be read in more than one way for this number, and any reading was accepted.
    SeveralReadings,
    /// The series of a birth certificate has a letter Ё, Й, Ъ, Ы or Ь, which the blanks hardly have.
    UnusualLetter,
}

impl Doubt {
    /// The doubt in `lang`, to follow the name of an identifier.
    pub fn message(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::NoCheckDigits, Lang::En) => "is too low to have check digits",
            (Self::NoCheckDigits, Lang::Ru) => {
                "номер слишком мал, контрольных цифр у таких номеров нет"
            }
            (Self::ThreeInARow, Lang::En) => "has the same digit three times in a row",
            (Self::ThreeInARow, Lang::Ru) => "одна цифра стоит три раза подряд",
            (Self::SeveralReadings, Lang::En) => {
                "the standard leaves more than one check digit for this number"
            }
            (Self::SeveralReadings, Lang::Ru) => {
                "стандарт допускает для этого номера несколько контрольных цифр"
            }
            (Self::UnusualLetter, Lang::En) => "the series has a letter that is hardly ever used",
            (Self::UnusualLetter, Lang::Ru) => "в серии буква, которая почти не встречается",
        }
    }
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message(Lang::En))
    }
}
