//! Many rows of two tables: partitions outgrow memory, one key outgrows all others.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicU64, Ordering};

use vitrina_codegen::model::Model;

use super::*;
use crate::{Budget, Options, Tally};

/// The text of a key.
fn text(number: u64) -> String {
    format!("DEMO-{number}")
}

/// A table that refers to another by one column of text, and that column.
fn pair(model: &Model) -> (TableId, TableId, ColumnId) {
    let found = model.tables().iter().find_map(|table| {
        let [primary] = table.primary_key[..] else {
            return None;
        };
        let key = table.foreign_keys.iter().find(|key| {
            key.table != table.id && key.columns.len() == 1 && key.columns[0] != primary
        })?;
        Some((key.table, table.id, key.columns[0]))
    });
    found.unwrap()
}

struct Many<'m> {
    model: &'m Model,
    child: TableId,
    column: ColumnId,
    parents: u64,
    children: u64,
}

impl Many<'_> {
    /// The key of a child: every thousandth has that of another.
    fn key(&self, row: u64) -> u64 {
        match row {
            // One key of very many rows.
            _ if row % 10 == 3 => 3,
            _ if row % 1000 == 999 => row - 500,
            _ => row,
        }
    }

    /// The parent of a child: beyond the last for every hundredth, and one missing parent of many.
    fn target(&self, row: u64) -> u64 {
        match row % 100 {
            7 => self.parents + row,
            8 | 9 => u64::MAX,
            _ => row % self.parents,
        }
    }

    fn with_row(&self, table: TableId, row: u64, take: &mut dyn FnMut(RowId, &[Cell<'_>])) {
        let columns = &self.model.table(table).columns;
        let (key, target) = match table == self.child {
            true => (text(self.key(row)), text(self.target(row))),
            false => (text(row), String::new()),
        };
        let mut cells = vec![Cell::Null; columns.len()];
        for column in &self.model.table(table).primary_key {
            cells[column.index()] = Cell::Text(&key);
        }
        if table == self.child {
            cells[self.column.index()] = Cell::Text(&target);
        }
        take(RowId(row), &cells);
    }

    fn feed(&self, keys: &Keys<'_>, table: TableId, rows: u64, threads: u64) {
        std::thread::scope(|scope| {
            for thread in 0..threads {
                scope.spawn(move || {
                    let mut worker = keys.worker(table).unwrap();
                    for row in (0..rows).filter(|row| row / 1000 % threads == thread) {
                        self.with_row(table, row, &mut |row, cells| worker.row(row, cells));
                    }
                    worker.finish().unwrap();
                });
            }
        });
    }
}

impl FetchKey for Many<'_> {
    fn fetch(
        &self,
        table: TableId,
        rows: &[RowId],
        _columns: &[ColumnId],
        take: &mut dyn FnMut(RowId, &[Cell<'_>]),
    ) -> io::Result<()> {
        for row in rows {
            self.with_row(table, row.0, take);
        }
        Ok(())
    }
}

#[test]
fn the_budget_holds_and_changes_nothing() {
    let model = harness::big_model();
    let (parent, child, column) = pair(&model);
    let many = Many {
        model: &model,
        child,
        column,
        parents: 20_000,
        children: 300_000,
    };
    let moment = Moment {
        today: Day::new(2026, 3, 1).unwrap(),
        now: 0,
    };
    let mut options = Options::new(moment);
    options.samples = 2;
    let mut outcomes = Vec::new();
    for (budget, threads, children_first) in [
        (u64::MAX, 1, false),
        (u64::MAX, 2, true),
        (1_000_000, 2, false),
        (100_000, 1, true),
        (0, 2, true),
        (0, 1, false),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(Budget::new(budget), Some(folder.path().to_owned()));
        let presence = |table| match table == parent || table == child {
            true => Presence::Rows(Vec::new()),
            false => Presence::Absent,
        };
        let keys = Keys::new(&model, presence, Scope::Full, &options, &store);
        let tables = [(parent, many.parents), (child, many.children)];
        for at in if children_first { [1, 0] } else { [0, 1] } {
            let (table, rows) = tables[at];
            many.feed(&keys, table, rows, threads);
            keys.table_done(table).unwrap();
        }
        let broken = AtomicU64::new(0);
        let ending = Ending {
            threads: NonZeroUsize::new(threads as usize).unwrap(),
            fetch: &many,
            broken_rows: &|_| 0,
            broken: &|_, _, _| {
                broken.fetch_add(1, Ordering::Relaxed);
            },
        };
        let mut tally = Tally::new(options.samples);
        let outcome = keys.finish(&ending, &mut tally, &mut Vec::new()).unwrap();
        assert_eq!(store.budget().used(), 0);
        outcomes.push((tally, outcome, broken.into_inner()));
    }
    assert!(outcomes.iter().all(|one| *one == outcomes[0]));

    let mut sets: HashMap<u64, u64> = HashMap::new();
    for row in 0..many.children {
        *sets.entry(many.key(row)).or_default() += 1;
    }
    sets.retain(|_, count| *count > 1);
    let (tally, outcome, broken) = &outcomes[0];
    let set = outcome.sets.iter().find(|one| one.table == child).unwrap();
    assert_eq!(set.broken, sets.values().sum::<u64>());
    assert_eq!(set.distinct, sets.len() as u64);
    let orphans = outcome
        .references
        .iter()
        .find(|one| one.columns == [column]);
    let orphans = orphans.unwrap();
    assert_eq!((orphans.missing, orphans.distinct), (9000, 3001));
    assert_eq!(orphans.judged, many.children);
    assert_eq!(*broken, set.broken + orphans.missing);
    let samples: Vec<_> = tally
        .groups()
        .filter(|(key, _)| key.code.as_str() == "V0701")
        .flat_map(|(_, group)| &group.samples)
        .map(|one| (one.row.unwrap().0, one.count, one.value.clone().unwrap()))
        .collect();
    let expected = [(8, 6000, text(u64::MAX)), (7, 1, text(many.parents + 7))];
    assert_eq!(samples, expected);
}
