//! Mixins that a group of tables shares.

use std::collections::BTreeMap;

use super::Findings;
use crate::model::{LintScope, Model, Origin, Table};
use crate::text;

/// A mixin that most tables of a group have is in all of them. Tables of the origin `confirmed` are
/// taken over as they are and count on neither side.
pub(super) fn group_mixin(model: &Model, found: &mut Findings) {
    let mut groups: BTreeMap<u32, Vec<&Table>> = BTreeMap::new();
    for table in model.tables() {
        if let (Some(group), true) = (table.group, table.origin != Origin::Confirmed) {
            groups.entry(group).or_default().push(table);
        }
    }
    for (group, tables) in groups {
        for mixin in model.mixins() {
            let name = &mixin.name;
            let (having, lacking): (Vec<&Table>, Vec<&Table>) =
                tables.iter().copied().partition(|table| has(table, name));
            if having.len() < 2 || having.len() <= lacking.len() {
                continue;
            }
            let group = model.showcase().groups.get(group as usize);
            let group = group.map_or("", |group| &group.name);
            for table in lacking {
                let (lacks, count) = (&table.name, having.len());
                found.push_with(
                    LintScope::Table(table.id),
                    table.span,
                    text!(
                        "`{lacks}` lacks the mixin `{name}`, which {count} tables of its group `{group}` have",
                        "у `{lacks}` нет набора `{name}`, который есть у других таблиц группы `{group}` ({count})"
                    ),
                    text!("add `mixins: [{name}]`", "добавьте `mixins: [{name}]`"),
                    (mixin.span, text!("the mixin", "набор")),
                );
            }
        }
    }
}

fn has(table: &Table, mixin: &str) -> bool {
    let mut columns = table.columns.iter();
    columns.any(|column| column.mixin.as_deref() == Some(mixin))
}
