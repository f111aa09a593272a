//! What free text must not hold: patterns sought in every text, most of which are passed by a look at
//! which characters there are at all.

use vitrina_codegen::model::{Pattern, PatternNode};

use super::pattern::Matcher;

/// Patterns sought within texts.
#[derive(Debug)]
pub(crate) struct Sought<'m>(Vec<One<'m>>);

#[derive(Debug)]
struct One<'m> {
    matcher: Matcher<'m>,
    /// The fewest ASCII digits of a text that matches.
    digits: u32,
    /// An ASCII character that is none and in every text that matches.
    needed: Option<u8>,
}

impl<'m> Sought<'m> {
    pub(crate) fn of(patterns: impl IntoIterator<Item = &'m Pattern>) -> Sought<'m> {
        Sought(patterns.into_iter().map(One::of).collect())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one of the patterns matches.
    pub(crate) fn is_found_in(&self, text: &str) -> bool {
        let digits = text.bytes().fold(0_u32, |count, byte| {
            count + u32::from(byte.is_ascii_digit())
        });
        self.0.iter().any(|one| {
            digits >= one.digits
                && one
                    .needed
                    .is_none_or(|needed| text.as_bytes().contains(&needed))
                && one.matcher.matches(text)
        })
    }
}

impl<'m> One<'m> {
    fn of(pattern: &'m Pattern) -> One<'m> {
        let is_digit =
            |(first, last): &(char, char)| first.is_ascii_digit() && last.is_ascii_digit();
        // Backwards: points and hyphens, which are frequent, are the last resort.
        let marks = (b'!'..=b'~').rev();
        let marks = marks.filter(|byte| !byte.is_ascii_alphanumeric());
        let needs = |byte: &u8| {
            let char = char::from(*byte);
            fewest(&pattern.node, &|ranges| ranges == [(char, char)]) > 0
        };
        One {
            matcher: Matcher::of(pattern),
            digits: fewest(&pattern.node, &|ranges| ranges.iter().all(is_digit)),
            needed: marks.into_iter().find(needs),
        }
    }
}

/// Whether a class, by its ranges, is such.
type IsSuch<'f> = dyn Fn(&[(char, char)]) -> bool + 'f;

/// The fewest characters of such classes in any text that matches.
fn fewest(node: &PatternNode, is_such: &IsSuch<'_>) -> u32 {
    match node {
        PatternNode::Empty => 0,
        PatternNode::Class(ranges) => u32::from(!ranges.is_empty() && is_such(ranges)),
        PatternNode::Sequence(parts) => parts
            .iter()
            .map(|part| fewest(part, is_such))
            .fold(0, u32::saturating_add),
        PatternNode::Alternatives(parts) => parts
            .iter()
            .map(|part| fewest(part, is_such))
            .min()
            .unwrap_or(0),
        PatternNode::Repeat { node, min, .. } => fewest(node, is_such).saturating_mul(*min),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use vitrina_codegen::model::{AssertionBody, Model, Structure};

    use super::*;
    use crate::testing::model;

    fn patterns(model: &Model) -> Vec<&Pattern> {
        let assertions = model.rules().iter().flat_map(|rule| &rule.assertions);
        assertions
            .filter_map(|assertion| match &assertion.body {
                AssertionBody::Structure(Structure::FreeText(patterns)) => Some(patterns),
                _ => None,
            })
            .flatten()
            .collect()
    }

    #[test]
    fn what_is_sought_is_found_as_by_the_definition() {
        let model = model("model");
        let patterns = patterns(&model);
        let sought = Sought::of(patterns.iter().copied());
        assert!(sought.0.iter().any(|one| one.needed == Some(b'@')));
        assert!(sought.0.iter().filter(|one| one.digits >= 10).count() >= 3);
        let text = "[а-яa-z ]{0,9}([78][ (-]?[0-9]{3}[ )-]?[0-9]{3}[ -]?[0-9]{2}[ -]?[0-9]{2}|[0-9 №-]{0,16}|[a-zа-я.]{0,3}@[a-z.-]{0,9})[а-я ,0-9]{0,5}";
        let mut found = 0;
        let mut runner = proptest::test_runner::TestRunner::new_with_rng(
            ProptestConfig::with_cases(1500),
            prop::test_runner::TestRng::deterministic_rng(prop::test_runner::RngAlgorithm::ChaCha),
        );
        let count = std::cell::Cell::new(0);
        runner
            .run(&text, |text| {
                let expected = patterns.iter().any(|pattern| pattern.matches(&text));
                prop_assert_eq!(sought.is_found_in(&text), expected, "{:?}", text);
                count.set(count.get() + usize::from(expected));
                Ok(())
            })
            .unwrap();
        found += count.get();
        assert!(found > 100, "{found}");
    }
}
