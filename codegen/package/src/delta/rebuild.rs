//! One table made of its old rows and its changes: runs of rows, from a script or from a join by key, put one
//! behind the other and cut into the new table's files.

mod by_key;
mod lines;
mod shuffled;

use std::path::{Path, PathBuf};

use vitrina_codegen::model::{Model, Table};
use vitrina_codegen::text;

use super::Stores;
use super::apply::open;
use super::error::Error;
use super::journal::TableEntry;
use super::order::{Origin, Run, Script};
use crate::files::source::Source;
use by_key::by_key;
use lines::{FileLines, NewTable, TableLines};
use shuffled::shuffled;

/// What a table is made of.
pub(super) struct Parts<'a> {
    pub(super) model: &'a Model,
    pub(super) table: &'a Table,
    pub(super) entry: &'a TableEntry,
    pub(super) old: &'a Source,
    pub(super) upsert: &'a Source,
    pub(super) delete: &'a Source,
    pub(super) form: PathBuf,
    pub(super) order: PathBuf,
}

/// Writes the new table's files into `folder` and proves them.
pub(super) fn rebuild(parts: &Parts<'_>, folder: &Path, stores: &Stores) -> Result<(), Error> {
    let mut result = NewTable::new(parts, folder);
    if parts.entry.script {
        if is_forward(parts)? {
            let mut script = Script::new(open(&parts.order)?, &parts.name("order"));
            let mut rows = Rows::new(parts)?;
            while let Some(run) = script.next()? {
                rows.copy(run, &mut result)?;
            }
        } else {
            shuffled(parts, &stores.results, &mut result)?;
        }
    } else if parts.is_as_before() {
        let mut lines = TableLines::new(parts.old, parts.old.files_of(parts.table.id));
        while lines.next(&mut |line| result.line(line))? {}
    } else {
        by_key(parts, stores, &mut result)?;
    }
    result.finish()
}

impl Parts<'_> {
    /// A file of the delta, as messages call it.
    fn name(&self, folder: &str) -> String {
        format!("{folder}/{}.csv", self.table.name)
    }

    fn broken(&self) -> Error {
        let table = &self.table.name;
        Error::Broken(text!(
            "the delta's files of the table `{table}` do not fit together",
            "файлы дельты для таблицы `{table}` не согласованы между собой"
        ))
    }

    /// Whether every row is an old one in its place.
    fn is_as_before(&self) -> bool {
        let TableEntry {
            added,
            changed,
            deleted,
            reformed,
            ..
        } = self.entry;
        [added, changed, deleted, reformed]
            .into_iter()
            .all(|count| *count == 0)
    }
}

/// Whether a script takes old rows in their order.
fn is_forward(parts: &Parts<'_>) -> Result<bool, Error> {
    let mut script = Script::new(open(&parts.order)?, &parts.name("order"));
    let mut next = 0;
    while let Some(run) = script.next()? {
        if run.origin == Origin::Old {
            if run.first < next {
                return Ok(false);
            }
            next = run.first + run.count;
        }
    }
    Ok(true)
}

/// The rows that a script takes from, each kind in its order.
struct Rows<'a> {
    parts: &'a Parts<'a>,
    old: TableLines<'a>,
    upsert: TableLines<'a>,
    form: Option<FileLines<'a>>,
}

impl<'a> Rows<'a> {
    fn new(parts: &'a Parts<'a>) -> Result<Rows<'a>, Error> {
        let form = match parts.entry.reformed {
            0 => None,
            _ => Some(FileLines::new(
                Box::new(open(&parts.form)?),
                parts.name("form"),
            )?),
        };
        Ok(Rows {
            parts,
            old: TableLines::new(parts.old, parts.old.files_of(parts.table.id)),
            upsert: TableLines::new(parts.upsert, parts.upsert.files_of(parts.table.id)),
            form,
        })
    }

    /// Copies rows that lie ahead.
    fn copy(&mut self, run: Run, result: &mut NewTable<'_>) -> Result<(), Error> {
        let broken = || self.parts.broken();
        match run.origin {
            Origin::Old => {
                while self.old.at < run.first {
                    if !self.old.next(&mut |_| Ok(()))? {
                        return Err(broken());
                    }
                }
                if self.old.at != run.first {
                    return Err(broken());
                }
                for _ in 0..run.count {
                    if !self.old.next(&mut |line| result.line(line))? {
                        return Err(broken());
                    }
                }
            }
            Origin::Upsert => {
                if self.upsert.at != run.first {
                    return Err(broken());
                }
                for _ in 0..run.count {
                    if !self.upsert.next(&mut |line| result.line(line))? {
                        return Err(broken());
                    }
                }
            }
            Origin::Form => {
                let form = self.form.as_mut().filter(|form| form.at == run.first);
                let form = form.ok_or_else(broken)?;
                for _ in 0..run.count {
                    if !form.next(&mut |line| result.line(line))? {
                        return Err(broken());
                    }
                }
            }
        }
        Ok(())
    }
}
