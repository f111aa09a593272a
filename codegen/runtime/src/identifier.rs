//! Identifiers of the field: one module each, over the text as the showcase stores it.
//!
//! Each is a type that holds valid texts only and implements [`Identifier`]: read strictly or as
//! people type it, refused with a reason ([`Invalid`]), shown as stored, as printed on paper, or
//! masked for logs. A check says that a number is well formed, not that anybody bears it; what is
//! well formed but odd is told by [`Identifier::doubts`].
//!
//! ```
//! use vitrina::identifier::{BirthCertificate, Identifier, Inn, InnKind, Snils};
//! use vitrina::{Invalid, Lang};
//!
//! let snils = Snils::parse_typed("112-233-445 95")?;
//! assert_eq!(snils.as_str(), "11223344595");
//! assert_eq!(snils.human(), "112-233-445 95");
//! assert_eq!(snils.mask(), "***-***-*45 95");
//! assert_eq!(format!("{snils:?}"), "Snils(***-***-*45 95)");
//!
//! let inn: Inn = "7707083893".parse()?;
//! assert_eq!(inn.kind(), InnKind::LegalEntity);
//! let reason = Inn::parse("7707083890").unwrap_err();
//! assert_eq!(reason, Invalid::CheckDigit { expected: Some(3) });
//! assert_eq!(reason.message(Lang::Ru), "контрольная цифра неверна, ожидалась 3");
//!
//! let certificate = BirthCertificate::parse_typed("серия 1У-MЮ № 123456")?;
//! assert_eq!(certificate.as_str(), "IV-МЮ 123456");
//! # Ok::<(), Invalid>(())
//! ```
//!
//! # The identifiers
//!
//! In the forms, `9` is a digit, `A` a digit or a Latin capital, `x` a hexadecimal digit. *Personal*
//! says whose values `Debug` masks; the modules say what a check digit catches and what passes it.
//!
//! | type | identifier | as stored | check digit | personal | source |
//! |---|---|---|---|---|---|
//! | [`Snils`] | СНИЛС | `99999999999` | two, modulo 101, above 001-001-998 | yes | rules of the Pension Fund of Russia |
//! | [`Inn`] | ИНН of a legal entity, of a person | 10 or 12 digits | one or two, modulo 11 | of persons | order of ФНС ММВ-7-6/435@ |
//! | [`Ogrn`] | ОГРН, ОГРНИП | 13 or 15 digits | one, modulo 11 or 13 | ОГРНИП | practice of the registers |
//! | [`Kpp`] | КПП | `9999AA999` | none | no | practice of ФНС; capitals not verified |
//! | [`Okpo`] | ОКПО | 8 or 10 digits | one, modulo 11 in two passes | of 10 digits | ПР 50.1.024-2005 |
//! | [`Okato`] | ОКАТО | 2, 5, 8, 11 digits, or one more | the one more, as ОКПО | no | ОК 019-95, ПР 50.1.024-2005 |
//! | [`Oktmo`] | ОКТМО | 2, 5, 8 or 11 digits | none | no | ОК 033-2013 |
//! | [`Passport`] | passport of the RF | `9999 999999` | none | yes | form of the blank |
//! | [`BirthCertificate`], [`BirthCertificateSeries`] | birth certificate, its series | `IV-МЮ 999999`, `IV-МЮ` | none | yes | form of the blank |
//! | [`ActRecordNumber`] | number of an act record (запись акта) | 1 to 21 digits | none | yes | 21 digits in ЕГР ЗАГС, not verified |
//! | [`DocumentSeries`], [`DocumentNumber`] | series and number of other documents | letters and digits, single separators | none | yes | form service of «Контингент» |
//! | [`EsiaOid`] | account of ЕСИА | whole number of 1 to 19 digits | none | yes | practice of ЕСИА, not verified |
//! | [`GarAddressGuid`], [`GarHouseGuid`] | address object, house in ГАР | `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx` | none | no | ГАР (before: ФИАС) |
//! | [`LicenceNumber`] | licence | `Л035-99999-99/99999999`, or an old free text | none | no | register of licences |
//! | [`AccreditationNumber`] | accreditation | `А007-99999-99/99999999`, or an old free text | none | no | register of accreditations |
//! | [`LicenceRegistryGuid`] | organisation in the register of licences | as ГАР; also read without hyphens | none | no | addresses of the register's pages |
//! | [`ExtraCertificateNumber`] | certificate of extra education | 10 digits | none | yes | slides of ГБУ ДПО «ЧИРО», 2023 |
//! | [`Email`] | e-mail address | `name@domain.zone` | none | yes | loose on purpose |
//! | [`PostalCode`] | postal code | `999999` | none | no | practice of the post |
//! | [`AcademicYear`] | academic year | `2024/2025` | second year follows the first | no | practice of the registers |
//! | [`ProgrammeCode`] | code of a profession, a speciality | `99.99.99` | none | no | ОК 009-2016 |
//!
//! [`document::Document`] puts a kind of document, its series and its number together.
//!
//! # What a mask shows
//!
//! The human form with a `*` for each letter and digit but the last ones: as many as make up two
//! fifths, four at the most. So at least three fifths are hidden, of a СНИЛС seven digits of
//! eleven, and what stays visible fits more than ninety thousand numbers. An e-mail address keeps
//! its first character and its zone, and not even its length ([`email`]).

mod algorithm;
mod arithmetic;
mod doubt;
mod macros;
mod mask;
mod typed;

pub mod academic_year;
pub mod act_record;
pub mod birth_certificate;
pub mod document;
pub mod email;
pub mod esia_oid;
pub mod extra_certificate;
pub mod guid;
pub mod inn;
pub mod kpp;
pub mod licence;
pub mod ogrn;
pub mod okato;
pub mod okpo;
pub mod oktmo;
pub mod passport;
pub mod postal_code;
pub mod programme_code;
pub mod snils;

use std::fmt;
use std::hash::Hash;
use std::str::FromStr;

use crate::{Invalid, Lang};

pub use academic_year::AcademicYear;
pub use act_record::{ActRecordForm, ActRecordNumber};
pub use algorithm::Algorithm;
pub use birth_certificate::{BirthCertificate, BirthCertificateSeries};
pub use document::{DocumentNumber, DocumentSeries};
pub use doubt::Doubt;
pub use email::Email;
pub use esia_oid::EsiaOid;
pub use extra_certificate::ExtraCertificateNumber;
pub use guid::{GarAddressGuid, GarHouseGuid, LicenceRegistryGuid};
pub use inn::{Inn, InnKind};
pub use kpp::Kpp;
pub use licence::{AccreditationNumber, LicenceNumber, RegistryForm};
pub use mask::mask;
pub use ogrn::{Ogrn, OgrnKind};
pub use okato::{Okato, OkatoLevel};
pub use okpo::{Okpo, OkpoKind};
pub use oktmo::{Oktmo, OktmoLevel};
pub use passport::Passport;
pub use postal_code::PostalCode;
pub use programme_code::{ProgrammeCode, ProgrammeCodeKind};
pub use snils::Snils;

/// An identifier: a text that is valid, with its spellings.
///
/// `Display` writes the text as it is stored, which [`Identifier::parse`] and `FromStr` read back;
/// `Debug` shows the [mask](Identifier::mask) of what is personal. Order is that of the texts.
/// [`Identifier::parse_typed`] also reads what [`Identifier::human`] writes.
pub trait Identifier:
    Clone + Eq + Ord + Hash + fmt::Display + fmt::Debug + FromStr<Err = Invalid> + AsRef<str>
{
    /// The word for programs: `snils`.
    const NAME: &'static str;
    /// The name for people, English and Russian.
    const TITLE: (&'static str, &'static str);

    /// Checks a text as it is stored.
    ///
    /// # Errors
    /// Why it is no such identifier; never holds the text.
    fn check(text: &str) -> Result<(), Invalid>;

    /// The text as it is to be stored, of a text as people type it: other separators, look-alike
    /// letters, `№`. What is beyond mending stays wrong, for [`Identifier::check`] to refuse;
    /// what is right already stays as it is.
    fn normalise(text: &str) -> String;

    /// Takes a text as it is stored.
    ///
    /// # Errors
    /// Those of [`Identifier::check`].
    fn parse(text: &str) -> Result<Self, Invalid>;

    /// Takes a text as people type it.
    ///
    /// # Errors
    /// Those of [`Identifier::check`], of the [normalised](Identifier::normalise) text.
    fn parse_typed(text: &str) -> Result<Self, Invalid> {
        Self::parse(&Self::normalise(text))
    }

    /// The text as it is stored.
    fn as_str(&self) -> &str;

    /// The text as it is printed for people: `112-233-445 95`.
    fn human(&self) -> String {
        self.as_str().to_owned()
    }

    /// The human form with all but the last characters hidden, for logs; never enough to identify,
    /// whether the identifier is personal or not.
    fn mask(&self) -> String {
        mask::mask(&self.human())
    }

    /// Whether the identifier is personal data, of a person or an individual entrepreneur.
    fn is_personal(&self) -> bool;

    /// What is odd about the identifier, though it is valid.
    fn doubts(&self) -> Vec<Doubt> {
        Vec::new()
    }

    /// The name for people in `lang`.
    fn title(lang: Lang) -> &'static str {
        match lang {
            Lang::En => Self::TITLE.0,
            Lang::Ru => Self::TITLE.1,
        }
    }
}
