//! The order that needs no script: changes put to the old rows by key.

use super::lines::NewTable;
use super::{Parts, Rows};
use crate::delta::Stores;
use crate::delta::error::Error;
use crate::delta::join::{KeyedSorter, Match, join, number};
use crate::delta::key::Keys;
use crate::delta::order::{Origin, Run};
use crate::delta::problem::Problems;
use crate::delta::side::{Side, Which};
use crate::delta::summary::rows as rows_of;
use crate::files::source::Source;
use crate::store::{Sorted, Sorter};

/// Kinds of changes, as they stand in sorted records.
const UPSERT: u8 = 1;
const FORM: u8 = 2;
const DELETE: u8 = 3;

/// The order without a script: changed rows in the place of the old ones, new ones behind.
pub(super) fn by_key(
    parts: &Parts<'_>,
    stores: &Stores,
    result: &mut NewTable<'_>,
) -> Result<(), Error> {
    let mut actions = actions(parts, stores)?;
    let mut rows = Rows::new(parts)?;
    let total = rows_of(&parts.entry.old);
    let mut next = 0;
    let mut upserted = 0;
    while let Some(action) = actions.next().map_err(Error::Spill)? {
        let (row, kind, change) = (number(action, 0), action.get(8).copied(), number(action, 9));
        if row < next {
            return Err(parts.broken());
        }
        let run = |origin, first, count| Run {
            origin,
            first,
            count,
        };
        rows.copy(run(Origin::Old, next, row - next), result)?;
        next = row + 1;
        match kind {
            Some(UPSERT) => {
                rows.copy(run(Origin::Upsert, change, 1), result)?;
                upserted += 1;
            }
            Some(FORM) => rows.copy(run(Origin::Form, change, 1), result)?,
            _ => {}
        }
    }
    let rest = |origin, first, end: u64| -> Result<Run, Error> {
        let count = end.checked_sub(first).ok_or_else(|| parts.broken())?;
        Ok(Run {
            origin,
            first,
            count,
        })
    };
    rows.copy(rest(Origin::Old, next, total)?, result)?;
    let upserts = parts.entry.added.saturating_add(parts.entry.changed);
    rows.copy(rest(Origin::Upsert, upserted, upserts)?, result)
}

/// What becomes of old rows, in their order: row, kind of change, its row among the changes.
fn actions(parts: &Parts<'_>, stores: &Stores) -> Result<Sorted, Error> {
    const PAYLOAD: usize = 1 + 8;
    let (model, table) = (parts.model, parts.table);
    let row_keys = Keys::of_rows(model, table);
    let key_keys = Keys::of_keys(model, table);
    let collect = |side: &Side<'_>, keys: &Keys, kind: u8, into: &mut KeyedSorter| {
        let mut problems = Problems::default();
        side.read(&mut problems, &mut |row| {
            let record = into.record();
            keys.encode(row.line, row.fields, record)
                .map_err(|_| parts.broken())?;
            record.push(kind);
            record.extend_from_slice(&row.number.to_be_bytes());
            into.push()?;
            Ok(None)
        })?;
        match problems.is_empty() {
            true => Ok(()),
            false => Err(Error::Problems(problems)),
        }
    };
    let mut before = KeyedSorter::new(&stores.old, PAYLOAD);
    collect(
        &Side::full(Which::Old, parts.old, table, 10),
        &row_keys,
        0,
        &mut before,
    )?;
    let mut changes = KeyedSorter::new(&stores.new, PAYLOAD);
    let upserts = Side::full(Which::Upsert, parts.upsert, table, 10);
    collect(&upserts, &row_keys, UPSERT, &mut changes)?;
    let deletes = Side::keys(Which::Delete, parts.delete, table, 10);
    collect(&deletes, &key_keys, DELETE, &mut changes)?;
    if parts.entry.reformed > 0 {
        let alone = Source::File {
            table: table.id,
            path: parts.form.clone(),
            name: parts.name("form"),
        };
        let forms = Side::full(Which::Form, &alone, table, 10);
        collect(&forms, &row_keys, FORM, &mut changes)?;
    }

    let mut actions = Sorter::new(&stores.results);
    let mut record = Vec::new();
    join(
        before.finish()?,
        changes.finish()?,
        &mut |pair| match pair {
            Match::Left(_) => Ok(()),
            Match::Right(change) if change.payload.first() == Some(&UPSERT) => Ok(()),
            Match::Both(old, change) => {
                record.clear();
                record.extend_from_slice(&number(old.payload, 1).to_be_bytes());
                record.extend_from_slice(change.payload);
                actions.push(&record).map_err(Error::Spill)
            }
            Match::Right(_) | Match::LeftAgain(..) | Match::RightAgain(..) => Err(parts.broken()),
        },
    )?;
    actions.finish().map_err(Error::Spill)
}
