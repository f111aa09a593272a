//! Synthetic data by a model's scenario: rows stream to a [`Sink`] as they are made, depth first.
//!
//! ```text
//! steps ──► engine (levels, remembered rows) ──► verify (every rule of the row) ──► Sink
//!             └─ evaluate, functions, typed                                 folder │ memory
//! ```
//!
//! Held are only the rows around the step that runs and those that steps within the same
//! surroundings look back at; so memory follows the largest of these, not the package. Random
//! choices come from a seed, the path of a step and the numbers of the rounds around it: another
//! step beside changes nothing here. Every row is verified before it is written, so a scenario that
//! makes a row which breaks a rule ends with an error, not with a package.

mod engine;
mod evaluate;
mod folder;
mod functions;
mod lists;
mod memory;
mod typed;
mod verify;

pub use folder::{Folder, FolderError, Summary, TableSummary};
pub use memory::Memory;

use crate::diagnostic::{Diagnostic, Text, code};
use crate::model::eval::Day;
use crate::model::scenario::{Atom, Scenario};
use crate::model::{Model, TableId};
use crate::source::Span;
use crate::text;

/// What to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// How many rows of the scenario's scale table; the scenario does with it what it says.
    pub scale: u64,
    /// The same seed gives the same rows.
    pub seed: u64,
    /// The supplier's prefix of record identifiers (CSV rule F10).
    pub prefix: String,
    /// The day on which the rows are judged: `CURRENT_DATE`.
    pub today: Day,
}

impl Request {
    /// So many rows by a scenario's own prefix and day, seed 1.
    pub fn new(scenario: &Scenario, scale: u64) -> Request {
        Request {
            scale,
            seed: 1,
            prefix: scenario.prefix.clone(),
            today: scenario.today,
        }
    }
}

/// Where rows go.
pub trait Sink {
    /// Why a row cannot be taken.
    type Error;

    /// Takes a row; `cells` are the values of all columns in their order.
    ///
    /// # Errors
    /// The row cannot be taken; no further one comes then.
    fn row(&mut self, table: TableId, cells: &[Atom]) -> Result<(), Self::Error>;
}

/// Why a run ended early.
#[derive(Debug)]
pub enum Error<E> {
    /// A row breaks a rule.
    Row(Box<BrokenRow>),
    /// A number of rows is negative, absent or absurd.
    Count {
        /// Path of the step.
        path: String,
        /// Place of the step.
        span: Span,
        /// The number, if there is one.
        number: Option<i64>,
    },
    /// The model has no scenario.
    NoScenario,
    /// The sink took no more.
    Sink(E),
}

/// A row that breaks a rule.
#[derive(Debug)]
pub struct BrokenRow {
    /// Physical name of the table.
    pub table: String,
    /// Path of the step that made it.
    pub path: String,
    /// Place of the step.
    pub span: Span,
    /// The number of the row among those of its table, from 1.
    pub serial: u64,
    /// Each broken rule in words.
    pub rules: Vec<Text>,
    /// The row: every column with its value.
    pub cells: Vec<(String, String)>,
}

impl<E> Error<E> {
    /// The finding, for an error that the scenario itself causes.
    pub fn to_diagnostic(&self) -> Option<Diagnostic> {
        match self {
            Error::Row(row) => {
                let (table, path, serial) = (&row.table, &row.path, row.serial);
                let rules = |pick: fn(&Text) -> &str| {
                    row.rules.iter().map(pick).collect::<Vec<_>>().join("; ")
                };
                let (en, ru) = (rules(|text| &text.en), rules(|text| &text.ru));
                let cells: Vec<String> = row
                    .cells
                    .iter()
                    .map(|(name, value)| format!("{name} = {value}"))
                    .collect();
                let cells = cells.join(", ");
                Some(
                    Diagnostic::new(
                        code::SCENARIO_ROW,
                        Text {
                            en: format!("row {serial} of `{table}`, made by `{path}`: {en}"),
                            ru: format!("строка {serial} таблицы `{table}` (шаг `{path}`): {ru}"),
                        },
                    )
                    .at(row.span)
                    .help(text!("the row: {cells}", "строка: {cells}")),
                )
            }
            Error::Count { path, span, number } => {
                let said = match number {
                    Some(number) => number.to_string(),
                    None => "NULL".to_owned(),
                };
                Some(
                    Diagnostic::new(
                        code::SCENARIO_COUNT,
                        text!(
                            "`{path}` shall run {said} times",
                            "шаг `{path}` должен выполниться {said} раз"
                        ),
                    )
                    .at(*span)
                    .help(text!(
                        "the number of rounds is a whole number from 0 to 1000000000",
                        "число проходов — целое от 0 до 1000000000"
                    )),
                )
            }
            Error::NoScenario | Error::Sink(_) => None,
        }
    }
}

/// Makes the rows of a model's scenario.
///
/// # Errors
/// A row that breaks a rule of its table (nothing of it is written), a number of rows that is none,
/// a sink that takes no more.
pub fn run<S: Sink>(
    model: &Model,
    request: &Request,
    sink: &mut S,
) -> Result<u64, Error<S::Error>> {
    let scenario = model.scenario().ok_or(Error::NoScenario)?;
    engine::Engine::new(model, scenario, request, sink).run()
}

#[cfg(test)]
mod tests;
