//! E-mail addresses, loosely: a name, one `@`, a domain with a point in it, no blanks.
//!
//! Whether a letter arrives is no matter of form, so nothing more is asked; names may be Cyrillic.
//! The mask keeps the first character of a longer name and the zone of the domain, each hidden part
//! three stars whatever its length: `i***@***.ru`.

use super::macros::{identifier_text, identifier_type};
use super::{Identifier, typed};
use crate::Invalid;

identifier_type! {
    /// An e-mail address, stored as it was given.
    Email
}

impl Email {
    fn parts(&self) -> (&str, &str) {
        self.0.split_once('@').unwrap_or_default()
    }

    /// What stands before the `@`.
    pub fn name(&self) -> &str {
        self.parts().0
    }

    /// What stands behind the `@`.
    pub fn domain(&self) -> &str {
        self.parts().1
    }
}

/// The shortest name whose first character a mask shows.
const LONG_NAME: usize = 4;
/// The longest zone that a mask shows, in characters; only letters are shown.
const ZONE: usize = 6;

impl Identifier for Email {
    const NAME: &'static str = "email";
    const TITLE: (&'static str, &'static str) = ("e-mail address", "адрес электронной почты");

    identifier_text!();

    /// # Errors
    /// [`Invalid::Empty`], [`Invalid::ControlCharacter`], [`Invalid::EmailForm`].
    fn check(text: &str) -> Result<(), Invalid> {
        if text.is_empty() {
            return Err(Invalid::Empty);
        }
        if text.chars().any(char::is_control) {
            return Err(Invalid::ControlCharacter);
        }
        let hidden = |c: char| c.is_whitespace() || typed::is_invisible(c);
        let (name, domain) = text.split_once('@').ok_or(Invalid::EmailForm)?;
        // A point with something on either side.
        let mut inner = domain.chars();
        inner.next();
        inner.next_back();
        let fits = !name.is_empty()
            && !domain.contains('@')
            && inner.any(|c| c == '.')
            && !text.contains(hidden);
        match fits {
            true => Ok(()),
            false => Err(Invalid::EmailForm),
        }
    }

    /// Without blanks around the address and around the `@`. Capitals stay: the name may mean them.
    fn normalise(text: &str) -> String {
        let text = typed::visible(text);
        let parts: Vec<&str> = text.split('@').map(str::trim).collect();
        parts.join("@")
    }

    fn mask(&self) -> String {
        let (name, domain) = self.parts();
        let first = name.chars().next();
        let first = first.filter(|_| name.chars().count() >= LONG_NAME);
        let zone = domain.rsplit_once('.').map(|(_, zone)| zone);
        let zone = zone
            .filter(|zone| zone.chars().count() <= ZONE && zone.chars().all(char::is_alphabetic));
        let first = first.map(String::from).unwrap_or_default();
        format!("{first}***@***.{}", zone.unwrap_or("***"))
    }

    fn is_personal(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_sign_and_a_point_behind_it() {
        for text in [
            "support@chiro74.ru",
            "a@b.c",
            "иван@почта.рф",
            "a+b@x.y.z",
            "a@b..c",
            "a@.b.c",
        ] {
            assert_eq!(Email::check(text), Ok(()), "{text}");
        }
        for text in [
            "support",
            "@b.c",
            "a@",
            "a@b",
            "a@.c",
            "a@b.",
            "a@.",
            "a@..",
            "a@b@c.d",
            "a b@c.d",
            "a@b .c",
            " a@b.c",
            "a@b.c\u{200b}",
        ] {
            assert_eq!(Email::check(text), Err(Invalid::EmailForm), "{text:?}");
        }
        assert_eq!(Email::check("a@b.c\n"), Err(Invalid::ControlCharacter));
        assert_eq!(Email::check(""), Err(Invalid::Empty));
    }

    #[test]
    fn masks_keep_the_first_character_and_the_zone() {
        for (text, mask) in [
            ("ivanov@mail.ru", "i***@***.ru"),
            ("ivan@почта.рф", "i***@***.рф"),
            ("iv@mail.ru", "***@***.ru"),
            ("ivanov@mail.ivanov-ivan", "i***@***.***"),
            ("ivanov@1.1", "i***@***.***"),
        ] {
            assert_eq!(Email::parse(text).unwrap().mask(), mask);
        }
    }

    #[test]
    fn blanks_around_are_dropped() {
        let address = Email::parse_typed(" Ivanov @ Mail.ru\u{feff}").unwrap();
        assert_eq!((address.name(), address.domain()), ("Ivanov", "Mail.ru"));
    }
}
