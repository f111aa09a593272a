//! The tree of `regex-syntax` to [`PatternNode`].

use regex_syntax::ast::{
    AssertionKind, Ast, GroupKind, HexLiteralKind, Literal, LiteralKind, Repetition,
    RepetitionKind, RepetitionRange, Span as At, SpecialLiteralKind,
};

use super::{class, parts_of};
use crate::diagnostic::{Code, Diagnostic, Report, Text, code};
use crate::model::PatternNode;
use crate::source::{Fragment, Span};
use crate::text;

/// More repetitions than this are no form but a length.
const MAX_REPEAT: u32 = 255;

pub(super) struct Lowering<'a> {
    pub(super) fragment: &'a Fragment,
    pub(super) report: &'a mut Report,
    /// Whether the pattern is sought within texts.
    pub(super) is_sought: bool,
}

impl Lowering<'_> {
    /// A whole pattern: `^…$`, or alternatives that are each `^…$`.
    pub(super) fn anchored(&mut self, tree: &Ast) -> Option<PatternNode> {
        let Ast::Alternation(alternation) = tree else {
            return self.arm(tree);
        };
        let begins: Vec<bool> = alternation.asts.iter().map(begins).collect();
        let ends: Vec<bool> = alternation.asts.iter().map(ends).collect();
        let first = begins.first() == Some(&true) && begins.iter().filter(|b| **b).count() == 1;
        let last = ends.last() == Some(&true) && ends.iter().filter(|e| **e).count() == 1;
        if first && last {
            let inner = self
                .fragment
                .text
                .trim_start_matches('^')
                .trim_end_matches('$');
            return self.fail(
                code::PATTERN_ANCHORS,
                self.at(tree.span()),
                text!(
                    "`^` holds the first alternative only, `$` the last only",
                    "`^` относится только к первому варианту, `$` — только к последнему"
                ),
                text!("write `^({inner})$`", "напишите `^({inner})$`"),
            );
        }
        let arms: Vec<_> = alternation.asts.iter().map(|arm| self.arm(arm)).collect();
        Some(alternatives(arms.into_iter().collect::<Option<_>>()?))
    }

    /// One `^…$`.
    fn arm(&mut self, tree: &Ast) -> Option<PatternNode> {
        let parts = parts_of(tree);
        let (begins, ends) = (begins(tree), ends(tree));
        if !begins || !ends {
            let inner = &self.fragment.text;
            let span = self.at(tree.span());
            let message = match (begins, ends) {
                (true, _) => text!("`$` is missing at the end", "в конце нет `$`"),
                (_, true) => text!("`^` is missing at the start", "в начале нет `^`"),
                _ => text!(
                    "the pattern is not anchored: a text that only contains it would match",
                    "шаблон не закреплён: подошёл бы текст, который его только содержит"
                ),
            };
            let whole = match (begins, ends, tree) {
                (true, ..) => format!("{inner}$"),
                (_, true, _) => format!("^{inner}"),
                _ => format!("^{inner}$"),
            };
            return self.fail(
                code::PATTERN_ANCHORS,
                span,
                message,
                text!(
                    "a pattern matches whole texts: `{whole}`",
                    "шаблон описывает текст целиком: `{whole}`"
                ),
            );
        }
        let inner = parts.get(1..parts.len().saturating_sub(1)).unwrap_or(&[]);
        self.sequence(inner)
    }

    fn sequence(&mut self, parts: &[Ast]) -> Option<PatternNode> {
        let nodes: Vec<_> = parts.iter().map(|part| self.node(part)).collect();
        Some(sequence(nodes.into_iter().collect::<Option<_>>()?))
    }

    pub(super) fn node(&mut self, tree: &Ast) -> Option<PatternNode> {
        match tree {
            Ast::Empty(_) => Some(PatternNode::Empty),
            Ast::Literal(literal) => {
                let c = self.literal(literal)?;
                Some(PatternNode::Class(vec![(c, c)]))
            }
            Ast::Dot(_) => Some(PatternNode::Class(class::complement(vec![('\n', '\n')]))),
            Ast::ClassPerl(perl) => Some(PatternNode::Class(class::perl(perl))),
            Ast::ClassBracketed(bracketed) => {
                let ranges = self.bracketed(bracketed)?;
                if ranges.is_empty() {
                    return self.fail(
                        code::PATTERN_EMPTY,
                        self.at(&bracketed.span),
                        text!(
                            "no character is of this class",
                            "такому классу не подходит ни один знак"
                        ),
                        text!(
                            "leave it out, or name the characters",
                            "уберите его или назовите знаки"
                        ),
                    );
                }
                Some(PatternNode::Class(ranges))
            }
            Ast::Concat(concat) => self.sequence(&concat.asts),
            Ast::Alternation(alternation) => {
                let arms: Vec<_> = alternation.asts.iter().map(|arm| self.node(arm)).collect();
                Some(alternatives(arms.into_iter().collect::<Option<_>>()?))
            }
            Ast::Group(group) => {
                let help = text!("write `(…)`", "напишите `(…)`");
                match &group.kind {
                    GroupKind::CaptureIndex(_) => self.node(&group.ast),
                    GroupKind::NonCapturing(flags) if flags.items.is_empty() => {
                        self.node(&group.ast)
                    }
                    GroupKind::CaptureName { name, .. } => self.refuse(
                        &name.span,
                        text!("groups have no names", "у групп нет имён"),
                        help,
                    ),
                    GroupKind::NonCapturing(flags) => self.refuse(
                        &flags.span,
                        text!("patterns have no flags", "в шаблонах нет флагов"),
                        help,
                    ),
                }
            }
            Ast::Repetition(repetition) => self.repetition(repetition),
            Ast::Flags(flags) => self.refuse(
                &flags.span,
                text!("patterns have no flags", "в шаблонах нет флагов"),
                text!(
                    "name both cases of a letter: `[Aa]`",
                    "назовите обе формы буквы: `[Аа]`"
                ),
            ),
            Ast::Assertion(assertion) => match assertion.kind {
                AssertionKind::StartLine | AssertionKind::EndLine => self.fail(
                    code::PATTERN_ANCHORS,
                    self.at(&assertion.span),
                    text!(
                        "`^` and `$` stand at the ends of a pattern only",
                        "`^` и `$` стоят только по концам шаблона"
                    ),
                    text!(
                        "write `^(a|b)$`, not `(^a|b$)`",
                        "пишите `^(a|b)$`, а не `(^a|b$)`"
                    ),
                ),
                _ => self.refuse(
                    &assertion.span,
                    text!(
                        "patterns have no anchors but `^` and `$`",
                        "в шаблонах нет якорей, кроме `^` и `$`"
                    ),
                    match self.is_sought {
                        true => text!(
                            "say what may stand there: `(^|[^0-9])`",
                            "скажите, что там может стоять: `(^|[^0-9])`"
                        ),
                        false => text!(
                            "a pattern matches whole texts",
                            "шаблон описывает текст целиком"
                        ),
                    },
                ),
            },
            Ast::ClassUnicode(class) => self.refuse(
                &class.span,
                text!(
                    "engines disagree about classes of Unicode",
                    "классы Юникода в разных системах разные"
                ),
                text!(
                    "name the letters: `[А-Яа-яЁё]`",
                    "назовите буквы: `[А-Яа-яЁё]`"
                ),
            ),
        }
    }

    fn repetition(&mut self, repetition: &Repetition) -> Option<PatternNode> {
        let span = &repetition.op.span;
        if !repetition.greedy {
            return self.refuse(
                span,
                text!(
                    "patterns have no lazy repetition",
                    "в шаблонах нет ленивых повторений"
                ),
                text!(
                    "leave the `?` out: whole texts match the same",
                    "уберите `?`: для текста целиком разницы нет"
                ),
            );
        }
        if matches!(*repetition.ast, Ast::Repetition(_)) {
            return self.refuse(
                span,
                text!("a repetition is repeated", "повторение повторяется"),
                text!(
                    "leave one of them out, or group: `(a{{2}})*`",
                    "уберите одно из них или сгруппируйте: `(a{{2}})*`"
                ),
            );
        }
        let (min, max) = match &repetition.op.kind {
            RepetitionKind::ZeroOrOne => (0, Some(1)),
            RepetitionKind::ZeroOrMore => (0, None),
            RepetitionKind::OneOrMore => (1, None),
            RepetitionKind::Range(RepetitionRange::Exactly(n)) => (*n, Some(*n)),
            RepetitionKind::Range(RepetitionRange::AtLeast(n)) => (*n, None),
            RepetitionKind::Range(RepetitionRange::Bounded(n, m)) => (*n, Some(*m)),
        };
        let most = max.unwrap_or(min);
        if most > MAX_REPEAT {
            return self.fail(
                code::PATTERN_TOO_LARGE,
                self.at(span),
                text!(
                    "{most} repetitions are more than {MAX_REPEAT}",
                    "{most} повторений — больше, чем {MAX_REPEAT}"
                ),
                text!(
                    "write `*` or `+` and let the type limit the length",
                    "напишите `*` или `+`, а длину пусть ограничит тип"
                ),
            );
        }
        if max == Some(0) {
            return self.fail(
                code::PATTERN_EMPTY,
                self.at(span),
                text!(
                    "no repetition matches nothing",
                    "ноль повторений ничего не описывает"
                ),
                text!("leave the part out", "уберите эту часть"),
            );
        }
        let node = self.node(&repetition.ast)?;
        Some(match (min, max) {
            (1, Some(1)) => node,
            _ if node == PatternNode::Empty => PatternNode::Empty,
            _ => PatternNode::Repeat {
                node: Box::new(node),
                min,
                max,
            },
        })
    }

    pub(super) fn literal(&mut self, literal: &Literal) -> Option<char> {
        match literal.kind {
            LiteralKind::Verbatim
            | LiteralKind::Meta
            | LiteralKind::Superfluous
            | LiteralKind::HexFixed(HexLiteralKind::X | HexLiteralKind::UnicodeShort)
            | LiteralKind::Special(SpecialLiteralKind::Tab | SpecialLiteralKind::Space) => {
                Some(literal.c)
            }
            _ => self.refuse(
                &literal.span,
                text!(
                    "engines disagree about this escape",
                    "такая запись знака в разных системах разная"
                ),
                text!(
                    "write the character itself or `\\uXXXX`",
                    "напишите сам знак или `\\uXXXX`"
                ),
            ),
        }
    }

    pub(super) fn refuse<T>(&mut self, at: &At, message: Text, help: Text) -> Option<T> {
        self.fail(code::PATTERN_UNSUPPORTED, self.at(at), message, help)
    }

    fn at(&self, at: &At) -> Span {
        self.fragment.locate(at.start.offset, at.end.offset)
    }

    fn fail<T>(&mut self, code: Code, span: Span, message: Text, help: Text) -> Option<T> {
        self.report
            .push(Diagnostic::new(code, message).at(span).help(help));
        None
    }
}

fn begins(tree: &Ast) -> bool {
    matches!(parts_of(tree).first(), Some(Ast::Assertion(a)) if a.kind == AssertionKind::StartLine)
}

fn ends(tree: &Ast) -> bool {
    matches!(parts_of(tree).last(), Some(Ast::Assertion(a)) if a.kind == AssertionKind::EndLine)
}

/// Parts one after another: sequences within dissolved, nothing left out.
pub(super) fn sequence(parts: Vec<PatternNode>) -> PatternNode {
    let mut flat = Vec::with_capacity(parts.len());
    for part in parts {
        match part {
            PatternNode::Empty => {}
            PatternNode::Sequence(inner) => flat.extend(inner),
            other => flat.push(other),
        }
    }
    match flat.len() {
        0 => PatternNode::Empty,
        1 => flat.remove(0),
        _ => PatternNode::Sequence(flat),
    }
}

/// One of the parts: alternatives within dissolved, the second of two equal ones left out.
pub(super) fn alternatives(parts: Vec<PatternNode>) -> PatternNode {
    let mut flat: Vec<PatternNode> = Vec::with_capacity(parts.len());
    for part in parts {
        let inner = match part {
            PatternNode::Alternatives(inner) => inner,
            other => vec![other],
        };
        for part in inner {
            if !flat.contains(&part) {
                flat.push(part);
            }
        }
    }
    match flat.len() {
        1 => flat.remove(0),
        _ => PatternNode::Alternatives(flat),
    }
}
