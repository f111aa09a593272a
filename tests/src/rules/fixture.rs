//! Fixtures of rules as data: `fixtures/rules/*.yaml`, one entry for each assertion or indicator.
//!
//! ```yaml
//! - assertion: CMP-02
//!   now: 2024-03-15 12:00:00       # moment of judgement; NOW if absent; a case may have its own
//!   keeps:
//!     - person: [{ id: T-1, record_status_code: '1' }]         # columns not named are null
//!       identity_document: [{ id: T-2, person_id: T-1 }]
//!   breaks:
//!     - person: [{ id: T-1, record_status_code: '1' }]
//!       broken: [person T-1]       # exactly these records are found
//! - indicator: I-3
//!   counts:
//!     - enrolment: [{ id: T-1, … }]
//!       numerator: 0
//!       denominator: 1
//! ```
//!
//! Beside tables a case has what its assertion needs: `deleted` records (`deletions`), tables without
//! a row among `filled_but` (`kinds`: every other table has a row of nulls), `files` and what
//! `refused` them in PostgreSQL (`csv_*`), `values` by scalar type (`types`). `broken` names
//! `<table> <key>: <columns at fault>`, the columns where the assertion is about columns; for files
//! `<file> <line>: <column>`; for kinds `kind <number>`. `'a…'` in a column of `char(n)` is the
//! character n times.

mod entry;
mod node;
mod rows;

use std::collections::BTreeMap;
use std::fmt;

use vitrina_codegen::model::{Model, Table, TableId};
use vitrina_codegen::sample::Cells;

/// The moment of judgement where a fixture says none: a Friday.
pub const NOW: &str = "2024-03-15 12:00:00";

/// All fixtures.
#[derive(Debug, Default)]
pub struct Fixtures {
    /// What is said of assertions.
    pub assertions: Vec<Fixture>,
    /// What is said of indicators.
    pub indicators: Vec<Counts>,
}

/// The cases of an assertion.
#[derive(Debug)]
pub struct Fixture {
    /// File and line.
    pub place: String,
    /// The assertion's code.
    pub code: String,
    /// Nothing is broken in these.
    pub keeps: Vec<Case>,
    /// Something is broken in each of these.
    pub breaks: Vec<Case>,
}

impl Fixture {
    /// All cases.
    pub fn cases(&self) -> impl Iterator<Item = &Case> {
        self.keeps.iter().chain(&self.breaks)
    }
}

/// The cases of an indicator.
#[derive(Debug)]
pub struct Counts {
    /// File and line.
    pub place: String,
    /// The indicator's code.
    pub code: String,
    /// Packages with what is counted in them: numerator and denominator.
    pub cases: Vec<(Case, u64, u64)>,
}

/// One example.
#[derive(Debug)]
pub struct Case {
    /// File and line.
    pub place: String,
    /// Moment of judgement: `YYYY-MM-DD hh:mm:ss`.
    pub now: String,
    /// What is judged.
    pub body: Body,
    /// What is to be found, and nothing else.
    pub broken: Vec<Fault>,
}

/// What a case judges.
#[derive(Debug)]
pub enum Body {
    /// Rows of a package.
    Rows(Package),
    /// Files of a package.
    Files {
        /// In the order of the fixture.
        files: Vec<File>,
        /// What PostgreSQL refuses the first bad file by: an SQLSTATE, a constraint or `<column> not
        /// null`; none where it takes what the model does not.
        refused: Option<String>,
    },
    /// Values by the names of scalar types: all of them good, or all of them bad.
    Values(BTreeMap<String, Vec<String>>),
}

/// Rows by table; tables without any are absent.
#[derive(Debug, Default)]
pub struct Package {
    /// The rows, in the order of the fixture.
    pub rows: BTreeMap<TableId, Vec<Cells>>,
    /// Records that are deleted, in this order.
    pub deleted: Vec<Fault>,
}

impl Package {
    /// The rows of a table.
    pub fn rows_of(&self, table: TableId) -> &[Cells] {
        self.rows.get(&table).map_or(&[], Vec::as_slice)
    }
}

/// A file of a package.
#[derive(Debug)]
pub struct File {
    /// Name without folders.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A record, or a line of a file, and what of it is at fault.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Table, file, or `kind` for a kind of information.
    pub of: String,
    /// Primary key with `|` between values, line or number; empty for a whole file.
    pub key: String,
    /// Columns, in the order of the alphabet; empty where none is named.
    pub columns: Vec<String>,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.of, self.key)?;
        match self.columns.is_empty() {
            true => Ok(()),
            false => write!(f, ": {}", self.columns.join(", ")),
        }
    }
}

/// The primary key of a row as findings have it: values with `|` between, nothing for a null.
pub fn key(table: &Table, row: &Cells) -> String {
    let values = table.primary_key.iter().map(|id| {
        let cell = row.get(id.index()).and_then(Option::as_deref);
        cell.unwrap_or_default()
    });
    values.collect::<Vec<_>>().join("|")
}

/// Faults as a text for people.
pub fn listed<'f>(faults: impl IntoIterator<Item = &'f Fault>) -> String {
    let texts: Vec<String> = faults.into_iter().map(ToString::to_string).collect();
    format!("[{}]", texts.join("; "))
}

/// Reads all fixtures and holds them against the model: what is wrong with them goes to `errors`, one
/// text for each, with file and line.
///
/// # Errors
/// The folder or a file cannot be read.
pub fn read(model: &Model, errors: &mut Vec<String>) -> Result<Fixtures, String> {
    let mut fixtures = Fixtures::default();
    let folder = crate::model::path("tests/fixtures/rules");
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut names: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(failed)? {
        names.push(
            entry
                .map_err(failed)?
                .file_name()
                .to_string_lossy()
                .into_owned(),
        );
    }
    names.sort_unstable();
    for name in names {
        let text = std::fs::read_to_string(folder.join(&name)).map_err(failed)?;
        read_text(model, &name, &text, &mut fixtures, errors);
    }
    Ok(fixtures)
}

/// Adds the fixtures of a text to others; what is wrong with them goes to `errors`. `name` is the
/// file's.
pub fn read_text(
    model: &Model,
    name: &str,
    text: &str,
    fixtures: &mut Fixtures,
    errors: &mut Vec<String>,
) {
    entry::read(model, name, text, fixtures, errors);
}
