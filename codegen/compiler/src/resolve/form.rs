//! Whether a value has the form that its type asks for.

use std::collections::BTreeSet;

use super::value;
use crate::diagnostic::{Code, Diagnostic, Report, Text};
use crate::model::{Algorithm, BaseType, Pattern, PatternNode};
use crate::source::Span;
use crate::source::declaration::Word;
use crate::text;

/// What a value must fit.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Form<'a> {
    pub(super) base: Option<BaseType>,
    pub(super) pattern: Option<(&'a Pattern, Span)>,
    pub(super) algorithm: Option<Algorithm>,
}

impl Form<'_> {
    /// Why a text does not fit, and the place of the rule that it breaks, if that says more.
    pub(super) fn refuse(&self, text: &str) -> Option<(Text, Option<Span>)> {
        if let Some(base) = self.base
            && let Err(why) = value::check(base, text)
        {
            return Some((why, None));
        }
        if let Some((pattern, span)) = self.pattern
            && !matches(pattern, text)
        {
            let pattern = &pattern.text;
            let why = text!(
                "it does not match the pattern `{pattern}`",
                "не подходит под шаблон `{pattern}`"
            );
            return Some((why, Some(span)));
        }
        if let Some(algorithm) = self.algorithm {
            let runtime = vitrina::identifier::Algorithm::from_name(algorithm.name())?;
            if let Err(why) = runtime.check(text) {
                let name = algorithm.name();
                let en = why.message(vitrina::Lang::En);
                let ru = why.message(vitrina::Lang::Ru);
                return Some((
                    Text {
                        en: format!("by the rule `{name}`, {en}"),
                        ru: format!("по правилу `{name}`: {ru}"),
                    },
                    None,
                ));
            }
        }
        None
    }

    /// Reports a value that does not fit.
    pub(super) fn check(&self, code: Code, word: &Word, report: &mut Report) {
        let Some((why, rule)) = self.refuse(&word.value) else {
            return;
        };
        let value = &word.value;
        let mut finding = Diagnostic::new(
            code,
            Text {
                en: format!("`{value}` does not fit: {}", why.en),
                ru: format!("`{value}` не подходит: {}", why.ru),
            },
        )
        .at(word.span);
        if let Some(rule) = rule {
            finding = finding.also(rule, text!("the pattern", "шаблон"));
        }
        report.push(finding);
    }
}

/// Whether a whole text matches; follows every reading at once, so no pattern makes it slow.
fn matches(pattern: &Pattern, text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let ends = step(&pattern.node, &letters, &BTreeSet::from([0]));
    ends.contains(&letters.len())
}

/// The positions behind a part of a pattern, from each of the positions before it.
fn step(node: &PatternNode, letters: &[char], from: &BTreeSet<usize>) -> BTreeSet<usize> {
    match node {
        PatternNode::Empty => from.clone(),
        PatternNode::Class(ranges) => {
            let fits = |at: &&usize| {
                let letter = letters.get(**at);
                letter.is_some_and(|c| ranges.iter().any(|(low, high)| (low..=high).contains(&c)))
            };
            from.iter().filter(fits).map(|at| at + 1).collect()
        }
        PatternNode::Sequence(parts) => parts
            .iter()
            .fold(from.clone(), |from, part| step(part, letters, &from)),
        PatternNode::Alternatives(parts) => parts
            .iter()
            .flat_map(|part| step(part, letters, from))
            .collect(),
        PatternNode::Repeat { node, min, max } => {
            let mut now = from.clone();
            for _ in 0..*min {
                now = step(node, letters, &now);
            }
            let mut all = now.clone();
            let mut rounds = max.map(|max| max.saturating_sub(*min));
            while rounds != Some(0) {
                now = step(node, letters, &now);
                let before = all.len();
                all.extend(&now);
                if all.len() == before {
                    break;
                }
                rounds = rounds.map(|rounds| rounds - 1);
            }
            all
        }
    }
}
