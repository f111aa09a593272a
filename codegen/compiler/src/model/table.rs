//! Tables and columns.

use super::{
    BaseType, Check, ClassifierId, ClauseId, Expr, ForeignKey, PersonalClass, ScalarId, UniqueKey,
    id,
};
use crate::source::Span;

id! {
    /// A table of a model.
    TableId
}

id! {
    /// A column of a table, by its position: also the position in CSV.
    ColumnId
}

impl ColumnId {
    /// The column at a position, counted from 0: for expressions whose columns stand elsewhere than in
    /// their table or view.
    pub fn at(position: u32) -> ColumnId {
        ColumnId(position)
    }
}

/// A table.
#[derive(Debug)]
#[non_exhaustive]
pub struct Table {
    /// Its own id.
    pub id: TableId,
    /// Physical name.
    pub name: String,
    /// Title, Russian.
    pub title: String,
    /// Remark.
    pub note: Option<String>,
    /// Position of its group in the showcase's list.
    pub group: Option<u32>,
    /// Where the table comes from.
    pub origin: Origin,
    /// Clauses that demand it.
    pub clauses: Vec<ClauseId>,
    /// Numbers of the kinds of information that it carries.
    pub kinds: Vec<u32>,
    /// The columns, in the order of DDL and CSV.
    pub columns: Vec<Column>,
    /// The primary key: never empty, never an optional column.
    pub primary_key: Vec<ColumnId>,
    /// Further unique keys.
    pub unique: Vec<UniqueKey>,
    /// References to other tables.
    pub foreign_keys: Vec<ForeignKey>,
    /// Conditions of a row: the columns' own first, then the table's.
    pub checks: Vec<Check>,
    /// Sharding key of Prostore: part of the primary key, the whole of it by default.
    pub distributed_by: Vec<ColumnId>,
    /// Version of the model that brought it.
    pub since: Option<semver::Version>,
    /// Set when the table is on its way out.
    pub deprecated: Option<Deprecation>,
    /// Place of the name.
    pub span: Span,
}

impl Table {
    /// The column of an id of this table.
    pub fn column(&self, id: ColumnId) -> &Column {
        &self.columns[id.index()]
    }

    /// Finds a column by its physical name.
    pub fn find_column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The foreign key made of this column alone.
    pub fn reference_of(&self, column: ColumnId) -> Option<&ForeignKey> {
        self.foreign_keys.iter().find(|key| key.columns == [column])
    }
}

/// Columns that many tables share.
#[derive(Debug)]
#[non_exhaustive]
pub struct Mixin {
    /// Name.
    pub name: String,
    /// Title, Russian, if said.
    pub title: Option<String>,
    /// Place of the name.
    pub span: Span,
}

/// A column.
#[derive(Debug)]
#[non_exhaustive]
pub struct Column {
    /// Its own id.
    pub id: ColumnId,
    /// Physical name.
    pub name: String,
    /// Title, Russian.
    pub title: String,
    /// Remark.
    pub note: Option<String>,
    /// Base type and meaning.
    pub ty: ColumnType,
    /// Whether a value must be there.
    pub requirement: Requirement,
    /// Where the column comes from: one mark or several, the strongest first; never empty.
    pub origin: Vec<Origin>,
    /// Clauses that the column itself carries, beside its table's.
    pub clauses: Vec<ClauseId>,
    /// Class of personal data as declared here; ask [`Model::personal_of`](super::Model::personal_of).
    pub personal: Option<PersonalClass>,
    /// Sample values that fit.
    pub examples: Vec<String>,
    /// The mixin that brought it.
    pub mixin: Option<String>,
    /// Version of the model that brought it.
    pub since: Option<semver::Version>,
    /// Set when the column is on its way out.
    pub deprecated: Option<Deprecation>,
    /// Place of the name.
    pub span: Span,
}

impl Column {
    /// Whether every row has a value here: NOT NULL.
    pub fn is_required(&self) -> bool {
        matches!(self.requirement, Requirement::Always)
    }
}

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ColumnType {
    /// How values are stored.
    pub base: BaseType,
    /// What values mean.
    pub domain: Domain,
}

/// What the values of a column mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Domain {
    /// Nothing beyond the base type.
    Plain,
    /// A value of a scalar type.
    Scalar(ScalarId),
    /// A code of a classifier.
    Classifier(ClassifierId),
    /// The identity of a row of `table`: that table's single-column primary key, or a reference to
    /// it, through however many tables (a key that itself refers has its target's identity).
    Key {
        /// The table whose rows are identified.
        table: TableId,
        /// The form of the key's text.
        scalar: Option<ScalarId>,
    },
}

/// Whether a column must have a value.
#[derive(Debug)]
pub enum Requirement {
    /// In every row.
    Always,
    /// In rows for which the expression is true (false and unknown do not require).
    When(Expr),
    /// In none.
    Optional,
}

/// Where a table, a column or a kind comes from, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// `confirmed`: seen in an open implementation of the showcase's export.
    Confirmed,
    /// `order`: named by an order that governs the showcase.
    Order,
    /// `seed`: named by another document of the project.
    Seed,
    /// `norm`: named by another norm or an open federal registry.
    Norm,
    /// `vendor`: seen in a regional vendor's public interface or code list.
    Vendor,
    /// `inference`: a design decision of this model.
    Inference,
}

impl Origin {
    /// Every mark with its word in the model language.
    pub const ALL: [(&'static str, Origin); 6] = [
        ("confirmed", Origin::Confirmed),
        ("order", Origin::Order),
        ("seed", Origin::Seed),
        ("norm", Origin::Norm),
        ("vendor", Origin::Vendor),
        ("inference", Origin::Inference),
    ];

    /// The word in the model language.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, origin)| *origin == self)
            .map_or("", |(name, _)| name)
    }
}

impl Origin {
    /// The mark as people read it, Russian.
    pub fn title(self) -> &'static str {
        match self {
            Origin::Confirmed => "подтверждено",
            Origin::Order => "приказ",
            Origin::Seed => "документ проекта",
            Origin::Norm => "норма или реестр",
            Origin::Vendor => "вендор",
            Origin::Inference => "решение модели",
        }
    }

    /// What the mark means, Russian.
    pub fn about(self) -> &'static str {
        match self {
            Origin::Confirmed => "есть в открытой реализации выгрузки витрины",
            Origin::Order => "названо приказом, который управляет витриной",
            Origin::Seed => "названо другим документом проекта",
            Origin::Norm => "названо другой нормой или открытым федеральным реестром",
            Origin::Vendor => "есть в открытом интерфейсе или справочнике регионального вендора",
            Origin::Inference => "выведено при проектировании модели",
        }
    }
}

/// A farewell.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deprecation {
    /// Version of the model that announced it.
    pub since: semver::Version,
    /// Why.
    pub reason: String,
    /// What takes its place.
    pub replaced_by: Option<String>,
}
