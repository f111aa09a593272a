//! Synthetic data of a model: rows that are valid by every rule, and rows that break just one.
//!
//! ```text
//! plan (per column: where values come from, which are worth having)
//!   └─► build (per table: rows, references, keys) ◄── repair (checks, by ideas read out of them)
//!         └─► Package ──► csv, json, mutants
//! ```
//!
//! Deterministic: a model, options and this version of the program give the same bytes everywhere.
//! No real person is in it: words are invented, numbers of persons lie in ranges never issued.

mod build;
pub mod csv;
mod form;
mod idea;
pub mod json;
mod mutant;
mod package;
mod plan;
mod random;
mod reference;
mod repair;
pub mod scenario;
mod text;
mod vary;

pub use mutant::{Mutant, Mutants, Unbreakable, mutants};
pub use package::{Cells, Package, SampledTable};
pub use random::Random;

use crate::model::eval::{Day, Violation};
use crate::model::{Model, TableId};

/// What to sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Rows per table. A table gets fewer where its keys allow no more: one that shares its key
    /// with another, one keyed by a short list.
    pub rows: usize,
    /// The same seed gives the same rows.
    pub seed: u64,
    /// The supplier's prefix of record identifiers (CSV rule F10): `DEMO` gives `DEMO-1`.
    pub prefix: String,
    /// The day on which the rows are judged: `CURRENT_DATE`.
    pub today: Day,
}

impl Options {
    /// 20 rows per table, seed 1, prefix `DEMO`.
    pub fn new(today: impl Into<Day>) -> Options {
        Options {
            rows: 20,
            seed: 1,
            prefix: "DEMO".into(),
            today: today.into(),
        }
    }
}

/// Why there is no package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// No value of a column's type was found: its pattern, length and check digit exclude each
    /// other, or too few texts satisfy them all.
    NoValue {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// No row was found that breaks no rule: the checks exclude each other, or the search is too weak.
    NoRow {
        /// The table.
        table: String,
        /// Codes of checks and names of columns whose rules the last attempts broke.
        rules: Vec<String>,
    },
}

impl std::error::Error for Error {}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::NoValue { table, column } => write!(
                f,
                "no value of the type of `{table}.{column}` was found: pattern, length and check \
                 digit leave too little"
            ),
            Error::NoRow { table, rules } => write!(
                f,
                "no row of `{table}` was found that breaks none of these rules: {}",
                rules.join(", ")
            ),
        }
    }
}

/// A package of a model: every row passes [`verdict`](crate::model::eval::verdict) without a
/// violation, warnings included; keys are unique and every reference has its row.
pub fn package(model: &Model, options: &Options) -> Result<Package, Error> {
    build::package(model, options)
}

/// Everything that a package breaks: empty for one made by [`package`].
pub fn judge(model: &Model, package: &Package, today: Day) -> Vec<(TableId, usize, Violation)> {
    package::judge(model, package, today)
}

#[cfg(test)]
mod tests;
