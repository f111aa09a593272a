//! Findings: what is wrong with rows, said without the values of personal columns.

use std::fmt;

use crate::record::meta::{Check, Table};
use crate::{Date, Invalid, Lang};

pub use crate::record::meta::Severity;

/// What judging a row depends on beside the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    /// The day that rules call `CURRENT_DATE`.
    pub today: Date,
}

impl Context {
    /// Judges rows as of `today`.
    pub fn new(today: Date) -> Self {
        Context { today }
    }
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Problem {
    /// A value does not fit its column.
    Value(Invalid),
    /// The text has not exactly so many characters: `char(n)`.
    Length {
        /// The characters that the column holds.
        exact: u32,
        /// The characters found.
        found: usize,
    },
    /// A value is missing in a row that the model's condition demands it of.
    RequiredWhen,
    /// A condition of the model does not hold.
    Check {
        /// What must hold, Russian.
        title: &'static str,
    },
}

/// One finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    table: &'static str,
    row: String,
    column: Option<&'static str>,
    code: &'static str,
    severity: Severity,
    problem: Problem,
}

impl Finding {
    /// A value that does not fit, at the column in position `column`.
    pub(crate) fn of_column(
        table: &'static Table,
        row: String,
        column: usize,
        problem: Problem,
    ) -> Self {
        let code = match &problem {
            Problem::Value(Invalid::Empty) | Problem::RequiredWhen => "required",
            Problem::Value(Invalid::TooLong { .. }) | Problem::Length { .. } => "length",
            Problem::Value(Invalid::Precision { .. }) => "precision",
            Problem::Value(Invalid::ControlCharacter | Invalid::LineBreak) => "character",
            _ => "value",
        };
        Finding {
            table: table.name,
            row,
            column: table.columns.get(column).map(|column| column.name),
            code,
            severity: Severity::Error,
            problem,
        }
    }

    /// A broken check.
    pub(crate) fn of_check(table: &'static Table, row: String, check: &'static Check) -> Self {
        Finding {
            table: table.name,
            row,
            column: check.column.map(|column| table.column_name(column)),
            code: check.code,
            severity: check.severity,
            problem: Problem::Check { title: check.title },
        }
    }

    /// Physical name of the table.
    pub fn table(&self) -> &'static str {
        self.table
    }

    /// The primary key of the row, its columns joined by `/`; a personal one is `<personal>`.
    pub fn row(&self) -> &str {
        &self.row
    }

    /// Physical name of the column, when the finding is about one.
    pub fn column(&self) -> Option<&'static str> {
        self.column
    }

    /// The code of a broken check as the model has it, else one of `required`, `length`,
    /// `precision`, `character`, `value`.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// The weight.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// What is wrong.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// What is wrong, in words, without the place and without any value.
    pub fn message(&self, lang: Lang) -> String {
        match (&self.problem, lang) {
            (Problem::Value(invalid), lang) => invalid.message(lang),
            (Problem::Length { exact, found }, Lang::En) => {
                format!("must have {exact} characters, has {found}")
            }
            (Problem::Length { exact, found }, Lang::Ru) => {
                format!("должно быть символов: {exact}, а их {found}")
            }
            (Problem::RequiredWhen, Lang::En) => "a value is required in such a row".into(),
            (Problem::RequiredWhen, Lang::Ru) => "в такой строке значение обязательно".into(),
            (Problem::Check { title }, Lang::En) => format!("the check does not hold: {title}"),
            (Problem::Check { title }, Lang::Ru) => format!("не выполнено условие: {title}"),
        }
    }
}

/// English: `attendance.late_minutes [ESH-1] attendance.late: the check does not hold: …`.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.table)?;
        if let Some(column) = self.column {
            write!(f, ".{column}")?;
        }
        write!(
            f,
            " [{}] {}: {}",
            self.row,
            self.code,
            self.message(Lang::En)
        )
    }
}

/// The findings of many rows, in the order in which they were made.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Findings {
    list: Vec<Finding>,
}

impl Findings {
    /// No findings.
    pub fn new() -> Self {
        Findings::default()
    }

    /// Adds one.
    pub fn push(&mut self, finding: Finding) {
        self.list.push(finding);
    }

    /// All of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.list.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether any of them makes a row unfit.
    pub fn has_errors(&self) -> bool {
        self.list
            .iter()
            .any(|finding| finding.severity == Severity::Error)
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Findings {
    type Item = Finding;
    type IntoIter = std::vec::IntoIter<Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}
