//! Numbers of act records (записи актов гражданского состояния), such as that of a birth.
//!
//! A record of the paper books has a short number, unique within an office and a year; one of the
//! unified register (ЕГР ЗАГС) has 21 digits. There is no check digit. That the register's numbers
//! have 21 digits is common knowledge, not verified.

use super::arithmetic::digits_up_to;
use super::macros::{identifier_text, identifier_type};
use super::{Identifier, typed};
use crate::Invalid;

/// The digits of a number of the unified register; no number has more.
const REGISTER: usize = 21;

identifier_type! {
    /// The number of an act record, stored as its digits; printed `№ 1234`.
    ActRecordNumber
}

/// Where the number comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActRecordForm {
    /// The book of an office and a year: fewer than 21 digits.
    Book,
    /// The unified register: 21 digits.
    Register,
}

impl ActRecordNumber {
    /// Where the number comes from, by its length.
    pub fn form(&self) -> ActRecordForm {
        match self.0.len() {
            REGISTER => ActRecordForm::Register,
            _ => ActRecordForm::Book,
        }
    }
}

impl Identifier for ActRecordNumber {
    const NAME: &'static str = "act_record_number";
    const TITLE: (&'static str, &'static str) = ("number of an act record", "номер записи акта");

    identifier_text!();

    /// # Errors
    /// [`Invalid::Empty`], [`Invalid::NotDigits`], [`Invalid::TooLong`].
    fn check(text: &str) -> Result<(), Invalid> {
        digits_up_to(text, REGISTER).map(|_| ())
    }

    /// The digits; leading zeros stay, for books have them.
    fn normalise(text: &str) -> String {
        typed::digits(text)
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
    fn books_and_the_register() {
        let book = ActRecordNumber::parse_typed("№ 1234").unwrap();
        assert_eq!((book.as_str(), book.form()), ("1234", ActRecordForm::Book));
        assert_eq!(
            (book.human(), book.mask()),
            ("№ 1234".into(), "№ ***4".into())
        );
        let number = ActRecordNumber::parse("120219910000500001006").unwrap();
        assert_eq!(number.form(), ActRecordForm::Register);
        assert_eq!(
            ActRecordNumber::check("1202199100005000010061"),
            Err(Invalid::TooLong { max: 21, found: 22 })
        );
        assert_eq!(ActRecordNumber::check("12-34"), Err(Invalid::NotDigits));
    }
}
