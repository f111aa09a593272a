//! Functions over texts. Texts come as `&str`, `String` or `Cow<str>` and go as `Cow<str>`.

use std::borrow::Cow;

/// `length(text)`: characters.
pub fn length<'a>(text: Option<impl Into<Cow<'a, str>>>) -> Option<i128> {
    let text: Cow<'a, str> = text?.into();
    i128::try_from(text.chars().count()).ok()
}

/// `lower(text)`, by Unicode.
pub fn lower<'a>(text: Option<impl Into<Cow<'a, str>>>) -> Option<Cow<'a, str>> {
    let text: Cow<'a, str> = text?.into();
    let lower = |c: u8| c.is_ascii() && !c.is_ascii_uppercase();
    if text.bytes().all(lower) {
        return Some(text);
    }
    Some(Cow::Owned(text.to_lowercase()))
}

/// `upper(text)`, by Unicode.
pub fn upper<'a>(text: Option<impl Into<Cow<'a, str>>>) -> Option<Cow<'a, str>> {
    let text: Cow<'a, str> = text?.into();
    let upper = |c: u8| c.is_ascii() && !c.is_ascii_lowercase();
    if text.bytes().all(upper) {
        return Some(text);
    }
    Some(Cow::Owned(text.to_uppercase()))
}

/// `substring(text, from, count)`: `count` characters from the one numbered `from`, counted from 1;
/// as many of them as there are.
pub fn substring<'a>(
    text: Option<impl Into<Cow<'a, str>>>,
    from: usize,
    count: usize,
) -> Option<Cow<'a, str>> {
    let text: Cow<'a, str> = text?.into();
    let start = byte_of(&text, from.saturating_sub(1));
    let rest = text.get(start..).unwrap_or_default();
    let end = start + byte_of(rest, count);
    Some(match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.get(start..end).unwrap_or_default()),
        Cow::Owned(text) => Cow::Owned(text.get(start..end).unwrap_or_default().to_owned()),
    })
}

/// `split_part(text, separator, part)`: the part numbered `part`, counted from 1, of those between the
/// separators, which do not overlap and are sought from the start; the empty text when there are
/// fewer. An empty separator parts nothing.
pub fn split_part<'a>(
    text: Option<impl Into<Cow<'a, str>>>,
    separator: &str,
    part: usize,
) -> Option<Cow<'a, str>> {
    let text: Cow<'a, str> = text?.into();
    Some(match text {
        Cow::Borrowed(text) => Cow::Borrowed(nth_part(text, separator, part)),
        Cow::Owned(text) => Cow::Owned(nth_part(&text, separator, part).to_owned()),
    })
}

/// `left || right`: the second text right behind the first; null when one of them is.
pub fn concat<'a>(
    left: Option<impl Into<Cow<'a, str>>>,
    right: Option<impl Into<Cow<'a, str>>>,
) -> Option<Cow<'a, str>> {
    let (mut left, right): (Cow<'a, str>, Cow<'a, str>) = (left?.into(), right?.into());
    if left.is_empty() {
        return Some(right);
    }
    if !right.is_empty() {
        left.to_mut().push_str(&right);
    }
    Some(left)
}

fn nth_part<'a>(text: &'a str, separator: &str, part: usize) -> &'a str {
    let before = part.saturating_sub(1);
    if separator.is_empty() {
        // `split` would part every character from the next.
        return if before == 0 { text } else { "" };
    }
    text.split(separator).nth(before).unwrap_or_default()
}

/// Where the character numbered `number` from 0 begins; the end when there are fewer.
fn byte_of(text: &str, number: usize) -> usize {
    text.char_indices()
        .nth(number)
        .map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NULL: Option<&str> = None;

    #[test]
    fn null_makes_null() {
        assert_eq!(length(NULL), None);
        assert_eq!(lower(NULL), None);
        assert_eq!(upper(NULL), None);
        assert_eq!(substring(NULL, 1, 1), None);
        assert_eq!(split_part(NULL, "-", 1), None);
        assert_eq!(concat(NULL, Some("-")), None);
        assert_eq!(concat(Some("-"), NULL), None);
    }

    #[test]
    fn characters_are_counted() {
        assert_eq!(length(Some("")), Some(0));
        assert_eq!(length(Some("Ёж")), Some(2));
        assert_eq!(length(Some("👩🏽".to_owned())), Some(2));
    }

    #[test]
    fn case_is_changed_by_unicode() {
        assert_eq!(lower(Some("ЁЖ A1")).as_deref(), Some("ёж a1"));
        assert_eq!(upper(Some("ёж a1")).as_deref(), Some("ЁЖ A1"));
        assert!(matches!(lower(Some("a-1")), Some(Cow::Borrowed("a-1"))));
        assert!(matches!(upper(Some("A-1")), Some(Cow::Borrowed("A-1"))));
        assert_eq!(upper(lower(Some("Ёж"))).as_deref(), Some("ЁЖ"));
    }

    #[test]
    fn parts() {
        for (from, count, part) in [
            (1, 2, "Ёж"),
            (2, 1, "ж"),
            (1, 0, ""),
            (4, 9, "к"),
            (5, 1, ""),
            (1, usize::MAX, "Ёжик"),
            (usize::MAX, usize::MAX, ""),
        ] {
            assert_eq!(substring(Some("Ёжик"), from, count).as_deref(), Some(part));
            assert_eq!(
                substring(Some("Ёжик".to_owned()), from, count).as_deref(),
                Some(part)
            );
        }
    }

    #[test]
    fn texts_are_joined() {
        let joined = concat(concat(Some("Ёж"), Some("-")), Some("к".to_owned()));
        assert_eq!(joined.as_deref(), Some("Ёж-к"));
        assert!(matches!(
            concat(Some("а"), Some("")),
            Some(Cow::Borrowed("а"))
        ));
        assert!(matches!(
            concat(Some(""), Some("а")),
            Some(Cow::Borrowed("а"))
        ));
        assert_eq!(concat(Some(""), Some("")).as_deref(), Some(""));
    }

    #[test]
    fn parts_between_separators() {
        for (text, separator, part, expected) in [
            ("7-А", "-", 1, "7"),
            ("7-А", "-", 2, "А"),
            ("7-А", "-", 3, ""),
            ("7-А", "-", usize::MAX, ""),
            ("7", "-", 1, "7"),
            ("", "-", 1, ""),
            ("-а-", "-", 1, ""),
            ("-а-", "-", 3, ""),
            ("а🦔🦔б", "🦔🦔", 2, "б"),
            ("aaa", "aa", 2, "a"),
            ("аб", "", 1, "аб"),
            ("аб", "", 2, ""),
        ] {
            let found = split_part(Some(text), separator, part);
            assert_eq!(
                found.as_deref(),
                Some(expected),
                "{text} {separator} {part}"
            );
            let found = split_part(Some(text.to_owned()), separator, part);
            assert_eq!(
                found.as_deref(),
                Some(expected),
                "{text} {separator} {part}"
            );
        }
    }
}
