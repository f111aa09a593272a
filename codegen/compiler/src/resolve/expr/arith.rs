//! Arithmetic of numbers and days.

use super::literal::{Beside, is_literal};
use super::{Resolver, make, words};
use crate::diagnostic::code;
use crate::model::{Arith, Expr, ExprKind, Literal, ValueType};
use crate::source::Span;
use crate::source::sql::expr::{SqlExpr, SqlKind};
use crate::text;

impl Resolver<'_> {
    pub(super) fn arith(
        &mut self,
        op: Arith,
        left: &SqlExpr,
        right: &SqlExpr,
        span: Span,
    ) -> Option<Expr> {
        use ValueType::{Date, Double, Integer};
        let (mut a, mut b) = (self.operand(left), self.operand(right));
        // A text beside a date is a date: `d - '2024-01-01'`.
        if op == Arith::Sub {
            if a.as_ref().is_some_and(|a| a.ty == Date) && matches!(right.kind, SqlKind::Text(_)) {
                b = self.literal(right, Some(DAY));
            } else if b.as_ref().is_some_and(|b| b.ty == Date)
                && matches!(left.kind, SqlKind::Text(_))
            {
                a = self.literal(left, Some(DAY));
            }
        }
        let (a, b) = (a?, b?);
        let (ty, a, b) = match (op, a.ty, b.ty) {
            (_, Integer, Integer) => (Integer, a, b),
            (
                Arith::Add | Arith::Sub | Arith::Mul | Arith::Div,
                Integer | Double,
                Integer | Double,
            ) => (Double, to_double(a), to_double(b)),
            (Arith::Sub, Date, Date) => (Integer, a, b),
            (Arith::Add | Arith::Sub, Date, Integer) => (Date, a, b),
            (Arith::Add, Integer, Date) => (Date, b, a),
            _ => {
                let ((a_en, a_ru), (b_en, b_ru)) = (words::noun(a.ty), words::noun(b.ty));
                let sign = sign(op);
                return self.fail(
                    code::TYPE_MISMATCH,
                    span,
                    text!(
                        "`{sign}` does not work on {a_en} and {b_en}",
                        "`{sign}` не применимо: слева {a_ru}, справа {b_ru}"
                    ),
                    text!(
                        "numbers have + - * / (integers also %), dates have `d + days`, `d - days`, `d - d`",
                        "у чисел есть + - * / (у целых ещё %), у дат — `d + дни`, `d - дни`, `d - d`"
                    ),
                );
            }
        };
        if matches!(op, Arith::Div | Arith::Rem)
            && matches!(&b.kind, ExprKind::Literal(Literal::Integer(0)))
            || matches!(&b.kind, ExprKind::Literal(Literal::Double(n)) if op == Arith::Div && *n == 0.0)
        {
            return self.fail(
                code::DIVISION_BY_ZERO,
                b.span,
                text!(
                    "a division by zero is always null",
                    "деление на нуль всегда даёт null"
                ),
                text!("divide by something else", "делите на что-нибудь другое"),
            );
        }
        let kind = ExprKind::Arith(op, Box::new(a), Box::new(b));
        Some(make(kind, ty, span))
    }

    /// `-a` of what is no constant.
    pub(super) fn negate(&mut self, inner: &SqlExpr, span: Span) -> Option<Expr> {
        let value = self.value(inner)?;
        if !matches!(value.ty, ValueType::Integer | ValueType::Double) {
            let (en, ru) = words::noun(value.ty);
            return self.fail(
                code::TYPE_MISMATCH,
                inner.span,
                text!("{en} has no minus", "минус не применим: это {ru}"),
                text!("only numbers have a minus", "минус бывает только у чисел"),
            );
        }
        let ty = value.ty;
        Some(make(ExprKind::Negate(Box::new(value)), ty, span))
    }

    fn operand(&mut self, syntax: &SqlExpr) -> Option<Expr> {
        if is_literal(syntax) {
            self.literal(syntax, None)
        } else {
            self.value(syntax)
        }
    }
}

const DAY: Beside<'static> = Beside {
    ty: ValueType::Date,
    column: None,
    exact: false,
};

/// An integer constant beside a double becomes a double.
pub(super) fn to_double(expr: Expr) -> Expr {
    match expr.kind {
        ExprKind::Literal(Literal::Integer(n)) => make(
            ExprKind::Literal(Literal::Double(n as f64)),
            ValueType::Double,
            expr.span,
        ),
        _ => expr,
    }
}

fn sign(op: Arith) -> &'static str {
    match op {
        Arith::Add => "+",
        Arith::Sub => "-",
        Arith::Mul => "*",
        Arith::Div => "/",
        Arith::Rem => "%",
    }
}
