//! One table made of its old rows and its changes: runs of rows, from a script or from a join by key, put one
//! behind the other and cut into the new table's files.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::vec;

use vitrina_codegen::model::{Model, Table};
use vitrina_codegen::text;

use super::apply::open;
use super::error::Error;
use super::join::{KeyedSorter, Match, join, number};
use super::journal::{FileEntry, TableEntry};
use super::key::Keys;
use super::order::{Origin, Run, Script};
use super::problem::Problems;
use super::side::{Side, Which, header};

use crate::files::lines::Lines;
use crate::files::out::OutFile;
use crate::files::source::Source;
use crate::store::{Sorted, Sorter, Store};

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
pub(super) fn rebuild(parts: &Parts<'_>, folder: &Path, store: &Store) -> Result<(), Error> {
    let mut result = NewTable::new(parts, folder);
    if parts.entry.script {
        if is_forward(parts)? {
            let mut script = Script::new(open(&parts.order)?, &parts.name("order"));
            let mut rows = Rows::new(parts)?;
            while let Some(run) = script.next()? {
                rows.copy(run, &mut result)?;
            }
        } else {
            shuffled(parts, store, &mut result)?;
        }
    } else if parts.is_as_before() {
        let mut lines = TableLines::new(parts.old, parts.old.files_of(parts.table.id));
        while lines.next(&mut |line| result.line(line))? {}
    } else {
        by_key(parts, store, &mut result)?;
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

/// Any order of old rows: they are sorted to their new places, on the disk when they outgrow the memory.
fn shuffled(parts: &Parts<'_>, store: &Store, result: &mut NewTable<'_>) -> Result<(), Error> {
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

/// Kinds of changes, as they stand in sorted records.
const UPSERT: u8 = 1;
const FORM: u8 = 2;
const DELETE: u8 = 3;

/// The order without a script: changed rows in the place of the old ones, new ones behind.
fn by_key(parts: &Parts<'_>, store: &Store, result: &mut NewTable<'_>) -> Result<(), Error> {
    let mut actions = actions(parts, store)?;
    let mut rows = Rows::new(parts)?;
    let total = super::summary::rows(&parts.entry.old);
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
fn actions(parts: &Parts<'_>, store: &Store) -> Result<Sorted, Error> {
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
    let mut before = KeyedSorter::new(store, PAYLOAD);
    collect(
        &Side::full(Which::Old, parts.old, table, 10),
        &row_keys,
        0,
        &mut before,
    )?;
    let mut changes = KeyedSorter::new(store, PAYLOAD);
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

    let mut actions = Sorter::new(store);
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

/// The rows of a table's files, one after another.
struct TableLines<'a> {
    source: &'a Source,
    files: vec::IntoIter<usize>,
    current: Option<FileLines<'a>>,
    /// The next row.
    at: u64,
}

impl<'a> TableLines<'a> {
    fn new(source: &'a Source, files: Vec<usize>) -> TableLines<'a> {
        TableLines {
            source,
            files: files.into_iter(),
            current: None,
            at: 0,
        }
    }

    /// Hands the next row on; false behind the last.
    fn next(&mut self, take: &mut dyn FnMut(&[u8]) -> Result<(), Error>) -> Result<bool, Error> {
        loop {
            if let Some(lines) = &mut self.current {
                if lines.next(take)? {
                    self.at += 1;
                    return Ok(true);
                }
            }
            let Some(file) = self.files.next() else {
                return Ok(false);
            };
            let name = self.source.name(file);
            let input = self.source.read(file).map_err(Error::reading(name))?;
            self.current = Some(FileLines::new(input, name.to_owned())?);
        }
    }
}

/// The rows of one file.
struct FileLines<'a> {
    lines: Lines<Box<dyn Read + Send + 'a>>,
    name: String,
    at: u64,
}

impl<'a> FileLines<'a> {
    /// Behind the header.
    fn new(input: Box<dyn Read + Send + 'a>, name: String) -> Result<FileLines<'a>, Error> {
        let mut lines = Lines::new(input);
        lines.next().map_err(Error::reading(&name))?;
        Ok(FileLines { lines, name, at: 0 })
    }

    fn next(&mut self, take: &mut dyn FnMut(&[u8]) -> Result<(), Error>) -> Result<bool, Error> {
        let Some(line) = self.lines.next().map_err(Error::reading(&self.name))? else {
            return Ok(false);
        };
        if !line.whole {
            return Err(Error::broken_line(&self.name, self.at + 2));
        }
        self.at += 1;
        take(line.bytes)?;
        Ok(true)
    }
}

/// The new table's files, being written.
struct NewTable<'a> {
    parts: &'a Parts<'a>,
    folder: PathBuf,
    header: String,
    files: std::slice::Iter<'a, FileEntry>,
    current: Option<(&'a FileEntry, OutFile, u64)>,
}

impl<'a> NewTable<'a> {
    fn new(parts: &'a Parts<'a>, folder: &Path) -> NewTable<'a> {
        let columns: Vec<_> = parts.table.columns.iter().map(|column| column.id).collect();
        NewTable {
            parts,
            folder: folder.to_owned(),
            header: header(parts.table, &columns),
            files: parts.entry.new.iter(),
            current: None,
        }
    }

    /// Puts a row behind the others.
    fn line(&mut self, line: &[u8]) -> Result<(), Error> {
        loop {
            if let Some((entry, file, rows)) = &mut self.current {
                if *rows < entry.rows {
                    *rows += 1;
                    file.write(b"\n")?;
                    return Ok(file.write(line)?);
                }
            }
            if !self.next_file()? {
                return Err(self.parts.broken());
            }
        }
    }

    /// Ends a file and begins the next; false behind the last.
    fn next_file(&mut self) -> Result<bool, Error> {
        if let Some((entry, mut file, rows)) = self.current.take() {
            if entry.final_line_feed {
                file.write(b"\n")?;
            }
            let written = file.finish()?;
            if rows != entry.rows || written.bytes != entry.bytes || written.sha256 != entry.sha256
            {
                return Err(Error::Mismatch(entry.name.clone()));
            }
        }
        let Some(entry) = self.files.next() else {
            return Ok(false);
        };
        let mut file = OutFile::create(&self.folder.join(&entry.name))?;
        file.write(self.header.as_bytes())?;
        self.current = Some((entry, file, 0));
        Ok(true)
    }

    fn finish(mut self) -> Result<(), Error> {
        while self.next_file()? {}
        Ok(())
    }
}
