//! Places of forms, put together from the tokens of their parts.

use std::ops::Range;

use sqlparser::ast::{Expr, Spanned as _};
use sqlparser::tokenizer::Token;

use super::convert::{Converter, Node};
use super::refuse::{Refused, Shape, refusal};
use super::{SqlExpr, SqlKind};
use crate::diagnostic::{Diagnostic, Text, code};
use crate::source::Span;
use crate::source::sql::word;

impl Converter<'_> {
    /// Reports a form that expressions do not have, at the place that its own parts give.
    pub(super) fn refuse(&mut self, expr: &Expr) -> Option<Node> {
        let span = match expr {
            Expr::InSubquery { subquery, .. } => subquery.span(),
            _ => expr.span(),
        };
        let tokens = match (
            self.lexed.token_at(span.start),
            self.lexed.token_ending(span.end),
        ) {
            (Some(first), Some(last)) if first <= last => first..last + 1,
            _ => 0..self.lexed.tokens.len(),
        };
        let tokens = match refusal(expr).shape {
            Shape::Call => self.enclosing(tokens),
            Shape::Parentheses => match self.opening(tokens.start) {
                Some(open) => open..self.closing(open) + 1,
                None => tokens,
            },
            Shape::Behind => tokens.start..(tokens.end + 2).min(self.lexed.tokens.len()),
            Shape::Own => tokens,
        };
        self.refuse_at(expr, tokens)
    }

    pub(super) fn refuse_at(&mut self, expr: &Expr, tokens: Range<usize>) -> Option<Node> {
        let Refused { message, help, .. } = refusal(expr);
        self.refused(tokens, message, help)
    }

    pub(super) fn refused(
        &mut self,
        tokens: Range<usize>,
        message: Text,
        help: Text,
    ) -> Option<Node> {
        let span = self.span(tokens);
        self.report.push(
            Diagnostic::new(code::EXPR_UNSUPPORTED, message)
                .at(span)
                .help(help),
        );
        None
    }

    /// The tokens of the call (word and parentheses) that `inner` stands in.
    pub(super) fn enclosing(&self, inner: Range<usize>) -> Range<usize> {
        match self.opening(inner.start) {
            Some(open) => open.saturating_sub(1)..self.closing(open) + 1,
            None => inner,
        }
    }

    /// The parenthesis that is open at a token.
    pub(super) fn opening(&self, token: usize) -> Option<usize> {
        let mut closed = 0_usize;
        for at in (0..token).rev() {
            match self.lexed.tokens.get(at).map(|token| &token.token) {
                Some(Token::RParen) => closed += 1,
                Some(Token::LParen) if closed == 0 => return Some(at),
                Some(Token::LParen) => closed -= 1,
                _ => {}
            }
        }
        None
    }

    /// The token that closes the parenthesis at `open`.
    pub(super) fn closing(&self, open: usize) -> usize {
        let mut depth = 0_usize;
        for (at, token) in self.lexed.tokens.iter().enumerate().skip(open) {
            match token.token {
                Token::LParen => depth += 1,
                Token::RParen if depth <= 1 => return at,
                Token::RParen => depth -= 1,
                _ => {}
            }
        }
        self.lexed.tokens.len().saturating_sub(1)
    }

    pub(super) fn word_at(&self, token: usize) -> Option<String> {
        word(&self.lexed.tokens.get(token)?.token)
    }

    pub(super) fn span(&self, tokens: Range<usize>) -> Span {
        let bytes = self.lexed.bytes_of(tokens);
        self.fragment.locate(bytes.start, bytes.end)
    }

    pub(super) fn node(&self, kind: SqlKind, tokens: Range<usize>) -> Node {
        let span = self.span(tokens.clone());
        Node {
            expr: SqlExpr { kind, span },
            tokens,
        }
    }
}
