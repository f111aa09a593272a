//! What looks wrong in a text that may be right: blanks around it, letters of two alphabets in a word.

/// Latin letters with a Cyrillic twin, and their twins.
const LATIN: &str = "ABCEHKMOPTXYaceopxy";
const CYRILLIC: &str = "АВСЕНКМОРТХУасеорху";

/// Whether blanks stand before or behind the text.
pub(super) fn has_blanks(text: &str) -> bool {
    let is_blank = |one: char| one.is_whitespace() && !one.is_control() && !is_separator(one);
    text.starts_with(is_blank) || text.ends_with(is_blank)
}

/// Unicode's own line breaks are control characters here.
pub(super) fn is_separator(one: char) -> bool {
    matches!(one, '\u{2028}' | '\u{2029}')
}

/// Whether a word mixes Latin and Cyrillic letters, though it could be written in one of them; a Roman
/// number with a letter behind it is the name of a class.
pub(super) fn is_mixed(text: &str) -> bool {
    let mut words = text.split(|one: char| !one.is_alphabetic());
    words.any(|word| {
        let latin: Vec<char> = word.chars().filter(char::is_ascii).collect();
        let cyrillic: Vec<char> = (word.chars())
            .filter(|one| ('\u{400}'..='\u{52f}').contains(one))
            .collect();
        if latin.is_empty() || cyrillic.is_empty() {
            return false;
        }
        let all = |letters: &[char], twins: &str| letters.iter().all(|one| twins.contains(*one));
        let is_class = cyrillic.len() == 1
            && word.ends_with(|last: char| !last.is_ascii())
            && word.chars().count() == latin.len() + 1
            && latin.iter().all(|one| "IVXLC".contains(*one));
        (all(&latin, LATIN) || all(&cyrillic, CYRILLIC)) && !is_class
    })
}

/// The text with one letter in the other alphabet, if that makes a mixed word.
pub(super) fn mixed(text: &str) -> Option<String> {
    for (at, letter) in text.char_indices() {
        let Some(place) = CYRILLIC.chars().position(|one| one == letter) else {
            continue;
        };
        let twin = LATIN.chars().nth(place)?;
        let mut changed = text.to_owned();
        changed.replace_range(at..at + letter.len_utf8(), twin.encode_utf8(&mut [0; 4]));
        if is_mixed(&changed) {
            return Some(changed);
        }
    }
    None
}
