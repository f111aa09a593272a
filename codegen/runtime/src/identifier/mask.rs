//! Masks: identifiers for logs, recognisable at most to who knows them already.

use std::fmt;

use super::Identifier;

/// The most characters that a mask shows.
const SHOWN: usize = 4;

/// The text with a `*` for each letter and digit but the last ones: two fifths of them, rounded
/// down, and no more than four. Separators stay.
pub fn mask(text: &str) -> String {
    let secret = text.chars().filter(|c| c.is_alphanumeric()).count();
    let mut hidden = secret - (secret * 2 / 5).min(SHOWN);
    let hide = |c: char| {
        if !c.is_alphanumeric() || hidden == 0 {
            return c;
        }
        hidden -= 1;
        '*'
    };
    text.chars().map(hide).collect()
}

/// `Debug` of an identifier: its mask if it is personal, the text in quotes otherwise.
pub(super) fn debug<I: Identifier>(
    name: &str,
    identifier: &I,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    if identifier.is_personal() {
        write!(f, "{name}({})", identifier.mask())
    } else {
        f.debug_tuple(name).field(&identifier.as_str()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_characters_stay() {
        for (text, masked) in [
            ("112-233-445 95", "***-***-*45 95"),
            ("45 10 123456", "** ** **3456"),
            ("IV-МЮ № 123456", "**-** № **3456"),
            ("123456789012345678901", "*****************8901"),
            ("123456", "****56"),
            ("12345", "***45"),
            ("1234", "***4"),
            ("123", "**3"),
            ("12", "**"),
            ("1", "*"),
            ("", ""),
        ] {
            assert_eq!(mask(text), masked);
        }
    }
}
