//! The shapes of rules: the few ways in which rows may be bound to each other.
//!
//! Common to all of them, in memory and in every SQL dialect:
//!
//! - judged are the rows for which the rule's `when` is true, and where rows are judged together
//!   (periods, sets, sequences), only those stand beside each other;
//! - an empty text is null;
//! - values are equal as `=` of expressions has it: an integer beside a double is compared as a
//!   double, text by its characters, without a locale;
//! - text is put in order by its UTF-8 bytes (`COLLATE "C"`).

use super::View;
use crate::model::{ColumnId, Expr};

/// What must hold for a judged row. Columns and expressions are over the judged row's view, unless
/// said otherwise.
#[derive(Debug)]
#[non_exhaustive]
pub enum Shape {
    /// The condition is not false: true and unknown both keep it, as for CHECK in SQL.
    Check(Expr),
    /// Those of the values that are not null are equal; at least two columns of one type. One value,
    /// or none, is equal to itself.
    Equal(Vec<ColumnId>),
    /// At least one of the searches finds a row.
    Exists(Vec<Search>),
    /// None of the searches finds a row.
    NotExists(Vec<Search>),
    /// A measure of the rows found lies within the bounds.
    ///
    /// Integers are compared exactly. Where the measure or the bound is a double, a measure that
    /// misses its bound by no more than `1e-9 * greatest(1, abs(bound))` keeps it: the last digits of a
    /// sum of binary fractions depend on the order of the rows, and 0.1 + 0.2 is not more than 0.3.
    Within {
        /// Which rows are measured.
        search: Search,
        /// What is measured of them.
        measure: Measure,
        /// Not less than this. At least one of the bounds is there.
        at_least: Option<Bound>,
        /// Not more than this.
        at_most: Option<Bound>,
    },
    /// No two judged rows with the same `by` have periods with a moment in common. Periods hold both
    /// their ends for dates, not their last moment for times and timestamps. A null start or end is
    /// open, for times up to the day's; a row with a null among `by` binds nothing. A period that ends
    /// before it starts, or for times and timestamps when it starts, holds no moment and overlaps
    /// nothing. Every row of an overlapping pair is broken.
    NoOverlap {
        /// What the rows have in common: at least one column.
        by: Vec<ColumnId>,
        /// Start of the period: a date, time or timestamp.
        from: ColumnId,
        /// End of the period, of the same type.
        to: ColumnId,
    },
    /// No two judged rows have the same `by`; a row with a null among `by` binds nothing. With
    /// `distinct`: no two rows with the same `by` have different values of it (null is no value).
    /// Every row of such a set is broken, one with a null in `distinct` too.
    Unique {
        /// At least one column.
        by: Vec<ColumnId>,
        /// What may not differ within the set.
        distinct: Option<ColumnId>,
    },
    /// Judged rows with the same `by`, put in order.
    Sequence(Sequence),
}

/// Rows of a table found from a judged row. All rows of the table are searched, whether a rule judges
/// them or not; the judged row itself is found like any other when the table is its own.
#[derive(Debug)]
#[non_exhaustive]
pub struct Search {
    /// The rows searched. Their view may name columns of the judged row.
    pub view: View,
    /// Equalities: a column of the searched view and an expression over the judged row's view. Null
    /// on either side equals nothing. Without an equality every row is searched.
    pub on: Vec<(ColumnId, Expr)>,
    /// What a found row must be beside that: the condition is true. Over the searched view.
    pub condition: Option<Expr>,
}

/// What is measured of the rows found.
#[derive(Debug)]
pub enum Measure {
    /// How many they are.
    Count,
    /// How many different values a column of the searched view has; null is no value.
    Distinct(ColumnId),
    /// The sum of a number over the searched view; nulls count nothing, no rows give zero. A sum of
    /// doubles that leaves the finite numbers is none, and the bounds hold.
    Sum(Expr),
    /// The mean of a number over the searched view, weighted if a weight is given; rows where one of
    /// them is null count nothing. It is a double, also of integers. Without a row left, with weights
    /// that sum to zero, or outside of the finite numbers there is no mean, and the bounds hold.
    Average {
        /// The number.
        value: Expr,
        /// Its weight.
        weight: Option<Expr>,
    },
}

/// A bound: a number over the judged row's view. A bound that is null binds nothing.
pub type Bound = Expr;

/// Rows in order, each judged beside the one before it. A row is broken once, by `next`, by `last` or by
/// both.
#[derive(Debug)]
#[non_exhaustive]
pub struct Sequence {
    /// What the rows have in common: at least one column; a null among them binds nothing.
    pub by: Vec<ColumnId>,
    /// What puts them in order, ascending, then the primary key, column by column, nulls last. Rows
    /// with a null here are left out, as if they were not judged together with the others.
    pub order: ColumnId,
    /// Must not be false for each row but the first; over the view with [`previous`] columns.
    ///
    /// [`previous`]: super::ViewColumn::Previous
    pub next: Option<Expr>,
    /// Must not be false for the last row; an only row is the last.
    pub last: Option<Expr>,
}
