//! A document as a whole: what its kind demands of series and number.

use std::fmt;

use super::{DocumentNumber, DocumentSeries};
use crate::identifier::{
    BirthCertificate, BirthCertificateSeries, Identifier, Passport, birth_certificate, mask,
    passport, typed,
};
use crate::{Invalid, Lang};

/// What series and number of a kind of document look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DocumentForm {
    /// A passport of the RF: four and six digits.
    Passport,
    /// A birth certificate of the RF: `IV-МЮ` and six digits.
    BirthCertificate,
    /// Any series, which must be there, and any number.
    WithSeries,
    /// Any number, and perhaps a series.
    SeriesOptional,
}

/// Kinds of documents by their codes in the «Контингент» form service (УФТТ), with their forms.
const KINDS: [(&str, DocumentForm); 19] = [
    ("4", DocumentForm::SeriesOptional),
    ("11", DocumentForm::BirthCertificate),
    ("12", DocumentForm::Passport),
    ("13", DocumentForm::WithSeries),
    ("14", DocumentForm::WithSeries),
    ("15", DocumentForm::WithSeries),
    ("16", DocumentForm::SeriesOptional),
    ("17", DocumentForm::SeriesOptional),
    ("21", DocumentForm::SeriesOptional),
    ("22", DocumentForm::SeriesOptional),
    ("23", DocumentForm::SeriesOptional),
    ("24", DocumentForm::SeriesOptional),
    ("25", DocumentForm::SeriesOptional),
    ("26", DocumentForm::SeriesOptional),
    ("27", DocumentForm::WithSeries),
    ("28", DocumentForm::WithSeries),
    ("29", DocumentForm::SeriesOptional),
    ("30", DocumentForm::WithSeries),
    ("31", DocumentForm::SeriesOptional),
];

impl DocumentForm {
    /// The form of a kind of identity document by its code in the УФТТ of «Контингент»: `12` is
    /// the passport of the RF. None for codes that the list does not have.
    ///
    /// A series may lack in kinds 4, 16, 17, 21 to 26, 29 and 31.
    pub fn of_kind(code: &str) -> Option<DocumentForm> {
        let kind = KINDS.iter().find(|(kind, _)| *kind == code);
        kind.map(|(_, form)| *form)
    }

    /// Whether a document may have no series.
    pub fn may_lack_series(self) -> bool {
        self == DocumentForm::SeriesOptional
    }
}

/// Series and number of a document, valid for its kind.
///
/// `Debug` shows its mask.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Document {
    series: Option<String>,
    number: String,
}

/// The part of a document that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentPart {
    /// The series.
    Series,
    /// The number.
    Number,
}

/// Why series and number are no document of their kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidDocument {
    /// Where.
    pub part: DocumentPart,
    /// Why.
    pub reason: Invalid,
}

impl InvalidDocument {
    /// The part and the reason in `lang`.
    pub fn message(&self, lang: Lang) -> String {
        let part = match (self.part, lang) {
            (DocumentPart::Series, Lang::En) => "series",
            (DocumentPart::Series, Lang::Ru) => "серия",
            (DocumentPart::Number, Lang::En) => "number",
            (DocumentPart::Number, Lang::Ru) => "номер",
        };
        format!("{part}: {}", self.reason.message(lang))
    }
}

impl fmt::Display for InvalidDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for InvalidDocument {}

impl Document {
    /// Takes series and number as they are stored.
    ///
    /// # Errors
    /// What the form refuses, the series first: [`Invalid::SeriesRequired`] where there must be
    /// one, or what [`Passport::from_parts`], [`BirthCertificate::from_parts`],
    /// [`DocumentSeries`] or [`DocumentNumber`] say.
    pub fn parse(
        form: DocumentForm,
        series: Option<&str>,
        number: &str,
    ) -> Result<Document, InvalidDocument> {
        let wrong = |part| move |reason| InvalidDocument { part, reason };
        match (series, form) {
            (None, DocumentForm::SeriesOptional) => Ok(()),
            (None, _) => Err(Invalid::SeriesRequired),
            (Some(""), _) => Err(Invalid::Empty),
            (Some(series), DocumentForm::Passport) => passport::check_series(series),
            (Some(series), DocumentForm::BirthCertificate) => BirthCertificateSeries::check(series),
            (Some(series), _) => DocumentSeries::check(series),
        }
        .map_err(wrong(DocumentPart::Series))?;
        match form {
            _ if number.is_empty() => Err(Invalid::Empty),
            DocumentForm::Passport => passport::check_number(number),
            DocumentForm::BirthCertificate => birth_certificate::check_number(number),
            _ => DocumentNumber::check(number),
        }
        .map_err(wrong(DocumentPart::Number))?;
        Ok(Document {
            series: series.map(str::to_owned),
            number: number.to_owned(),
        })
    }

    /// Takes series and number as people type them; a blank series is none.
    ///
    /// # Errors
    /// Those of [`Document::parse`], of the normalised texts.
    pub fn parse_typed(
        form: DocumentForm,
        series: Option<&str>,
        number: &str,
    ) -> Result<Document, InvalidDocument> {
        let digits = |text: &str| typed::digits(&typed::without_words(text));
        let series = series.map(|series| match form {
            DocumentForm::Passport => digits(series),
            DocumentForm::BirthCertificate => BirthCertificateSeries::normalise(series),
            _ => DocumentSeries::normalise(series),
        });
        let number = match form {
            DocumentForm::Passport | DocumentForm::BirthCertificate => digits(number),
            _ => DocumentNumber::normalise(number),
        };
        let series = series.as_deref().filter(|series| !series.is_empty());
        Document::parse(form, series, &number)
    }

    /// The series as it is stored.
    pub fn series(&self) -> Option<&str> {
        self.series.as_deref()
    }

    /// The number as it is stored.
    pub fn number(&self) -> &str {
        &self.number
    }

    /// As printed for people: `45 10 123456` of a passport, `IV-МЮ № 123456` of others.
    pub fn human(&self) -> String {
        match &self.series {
            None => format!("№ {}", self.number),
            Some(series) => match Passport::from_parts(series, &self.number) {
                Ok(passport) => passport.human(),
                Err(_) => format!("{series} № {}", self.number),
            },
        }
    }

    /// The human form with all but the last characters hidden, for logs.
    pub fn mask(&self) -> String {
        mask::mask(&self.human())
    }
}

impl From<Passport> for Document {
    fn from(passport: Passport) -> Self {
        Document {
            series: Some(passport.series().to_owned()),
            number: passport.number().to_owned(),
        }
    }
}

impl From<BirthCertificate> for Document {
    fn from(certificate: BirthCertificate) -> Self {
        Document {
            series: Some(certificate.series().to_owned()),
            number: certificate.number().to_owned(),
        }
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Document({})", self.mask())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(code: &str, series: Option<&str>, number: &str) -> Result<Document, InvalidDocument> {
        Document::parse_typed(DocumentForm::of_kind(code).unwrap(), series, number)
    }

    #[test]
    fn kinds_that_may_lack_a_series() {
        let lacking: Vec<&str> = KINDS
            .iter()
            .filter(|(_, form)| form.may_lack_series())
            .map(|(code, _)| *code)
            .collect();
        assert_eq!(
            lacking,
            [
                "4", "16", "17", "21", "22", "23", "24", "25", "26", "29", "31"
            ]
        );
        assert_eq!(DocumentForm::of_kind("99"), None);
    }

    #[test]
    fn own_forms_are_demanded() {
        let passport = typed("12", Some("45 10"), "№ 123456").unwrap();
        assert_eq!(passport, Passport::parse("4510 123456").unwrap().into());
        assert_eq!(passport.human(), "45 10 123456");
        assert_eq!(format!("{passport:?}"), "Document(** ** **3456)");
        let certificate = typed("11", Some("1У МЮ"), "123 456").unwrap();
        assert_eq!(
            certificate,
            BirthCertificate::parse("IV-МЮ 123456").unwrap().into()
        );
        assert_eq!(certificate.human(), "IV-МЮ № 123456");
        for (code, series, number, part, reason) in [
            (
                "12",
                Some("451"),
                "123456",
                DocumentPart::Series,
                Invalid::SeriesDigits { expected: 4 },
            ),
            (
                "12",
                Some("4510"),
                "12345",
                DocumentPart::Number,
                Invalid::NumberDigits { expected: 6 },
            ),
            (
                "12",
                None,
                "123456",
                DocumentPart::Series,
                Invalid::SeriesRequired,
            ),
            (
                "11",
                Some(" "),
                "123456",
                DocumentPart::Series,
                Invalid::SeriesRequired,
            ),
            (
                "11",
                Some("ЖЖ-МЮ"),
                "123456",
                DocumentPart::Series,
                Invalid::RomanNumeral,
            ),
            (
                "11",
                Some("I-МЮ"),
                "1",
                DocumentPart::Number,
                Invalid::NumberDigits { expected: 6 },
            ),
            (
                "13",
                None,
                "1234567",
                DocumentPart::Series,
                Invalid::SeriesRequired,
            ),
            ("21", None, "", DocumentPart::Number, Invalid::Empty),
            (
                "21",
                Some("A_B"),
                "1",
                DocumentPart::Series,
                Invalid::DocumentForm,
            ),
        ] {
            let refused = InvalidDocument { part, reason };
            assert_eq!(
                typed(code, series, number),
                Err(refused),
                "{code} {series:?} {number}"
            );
        }
    }

    #[test]
    fn other_documents_are_taken_as_they_are() {
        let foreign = typed("21", None, " AB-123 456").unwrap();
        assert_eq!((foreign.series(), foreign.number()), (None, "AB-123 456"));
        assert_eq!(foreign.human(), "№ AB-123 456");
        let foreign = typed("21", Some("AB"), "123456").unwrap();
        assert_eq!(
            (foreign.series(), foreign.mask()),
            (Some("AB"), "** № ***456".into())
        );
    }

    #[test]
    fn messages_name_the_part() {
        let refused = typed("13", None, "1").unwrap_err();
        assert_eq!(
            refused.to_string(),
            "series: a document of this kind has a series"
        );
        assert_eq!(
            refused.message(Lang::Ru),
            "серия: у документа этого вида серия обязательна"
        );
    }
}
