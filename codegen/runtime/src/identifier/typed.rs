//! Texts as people type them, character by character: what separates, what looks like what.
//!
//! Everything here leaves its own results as they are, so that normalising twice is normalising
//! once.

/// Whether a character is a hyphen or a dash of some sort.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}'
    )
}

/// Whether a character shows nothing at all: soft hyphens, joiners, marks of byte order.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

/// Whether a character is white space, or nothing, or a sign that stands before numbers.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_invisible(c) || matches!(c, '№' | '#')
}

/// The text without the characters that show nothing.
pub(super) fn visible(text: &str) -> String {
    text.chars().filter(|&c| !is_invisible(c)).collect()
}

/// The digit that a character was typed for: letters that look like one, and wide digits.
pub(super) fn digit(c: char) -> char {
    match c {
        'O' | 'o' | 'О' | 'о' => '0',
        'I' | 'l' | 'І' | '|' => '1',
        'З' | 'з' => '3',
        '\u{ff10}'..='\u{ff19}' => char::from_digit(u32::from(c) - 0xff10, 10).unwrap_or(c),
        _ => c,
    }
}

/// A number of digits: without blanks and hyphens, look-alikes made digits.
pub(super) fn digits(text: &str) -> String {
    text.chars()
        .filter(|&c| !is_blank(c) && !is_hyphen(c))
        .map(digit)
        .collect()
}

/// The capital of a Latin or Russian letter; other characters as they are.
pub(super) fn capital(c: char) -> char {
    match c {
        'a'..='z' => c.to_ascii_uppercase(),
        'а'..='я' | 'ё' => c.to_uppercase().next().unwrap_or(c),
        _ => c,
    }
}

/// The capitals that look the same in both alphabets: Latin, Cyrillic.
const TWINS: [(char, char); 11] = [
    ('A', 'А'),
    ('B', 'В'),
    ('E', 'Е'),
    ('K', 'К'),
    ('M', 'М'),
    ('H', 'Н'),
    ('O', 'О'),
    ('P', 'Р'),
    ('C', 'С'),
    ('T', 'Т'),
    ('X', 'Х'),
];

/// The Latin capital that a Cyrillic one looks like; other characters as they are.
pub(super) fn latin(c: char) -> char {
    let twin = TWINS.iter().find(|(_, cyrillic)| *cyrillic == c);
    twin.map_or(c, |(latin, _)| *latin)
}

/// The Cyrillic capital that a Latin one looks like; other characters as they are.
pub(super) fn cyrillic(c: char) -> char {
    let twin = TWINS.iter().find(|(latin, _)| *latin == c);
    twin.map_or(c, |(_, cyrillic)| *cyrillic)
}

/// The text without the words that announce a series and a number, unless nothing else is there;
/// one blank for each stretch of blanks, no punctuation around the words.
pub(super) fn without_words(text: &str) -> String {
    const WORDS: [&str; 6] = ["серия", "сер", "номер", "ном", "n", "no"];
    let text = visible(text);
    let around = |c: char| is_hyphen(c) || matches!(c, '.' | ',' | ':');
    let tokens: Vec<&str> = text
        .split(is_blank)
        .map(|token| token.trim_matches(around))
        .filter(|token| !token.is_empty())
        .collect();
    let is_word = |token: &&&str| WORDS.contains(&token.to_lowercase().as_str());
    let rest: Vec<&str> = tokens.iter().filter(|t| !is_word(t)).copied().collect();
    if rest.is_empty() { tokens } else { rest }.join(" ")
}

/// The text without blanks around it, inner stretches of white space made one blank each.
pub(super) fn free_text(text: &str) -> String {
    let text = visible(text);
    let text = text.trim_matches(is_blank);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text in groups of so many characters, a blank between them; a longer text is left as it is
/// behind the last group.
pub(super) fn grouped(text: &str, groups: &[usize]) -> String {
    let mut shown = String::with_capacity(text.len() + groups.len());
    let mut rest = text;
    for &group in groups {
        let Some((head, tail)) = rest.split_at_checked(group) else {
            break;
        };
        shown.push_str(head);
        rest = tail;
        if rest.is_empty() {
            return shown;
        }
        shown.push(' ');
    }
    shown.push_str(rest);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_found_among_separators() {
        assert_eq!(digits(" 112\u{2011}233–445\u{a0}95\u{feff}"), "11223344595");
        assert_eq!(digits("№ 77О7O8З89Зl"), "77070838931");
        assert_eq!(digits("７７"), "77");
        assert_eq!(digits("十2"), "十2");
    }

    #[test]
    fn twins_lead_there_and_back() {
        for (a, b) in TWINS {
            assert_eq!((latin(b), cyrillic(a)), (a, b));
            assert_eq!((latin(a), cyrillic(b)), (a, b));
            assert!(a.is_ascii() && !b.is_ascii());
        }
        assert_eq!(capital('ё'), 'Ё');
        assert_eq!(capital('ß'), 'ß');
    }

    #[test]
    fn words_are_dropped_beside_other_words() {
        assert_eq!(without_words("серия 45 10 номер: 123456"), "45 10 123456");
        assert_eq!(without_words("Сер. 4510 N 123456"), "4510 123456");
        assert_eq!(without_words("4510, № 123456."), "4510 123456");
        assert_eq!(without_words("серия"), "серия");
        assert_eq!(without_words(""), "");
    }

    #[test]
    fn groups_end_with_the_text() {
        assert_eq!(grouped("45286580000", &[2, 3, 3, 3]), "45 286 580 000");
        assert_eq!(grouped("452865803", &[2, 3, 3, 3]), "45 286 580 3");
        assert_eq!(grouped("45", &[2, 3]), "45");
        assert_eq!(grouped("12345", &[2]), "12 345");
    }
}
