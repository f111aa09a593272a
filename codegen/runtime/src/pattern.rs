//! Patterns of whole texts, compiled to tables by the generator: one step for each character.

use crate::simd::Block;

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

/// Ranges that sixteen characters at once are compared with.
const FEW: usize = 4;

/// Some characters of ASCII, one after another: `[0-9]{1,3}`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Run {
    set: [bool; 256],
    /// The ranges, where they are few: the first one and how far behind it the last one is.
    ranges: [(u8, u8); FEW],
    /// How many; more than [`FEW`] are not kept.
    count: usize,
    min: u32,
    max: u32,
}

impl Run {
    /// `min` to `max` characters of the ranges, both ends included. A run takes as many as there are:
    /// no character of the next one may be among them, unless `min` is `max`.
    pub const fn new(ranges: &[(u8, u8)], min: u32, max: u32) -> Run {
        let mut set = [false; 256];
        let mut few = [(0, 0); FEW];
        let mut range = 0;
        while range < ranges.len() {
            let (first, last) = ranges[range];
            if range < FEW {
                assert!(first <= last && last < 0x80);
                few[range] = (first, last - first);
            }
            let mut byte = first as usize;
            while byte <= last as usize && byte < 0x80 {
                set[byte] = true;
                byte += 1;
            }
            range += 1;
        }
        Run {
            set,
            ranges: few,
            count: ranges.len(),
            min,
            max,
        }
    }

    /// Which bytes of the block are of the run, if its ranges are few.
    #[inline(always)]
    fn mask(&self, block: Block) -> Option<u32> {
        Some(in_ranges(self.ranges.get(..self.count)?, block).mask())
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
        if let (Some(last), Some(ranges)) = (bytes.last_chunk(), self.ranges.get(..self.count)) {
            let (blocks, _) = bytes.as_chunks();
            let last = in_ranges(ranges, Block::load(last));
            let all = blocks.iter().fold(last, |all, block| {
                all.and(in_ranges(ranges, Block::load(block)))
            });
            return all.mask() == 0xffff;
        }
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

/// All ones where a byte is of one of the ranges.
#[inline(always)]
fn in_ranges(ranges: &[(u8, u8)], block: Block) -> Block {
    ranges.iter().fold(Block::splat(0), |of, &(first, width)| {
        let behind = block.minus(Block::splat(first));
        of.or(behind.at_most(Block::splat(width)))
    })
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
    if let Some(block) = short(text.as_bytes())
        && let Some(is_of_runs) = block_of_runs(runs, last, block, text.len())
    {
        return is_of_runs;
    }
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

/// A text of one to sixteen bytes; what is behind it is zero.
#[inline(always)]
fn short(text: &[u8]) -> Option<Block> {
    let length = text.len();
    // Two words that overlap in the middle, the second one moved to where it belongs.
    if let (Some(first), Some(last), ..=16) = (text.first_chunk(), text.last_chunk(), length) {
        let behind = u64::from_le_bytes(*last).checked_shr((16 - length as u32) * 8);
        return Some(Block::of(*first, behind.unwrap_or(0).to_le_bytes()));
    }
    let word = match (text.first_chunk(), text.last_chunk(), text) {
        (Some(first), Some(last), _) if length < 8 => {
            let last = u64::from(u32::from_le_bytes(*last)) << ((length - 4) * 8);
            u64::from(u32::from_le_bytes(*first)) | last
        }
        (_, _, &[one]) => one.into(),
        (_, _, &[one, two]) => u16::from_le_bytes([one, two]).into(),
        (_, _, &[one, two, three]) => u32::from_le_bytes([one, two, three, 0]).into(),
        _ => return None,
    };
    Some(Block::of(word.to_le_bytes(), [0; 8]))
}

/// As [`run_of_runs`], for the first `length` bytes of a block.
#[inline(always)]
fn block_of_runs(runs: &[Run], last: &Run, block: Block, length: usize) -> Option<bool> {
    let inside = (1_u32 << length) - 1;
    let mut at = 0;
    for run in runs {
        let found = (run.mask(block)? & inside) >> at;
        let count = found.trailing_ones().min(run.max);
        if count < run.min {
            return Some(false);
        }
        at += count;
    }
    let rest = length as u32 - at;
    let found = (last.mask(block)? & inside) >> at;
    Some((last.min..=last.max).contains(&rest) && found.trailing_ones() >= rest)
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
    fn blocks_have_the_runs_of_bytes() {
        let set = [(b'0', b'9'), (b'A', b'Z'), (b'a', b'z')];
        let dash = Run::new(&[(b'-', b'-')], 1, 1);
        let of = |min, max| [Run::new(&set, 1, 3), dash, Run::new(&set, min, max)];
        // A run that is never there keeps blocks out.
        let slowly = |mut runs: [Run; 3]| {
            runs[0].count = FEW + 1;
            runs
        };
        for length in (0..20).chain(32..38) {
            for (at, byte) in (0..=length).flat_map(|at| "-aZ/~\0".bytes().map(move |b| (at, b))) {
                for dash in 0..5 {
                    let mut text = vec![b'a'; length];
                    for (place, byte) in [(dash, b'-'), (at, byte)] {
                        if let Some(there) = text.get_mut(place) {
                            *there = byte;
                        }
                    }
                    let text = String::from_utf8(text).unwrap();
                    for runs in [of(1, 79), of(0, 5), of(8, 8), of(32, 32)] {
                        let expected = run_of_runs(&slowly(runs), &text);
                        assert_eq!(run_of_runs(&runs, &text), expected, "{text:?}");
                    }
                }
            }
        }
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
