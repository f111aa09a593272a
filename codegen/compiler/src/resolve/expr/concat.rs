//! Texts joined by `||`.

use super::literal::is_literal;
use super::{Resolver, make, words};
use crate::diagnostic::{Text, code};
use crate::model::{Expr, ExprKind, Function, ValueType};
use crate::source::Span;
use crate::source::sql::expr::SqlExpr;
use crate::text;

impl Resolver<'_> {
    /// `left || right`: both sides are texts, as nothing else is made a text by every engine alike.
    pub(super) fn concat(&mut self, left: &SqlExpr, right: &SqlExpr, span: Span) -> Option<Expr> {
        let (a, b) = (self.joined(left), self.joined(right));
        let (a, b) = (a?, b?);
        // Whoever joins a condition means OR, whatever stands on the other side.
        if let Some(condition) = [&a, &b].into_iter().find(|it| it.ty == ValueType::Boolean) {
            let help = text!(
                "between conditions write `OR`",
                "между условиями пишите `OR`"
            );
            return self.no_text(condition, help);
        }
        let (left, right) = (self.text_joined(left, a), self.text_joined(right, b));
        let function = Function::Concat;
        let kind = ExprKind::Call(function, vec![left?, right?]);
        Some(make(kind, function.value_type(), span))
    }

    fn joined(&mut self, syntax: &SqlExpr) -> Option<Expr> {
        match is_literal(syntax) {
            true => self.literal(syntax, None),
            false => self.value(syntax),
        }
    }

    fn text_joined(&mut self, syntax: &SqlExpr, expr: Expr) -> Option<Expr> {
        if expr.ty == ValueType::Text {
            return Some(expr);
        }
        let help = match is_literal(syntax) {
            true => text!(
                "write the constant in single quotes",
                "напишите константу в одинарных кавычках"
            ),
            false => text!(
                "only texts are joined; compare the other values on their own",
                "склеиваются только тексты; остальные значения сравнивайте отдельно"
            ),
        };
        self.no_text(&expr, help)
    }

    fn no_text(&mut self, expr: &Expr, help: Text) -> Option<Expr> {
        let (en, ru) = words::noun(expr.ty);
        self.fail(
            code::TYPE_MISMATCH,
            expr.span,
            text!(
                "`||` joins texts, this is {en}",
                "`||` склеивает тексты, а это {ru}"
            ),
            help,
        )
    }
}
