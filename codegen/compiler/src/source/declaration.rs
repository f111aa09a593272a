//! Declarations: what the files of a model say, each value with its place, nothing resolved.
//!
//! [`super::shape`] has checked the form before; a field that was wrong there is absent here
//! (`None`), and whoever finds it absent says nothing more about it.

pub(crate) mod classifier;
pub(crate) mod mapping;
pub(crate) mod regulation;
pub(crate) mod rule;
pub(crate) mod scalar;
pub(crate) mod scenario;
pub(crate) mod showcase;
pub(crate) mod table;

use super::sql::ddl::TableSyntax;
use super::{FileId, Spanned};

pub(crate) use classifier::{ClassifierDecl, EsnsiDecl, ValidityDecl};
pub(crate) use mapping::Mapping;
pub(crate) use regulation::{KindDecl, RegulationDecl};
pub(crate) use rule::{
    AssertionsDecl, ChosenDecl, IndicatorDecl, Measured, OriginDecl, RuleDecl, SearchDecl,
    ShapeBody, ShapeDecl, StatementDecl, TablesDecl, WithinDecl,
};
pub(crate) use scalar::ScalarDecl;
pub(crate) use scenario::{NamedSql, PartDecl, ScenarioDecl, StepDecl};
pub(crate) use showcase::{LintDecl, ShowcaseDecl};
pub(crate) use table::{CheckDecl, ColumnDecl, DeprecationDecl, MixinDecl, TableDecl};

/// A name or a text with its place.
pub(crate) type Word = Spanned<String>;

/// Everything that the files of a model declare, by file and place.
#[derive(Debug, Default)]
pub(crate) struct Declarations {
    /// The head; absent when its file is missing or no YAML.
    pub(crate) showcase: Option<ShowcaseDecl>,
    pub(crate) regulations: Vec<RegulationDecl>,
    /// Remark on the register of kinds.
    pub(crate) kinds_note: Option<String>,
    pub(crate) kinds: Vec<KindDecl>,
    pub(crate) scalars: Vec<ScalarDecl>,
    pub(crate) mixins: Vec<MixinDecl>,
    pub(crate) classifiers: Vec<ClassifierDecl>,
    pub(crate) tables: Vec<TableDecl>,
    /// Tables of `ddl/*.sql`.
    pub(crate) ddl: Vec<TableSyntax>,
    pub(crate) rules: Vec<RuleDecl>,
    pub(crate) indicators: Vec<IndicatorDecl>,
    /// How synthetic data is made.
    pub(crate) scenario: Option<ScenarioDecl>,
    pub(crate) parts: Vec<PartDecl>,
    /// Files of no known place: templates, and what nobody refers to.
    pub(crate) others: Vec<FileId>,
    /// Whether some file could not be read, by kind: names from there may be unknown for that
    /// reason alone.
    pub(crate) lost: Lost,
}

/// Kinds of files of which at least one could not be read. A name that is not found is reported
/// only when everything that could declare it was read.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Lost {
    pub(crate) regulations: bool,
    pub(crate) kinds: bool,
    pub(crate) scalars: bool,
    pub(crate) mixins: bool,
    pub(crate) classifiers: bool,
    pub(crate) tables: bool,
    pub(crate) ddl: bool,
    pub(crate) parts: bool,
}
