//! Boolean expressions of the model as JSON Schema.
//!
//! SQL has three truth values, a schema two. So an expression becomes two schemas of the row: one
//! accepts the rows for which it is true, the other those for which it is false; a row for which
//! it is null fits neither. AND, OR, NOT, CASE and `=` between conditions then combine them by De
//! Morgan, and a check (broken only when false) is the negation of the second.
//!
//! What a schema cannot say (columns compared with each other, arithmetic, days of the week, years
//! and seconds from one moment to another, parts between separators of several characters, joined
//! texts, the current date) makes the whole expression unexpressed: a schema that kept the other parts would be
//! stricter or laxer than the model, and nobody would see it.

mod calendar;
mod compare;
mod constant;
mod text;

use serde_json::Value;

use super::schema::{self, all_of, any_of, not};
use crate::model::{Comparison, Expr, ExprKind, Literal, Table, ValueType};

/// More parts than this in one expression's schemas leave it unexpressed: `=` between conditions
/// doubles the size at every level, and a schema that nobody can load says nothing.
const SIZE_LIMIT: usize = 4096;

/// The schema of rows that do not break the check `expr` (true and null both pass); `None` when
/// JSON Schema cannot say exactly that.
pub fn check_schema(table: &Table, expr: &Expr) -> Option<Value> {
    Some(not(truth(table, expr)?.falsity))
}

/// The schema of rows for which `expr` is true; `None` when JSON Schema cannot say exactly that.
pub fn condition_schema(table: &Table, expr: &Expr) -> Option<Value> {
    Some(truth(table, expr)?.truth)
}

/// The rows for which an expression is true, and those for which it is false.
struct Truth {
    truth: Value,
    falsity: Value,
}

impl Truth {
    fn constant(value: bool) -> Self {
        Truth {
            truth: Value::Bool(value),
            falsity: Value::Bool(!value),
        }
    }

    /// Null in every row.
    fn unknown() -> Self {
        Truth {
            truth: Value::Bool(false),
            falsity: Value::Bool(false),
        }
    }

    fn negated(self) -> Self {
        Truth {
            truth: self.falsity,
            falsity: self.truth,
        }
    }

    fn and(self, other: Truth) -> Self {
        Truth {
            truth: all_of([self.truth, other.truth]),
            falsity: any_of([self.falsity, other.falsity]),
        }
    }

    fn or(self, other: Truth) -> Self {
        self.negated().and(other.negated()).negated()
    }

    /// True when both have one truth value, null when either is null.
    fn equal(self, other: Truth) -> Self {
        Truth {
            truth: any_of([
                all_of([self.truth.clone(), other.truth.clone()]),
                all_of([self.falsity.clone(), other.falsity.clone()]),
            ]),
            falsity: any_of([
                all_of([self.truth, other.falsity]),
                all_of([self.falsity, other.truth]),
            ]),
        }
    }

    fn limited(self) -> Option<Self> {
        (schema::size(&self.truth) + schema::size(&self.falsity) <= SIZE_LIMIT).then_some(self)
    }
}

fn truth(table: &Table, expr: &Expr) -> Option<Truth> {
    let result = match &expr.kind {
        ExprKind::Literal(Literal::Boolean(value)) => Truth::constant(*value),
        ExprKind::Column(id) => {
            let name = &table.column(*id).name;
            Truth {
                truth: schema::present(name, schema::object([("const", Value::Bool(true))])),
                falsity: schema::present(name, schema::object([("const", Value::Bool(false))])),
            }
        }
        ExprKind::Not(inner) => truth(table, inner)?.negated(),
        ExprKind::And(left, right) => truth(table, left)?.and(truth(table, right)?),
        ExprKind::Or(left, right) => truth(table, left)?.or(truth(table, right)?),
        ExprKind::IsNull(inner) => is_null(table, inner)?,
        ExprKind::Compare(op, left, right) if left.ty == ValueType::Boolean => {
            let equal = truth(table, left)?.equal(truth(table, right)?);
            match op {
                Comparison::Eq => equal,
                Comparison::Ne => equal.negated(),
                _ => return None,
            }
        }
        ExprKind::Compare(op, left, right) => compare::compare(table, *op, left, right)?,
        ExprKind::In(operand, list) => by_case(table, operand, &Truth::unknown, &|value| {
            compare::within(table, value, list)
        })?,
        ExprKind::Like(operand, pattern) => by_case(table, operand, &Truth::unknown, &|value| {
            compare::like(table, value, pattern)
        })?,
        ExprKind::Case { .. } => {
            by_case(table, expr, &Truth::unknown, &|value| truth(table, value))?
        }
        ExprKind::Literal(_)
        | ExprKind::CurrentDate
        | ExprKind::Negate(_)
        | ExprKind::Arith(..)
        | ExprKind::Call(..) => return None,
    };
    result.limited()
}

/// Carries a question about a value into the branches of a CASE: the first branch whose condition
/// is true answers, `missing` does when there is no ELSE. Any other operand answers for itself.
fn by_case(
    table: &Table,
    operand: &Expr,
    missing: &dyn Fn() -> Truth,
    ask: &dyn Fn(&Expr) -> Option<Truth>,
) -> Option<Truth> {
    let ExprKind::Case {
        branches,
        otherwise,
    } = &operand.kind
    else {
        return ask(operand);
    };
    let mut result = match otherwise {
        Some(value) => by_case(table, value, missing, ask)?,
        None => missing(),
    };
    for (condition, value) in branches.iter().rev() {
        let met = truth(table, condition)?.truth;
        let value = by_case(table, value, missing, ask)?;
        let choose = |then: Value, otherwise: Value| {
            any_of([
                all_of([met.clone(), then]),
                all_of([not(met.clone()), otherwise]),
            ])
        };
        result = Truth {
            truth: choose(value.truth, result.truth),
            falsity: choose(value.falsity, result.falsity),
        }
        .limited()?;
    }
    Some(result)
}

/// `operand IS NULL`, which is never null itself.
fn is_null(table: &Table, operand: &Expr) -> Option<Truth> {
    match &operand.kind {
        ExprKind::Column(id) => {
            let name = &table.column(*id).name;
            Some(Truth {
                truth: schema::absent(name),
                falsity: schema::filled(name),
            })
        }
        ExprKind::Literal(_) | ExprKind::CurrentDate => Some(Truth::constant(false)),
        ExprKind::Case { .. } => by_case(table, operand, &|| Truth::constant(true), &|value| {
            is_null(table, value)
        }),
        _ if operand.ty == ValueType::Boolean => {
            let inner = truth(table, operand)?;
            let known = any_of([inner.truth, inner.falsity]);
            Some(Truth {
                truth: not(known.clone()),
                falsity: known,
            })
        }
        // Null exactly when an argument is.
        ExprKind::Negate(inner) => is_null(table, inner),
        ExprKind::Call(_, arguments) => {
            let mut result = Truth::constant(false);
            for argument in arguments {
                result = result.or(is_null(table, argument)?);
            }
            Some(result)
        }
        // Arithmetic has nulls of its own: division by zero.
        _ => None,
    }
}

#[cfg(test)]
mod tests;
