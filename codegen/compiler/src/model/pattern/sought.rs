//! A pattern that is sought within texts, as text for engines that seek: what may stand before and
//! behind is left out, and `^` and `$` stand where nothing may. The expression finds a match in
//! exactly the texts that the pattern matches as a whole.

use super::print::{atom, write};
use super::{Pattern, PatternNode};

impl Pattern {
    /// The canonical text, anchored only where the pattern is: `(?:^|[^0-9])[0-9]{11}$`.
    pub fn to_search_regex(&self) -> String {
        let mut out = String::new();
        part(&self.node, true, true, &mut out);
        out
    }
}

/// Writes a part that stands at the start of the text, at its end, at both or at none.
fn part(node: &PatternNode, start: bool, end: bool, out: &mut String) {
    match node {
        // What is sought may have anything there.
        node if (start || end) && *node == PatternNode::anything() => {}
        PatternNode::Sequence(parts) if start || end => {
            let last = parts.len().saturating_sub(1);
            for (at, inner) in parts.iter().enumerate() {
                part(inner, start && at == 0, end && at == last, out);
            }
            if parts.is_empty() {
                part(&PatternNode::Empty, start, end, out);
            }
        }
        PatternNode::Alternatives(arms) if (start || end) && arms.iter().any(is_open) => {
            let mut inner = String::new();
            for (place, arm) in arms.iter().enumerate() {
                if place > 0 {
                    inner.push('|');
                }
                part(arm, start, end, &mut inner);
            }
            out.push_str("(?:");
            out.push_str(&inner);
            out.push(')');
        }
        node => {
            if start {
                out.push('^');
            }
            match node {
                PatternNode::Alternatives(_) => atom(node, out),
                node => write(node, out),
            }
            if end {
                out.push('$');
            }
        }
    }
}

/// Whether a part says of itself, somewhere at its ends, that anything may stand there.
fn is_open(node: &PatternNode) -> bool {
    match node {
        PatternNode::Sequence(parts) => {
            parts.first().is_some_and(is_open) || parts.last().is_some_and(is_open)
        }
        PatternNode::Alternatives(arms) => arms.iter().any(is_open),
        node => *node == PatternNode::anything(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::super::strategy::{self, class, literal, pattern, repeat};
    use super::*;

    fn sequence(parts: impl IntoIterator<Item = PatternNode>) -> PatternNode {
        PatternNode::Sequence(parts.into_iter().collect())
    }

    #[test]
    fn forms() {
        let anything = PatternNode::anything;
        let digits = || repeat(class("0-9"), 3, Some(3));
        let other = || class(" a-z");
        let before =
            PatternNode::Alternatives(vec![PatternNode::Empty, sequence([anything(), other()])]);
        let behind =
            PatternNode::Alternatives(vec![sequence([other(), anything()]), PatternNode::Empty]);
        let either = || PatternNode::Alternatives(vec![literal("a"), literal("b")]);
        for (node, expected) in [
            (anything(), ""),
            (PatternNode::Empty, "^$"),
            (digits(), "^[0-9]{3}$"),
            (sequence([anything(), digits()]), "[0-9]{3}$"),
            (sequence([digits(), anything()]), "^[0-9]{3}"),
            (sequence([anything(), digits(), anything()]), "[0-9]{3}"),
            (
                sequence([before, digits(), behind]),
                "(?:^|[ a-z])[0-9]{3}(?:[ a-z]|$)",
            ),
            (either(), "^(?:a|b)$"),
            (sequence([anything(), either()]), "(?:a|b)$"),
            (
                PatternNode::Alternatives(vec![
                    literal("a"),
                    sequence([anything(), digits(), anything()]),
                ]),
                "(?:^a$|[0-9]{3})",
            ),
            // Within the text it is a part as any other.
            (
                sequence([digits(), anything(), digits()]),
                "^[0-9]{3}(?:[^a]|a)*[0-9]{3}$",
            ),
            (PatternNode::Alternatives(vec![]), "^(?:(?:$a))$"),
        ] {
            assert_eq!(pattern(node).to_search_regex(), expected);
        }
    }

    /// Trees with *anything* at some of their ends, within alternatives, too.
    fn open() -> impl Strategy<Value = PatternNode> {
        let arm =
            (any::<bool>(), strategy::node(), any::<bool>()).prop_map(|(before, node, behind)| {
                let anything = |open: bool| open.then(PatternNode::anything);
                sequence(
                    anything(before)
                        .into_iter()
                        .chain([node])
                        .chain(anything(behind)),
                )
            });
        let arms = prop::collection::vec(arm, 1..3).prop_map(PatternNode::Alternatives);
        prop::collection::vec(arms, 1..3).prop_map(PatternNode::Sequence)
    }

    proptest! {
        #[test]
        fn a_match_is_found_in_the_texts_that_match(
            node in open(),
            texts in prop::collection::vec(strategy::text(), 20),
        ) {
            let pattern = pattern(node);
            let regex = Regex::new(&pattern.to_search_regex()).unwrap();
            for text in texts {
                prop_assert_eq!(pattern.matches(&text), regex.is_match(&text), "{:?} {}", text, regex);
            }
        }
    }
}
