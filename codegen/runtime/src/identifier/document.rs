//! Documents of persons other than those with an own form: a series, where there is one, and a
//! number.
//!
//! Series and number are letters (Latin or Russian) and digits with single separators between them:
//! a blank, `-`, `.`, `,`, `/` or `\`. [`Document`] puts a kind of document and both together.

mod whole;

use super::macros::{identifier_text, identifier_type};
use super::{Identifier, typed};
use crate::Invalid;

pub use whole::{Document, DocumentForm, DocumentPart, InvalidDocument};

identifier_type! {
    /// The series of a document of any kind.
    DocumentSeries
}

identifier_type! {
    /// The number of a document of any kind.
    DocumentNumber
}

/// Whether a character may stand between two others, once.
fn separates(c: char) -> bool {
    matches!(c, ' ' | '-' | '.' | ',' | '/' | '\\')
}

/// Whether a character is a letter or a digit of documents.
fn counts(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, 'А'..='я' | 'Ё' | 'ё')
}

fn check(text: &str) -> Result<(), Invalid> {
    if text.is_empty() {
        return Err(Invalid::Empty);
    }
    let mut separated = true;
    for c in text.chars() {
        if !(counts(c) || separates(c) && !separated) {
            return Err(Invalid::DocumentForm);
        }
        separated = !counts(c);
    }
    match separated {
        true => Err(Invalid::DocumentForm),
        false => Ok(()),
    }
}

/// Without blanks around the text and around other separators; one blank for several, a hyphen for
/// any dash, no `№`. Letters stay, for no one can know their alphabet.
fn normalise(text: &str) -> String {
    let mut stored = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.chars().filter(|&c| !typed::is_invisible(c)) {
        if typed::is_blank(c) {
            blank = true;
            continue;
        }
        let c = if typed::is_hyphen(c) { '-' } else { c };
        if blank && !separates(c) && !stored.is_empty() && !stored.ends_with(separates) {
            stored.push(' ');
        }
        blank = false;
        stored.push(c);
    }
    stored
}

impl Identifier for DocumentSeries {
    const NAME: &'static str = "document_series";
    const TITLE: (&'static str, &'static str) = ("series of a document", "серия документа");

    identifier_text!();

    /// # Errors
    /// [`Invalid::Empty`], [`Invalid::DocumentForm`].
    fn check(text: &str) -> Result<(), Invalid> {
        check(text)
    }

    fn normalise(text: &str) -> String {
        normalise(text)
    }

    fn is_personal(&self) -> bool {
        true
    }
}

impl Identifier for DocumentNumber {
    const NAME: &'static str = "document_number";
    const TITLE: (&'static str, &'static str) = ("number of a document", "номер документа");

    identifier_text!();

    /// # Errors
    /// [`Invalid::Empty`], [`Invalid::DocumentForm`].
    fn check(text: &str) -> Result<(), Invalid> {
        check(text)
    }

    fn normalise(text: &str) -> String {
        normalise(text)
    }

    fn human(&self) -> String {
        format!("№ {}", self.0)
    }

    fn is_personal(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_with_single_separators() {
        for text in ["1", "AB 123456", "IV-МЮ", "А.Б/В\\Г,д ё", "Ё1-2-3"] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
        for text in [
            " 1", "1 ", "-", "1--2", "1- 2", "1_2", "№ 1", "1\u{a0}2", "ä1", "Ѐ1", "1.",
        ] {
            assert_eq!(check(text), Err(Invalid::DocumentForm), "{text:?}");
        }
        assert_eq!(check(""), Err(Invalid::Empty));
    }

    #[test]
    fn separators_are_mended() {
        for (typed, stored) in [
            (" № AB  123456 ", "AB 123456"),
            ("IV – МЮ", "IV-МЮ"),
            ("12 / 34", "12/34"),
            ("12 № 34", "12 34"),
            ("12./34", "12./34"),
            ("ab", "ab"),
            ("1.", "1."),
        ] {
            assert_eq!(normalise(typed), stored, "{typed:?}");
        }
        let number = DocumentNumber::parse_typed("N123 456").unwrap();
        assert_eq!(
            (number.as_str(), number.human()),
            ("N123 456", "№ N123 456".into())
        );
    }
}
