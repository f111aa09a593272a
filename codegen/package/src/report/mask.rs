//! Masks of values: what a report may show of what stands in a file.
//!
//! | class | shown |
//! |---|---|
//! | identifier | the mask of [`vitrina::identifier`]: the last characters |
//! | contact | of an e-mail address its first letter and zone, else as an identifier |
//! | name | the first letter and a class of length: `И… (4–7)` |
//! | attribute | the shape: separators stay, letters and digits become `*` |
//! | text | a class of length alone: `… (64–127)` |
//!
//! A column that is not personal may hold personal data all the same when fields of a row are shifted: a
//! value that is a valid СНИЛС or an e-mail address is masked wherever it stands.

use vitrina::identifier::{self, Email, Identifier as _, Snils};
use vitrina_codegen::model::PersonalClass;

/// The value as it may be shown, and whether that is a mask.
pub(super) fn masked(text: &str, class: Option<PersonalClass>) -> (String, bool) {
    if text.is_empty() {
        return (String::new(), false);
    }
    match class {
        Some(PersonalClass::Identifier) => (identifier::mask(text), true),
        Some(PersonalClass::Contact) => (contact(text), true),
        Some(PersonalClass::Name) => (name(text), true),
        Some(PersonalClass::Attribute) => (shape(text), true),
        Some(PersonalClass::Text) => (format!("… ({})", length_class(text)), true),
        None if Email::parse(text.trim()).is_ok() => (contact(text.trim()), true),
        None if Snils::parse_typed(text).is_ok() => (identifier::mask(text), true),
        None => (text.to_owned(), false),
    }
}

fn contact(text: &str) -> String {
    match Email::parse(text) {
        Ok(email) => email.mask(),
        Err(_) => identifier::mask(text),
    }
}

fn name(text: &str) -> String {
    let first: String = text.chars().take(1).collect();
    format!("{first}… ({})", length_class(text))
}

fn shape(text: &str) -> String {
    let hide = |c: char| if c.is_alphanumeric() { '*' } else { c };
    text.chars().map(hide).collect()
}

/// Between which powers of two the number of characters lies.
fn length_class(text: &str) -> String {
    let length = text.chars().count().max(1);
    let low = 1_usize << length.ilog2();
    match low {
        1 => "1".to_owned(),
        _ => format!("{low}–{}", low * 2 - 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_class_has_its_mask() {
        use PersonalClass::{Attribute, Contact, Identifier, Name, Text};
        for (class, text, shown) in [
            (Some(Identifier), "11223344595", "*******4595"),
            (Some(Contact), "+7 900 123-45-67", "+* *** ***-45-67"),
            (Some(Name), "Иванов", "И… (4–7)"),
            (Some(Name), "Ю", "Ю… (1)"),
            (Some(Attribute), "03.05.2010", "**.**.****"),
            (Some(Text), "болел", "… (4–7)"),
            (None, "11223344595", "*******4595"),
            (None, "A-1", "A-1"),
        ] {
            assert_eq!(masked(text, class).0, shown, "{class:?}");
        }
        assert_eq!(masked("", Some(Name)), (String::new(), false));
        let (email, hidden) = masked("ivanov@example.org", None);
        assert!(hidden && !email.contains("ivanov"), "{email}");
    }
}
