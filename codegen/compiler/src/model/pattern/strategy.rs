//! What tests of patterns share: short ways to write trees, random trees, random texts.

use proptest::prelude::*;

use super::{Pattern, PatternNode};

/// A pattern of a tree; the text plays no part in tests.
pub(super) fn pattern(node: PatternNode) -> Pattern {
    Pattern {
        text: String::new(),
        node,
    }
}

/// A class in the short form `a-z0-9_`, sorted by whoever writes it.
pub(super) fn class(short: &str) -> PatternNode {
    let mut characters = short.chars().peekable();
    let mut ranges = Vec::new();
    while let Some(first) = characters.next() {
        let last = match characters.next_if_eq(&'-') {
            Some(_) => characters.next().unwrap(),
            None => first,
        };
        ranges.push((first, last));
    }
    PatternNode::Class(ranges)
}

/// The characters of a text, one after another.
pub(super) fn literal(text: &str) -> PatternNode {
    PatternNode::Sequence(
        text.chars()
            .map(|c| PatternNode::Class(vec![(c, c)]))
            .collect(),
    )
}

/// A repetition.
pub(super) fn repeat(node: PatternNode, min: u32, max: Option<u32>) -> PatternNode {
    PatternNode::Repeat {
        node: Box::new(node),
        min,
        max,
    }
}

/// Characters that engines treat specially somewhere, and some that none does.
const CHARACTERS: [char; 32] = [
    'a', 'b', '0', 'Я', '-', ']', '[', '^', '\\', '/', '.', '*', '+', '?', '(', ')', '{', '}', '|',
    '$', '&', '~', ' ', '\n', '\0', '\u{7f}', '\u{a0}', '#', ':', ',', '\u{d7ff}', '😀',
];

/// A character of the list.
pub(super) fn character() -> impl Strategy<Value = char> {
    prop::sample::select(&CHARACTERS[..])
}

/// Texts of the characters that patterns are made of.
pub(super) fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(character(), 0..8).prop_map(|characters| characters.into_iter().collect())
}

/// Sorted, disjoint ranges of a few of the characters, perhaps their complement.
fn ranges() -> impl Strategy<Value = Vec<(char, char)>> {
    let ends = prop::collection::btree_set(character(), 1..5);
    (ends, any::<bool>(), any::<bool>()).prop_map(|(ends, wide, negated)| {
        let ends: Vec<char> = ends.into_iter().collect();
        let ranges: Vec<(char, char)> = match wide {
            true => ends
                .chunks(2)
                .map(|pair| (pair[0], *pair.last().unwrap()))
                .collect(),
            false => ends.into_iter().map(|c| (c, c)).collect(),
        };
        match negated {
            true => super::print::complement(&ranges),
            false => ranges,
        }
    })
}

/// Trees of every form.
pub(super) fn node() -> impl Strategy<Value = PatternNode> {
    let leaf = prop_oneof![
        1 => Just(PatternNode::Empty),
        8 => ranges().prop_map(PatternNode::Class),
        8 => character().prop_map(|c| PatternNode::Class(vec![(c, c)])),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            3 => prop::collection::vec(inner.clone(), 0..4).prop_map(PatternNode::Sequence),
            2 => prop::collection::vec(inner.clone(), 0..4).prop_map(PatternNode::Alternatives),
            2 => (inner, 0..3_u32, prop::option::of(0..3_u32)).prop_map(|(node, min, more)| {
                repeat(node, min, more.map(|more| min + more))
            }),
        ]
    })
}
