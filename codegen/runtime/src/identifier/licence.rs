//! Numbers of licences and of accreditations: the form of the registers of today, and older texts.
//!
//! Today's numbers are `Л035-01298-77/01118654` of a licence and `А007-01229-57/01147030` of an
//! accreditation, with a Cyrillic letter at the beginning. What was given out before has all sorts
//! of forms and is taken as it is. A text that was obviously meant to have the form of today, but
//! has not, is refused. There are no check digits.

use super::macros::{identifier_text, identifier_type};
use super::{Identifier, typed};
use crate::Invalid;

identifier_type! {
    /// The number of a licence: `Л035-01298-77/01118654`, or an old free text.
    LicenceNumber
}

identifier_type! {
    /// The number of an accreditation: `А007-01229-57/01147030`, or an old free text.
    AccreditationNumber
}

/// The form of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RegistryForm {
    /// The form of the registers of today.
    New,
    /// Free text of the time before.
    Old,
}

impl LicenceNumber {
    /// The form of the number.
    pub fn form(&self) -> RegistryForm {
        LICENCE.form_of(&self.0)
    }
}

impl AccreditationNumber {
    /// The form of the number.
    pub fn form(&self) -> RegistryForm {
        ACCREDITATION.form_of(&self.0)
    }
}

/// What the numbers of a register look like today.
struct Register {
    /// The first letter, Cyrillic.
    letter: char,
    /// The first letter and the Latin capital that is typed for it.
    typed: [char; 2],
    /// The letter and the three digits behind it.
    prefix: &'static str,
    /// The form, for messages.
    form: &'static str,
}

const LICENCE: Register = Register {
    letter: 'Л',
    typed: ['Л', 'L'],
    prefix: "Л035",
    form: "Л035-#####-##/########",
};

const ACCREDITATION: Register = Register {
    letter: 'А',
    typed: ['А', 'A'],
    prefix: "А007",
    form: "А007-#####-##/########",
};

impl Register {
    fn form_of(&self, text: &str) -> RegistryForm {
        match self.new_form(text).is_some_and(|form| form == text) {
            true => RegistryForm::New,
            false => RegistryForm::Old,
        }
    }

    /// The number in the form of today, if a text has its letters and digits, however separated.
    fn new_form(&self, text: &str) -> Option<String> {
        let solid: String = text
            .chars()
            .filter(|&c| !typed::is_blank(c) && !typed::is_hyphen(c) && !matches!(c, '/' | '\\'))
            .enumerate()
            .map(|(place, c)| match place {
                0 if self.typed.contains(&typed::capital(c)) => self.letter,
                _ => typed::digit(c),
            })
            .collect();
        let digits = solid.strip_prefix(self.prefix)?;
        if digits.len() != 15 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let (office, rest) = digits.split_at_checked(5)?;
        let (region, number) = rest.split_at_checked(2)?;
        Some(format!("{}-{office}-{region}/{number}", self.prefix))
    }

    fn check(&self, text: &str) -> Result<(), Invalid> {
        if text.is_empty() {
            return Err(Invalid::Empty);
        }
        if text.contains(['\n', '\r']) {
            return Err(Invalid::LineBreak);
        }
        if text.chars().any(char::is_control) {
            return Err(Invalid::ControlCharacter);
        }
        let meant = text.strip_prefix(self.prefix);
        let meant = meant.is_some_and(|rest| rest.starts_with(typed::is_hyphen));
        match self.new_form(text) {
            Some(form) if form == text => Ok(()),
            None if !meant && typed::free_text(text) == text => Ok(()),
            None if !meant => Err(Invalid::Untidy),
            _ => Err(Invalid::RegistryNumberForm { form: self.form }),
        }
    }

    fn normalise(&self, text: &str) -> String {
        self.new_form(text)
            .unwrap_or_else(|| typed::free_text(text))
    }
}

impl Identifier for LicenceNumber {
    const NAME: &'static str = "licence_number";
    const TITLE: (&'static str, &'static str) = ("number of a licence", "номер лицензии");

    identifier_text!();

    /// # Errors
    /// [`Invalid::Empty`], [`Invalid::LineBreak`], [`Invalid::ControlCharacter`],
    /// [`Invalid::RegistryNumberForm`], [`Invalid::Untidy`].
    fn check(text: &str) -> Result<(), Invalid> {
        LICENCE.check(text)
    }

    fn normalise(text: &str) -> String {
        LICENCE.normalise(text)
    }

    fn is_personal(&self) -> bool {
        false
    }
}

impl Identifier for AccreditationNumber {
    const NAME: &'static str = "accreditation_number";
    const TITLE: (&'static str, &'static str) =
        ("number of an accreditation", "номер аккредитации");

    identifier_text!();

    /// # Errors
    /// [`Invalid::Empty`], [`Invalid::LineBreak`], [`Invalid::ControlCharacter`],
    /// [`Invalid::RegistryNumberForm`], [`Invalid::Untidy`].
    fn check(text: &str) -> Result<(), Invalid> {
        ACCREDITATION.check(text)
    }

    fn normalise(text: &str) -> String {
        ACCREDITATION.normalise(text)
    }

    fn is_personal(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms() {
        let new = LicenceNumber::parse("Л035-01298-77/01118654").unwrap();
        assert_eq!(new.form(), RegistryForm::New);
        let new = AccreditationNumber::parse("А007-01229-57/01147030").unwrap();
        assert_eq!(new.form(), RegistryForm::New);
        for old in ["12345", "А № 0002165", "74Л02 0003456", "6201/2009"] {
            assert_eq!(LicenceNumber::parse(old).unwrap().form(), RegistryForm::Old);
            assert_eq!(
                AccreditationNumber::parse(old).unwrap().form(),
                RegistryForm::Old
            );
        }
        // The form of one register is a free text of the other.
        let other = LicenceNumber::parse("А007-01229-57/01147030").unwrap();
        assert_eq!(other.form(), RegistryForm::Old);
    }

    #[test]
    fn what_was_meant_to_be_new_must_be() {
        let reason = Invalid::RegistryNumberForm {
            form: "Л035-#####-##/########",
        };
        for text in [
            "Л035-01298-77/0111865",
            "Л035-01298-77-01118654",
            "L035-01298-77/01118654",
            "Л035 01298 77 01118654",
            "Л035-О1298-77/01118654",
            "Л035–01298-77/01118654",
        ] {
            assert_eq!(LicenceNumber::check(text), Err(reason.clone()), "{text}");
        }
        for typed in [
            "№ Л035-01298-77/01118654",
            "л035–01298–77/01118654",
            "L035-O1298-77/01118654",
            "Л035 01298 77 01118654",
        ] {
            assert_eq!(LicenceNumber::normalise(typed), "Л035-01298-77/01118654");
        }
        let typed = AccreditationNumber::parse_typed("a007-01229-57 / 01147030").unwrap();
        assert_eq!(typed.as_str(), "А007-01229-57/01147030");
    }

    #[test]
    fn free_text_is_tidy() {
        for text in [" 12345", "12  345", "№ 12345", "12345\u{a0}"] {
            assert_eq!(LicenceNumber::check(text), Err(Invalid::Untidy), "{text:?}");
        }
        assert_eq!(LicenceNumber::normalise(" №  12  345 "), "12 345");
        assert_eq!(LicenceNumber::check("1\n2"), Err(Invalid::LineBreak));
        assert_eq!(LicenceNumber::check("1\t2"), Err(Invalid::ControlCharacter));
        assert_eq!(LicenceNumber::check(""), Err(Invalid::Empty));
    }
}
