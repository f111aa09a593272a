//! The model of a showcase: resolved, valid, immutable.
//!
//! Only `resolve` constructs it (every struct here is `#[non_exhaustive]`), and whoever holds a
//! [`Model`] may trust it: names are unique, references point at keys of the same type, orders are
//! settled, expressions are typed, patterns compile. Targets neither re-check nor re-parse.
//!
//! Iteration order is the model's order everywhere: classifiers, types and regulations by file and
//! place, tables by group and name, columns as declared.

pub mod base;
pub mod check;
pub mod classifier;
pub mod eval;
pub mod expr;
#[cfg(test)]
pub(crate) mod fixture;
pub mod key;
pub mod lint;
pub mod pattern;
pub mod regulation;
pub mod rule;
pub mod scalar;
pub mod scenario;
pub mod showcase;
pub mod table;

pub use base::BaseType;
pub use check::{Check, CheckSeverity};
pub use classifier::{Classifier, ClassifierId, ClassifierValue, EsnsiBinding, Validity};
pub use expr::{Arith, Comparison, DatePart, Expr, ExprKind, Function, Literal, ValueType};
pub use key::{ForeignKey, UniqueKey};
pub use lint::{LintLevel, LintScope, LintSetting};
pub use pattern::{Pattern, PatternNode};
pub use regulation::{Clause, ClauseId, Kind, Regulation};
pub use rule::{
    Assertion, AssertionBody, Indicator, Measure, Metric, RowRule, Rule, Search, Sequence, Shape,
    Structure, View, ViewColumn,
};
pub use scalar::{Algorithm, Hashing, PersonalClass, ScalarId, ScalarType};
pub use scenario::Scenario;
pub use showcase::{
    BooleanForm, CsvProfile, DescriptorTemplate, Group, NullForm, Showcase, TargetOptions,
};
pub use table::{
    Column, ColumnId, ColumnType, Deprecation, Domain, Mixin, Origin, Requirement, Table, TableId,
};

/// A whole model.
#[derive(Debug)]
pub struct Model {
    pub(crate) showcase: Showcase,
    pub(crate) regulations: Vec<Regulation>,
    pub(crate) kinds: Vec<Kind>,
    pub(crate) kinds_note: Option<String>,
    pub(crate) scalars: Vec<ScalarType>,
    pub(crate) classifiers: Vec<Classifier>,
    pub(crate) mixins: Vec<Mixin>,
    pub(crate) tables: Vec<Table>,
    pub(crate) load_order: Vec<TableId>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) indicators: Vec<Indicator>,
    pub(crate) scenario: Option<Scenario>,
}

impl Model {
    /// What the showcase is: mnemonic, title, version, CSV profile, options of targets.
    pub fn showcase(&self) -> &Showcase {
        &self.showcase
    }

    /// The norms that demand the data.
    pub fn regulations(&self) -> &[Regulation] {
        &self.regulations
    }

    /// The register of kinds of information (виды сведений), by number.
    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// What must be known of the register of kinds as a whole, Russian, if said.
    pub fn kinds_note(&self) -> Option<&str> {
        self.kinds_note.as_deref()
    }

    /// The scalar types.
    pub fn scalars(&self) -> &[ScalarType] {
        &self.scalars
    }

    /// The code lists.
    pub fn classifiers(&self) -> &[Classifier] {
        &self.classifiers
    }

    /// The mixins, used or not.
    pub fn mixins(&self) -> &[Mixin] {
        &self.mixins
    }

    /// The tables, by group and name.
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// The tables in an order in which every referenced table comes before those that refer to it.
    pub fn load_order(&self) -> impl Iterator<Item = &Table> {
        self.load_order.iter().map(|id| self.table(*id))
    }

    /// The rules of data quality, by file and place.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The indicators, by file and place.
    pub fn indicators(&self) -> &[Indicator] {
        &self.indicators
    }

    /// How synthetic data is made, if the model says.
    pub fn scenario(&self) -> Option<&Scenario> {
        self.scenario.as_ref()
    }

    /// The table of an id of this model.
    pub fn table(&self, id: TableId) -> &Table {
        &self.tables[id.index()]
    }

    /// The scalar type of an id of this model.
    pub fn scalar(&self, id: ScalarId) -> &ScalarType {
        &self.scalars[id.index()]
    }

    /// The classifier of an id of this model.
    pub fn classifier(&self, id: ClassifierId) -> &Classifier {
        &self.classifiers[id.index()]
    }

    /// The clause of an id of this model.
    pub fn clause(&self, id: ClauseId) -> &Clause {
        &self.regulations[id.regulation as usize].clauses[id.clause as usize]
    }

    /// The regulation that holds a clause.
    pub fn regulation_of(&self, id: ClauseId) -> &Regulation {
        &self.regulations[id.regulation as usize]
    }

    /// Finds a table by its physical name.
    pub fn find_table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.name == name)
    }

    /// The scalar type that a column's values must have the form of: its own, that of the key it
    /// holds, or that of its open classifier.
    pub fn form_of(&self, ty: &ColumnType) -> Option<&ScalarType> {
        self.form_id_of(ty).map(|id| self.scalar(id))
    }

    /// The id of [`Model::form_of`].
    pub fn form_id_of(&self, ty: &ColumnType) -> Option<ScalarId> {
        match ty.domain {
            Domain::Plain => None,
            Domain::Scalar(id) => Some(id),
            Domain::Classifier(id) => self.classifier(id).form,
            Domain::Key { scalar, .. } => scalar,
        }
    }

    /// The closed list that a column's values come from.
    pub fn closed_list_of(&self, ty: &ColumnType) -> Option<&Classifier> {
        match ty.domain {
            Domain::Classifier(id) => Some(self.classifier(id)).filter(|list| !list.open),
            _ => None,
        }
    }

    /// How personal a column's values are: what the column says, else what its scalar type says.
    pub fn personal_of(&self, column: &Column) -> Option<PersonalClass> {
        column
            .personal
            .or_else(|| self.form_of(&column.ty).and_then(|form| form.personal))
    }

    /// The columns of a table that hold free text: texts of the personal class `text`.
    pub fn free_text_of<'a>(&'a self, table: &'a Table) -> impl Iterator<Item = &'a Column> {
        table.columns.iter().filter(|column| {
            column.ty.base.is_text() && self.personal_of(column) == Some(PersonalClass::Text)
        })
    }
}

/// Declares the position of an item in its list of a [`Model`].
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(crate) u32);

        impl $name {
            /// The position in the model's list.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}
pub(crate) use id;
