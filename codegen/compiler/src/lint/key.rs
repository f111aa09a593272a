//! Keys: how references and primary keys are named, typed and placed.

use std::collections::BTreeMap;

use super::Findings;
use super::walk;
use crate::model::{ColumnId, Domain, LintScope, Model, ScalarId, Table};
use crate::text;

/// A reference by one column ends in `_id`.
pub(super) fn foreign_key_suffix(model: &Model, found: &mut Findings) {
    for judged in walk::columns(model) {
        let column = judged.column;
        let Some(key) = judged.table.reference_of(column.id) else {
            continue;
        };
        let (name, target) = (&column.name, &model.table(key.table).name);
        if name == "id" || name.ends_with("_id") {
            continue;
        }
        found.push(
            judged.scope,
            column.span,
            text!(
                "the reference `{name}` to `{target}` does not end in `_id`",
                "имя ссылки `{name}` на `{target}` не оканчивается на `_id`"
            ),
            text!(
                "call it `{target}_id`, or by the role of what it refers to: `parent_unit_id`",
                "назовите её `{target}_id` или по роли того, на что она ссылается: `parent_unit_id`"
            ),
        );
    }
}

/// The scalar type that most tables give their own key `id`: that of record identifiers.
fn record_id(model: &Model) -> Option<ScalarId> {
    let mut counts: BTreeMap<ScalarId, usize> = BTreeMap::new();
    for table in model.tables() {
        if let Some((_, Some(scalar))) = own_key(table) {
            *counts.entry(scalar).or_default() += 1;
        }
    }
    let most = counts.into_iter().rev().max_by_key(|(_, count)| *count);
    most.map(|(scalar, _)| scalar)
}

/// The only column of a primary key that refers to no other table, and its scalar type.
fn own_key(table: &Table) -> Option<(ColumnId, Option<ScalarId>)> {
    let [key] = table.primary_key[..] else {
        return None;
    };
    if is_reference(table, key) {
        return None;
    }
    match table.column(key).ty.domain {
        Domain::Key { scalar, .. } => Some((key, scalar)),
        Domain::Scalar(scalar) => Some((key, Some(scalar))),
        Domain::Plain | Domain::Classifier(_) => Some((key, None)),
    }
}

fn is_reference(table: &Table, column: ColumnId) -> bool {
    let mut keys = table.foreign_keys.iter();
    keys.any(|key| key.columns.contains(&column))
}

/// A column of the type of record identifiers is a key or refers to one.
pub(super) fn lone_identifier(model: &Model, found: &mut Findings) {
    let Some(record_id) = record_id(model) else {
        return;
    };
    for judged in walk::columns(model) {
        let (table, column) = (judged.table, judged.column);
        let is_record = column.ty.domain == Domain::Scalar(record_id);
        if !is_record || is_reference(table, column.id) || table.primary_key.contains(&column.id) {
            continue;
        }
        let (name, ty) = (&column.name, &model.scalar(record_id).name);
        found.push(
            judged.scope,
            column.span,
            text!(
                "`{name}` holds a `{ty}`, but refers to no table",
                "в `{name}` лежит `{ty}`, но ни на какую таблицу она не ссылается"
            ),
            text!(
                "say `references: …` in place of the type; an identifier of another system has a type of its own",
                "вместо типа укажите `references: …`; у идентификатора чужой системы свой тип"
            ),
        );
    }
}

/// A table's own key is `id`, of the type of record identifiers.
pub(super) fn primary_key(model: &Model, found: &mut Findings) {
    let record_id = record_id(model);
    for table in model.tables() {
        let Some((key, scalar)) = own_key(table) else {
            continue;
        };
        let column = table.column(key);
        let (of, name) = (&table.name, &column.name);
        let scope = LintScope::Column(table.id, key);
        if name != "id" {
            found.push(
                scope,
                column.span,
                text!(
                    "the primary key of `{of}` is called `{name}`, not `id`",
                    "первичный ключ `{of}` называется `{name}`, а не `id`"
                ),
                text!("call it `id`", "назовите его `id`"),
            );
        } else if let Some(record_id) = record_id.filter(|record_id| scalar != Some(*record_id)) {
            let ty = &model.scalar(record_id).name;
            found.push(
                scope,
                column.span,
                text!(
                    "the primary key of `{of}` is no `{ty}` as those of other tables",
                    "первичный ключ `{of}` — не `{ty}`, как у других таблиц"
                ),
                text!("say `type: {ty}`", "укажите `type: {ty}`"),
            );
        }
    }
}

/// The columns of the primary key stand first.
pub(super) fn key_first(model: &Model, found: &mut Findings) {
    for table in model.tables() {
        let count = table.primary_key.len();
        let Some(late) = table.primary_key.iter().find(|id| id.index() >= count) else {
            continue;
        };
        let column = table.column(*late);
        let name = &column.name;
        found.push(
            LintScope::Column(table.id, column.id),
            column.span,
            text!(
                "`{name}` is of the primary key, but stands behind other columns",
                "`{name}` входит в первичный ключ, но стоит после других колонок"
            ),
            text!(
                "put the columns of the primary key first",
                "поставьте колонки первичного ключа первыми"
            ),
        );
    }
}
