//! Judging a row: what every column asks for, then what the table alone knows.

use super::datum::Datum;
use super::meta::{Base, Column, Requirement, Table};
use super::value::Value;
use super::{Record, RowSink};
use crate::csv::NullForm;
use crate::csv::text::refused_character;
use crate::finding::{Context, Finding, Findings, Problem};
use crate::{Date, Invalid};

/// A row under judgement, as generated checks see it.
pub struct RowCheck<'a> {
    table: &'static Table,
    context: &'a Context,
    key: &'a dyn Fn() -> String,
    findings: &'a mut Findings,
}

impl RowCheck<'_> {
    /// The day that rules call `CURRENT_DATE`.
    pub fn today(&self) -> Option<Date> {
        Some(self.context.today)
    }

    /// Adds a finding when the check at position `check` of the table does not hold: false. True
    /// and unknown pass, as for CHECK in SQL.
    pub fn check(&mut self, check: usize, holds: Option<bool>) {
        if holds == Some(false)
            && let Some(check) = self.table.checks.get(check)
        {
            self.findings
                .push(Finding::of_check(self.table, (self.key)(), check));
        }
    }

    /// Adds a finding when the column at position `column` has no value though `condition` is true;
    /// false and unknown do not demand one.
    pub fn require<V: Value>(&mut self, column: usize, value: &V, condition: Option<bool>) {
        // An empty text that stands for no value is a finding already.
        if condition == Some(true) && value.datum().is_null() {
            self.refuse(column, Problem::RequiredWhen);
        }
    }

    /// Whether the profile writes the empty text and no value alike.
    fn empty_is_null(&self) -> bool {
        self.table.showcase.profile.null == NullForm::Quoted
    }

    /// What is wrong with an empty text: all, unless the column may lack a value and the profile tells
    /// the two apart; `char(n)` is never empty.
    fn empty_problem(&self, column: &Column) -> Option<Problem> {
        if column.requirement == Requirement::Always || self.empty_is_null() {
            return Some(Problem::Value(Invalid::Empty));
        }
        text_problem("", column.base)
    }

    fn refuse(&mut self, column: usize, problem: Problem) {
        let finding = Finding::of_column(self.table, (self.key)(), column, problem);
        self.findings.push(finding);
    }
}

/// Everything that is wrong with a row.
pub(super) fn validate<R: Record>(record: &R, context: &Context, findings: &mut Findings) {
    let key = || key_text(record);
    let mut row = RowCheck {
        table: R::TABLE,
        context,
        key: &key,
        findings,
    };
    match record.write_row(&mut row) {
        Ok(()) => record.check_row(&mut row),
        Err(never) => match never {},
    }
}

/// The columns' own demands.
impl RowSink for RowCheck<'_> {
    type Error = std::convert::Infallible;

    fn field<V: Value>(&mut self, column: usize, value: &V) -> Result<(), Self::Error> {
        let Some(known) = self.table.columns.get(column) else {
            return Ok(());
        };
        let datum = value.datum();
        let problem = match datum {
            Datum::Text("") => self.empty_problem(known),
            Datum::Text(text) => text_problem(text, known.base),
            _ => fits(datum, known.base).err().map(Problem::Value),
        };
        if let Some(problem) = problem {
            self.refuse(column, problem);
        }
        Ok(())
    }
}

fn text_problem(text: &str, base: Base) -> Option<Problem> {
    if let Some(invalid) = refused_character(text) {
        return Some(Problem::Value(invalid));
    }
    match base {
        Base::Char(exact) => {
            let found = text.chars().count();
            (found != exact as usize).then_some(Problem::Length { exact, found })
        }
        Base::Varchar(max) if text.len() > max as usize => {
            let (max, found) = (max as usize, text.chars().count());
            (found > max).then_some(Problem::Value(Invalid::TooLong { max, found }))
        }
        _ => None,
    }
}

/// Whether a column of base type `base` holds a value that is no text without loss.
pub(crate) fn fits(datum: Datum<'_>, base: Base) -> Result<(), Invalid> {
    let max = base.precision();
    match datum {
        Datum::Time(time) if !time.fits(max) => Err(Invalid::Precision { max }),
        Datum::Timestamp(timestamp) if !timestamp.fits(max) => Err(Invalid::Precision { max }),
        Datum::Float(number) if !number.is_finite() => Err(Invalid::NotNumber),
        Datum::Double(number) if !number.is_finite() => Err(Invalid::NotNumber),
        _ => Ok(()),
    }
}

/// The primary key as text, for people: columns joined by `/`, personal ones hidden.
pub fn key_text<R: Record>(record: &R) -> String {
    let mut key = KeyText {
        table: R::TABLE,
        parts: vec![String::new(); R::TABLE.primary_key.len()],
    };
    match record.write_row(&mut key) {
        Ok(()) => key.parts.join("/"),
        Err(never) => match never {},
    }
}

struct KeyText {
    table: &'static Table,
    parts: Vec<String>,
}

impl RowSink for KeyText {
    type Error = std::convert::Infallible;

    fn field<V: Value>(&mut self, column: usize, value: &V) -> Result<(), Self::Error> {
        let place = self.table.primary_key.iter().position(|&key| key == column);
        let part = place.and_then(|place| self.parts.get_mut(place));
        let Some((part, known)) = part.zip(self.table.columns.get(column)) else {
            return Ok(());
        };
        *part = match value.datum() {
            _ if known.personal.is_some() => "<personal>".into(),
            Datum::Text(text) => text.into(),
            other => format!("{other:?}"),
        };
        Ok(())
    }
}
