//! Scalar types: a base type with a form, a check digit, a class of personal data.

pub use vitrina::identifier::Algorithm;

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
