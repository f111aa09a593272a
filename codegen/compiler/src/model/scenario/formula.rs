//! Formulas: typed expressions over the rows around a step.
//!
//! They go beyond the expressions of checks ([`crate::model::Expr`]) in what they may name and call,
//! and share their meaning where both have a form: nulls spread, conditions know three values,
//! `/` cuts towards zero and by zero gives null.

use super::Atom;
use crate::model::{Algorithm, Arith, Comparison, ValueType};

/// A formula with its type.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Formula {
    /// What it is.
    pub kind: FormulaKind,
    /// The type of its value; `None` for NULL, which fits everywhere.
    pub ty: Option<ValueType>,
}

/// The forms of formulas.
#[derive(Debug, Clone, PartialEq)]
pub enum FormulaKind {
    /// A constant, or NULL.
    Constant(Atom),
    /// The value of a place.
    Slot(Slot),
    /// The day on which the rows are judged.
    Today,
    /// The size of the package that was asked for.
    Scale,
    /// The prefix of record identifiers.
    Prefix,
    /// `NOT a`
    Not(Box<Formula>),
    /// `a AND b`
    And(Box<Formula>, Box<Formula>),
    /// `a OR b`
    Or(Box<Formula>, Box<Formula>),
    /// `a IS NULL`
    IsNull(Box<Formula>),
    /// A comparison.
    Compare(Comparison, Box<Formula>, Box<Formula>),
    /// `a IN (…)`
    In(Box<Formula>, Vec<Formula>),
    /// `a LIKE 'pattern'`
    Like(Box<Formula>, String),
    /// `-a`
    Negate(Box<Formula>),
    /// Arithmetic on numbers; `date - date`, `date + integer`, `date - integer`.
    Arith(Arith, Box<Formula>, Box<Formula>),
    /// `CASE WHEN c THEN v … ELSE e END`
    Case(Vec<(Formula, Formula)>, Option<Box<Formula>>),
    /// A function of values.
    Call(Function, Vec<Formula>),
    /// A random number; `site` tells the calls of one round apart.
    Random {
        /// Which call.
        site: u64,
        /// What is drawn.
        draw: Draw,
        /// Bounds, or what to choose from.
        from: Vec<Formula>,
    },
    /// Something of the rows of a store.
    Aggregate {
        /// What.
        what: Aggregate,
        /// The store.
        store: usize,
        /// The value of a row.
        value: Option<Box<Formula>>,
        /// Which rows count.
        condition: Option<Box<Formula>>,
    },
}

/// A place of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Slot {
    /// Depth of the step that holds it; 0 is the scenario itself, its steps are 1 and more.
    pub level: usize,
    /// Which of its rows.
    pub part: Part,
    /// The position there.
    pub at: usize,
}

/// A row that a step holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// The cells of the row that it makes or goes over.
    Row,
    /// Numbers and named values: `n`, `made`, `serial`, then its `let`.
    Local,
    /// A picked row.
    With(usize),
    /// The row that an aggregate looks at; 0 is the innermost. `level` says nothing then.
    Element(usize),
}

/// A row made before, picked by a step. When there is none, all its cells are null.
#[derive(Debug)]
#[non_exhaustive]
pub struct Pick {
    /// The store.
    pub store: usize,
    /// Which row.
    pub choice: Choice,
}

/// Which row of a store.
#[derive(Debug)]
pub enum Choice {
    /// `nth(name, i)`: counted from 1; goes round over the end.
    Nth(Formula),
    /// `any_row(name)`: one at random.
    Any(u64),
    /// `find(name, condition)`: the first for which the condition is true.
    Find(Formula),
    /// `last(name)`
    Last,
}

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Draw {
    /// `random(first, last)`: a whole number, both included.
    Integer,
    /// `chance(percent)`: a truth value.
    Chance,
    /// `pick(a, b, …)`: one of them.
    One,
}

/// What is asked of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Aggregate {
    /// `count_of(name[, condition])`
    Count,
    /// `sum_of(name, value[, condition])`: 0 of none.
    Sum,
    /// `average_of(name, value[, condition])`: a double; null of none.
    Average,
    /// `min_of(name, value[, condition])`
    Min,
    /// `max_of(name, value[, condition])`
    Max,
    /// `first_of(name, value[, condition])`
    First,
    /// `last_of(name, value[, condition])`
    Last,
}

/// Functions of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Function {
    /// `concat(a, …)`: the texts of all, nulls left out.
    Concat,
    /// `padded(number, width)`: with zeros in front.
    Padded,
    /// `length(text)`
    Length,
    /// `lower(text)`
    Lower,
    /// `upper(text)`
    Upper,
    /// `substring(text, from, count)`: characters, counted from 1.
    Substring,
    /// `hash(text)`: ГОСТ Р 34.11-2012 of 512 bits.
    Hash,
    /// `completed('algorithm', text)`: with the check digits that the algorithm wants.
    Completed(Algorithm),
    /// `uuid(number)`: a UUID of version 4 in form, plainly not drawn at random.
    Uuid,
    /// `least(a, …)`
    Least,
    /// `greatest(a, …)`
    Greatest,
    /// `round(number, digits)`
    Round,
    /// `share(total, parts, i)`: the `i`-th (from 1) of so many parts as equal as can be.
    Share,
    /// `item(i, a, …)`: the `i`-th, counted from 1; goes round over the end.
    Item,
    /// `EXTRACT(YEAR FROM x)` of a date or a timestamp, as the following.
    Year,
    /// `EXTRACT(MONTH FROM x)`
    Month,
    /// `EXTRACT(DAY FROM x)`
    Day,
    /// `EXTRACT(ISODOW FROM x)`: 1 is Monday.
    Weekday,
    /// `EXTRACT(HOUR FROM x)` of a time or a timestamp, as the following.
    Hour,
    /// `EXTRACT(MINUTE FROM x)`
    Minute,
    /// `make_date(year, month, day)`: null when there is no such day.
    MakeDate,
    /// `make_time(hour, minute, second)`: null when there is no such time.
    MakeTime,
    /// `moment(date, time)`: a timestamp.
    Moment,
    /// `plus_months(date, number)`: the last day of the month when it has no such day.
    PlusMonths,
    /// `plus_seconds(timestamp or time, number)`
    PlusSeconds,
    /// `CAST(timestamp AS date)`
    DateOf,
    /// `CAST(timestamp AS time)`
    TimeOf,
    /// `full_years(from, to)`
    FullYears,
    /// `seconds_between(from, to)`
    SecondsBetween,
    /// `coalesce(a, b, …)`
    Coalesce,
    /// `nullif(a, b)`
    NullIf,
}

impl Formula {
    /// The formulas directly below.
    pub fn children(&self) -> Vec<&Formula> {
        match &self.kind {
            FormulaKind::Constant(_)
            | FormulaKind::Slot(_)
            | FormulaKind::Today
            | FormulaKind::Scale
            | FormulaKind::Prefix => Vec::new(),
            FormulaKind::Not(inner)
            | FormulaKind::IsNull(inner)
            | FormulaKind::Like(inner, _)
            | FormulaKind::Negate(inner) => vec![inner],
            FormulaKind::And(left, right)
            | FormulaKind::Or(left, right)
            | FormulaKind::Compare(_, left, right)
            | FormulaKind::Arith(_, left, right) => vec![left, right],
            FormulaKind::In(inner, list) => std::iter::once(inner.as_ref()).chain(list).collect(),
            FormulaKind::Case(branches, otherwise) => branches
                .iter()
                .flat_map(|(condition, value)| [condition, value])
                .chain(otherwise.as_deref())
                .collect(),
            FormulaKind::Call(_, arguments) => arguments.iter().collect(),
            FormulaKind::Random { from, .. } => from.iter().collect(),
            FormulaKind::Aggregate {
                value, condition, ..
            } => value.iter().chain(condition).map(Box::as_ref).collect(),
        }
    }

    /// Shows `see` every place that the formula reads.
    pub fn slots(&self, see: &mut dyn FnMut(Slot)) {
        if let FormulaKind::Slot(slot) = self.kind {
            see(slot);
        }
        for child in self.children() {
            child.slots(see);
        }
    }
}
