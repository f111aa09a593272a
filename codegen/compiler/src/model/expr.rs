//! Typed expressions over the columns of one row, with SQL's three-valued logic.
//!
//! The tree is small on purpose: `resolve` turns BETWEEN into two comparisons, `NOT IN` into NOT of
//! IN, `<>` into a comparison, and refuses whatever engines disagree about (text has `=` and `<>`
//! but no order). Every target prints this tree, so a rule means the same in all of them:
//!
//! - any operand null gives null, except for IS NULL, AND, OR and CASE;
//! - integers are unbounded (targets compute in `numeric`, `i128`), `/` cuts towards zero, and
//!   division or remainder by zero gives null;
//! - `length` and `substring` count characters;
//! - days are those of the Gregorian calendar, times of day and timestamps have no zone.

#[cfg(test)]
pub(crate) mod build;
mod function;
pub mod text;
mod walk;

pub use function::{DatePart, Function};

use super::ColumnId;
use crate::source::Span;

/// An expression with its type and place.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// The type of its value.
    pub ty: ValueType,
    /// Where it is written.
    pub span: Span,
}

/// Types of values in expressions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ValueType {
    /// True, false.
    Boolean,
    /// A whole number.
    Integer,
    /// A number with a fraction.
    Double,
    /// Text.
    Text,
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// A day and a time.
    Timestamp,
    /// A UUID.
    Uuid,
}

/// The forms of expressions.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// The value of a column of the row.
    Column(ColumnId),
    /// A constant.
    Literal(Literal),
    /// The day on which the row is judged.
    CurrentDate,
    /// `NOT a`
    Not(Box<Expr>),
    /// `a AND b`
    And(Box<Expr>, Box<Expr>),
    /// `a OR b`
    Or(Box<Expr>, Box<Expr>),
    /// `a IS NULL`; `IS NOT NULL` is NOT of it.
    IsNull(Box<Expr>),
    /// Both sides have one type, or one is an integer and the other a double.
    Compare(Comparison, Box<Expr>, Box<Expr>),
    /// `a IN (…)`: literals of the type of `a`; never empty, never null.
    In(Box<Expr>, Vec<Literal>),
    /// `a LIKE 'pattern'`: `%` any characters, `_` one character, `\` takes the next literally.
    Like(Box<Expr>, String),
    /// `-a` of a number.
    Negate(Box<Expr>),
    /// Arithmetic. Numbers of one type (an integer beside a double becomes a double), or
    /// `date - date` (an integer: days), `date + integer`, `date - integer`.
    Arith(Arith, Box<Expr>, Box<Expr>),
    /// `CASE WHEN c THEN v … ELSE e END`; the simple form is turned into this one. Without ELSE: null.
    Case {
        /// Conditions and values.
        branches: Vec<(Expr, Expr)>,
        /// The value when no condition is true.
        otherwise: Option<Box<Expr>>,
    },
    /// A function.
    Call(Function, Vec<Expr>),
}

/// A constant; never null.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `TRUE`, `FALSE`
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A finite number with a fraction.
    Double(f64),
    /// Text.
    Text(String),
    /// A valid day, `YYYY-MM-DD`.
    Date(String),
    /// A valid time of day, `hh:mm:ss[.ffffff]`.
    Time(String),
    /// A valid day and time, `YYYY-MM-DD hh:mm:ss[.ffffff]`.
    Timestamp(String),
    /// A UUID in lower case with hyphens.
    Uuid(String),
}

impl Literal {
    /// The type of the constant.
    pub fn value_type(&self) -> ValueType {
        match self {
            Literal::Boolean(_) => ValueType::Boolean,
            Literal::Integer(_) => ValueType::Integer,
            Literal::Double(_) => ValueType::Double,
            Literal::Text(_) => ValueType::Text,
            Literal::Date(_) => ValueType::Date,
            Literal::Time(_) => ValueType::Time,
            Literal::Timestamp(_) => ValueType::Timestamp,
            Literal::Uuid(_) => ValueType::Uuid,
        }
    }
}

/// Comparisons. Text and UUIDs know `=` and `<>` only; booleans too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `=`
    Eq,
    /// `<>`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

/// Arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Arith {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `%`, integers only; the sign is the dividend's.
    Rem,
}
