//! Patterns: the subset of regular expressions that every target means the same by.
//!
//! A pattern is anchored (`^…$`) and matches a whole text. It knows literals, classes, groups,
//! alternation and greedy repetition; `\d` is `[0-9]`, `\w` is `[0-9A-Za-z_]`, `\s` is blank, tab
//! and the other ASCII spaces, `.` is any character but a line feed. What engines disagree about
//! (look-around, back references, lazy repetition, Unicode properties, flags) is refused.

/// A compiled pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pattern {
    /// As written in the model.
    pub text: String,
    /// The tree, without the anchors.
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
