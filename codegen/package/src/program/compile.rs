//! Expression to tree: constants read once, chains of AND and OR made flat, lists of texts sorted.

use vitrina_codegen::model::eval::literal_value;
use vitrina_codegen::model::{Comparison, Expr, ExprKind, Literal, ValueType};

use super::function::Call;
use super::like::Like;
use super::{Condition, Number, Operand, Term};

/// An expression of any type.
pub(super) fn term(expr: &Expr) -> Term {
    match &expr.kind {
        ExprKind::Column(id) => Term::Column(id.index()),
        ExprKind::Literal(literal) => constant(literal).map_or(Term::Null, Term::Constant),
        ExprKind::CurrentDate => Term::Today,
        ExprKind::Negate(inner) => Term::Negate(Box::new(term(inner))),
        ExprKind::Arith(operator, left, right) => {
            Term::Arith(*operator, Box::new((term(left), term(right))))
        }
        ExprKind::Case {
            branches,
            otherwise,
        } => {
            let branches = branches
                .iter()
                .map(|(when, value)| (condition(when), term(value)))
                .collect();
            let otherwise = otherwise.as_deref().map(|value| Box::new(term(value)));
            Term::Case(branches, otherwise)
        }
        ExprKind::Call(function, arguments) => {
            Term::Call(Call(*function), arguments.iter().map(term).collect())
        }
        ExprKind::Not(_)
        | ExprKind::And(..)
        | ExprKind::Or(..)
        | ExprKind::IsNull(_)
        | ExprKind::Compare(..)
        | ExprKind::In(..)
        | ExprKind::Like(..) => Term::Truth(Box::new(condition(expr))),
    }
}

/// A boolean expression.
fn condition(expr: &Expr) -> Condition {
    match &expr.kind {
        ExprKind::Not(inner) => Condition::Not(Box::new(condition(inner))),
        ExprKind::And(left, right) => {
            let mut parts = Vec::new();
            for side in [left, right] {
                match condition(side) {
                    Condition::And(inner) => parts.extend(inner),
                    part => parts.push(part),
                }
            }
            Condition::And(parts)
        }
        ExprKind::Or(left, right) => {
            let mut parts = Vec::new();
            for side in [left, right] {
                match condition(side) {
                    Condition::Or(inner) => parts.extend(inner),
                    part => parts.push(part),
                }
            }
            Condition::Or(parts)
        }
        ExprKind::IsNull(inner) => Condition::IsNull(term(inner)),
        ExprKind::Compare(comparison, left, right) => compare(*comparison, term(left), term(right)),
        ExprKind::In(inner, list) if inner.ty == ValueType::Text => {
            let mut texts: Vec<Box<str>> = list
                .iter()
                .filter_map(|literal| match literal {
                    Literal::Text(text) => Some(text.as_str().into()),
                    _ => None,
                })
                .collect();
            texts.sort_unstable();
            Condition::InTexts(term(inner), texts)
        }
        ExprKind::In(inner, list) => {
            Condition::In(term(inner), list.iter().filter_map(constant).collect())
        }
        ExprKind::Like(inner, pattern) => Condition::Like(term(inner), Like::of(pattern)),
        ExprKind::Column(id) => Condition::Column(id.index()),
        _ => Condition::Term(term(expr)),
    }
}

/// A comparison, in the quickest form that fits.
fn compare(comparison: Comparison, left: Term, right: Term) -> Condition {
    let number = |term: &Term| match term {
        Term::Constant(Operand::Integer(whole)) => Some(Number {
            whole: Some(i64::try_from(*whole).ok()?),
            double: *whole as f64,
        }),
        Term::Constant(Operand::Double(double)) => Some(Number {
            whole: None,
            double: *double,
        }),
        _ => None,
    };
    match (&left, number(&right)) {
        (Term::Column(at), Some(number)) => Condition::CompareNumber(*at, comparison, number),
        _ => Condition::Compare(comparison, Box::new((left, right))),
    }
}

fn constant(literal: &Literal) -> Option<Operand<'static>> {
    literal_value(literal).map(Operand::from)
}
