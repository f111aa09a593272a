//! Letters that look like others, and names that were nearly written.

use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::text;

/// Small Cyrillic letters whose small or capital form looks like a Latin one.
const PAIRS: [(char, char); 17] = [
    ('а', 'a'),
    ('в', 'b'),
    ('е', 'e'),
    ('ё', 'e'),
    ('к', 'k'),
    ('м', 'm'),
    ('н', 'h'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('т', 't'),
    ('у', 'y'),
    ('х', 'x'),
    ('і', 'i'),
    ('ј', 'j'),
    ('ѕ', 's'),
    ('ԁ', 'd'),
];

/// The name with Latin letters in place of Cyrillic ones that look like them, and which they are; none if
/// it holds no such letter. The name is in lower case.
pub(crate) fn latin(name: &str) -> Option<(String, Text)> {
    let mut first = None;
    let mut count = 0;
    let latin = name.chars().enumerate().map(|(at, letter)| {
        let pair = PAIRS.iter().find(|(cyrillic, _)| *cyrillic == letter);
        let Some((_, latin)) = pair else {
            return letter;
        };
        count += 1;
        first.get_or_insert((at + 1, letter));
        *latin
    });
    let latin: String = latin.collect();
    let (position, letter) = first?;
    let more = count - 1;
    let code = u32::from(letter);
    let words = match more {
        0 => text!(
            "the Cyrillic letter `{letter}` (U+{code:04X}) at position {position}",
            "кириллическая буква `{letter}` (U+{code:04X}), позиция {position}"
        ),
        _ => text!(
            "the Cyrillic letter `{letter}` (U+{code:04X}) at position {position}, and {more} more",
            "кириллическая буква `{letter}` (U+{code:04X}), позиция {position}, и ещё {more}"
        ),
    };
    Some((latin, words))
}

/// The name nearest to one that is unknown: at most a third of its letters are wrong, or its end is missing.
pub(crate) fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    // Longer than any name: no use to compare.
    if name.len() > 200 {
        return None;
    }
    let limit = (name.chars().count() / 3).clamp(1, 4);
    let is_start = |known: &str| name.len() >= 4 && known.starts_with(name);
    names
        .map(|known| (distance(name, known), known))
        .filter(|(distance, known)| *distance <= limit || is_start(known))
        .min()
        .map(|(_, known)| known)
}

/// Letters to add, drop or change (Levenshtein).
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (at, letter) in left.chars().enumerate() {
        let mut diagonal = at;
        let mut before = at + 1;
        for (place, other) in row.iter_mut().skip(1).zip(&right) {
            let changed = diagonal + usize::from(letter != *other);
            diagonal = *place;
            before = changed.min(before + 1).min(*place + 1);
            *place = before;
        }
        if let Some(first) = row.first_mut() {
            *first = at + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_look_alike_are_named() {
        let (latin, words) = latin("mаrk").unwrap();
        assert_eq!(latin, "mark");
        assert!(
            words.en.contains("`а` (U+0430) at position 2"),
            "{}",
            words.en
        );
        assert_eq!(super::latin("mark"), None);
    }

    #[test]
    fn a_name_that_was_nearly_written_is_found() {
        let names = || ["mark", "lesson", "person"].into_iter();
        assert_eq!(nearest("marks", names()), Some("mark"));
        assert_eq!(nearest("lesosn", names()), Some("lesson"));
        assert_eq!(nearest("order", names()), None);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
