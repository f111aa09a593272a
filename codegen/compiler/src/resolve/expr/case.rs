//! CASE, and what is lowered to it: COALESCE, NULLIF.

use super::literal::{Beside, is_literal};
use super::{Resolver, boolean, make, words};
use crate::diagnostic::code;
use crate::model::{Comparison, Expr, ExprKind, Literal, ValueType};
use crate::source::Span;
use crate::source::sql::expr::{SqlExpr, SqlKind};
use crate::text;

impl Resolver<'_> {
    pub(super) fn case(
        &mut self,
        operand: Option<&SqlExpr>,
        branches: &[(SqlExpr, SqlExpr)],
        otherwise: Option<&SqlExpr>,
        span: Span,
    ) -> Option<Expr> {
        let conditions = match operand {
            None => branches
                .iter()
                .map(|(condition, _)| self.condition(condition))
                .collect(),
            Some(operand) => self.cases_of(operand, branches),
        };
        let results: Vec<&SqlExpr> = branches
            .iter()
            .map(|(_, result)| result)
            .chain(otherwise)
            .collect();
        let (values, ty) = self.same_type(&results, span)?;
        let conditions = conditions.into_iter().collect::<Option<Vec<_>>>()?;
        let mut values = values.into_iter();
        let mut lowered = Vec::with_capacity(branches.len());
        for condition in conditions {
            let span = condition.span;
            let value = values.next()?.unwrap_or_else(|| null(ty, span));
            lowered.push((condition, value));
        }
        let otherwise = values.next().flatten().map(Box::new);
        let kind = ExprKind::Case {
            branches: lowered,
            otherwise,
        };
        Some(make(kind, ty, span))
    }

    /// `CASE operand WHEN a …`: the conditions `operand = a`.
    fn cases_of(
        &mut self,
        operand: &SqlExpr,
        branches: &[(SqlExpr, SqlExpr)],
    ) -> Vec<Option<Expr>> {
        let Some(operand) = self.value(operand) else {
            return vec![None];
        };
        branches
            .iter()
            .map(|(when, _)| {
                let side = self.beside(&operand, when, true)?;
                let operand = self.copy(&operand)?;
                self.compared(Comparison::Eq, operand, side, when.span)
            })
            .collect()
    }

    /// `COALESCE(a, b, …)`: CASE WHEN a IS NOT NULL THEN a … ELSE the last END.
    pub(super) fn coalesce(&mut self, args: &[SqlExpr], span: Span) -> Option<Expr> {
        let args: Vec<&SqlExpr> = args.iter().collect();
        let (values, ty) = self.same_type(&args, span)?;
        let mut values: Vec<Expr> = values.into_iter().flatten().collect();
        let last = values.pop()?;
        let mut branches = Vec::with_capacity(values.len());
        for value in values {
            let again = self.copy(&value)?;
            let span = value.span;
            let null = boolean(ExprKind::IsNull(Box::new(value)), span);
            branches.push((boolean(ExprKind::Not(Box::new(null)), span), again));
        }
        if branches.is_empty() {
            return Some(last);
        }
        let kind = ExprKind::Case {
            branches,
            otherwise: Some(Box::new(last)),
        };
        Some(make(kind, ty, span))
    }

    /// `NULLIF(a, b)`: CASE WHEN a <> b THEN a WHEN b IS NULL THEN a END.
    pub(super) fn nullif(&mut self, a: &SqlExpr, b: &SqlExpr, span: Span) -> Option<Expr> {
        let value = self.value(a)?;
        let other = self.beside(&value, b, true)?;
        let (ty, first, second) = (value.ty, self.copy(&value)?, self.copy(&value)?);
        let constant = matches!(other.kind, ExprKind::Literal(_));
        let again = self.copy(&other)?;
        let differs = self.compared(Comparison::Ne, value, other, span)?;
        let mut branches = vec![(differs, first)];
        if !constant {
            branches.push((boolean(ExprKind::IsNull(Box::new(again)), span), second));
        }
        let kind = ExprKind::Case {
            branches,
            otherwise: None,
        };
        Some(make(kind, ty, span))
    }

    /// Values of one type: the constants among them take the type of the others. `None` among them
    /// stands for NULL.
    fn same_type(
        &mut self,
        all: &[&SqlExpr],
        span: Span,
    ) -> Option<(Vec<Option<Expr>>, ValueType)> {
        let firm: Vec<Option<Option<Expr>>> = all
            .iter()
            .map(|syntax| (!is_literal(syntax)).then(|| self.value(syntax)))
            .collect();
        let mut ty: Option<ValueType> = None;
        for expr in firm.iter().flatten() {
            let expr = expr.as_ref()?;
            match ty {
                None => ty = Some(expr.ty),
                Some(ty) if ty == expr.ty => {}
                Some(ty) => {
                    let ((a_en, a_ru), (b_en, b_ru)) = (words::noun(ty), words::noun(expr.ty));
                    let at = expr.span;
                    return self.fail(
                        code::TYPE_MISMATCH,
                        at,
                        text!(
                            "this is {b_en}, another branch is {a_en}",
                            "это {b_ru}, а в другой ветви {a_ru}"
                        ),
                        text!("give all branches one type", "дайте всем ветвям один тип"),
                    );
                }
            }
        }
        let ty = match ty.or_else(|| of_constants(all)) {
            Some(ty) => ty,
            None => {
                return self.fail(
                    code::NULL_OPERAND,
                    span,
                    text!("every branch is NULL", "каждая ветвь равна NULL"),
                    text!("give one of them a value", "дайте одной из них значение"),
                );
            }
        };
        let beside = Beside {
            ty,
            column: None,
            exact: true,
        };
        let values: Vec<Option<Option<Expr>>> = all
            .iter()
            .zip(firm)
            .map(|(syntax, firm)| match firm {
                Some(expr) => expr.map(Some),
                None if syntax.kind == SqlKind::Null => Some(None),
                None => self.literal(syntax, Some(beside)).map(Some),
            })
            .collect();
        Some((values.into_iter().collect::<Option<_>>()?, ty))
    }
}

/// The type of constants among themselves: that of the first, and a fraction beside integers makes
/// all of them fractions.
fn of_constants(all: &[&SqlExpr]) -> Option<ValueType> {
    let own = |syntax: &SqlExpr| match &syntax.kind {
        SqlKind::Number(digits) if digits.bytes().all(|b| b.is_ascii_digit()) => {
            Some(ValueType::Integer)
        }
        SqlKind::Number(_) => Some(ValueType::Double),
        SqlKind::Text(_) => Some(ValueType::Text),
        SqlKind::Boolean(_) => Some(ValueType::Boolean),
        SqlKind::Typed(base, _) => Some(base.value_type()),
        _ => None,
    };
    let mut found = None;
    for syntax in all {
        let ty = match &syntax.kind {
            SqlKind::Negate(inner) => own(inner),
            _ => own(syntax),
        };
        match (found, ty) {
            (None, _) => found = ty,
            (Some(ValueType::Integer), Some(ValueType::Double)) => found = ty,
            _ => {}
        }
    }
    found
}

/// NULL of a type, in a tree without NULL: a CASE whose only branch is never taken.
fn null(ty: ValueType, span: Span) -> Expr {
    let literal = match ty {
        ValueType::Boolean => Literal::Boolean(false),
        ValueType::Integer => Literal::Integer(0),
        ValueType::Double => Literal::Double(0.0),
        ValueType::Text => Literal::Text(String::new()),
        ValueType::Date => Literal::Date("1970-01-01".into()),
        ValueType::Time => Literal::Time("00:00:00".into()),
        ValueType::Timestamp => Literal::Timestamp("1970-01-01 00:00:00".into()),
        ValueType::Uuid => Literal::Uuid("00000000-0000-0000-0000-000000000000".into()),
    };
    let never = boolean(ExprKind::Literal(Literal::Boolean(false)), span);
    let kind = ExprKind::Case {
        branches: vec![(never, make(ExprKind::Literal(literal), ty, span))],
        otherwise: None,
    };
    make(kind, ty, span)
}
