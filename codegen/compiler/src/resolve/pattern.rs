//! Patterns: regular expressions to the subset that every target means the same by.
//!
//! `regex-syntax` reads the text; its tree is lowered here to [`PatternNode`]: anchors off, literals
//! as classes, classes sorted and merged, negated classes turned around, groups dissolved. What
//! engines disagree about is refused at its place. `sought` lowers the patterns of rules, which are
//! found anywhere in a text.

mod class;
mod lower;
mod sought;
#[cfg(test)]
mod tests;

use regex_syntax::ast::{self, Ast, ErrorKind, parse::ParserBuilder};

use crate::diagnostic::{Diagnostic, Report, code};
use crate::model::{Pattern, PatternNode};
use crate::source::Fragment;
use crate::text;

/// How deep groups may be nested.
const MAX_NESTING: u32 = 50;
/// How long a pattern may be, in bytes.
const MAX_LENGTH: usize = 4096;
/// How many single characters a pattern may unfold to: repetitions are multiplied out when a
/// pattern becomes an automaton.
const MAX_SIZE: u64 = 4096;

/// Reads a pattern of whole texts: anchored at both ends. `None` when something was reported.
pub fn resolve(fragment: &Fragment, report: &mut Report) -> Option<Pattern> {
    read(fragment, false, report)
}

/// Reads a pattern that is sought within texts: anchored only where it says so. What comes out
/// matches the whole texts in which it is found. `None` when something was reported.
pub(super) fn resolve_sought(fragment: &Fragment, report: &mut Report) -> Option<Pattern> {
    read(fragment, true, report)
}

fn read(fragment: &Fragment, is_sought: bool, report: &mut Report) -> Option<Pattern> {
    if fragment.text.len() > MAX_LENGTH {
        let diagnostic = Diagnostic::new(
            code::PATTERN_TOO_LARGE,
            text!(
                "the pattern is longer than {MAX_LENGTH} bytes",
                "шаблон длиннее {MAX_LENGTH} байт"
            ),
        );
        report.push(diagnostic.at(fragment.span).help(text!(
            "declare a classifier for a list of texts",
            "для перечня текстов объявите классификатор"
        )));
        return None;
    }
    let parsed = ParserBuilder::new()
        .nest_limit(MAX_NESTING)
        .build()
        .parse(&fragment.text);
    let tree = match parsed {
        Ok(tree) => tree,
        Err(error) => {
            report.push(unreadable(fragment, &error));
            return None;
        }
    };
    let mut lowering = lower::Lowering {
        fragment,
        report,
        is_sought,
    };
    let node = match is_sought {
        true => lowering.sought(&tree)?,
        false => lowering.anchored(&tree)?,
    };
    let span = fragment.locate(0, fragment.text.len());
    if size(&node) > MAX_SIZE {
        report.push(
            Diagnostic::new(
                code::PATTERN_TOO_LARGE,
                text!(
                    "the pattern unfolds to more than {MAX_SIZE} characters",
                    "шаблон разворачивается больше чем в {MAX_SIZE} знаков"
                ),
            )
            .at(span)
            .help(text!(
                "use smaller repetitions; the length of a text is said by its type",
                "уменьшите повторения; длину текста задаёт его тип"
            )),
        );
        return None;
    }
    if longest(&node) == Some(0) {
        report.push(
            Diagnostic::new(
                code::PATTERN_EMPTY,
                text!(
                    "only the empty text matches",
                    "подходит только пустой текст"
                ),
            )
            .at(span)
            .help(text!(
                "say between `^` and `$` what the text consists of",
                "опишите между `^` и `$`, из чего состоит текст"
            )),
        );
        return None;
    }
    let pattern = Pattern {
        text: fragment.text.clone(),
        node,
    };
    if pattern.automaton().is_err() {
        report.push(
            Diagnostic::new(
                code::PATTERN_TOO_LARGE,
                text!(
                    "the pattern has too many states",
                    "у шаблона слишком много состояний"
                ),
            )
            .at(span)
            .help(text!(
                "a long repetition behind a part that matches the same signs doubles the states at each step: make the parts differ, or shorten the repetition",
                "длинное повторение после части, которой подходят те же знаки, на каждом шаге удваивает состояния: сделайте части различными или сократите повторение"
            )),
        );
        return None;
    }
    Some(pattern)
}

fn unreadable(fragment: &Fragment, error: &ast::Error) -> Diagnostic {
    let text = &fragment.text;
    let at = error.span();
    let (start, mut end) = (at.start.offset, at.end.offset);
    if start == end {
        // What is missing is missing before the next sign.
        end += text
            .get(start..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8);
    }
    let span = fragment.locate(start, end);
    let refused = |message, help| {
        Diagnostic::new(code::PATTERN_UNSUPPORTED, message)
            .at(span)
            .help(help)
    };
    match error.kind() {
        ErrorKind::UnsupportedLookAround => refused(
            text!(
                "patterns do not look around",
                "в шаблонах нет просмотра вперёд и назад"
            ),
            text!(
                "list the alternatives instead: `^(ab|cd)$`",
                "перечислите варианты: `^(ab|cd)$`"
            ),
        ),
        ErrorKind::UnsupportedBackreference => refused(
            text!(
                "patterns do not refer back to a group",
                "в шаблонах нет обратных ссылок"
            ),
            text!("list the alternatives instead", "перечислите варианты"),
        ),
        ErrorKind::NestLimitExceeded(_) => Diagnostic::new(
            code::PATTERN_TOO_LARGE,
            text!(
                "groups are nested deeper than {MAX_NESTING}",
                "группы вложены глубже {MAX_NESTING}"
            ),
        )
        .at(span),
        kind => {
            let reason = kind.to_string();
            let found = text.get(start..end).unwrap_or("");
            Diagnostic::new(
                code::PATTERN_SYNTAX,
                match found {
                    "" => text!(
                        "the pattern ends too early: {reason}",
                        "шаблон обрывается слишком рано"
                    ),
                    _ => text!(
                        "`{found}` is wrong here: {reason}",
                        "`{found}` здесь неверно"
                    ),
                },
            )
            .at(span)
            .help(text!(
                "put `\\` before a sign that stands for itself",
                "перед знаком, который значит сам себя, ставьте `\\`"
            ))
        }
    }
}

/// How many single characters a pattern unfolds to.
fn size(node: &PatternNode) -> u64 {
    match node {
        PatternNode::Empty => 0,
        PatternNode::Class(_) => 1,
        PatternNode::Sequence(parts) | PatternNode::Alternatives(parts) => parts
            .iter()
            .fold(0, |sum, part| size(part).saturating_add(sum)),
        PatternNode::Repeat { node, min, max } => {
            size(node).saturating_mul(u64::from(max.unwrap_or(*min).max(1)))
        }
    }
}

/// The length of the longest text that matches; `None` when there is no longest.
fn longest(node: &PatternNode) -> Option<u64> {
    match node {
        PatternNode::Empty => Some(0),
        PatternNode::Class(_) => Some(1),
        PatternNode::Sequence(parts) => parts
            .iter()
            .try_fold(0, |sum: u64, part| Some(sum.saturating_add(longest(part)?))),
        PatternNode::Alternatives(parts) => parts
            .iter()
            .try_fold(0, |most: u64, part| Some(most.max(longest(part)?))),
        PatternNode::Repeat { node, max, .. } => match (longest(node)?, max) {
            (0, _) => Some(0),
            (one, Some(max)) => Some(one.saturating_mul(u64::from(*max))),
            (_, None) => None,
        },
    }
}

/// The parts of a concatenation; anything else is its own only part.
fn parts_of(tree: &Ast) -> &[Ast] {
    match tree {
        Ast::Concat(concat) => &concat.asts,
        other => std::slice::from_ref(other),
    }
}
