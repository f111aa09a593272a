//! Quality rules and indicators over the rows of a package, in memory: the reference meaning that
//! the SQL of the target `quality` must agree with.
//!
//! ```text
//! texts ─► Rows (values) ─┐
//!                         ├─► Context (indexes, links) ─► keep, set, structure, deletion ─► Part
//! Model (rules) ──────────┘                               (judges)                           │
//!                                     Judgement (findings, counts, metrics, indicators) ◄────┘
//! ```
//!
//! What rows do not show, the form of the files, is judged by [`csv`]. Searches are hash joins, sets
//! are hashed, periods and sequences sorted; expressions are evaluated by
//! [`eval::evaluate`](crate::model::eval::evaluate) and by nothing else.

mod context;
pub mod csv;
mod deletion;
mod frame;
mod index;
mod indicator;
mod keep;
mod measure;
mod metrics;
mod outcome;
mod part;
mod reach;
mod rows;
mod search;
mod set;
mod structure;

pub use metrics::{Metrics, Share, Shares};
pub use outcome::{
    AssertionOutcome, Fault, Finding, IndicatorOutcome, Judgement, Ratio, Reason, TableOutcome,
    Unjudged,
};
pub use rows::{Rows, TableRows};

use context::Context;
use frame::Frame;
use keep::Keeper;
use part::{Gathering, Part};

use crate::model::eval::{Day, Value};
use crate::model::{AssertionBody, ColumnId, Model, RowRule, Table, View, ViewColumn};

/// The moment at which a package is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// `CURRENT_DATE`.
    pub today: Day,
    /// `CURRENT_TIMESTAMP`: microseconds since 1970-01-01 00:00:00, without a zone.
    pub now: i64,
}

impl From<vitrina::Timestamp> for Moment {
    fn from(at: vitrina::Timestamp) -> Moment {
        Moment {
            today: at.date().into(),
            now: micros(at),
        }
    }
}

/// Microseconds since 1970-01-01 00:00:00.
fn micros(at: vitrina::Timestamp) -> i64 {
    let time = at.time();
    let hours = at.date().to_days() * 24 + i64::from(time.hour());
    let seconds = (hours * 60 + i64::from(time.minute())) * 60 + i64::from(time.second());
    seconds * 1_000_000 + i64::from(time.microsecond())
}

/// Judges a package by every rule and indicator of a model.
pub fn judge<'m>(model: &'m Model, rows: &Rows, moment: Moment) -> Judgement<'m> {
    let context = Context::new(model, rows, moment);
    let mut gathering = Gathering::new(&context);
    for rule in model.rules() {
        for assertion in &rule.assertions {
            let parts = match &assertion.body {
                AssertionBody::Structure(structure) => structure::judge(&context, structure),
                AssertionBody::Rows(rule) => vec![
                    judge_rows(&context, rule)
                        .unwrap_or_else(|reason| Part::unjudged(model.table(rule.table()), reason)),
                ],
            };
            gathering.add(rule, assertion, parts);
        }
    }
    let indicators = model
        .indicators()
        .iter()
        .map(|indicator| IndicatorOutcome {
            indicator,
            value: indicator::value(&context, indicator),
        })
        .collect();
    gathering.finish(indicators)
}

/// Judges the rows of a table by a shape.
fn judge_rows(context: &Context<'_>, rule: &RowRule) -> Result<Part, Reason> {
    let table = context.table(rule.table())?;
    let mut when = Frame::of(context, &rule.view, &rule.when)?;
    let read = own_columns(&rule.view, &keep::columns_of(&rule.shape));
    let read_by_when = own_columns(&rule.view, &frame::read_by(&rule.when));
    let mut unreadable = 0;
    let mut judged = Vec::new();
    for row in table.numbers() {
        if table.any_unreadable(row, &read_by_when) {
            unreadable += 1;
            continue;
        }
        let counts = match &rule.when {
            Some(condition) => when.truth(condition, row) == Some(true),
            None => true,
        };
        match counts {
            true if table.any_unreadable(row, &read) => unreadable += 1,
            true => judged.push(row),
            false => {}
        }
    }
    let broken: Vec<u32> = match Keeper::new(context, &rule.view, &rule.shape)? {
        Some(mut keeper) => {
            let rows = judged.iter().copied();
            rows.filter(|row| !keeper.keeps(*row)).collect()
        }
        None => set::broken(context, &rule.view, &rule.shape, &judged)?,
    };
    Ok(Part::Rows {
        table: rule.table(),
        judged,
        unreadable,
        faults: broken.into_iter().map(|row| (row, Fault::Record)).collect(),
    })
}

/// The columns of the table itself that stand behind columns of a view.
fn own_columns(view: &View, columns: &[ColumnId]) -> Vec<ColumnId> {
    columns
        .iter()
        .filter_map(|column| match view.extra_of(*column) {
            None => Some(*column),
            Some(ViewColumn::Path(path)) => path.first().copied(),
            Some(ViewColumn::Outer(_) | ViewColumn::Previous(_) | ViewColumn::Now) => None,
        })
        .collect()
}

/// The text of a primary key for people and reports; `value` gives the value in a position of it.
fn key_text<'v>(
    model: &Model,
    table: &Table,
    value: impl Fn(usize) -> Option<&'v Value>,
) -> String {
    let texts: Vec<String> = table
        .primary_key
        .iter()
        .enumerate()
        .map(|(at, id)| {
            let column = table.column(*id);
            match value(at) {
                None => String::new(),
                Some(_) if model.personal_of(column).is_some() => "<personal>".into(),
                Some(value) => value.to_text(column.ty.base).unwrap_or_default(),
            }
        })
        .collect();
    texts.join("|")
}

#[cfg(test)]
mod tests;
