//! Expressions: names and types of a condition of one row.
//!
//! [`crate::source::sql::expr`] reads the fragment; here its names become columns, its constants
//! values of the type that stands beside them, and forms that have no node of their own (BETWEEN,
//! COALESCE, IS TRUE …) are lowered to the model's small tree. Everything that engines disagree
//! about, and everything that cannot be what its author meant, is refused at its place.

mod arith;
mod calendar;
mod call;
mod case;
mod compare;
mod concat;
mod literal;
mod scope;
#[cfg(test)]
mod tests;
mod words;

use crate::diagnostic::{Code, Diagnostic, Report, Text, code};
use crate::model::{Expr, ExprKind, ValueType};
use crate::source::sql::expr::{Name, Operator, SqlExpr, SqlKind, parse};
use crate::source::{Fragment, Span};
use crate::text;

pub(super) use compare::comparable;
use literal::{Beside, is_literal};
pub(super) use scope::{Found, Lookup, named, position, unknown_column};
pub use scope::{Scope, ScopeColumn};
pub(super) use words::noun;

/// How many parts a resolved expression may have: forms that name a part once and use it several
/// times (BETWEEN, simple CASE, COALESCE) multiply when they are nested.
const MAX_PARTS: usize = 10_000;

/// Reads a condition and resolves it against the columns of its table. `None` when something was
/// reported.
pub fn resolve(fragment: &Fragment, scope: &Scope<'_>, report: &mut Report) -> Option<Expr> {
    condition(fragment, scope, report)
}

/// As [`resolve`], with names looked up elsewhere than in one table.
pub(super) fn condition(
    fragment: &Fragment,
    scope: &dyn Lookup,
    report: &mut Report,
) -> Option<Expr> {
    read(fragment, scope, report, |resolver, syntax| {
        resolver.condition(syntax)
    })
}

/// Reads a value of any type. What stands `beside` it tells what a constant means.
pub(super) fn value(
    fragment: &Fragment,
    scope: &dyn Lookup,
    beside: Option<(ValueType, Option<&ScopeColumn<'_>>)>,
    report: &mut Report,
) -> Option<Expr> {
    let beside = beside.map(|(ty, column)| Beside {
        ty,
        column,
        exact: true,
    });
    read(
        fragment,
        scope,
        report,
        |resolver, syntax| match is_literal(syntax) {
            true => resolver.literal(syntax, beside),
            false => resolver.value(syntax),
        },
    )
}

fn read(
    fragment: &Fragment,
    scope: &dyn Lookup,
    report: &mut Report,
    resolve: impl FnOnce(&mut Resolver<'_>, &SqlExpr) -> Option<Expr>,
) -> Option<Expr> {
    let syntax = parse(fragment, report)?;
    let mut found = Report::new();
    let mut resolver = Resolver {
        scope,
        report: &mut found,
        parts: 0,
    };
    let expr = resolve(&mut resolver, &syntax);
    for diagnostic in found.sorted() {
        let mut diagnostic = diagnostic.clone();
        // Where the place is the whole value, a replacement of the part does not belong.
        diagnostic.suggestion = diagnostic
            .suggestion
            .filter(|_| fragment.is_exact())
            .map(|suggestion| fragment.written(&suggestion));
        report.push(diagnostic);
    }
    expr
}

struct Resolver<'a> {
    scope: &'a dyn Lookup,
    report: &'a mut Report,
    /// Parts made by copying so far.
    parts: usize,
}

impl Resolver<'_> {
    /// A condition: boolean, and different from row to row.
    fn condition(&mut self, syntax: &SqlExpr) -> Option<Expr> {
        let expr = self.value(syntax)?;
        if expr.ty != ValueType::Boolean {
            let (en, ru) = words::noun(expr.ty);
            return self.fail(
                code::NOT_BOOLEAN,
                syntax.span,
                text!("{en} is no condition", "{ru} — не условие"),
                text!(
                    "compare it with something: `x > 0`, `x IS NOT NULL`",
                    "сравните его с чем-нибудь: `x > 0`, `x IS NOT NULL`"
                ),
            );
        }
        if !self.varies(&expr) {
            let table = self.scope.table();
            return self.fail(
                code::CONSTANT_CONDITION,
                syntax.span,
                text!(
                    "the condition is the same for every row",
                    "условие одно и то же для всех строк"
                ),
                text!(
                    "name a column of `{table}`, or leave the condition out",
                    "назовите колонку таблицы `{table}` или уберите условие"
                ),
            );
        }
        Some(expr)
    }

    /// Any expression, without anything beside it to tell what a constant means.
    fn value(&mut self, syntax: &SqlExpr) -> Option<Expr> {
        let span = syntax.span;
        match &syntax.kind {
            SqlKind::Column { qualifiers, name } => self.column(qualifiers, name, span),
            SqlKind::CurrentDate => Some(make(ExprKind::CurrentDate, ValueType::Date, span)),
            SqlKind::Not(inner) => {
                let inner = self.condition(inner)?;
                Some(boolean(ExprKind::Not(Box::new(inner)), span))
            }
            SqlKind::Negate(inner) if !literal::is_literal(syntax) => self.negate(inner, span),
            SqlKind::Number(_)
            | SqlKind::Text(_)
            | SqlKind::Boolean(_)
            | SqlKind::Null
            | SqlKind::Typed(..)
            | SqlKind::Negate(_) => self.literal(syntax, None),
            SqlKind::Is {
                expr,
                what,
                negated,
            } => self.is(expr, *what, *negated, span),
            SqlKind::Binary(Operator::And, left, right) => {
                let (left, right) = (self.condition(left), self.condition(right));
                let kind = ExprKind::And(Box::new(left?), Box::new(right?));
                Some(boolean(kind, span))
            }
            SqlKind::Binary(Operator::Or, left, right) => {
                let (left, right) = (self.condition(left), self.condition(right));
                let kind = ExprKind::Or(Box::new(left?), Box::new(right?));
                Some(boolean(kind, span))
            }
            SqlKind::Binary(Operator::Compare(op), left, right) => {
                self.compare(*op, left, right, span)
            }
            SqlKind::Binary(Operator::Arith(op), left, right) => self.arith(*op, left, right, span),
            SqlKind::Binary(Operator::Concat, left, right) => self.concat(left, right, span),
            SqlKind::In {
                expr,
                list,
                negated,
            } => self.in_list(expr, list, *negated, span),
            SqlKind::Between {
                expr,
                low,
                high,
                negated,
            } => self.between(expr, low, high, *negated, span),
            SqlKind::Like {
                expr,
                pattern,
                negated,
            } => self.like(expr, pattern, *negated, span),
            SqlKind::Case {
                operand,
                branches,
                otherwise,
            } => self.case(operand.as_deref(), branches, otherwise.as_deref(), span),
            // Without parentheses the call is as long as its name.
            SqlKind::Call { name, .. } if name.span == span && is_now(name) => self.now(name, span),
            SqlKind::Call { name, args } => self.call(name, args, span),
            SqlKind::Extract { part, from } => self.extract(part, from, span),
            SqlKind::Cast { expr, to } => self.cast(expr, *to, span),
        }
    }

    fn column(&mut self, qualifiers: &[Name], name: &Name, span: Span) -> Option<Expr> {
        match self.scope.find(qualifiers, name, span) {
            Ok((id, ty)) => Some(make(ExprKind::Column(id), ty, span)),
            Err(finding) => {
                if let Some(finding) = finding {
                    self.report.push(*finding);
                }
                None
            }
        }
    }

    /// `CURRENT_TIMESTAMP`, which rules have and checks of rows do not.
    fn now(&mut self, name: &Name, span: Span) -> Option<Expr> {
        match self.scope.now() {
            Some(now) => Some(make(ExprKind::Column(now), ValueType::Timestamp, span)),
            None => self.call(name, &[], span),
        }
    }

    /// Whether a condition may differ from row to row or, for rules, from day to day.
    fn varies(&self, expr: &Expr) -> bool {
        match expr.kind {
            ExprKind::Column(_) => true,
            ExprKind::CurrentDate => self.scope.judges_by_moment(),
            _ => expr.children().into_iter().any(|part| self.varies(part)),
        }
    }

    /// A copy of a part that a lowered form uses once more.
    fn copy(&mut self, expr: &Expr) -> Option<Expr> {
        let before = self.parts;
        self.parts = self.parts.saturating_add(parts(expr));
        if self.parts <= MAX_PARTS {
            return Some(expr.clone());
        }
        if before > MAX_PARTS {
            return None;
        }
        self.fail(
            code::EXPR_TOO_LARGE,
            expr.span,
            text!(
                "the expression grows too large when it is unfolded",
                "в развёрнутом виде выражение слишком велико"
            ),
            text!(
                "nest fewer CASE, COALESCE and BETWEEN, or split the rule into several checks",
                "вкладывайте меньше CASE, COALESCE и BETWEEN или разделите правило на несколько проверок"
            ),
        )
    }

    fn fail<T>(&mut self, code: Code, span: Span, message: Text, help: Text) -> Option<T> {
        let diagnostic = Diagnostic::new(code, message).at(span);
        self.report.push(if help.is_empty() {
            diagnostic
        } else {
            diagnostic.help(help)
        });
        None
    }
}

fn make(kind: ExprKind, ty: ValueType, span: Span) -> Expr {
    Expr { kind, ty, span }
}

fn boolean(kind: ExprKind, span: Span) -> Expr {
    make(kind, ValueType::Boolean, span)
}

/// `expr`, or NOT of it.
fn negated(expr: Expr, negated: bool) -> Expr {
    let span = expr.span;
    match negated {
        true => boolean(ExprKind::Not(Box::new(expr)), span),
        false => expr,
    }
}

fn parts(expr: &Expr) -> usize {
    1 + expr.children().into_iter().map(parts).sum::<usize>()
}

fn is_now(name: &Name) -> bool {
    !name.quoted && name.text.eq_ignore_ascii_case("current_timestamp")
}
