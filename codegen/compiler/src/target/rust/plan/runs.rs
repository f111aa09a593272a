//! Patterns that are nothing but runs of ASCII characters, `[A-Z]{1,20}-[0-9]{1,79}`: generated code
//! matches them without the automaton.

use crate::model::PatternNode;

/// Characters, and how many of them may follow one another.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// Ranges, both ends included.
    pub(super) ranges: Vec<(u8, u8)>,
    pub(super) min: u32,
    /// [`u32::MAX`] when there is no limit.
    pub(super) max: u32,
}

/// More runs than this are left to the automaton: each is a table of 256 bytes in the program.
const MOST: usize = 8;

/// The runs of a pattern, if it is nothing else and if taking as many characters as there are is
/// always right.
pub(super) fn runs(node: &PatternNode) -> Option<Vec<Run>> {
    let mut runs = Vec::new();
    add(node, &mut runs)?;
    let is_sure = |at: usize| {
        let Some((run, after)) = runs.get(at..).and_then(<[Run]>::split_first) else {
            return true;
        };
        if run.min == run.max {
            return true;
        }
        // Whatever may follow, up to what must, begins with another character.
        let must = after.iter().position(|run| run.min > 0);
        let may_follow = after.iter().take(must.map_or(after.len(), |must| must + 1));
        may_follow.into_iter().all(|other| disjoint(run, other))
    };
    let good = !runs.is_empty() && runs.len() <= MOST && (0..runs.len()).all(is_sure);
    good.then_some(runs)
}

fn disjoint(one: &Run, other: &Run) -> bool {
    let apart = |a: &(u8, u8), b: &(u8, u8)| a.1 < b.0 || b.1 < a.0;
    (one.ranges.iter()).all(|a| other.ranges.iter().all(|b| apart(a, b)))
}

fn add(node: &PatternNode, runs: &mut Vec<Run>) -> Option<()> {
    match node {
        PatternNode::Empty => Some(()),
        PatternNode::Class(ranges) => {
            runs.push(run(ranges, 1, 1)?);
            Some(())
        }
        PatternNode::Sequence(parts) => parts.iter().try_for_each(|part| add(part, runs)),
        PatternNode::Repeat { node, min, max } => {
            let PatternNode::Class(ranges) = node.as_ref() else {
                return None;
            };
            runs.push(run(ranges, *min, max.unwrap_or(u32::MAX))?);
            Some(())
        }
        PatternNode::Alternatives(_) => None,
    }
}

fn run(ranges: &[(char, char)], min: u32, max: u32) -> Option<Run> {
    let byte = |c: char| u8::try_from(c).ok().filter(u8::is_ascii);
    let ranges = ranges
        .iter()
        .map(|&(first, last)| Some((byte(first)?, byte(last)?)));
    Some(Run {
        ranges: ranges.collect::<Option<_>>()?,
        min,
        max,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Pattern;

    fn class(text: &str) -> PatternNode {
        let mut ranges: Vec<_> = text.chars().map(|c| (c, c)).collect();
        ranges.sort_unstable();
        PatternNode::Class(ranges)
    }

    fn times(text: &str, min: u32, max: impl Into<Option<u32>>) -> PatternNode {
        PatternNode::Repeat {
            node: Box::new(class(text)),
            min,
            max: max.into(),
        }
    }

    fn sequence(parts: Vec<PatternNode>) -> PatternNode {
        PatternNode::Sequence(parts)
    }

    #[test]
    fn only_sure_runs_are_runs() {
        for good in [
            sequence(vec![times("ab", 1, 3), class("-"), times("ab-", 1, None)]),
            sequence(vec![times("a", 2, 2), times("a", 0, 2)]),
            sequence(vec![times("a", 0, 2), times("b", 0, 2), class("c")]),
            class("a"),
        ] {
            assert!(runs(&good).is_some(), "{good:?}");
        }
        for bad in [
            PatternNode::Empty,
            sequence(vec![times("ab", 1, 3), class("b")]),
            sequence(vec![times("a", 0, 2), times("b", 0, 2), class("a")]),
            sequence(vec![times("a", 0, 2), times("a", 0, 2)]),
            times("я", 1, 1),
            PatternNode::Alternatives(vec![class("a"), class("b")]),
            sequence((0..9).map(|_| class("a")).collect()),
        ] {
            assert_eq!(runs(&bad), None, "{bad:?}");
        }
    }

    #[test]
    fn runs_match_what_the_automaton_matches() {
        let alphabet = ["", "a", "b", "-", "я"];
        let texts: Vec<String> = (0..5_u32.pow(5))
            .map(|number| {
                (0..5)
                    .map(|at| alphabet[(number / 5_u32.pow(at) % 5) as usize])
                    .collect()
            })
            .collect();
        for node in [
            sequence(vec![times("ab", 1, 3), class("-"), times("ab-", 1, None)]),
            sequence(vec![times("a", 2, 2), times("a", 0, 2)]),
            sequence(vec![times("a", 0, 2), times("b", 0, 1), class("-")]),
            times("ab", 0, None),
        ] {
            let runs: Vec<vitrina::pattern::Run> = (runs(&node).unwrap().iter())
                .map(|run| vitrina::pattern::Run::new(&run.ranges, run.min, run.max))
                .collect();
            let pattern = Pattern {
                text: String::new(),
                node,
            };
            let automaton = pattern.automaton().unwrap();
            for text in &texts {
                let found = vitrina::pattern::run_of_runs(&runs, text);
                assert_eq!(
                    found,
                    automaton.matches(text),
                    "{:?} {text:?}",
                    pattern.node
                );
            }
        }
    }
}
