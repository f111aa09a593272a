//! Rows of a small model fed to the keys of a package.

use std::io;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};

use vitrina_codegen::diagnostic::Report;
use vitrina_codegen::model::eval::Day;
use vitrina_codegen::model::{ColumnId, Model, Table, TableId};
use vitrina_codegen::pipeline::compile;
use vitrina_codegen::quality::Moment;
use vitrina_codegen::source::{SourceFile, SourceSet};
use vitrina_package::keys::{Ending, FetchKey, KeyOutcome, Keys, Presence, Scope};
use vitrina_package::store::Store;
use vitrina_package::{Budget, Cell, Consumer, Options, RowId, Tally};

use crate::measure::Time;
use crate::{Outcome, measure};

const SHOWCASE: &str = "
language: 1
showcase: bench
title: Ключи
version: 1.0.0
groups:
  - { group: main, title: Таблицы, tables: [parent, child] }
";

const PARENT: &str = "
table: parent
title: Родитель
origin: inference
primary_key: [id]
columns:
  - { name: id, type: uuid, title: Идентификатор }
";

const CHILD: &str = "
table: child
title: Потомок
origin: inference
primary_key: [id]
columns:
  - { name: id, type: uuid, title: Идентификатор }
  - { name: parent_id, references: parent, title: Родитель }
";

/// Rows of a file of a mebibyte.
const CHUNK: usize = 5000;

pub fn model() -> Outcome<Model> {
    let files = [
        ("showcase.yaml", SHOWCASE),
        ("tables/main/parent.yaml", PARENT),
        ("tables/main/child.yaml", CHILD),
    ];
    let files = files.map(|(path, text)| SourceFile {
        path: path.into(),
        text: text.into(),
    });
    let mut report = Report::new();
    compile(&SourceSet::new("", files.to_vec()), &mut report)
        .ok_or_else(|| "the model does not compile".into())
}

pub struct Rows {
    /// Keys of parents.
    pub parents: Vec<u128>,
    /// What children refer to; their own keys are left out.
    pub children: Vec<u128>,
}

/// When the parents are complete.
#[derive(Clone, Copy, PartialEq)]
pub enum Known {
    /// Before the first child.
    Before,
    /// Behind the last.
    Behind,
}

pub struct Run<'r> {
    pub model: &'r Model,
    pub rows: &'r Rows,
    pub threads: usize,
    pub memory: u64,
    pub known: Known,
}

impl Run<'_> {
    /// The time, and how many rows share their key.
    pub fn unique(&self) -> Outcome<(Time, u64)> {
        let store = Store::new(Budget::new(self.memory), None);
        let parent = self.model.find_table("parent").ok_or("no table")?;
        let present = |table| match table == parent.id {
            true => Presence::Rows(Vec::new()),
            false => Presence::Absent,
        };
        let (time, outcome) = measure::time(|| {
            let keys = Keys::new(self.model, present, Scope::Full, &self.options(), &store);
            self.feed(&keys, parent, &self.rows.parents)?;
            self.finish(keys)
        });
        Ok((time, outcome?.sets.iter().map(|set| set.broken).sum()))
    }

    /// The time of the children's way, parents left out, and how many are orphans.
    pub fn references(&self) -> Outcome<(Time, u64)> {
        let store = Store::new(Budget::new(self.memory), None);
        let parent = self.model.find_table("parent").ok_or("no table")?;
        let child = self.model.find_table("child").ok_or("no table")?;
        let present = |table| match table == parent.id {
            true => Presence::Rows(Vec::new()),
            // Without their own key, so that references alone are measured.
            false => Presence::Rows(child.primary_key.clone()),
        };
        let keys = Keys::new(self.model, present, Scope::Full, &self.options(), &store);
        self.feed(&keys, parent, &self.rows.parents)?;
        if self.known == Known::Before {
            keys.table_done(parent.id)?;
        }
        let (time, outcome) = measure::time(|| {
            self.feed(&keys, child, &self.rows.children)?;
            self.finish(keys)
        });
        let references = outcome?.references;
        Ok((time, references.iter().map(|one| one.missing).sum()))
    }

    fn options(&self) -> Options {
        let today = Day(20_000);
        Options::new(Moment { today, now: 0 })
    }

    fn feed(&self, keys: &Keys<'_>, table: &Table, values: &[u128]) -> io::Result<()> {
        let next = AtomicUsize::new(0);
        let work = || -> io::Result<()> {
            let Some(mut worker) = keys.worker(table.id) else {
                return Ok(());
            };
            let mut cells = vec![Cell::Null; table.columns.len()];
            loop {
                let start = next.fetch_add(CHUNK, Ordering::Relaxed);
                if start >= values.len() {
                    break;
                }
                let end = values.len().min(start + CHUNK);
                for (row, value) in (start..).zip(&values[start..end]) {
                    // The last column is the one in question in both tables.
                    if let Some(cell) = cells.last_mut() {
                        *cell = Cell::Uuid(*value);
                    }
                    worker.row(RowId(row as u64), &cells);
                }
            }
            worker.finish()
        };
        std::thread::scope(|scope| {
            let helpers: Vec<_> = (1..self.threads).map(|_| scope.spawn(work)).collect();
            work()?;
            for helper in helpers {
                helper
                    .join()
                    .map_err(|_| io::Error::other("a thread panicked"))??;
            }
            Ok(())
        })
    }

    fn finish(&self, keys: Keys<'_>) -> io::Result<KeyOutcome> {
        let ending = Ending {
            threads: NonZeroUsize::new(self.threads).unwrap_or(NonZeroUsize::MIN),
            fetch: self,
            broken_rows: &|_| 0,
            broken: &|_, _, _| {},
        };
        keys.finish(&ending, &mut Tally::new(10), &mut Vec::new())
    }
}

impl FetchKey for Run<'_> {
    fn fetch(
        &self,
        table: TableId,
        rows: &[RowId],
        _columns: &[ColumnId],
        take: &mut dyn FnMut(RowId, &[Cell<'_>]),
    ) -> io::Result<()> {
        let table = self.model.table(table);
        let values = match table.name.as_str() {
            "parent" => &self.rows.parents,
            _ => &self.rows.children,
        };
        let mut cells = vec![Cell::Null; table.columns.len()];
        for row in rows {
            if let (Some(cell), Some(value)) = (cells.last_mut(), values.get(row.0 as usize)) {
                *cell = Cell::Uuid(*value);
                take(*row, &cells);
            }
        }
        Ok(())
    }
}
