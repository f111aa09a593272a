//! The columns of a model as lints judge them: each once, wherever it is declared.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Column, LintScope, Model, Table};

/// A column with a table that has it.
pub(super) struct Judged<'m> {
    /// What a finding about it speaks of: the column, or the mixin that brings it.
    pub(super) scope: LintScope,
    /// The table; the first that has it for a mixin's column.
    pub(super) table: &'m Table,
    /// The column.
    pub(super) column: &'m Column,
}

/// Every column, those of a mixin once.
pub(super) fn columns(model: &Model) -> Vec<Judged<'_>> {
    let names = model.mixins().iter().map(|mixin| mixin.name.as_str());
    let mixins: BTreeMap<&str, usize> = names.zip(0..).collect();
    let mut seen = BTreeSet::new();
    let mut columns = Vec::new();
    for table in model.tables() {
        for column in &table.columns {
            let mixin = column.mixin.as_deref();
            let mixin = mixin.and_then(|name| mixins.get(name)).copied();
            let scope = match mixin {
                None => LintScope::Column(table.id, column.id),
                Some(mixin) if seen.insert((mixin, column.name.as_str())) => {
                    LintScope::Mixin(mixin)
                }
                Some(_) => continue,
            };
            columns.push(Judged {
                scope,
                table,
                column,
            });
        }
    }
    columns
}

/// The parts of a snake_case name.
pub(super) fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split('_')
}
