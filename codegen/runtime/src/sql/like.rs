//! `LIKE`.

use std::borrow::Cow;
use std::str::Chars;

/// `text LIKE pattern`: `%` is any characters, `_` one character, `\` takes the next one literally
/// (itself at the end of the pattern).
///
/// Takes no memory and at most as many steps as text and pattern have characters, multiplied.
pub fn like<'a>(text: Option<impl Into<Cow<'a, str>>>, pattern: &str) -> Option<bool> {
    let text: Cow<'a, str> = text?.into();
    Some(matches(&text, pattern))
}

/// A part of a pattern.
enum Part {
    /// `%`
    Any,
    /// `_`
    One,
    /// A character.
    Literal(char),
}

fn next(pattern: &mut Chars<'_>) -> Option<Part> {
    Some(match pattern.next()? {
        '%' => Part::Any,
        '_' => Part::One,
        '\\' => Part::Literal(pattern.next().unwrap_or('\\')),
        character => Part::Literal(character),
    })
}

fn matches(text: &str, pattern: &str) -> bool {
    let mut text = text.chars();
    let mut pattern = pattern.chars();
    // Where to go on when what follows the last `%` does not fit here: one character further. An
    // earlier `%` need not be tried again, for the last one can take whatever it would.
    let mut retry: Option<(Chars<'_>, Chars<'_>)> = None;
    loop {
        let mut after = pattern.clone();
        let fits = match next(&mut after) {
            Some(Part::Any) => {
                retry = Some((text.clone(), after.clone()));
                pattern = after;
                continue;
            }
            Some(Part::One) => text.next().is_some(),
            Some(Part::Literal(expected)) => text.next() == Some(expected),
            None if text.as_str().is_empty() => return true,
            None => false,
        };
        if fits {
            pattern = after;
            continue;
        }
        let Some((rest, after_any)) = &mut retry else {
            return false;
        };
        if rest.next().is_none() {
            return false;
        }
        text = rest.clone();
        pattern = after_any.clone();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn forms() {
        for (text, pattern, expected) in [
            ("", "", true),
            ("", "%", true),
            ("", "_", false),
            ("Ёж", "__", true),
            ("Ёж", "_", false),
            ("Ёжик", "Ёж%", true),
            ("Ёжик", "%ик", true),
            ("Ёжик", "%ж_к", true),
            ("Ёжик", "%жк", false),
            ("Ёжик", "ёж%", false),
            ("a.c", "a.c", true),
            ("abc", "a.c", false),
            ("50%", r"50\%", true),
            ("505", r"50\%", false),
            ("a_b", r"a\_b", true),
            ("acb", r"a\_b", false),
            (r"a\b", r"a\\b", true),
            (r"a\", r"a\", true),
            ("aab", "%ab", true),
            ("ababab", "%ab%ab", true),
            ("abab", "%ab%ab%ab", false),
            ("a\nb", "a%b", true),
        ] {
            assert_eq!(
                like(Some(text), pattern),
                Some(expected),
                "{text:?} LIKE {pattern:?}"
            );
        }
        assert_eq!(like(None::<&str>, "%"), None);
    }

    #[test]
    fn hostile_patterns_end() {
        let text = "a".repeat(5_000);
        let pattern = format!("{}b", "%a".repeat(500));
        assert_eq!(like(Some(text), &pattern), Some(false));
    }

    /// The definition, taken literally.
    fn slow(text: &[char], pattern: &[char]) -> bool {
        match (pattern, text) {
            ([], text) => text.is_empty(),
            (['%', rest @ ..], _) => (0..=text.len()).any(|skip| slow(&text[skip..], rest)),
            (['\\', literal, rest @ ..], [first, others @ ..]) => {
                first == literal && slow(others, rest)
            }
            (['\\', _, ..], []) => false,
            (['_', rest @ ..], [_, others @ ..]) => slow(others, rest),
            ([literal, rest @ ..], [first, others @ ..]) => first == literal && slow(others, rest),
            (_, []) => false,
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_definition(text in r"[ab%_\\]{0,10}", pattern in r"[ab%_\\]{0,7}") {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            let expected = slow(&chars(&text), &chars(&pattern));
            prop_assert_eq!(like(Some(text.as_str()), &pattern), Some(expected));
        }
    }
}
