//! Patterns as deterministic automata: the tables that generated Rust matches with.
//!
//! ```text
//! tree ──► alphabet ──► nfa ──► determinise ──► minimise ──► tables
//! ```

mod alphabet;
mod determinise;
mod minimise;
mod nfa;

use std::collections::BTreeMap;

use vitrina::pattern::{DEAD, run};

use self::alphabet::Alphabet;
use self::determinise::{Dfa, determinise};
use self::minimise::minimise;
use self::nfa::Nfa;
use super::Pattern;

/// The most states of an automaton.
pub const MAX_STATES: usize = 4096;

/// The most classes of characters of an automaton, besides the dead one.
const MAX_CLASSES: usize = 255;

/// A deterministic automaton in the layout of [`vitrina::Pattern`]; the smallest one, and the same
/// for every pattern that matches the same texts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Automaton {
    /// Sorted, disjoint, inclusive ranges of code points and their class, from 1; all other
    /// characters are of class 0.
    pub classes: Vec<(u32, u32, u8)>,
    /// The number of classes, class 0 included.
    pub width: u16,
    /// The state after `state` and `class` at `state * width + class`; [`DEAD`] where no match can
    /// come any more. State 0 is the first.
    pub table: Vec<u16>,
    /// For each state, whether a text may end there.
    pub accepting: Vec<bool>,
}

/// A pattern needs more than [`MAX_STATES`] states (or more classes of characters, or more work to
/// find them, than is sensible).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge;

impl std::fmt::Display for TooLarge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the pattern needs more than {MAX_STATES} states")
    }
}

impl std::error::Error for TooLarge {}

impl Pattern {
    /// The automaton that matches the same texts.
    ///
    /// # Errors
    /// [`TooLarge`], for patterns with large repetitions within repetitions.
    pub fn automaton(&self) -> Result<Automaton, TooLarge> {
        let alphabet = Alphabet::of(&self.node)?;
        let nfa = Nfa::of(&self.node, &alphabet)?;
        let dfa = minimise(&determinise(&nfa, &alphabet)?);
        Automaton::of(&dfa, &alphabet)
    }
}

impl Automaton {
    /// Whether the whole text matches.
    pub fn matches(&self, text: &str) -> bool {
        run(
            &self.classes,
            self.width,
            &self.table,
            &self.accepting,
            text,
        )
    }

    /// The tables of a minimal automaton. Symbols that lead to the same states from everywhere
    /// become one class; classes are numbered by their first character.
    fn of(dfa: &Dfa, alphabet: &Alphabet) -> Result<Automaton, TooLarge> {
        let states = dfa.accepting.len();
        if states > MAX_STATES {
            return Err(TooLarge);
        }
        let column = |symbol: usize| -> Vec<u16> {
            let next = |state| dfa.next(state, symbol).map(|next| u16::try_from(next).ok());
            (0..states)
                .map(|state| next(state).flatten().unwrap_or(DEAD))
                .collect()
        };
        let columns: Vec<Vec<u16>> = (0..alphabet.symbols()).map(column).collect();
        let mut classes: Vec<(u32, u32, u8)> = Vec::new();
        let mut numbers: BTreeMap<&[u16], u8> = BTreeMap::new();
        let mut used: Vec<&[u16]> = Vec::new();
        for &(first, last, symbol) in alphabet.ranges() {
            let Some(column) = columns.get(symbol) else {
                continue;
            };
            if column.iter().all(|&next| next == DEAD) {
                continue;
            }
            let class = match numbers.get(column.as_slice()) {
                Some(&class) => class,
                None => {
                    used.push(column);
                    if used.len() > MAX_CLASSES {
                        return Err(TooLarge);
                    }
                    let class = u8::try_from(used.len()).map_err(|_| TooLarge)?;
                    numbers.insert(column, class);
                    class
                }
            };
            match classes.last_mut() {
                Some((_, end, same)) if *same == class && *end + 1 == first => *end = last,
                _ => classes.push((first, last, class)),
            }
        }
        let width = u16::try_from(used.len() + 1).map_err(|_| TooLarge)?;
        let mut table = Vec::with_capacity(states * usize::from(width));
        for state in 0..states {
            table.push(DEAD);
            table.extend(used.iter().filter_map(|column| column.get(state)));
        }
        Ok(Automaton {
            classes,
            width,
            table,
            accepting: dfa.accepting.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::super::strategy::{self, class, literal, pattern, repeat};
    use super::*;
    use crate::model::PatternNode;

    #[test]
    fn ten_or_twelve_digits() {
        let ten = repeat(class("0-9"), 10, Some(10));
        let two = repeat(class("0-9"), 2, Some(2));
        let node = PatternNode::Sequence(vec![ten, repeat(two, 0, Some(1))]);
        let automaton = pattern(node).automaton().unwrap();
        assert_eq!(automaton.classes, [(0x30, 0x39, 1)]);
        assert_eq!((automaton.width, automaton.accepting.len()), (2, 13));
        for length in 0..15 {
            assert_eq!(
                automaton.matches(&"7".repeat(length)),
                [10, 12].contains(&length)
            );
        }
        assert!(!automaton.matches("77070838९३"));
    }

    #[test]
    fn tables_are_written_out() {
        // `(a|b)c*`: classes a to b and c; states: start, after the letter.
        let node = PatternNode::Sequence(vec![
            PatternNode::Alternatives(vec![literal("a"), literal("b")]),
            repeat(literal("c"), 0, None),
        ]);
        let automaton = pattern(node).automaton().unwrap();
        assert_eq!(automaton.classes, [(0x61, 0x62, 1), (0x63, 0x63, 2)]);
        assert_eq!(automaton.width, 3);
        assert_eq!(automaton.table, [DEAD, 1, DEAD, DEAD, DEAD, 1]);
        assert_eq!(automaton.accepting, [false, true]);
    }

    #[test]
    fn the_same_texts_give_the_same_automaton() {
        let a = || literal("a");
        let forms = [
            repeat(a(), 1, None),
            PatternNode::Sequence(vec![a(), repeat(a(), 0, None)]),
            repeat(repeat(a(), 1, Some(3)), 1, None),
            PatternNode::Alternatives(vec![a(), repeat(a(), 2, None), a()]),
        ];
        let expected = pattern(forms[0].clone()).automaton().unwrap();
        assert_eq!(expected.accepting, [false, true]);
        for form in forms {
            assert_eq!(pattern(form).automaton().unwrap(), expected);
        }
    }

    #[test]
    fn nothing_at_all_is_matched_by_an_empty_class() {
        let automaton = pattern(PatternNode::Class(vec![])).automaton().unwrap();
        assert_eq!(
            (automaton.width, automaton.accepting.as_slice()),
            (1, &[false][..])
        );
        assert!(!automaton.matches("") && !automaton.matches("a"));
        let automaton = pattern(PatternNode::Empty).automaton().unwrap();
        assert!(automaton.matches("") && !automaton.matches("a"));
    }

    #[test]
    fn large_patterns_are_refused_soon() {
        let digits = repeat(class("0-9"), 0, Some(255));
        let groups = |times| {
            let group = PatternNode::Sequence(vec![digits.clone(), literal("-")]);
            pattern(repeat(group, times, Some(times))).automaton()
        };
        assert_eq!(groups(15).unwrap().accepting.len(), 15 * 256 + 1);
        assert_eq!(groups(16), Err(TooLarge));
        let nested = repeat(repeat(class("0-9"), 255, Some(255)), 255, Some(255));
        assert_eq!(pattern(nested.clone()).automaton(), Err(TooLarge));
        assert_eq!(
            pattern(repeat(nested, 255, Some(255))).automaton(),
            Err(TooLarge)
        );
        // The automaton must remember the last twenty letters.
        let any = || class("a-b");
        let remembering = PatternNode::Sequence(vec![
            repeat(any(), 0, None),
            literal("a"),
            repeat(any(), 20, Some(20)),
        ]);
        assert_eq!(pattern(remembering).automaton(), Err(TooLarge));
        let many = (0..600_u32)
            .map(|i| {
                let c = char::from_u32(0x4e00 + 2 * i).unwrap();
                PatternNode::Sequence(vec![
                    PatternNode::Class(vec![(c, c)]),
                    repeat(literal("a"), i % 255, Some(i % 255)),
                    repeat(literal("b"), i / 255, Some(i / 255)),
                ])
            })
            .collect();
        assert_eq!(
            pattern(PatternNode::Alternatives(many)).automaton(),
            Err(TooLarge)
        );
    }

    proptest! {
        #[test]
        fn agrees_with_the_definition_and_the_regex_crate(
            node in strategy::node(),
            texts in prop::collection::vec(strategy::text(), 20),
        ) {
            let pattern = pattern(node);
            let automaton = pattern.automaton().unwrap();
            let regex = Regex::new(&pattern.to_regex()).unwrap();
            for text in texts {
                let expected = regex.is_match(&text);
                prop_assert_eq!(automaton.matches(&text), expected, "{:?} {}", &text, regex);
                prop_assert_eq!(pattern.matches(&text), expected, "{:?} {}", &text, regex);
            }
            prop_assert_eq!(pattern.automaton().unwrap(), automaton);
        }
    }
}
