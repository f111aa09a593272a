//! The report: owned, plain, masked; every form is made of it and of nothing else.

use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::model::{CheckSeverity, Metric};

use super::baseline::{Comparison, Status};
use super::evidence::{Mode, PackageKind};
use crate::{Area, Code, Shares};

/// What a run found out about a package.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Version of this program.
    pub tool_version: String,
    /// Mnemonic of the showcase.
    pub showcase: String,
    /// Title of the showcase, Russian.
    pub showcase_title: String,
    /// Version of the model.
    pub model_version: String,
    /// The moment at which the package was judged: `YYYY-MM-DD HH:MM:SS`.
    pub judged_at: String,
    /// The package.
    pub package: PackageLine,
    /// Whether values of personal columns are shown as they are.
    pub shows_values: bool,
    /// Findings of the whole package.
    pub totals: Severities,
    /// The tables of the package, in the order of the model.
    pub tables: Vec<TableLine>,
    /// The shares of rows by metric.
    pub shares: Shares,
    /// The indicators, in the model's order.
    pub indicators: Vec<IndicatorLine>,
    /// The findings, root causes first.
    pub findings: Vec<Finding>,
    /// What was counted but is not listed.
    pub omitted: Omitted,
    /// What was not checked, and why.
    pub unchecked: Vec<Skipped>,
    /// What ran.
    pub checks: Vec<CheckRun>,
    /// How it compares to an earlier report.
    pub comparison: Option<Comparison>,
}

impl Report {
    /// Whether there are findings of this weight or above, those that an earlier report knows left out.
    pub fn fails(&self, from: CheckSeverity) -> bool {
        let fresh = self.fresh();
        match from {
            CheckSeverity::Error => fresh.errors > 0,
            CheckSeverity::Warning => fresh.errors > 0 || fresh.warnings > 0,
        }
    }

    /// The findings that an earlier report does not know; all without one. What is not listed counts:
    /// nobody can tell whether it is known.
    pub fn fresh(&self) -> Severities {
        let mut fresh = self.omitted.findings;
        for finding in &self.findings {
            fresh.add(finding.severity, finding.fresh());
        }
        fresh
    }
}

/// The package as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageLine {
    /// Its name without its path.
    pub name: String,
    /// A folder or an archive.
    pub kind: PackageKind,
    /// What its rows are for.
    pub mode: Mode,
    /// What its manifest says.
    pub manifest: Option<ManifestLine>,
    /// How many files it has.
    pub files: u64,
    /// Their bytes, unpacked.
    pub bytes: u64,
    /// Rows of all tables.
    pub rows: u64,
    /// SHA-256 over the files: of the lines `<sha256>  <name>` in the order of the names, as
    /// `sha256sum` prints them. None when a file could not be read to the end.
    pub sha256: Option<String>,
}

/// What a manifest says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestLine {
    /// Mnemonic of the showcase.
    pub showcase: String,
    /// Version of the model.
    pub version: String,
    /// The program that wrote it, with its version.
    pub producer: Option<(String, String)>,
}

/// Counts by weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Severities {
    /// Findings of weight error.
    pub errors: u64,
    /// Findings of weight warning.
    pub warnings: u64,
}

impl Severities {
    /// Counts more findings.
    pub fn add(&mut self, severity: CheckSeverity, count: u64) {
        let sum = match severity {
            CheckSeverity::Error => &mut self.errors,
            CheckSeverity::Warning => &mut self.warnings,
        };
        *sum = sum.saturating_add(count);
    }
}

/// A table of the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableLine {
    /// Physical name.
    pub name: String,
    /// Title, Russian.
    pub title: String,
    /// Names of its files, in order.
    pub files: Vec<String>,
    /// Rows: lines behind the headers.
    pub rows: u64,
    /// Bytes of its files.
    pub bytes: u64,
    /// Lines that could not be told into fields.
    pub broken_rows: u64,
    /// Rows with at least one finding of weight error.
    pub rows_with_errors: u64,
    /// Rows with warnings only.
    pub rows_with_warnings: u64,
    /// Findings.
    pub findings: Severities,
    /// The shares of its rows by metric.
    pub shares: Shares,
}

impl TableLine {
    /// Rows without any finding.
    pub fn clean_rows(&self) -> u64 {
        let faulty = self
            .rows_with_errors
            .saturating_add(self.rows_with_warnings);
        self.rows.saturating_sub(faulty)
    }
}

/// An indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorLine {
    /// Its code.
    pub code: String,
    /// Its title, Russian.
    pub title: String,
    /// Numerator and denominator, or why there is none.
    pub value: Result<(u64, u64), Text>,
}

/// Findings of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What makes it the same finding in another report: 16 hexadecimal digits of a hash of code, rule,
    /// table, columns and file.
    pub fingerprint: String,
    /// The check.
    pub code: Code,
    /// What it looks at.
    pub area: Area,
    /// Its weight.
    pub severity: CheckSeverity,
    /// Codes of the model's rules and row checks that speak of it.
    pub rules: Vec<String>,
    /// The metric that it counts for.
    pub metric: Option<Metric>,
    /// The table, by its physical name.
    pub table: Option<String>,
    /// The file, where a file as such is at fault.
    pub file: Option<String>,
    /// The columns at fault: one, those of a key, or none.
    pub columns: Vec<ColumnName>,
    /// What was found.
    pub message: Text,
    /// What the model's rule says in words, where it is one.
    pub detail: Option<Text>,
    /// How many findings there are.
    pub count: u64,
    /// How many different causes they have, where several may have one.
    pub distinct: Option<u64>,
    /// The first of them.
    pub samples: Vec<Sample>,
    /// What to do about it.
    pub advice: Text,
    /// The command that mends it.
    pub command: Option<String>,
    /// How it compares to an earlier report.
    pub status: Option<Status>,
}

impl Finding {
    /// How many of the findings an earlier report does not know; all without one.
    pub fn fresh(&self) -> u64 {
        match self.status {
            None | Some(Status::New) => self.count,
            Some(Status::Grown(more)) => more,
            Some(Status::Known) => 0,
        }
    }
}

/// A column, for people and programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnName {
    /// Physical name.
    pub name: String,
    /// Title, Russian.
    pub title: String,
}

/// One finding with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The file.
    pub file: Option<String>,
    /// Line of the file, from 1.
    pub line: Option<u64>,
    /// Offset in the file of the field at fault, of the line where there is no such field.
    pub byte: Option<u64>,
    /// Position of the field in the line, in characters from 1.
    pub position: Option<u64>,
    /// The primary key of the row, its values joined by `|`; personal ones masked.
    pub key: Option<String>,
    /// What stands in the columns at fault; personal values masked.
    pub values: Vec<ValueShown>,
    /// What is at fault where no field of the row shows it: the key of a missing parent, a name.
    pub value: Option<String>,
    /// How many findings it stands for.
    pub count: u64,
    /// Whether an earlier report does not show it, where that can be told.
    pub is_new: Option<bool>,
}

impl Sample {
    /// What is at fault as one text: the value, else those of the columns joined by `|`.
    pub fn shown(&self) -> Option<String> {
        if let Some(value) = &self.value {
            return Some(value.clone());
        }
        if self.values.is_empty() {
            return None;
        }
        let texts: Vec<&str> = self.values.iter().map(|one| one.text.as_str()).collect();
        Some(texts.join("|"))
    }
}

/// A column's value as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueShown {
    /// The column's physical name.
    pub column: String,
    /// The value; empty for none.
    pub text: String,
    /// Whether it is masked.
    pub masked: bool,
}

/// What was counted but is not listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Omitted {
    /// Groups of findings beyond the limit.
    pub groups: u64,
    /// The findings in them.
    pub findings: Severities,
    /// Samples left away in the groups that are listed.
    pub samples: u64,
}

/// What was not checked for one cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The kind of cause, for programs: `no-table`.
    pub cause: &'static str,
    /// Why it was not checked.
    pub reason: Text,
    /// What was not checked.
    pub parts: Vec<SkippedPart>,
}

/// Something that was not checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedPart {
    /// What was to be checked, for programs: `rule`.
    pub subject: &'static str,
    /// What was to be checked, in words.
    pub what: Text,
    /// Code of the row check, the assertion or the indicator.
    pub code: Option<String>,
    /// The table whose rows were to be judged.
    pub table: Option<String>,
    /// The columns concerned.
    pub columns: Vec<String>,
    /// How many rows are concerned, where not all are.
    pub rows: Option<u64>,
}

/// A check that ran.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckRun {
    /// Its code: of this program, of a row check or of an assertion.
    pub check: String,
    /// The table; none for the package as a whole.
    pub table: Option<String>,
    /// The columns of a key or a reference.
    pub columns: Vec<String>,
    /// Records judged.
    pub judged: u64,
    /// Those found broken.
    pub broken: u64,
}
