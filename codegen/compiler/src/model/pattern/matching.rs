//! Trying a pattern on one text, straight from its tree: for the examples of a model.
//!
//! It follows the definition and needs no tables, so it serves every pattern, also one that is too
//! large for an automaton, and the tests of [`super::automaton`] as an independent judge.

use std::collections::BTreeSet;

use super::{Pattern, PatternNode};

impl Pattern {
    /// Whether the whole text matches.
    pub fn matches(&self, text: &str) -> bool {
        let text: Vec<char> = text.chars().collect();
        ends(&self.node, &text, &BTreeSet::from([0])).contains(&text.len())
    }
}

/// Every place where a match of `node` that begins at one of `starts` can end.
fn ends(node: &PatternNode, text: &[char], starts: &BTreeSet<usize>) -> BTreeSet<usize> {
    match node {
        PatternNode::Empty => starts.clone(),
        PatternNode::Class(ranges) => starts
            .iter()
            .filter(|&&at| {
                text.get(at)
                    .is_some_and(|c| ranges.iter().any(|(first, last)| first <= c && c <= last))
            })
            .map(|at| at + 1)
            .collect(),
        PatternNode::Sequence(parts) => parts
            .iter()
            .fold(starts.clone(), |starts, part| ends(part, text, &starts)),
        PatternNode::Alternatives(parts) => parts
            .iter()
            .flat_map(|part| ends(part, text, starts))
            .collect(),
        PatternNode::Repeat { node, min, max } => {
            let mut last = starts.clone();
            for _ in 0..*min {
                let next = ends(node, text, &last);
                // The same places again, or none: further rounds change nothing.
                if next == last || next.is_empty() {
                    last = next;
                    break;
                }
                last = next;
            }
            let mut all = last.clone();
            let mut round = *min;
            // Only places not seen before can lead to new ones.
            while !last.is_empty() && max.is_none_or(|max| round < max) {
                last = ends(node, text, &last).difference(&all).copied().collect();
                all.extend(&last);
                round += 1;
            }
            all
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::strategy::{class, literal, pattern, repeat};
    use super::*;

    #[test]
    fn whole_texts_match() {
        // Two or three digits, perhaps a letter, any number of `-X`.
        let pattern = pattern(PatternNode::Sequence(vec![
            repeat(class("0-9"), 2, Some(3)),
            repeat(class("А-Я"), 0, Some(1)),
            repeat(
                PatternNode::Sequence(vec![literal("-"), literal("X")]),
                0,
                None,
            ),
        ]));
        for text in ["12", "123", "12Я", "123Я-X-X", "12-X"] {
            assert!(pattern.matches(text), "{text:?}");
        }
        for text in ["", "1", "1234", "12ЯЯ", "12-", "12-XX", " 12", "12\n"] {
            assert!(!pattern.matches(text), "{text:?}");
        }
    }

    #[test]
    fn repeated_nothing_ends() {
        let maybe = repeat(literal("a"), 0, None);
        let pattern = pattern(repeat(repeat(maybe, 0, None), 255, None));
        assert!(pattern.matches("") && pattern.matches("aaaa") && !pattern.matches("ab"));
    }
}
