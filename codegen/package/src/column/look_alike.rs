//! Words that mix Latin and Cyrillic letters which look alike: typed in the wrong layout, found by no
//! search.

/// Latin letters and the Cyrillic ones that look the same.
const TWINS: [(char, char); 19] = [
    ('A', 'А'),
    ('B', 'В'),
    ('C', 'С'),
    ('E', 'Е'),
    ('H', 'Н'),
    ('K', 'К'),
    ('M', 'М'),
    ('O', 'О'),
    ('P', 'Р'),
    ('T', 'Т'),
    ('X', 'Х'),
    ('Y', 'У'),
    ('a', 'а'),
    ('c', 'с'),
    ('e', 'е'),
    ('o', 'о'),
    ('p', 'р'),
    ('x', 'х'),
    ('y', 'у'),
];

/// Whether a word of a text mixes the two so that it could have been written in one of them: all its
/// Latin letters look like Cyrillic ones, or the other way round. Words end where a letter does not
/// follow a letter, so that `10А` and `IT-клуб` are none; a Roman number with one letter behind it, as
/// classes are named, is none either.
pub(super) fn is_in(text: &str) -> bool {
    text.split(|char: char| !is_letter(char)).any(is_suspicious)
}

/// As by Unicode; the letters that are usual here need no table.
fn is_letter(char: char) -> bool {
    match char {
        '\0'..='\x7f' => char.is_ascii_alphabetic(),
        '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' => true,
        _ => char.is_alphabetic(),
    }
}

fn is_suspicious(word: &str) -> bool {
    let mut latin = Letters::default();
    let mut cyrillic = Letters::default();
    for char in word.chars() {
        if char.is_ascii() {
            latin.take(TWINS.iter().any(|(twin, _)| *twin == char));
        } else if ('\u{400}'..='\u{52f}').contains(&char) {
            cyrillic.take(TWINS.iter().any(|(_, twin)| *twin == char));
        }
    }
    let is_mixed = latin.any && cyrillic.any;
    is_mixed && (!latin.other || !cyrillic.other) && !is_class_name(word)
}

#[derive(Default)]
struct Letters {
    any: bool,
    /// Whether one of them has no twin.
    other: bool,
}

impl Letters {
    fn take(&mut self, has_twin: bool) {
        self.any = true;
        self.other |= !has_twin;
    }
}

/// `XIа`: a Roman number and a letter.
fn is_class_name(word: &str) -> bool {
    let mut chars = word.chars();
    let last = chars.next_back();
    last.is_some_and(|last| !last.is_ascii())
        && chars.all(|char| matches!(char, 'I' | 'V' | 'X' | 'L' | 'C'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_layouts_are_seen() {
        // Latin: o, C, M, P; Cyrillic: о in a Latin word.
        for text in [
            "Мoсква",
            "улица Cадовая",
            "MОУ СОШ",
            "гимназия № 5, Pязань",
            "schооl",
        ] {
            assert!(is_in(text), "{text:?}");
        }
    }

    #[test]
    fn mixed_names_are_left_alone() {
        for text in [
            "Москва",
            "school",
            "10А",
            "10A",
            "IT-клуб",
            "XIа",
            "VБ",
            "iPhoneами",
            "кабинет 3D-печати",
            "вариант B",
            "C++ для школ",
            "email: demo@example.org, почта",
            "",
            "№ 5",
        ] {
            assert!(!is_in(text), "{text:?}");
        }
    }
}
