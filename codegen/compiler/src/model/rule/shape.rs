//! The shapes of rules: the few ways in which rows may be bound to each other.

use super::View;
use crate::model::{ColumnId, Expr};

/// What must hold for a judged row. Columns and expressions are over the judged row's view, unless
/// said otherwise.
#[derive(Debug)]
#[non_exhaustive]
pub enum Shape {
    /// The condition is not false: true and unknown both keep it, as for CHECK in SQL.
    Check(Expr),
    /// Those of the values that are not null are equal; at least two columns of one type.
    Equal(Vec<ColumnId>),
    /// At least one of the searches finds a row.
    Exists(Vec<Search>),
    /// None of the searches finds a row.
    NotExists(Vec<Search>),
    /// A measure of the rows found lies within the bounds.
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
    /// open; a row with a null among `by` binds nothing. Every row of an overlapping pair is broken.
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
    /// Every row of such a set is broken.
    Unique {
        /// At least one column.
        by: Vec<ColumnId>,
        /// What may not differ within the set.
        distinct: Option<ColumnId>,
    },
    /// Judged rows with the same `by`, put in order.
    Sequence(Sequence),
}

/// Rows of a table found from a judged row.
#[derive(Debug)]
#[non_exhaustive]
pub struct Search {
    /// The rows searched. Their view may name columns of the judged row.
    pub view: View,
    /// Equalities: a column of the searched view and an expression over the judged row's view. Null
    /// on either side equals nothing.
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
    /// The sum of a number over the searched view; nulls count nothing, no rows give zero.
    Sum(Expr),
    /// The mean of a number over the searched view, weighted if a weight is given; rows where one of
    /// them is null count nothing. Without a row left, or with weights that sum to zero, there is no
    /// mean, and the bounds hold.
    Average {
        /// The number.
        value: Expr,
        /// Its weight.
        weight: Option<Expr>,
    },
}

/// A bound: a number over the judged row's view. A bound that is null binds nothing.
pub type Bound = Expr;

/// Rows in order, each judged beside the one before it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Sequence {
    /// What the rows have in common: at least one column; a null among them binds nothing.
    pub by: Vec<ColumnId>,
    /// What puts them in order, then the primary key. Rows with a null here are left out.
    pub order: ColumnId,
    /// Must not be false for each row but the first; over the view with [`previous`] columns.
    ///
    /// [`previous`]: super::ViewColumn::Previous
    pub next: Option<Expr>,
    /// Must not be false for the last row.
    pub last: Option<Expr>,
}
