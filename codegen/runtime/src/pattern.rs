//! Patterns of whole texts, compiled to tables by the generator: one step for each character.

/// Where no match can come any more.
pub const DEAD: u16 = u16::MAX;

/// A compiled pattern: a deterministic automaton over classes of characters.
///
/// The generator writes it as a constant. The automaton starts in state 0; from state `s` a character
/// of class `c` leads to `table[s * width + c]`, where [`DEAD`] is the end. A text matches when its
/// last character leads to a state that is `accepting`. Tables that do not fit together match
/// nothing; they never panic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// The regular expression, for messages.
    pub text: &'static str,
    /// Characters from the first code point to the second, both included, and their class, 1 or
    /// more; sorted, without overlap. All other characters are of class 0, which is dead.
    pub classes: &'static [(u32, u32, u8)],
    /// The number of classes, class 0 included.
    pub width: u16,
    /// The next states.
    pub table: &'static [u16],
    /// For each state, whether a text may end there.
    pub accepting: &'static [bool],
}

impl Pattern {
    /// Whether the whole text matches: one pass, no allocation.
    pub fn matches(&self, text: &str) -> bool {
        run(self.classes, self.width, self.table, self.accepting, text)
    }
}

/// Whether a whole text is matched by the tables of a [`Pattern`], wherever they are kept.
pub fn run(
    classes: &[(u32, u32, u8)],
    width: u16,
    table: &[u16],
    accepting: &[bool],
    text: &str,
) -> bool {
    let mut state = 0;
    for character in text.chars() {
        let class = class_of(classes, u32::from(character));
        if class == 0 {
            return false;
        }
        let at = usize::from(state) * usize::from(width) + usize::from(class);
        match table.get(at) {
            Some(&next) if next != DEAD => state = next,
            _ => return false,
        }
    }
    accepting.get(usize::from(state)).copied().unwrap_or(false)
}

/// The class of a character.
#[inline]
fn class_of(classes: &[(u32, u32, u8)], character: u32) -> u8 {
    // Most patterns have two or three ranges: a plain scan beats a search by halves.
    if classes.len() > 8 {
        let at = classes.partition_point(|&(_, last, _)| last < character);
        return match classes.get(at) {
            Some(&(first, _, class)) if first <= character => class,
            _ => 0,
        };
    }
    for &(first, last, class) in classes {
        if character <= last {
            return if first <= character { class } else { 0 };
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `^[А-Я]\d*$`
    const LETTER_DIGITS: Pattern = Pattern {
        text: r"^[А-Я]\d*$",
        classes: &[('0' as u32, '9' as u32, 1), ('А' as u32, 'Я' as u32, 2)],
        width: 3,
        table: &[DEAD, DEAD, 1, DEAD, 1, DEAD],
        accepting: &[false, true],
    };

    #[test]
    fn matches_whole_texts() {
        for text in ["Я", "А1", "Б0123456789"] {
            assert!(LETTER_DIGITS.matches(text), "{text:?}");
        }
        for text in ["", "1", "ЯЯ", "я1", "Я1 ", " Я1", "Я1\n", "Я١", "Ё1"] {
            assert!(!LETTER_DIGITS.matches(text), "{text:?}");
        }
    }

    #[test]
    fn many_ranges_are_searched() {
        let classes: Vec<(u32, u32, u8)> = (0..40).map(|i| (i * 10, i * 10 + 4, 1)).collect();
        for character in 0..450 {
            let expected = u8::from(character < 400 && character % 10 <= 4);
            assert_eq!(class_of(&classes, character), expected, "{character}");
            assert_eq!(
                class_of(&classes[..3], character),
                expected * u8::from(character < 30)
            );
        }
    }

    #[test]
    fn broken_tables_match_nothing() {
        let broken = Pattern {
            table: &[],
            ..LETTER_DIGITS
        };
        assert!(!broken.matches("Я1"));
        let broken = Pattern {
            accepting: &[],
            ..LETTER_DIGITS
        };
        assert!(!broken.matches(""));
    }
}
