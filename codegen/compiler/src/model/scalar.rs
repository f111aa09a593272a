//! Scalar types: a base type with a form, a check digit, a class of personal data.

use super::{BaseType, Pattern, id};
use crate::source::Span;

id! {
    /// A scalar type of a model.
    ScalarId
}

/// A named scalar type: `snils`, `inn`, `record_id`.
#[derive(Debug)]
#[non_exhaustive]
pub struct ScalarType {
    /// Name.
    pub name: String,
    /// Title, Russian.
    pub title: String,
    /// Remark, Russian.
    pub note: Option<String>,
    /// Base type.
    pub base: BaseType,
    /// Form of the whole text.
    pub pattern: Option<Pattern>,
    /// Check digit or another rule of the form.
    pub algorithm: Option<Algorithm>,
    /// The type whose values this one holds hashed.
    pub hash_of: Option<Hashing>,
    /// Class of personal data.
    pub personal: Option<PersonalClass>,
    /// Values that fit; checked.
    pub examples: Vec<String>,
    /// Source of the form: a standard, an order, an open registry.
    pub source: Option<String>,
    /// Place of the name.
    pub span: Span,
}

/// What a hashed type is a hash of. The hash is always ГОСТ Р 34.11-2012 of 512 bits, written as
/// 128 lower-case hexadecimal digits, of the UTF-8 text without blanks around it (CSV rule F11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hashing {
    /// The type of the raw value: it is validated before it is hashed.
    pub of: ScalarId,
}

/// A rule of a form that no pattern can say; the runtime implements each, once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// `snils`: 11 digits, two of them check digits.
    Snils,
    /// `inn`: 10 digits with one check digit or 12 with two.
    Inn,
    /// `ogrn`: 13 digits (ОГРН, modulo 11) or 15 (ОГРНИП, modulo 13), one check digit.
    Ogrn,
    /// `okpo`: 8 or 10 digits, one check digit (ПР 50.1.024-2005).
    Okpo,
    /// `okato`: lengths 3, 6, 9, 12 end in a check digit; 2, 5, 8, 11 have none.
    Okato,
    /// `academic_year`: `YYYY/YYYY`, the second year follows the first.
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

    /// The word in the model language.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, algorithm)| *algorithm == self)
            .map_or("", |(name, _)| name)
    }
}

/// Classes of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PersonalClass {
    /// `identifier`: identifies a person by itself (СНИЛС, passport), also when hashed.
    Identifier,
    /// `contact`: reaches a person (telephone, e-mail).
    Contact,
    /// `name`: a person's name.
    Name,
    /// `attribute`: says something of a person (birth date, sex, citizenship).
    Attribute,
    /// `text`: free text that may hold personal data.
    Text,
}

impl PersonalClass {
    /// Every class with its word in the model language.
    pub const ALL: [(&'static str, PersonalClass); 5] = [
        ("identifier", PersonalClass::Identifier),
        ("contact", PersonalClass::Contact),
        ("name", PersonalClass::Name),
        ("attribute", PersonalClass::Attribute),
        ("text", PersonalClass::Text),
    ];

    /// The word in the model language.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, class)| *class == self)
            .map_or("", |(name, _)| name)
    }
}
