//! Levels of lints as a showcase sets them.

use super::{ClassifierId, ColumnId, ScalarId, TableId};
use crate::source::{Span, Spanned};

/// How much a lint's findings weigh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LintLevel {
    /// `off`: nothing is reported.
    Off,
    /// `warning`: the model can be used all the same.
    Warning,
    /// `error`: nothing is generated.
    Error,
}

impl LintLevel {
    /// Every level with its word in the model language.
    pub const ALL: [(&'static str, LintLevel); 3] = [
        ("error", LintLevel::Error),
        ("warning", LintLevel::Warning),
        ("off", LintLevel::Off),
    ];

    /// The word in the model language.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, level)| *level == self)
            .map_or("", |(name, _)| name)
    }
}

/// A level that differs from the default one: an entry of `lints` in `showcase.yaml`.
#[derive(Debug)]
#[non_exhaustive]
pub struct LintSetting {
    /// Name of the lint.
    pub lint: &'static str,
    /// The level.
    pub level: LintLevel,
    /// Why, Russian.
    pub reason: String,
    /// What it is said for; the whole model if absent. Never an empty list.
    pub scope: Option<Vec<Spanned<LintScope>>>,
    /// Place of the lint's name.
    pub span: Span,
}

/// What a finding of a lint speaks of, and what a level may be set for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LintScope {
    /// The model, or a part of it that has no scope of its own.
    Model,
    /// A table with its columns.
    Table(TableId),
    /// A column of a table.
    Column(TableId, ColumnId),
    /// A code list with its values.
    Classifier(ClassifierId),
    /// A scalar type.
    Type(ScalarId),
    /// A mixin with its columns, by position.
    Mixin(usize),
}

impl LintScope {
    /// Whether what is said for this holds for `other`.
    pub fn covers(self, other: LintScope) -> bool {
        match (self, other) {
            (LintScope::Model, _) => true,
            (LintScope::Table(table), LintScope::Column(of, _)) => table == of,
            _ => self == other,
        }
    }
}
