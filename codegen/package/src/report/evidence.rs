//! What a report is built of: owned plain data and two questions, so that it can be built without a run.

use std::io;

use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::model::{ColumnId, TableId};
use vitrina_codegen::quality::{IndicatorOutcome, Moment};

pub use crate::inventory::{Kind as PackageKind, Mode};
use crate::{Attribution, Code, GroupKey, RowId, Shares, Tally, Unchecked};

/// Everything that a run found out.
pub struct Evidence<'m, 'e> {
    /// The package.
    pub package: PackageFacts,
    /// Its files, by the position that chunks and groups name.
    pub files: Vec<FileFacts>,
    /// The tables that have files, in any order.
    pub tables: Vec<TableFacts>,
    /// The moment at which it was judged.
    pub moment: Moment,
    /// The findings.
    pub tally: &'e Tally<'m>,
    /// What was not checked.
    pub unchecked: &'e [Unchecked<'m>],
    /// The shares of rows by metric, of the package.
    pub metrics: Shares,
    /// The indicators, in the model's order.
    pub indicators: &'e [IndicatorOutcome<'m>],
    /// What ran, in any order.
    pub ran: Vec<Ran<'m>>,
    /// Which rules of the model speak of a finding, and with which weight.
    pub attribution: &'e Attribution<'m>,
    /// Where rows lie.
    pub places: &'e dyn Locate,
    /// Commands that cure.
    pub cure: &'e dyn Cure<'m>,
}

/// What a package is as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageFacts {
    /// Its name without its path.
    pub name: String,
    /// A folder or an archive.
    pub kind: PackageKind,
    /// What its rows are for.
    pub mode: Mode,
    /// Its manifest, if there is one that can be read.
    pub manifest: Option<ManifestFacts>,
}

/// What a manifest says of the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestFacts {
    /// Mnemonic of the showcase.
    pub showcase: String,
    /// Version of the model.
    pub version: String,
    /// Name and version of the program that wrote the package.
    pub producer: Option<(String, String)>,
}

/// A file of the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFacts {
    /// Its name inside the package.
    pub name: String,
    /// Its size, unpacked.
    pub bytes: u64,
    /// Its SHA-256 as lower-case hexadecimal digits; none when it was not read to the end.
    pub sha256: Option<String>,
    /// The table whose rows it holds.
    pub table: Option<TableId>,
    /// What stands between its fields.
    pub separator: u8,
    /// The columns by position in the file; none where the header names one that is unknown.
    pub columns: Vec<Option<ColumnId>>,
}

/// How the rows of a table fared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFacts {
    /// The table.
    pub table: TableId,
    /// Its files, in order.
    pub files: Vec<usize>,
    /// Lines behind the headers.
    pub rows: u64,
    /// Bytes of its files.
    pub bytes: u64,
    /// Lines that could not be told into fields.
    pub broken_rows: u64,
    /// Rows with at least one finding of weight error, broken ones among them.
    pub rows_with_errors: u64,
    /// Rows with findings, none of them of weight error.
    pub rows_with_warnings: u64,
    /// The shares of its rows by metric.
    pub shares: Shares,
}

/// A check that ran.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ran<'m> {
    /// What ran.
    pub check: RanCheck<'m>,
    /// On the rows of which table; none for the package as a whole.
    pub table: Option<TableId>,
    /// Of which columns, where it runs more than once on a table: those of a key, of a reference.
    pub columns: Vec<ColumnId>,
    /// How many records it judged.
    pub judged: u64,
    /// How many of them it found broken.
    pub broken: u64,
}

/// What ran: a check of this crate, or one of the model's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RanCheck<'m> {
    /// A check of every model.
    Code(Code),
    /// A row check or an assertion, by its code.
    Rule(&'m str),
}

/// Where rows lie.
pub trait Locate {
    /// The lines of these rows of a table; `rows` ascend. A row that cannot be found again is left out.
    ///
    /// # Errors
    /// The file cannot be read any more.
    fn locate(&self, table: TableId, rows: &[RowId]) -> io::Result<Vec<Located>>;
}

/// A row's line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// The row.
    pub row: RowId,
    /// Position of the file in the package.
    pub file: usize,
    /// Line of the file, from 1.
    pub line: u64,
    /// Offset in the file of the line's first byte.
    pub byte: u64,
    /// The line without its end, as UTF-8; what is no UTF-8 replaced.
    pub text: String,
    /// Whether `text` is byte for byte what stands in the file, so that offsets in it are offsets there.
    pub exact: bool,
}

/// Commands that cure findings.
pub trait Cure<'m> {
    /// A command that mends what the group found, as it is typed; `package` is the package's name.
    fn command(&self, key: &GroupKey<'m>, package: &str) -> Option<String>;

    /// Words that say more than the code's own advice does, where this finding allows more.
    fn advice(&self, _key: &GroupKey<'m>) -> Option<Text> {
        None
    }
}

/// No commands.
#[derive(Debug, Clone, Copy)]
pub struct NoCure;

impl<'m> Cure<'m> for NoCure {
    fn command(&self, _: &GroupKey<'m>, _: &str) -> Option<String> {
        None
    }
}
