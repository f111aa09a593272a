//! Findings: what is wrong with rows, said without the values of personal columns.

use std::fmt;
use std::marker::PhantomData;

use crate::record::Record;
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
        /// What must hold, Russian; the title of the column for a column's own check.
        title: &'static str,
        /// The condition as the model has it, for a column's own check.
        condition: Option<&'static str>,
    },
}

/// The row that a program is making of foreign values: it turns what a constructor refuses into a
/// finding that names table, row and column.
///
/// ```
/// use vitrina::{Finding, Invalid, Record};
/// use vitrina::finding::RowPlace;
///
/// fn column<R: Record>(id: i64, text: &str) -> Result<vitrina::Date, Finding> {
///     let row = RowPlace::<R>::new(id);
///     row.column("birth_date", text.parse())
/// }
/// ```
#[derive(Debug, Clone)]
pub struct RowPlace<R> {
    row: String,
    record: PhantomData<fn() -> R>,
}

impl<R: Record> RowPlace<R> {
    /// The row that people shall find by `row`: its key, or what the program's own database calls
    /// it. The text goes to findings, so it is no place for a personal value.
    pub fn new(row: impl fmt::Display) -> Self {
        RowPlace {
            row: row.to_string(),
            record: PhantomData,
        }
    }

    /// The value, or the finding that the column refuses it.
    ///
    /// # Errors
    /// The finding.
    pub fn column<T>(&self, column: &'static str, value: Result<T, Invalid>) -> Result<T, Finding> {
        value.map_err(|invalid| Finding {
            column: Some(column),
            // No column has this position: the name stands above.
            ..Finding::of_column(
                R::TABLE,
                self.row.clone(),
                usize::MAX,
                Problem::Value(invalid),
            )
        })
    }
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
            problem: Problem::Check {
                title: check.title,
                condition: check.column.map(|_| check.condition),
            },
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
            (Problem::Check { title, condition }, lang) => {
                let words = match lang {
                    Lang::En => "the check does not hold",
                    Lang::Ru => "не выполнено условие",
                };
                match condition {
                    Some(condition) => format!("{words} `{condition}` ({title})"),
                    None => format!("{words}: {title}"),
                }
            }
        }
    }

    /// Place, code and message in one line: `attendance.late_minutes [ESH-1] length: …`. The code is
    /// left out where it only repeats the place.
    pub fn line(&self, lang: Lang) -> String {
        let mut line = self.table.to_owned();
        if let Some(column) = self.column {
            line += &format!(".{column}");
        }
        let code = if line == self.code {
            String::new()
        } else {
            format!(" {}", self.code)
        };
        line += &format!(" [{}]{code}: {}", self.row, self.message(lang));
        line
    }
}

/// [`Finding::line`] in English.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line(Lang::En))
    }
}

/// So that what makes a row of foreign values can use `?`; see [`RowPlace`].
impl std::error::Error for Finding {}

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
