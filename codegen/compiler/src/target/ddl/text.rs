//! Texts in SQL: literals and comments.

/// A text literal for servers with `standard_conforming_strings` (every PostgreSQL since 9.1): only
/// the quote is special.
pub(crate) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A text that a `--` comment can hold: on one line whatever a reader takes for a line break.
pub(crate) fn comment(text: &str) -> String {
    text.chars()
        .map(|c| {
            let breaks = c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
            if breaks { ' ' } else { c }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_doubled_and_backslashes_left() {
        assert_eq!(literal(r"д'Артаньян \ --"), r"'д''Артаньян \ --'");
    }

    #[test]
    fn a_comment_stays_on_its_line() {
        assert_eq!(comment("a\r\nb\u{2028}c\u{85}d"), "a  b c d");
    }
}
