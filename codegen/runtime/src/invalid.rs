//! Why a text or a value is not what a column wants.
//!
//! A reason never holds the offending value: values are personal data, and reasons go to logs.

use std::fmt;

/// A language of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Russian.
    Ru,
}

/// Why a value is refused.
///
/// `Display` is English; [`Invalid::message`] knows both languages. Messages are lower case without
/// a full stop, ready to follow the name of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Invalid {
    /// A value is required and there is none.
    Empty,
    /// The number of characters is none of the allowed ones.
    Length {
        /// The allowed numbers of characters, ascending.
        expected: &'static [usize],
        /// The number found.
        found: usize,
    },
    /// There are too many characters.
    TooLong {
        /// The largest number of characters.
        max: usize,
        /// The number found.
        found: usize,
    },
    /// The text has not the form that its pattern demands.
    Pattern {
        /// The regular expression.
        pattern: &'static str,
    },
    /// A character is no decimal digit where only digits may stand.
    NotDigits,
    /// The check digit does not fit the other digits.
    CheckDigit {
        /// The digit that would fit; none where it would help to guess a person's identifier or
        /// where the standard leaves more than one reading.
        expected: Option<u8>,
    },
    /// The first two digits of an ИНН name the region `00`, which does not exist.
    InnRegion,
    /// The first digit of an ОГРН is none of those that the register gives out.
    OgrnFirstDigit {
        /// The digits allowed for a number of this length.
        expected: &'static str,
    },
    /// The text is no academic year `YYYY/YYYY`.
    AcademicYearForm,
    /// The second year of an academic year does not follow the first.
    AcademicYearOrder,
    /// The text is no КПП: a digit or a letter stands where it may not.
    KppForm,
    /// A number begins with a zero.
    LeadingZero,
    /// The series of a birth certificate does not begin with a Roman numeral from I to XCIX.
    RomanNumeral,
    /// The series of a birth certificate does not end in a hyphen and two Cyrillic capitals.
    SeriesLetters,
    /// The text is no series and number with one blank between them.
    SeriesAndNumber,
    /// The series of a document has not so many digits and nothing else.
    SeriesDigits {
        /// The digits of a series.
        expected: usize,
    },
    /// The number of a document has not so many digits and nothing else.
    NumberDigits {
        /// The digits of a number.
        expected: usize,
    },
    /// A document of this kind has a series, and there is none.
    SeriesRequired,
    /// The text of a document is not letters and digits with single separators between them.
    DocumentForm,
    /// The text is no e-mail address.
    EmailForm,
    /// The text has not quite the form of the numbers that a register gives out today.
    RegistryNumberForm {
        /// The form, `#` for a digit.
        form: &'static str,
    },
    /// The text is no code of a programme `XX.YY.ZZ`.
    ProgrammeCodeForm,
    /// The text has capitals where small letters must stand.
    NotLowerCase,
    /// A free text has blanks or a `№` around it, or several blanks in a row.
    Untidy,
    /// The code is not in the classifier's list.
    NotListed,
    /// The text is no whole number.
    NotInteger,
    /// The text is no number, or the number is infinite or undefined.
    NotNumber,
    /// The number does not fit its type.
    OutOfRange,
    /// The text has not the form of a date.
    DateForm,
    /// The calendar has no such day, or its year lies outside 0001–9999.
    NoSuchDate,
    /// The text has not the form of a time.
    TimeForm,
    /// The clock has no such time.
    NoSuchTime,
    /// The text has not the form of a date and a time.
    TimestampForm,
    /// The fraction of a second is finer than the column holds.
    Precision {
        /// Digits after the point that the column holds.
        max: u8,
    },
    /// The text is no UUID with hyphens.
    UuidForm,
    /// The value is no text.
    NotText,
    /// The text is none of the spellings of true and false.
    NotBoolean,
    /// The text holds a control character.
    ControlCharacter,
    /// The text holds a line break.
    LineBreak,
    /// The bytes are not UTF-8.
    Encoding,
}

impl Invalid {
    /// The reason in `lang`.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.to_string(),
            Lang::Ru => Russian(self).to_string(),
        }
    }
}

impl std::error::Error for Invalid {}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("a value is required"),
            Self::Length { expected, found } => {
                f.write_str("must have ")?;
                list(f, expected, "or")?;
                let plural = if matches!(expected, [1]) { "" } else { "s" };
                write!(f, " character{plural}, has {found}")
            }
            Self::TooLong { max, found } => {
                let plural = if *max == 1 { "" } else { "s" };
                write!(f, "must have at most {max} character{plural}, has {found}")
            }
            Self::Pattern { pattern } => write!(f, "does not match the pattern `{pattern}`"),
            Self::NotDigits => f.write_str("must consist of digits"),
            Self::CheckDigit {
                expected: Some(digit),
            } => {
                write!(f, "the check digit is wrong, {digit} is expected")
            }
            Self::CheckDigit { expected: None } => f.write_str("the check digit is wrong"),
            Self::InnRegion => f.write_str("begins with `00`, which is no region"),
            Self::OgrnFirstDigit { expected } => write!(f, "must begin with {expected}"),
            Self::AcademicYearForm => f.write_str("is no academic year of the form `YYYY/YYYY`"),
            Self::AcademicYearOrder => f.write_str("the second year must follow the first"),
            Self::KppForm => f.write_str(
                "is no KPP of four digits, two digits or Latin capitals and three digits",
            ),
            Self::LeadingZero => f.write_str("must not begin with a zero"),
            Self::RomanNumeral => {
                f.write_str("the series must begin with a Roman numeral from `I` to `XCIX`")
            }
            Self::SeriesLetters => {
                f.write_str("the series must end in a hyphen and two Cyrillic capitals")
            }
            Self::SeriesAndNumber => {
                f.write_str("is no series and number with one blank between them")
            }
            Self::SeriesDigits { expected } => {
                write!(f, "the series must consist of {expected} digits")
            }
            Self::NumberDigits { expected } => {
                write!(f, "the number must consist of {expected} digits")
            }
            Self::SeriesRequired => f.write_str("a document of this kind has a series"),
            Self::DocumentForm => {
                f.write_str("must consist of letters and digits, with single separators at most")
            }
            Self::EmailForm => f.write_str("is no e-mail address"),
            Self::RegistryNumberForm { form } => write!(f, "is no number of the form `{form}`"),
            Self::ProgrammeCodeForm => f.write_str("is no code of the form `XX.YY.ZZ`"),
            Self::NotLowerCase => f.write_str("must be in lower case"),
            Self::Untidy => f.write_str("has superfluous blanks or a `№` around it"),
            Self::NotListed => f.write_str("is not in the list of codes"),
            Self::NotInteger => f.write_str("is no whole number"),
            Self::NotNumber => f.write_str("is no number"),
            Self::OutOfRange => f.write_str("is out of range"),
            Self::DateForm => f.write_str("is no date of the form `YYYY-MM-DD`"),
            Self::NoSuchDate => f.write_str("the calendar has no such day"),
            Self::TimeForm => f.write_str("is no time of the form `hh:mm:ss`"),
            Self::NoSuchTime => f.write_str("the clock has no such time"),
            Self::TimestampForm => {
                f.write_str("is no date and time of the form `YYYY-MM-DD hh:mm:ss`")
            }
            Self::Precision { max: 0 } => f.write_str("must have no fraction of a second"),
            Self::Precision { max } => {
                let plural = if *max == 1 { "" } else { "s" };
                write!(
                    f,
                    "must have at most {max} digit{plural} of a fraction of a second"
                )
            }
            Self::UuidForm => f.write_str("is no UUID of 32 hexadecimal digits with hyphens"),
            Self::NotText => f.write_str("is no text"),
            Self::NotBoolean => f.write_str("is neither true nor false"),
            Self::ControlCharacter => f.write_str("holds a control character"),
            Self::LineBreak => f.write_str("holds a line break"),
            Self::Encoding => f.write_str("is not UTF-8"),
        }
    }
}

/// The reason in Russian.
struct Russian<'a>(&'a Invalid);

impl fmt::Display for Russian<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Invalid::Empty => f.write_str("значение обязательно"),
            Invalid::Length { expected, found } => {
                f.write_str("должно быть символов: ")?;
                list(f, expected, "или")?;
                write!(f, ", а их {found}")
            }
            Invalid::TooLong { max, found } => {
                write!(f, "должно быть символов: не больше {max}, а их {found}")
            }
            Invalid::Pattern { pattern } => write!(f, "не соответствует шаблону `{pattern}`"),
            Invalid::NotDigits => f.write_str("должно состоять из цифр"),
            Invalid::CheckDigit {
                expected: Some(digit),
            } => {
                write!(f, "контрольная цифра неверна, ожидалась {digit}")
            }
            Invalid::CheckDigit { expected: None } => f.write_str("контрольная цифра неверна"),
            Invalid::InnRegion => f.write_str("начинается с `00`: такого региона нет"),
            Invalid::OgrnFirstDigit { expected } => {
                f.write_str("первой должна быть цифра ")?;
                f.write_str(&expected.replace(" or ", " или "))
            }
            Invalid::AcademicYearForm => f.write_str("не учебный год вида `ГГГГ/ГГГГ`"),
            Invalid::AcademicYearOrder => f.write_str("второй год должен следовать за первым"),
            Invalid::KppForm => {
                f.write_str("не КПП: нужны четыре цифры, две цифры или латинские буквы, три цифры")
            }
            Invalid::LeadingZero => f.write_str("не должно начинаться с нуля"),
            Invalid::RomanNumeral => {
                f.write_str("серия должна начинаться с римского числа от `I` до `XCIX`")
            }
            Invalid::SeriesLetters => {
                f.write_str("серия должна кончаться дефисом и двумя прописными русскими буквами")
            }
            Invalid::SeriesAndNumber => f.write_str("не серия и номер через один пробел"),
            Invalid::SeriesDigits { expected } => {
                write!(f, "в серии должны быть только цифры, числом {expected}")
            }
            Invalid::NumberDigits { expected } => {
                write!(f, "в номере должны быть только цифры, числом {expected}")
            }
            Invalid::SeriesRequired => f.write_str("у документа этого вида серия обязательна"),
            Invalid::DocumentForm => f.write_str(
                "должно состоять из букв и цифр, между ними не больше одного разделителя",
            ),
            Invalid::EmailForm => f.write_str("не адрес электронной почты"),
            Invalid::RegistryNumberForm { form } => write!(f, "не номер вида `{form}`"),
            Invalid::ProgrammeCodeForm => f.write_str("не код вида `XX.YY.ZZ`"),
            Invalid::NotLowerCase => f.write_str("должно быть записано строчными буквами"),
            Invalid::Untidy => f.write_str("содержит лишние пробелы или знак `№`"),
            Invalid::NotListed => f.write_str("такого кода нет в перечне"),
            Invalid::NotInteger => f.write_str("не целое число"),
            Invalid::NotNumber => f.write_str("не число"),
            Invalid::OutOfRange => f.write_str("число выходит за допустимые пределы"),
            Invalid::DateForm => f.write_str("не дата вида `ГГГГ-ММ-ДД`"),
            Invalid::NoSuchDate => f.write_str("такого дня нет в календаре"),
            Invalid::TimeForm => f.write_str("не время вида `чч:мм:сс`"),
            Invalid::NoSuchTime => f.write_str("такого времени суток не бывает"),
            Invalid::TimestampForm => f.write_str("не дата и время вида `ГГГГ-ММ-ДД чч:мм:сс`"),
            Invalid::Precision { max: 0 } => f.write_str("не должно быть долей секунды"),
            Invalid::Precision { max } => {
                write!(f, "в долях секунды должно быть цифр: не больше {max}")
            }
            Invalid::UuidForm => f.write_str("не UUID из 32 шестнадцатеричных цифр с дефисами"),
            Invalid::NotText => f.write_str("не текст"),
            Invalid::NotBoolean => f.write_str("не логическое значение"),
            Invalid::ControlCharacter => f.write_str("содержит управляющий символ"),
            Invalid::LineBreak => f.write_str("содержит перевод строки"),
            Invalid::Encoding => f.write_str("записано не в UTF-8"),
        }
    }
}

/// `2, 5 or 8`.
fn list(f: &mut fmt::Formatter<'_>, numbers: &[usize], or: &str) -> fmt::Result {
    for (place, number) in numbers.iter().enumerate() {
        if place > 0 {
            if place + 1 == numbers.len() {
                write!(f, " {or} ")?;
            } else {
                f.write_str(", ")?;
            }
        }
        write!(f, "{number}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_read_as_a_list() {
        let one = Invalid::Length {
            expected: &[11],
            found: 3,
        };
        assert_eq!(one.to_string(), "must have 11 characters, has 3");
        let many = Invalid::Length {
            expected: &[2, 5, 8],
            found: 0,
        };
        assert_eq!(many.to_string(), "must have 2, 5 or 8 characters, has 0");
        assert_eq!(
            many.message(Lang::Ru),
            "должно быть символов: 2, 5 или 8, а их 0"
        );
    }

    #[test]
    fn both_languages_name_the_expected_digits() {
        let digit = Invalid::CheckDigit { expected: Some(7) };
        assert_eq!(
            digit.message(Lang::En),
            "the check digit is wrong, 7 is expected"
        );
        assert_eq!(
            digit.message(Lang::Ru),
            "контрольная цифра неверна, ожидалась 7"
        );
        let first = Invalid::OgrnFirstDigit { expected: "1 or 5" };
        assert_eq!(first.message(Lang::Ru), "первой должна быть цифра 1 или 5");
    }
}
