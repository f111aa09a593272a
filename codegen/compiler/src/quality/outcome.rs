//! What judging a package gives.

use super::metrics::Metrics;
use crate::model::{CheckSeverity, ColumnId, Indicator, Rule, TableId};

/// Everything that was found out about a package.
#[derive(Debug)]
pub struct Judgement<'m> {
    /// What is broken: by rule and assertion in the model's order, then by table, row and column.
    pub findings: Vec<Finding<'m>>,
    /// Every assertion, in the model's order; the entries of one code are one.
    pub assertions: Vec<AssertionOutcome<'m>>,
    /// The shares of rows that keep the rules.
    pub metrics: Metrics,
    /// Every indicator, in the model's order.
    pub indicators: Vec<IndicatorOutcome<'m>>,
}

impl<'m> Judgement<'m> {
    /// The outcome of an assertion, by its code.
    pub fn assertion(&self, code: &str) -> Option<&AssertionOutcome<'m>> {
        self.assertions.iter().find(|one| one.code == code)
    }

    /// The outcome of an indicator, by its code.
    pub fn indicator(&self, code: &str) -> Option<&IndicatorOutcome<'m>> {
        self.indicators
            .iter()
            .find(|one| one.indicator.code == code)
    }
}

/// One breach of an assertion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding<'m> {
    /// The assertion's code.
    pub code: &'m str,
    /// Weight of the breach.
    pub severity: CheckSeverity,
    /// The table; none for a kind of information without a record.
    pub table: Option<TableId>,
    /// Position of the row in the table's rows, from 0; none for a deleted record or a kind.
    pub row: Option<usize>,
    /// The primary key: its values' canonical texts joined by `|`, nothing for a null, and `<personal>`
    /// for a value of a personal column. For a kind of information, its number.
    pub key: String,
    /// What of the row is at fault.
    pub fault: Fault,
}

/// What of a record breaks an assertion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The record as a whole.
    Record,
    /// These of its columns: one, or those of a key.
    Columns(Vec<ColumnId>),
    /// The row check of this code.
    Check(String),
}

/// How an assertion fared.
#[derive(Debug)]
pub struct AssertionOutcome<'m> {
    /// The assertion's code.
    pub code: &'m str,
    /// The rule that it belongs to.
    pub rule: &'m Rule,
    /// Weight of a breach.
    pub severity: CheckSeverity,
    /// What was judged, by table in the order of the model.
    pub tables: Vec<TableOutcome>,
    /// What could not be judged; a table may stand here and, with another part of it, above.
    pub unjudged: Vec<Unjudged>,
}

impl AssertionOutcome<'_> {
    /// How many records were judged.
    pub fn judged(&self) -> u64 {
        self.tables.iter().map(|one| one.judged).sum()
    }

    /// How many of them break the assertion.
    pub fn broken(&self) -> u64 {
        self.tables.iter().map(|one| one.broken).sum()
    }
}

/// How the records of a table fared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableOutcome {
    /// The table; none where kinds of information are judged.
    pub table: Option<TableId>,
    /// How many records were judged: those for which the rule's condition is true.
    pub judged: u64,
    /// How many of them break the assertion.
    pub broken: u64,
    /// How many rows could not be judged, for a cell that matters is no value of its column's type.
    pub unreadable: u64,
}

/// What could not be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unjudged {
    /// The table whose records were to be judged; none for an assertion about files.
    pub table: Option<TableId>,
    /// Why not.
    pub reason: Reason,
}

/// Why something could not be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The package does not hold this table: the one to be judged, or one that the assertion looks
    /// into.
    NoTable(TableId),
    /// Rows do not show it: the reader of the files judges it, and the forms of raw values the layer
    /// that has them.
    Reader,
}

/// The value of an indicator.
#[derive(Debug)]
pub struct IndicatorOutcome<'m> {
    /// The indicator.
    pub indicator: &'m Indicator,
    /// The value, or why there is none.
    pub value: Result<Ratio, Reason>,
}

/// A share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    /// The part.
    pub numerator: u64,
    /// The whole.
    pub denominator: u64,
}

impl Ratio {
    /// The quotient; none of nothing.
    pub fn value(self) -> Option<f64> {
        (self.denominator > 0).then(|| self.numerator as f64 / self.denominator as f64)
    }
}
