//! Expressions of the model, compiled to a small tree over cells. A row is judged without allocation,
//! but where text is joined or its case is changed.
//!
//! ```text
//! Expr ─► compile ─► Program ─► truth, value   (of one row's cells)
//!                    (Condition, Term)
//! ```
//!
//! The meaning is that of [`eval::evaluate`](vitrina_codegen::model::eval::evaluate); an unreadable cell
//! reads as null, and [`Program::is_unreadable`] says beforehand that a row cannot be judged.

pub(crate) mod calendar;
mod compile;
mod function;
mod like;
mod operand;

use std::borrow::Cow;
use std::cmp::Ordering;

use vitrina_codegen::model::eval::Day;
use vitrina_codegen::model::{Arith, ColumnId, Comparison, Expr};

use crate::Cell;
pub(crate) use calendar::{DAY, SECOND};
pub use operand::Operand;

/// An expression ready to be evaluated for many rows.
#[derive(Debug, Clone)]
pub struct Program {
    term: Term,
    columns: Vec<ColumnId>,
}

impl Program {
    /// Compiles an expression over a table or a view: its columns are positions of the cells that it is
    /// given, the table's own first, then the view's further ones.
    pub fn compile(expr: &Expr) -> Program {
        Program {
            term: compile::term(expr),
            columns: expr.columns(),
        }
    }

    /// The columns that it reads, ascending, each once.
    pub fn columns(&self) -> &[ColumnId] {
        &self.columns
    }

    /// Whether a cell that it reads holds no value of its column's type, so that nothing can be said.
    pub fn is_unreadable(&self, cells: &[Cell<'_>]) -> bool {
        self.columns
            .iter()
            .any(|id| matches!(cells.get(id.index()), Some(Cell::Unreadable)))
    }

    /// The truth of a condition; `None` is unknown.
    pub fn truth(&self, cells: &[Cell<'_>], today: Day) -> Option<bool> {
        let row = Row { cells, today };
        match &self.term {
            Term::Truth(condition) => condition.of(&row),
            term => match term.of(&row) {
                Some(Operand::Boolean(truth)) => Some(truth),
                _ => None,
            },
        }
    }

    /// The value; `None` is null.
    pub fn value<'v>(&'v self, cells: &[Cell<'v>], today: Day) -> Option<Operand<'v>> {
        self.term.of(&Row { cells, today })
    }
}

/// What an expression is evaluated for.
struct Row<'r, 'v> {
    cells: &'r [Cell<'v>],
    today: Day,
}

/// A part of an expression whose value is of any type.
#[derive(Debug, Clone)]
enum Term {
    Column(usize),
    Constant(Operand<'static>),
    /// A constant that is none: a text that is no date.
    Null,
    Today,
    Truth(Box<Condition>),
    Negate(Box<Term>),
    Arith(Arith, Box<(Term, Term)>),
    Case(Vec<(Condition, Term)>, Option<Box<Term>>),
    Call(function::Call, Vec<Term>),
}

/// A part of an expression that is true, false or unknown.
#[derive(Debug, Clone)]
enum Condition {
    Not(Box<Condition>),
    /// Flattened: two or more.
    And(Vec<Condition>),
    Or(Vec<Condition>),
    IsNull(Term),
    Compare(Comparison, Box<(Term, Term)>),
    /// A column beside a constant number, as most checks are.
    CompareNumber(usize, Comparison, Number),
    /// A text on a list, sorted.
    InTexts(Term, Vec<Box<str>>),
    In(Term, Vec<Operand<'static>>),
    Like(Term, like::Like),
    /// A boolean column.
    Column(usize),
    /// A case of booleans.
    Term(Term),
}

/// A constant number, as it is compared with whole numbers and with others.
#[derive(Debug, Clone, Copy)]
struct Number {
    whole: Option<i64>,
    double: f64,
}

impl Number {
    /// The order of a cell beside it; none for what is no number.
    #[inline]
    fn order_of(&self, cell: &Cell<'_>) -> Option<Ordering> {
        match (*cell, self.whole) {
            (Cell::Integer(number), Some(whole)) => Some(number.cmp(&whole)),
            (Cell::Integer(number), None) => (number as f64).partial_cmp(&self.double),
            (Cell::Double(number), _) => number.partial_cmp(&self.double),
            _ => None,
        }
    }
}

impl Term {
    fn of<'v>(&'v self, row: &Row<'_, 'v>) -> Option<Operand<'v>> {
        match self {
            Term::Column(at) => Operand::of_cell(row.cells.get(*at)?),
            Term::Constant(value) => Some(value.borrowed()),
            Term::Null => None,
            Term::Today => Some(Operand::Date(row.today.0)),
            Term::Truth(condition) => condition.of(row).map(Operand::Boolean),
            Term::Negate(inner) => match inner.of(row)? {
                Operand::Integer(number) => Some(Operand::Integer(number.saturating_neg())),
                Operand::Double(number) => Some(Operand::Double(-number)),
                _ => None,
            },
            Term::Arith(operator, sides) => {
                let left = sides.0.of(row)?;
                operand::arithmetic(*operator, left, sides.1.of(row)?)
            }
            Term::Case(branches, otherwise) => branches
                .iter()
                .find(|(condition, _)| condition.of(row) == Some(true))
                .map(|(_, value)| value)
                .or(otherwise.as_deref())?
                .of(row),
            Term::Call(call, arguments) => call.of(arguments, row),
        }
    }

    /// The text of the term, where it is one.
    fn text<'v>(&'v self, row: &Row<'_, 'v>) -> Option<Cow<'v, str>> {
        match self.of(row)? {
            Operand::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl Condition {
    /// What most conditions are made of is judged in place.
    #[inline(always)]
    fn of(&self, row: &Row<'_, '_>) -> Option<bool> {
        match self {
            Condition::CompareNumber(at, comparison, number) => {
                let order = number.order_of(row.cells.get(*at)?)?;
                Some(is_such(*comparison, order))
            }
            Condition::Column(at) => match row.cells.get(*at)? {
                Cell::Boolean(truth) => Some(*truth),
                _ => None,
            },
            Condition::IsNull(Term::Column(at)) => Some(
                row.cells
                    .get(*at)
                    .is_none_or(|cell| matches!(cell, Cell::Null | Cell::Unreadable)),
            ),
            other => other.of_any(row),
        }
    }

    fn of_any(&self, row: &Row<'_, '_>) -> Option<bool> {
        match self {
            Condition::Not(inner) => inner.of(row).map(|truth| !truth),
            Condition::And(parts) => all(parts, row, false),
            Condition::Or(parts) => all(parts, row, true),
            Condition::IsNull(inner) => Some(inner.of(row).is_none()),
            Condition::Compare(comparison, sides) => {
                let left = sides.0.of(row)?;
                Some(is_such(*comparison, left.order(&sides.1.of(row)?)?))
            }
            Condition::CompareNumber(at, comparison, number) => {
                let order = number.order_of(row.cells.get(*at)?)?;
                Some(is_such(*comparison, order))
            }
            Condition::InTexts(inner, list) => match inner.of(row)? {
                Operand::Text(text) => {
                    Some(list.binary_search_by(|known| (**known).cmp(&text)).is_ok())
                }
                _ => Some(false),
            },
            Condition::In(inner, list) => {
                let value = inner.of(row)?;
                Some(
                    list.iter()
                        .any(|known| value.order(known).is_some_and(|order| order.is_eq())),
                )
            }
            Condition::Like(inner, pattern) => Some(pattern.matches(&inner.text(row)?)),
            Condition::Column(at) => match row.cells.get(*at)? {
                Cell::Boolean(truth) => Some(*truth),
                _ => None,
            },
            Condition::Term(inner) => match inner.of(row)? {
                Operand::Boolean(truth) => Some(truth),
                _ => None,
            },
        }
    }
}

/// Whether values in such an order are as a comparison says.
#[inline]
fn is_such(comparison: Comparison, order: Ordering) -> bool {
    match comparison {
        Comparison::Eq => order.is_eq(),
        Comparison::Ne => order.is_ne(),
        Comparison::Lt => order.is_lt(),
        Comparison::Le => order.is_le(),
        Comparison::Gt => order.is_gt(),
        Comparison::Ge => order.is_ge(),
    }
}

/// AND for `decisive` false, OR for true: one decisive part decides, an unknown one leaves it unknown.
fn all(parts: &[Condition], row: &Row<'_, '_>, decisive: bool) -> Option<bool> {
    let mut outcome = Some(!decisive);
    for part in parts {
        match part.of(row) {
            Some(truth) if truth == decisive => return Some(decisive),
            Some(_) => {}
            None => outcome = None,
        }
    }
    outcome
}

#[cfg(test)]
mod tests;
