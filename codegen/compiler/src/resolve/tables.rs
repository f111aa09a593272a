//! Tables: drafts, keys, order, types, meanings, conditions; then the model's own tables.
//!
//! ```text
//! draft ──► keys ──► order ──► types ──► domains ──► finish
//! (columns, (by     (cycles)  (bases)   (meanings)  (expressions,
//!  DDL)     names)                                   examples)
//! ```

mod column_types;
mod conditions;
mod ddl;
mod domains;
mod draft;
mod facts;
mod finish;
mod foreign_keys;
mod keys;
mod order;
mod said;

use std::collections::BTreeMap;

use super::Context;
use super::names::{Names, Sort, once, twice};
use crate::diagnostic::{Diagnostic, Report, code};
use crate::model::{ColumnId, Table, TableId};
use crate::source::declaration::{TableDecl, Word};
use crate::source::nearest::nearest;
use crate::text;

use draft::Draft;

pub(super) use conditions::Codes;
pub(super) use facts::{OwnKey, Step, TableFacts};

const TABLE: Sort = Sort {
    unknown: code::NO_SUCH_TABLE,
    en: "table",
    ru: "таблица",
    ru_of: "таблицы",
};

/// What the resolution of tables gives.
pub(super) struct Resolved<'a> {
    /// Absent when some table is broken.
    pub(super) tables: Option<Vec<Table>>,
    pub(super) load_order: Vec<TableId>,
    pub(super) names: TableNames<'a>,
    pub(super) facts: Vec<TableFacts<'a>>,
    /// The codes of all checks of rows.
    pub(super) codes: Codes,
}

/// A table, or a column of it.
pub(super) type TablePath = (TableId, Option<ColumnId>);

/// Tables and their columns by name.
pub(super) struct TableNames<'a> {
    tables: Names<'a>,
    columns: Vec<Vec<&'a str>>,
}

impl TableNames<'_> {
    /// The position of a table; reports a name that there is not.
    pub(super) fn find(&self, word: &Word, report: &mut Report) -> Option<usize> {
        self.tables.find(word, report)
    }

    /// The position of a table, without a word when there is none.
    pub(super) fn get(&self, name: &str) -> Option<usize> {
        self.tables.get(name)
    }

    /// Reports a path `table` or `table.column` that leads nowhere.
    pub(super) fn check_path(&self, word: &Word, report: &mut Report) {
        self.find_path(word, report);
    }

    /// What a path `table` or `table.column` leads to; reports one that leads nowhere.
    pub(super) fn find_path(&self, word: &Word, report: &mut Report) -> Option<TablePath> {
        let (table, column) = match word.value.split_once('.') {
            Some((table, column)) => (table, Some(column)),
            None => (word.value.as_str(), None),
        };
        let head = Word::new(table.to_owned(), word.span);
        let at = self.tables.find(&head, report)?;
        let Some(column) = column else {
            return Some((id(at), None));
        };
        let columns = &self.columns[at];
        let Some(place) = columns.iter().position(|known| *known == column) else {
            report.push(
                Diagnostic::new(
                    code::NO_SUCH_COLUMN,
                    text!(
                        "the table `{table}` has no column `{column}`",
                        "в таблице `{table}` нет колонки `{column}`"
                    ),
                )
                .at(word.span)
                .suggest(
                    nearest(column, columns.iter().copied()).map(|near| format!("{table}.{near}")),
                ),
            );
            return None;
        };
        let column = ColumnId(u32::try_from(place).unwrap_or(u32::MAX));
        Some((id(at), Some(column)))
    }
}

/// The id of a position.
fn id(at: usize) -> TableId {
    TableId(u32::try_from(at).unwrap_or(u32::MAX))
}

/// Resolves every table.
pub(super) fn resolve<'a>(context: &Context<'_, 'a>, report: &mut Report) -> Resolved<'a> {
    let declared = in_order(context, report);
    let mut names = Names::new(TABLE, !context.found.lost.tables);
    for (at, (decl, _)) in declared.iter().enumerate() {
        names.add(&decl.name, at, report);
    }
    let mut tables = draft::all(context, &names, &declared, report);
    keys::resolve(&mut tables, report);
    foreign_keys::resolve(&mut tables, &names, report);
    let order = order::resolve(&tables, report);
    column_types::resolve(context, &mut tables, &order, report);
    domains::resolve(&mut tables, &order, report);
    let names = TableNames {
        tables: names,
        columns: tables.iter().map(Draft::column_names).collect(),
    };
    let facts = facts::all(context, &tables);
    let mut codes = Codes::new();
    let finished = finish::all(context, &names, &tables, &mut codes, report);
    Resolved {
        tables: finished,
        load_order: order.into_iter().map(id).collect(),
        names,
        facts,
        codes,
    }
}

/// Every table once, with its group's position, by group and name.
fn in_order<'a>(
    context: &Context<'_, 'a>,
    report: &mut Report,
) -> Vec<(&'a TableDecl, Option<usize>)> {
    let mut groups: BTreeMap<&str, usize> = BTreeMap::new();
    if let Some(showcase) = &context.found.showcase {
        for (at, group) in showcase.groups.iter().enumerate() {
            groups.entry(&group.name.value).or_insert(at);
        }
    }
    let mut seen = BTreeMap::new();
    let mut kept = Vec::new();
    for decl in &context.found.tables {
        if let Some(first) = seen.insert(decl.name.value.as_str(), decl.name.span) {
            seen.insert(&decl.name.value, first);
            report.push(twice(TABLE, &decl.name, first));
            continue;
        }
        let group = decl
            .group
            .as_deref()
            .and_then(|name| groups.get(name).copied());
        if let (Some(name), None, Some(_)) = (&decl.group, group, &context.found.showcase) {
            report.push(
                Diagnostic::new(
                    code::NO_SUCH_GROUP,
                    text!("the folder `tables/{name}` is no group of the showcase",
                          "папка `tables/{name}` не названа среди групп витрины"),
                )
                .at(decl.name.span)
                .suggest(None::<String>)
                .help(match nearest(name, groups.keys().copied()) {
                    Some(near) => text!(
                        "did you mean the folder `tables/{near}`? Groups are listed in `showcase.yaml`",
                        "может быть, папка `tables/{near}`? Группы перечислены в `showcase.yaml`"
                    ),
                    None => text!(
                        "add the group to `groups` of `showcase.yaml`",
                        "добавьте группу в `groups` файла `showcase.yaml`"
                    ),
                }),
            );
        }
        kept.push((decl, group));
    }
    let places = places(context, &kept, report);
    // Tables of an unknown group come last; those without a group come first.
    let known = |decl: &TableDecl, group: Option<usize>| match (&decl.group, group) {
        (None, _) => 0,
        (Some(_), Some(at)) => at + 1,
        (Some(_), None) => usize::MAX,
    };
    kept.sort_by_key(|(decl, group)| {
        let name = decl.name.value.as_str();
        let place = places.get(name).copied().unwrap_or(usize::MAX);
        (known(decl, *group), place, name)
    });
    kept
}

/// The place of each table that its group lists.
fn places<'a>(
    context: &Context<'_, 'a>,
    tables: &[(&'a TableDecl, Option<usize>)],
    report: &mut Report,
) -> BTreeMap<&'a str, usize> {
    let mut places = BTreeMap::new();
    let Some(showcase) = &context.found.showcase else {
        return places;
    };
    let mut names = Names::new(TABLE, !context.found.lost.tables);
    for (at, (decl, _)) in tables.iter().enumerate() {
        names.add(&decl.name, at, report);
    }
    for (number, group) in showcase.groups.iter().enumerate() {
        for (place, word) in once(&group.tables, report).iter().enumerate() {
            let Some(at) = names.find(word, report) else {
                continue;
            };
            let (decl, own) = tables[at];
            if own != Some(number) {
                let (table, name) = (&word.value, &group.name.value);
                report.push(
                    Diagnostic::new(
                        code::NO_SUCH_GROUP,
                        text!(
                            "the table `{table}` is not in the folder `tables/{name}`",
                            "таблица `{table}` лежит не в папке `tables/{name}`"
                        ),
                    )
                    .at(word.span)
                    .also(decl.name.span, text!("the table", "таблица"))
                    .help(text!(
                        "move its file, or name it in its own group",
                        "переложите её файл или назовите её в её собственной группе"
                    )),
                );
                continue;
            }
            places.insert(decl.name.value.as_str(), place);
        }
    }
    places
}
