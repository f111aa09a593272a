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
    /// The same pattern as runs of characters, where it is nothing more: they are matched several
    /// times faster. Empty where the automaton is needed.
    pub runs: &'static [Run],
}

/// Some characters of ASCII, one after another: `[0-9]{1,3}`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Run {
    set: [bool; 256],
    min: u32,
    max: u32,
}

impl Run {
    /// `min` to `max` characters of the ranges, both ends included. A run takes as many as there are:
    /// no character of the next one may be among them, unless `min` is `max`.
    pub const fn new(ranges: &[(u8, u8)], min: u32, max: u32) -> Run {
        let mut set = [false; 256];
        let mut range = 0;
        while range < ranges.len() {
            let (first, last) = ranges[range];
            let mut byte = first as usize;
            while byte <= last as usize && byte < 0x80 {
                set[byte] = true;
                byte += 1;
            }
            range += 1;
        }
        Run { set, min, max }
    }

    /// How many bytes of the run `bytes` begin with, if they are enough.
    #[inline(always)]
    fn take(&self, bytes: &[u8]) -> Option<usize> {
        let (min, max) = (self.min as usize, self.max as usize);
        let count = if min == max {
            // All of a known number are looked at without a stop.
            let run = bytes.get(..min)?;
            return self.has_all(run).then_some(min);
        } else {
            let other = |byte: &u8| !self.set[usize::from(*byte)];
            bytes.iter().take(max).position(other)
        };
        let count = count.unwrap_or(bytes.len().min(max));
        (count >= min).then_some(count)
    }

    #[inline(always)]
    fn has_all(&self, bytes: &[u8]) -> bool {
        bytes
            .iter()
            .fold(true, |all, byte| all & self.set[usize::from(*byte)])
    }

    /// Whether the run is the whole of `bytes`.
    #[inline(always)]
    fn is_all(&self, bytes: &[u8]) -> bool {
        let (min, max) = (self.min as usize, self.max as usize);
        (min..=max).contains(&bytes.len()) && self.has_all(bytes)
    }
}

impl std::fmt::Debug for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let bytes = (0..=u8::MAX).filter(|byte| self.set[usize::from(*byte)]);
        let text: String = bytes.map(char::from).collect();
        write!(f, "[{text}]{{{},{}}}", self.min, self.max)
    }
}

/// Whether the whole text is these runs, of which there is at least one.
pub fn run_of_runs(runs: &[Run], text: &str) -> bool {
    let Some((last, runs)) = runs.split_last() else {
        return false;
    };
    let mut rest = text.as_bytes();
    for run in runs {
        let after = run.take(rest).and_then(|count| rest.get(count..));
        match after {
            Some(after) => rest = after,
            None => return false,
        }
    }
    last.is_all(rest)
}

impl Pattern {
    /// Whether the whole text matches: one pass, no allocation.
    pub fn matches(&self, text: &str) -> bool {
        if !self.runs.is_empty() {
            return run_of_runs(self.runs, text);
        }
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
        runs: &[],
    };

    #[test]
    fn runs_are_whole_texts() {
        let runs = [
            Run::new(&[(b'A', b'Z'), (b'_', b'_')], 1, 3),
            Run::new(&[(b'-', b'-')], 1, 1),
            Run::new(&[(b'0', b'9')], 0, 2),
        ];
        for text in ["A-", "_B-1", "ABC-12"] {
            assert!(run_of_runs(&runs, text), "{text:?}");
        }
        for text in [
            "", "-", "-1", "ABCD-", "A1", "A-123", "A-1x", "a-1", "A", "A-1я", "Я-1",
        ] {
            assert!(!run_of_runs(&runs, text), "{text:?}");
        }
        assert!(!run_of_runs(&[], ""));
        let any = [Run::new(&[(b'a', b'a')], 0, u32::MAX)];
        assert!(run_of_runs(&any, "") && run_of_runs(&any, &"a".repeat(300)));
        assert_eq!(format!("{:?}", runs[2]), "[0123456789]{0,2}");
    }

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
