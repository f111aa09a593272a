//! The reference meaning of expressions: what every target's code must agree with.
//!
//! Three-valued logic over one row: `None` is null, "unknown" for a boolean. Written for clearness,
//! not for speed; nothing that Vitrina generates calls it.

mod calendar;
mod function;
mod like;
mod value;
mod verdict;

pub use calendar::Day;
pub(crate) use like::example as like_example;
pub use like::matches as like_matches;
pub use value::Value;
pub use verdict::{Rule, Violation, absent, cell, parse_row, verdict};

use super::{Arith, Comparison, Expr, ExprKind, Literal};

/// The values of a row by [`ColumnId`](super::ColumnId); `None` is null.
pub type Row = [Option<Value>];

/// The value of an expression for a row, judged on the day `today`.
///
/// Integers saturate at the ends of `i128`, far beyond all that columns hold; doubles that leave the
/// finite numbers and days that leave the years 1 to 9999 give null.
pub fn evaluate(expr: &Expr, row: &Row, today: Day) -> Option<Value> {
    match &expr.kind {
        ExprKind::Column(id) => row.get(id.index()).cloned().flatten(),
        ExprKind::Literal(literal) => literal_value(literal),
        ExprKind::CurrentDate => Some(Value::Date(today)),
        ExprKind::Not(inner) => truth(inner, row, today).map(|truth| Value::Boolean(!truth)),
        ExprKind::And(left, right) => {
            let (left, right) = (truth(left, row, today), truth(right, row, today));
            match (left, right) {
                (Some(false), _) | (_, Some(false)) => Some(Value::Boolean(false)),
                (Some(true), Some(true)) => Some(Value::Boolean(true)),
                _ => None,
            }
        }
        ExprKind::Or(left, right) => {
            let (left, right) = (truth(left, row, today), truth(right, row, today));
            match (left, right) {
                (Some(true), _) | (_, Some(true)) => Some(Value::Boolean(true)),
                (Some(false), Some(false)) => Some(Value::Boolean(false)),
                _ => None,
            }
        }
        ExprKind::IsNull(inner) => Some(Value::Boolean(evaluate(inner, row, today).is_none())),
        ExprKind::Compare(comparison, left, right) => {
            let left = evaluate(left, row, today)?;
            let right = evaluate(right, row, today)?;
            compare(*comparison, &left, &right).map(Value::Boolean)
        }
        ExprKind::In(inner, list) => {
            let value = evaluate(inner, row, today)?;
            let found = list
                .iter()
                .filter_map(literal_value)
                .any(|literal| compare(Comparison::Eq, &value, &literal) == Some(true));
            Some(Value::Boolean(found))
        }
        ExprKind::Like(inner, pattern) => match evaluate(inner, row, today)? {
            Value::Text(text) => Some(Value::Boolean(like::matches(&text, pattern))),
            _ => None,
        },
        ExprKind::Negate(inner) => match evaluate(inner, row, today)? {
            Value::Integer(number) => Some(Value::Integer(number.saturating_neg())),
            Value::Double(number) => Some(Value::Double(-number)),
            _ => None,
        },
        ExprKind::Arith(operator, left, right) => {
            let left = evaluate(left, row, today)?;
            let right = evaluate(right, row, today)?;
            arithmetic(*operator, left, right)
        }
        ExprKind::Case {
            branches,
            otherwise,
        } => branches
            .iter()
            .find(|(condition, _)| truth(condition, row, today) == Some(true))
            .map(|(_, value)| value)
            .or(otherwise.as_deref())
            .and_then(|value| evaluate(value, row, today)),
        ExprKind::Call(function, arguments) => {
            let values: Option<Vec<Value>> = arguments
                .iter()
                .map(|argument| evaluate(argument, row, today))
                .collect();
            function::call(*function, &values?)
        }
    }
}

/// The truth of a boolean expression; `None` is unknown.
pub fn truth(expr: &Expr, row: &Row, today: Day) -> Option<bool> {
    match evaluate(expr, row, today) {
        Some(Value::Boolean(truth)) => Some(truth),
        _ => None,
    }
}

/// The value of a constant; `None` only for a text that is no date, time or UUID.
pub fn literal_value(literal: &Literal) -> Option<Value> {
    match literal {
        Literal::Boolean(truth) => Some(Value::Boolean(*truth)),
        Literal::Integer(number) => Some(Value::Integer(i128::from(*number))),
        Literal::Double(number) => Some(Value::Double(*number)),
        Literal::Text(text) => Some(Value::Text(text.clone())),
        Literal::Date(text) => calendar::parse_date(text).map(Value::Date),
        Literal::Time(text) => calendar::parse_time(text, 6).map(Value::Time),
        Literal::Timestamp(text) => calendar::parse_timestamp(text, 6).map(Value::Timestamp),
        Literal::Uuid(text) => value::parse_uuid(text).map(Value::Uuid),
    }
}

/// A comparison of two values that are there; `None` for types that do not compare.
pub fn compare(comparison: Comparison, left: &Value, right: &Value) -> Option<bool> {
    let order = left.order(right)?;
    Some(match comparison {
        Comparison::Eq => order.is_eq(),
        Comparison::Ne => order.is_ne(),
        Comparison::Lt => order.is_lt(),
        Comparison::Le => order.is_le(),
        Comparison::Gt => order.is_gt(),
        Comparison::Ge => order.is_ge(),
    })
}

/// Arithmetic on two values that are there.
pub(crate) fn arithmetic(operator: Arith, left: Value, right: Value) -> Option<Value> {
    match (left, right) {
        (Value::Integer(left), Value::Integer(right)) => match operator {
            Arith::Add => Some(left.saturating_add(right)),
            Arith::Sub => Some(left.saturating_sub(right)),
            Arith::Mul => Some(left.saturating_mul(right)),
            Arith::Div => (right != 0).then(|| left.saturating_div(right)),
            Arith::Rem => (right != 0).then(|| left.wrapping_rem(right)),
        }
        .map(Value::Integer),
        (Value::Date(left), Value::Date(right)) => match operator {
            Arith::Sub => Some(Value::Integer(i128::from(left.0) - i128::from(right.0))),
            _ => None,
        },
        (Value::Date(day), Value::Integer(days)) => {
            let days = i64::try_from(days).ok()?;
            match operator {
                Arith::Add => day.0.checked_add(days),
                Arith::Sub => day.0.checked_sub(days),
                _ => None,
            }
            .map(Day)
            .filter(|day| day.civil().is_some())
            .map(Value::Date)
        }
        (left, right) => {
            let (left, right) = (left.as_double()?, right.as_double()?);
            let result = match operator {
                Arith::Add => left + right,
                Arith::Sub => left - right,
                Arith::Mul => left * right,
                Arith::Div if right == 0.0 => return None,
                Arith::Div => left / right,
                Arith::Rem => return None,
            };
            result.is_finite().then_some(Value::Double(result))
        }
    }
}

#[cfg(test)]
mod tests;
