//! Deletions: no record is deleted that others refer to.

use std::collections::{BTreeMap, HashSet};

use super::context::{Context, KeyPart};
use super::index::{Form, encode};
use super::key_text;
use super::outcome::Reason;
use super::part::Part;
use super::rows::Deleted;
use super::structure::write_own_key;
use crate::model::eval::Value;
use crate::model::{ColumnId, ForeignKey, Table, TableId};

/// Judges what a package deletes: a part for each table that loses records.
pub(super) fn judge(context: &Context<'_>) -> Vec<Part> {
    let mut by_table: BTreeMap<TableId, Vec<&Deleted>> = BTreeMap::new();
    let mut gone = HashSet::new();
    for deleted in context.rows.deleted() {
        by_table.entry(deleted.table).or_default().push(deleted);
        if let Some(key) = write(deleted.key.iter().map(Option::as_ref)) {
            gone.insert((deleted.table, key));
        }
    }
    let mut parts = Vec::new();
    for (id, deleted) in by_table {
        let table = context.model.table(id);
        let mut broken = Vec::new();
        let mut missing = Vec::new();
        for deleted in &deleted {
            if is_referred_to(context, table, deleted, &gone, &mut missing) {
                let value = |at| deleted.key.get(at).and_then(Option::as_ref);
                broken.push(key_text(context.model, table, value));
            }
        }
        missing.sort_unstable();
        missing.dedup();
        for other in missing {
            parts.push(Part::unjudged(table, Reason::NoTable(other)));
        }
        parts.push(Part::Records {
            table: Some(id),
            judged: deleted.len() as u64,
            broken,
        });
    }
    parts
}

/// Whether a row that stays refers to a deleted record. Tables that refer to it and are not in the
/// package go to `missing`.
fn is_referred_to(
    context: &Context<'_>,
    table: &Table,
    deleted: &Deleted,
    gone: &HashSet<(TableId, Vec<u8>)>,
    missing: &mut Vec<TableId>,
) -> bool {
    let mut referred = false;
    for other in context.model.tables() {
        for reference in &other.foreign_keys {
            if reference.table != table.id {
                continue;
            }
            let columns = reference.columns.iter().map(|id| KeyPart::own(*id));
            let (Ok(rows), Ok(index)) = (
                context.table(other.id),
                context.index(other.id, columns.collect()),
            ) else {
                missing.push(other.id);
                continue;
            };
            let Some(bucket) =
                target_key(context, table, deleted, reference).and_then(|key| index.bucket(&key))
            else {
                continue;
            };
            referred |= index.rows(bucket).iter().any(|row| {
                let mut key = Vec::new();
                let named = write_own_key(rows, *row, &other.primary_key, &mut key);
                !(named && gone.contains(&(other.id, key)))
            });
        }
    }
    referred
}

/// What rows that refer to a deleted record hold. A key other than the primary one is known only
/// while the record itself is still among the rows.
fn target_key(
    context: &Context<'_>,
    table: &Table,
    deleted: &Deleted,
    reference: &ForeignKey,
) -> Option<Vec<u8>> {
    let of_key = |column: &ColumnId| {
        let at = table.primary_key.iter().position(|id| id == column)?;
        deleted.key.get(at)?.as_ref()
    };
    if reference
        .target
        .iter()
        .all(|column| table.primary_key.contains(column))
    {
        return write(reference.target.iter().map(of_key));
    }
    let rows = context.table(table.id).ok()?;
    let primary_key = table.primary_key.iter().map(|id| KeyPart::own(*id));
    let index = context.index(table.id, primary_key.collect()).ok()?;
    let row = index.first(&write(deleted.key.iter().map(Option::as_ref))?)?;
    let mut key = Vec::new();
    write_own_key(rows, row, &reference.target, &mut key).then_some(key)
}

/// A key of values; none when one of them is null.
fn write<'v>(values: impl Iterator<Item = Option<&'v Value>>) -> Option<Vec<u8>> {
    let mut key = Vec::new();
    for value in values {
        encode(value?, Form::Own, &mut key);
    }
    Some(key)
}
