//! Patterns that are sought within a text: `^` and `$` hold its ends where they are written, and
//! where they are not, anything may stand before and behind. So `(^|[^0-9])[0-9]{11}($|[^0-9])`
//! finds eleven digits that no other digit touches.
//!
//! What comes out matches whole texts as every pattern does: *anything* is a part of it.

use regex_syntax::ast::{AssertionKind, Ast, GroupKind};

use super::lower::{Lowering, alternatives, sequence};
use crate::model::PatternNode;

/// The ends of the text that a part may stand at.
#[derive(Clone, Copy)]
struct Ends {
    start: bool,
    end: bool,
}

impl Lowering<'_> {
    /// A whole pattern that is sought.
    pub(super) fn sought(&mut self, tree: &Ast) -> Option<PatternNode> {
        let ends = Ends {
            start: true,
            end: true,
        };
        self.part(tree, ends)
    }

    fn part(&mut self, tree: &Ast, ends: Ends) -> Option<PatternNode> {
        let inside = Ends {
            start: false,
            end: false,
        };
        match tree {
            Ast::Assertion(assertion)
                if ends.start && assertion.kind == AssertionKind::StartLine =>
            {
                let ends = Ends {
                    start: false,
                    ..ends
                };
                Some(within(PatternNode::Empty, ends))
            }
            Ast::Assertion(assertion) if ends.end && assertion.kind == AssertionKind::EndLine => {
                Some(within(PatternNode::Empty, Ends { end: false, ..ends }))
            }
            Ast::Alternation(alternation) => {
                let arms = alternation.asts.iter();
                let arms: Vec<_> = arms.map(|arm| self.part(arm, ends)).collect();
                Some(alternatives(arms.into_iter().collect::<Option<_>>()?))
            }
            Ast::Group(group) if is_plain(&group.kind) => self.part(&group.ast, ends),
            Ast::Concat(concat) if ends.start || ends.end => {
                let last = concat.asts.len().saturating_sub(1);
                let parts = concat.asts.iter().enumerate().map(|(at, part)| {
                    let here = Ends {
                        start: ends.start && at == 0,
                        end: ends.end && at == last,
                    };
                    self.part(part, here)
                });
                let parts: Vec<_> = parts.collect();
                Some(sequence(parts.into_iter().collect::<Option<_>>()?))
            }
            _ if ends.start || ends.end => {
                let node = self.part(tree, inside)?;
                Some(within(node, ends))
            }
            _ => self.node(tree),
        }
    }
}

/// A part with anything before and behind it, where it stands at an end that nothing holds.
fn within(node: PatternNode, ends: Ends) -> PatternNode {
    let before = ends.start.then(PatternNode::anything);
    let behind = ends.end.then(PatternNode::anything);
    sequence(before.into_iter().chain([node]).chain(behind).collect())
}

/// Whether a group does nothing but hold its part together.
fn is_plain(kind: &GroupKind) -> bool {
    match kind {
        GroupKind::CaptureIndex(_) => true,
        GroupKind::NonCapturing(flags) => flags.items.is_empty(),
        GroupKind::CaptureName { .. } => false,
    }
}
