//! Patterns: the subset of regular expressions that every target means the same by.
//!
//! A pattern matches a whole text: it is anchored (`^…$`), or it is one that rules seek within texts,
//! and has *anything* where it is not. It knows literals, classes, groups,
//! alternation and greedy repetition; `\d` is `[0-9]`, `\w` is `[0-9A-Za-z_]`, `\s` is blank, tab
//! and the other ASCII spaces, `.` is any character but a line feed. What engines disagree about
//! (look-around, back references, lazy repetition, Unicode properties, flags) is refused.
//!
//! [`mod@print`] writes a pattern for the engines of targets, [`automaton`] compiles it to the tables of
//! generated Rust, and `matching` tries it on a single text.

pub mod automaton;
mod matching;
pub mod print;
mod sought;
#[cfg(test)]
mod strategy;

pub use automaton::{Automaton, TooLarge};

/// A compiled pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pattern {
    /// As written in the model.
    pub text: String,
    /// The tree of the whole text, without the anchors.
    pub node: PatternNode,
}

/// A part of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PatternNode {
    /// Nothing.
    Empty,
    /// One character of the ranges, which are sorted, disjoint and inclusive.
    Class(Vec<(char, char)>),
    /// Parts one after another.
    Sequence(Vec<PatternNode>),
    /// One of the parts.
    Alternatives(Vec<PatternNode>),
    /// A part, `min` to `max` times; no `max`: any number. At most 255 either way.
    Repeat {
        /// The part.
        node: Box<PatternNode>,
        /// At least so often.
        min: u32,
        /// At most so often.
        max: Option<u32>,
    },
}

impl Pattern {
    /// The fewest characters of a text that matches.
    pub fn min_chars(&self) -> u32 {
        self.node.min_chars()
    }

    /// The most characters of a text that matches; none when there is no limit.
    pub fn max_chars(&self) -> Option<u32> {
        self.node.max_chars()
    }
}

impl PatternNode {
    /// Any text, the empty one included.
    pub(crate) fn anything() -> Self {
        PatternNode::Repeat {
            node: Box::new(PatternNode::Class(vec![('\0', char::MAX)])),
            min: 0,
            max: None,
        }
    }

    fn min_chars(&self) -> u32 {
        match self {
            PatternNode::Empty => 0,
            PatternNode::Class(_) => 1,
            PatternNode::Sequence(parts) => parts
                .iter()
                .map(Self::min_chars)
                .fold(0, u32::saturating_add),
            PatternNode::Alternatives(parts) => {
                parts.iter().map(Self::min_chars).min().unwrap_or(0)
            }
            PatternNode::Repeat { node, min, .. } => node.min_chars().saturating_mul(*min),
        }
    }

    fn max_chars(&self) -> Option<u32> {
        match self {
            PatternNode::Empty => Some(0),
            PatternNode::Class(_) => Some(1),
            PatternNode::Sequence(parts) => parts
                .iter()
                .map(Self::max_chars)
                .try_fold(0_u32, |sum, chars| Some(sum.saturating_add(chars?))),
            PatternNode::Alternatives(parts) => parts
                .iter()
                .map(Self::max_chars)
                .try_fold(0, |most, chars| Some(most.max(chars?))),
            PatternNode::Repeat { node, max, .. } => match (node.max_chars(), max) {
                (Some(0), _) => Some(0),
                (Some(chars), Some(max)) => Some(chars.saturating_mul(*max)),
                (None, Some(0)) => Some(0),
                _ => None,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::strategy::{class, literal, pattern, repeat};
    use super::*;

    #[test]
    fn lengths() {
        let letters = repeat(class("А-Я"), 2, Some(4));
        let digits = repeat(class("0-9"), 1, None);
        let either = PatternNode::Alternatives(vec![letters.clone(), PatternNode::Empty]);
        for (node, min, max) in [
            (PatternNode::Empty, 0, Some(0)),
            (letters.clone(), 2, Some(4)),
            (digits.clone(), 1, None),
            (either.clone(), 0, Some(4)),
            (
                PatternNode::Sequence(vec![letters, literal("-"), either]),
                3,
                Some(9),
            ),
            (repeat(digits.clone(), 0, Some(0)), 0, Some(0)),
            (repeat(digits, 3, Some(5)), 3, None),
            (repeat(PatternNode::Empty, 0, None), 0, Some(0)),
        ] {
            let pattern = pattern(node);
            assert_eq!(
                (pattern.min_chars(), pattern.max_chars()),
                (min, max),
                "{pattern:?}"
            );
        }
    }
}
