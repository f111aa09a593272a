//! Old rows in any order: sorted to their new places, on the disk when they outgrow the memory.

use super::lines::{NewTable, TableLines};
use super::{Parts, Rows};
use crate::delta::apply::open;
use crate::delta::error::Error;
use crate::delta::join::number;
use crate::delta::order::{Origin, Script};
use crate::store::{Sorted, Sorter, Store};

/// Any order of old rows: they are sorted to their new places, on the disk when they outgrow the memory.
pub(super) fn shuffled(
    parts: &Parts<'_>,
    store: &Store,
    result: &mut NewTable<'_>,
) -> Result<(), Error> {
    // Runs of old rows: first row, place in the new table, count.
    let mut runs = Sorter::new(store);
    let mut script = Script::new(open(&parts.order)?, &parts.name("order"));
    let mut place = 0_u64;
    let mut record = Vec::new();
    while let Some(run) = script.next()? {
        if run.origin == Origin::Old {
            record.clear();
            for figure in [run.first, place, run.count] {
                record.extend_from_slice(&figure.to_be_bytes());
            }
            runs.push(&record).map_err(Error::Spill)?;
        }
        place = place.checked_add(run.count).ok_or_else(|| parts.broken())?;
    }
    let mut moved = sorted_lines(parts, runs.finish().map_err(Error::Spill)?, store)?;

    let mut rows = Rows::new(parts)?;
    let mut script = Script::new(open(&parts.order)?, &parts.name("order"));
    while let Some(run) = script.next()? {
        if run.origin != Origin::Old {
            rows.copy(run, result)?;
            continue;
        }
        for _ in 0..run.count {
            let record = moved.next().map_err(Error::Spill)?;
            let line = record.and_then(|record| record.get(8..));
            result.line(line.ok_or_else(|| parts.broken())?)?;
        }
    }
    Ok(())
}

/// The old lines that runs name, in the order of their new places.
fn sorted_lines(parts: &Parts<'_>, mut runs: Sorted, store: &Store) -> Result<Sorted, Error> {
    let mut lines = TableLines::new(parts.old, parts.old.files_of(parts.table.id));
    let mut sorter = Sorter::new(store);
    let mut record = Vec::new();
    while let Some(run) = runs.next().map_err(Error::Spill)? {
        let (first, place, count) = (number(run, 0), number(run, 8), number(run, 16));
        while lines.at < first {
            if !lines.next(&mut |_| Ok(()))? {
                return Err(parts.broken());
            }
        }
        if lines.at != first {
            return Err(parts.broken());
        }
        for step in 0..count {
            let more = lines.next(&mut |line| {
                record.clear();
                record.extend_from_slice(&(place + step).to_be_bytes());
                record.extend_from_slice(line);
                sorter.push(&record).map_err(Error::Spill)
            })?;
            if !more {
                return Err(parts.broken());
            }
        }
    }
    sorter.finish().map_err(Error::Spill)
}
