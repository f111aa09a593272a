//! Constants: those an expression amounts to, their order, and their form as JSON numbers.

use std::cmp::Ordering;

use serde_json::{Number, Value};

use crate::model::{BaseType, Comparison, Expr, ExprKind, Literal};

/// Whole numbers up to this size are the same as `i64` and as `f64`, and so in every JSON reader.
const EXACT: i64 = 1 << 53;

/// The constant that an expression amounts to without a row.
pub(super) fn constant(expr: &Expr) -> Option<Literal> {
    match &expr.kind {
        ExprKind::Literal(literal) => Some(literal.clone()),
        ExprKind::Negate(inner) => negated(&constant(inner)?),
        _ => None,
    }
}

/// Minus a number.
pub(super) fn negated(literal: &Literal) -> Option<Literal> {
    match literal {
        Literal::Integer(n) => n.checked_neg().map(Literal::Integer),
        Literal::Double(n) => Some(Literal::Double(-n)),
        _ => None,
    }
}

/// How two constants of one type compare. `None` for those that have no order here.
pub(super) fn order(left: &Literal, right: &Literal) -> Option<Ordering> {
    match (left, right) {
        (Literal::Integer(a), Literal::Integer(b)) => Some(a.cmp(b)),
        (Literal::Integer(_) | Literal::Double(_), Literal::Integer(_) | Literal::Double(_)) => {
            double(left)?.partial_cmp(&double(right)?)
        }
        (Literal::Text(a), Literal::Text(b))
        | (Literal::Uuid(a), Literal::Uuid(b))
        | (Literal::Date(a), Literal::Date(b)) => Some(a.cmp(b)),
        (Literal::Time(a), Literal::Time(b)) | (Literal::Timestamp(a), Literal::Timestamp(b)) => {
            Some(without_zeros(a).cmp(without_zeros(b)))
        }
        _ => None,
    }
}

/// Whether a comparison holds for that order.
pub(super) fn holds(op: Comparison, order: Ordering) -> bool {
    match op {
        Comparison::Eq => order.is_eq(),
        Comparison::Ne => order.is_ne(),
        Comparison::Lt => order.is_lt(),
        Comparison::Le => order.is_le(),
        Comparison::Gt => order.is_gt(),
        Comparison::Ge => order.is_ge(),
    }
}

/// `a op b` as `b op' a`.
pub(super) fn mirrored(op: Comparison) -> Comparison {
    match op {
        Comparison::Eq | Comparison::Ne => op,
        Comparison::Lt => Comparison::Gt,
        Comparison::Le => Comparison::Ge,
        Comparison::Gt => Comparison::Lt,
        Comparison::Ge => Comparison::Le,
    }
}

/// A time of day without the zeros that end its fraction, so that one moment has one text.
pub(super) fn without_zeros(time: &str) -> &str {
    if time.contains('.') {
        time.trim_end_matches('0').trim_end_matches('.')
    } else {
        time
    }
}

/// The number to compare a column's JSON number with. `None` where the JSON value and the column's
/// value may stand on different sides of it: whole numbers beside a double that cannot hold them,
/// and constants that a 32-bit float cannot hold (its shortest text is another number).
pub(super) fn number(base: BaseType, literal: &Literal) -> Option<Value> {
    let as_double = |value: f64| Number::from_f64(value).map(Value::Number);
    match (base, literal) {
        (BaseType::Int32 | BaseType::BigInt, Literal::Integer(n)) => Some(Value::from(*n)),
        (BaseType::Int32, Literal::Double(n)) => as_double(*n),
        (BaseType::BigInt, Literal::Double(n)) if n.abs() <= EXACT as f64 => as_double(*n),
        (BaseType::Double, Literal::Integer(n)) => double(literal).map(|_| Value::from(*n)),
        (BaseType::Double, Literal::Double(n)) => as_double(*n),
        (BaseType::Float, Literal::Integer(n)) => double(literal)
            .filter(|value| is_float(*value))
            .map(|_| Value::from(*n)),
        (BaseType::Float, Literal::Double(n)) if is_float(*n) => as_double(*n),
        _ => None,
    }
}

fn double(literal: &Literal) -> Option<f64> {
    match literal {
        Literal::Integer(n) if n.unsigned_abs() <= EXACT.unsigned_abs() => Some(*n as f64),
        Literal::Double(n) => Some(*n),
        _ => None,
    }
}

fn is_float(value: f64) -> bool {
    f64::from(value as f32) == value
}
