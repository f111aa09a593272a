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
mod literal;
#[cfg(test)]
mod tests;
mod words;

use crate::diagnostic::{Code, Diagnostic, Report, Text, code};
use crate::model::{BaseType, ColumnId, Expr, ExprKind, ValueType};
use crate::source::nearest::nearest;
use crate::source::sql::expr::{Name, Operator, SqlExpr, SqlKind, parse};
use crate::source::{Fragment, Span};
use crate::text;

/// What an expression may name: the columns of one table.
#[derive(Debug, Clone)]
pub struct Scope<'a> {
    /// The table; its name may qualify a column.
    pub table: &'a str,
    /// Its columns; the position is the [`ColumnId`].
    pub columns: Vec<ScopeColumn<'a>>,
}

/// A column that an expression may name.
#[derive(Debug, Clone)]
pub struct ScopeColumn<'a> {
    /// Physical name.
    pub name: &'a str,
    /// Type.
    pub base: BaseType,
    /// The codes, when the values come from a closed list.
    pub codes: Option<Vec<&'a str>>,
}

/// How many parts a resolved expression may have: forms that name a part once and use it several
/// times (BETWEEN, simple CASE, COALESCE) multiply when they are nested.
const MAX_PARTS: usize = 10_000;

/// Reads a condition and resolves it against the columns of its table. `None` when something was
/// reported.
pub fn resolve(fragment: &Fragment, scope: &Scope<'_>, report: &mut Report) -> Option<Expr> {
    let syntax = parse(fragment, report)?;
    let mut found = Report::new();
    let mut resolver = Resolver {
        scope,
        report: &mut found,
        parts: 0,
    };
    let expr = resolver.condition(&syntax);
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
    scope: &'a Scope<'a>,
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
        if !names_column(&expr) {
            let table = self.scope.table;
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
            SqlKind::Column { qualifier, name } => self.column(qualifier.as_ref(), name, span),
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
            SqlKind::Call { name, args } => self.call(name, args, span),
            SqlKind::Extract { part, from } => self.extract(part, from, span),
            SqlKind::Cast { expr, to } => self.cast(expr, *to, span),
        }
    }

    fn column(&mut self, qualifier: Option<&Name>, name: &Name, span: Span) -> Option<Expr> {
        let table = self.scope.table;
        if let Some(qualifier) = qualifier
            && !named(qualifier, table)
        {
            let other = &qualifier.text;
            return self.fail(
                code::OTHER_TABLE,
                span,
                text!(
                    "`{other}` is another table; a condition sees one row of `{table}`",
                    "`{other}` — другая таблица, а условие видит одну строку таблицы `{table}`"
                ),
                text!(
                    "check the other table there, or write the rule as one that spans tables",
                    "проверьте другую таблицу у неё самой или запишите правило, связывающее таблицы"
                ),
            );
        }
        let columns = &self.scope.columns;
        let found = columns
            .iter()
            .position(|column| column.name == name.text)
            .or_else(|| columns.iter().position(|column| named(name, column.name)));
        let position = found.and_then(|at| Some((at, u32::try_from(at).ok()?)));
        if let Some((at, id)) = position {
            let ty = columns.get(at)?.base.value_type();
            return Some(make(ExprKind::Column(ColumnId(id)), ty, span));
        }
        let unknown = &name.text;
        let near = nearest(unknown, columns.iter().map(|column| column.name));
        let diagnostic = Diagnostic::new(
            code::UNKNOWN_COLUMN,
            text!(
                "table `{table}` has no column `{unknown}`",
                "в таблице `{table}` нет колонки `{unknown}`"
            ),
        )
        .at(name.span)
        .suggest(near);
        self.report.push(match near {
            Some(_) => diagnostic,
            None => diagnostic.help(text!(
                "a text stands in single quotes: `'{unknown}'`",
                "текст пишется в одинарных кавычках: `'{unknown}'`"
            )),
        });
        None
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

/// Whether a name as written means `known`: quoted by letter and case, else by letter.
fn named(name: &Name, known: &str) -> bool {
    name.text == known || (!name.quoted && name.text.to_lowercase() == known.to_lowercase())
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

fn names_column(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Column(_)) || expr.children().into_iter().any(names_column)
}
