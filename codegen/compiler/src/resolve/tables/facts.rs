//! Tables as expressions see them: names, types, closed lists, and where references lead. They are
//! known even where a table is too broken to be finished, so that what names its columns is judged.

use crate::model::BaseType;
use crate::resolve::Context;
use crate::resolve::expr::ScopeColumn;
use crate::source::declaration::Word;

use super::draft::{Column, Draft};
use super::said::Said;

/// A table as expressions see it.
pub(in crate::resolve) struct TableFacts<'a> {
    pub(in crate::resolve) name: &'a str,
    /// The columns in their order; the base of a broken one is a stand-in.
    pub(in crate::resolve) columns: Vec<ScopeColumn<'a>>,
    /// Of each column, whether it is without a type, which is reported already.
    pub(in crate::resolve) broken: Vec<bool>,
    /// Of each column, where a path through it leads.
    pub(in crate::resolve) steps: Vec<Step>,
    /// Whether all columns are known.
    pub(in crate::resolve) is_complete: bool,
    /// What identifies its rows.
    pub(in crate::resolve) own_key: OwnKey,
    /// The mixins that it takes in.
    pub(in crate::resolve) mixins: &'a [Word],
}

/// What identifies the rows of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::resolve) enum OwnKey {
    /// One column of the table's own, of this scalar type.
    Scalar(usize),
    /// Several columns, a reference, or a column of another type.
    Other,
    /// The key or the type of its column is broken, which is reported already.
    Broken,
}

/// Where a path through a column leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::resolve) enum Step {
    /// Nowhere: the column is no reference.
    Nowhere,
    /// To the row of this table.
    To(usize),
    /// The column refers only together with others.
    Composite,
    /// The reference is broken, which is reported already.
    Broken,
}

/// The facts of every table, in their order.
pub(super) fn all<'a>(context: &Context<'_, 'a>, tables: &[Draft<'a>]) -> Vec<TableFacts<'a>> {
    let facts = tables.iter().map(|table| TableFacts {
        name: table.name(),
        columns: columns(context, table),
        broken: table.columns.iter().map(|c| c.base.is_none()).collect(),
        steps: (0..table.columns.len()).map(|at| step(table, at)).collect(),
        is_complete: !table.decl.columns_lost && !table.columns.is_empty(),
        own_key: own_key(table),
        mixins: &table.decl.mixins,
    });
    facts.collect()
}

/// The columns of a table as a scope knows them.
pub(super) fn columns<'a>(context: &Context<'_, 'a>, table: &Draft<'a>) -> Vec<ScopeColumn<'a>> {
    let column = |column: &Column<'a>| {
        let list = match &column.said {
            Said::Classifier(at, ..) => Some(context.classifiers.get(*at).decl),
            _ => None,
        };
        let codes = list.filter(|list| !list.open).map(|list| {
            list.values
                .iter()
                .map(|value| value.code.value.as_str())
                .collect()
        });
        ScopeColumn {
            name: column.name.value.as_str(),
            // Never looked at when it is absent.
            base: column.base.unwrap_or(BaseType::Boolean),
            codes,
        }
    };
    table.columns.iter().map(column).collect()
}

fn own_key(table: &Draft<'_>) -> OwnKey {
    let at = match table.primary_key[..] {
        [] => return OwnKey::Broken,
        [at] => at,
        _ => return OwnKey::Other,
    };
    match (&table.columns[at].said, step(table, at)) {
        (Said::Broken, _) | (_, Step::Broken) => OwnKey::Broken,
        (Said::Scalar(scalar, _), Step::Nowhere) => OwnKey::Scalar(*scalar),
        _ => OwnKey::Other,
    }
}

fn step(table: &Draft<'_>, at: usize) -> Step {
    let mut keys = table.foreign_keys.iter();
    if let Some(key) = keys.find(|key| key.columns == [at]) {
        return Step::To(key.table);
    }
    let column = &table.columns[at];
    let name = &column.name.value;
    let alone = |columns: &[Word]| matches!(columns, [word] if word.value == *name);
    let is_declared = matches!(column.said, Said::Reference(..) | Said::Broken)
        || table
            .decl
            .foreign_keys
            .iter()
            .any(|key| alone(&key.columns))
        || table
            .ddl
            .is_some_and(|ddl| ddl.foreign_keys.iter().any(|key| alone(&key.columns)));
    if is_declared {
        return Step::Broken;
    }
    let mut keys = table.foreign_keys.iter();
    match keys.any(|key| key.columns.contains(&at)) {
        true => Step::Composite,
        false => Step::Nowhere,
    }
}
