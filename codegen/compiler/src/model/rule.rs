//! Quality rules: what must hold beyond one row's own checks, and the indicators made of the same
//! parts.
//!
//! ```text
//! Rule ─► assertions ─► Structure (what keys, types and the CSV form say anyway)
//!                   └─► Rows: a view (judged row) + a shape (what must hold for it)
//! Indicator ─► a population of rows, and the shapes that its members must keep
//! ```
//!
//! The shapes are few on purpose: each has one meaning that the evaluation in memory and every SQL
//! dialect can share, which free SQL would not have.

mod shape;
pub mod text;
mod view;

pub use shape::{Bound, Measure, Search, Sequence, Shape};
pub use view::{View, ViewColumn};

use super::{CheckSeverity, ClauseId, Expr, Model, Origin, Pattern, ScalarId, TableId};
use crate::source::Span;
use crate::source::nearest::nearest;

/// A rule of data quality.
#[derive(Debug)]
#[non_exhaustive]
pub struct Rule {
    /// Unique code: `CMP-02`.
    pub code: String,
    /// What must hold, Russian.
    pub title: String,
    /// Remark, Russian: how the rule's words were read, what it leaves out.
    pub note: Option<String>,
    /// The side of quality that it measures.
    pub metric: Metric,
    /// Weight of a breach; an assertion may say otherwise.
    pub severity: CheckSeverity,
    /// Where the rule comes from, the strongest first; never empty.
    pub origin: Vec<Origin>,
    /// Clauses that demand it.
    pub clauses: Vec<ClauseId>,
    /// What it asserts: at least one.
    pub assertions: Vec<Assertion>,
    /// Place of the code.
    pub span: Span,
}

/// A side of data quality: the four of the order's point 5, and two beside them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Metric {
    /// `format`: формат
    Format,
    /// `completeness`: полнота
    Completeness,
    /// `timeliness`: актуальность
    Timeliness,
    /// `consistency`: непротиворечивость
    Consistency,
    /// `linkage`: связанность
    Linkage,
    /// `uniqueness`: уникальность
    Uniqueness,
}

impl Metric {
    /// Every metric with its word in the model language.
    pub const ALL: [(&'static str, Metric); 6] = [
        ("format", Metric::Format),
        ("completeness", Metric::Completeness),
        ("timeliness", Metric::Timeliness),
        ("consistency", Metric::Consistency),
        ("linkage", Metric::Linkage),
        ("uniqueness", Metric::Uniqueness),
    ];

    /// The word in the model language.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, metric)| *metric == self)
            .map_or("", |(name, _)| name)
    }

    /// The name in Russian.
    pub fn title(self) -> &'static str {
        match self {
            Metric::Format => "формат",
            Metric::Completeness => "полнота",
            Metric::Timeliness => "актуальность",
            Metric::Consistency => "непротиворечивость",
            Metric::Linkage => "связанность",
            Metric::Uniqueness => "уникальность",
        }
    }
}

/// One statement of a rule, about one table or about the package.
#[derive(Debug)]
#[non_exhaustive]
pub struct Assertion {
    /// The rule's code, or with its part behind it when the rule has several: `CMP-08.b`. An
    /// assertion written for many tables has one entry for each, all with the same code.
    pub code: String,
    /// What must hold, Russian; the rule's title when the part has none.
    pub title: String,
    /// Weight of a breach.
    pub severity: CheckSeverity,
    /// What is asserted.
    pub body: AssertionBody,
    /// Place of the shape.
    pub span: Span,
}

/// What an assertion says.
#[derive(Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "most assertions are about rows, and a model has some hundreds"
)]
pub enum AssertionBody {
    /// The model's structure says it already.
    Structure(Structure),
    /// Something about every row of a table.
    Rows(RowRule),
}

/// Rules that the model's structure carries: they hold where types, keys and the CSV form hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Structure {
    /// `csv_encoding`: UTF-8 without a byte order mark.
    CsvEncoding,
    /// `csv_header`: the header names the columns, in lower case, in order.
    CsvHeader,
    /// `csv_quoting`: the separator is `;`, every field is quoted, inner quotes are doubled.
    CsvQuoting,
    /// `csv_field_count`: as many fields in a row as in the header.
    CsvFieldCount,
    /// `csv_control`: no line break or other control character in a field.
    CsvControl,
    /// `csv_null`: how an absent value is written, and where it may be.
    CsvNull,
    /// `csv_dates`: dates and times in the one form, and existing.
    CsvDates,
    /// `csv_tables`: one file for a table, of a known name.
    CsvTables,
    /// `required`: required columns are filled, conditionally required ones where the condition is true.
    /// An empty text fills nothing.
    Required,
    /// `references`: every reference finds its row; one with a null among its columns refers to nothing.
    References,
    /// `primary_keys`: no primary key twice; every row of such a set is broken, one with a null in its
    /// key is not in any set.
    PrimaryKeys,
    /// `deletions`: no record is deleted that others refer to.
    Deletions,
    /// `codes`: values of closed lists are on the list.
    Codes,
    /// `hashes`: columns of hashed identifiers hold hashes, not the identifiers: 128 lower-case
    /// hexadecimal digits or null.
    Hashes,
    /// `kinds`: every kind of information has at least one record, in any of the tables that carry it.
    Kinds,
    /// `types`: the forms and check digits of these scalar types, wherever the source applies them.
    Types(Vec<ScalarId>),
    /// `checks`: these checks of rows, by code.
    Checks(Vec<String>),
    /// `free_text`: no text of a column of the personal class `text` matches one of these patterns.
    FreeText(Vec<Pattern>),
}

impl Structure {
    /// Every structure that a word of the model language names, with the word.
    pub const WORDS: [(&'static str, Structure); 15] = [
        ("csv_encoding", Structure::CsvEncoding),
        ("csv_header", Structure::CsvHeader),
        ("csv_quoting", Structure::CsvQuoting),
        ("csv_field_count", Structure::CsvFieldCount),
        ("csv_control", Structure::CsvControl),
        ("csv_null", Structure::CsvNull),
        ("csv_dates", Structure::CsvDates),
        ("csv_tables", Structure::CsvTables),
        ("required", Structure::Required),
        ("references", Structure::References),
        ("primary_keys", Structure::PrimaryKeys),
        ("deletions", Structure::Deletions),
        ("codes", Structure::Codes),
        ("hashes", Structure::Hashes),
        ("kinds", Structure::Kinds),
    ];
}

/// A statement about every row of a table.
#[derive(Debug)]
#[non_exhaustive]
pub struct RowRule {
    /// The judged row.
    pub view: View,
    /// Which rows are judged: those for which it is true. All, if absent.
    pub when: Option<Expr>,
    /// What must hold.
    pub shape: Shape,
}

impl RowRule {
    /// The table whose rows are judged.
    pub fn table(&self) -> TableId {
        self.view.table
    }
}

/// A computable measure: the share of a population that keeps all of its conditions.
#[derive(Debug)]
#[non_exhaustive]
pub struct Indicator {
    /// Unique code: `I-1`.
    pub code: String,
    /// Title, Russian.
    pub title: String,
    /// Remark, Russian.
    pub note: Option<String>,
    /// Where it comes from, the strongest first; never empty.
    pub origin: Vec<Origin>,
    /// Clauses that demand it.
    pub clauses: Vec<ClauseId>,
    /// The counted row.
    pub view: View,
    /// Which rows are counted: those for which it is true. All, if absent.
    pub when: Option<Expr>,
    /// What is counted: the different values of this column of the view (null does not count); rows,
    /// if absent. A value is in the numerator when one of its rows keeps all conditions. A population
    /// of none has no ratio.
    pub distinct: Option<super::ColumnId>,
    /// What a row must keep to count in the numerator: [`Shape::Check`], [`Shape::Equal`],
    /// [`Shape::Exists`], [`Shape::NotExists`] or [`Shape::Within`]; at least one.
    pub keeps: Vec<Shape>,
    /// Place of the code.
    pub span: Span,
}

impl Model {
    /// Finds a rule by its code or by that of one of its assertions, in any case.
    pub fn find_rule(&self, code: &str) -> Option<&Rule> {
        let is_it = |known: &str| known.eq_ignore_ascii_case(code);
        self.rules.iter().find(|rule| {
            let mut parts = rule.assertions.iter();
            is_it(&rule.code) || parts.any(|part| is_it(&part.code))
        })
    }

    /// Finds an indicator by its code, in any case.
    pub fn find_indicator(&self, code: &str) -> Option<&Indicator> {
        let mut all = self.indicators.iter();
        all.find(|indicator| indicator.code.eq_ignore_ascii_case(code))
    }

    /// The code of a rule or an indicator nearest to a mistyped one, if one is near enough.
    pub fn nearest_rule_code(&self, code: &str) -> Option<&str> {
        let rules = self.rules.iter().map(|rule| rule.code.as_str());
        let indicators = self.indicators.iter();
        nearest(code, rules.chain(indicators.map(|one| one.code.as_str())))
    }
}
