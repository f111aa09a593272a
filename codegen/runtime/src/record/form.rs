//! The form of a text type: length, pattern, check digit. Generated types hold one as a constant.

use crate::identifier::Algorithm;
use crate::{Invalid, Pattern};

/// What the texts of a type must look like.
#[derive(Debug)]
pub struct Form {
    /// Name of the scalar type, or the table whose key it is.
    pub name: &'static str,
    /// The allowed numbers of characters; empty when only the largest one counts.
    pub lengths: &'static [usize],
    /// The largest number of characters.
    pub max: Option<usize>,
    /// The pattern of the whole text.
    pub pattern: Option<&'static Pattern>,
    /// A rule that no pattern can say, such as a check digit.
    pub algorithm: Option<Algorithm>,
    /// Whether values are personal data, which `Debug` hides.
    pub personal: bool,
}

impl Form {
    /// Whether a text has this form. The empty text never has.
    ///
    /// # Errors
    /// The first rule that the text breaks.
    pub fn check(&self, text: &str) -> Result<(), Invalid> {
        if text.is_empty() {
            return Err(Invalid::Empty);
        }
        if !self.lengths.is_empty() {
            let found = text.chars().count();
            if !self.lengths.contains(&found) {
                return Err(Invalid::Length {
                    expected: self.lengths,
                    found,
                });
            }
        }
        if let Some(max) = self.max {
            // Characters are never more than bytes.
            if text.len() > max {
                let found = text.chars().count();
                if found > max {
                    return Err(Invalid::TooLong { max, found });
                }
            }
        }
        if let Some(pattern) = self.pattern
            && !pattern.matches(text)
        {
            return Err(Invalid::Pattern {
                pattern: pattern.text,
            });
        }
        self.algorithm
            .map_or(Ok(()), |algorithm| algorithm.check(text))
    }

    /// The hash (ГОСТ Р 34.11-2012, 512 bits) of a raw value of this form, which is normalised as
    /// people type it and checked before. The raw value is kept nowhere.
    ///
    /// # Errors
    /// What the form refuses; never holds the text.
    #[cfg(feature = "hash")]
    pub fn hash(&self, raw: &str) -> Result<String, Invalid> {
        let raw = match self.algorithm {
            Some(algorithm) => algorithm.normalise(raw),
            None => raw.trim().to_owned(),
        };
        self.check(&raw)?;
        Ok(crate::hash::streebog512_hex(&raw))
    }
}

/// The supplier's prefix of keys (CSV rule F10): the identifier of a row is `<PREFIX>-<id>`, so that
/// keys of several suppliers never meet in one showcase.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Prefix(String);

impl Prefix {
    /// The largest number of characters.
    pub const MAX: usize = 20;

    /// A prefix of Latin capitals, digits and `_`, a letter first, at most 20 characters. The
    /// form of a key may narrow it further.
    ///
    /// # Errors
    /// The text has another form.
    pub fn new(text: &str) -> Result<Self, Invalid> {
        let first = |byte: &u8| byte.is_ascii_uppercase();
        let other = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
        if text.is_empty() {
            Err(Invalid::Empty)
        } else if !text.as_bytes().first().is_some_and(first) || !text.bytes().all(other) {
            Err(Invalid::Pattern {
                pattern: "^[A-Z][0-9A-Z_]{0,19}$",
            })
        } else if text.len() > Self::MAX {
            Err(Invalid::TooLong {
                max: Self::MAX,
                found: text.len(),
            })
        } else {
            Ok(Prefix(text.to_owned()))
        }
    }

    /// The prefix without the hyphen.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `<PREFIX>-<id>`, of a number or a text.
    pub fn join(&self, id: impl std::fmt::Display) -> String {
        format!("{}-{id}", self.0)
    }
}

/// The text of a key, checked; generated key types are made of it.
#[doc(hidden)]
pub fn key_text(
    form: &Form,
    prefix: &Prefix,
    id: &dyn std::fmt::Display,
) -> Result<String, Invalid> {
    let key = prefix.join(id);
    if key.len() == prefix.0.len() + 1 {
        return Err(Invalid::Empty);
    }
    form.check(&key)?;
    Ok(key)
}

impl std::str::FromStr for Prefix {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        Self::new(text)
    }
}

impl std::fmt::Display for Prefix {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_count_characters() {
        let form = Form {
            name: "name",
            lengths: &[],
            max: Some(3),
            pattern: None,
            algorithm: None,
            personal: false,
        };
        assert_eq!(form.check("имя"), Ok(()));
        assert_eq!(
            form.check("имён"),
            Err(Invalid::TooLong { max: 3, found: 4 })
        );
        assert_eq!(form.check(""), Err(Invalid::Empty));
        let exact = Form {
            lengths: &[2, 4],
            ..form
        };
        assert_eq!(exact.check("да"), Ok(()));
        assert!(matches!(
            exact.check("имя"),
            Err(Invalid::Length { found: 3, .. })
        ));
    }

    #[test]
    fn keys_are_made_of_numbers_and_texts() {
        let form = Form {
            name: "key",
            lengths: &[],
            max: Some(6),
            pattern: None,
            algorithm: None,
            personal: false,
        };
        let prefix = Prefix::new("ESH").unwrap();
        assert_eq!(key_text(&form, &prefix, &7_i64), Ok("ESH-7".into()));
        assert_eq!(key_text(&form, &prefix, &"7a"), Ok("ESH-7a".into()));
        assert_eq!(key_text(&form, &prefix, &""), Err(Invalid::Empty));
        let long = Invalid::TooLong { max: 6, found: 7 };
        assert_eq!(key_text(&form, &prefix, &777), Err(long));
    }

    #[test]
    fn prefixes_are_capitals() {
        let prefix = Prefix::new("ESH").unwrap();
        assert_eq!(prefix.join("123"), "ESH-123");
        assert_eq!(prefix.join(123), "ESH-123");
        for text in ["", "esh", "1A", "ЭЖ", "A-B", "ABCDEFGHIJKLMNOPQRSTU"] {
            assert!(Prefix::new(text).is_err(), "{text:?}");
        }
    }
}
