//! Precedence: where PostgreSQL needs parentheses.

use crate::model::{Arith, Expr, ExprKind, Function, Literal, ValueType};

/// How tightly an expression holds together, by PostgreSQL's table of precedence, loosest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// `OR`
    Or,
    /// `AND`
    And,
    /// `NOT`
    Not,
    /// `IS NULL`
    Is,
    /// `=`, `<>`, `<` …
    Compare,
    /// `IN`, `LIKE`.
    Match,
    /// `||`
    Join,
    /// `+`, `-`
    Sum,
    /// `*`, `/`
    Product,
    /// `-` before a number.
    Sign,
    /// `::`
    Cast,
    /// Names, constants, calls, CASE.
    Atom,
}

/// The level of an expression as it is printed.
pub(super) fn level(expr: &Expr) -> Level {
    match &expr.kind {
        ExprKind::Or(..) => Level::Or,
        ExprKind::And(..) => Level::And,
        ExprKind::Not(inner) => match &inner.kind {
            ExprKind::IsNull(_) => Level::Is,
            ExprKind::In(..) | ExprKind::Like(..) => Level::Match,
            _ => Level::Not,
        },
        ExprKind::IsNull(_) => Level::Is,
        ExprKind::Compare(..) => Level::Compare,
        ExprKind::In(..) | ExprKind::Like(..) => Level::Match,
        ExprKind::Negate(_) => Level::Sign,
        ExprKind::Arith(Arith::Add | Arith::Sub, ..) => Level::Sum,
        ExprKind::Arith(Arith::Div, ..) if expr.ty == ValueType::Integer => Level::Atom,
        ExprKind::Arith(Arith::Rem, ..) => Level::Atom,
        ExprKind::Arith(..) => Level::Product,
        ExprKind::Literal(Literal::Integer(n)) if *n < 0 => Level::Sign,
        ExprKind::Call(Function::Extract(_), _) => Level::Cast,
        ExprKind::Call(Function::Concat, _) => Level::Join,
        ExprKind::Column(_)
        | ExprKind::Literal(_)
        | ExprKind::CurrentDate
        | ExprKind::Case { .. }
        | ExprKind::Call(..) => Level::Atom,
    }
}
