//! Patterns of scalar types in the quickest form that fits: classes of characters one after another, or
//! a table of states.

use std::ops::RangeInclusive;

use vitrina::kernel::{Class, Processor};
use vitrina_codegen::model::pattern::Automaton;
use vitrina_codegen::model::{Pattern, PatternNode};

/// A pattern, ready for many texts.
#[derive(Debug)]
pub(super) enum Matcher<'m> {
    /// Runs of ASCII characters of a class, each as long as it can be.
    Runs(Vec<Run>),
    Table(Box<Table>),
    /// Too large for an automaton.
    Slow(&'m Pattern),
}

/// So many characters of a class.
#[derive(Debug, Clone)]
pub(super) struct Run {
    class: Class,
    least: usize,
    most: usize,
}

impl<'m> Matcher<'m> {
    pub(super) fn of(pattern: &'m Pattern) -> Matcher<'m> {
        if let Some(runs) = runs_of(&pattern.node) {
            return Matcher::Runs(runs);
        }
        match pattern.automaton() {
            Ok(automaton) => Matcher::Table(Box::new(Table::of(&automaton))),
            Err(_) => Matcher::Slow(pattern),
        }
    }

    /// Whether the whole text matches.
    #[inline]
    pub(super) fn matches(&self, text: &str) -> bool {
        match self {
            Matcher::Runs(runs) => match_runs(runs, text.as_bytes()),
            Matcher::Table(table) => table.matches(text),
            Matcher::Slow(pattern) => pattern.matches(text),
        }
    }

    /// As [`matches`](Matcher::matches), of a text of at most 32 bytes with which a block begins.
    #[inline(always)]
    pub(super) fn matches_block<P: Processor>(
        &self,
        processor: P,
        text: &str,
        block: &[u8; 32],
    ) -> bool {
        match self {
            Matcher::Runs(runs) => match_block(processor, runs, text.len(), block),
            _ => self.matches(text),
        }
    }
}

/// As [`match_runs`], of a text of at most 32 bytes with which a block begins.
#[inline(always)]
fn match_block<P: Processor>(processor: P, runs: &[Run], length: usize, block: &[u8; 32]) -> bool {
    let mut at = 0;
    for run in runs {
        let mask = u64::from(processor.class(block, &run.class)) >> at;
        let count = mask.trailing_ones() as usize;
        let count = count.min(length - at).min(run.most);
        if count < run.least {
            return false;
        }
        at += count;
    }
    at == length
}

fn match_runs(runs: &[Run], text: &[u8]) -> bool {
    let mut rest = text;
    for run in runs {
        let within = rest.get(..run.most).unwrap_or(rest);
        let length = within
            .iter()
            .take_while(|byte| run.class.has(**byte))
            .count();
        if length < run.least {
            return false;
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    rest.is_empty()
}

/// The ASCII characters of some ranges; none when there are others among them.
fn class_of(ranges: &[(char, char)]) -> Option<Class> {
    let mut bits = 0;
    for (first, last) in ranges {
        if !last.is_ascii() {
            return None;
        }
        let range: RangeInclusive<u8> = u8::try_from(*first).ok()?..=u8::try_from(*last).ok()?;
        bits |= range.fold(0, |bits, byte| bits | 1_u128 << byte);
    }
    Some(Class::new(bits))
}

/// The runs of a pattern of classes one after another; none for others, and where a run that takes all
/// it can might take what the next one needs.
fn runs_of(node: &PatternNode) -> Option<Vec<Run>> {
    let parts = match node {
        PatternNode::Sequence(parts) => parts.as_slice(),
        one => std::slice::from_ref(one),
    };
    let mut runs: Vec<Run> = Vec::new();
    for part in parts {
        let (inner, least, most) = match part {
            PatternNode::Repeat { node, min, max } => (
                &**node,
                *min as usize,
                max.map_or(usize::MAX, |max| max as usize),
            ),
            one => (one, 1, 1),
        };
        let PatternNode::Class(ranges) = inner else {
            return None;
        };
        let run = Run {
            class: class_of(ranges)?,
            least,
            most,
        };
        match runs.last_mut() {
            // `\d\d` as `\d{2}`.
            Some(last) if last.class == run.class => {
                last.least = last.least.saturating_add(run.least);
                last.most = last.most.saturating_add(run.most);
            }
            _ => runs.push(run),
        }
    }
    let is_greedy = |pair: &[Run]| match pair {
        [run, next] => {
            run.least == run.most || (run.class.bits() & next.class.bits() == 0 && next.least > 0)
        }
        _ => true,
    };
    runs.windows(2).all(is_greedy).then_some(runs)
}

/// An automaton whose steps over ASCII are one look-up.
#[derive(Debug)]
pub(super) struct Table {
    /// By byte: the class of an ASCII character.
    ascii: [u8; 128],
    automaton: Automaton,
    width: usize,
}

impl Table {
    pub(super) fn of(automaton: &Automaton) -> Table {
        let mut ascii = [0; 128];
        for (first, last, class) in &automaton.classes {
            for code in (*first..=*last).take_while(|code| *code < 128) {
                if let Some(known) = ascii.get_mut(code as usize) {
                    *known = *class;
                }
            }
        }
        Table {
            ascii,
            width: usize::from(automaton.width),
            automaton: automaton.clone(),
        }
    }

    pub(super) fn matches(&self, text: &str) -> bool {
        if !text.is_ascii() {
            return self.automaton.matches(text);
        }
        let mut state = 0_usize;
        for byte in text.bytes() {
            let class = usize::from(self.ascii[usize::from(byte & 127)]);
            match self.automaton.table.get(state * self.width + class) {
                Some(&next) if next != vitrina::pattern::DEAD => state = usize::from(next),
                _ => return false,
            }
        }
        self.automaton
            .accepting
            .get(state)
            .copied()
            .unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::model;

    fn patterns() -> Vec<Pattern> {
        let models = ["model", "tests/models/expressions", "tests/models/quality"].map(model);
        let scalars = models.iter().flat_map(|model| model.scalars());
        scalars
            .filter_map(|scalar| scalar.pattern.clone())
            .collect()
    }

    #[test]
    fn the_big_models_patterns_are_matched_as_by_the_definition() {
        let patterns = patterns();
        let mut runs = 0;
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        let text = prop_oneof![
            "[0-9]{0,15}",
            "[0-9a-f]{126,130}",
            "[0-9A-Za-z_-]{0,6}-?[!-~]{0,90}",
            "[0-9./IVX-]{0,8}[А-Я]{0,3}",
            "[a-zА-Яа-яЁё0-9 -]{0,12}",
        ];
        for pattern in &patterns {
            let matcher = Matcher::of(pattern);
            runs += usize::from(matches!(matcher, Matcher::Runs(_)));
            let check = |text: String| {
                prop_assert_eq!(
                    matcher.matches(&text),
                    pattern.matches(&text),
                    "{} {:?}",
                    &pattern.text,
                    text
                );
                Ok(())
            };
            runner.run(&text, check).unwrap();
        }
        assert!(
            runs > 12 && runs < patterns.len(),
            "{runs} of {}",
            patterns.len()
        );
    }
}
