//! Short ways to write expressions, for unit tests.

use super::{Arith, Comparison, Expr, ExprKind, Function, Literal, ValueType};
use crate::model::ColumnId;
use crate::source::{FileId, Span};

/// An expression without a place.
pub(crate) fn expr(kind: ExprKind, ty: ValueType) -> Expr {
    let span = Span::new(FileId(0), 0, 0);
    Expr { kind, ty, span }
}

fn boolean(kind: ExprKind) -> Expr {
    expr(kind, ValueType::Boolean)
}

pub(crate) fn at(id: u32, ty: ValueType) -> Expr {
    expr(ExprKind::Column(ColumnId(id)), ty)
}

pub(crate) fn literal(literal: Literal) -> Expr {
    let ty = literal.value_type();
    expr(ExprKind::Literal(literal), ty)
}

pub(crate) fn int(number: i64) -> Expr {
    literal(Literal::Integer(number))
}

pub(crate) fn text(text: &str) -> Expr {
    literal(Literal::Text(text.into()))
}

pub(crate) fn today() -> Expr {
    expr(ExprKind::CurrentDate, ValueType::Date)
}

pub(crate) fn compare(comparison: Comparison, left: Expr, right: Expr) -> Expr {
    boolean(ExprKind::Compare(
        comparison,
        Box::new(left),
        Box::new(right),
    ))
}

pub(crate) fn and(left: Expr, right: Expr) -> Expr {
    boolean(ExprKind::And(Box::new(left), Box::new(right)))
}

pub(crate) fn or(left: Expr, right: Expr) -> Expr {
    boolean(ExprKind::Or(Box::new(left), Box::new(right)))
}

pub(crate) fn not(inner: Expr) -> Expr {
    boolean(ExprKind::Not(Box::new(inner)))
}

pub(crate) fn is_null(inner: Expr) -> Expr {
    boolean(ExprKind::IsNull(Box::new(inner)))
}

pub(crate) fn within(inner: Expr, list: Vec<Literal>) -> Expr {
    boolean(ExprKind::In(Box::new(inner), list))
}

pub(crate) fn like(inner: Expr, pattern: &str) -> Expr {
    boolean(ExprKind::Like(Box::new(inner), pattern.into()))
}

pub(crate) fn negate(inner: Expr) -> Expr {
    let ty = inner.ty;
    expr(ExprKind::Negate(Box::new(inner)), ty)
}

pub(crate) fn arith(operator: Arith, left: Expr, right: Expr) -> Expr {
    let ty = match (left.ty, right.ty) {
        (ValueType::Date, ValueType::Date) => ValueType::Integer,
        (ValueType::Date, _) | (_, ValueType::Date) => ValueType::Date,
        (ValueType::Integer, ValueType::Integer) => ValueType::Integer,
        _ => ValueType::Double,
    };
    expr(
        ExprKind::Arith(operator, Box::new(left), Box::new(right)),
        ty,
    )
}

pub(crate) fn call(function: Function, arguments: Vec<Expr>) -> Expr {
    expr(ExprKind::Call(function, arguments), function.value_type())
}

pub(crate) fn length(inner: Expr) -> Expr {
    call(Function::Length, vec![inner])
}

pub(crate) fn substring(inner: Expr, from: i64, count: i64) -> Expr {
    call(Function::Substring, vec![inner, int(from), int(count)])
}

/// The type is that of the first branch's value.
pub(crate) fn case(branches: Vec<(Expr, Expr)>, otherwise: Option<Expr>) -> Expr {
    let ty = branches[0].1.ty;
    let otherwise = otherwise.map(Box::new);
    expr(
        ExprKind::Case {
            branches,
            otherwise,
        },
        ty,
    )
}
