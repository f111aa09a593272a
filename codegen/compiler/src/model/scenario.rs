//! The scenario of synthetic data: steps that make rows, depth first.
//!
//! ```text
//! step ─► rounds (rows of a table, rows made before, a list of the model, a number)
//!           └─► in each round: picks, values, a condition, the row's cells ─► the steps within
//! ```
//!
//! Everything is resolved: names are places (which step around, which slot), columns that nothing
//! is said of have their defaults. What runs it (`sample::scenario`) knows no table.

mod atom;
mod formula;

pub use atom::Atom;
pub use formula::{Aggregate, Choice, Draw, Formula, FormulaKind, Function, Part, Pick, Slot};

use super::eval::Day;
use super::{ColumnId, Expr, TableId, ValueType};
use crate::source::Span;

/// How synthetic rows of a model are made.
#[derive(Debug)]
#[non_exhaustive]
pub struct Scenario {
    /// The table whose rows the size of a package counts.
    pub scale: TableId,
    /// The day on which the rows are judged by default.
    pub today: Day,
    /// The supplier's prefix of record identifiers by default.
    pub prefix: String,
    /// Values that every step may name.
    pub lets: Vec<Let>,
    /// Every step, the outer before the inner, in the order in which they run.
    pub steps: Vec<Step>,
    /// The outermost steps, by their positions.
    pub nest: Vec<usize>,
    /// How many stores of remembered rows there are.
    pub stores: usize,
    /// Place of the scenario.
    pub span: Span,
}

/// A named value.
#[derive(Debug)]
#[non_exhaustive]
pub struct Let {
    /// Its name.
    pub name: String,
    /// The value.
    pub formula: Formula,
}

/// A step.
#[derive(Debug)]
#[non_exhaustive]
pub struct Step {
    /// What its rounds are.
    pub source: Source,
    /// The names of the steps around it and its own, joined by `/`: for messages and seeds. No two
    /// steps have the same.
    pub path: String,
    /// How many steps stand around it.
    pub depth: usize,
    /// Rows made before that this step and those within see.
    pub with: Vec<Pick>,
    /// Values of a round, in the order of evaluation.
    pub lets: Vec<Let>,
    /// A round counts only when this is true.
    pub condition: Option<Formula>,
    /// The steps within, by their positions.
    pub nest: Vec<usize>,
    /// Stores that begin anew with each round.
    pub clears: Vec<usize>,
    /// Stores that remember the rows of this step.
    pub feeds: Vec<usize>,
    /// Place of the step.
    pub span: Span,
}

/// Where the rounds of a step come from.
#[derive(Debug)]
pub enum Source {
    /// Rows of a table.
    Make {
        /// The table.
        table: TableId,
        /// How many; one if absent.
        count: Option<Formula>,
        /// Every column, in an order in which each comes behind those that it reads.
        cells: Vec<Cell>,
    },
    /// Rows remembered in a store.
    Each {
        /// The store.
        store: usize,
        /// Which to begin with; goes round over the end.
        skip: Option<Formula>,
        /// How many at most; rounds whose condition is not true do not count.
        take: Option<Formula>,
    },
    /// Entries of a list of the model.
    Over(ModelList),
    /// So many rounds without any row.
    Repeat(Formula),
}

/// How a cell is made.
#[derive(Debug)]
#[non_exhaustive]
pub struct Cell {
    /// The column.
    pub column: ColumnId,
    /// Its value.
    pub value: CellValue,
    /// When it has one.
    pub presence: Presence,
}

/// What a cell holds.
#[derive(Debug)]
pub enum CellValue {
    /// The value of a formula.
    Formula(Formula),
    /// The row's own identity: `<PREFIX>-<n>`, or `n`.
    Identity,
    /// A value that the column's type alone suggests.
    Typed,
}

/// When a cell has a value.
#[derive(Debug)]
pub enum Presence {
    /// Whatever the value is.
    Always,
    /// In three rows of four: the default of optional columns.
    Turns,
    /// When the column is required.
    When(Expr),
}

/// A list that the model itself is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ModelList {
    /// The tables: `name`, `title`, `group`.
    Tables,
    /// The classifiers: `name`, `title`, `authority`, `kind` (`open` or `closed`).
    Classifiers,
    /// The values of all classifiers: `list`, `code`, `title`, `parent`.
    Values,
    /// The rules of data quality: `code`, `title`, `metric`, `severity`, `judged` (a table, if the
    /// rule is about one), `source`.
    Rules,
}

impl ModelList {
    /// Every list with its word in the model language.
    pub const ALL: [(&'static str, ModelList); 4] = [
        ("tables", ModelList::Tables),
        ("classifiers", ModelList::Classifiers),
        ("values", ModelList::Values),
        ("rules", ModelList::Rules),
    ];

    /// The names of an entry's fields; all of them are texts.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            ModelList::Tables => &["name", "title", "group"],
            ModelList::Classifiers => &["name", "title", "authority", "kind"],
            ModelList::Values => &["list", "code", "title", "parent"],
            ModelList::Rules => &["code", "title", "metric", "severity", "judged", "source"],
        }
    }

    /// The type of a field.
    pub(crate) fn field_type(self) -> ValueType {
        ValueType::Text
    }
}
