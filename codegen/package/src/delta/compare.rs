//! Two tables compared: what became of every row, by its place in the new table, and what is gone, by its
//! place in the old one.
//!
//! Keys are compared whole. Rows are compared by the first 16 bytes of SHA-256 over their fields in one
//! form, so that quoting does not count: two different rows are taken for equal with a chance below 1e-30.

use std::thread;

use sha2::{Digest as _, Sha256};
use vitrina_codegen::model::{CsvProfile, NullForm};

use super::Stores;
use super::error::Error;
use super::join::{Entry, Keyed, KeyedSorter, Match, join, number};
use super::journal::FileEntry;
use super::key::{self, Keys};
use super::problem::Problems;
use super::side::{Row, Side};
use crate::code::REQUIRED;
use crate::files::split::quote;
use crate::store::{Sorted, Sorter, Store};

/// Row, hash of its values, hash of its line where that is in another form.
const PAYLOAD: usize = 8 + HASH + HASH;
const HASH: usize = 16;

/// What became of a row of the new table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It was not there.
    Added,
    /// It was there with other values, in this row.
    Changed(u64),
    /// It was there with the same values, its line is another.
    Reformed(u64),
    /// It was there, in this row.
    Same(u64),
}

/// Two tables compared.
pub(super) struct Comparison {
    pub(super) old: Vec<FileEntry>,
    pub(super) new: Vec<FileEntry>,
    pub(super) fates: Fates,
    pub(super) gone: Gone,
}

/// What became of the new table's rows, in order.
pub(super) struct Fates(Sorted);

/// The keys that are gone, in the order of the old table.
pub(super) struct Gone(Sorted);

impl Fates {
    /// The next row's.
    pub(super) fn next(&mut self) -> Result<Option<(u64, Fate)>, Error> {
        let Some(record) = self.0.next().map_err(Error::Spill)? else {
            return Ok(None);
        };
        let old = number(record, 9);
        let fate = match record.get(8) {
            Some(0) => Fate::Added,
            Some(1) => Fate::Changed(old),
            Some(2) => Fate::Reformed(old),
            _ => Fate::Same(old),
        };
        Ok(Some((number(record, 0), fate)))
    }
}

impl Gone {
    /// The next key as a line.
    pub(super) fn next(&mut self) -> Result<Option<Vec<u8>>, Error> {
        let Some(record) = self.0.next().map_err(Error::Spill)? else {
            return Ok(None);
        };
        let mut line = Vec::new();
        key::write_line(record.get(8..).unwrap_or_default(), &mut line);
        Ok(Some(line))
    }
}

/// Compares the tables; `None` when rows stand in the way, which `problems` then holds.
pub(super) fn compare(
    old: &Side<'_>,
    new: &Side<'_>,
    keys: &Keys,
    profile: CsvProfile,
    stores: &Stores,
    parallel: bool,
    problems: &mut Problems,
) -> Result<Option<Comparison>, Error> {
    let read = |side, store| sorted(side, keys, profile, store);
    let (left, right) = if parallel {
        thread::scope(|scope| {
            let left = scope.spawn(|| read(old, &stores.old));
            let right = read(new, &stores.new);
            let left = left
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            (left, right)
        })
    } else {
        (read(old, &stores.old), read(new, &stores.new))
    };
    let ((left, old_files, old_problems), (right, new_files, new_problems)) = (left?, right?);
    let mut found = old_problems;
    found.merge(new_problems);

    let mut fates = Sorter::new(&stores.results);
    let mut gone = Sorter::new(&stores.results);
    let mut record = Vec::new();
    join(left, right, &mut |pair| {
        record.clear();
        match pair {
            Match::Left(entry) => {
                record.extend_from_slice(&number(entry.payload, 0).to_be_bytes());
                record.extend_from_slice(entry.key);
                gone.push(&record).map_err(Error::Spill)
            }
            Match::Right(entry) => push_fate(&mut fates, &mut record, entry, (0, 0)),
            Match::Both(was, is) => {
                let same = |at| was.payload.get(at..at + HASH) == is.payload.get(at..at + HASH);
                let kind = match (same(8), same(8 + HASH)) {
                    (false, _) => 1,
                    (true, false) => 2,
                    (true, true) => 3,
                };
                push_fate(&mut fates, &mut record, is, (kind, number(was.payload, 0)))
            }
            Match::LeftAgain(first, again) => {
                let rows = (number(first.payload, 0), number(again.payload, 0));
                old.repeated(&mut found, rows, keys.shown(first.key), &old_files);
                Ok(())
            }
            Match::RightAgain(first, again) => {
                let rows = (number(first.payload, 0), number(again.payload, 0));
                new.repeated(&mut found, rows, keys.shown(first.key), &new_files);
                Ok(())
            }
        }
    })?;
    if !found.is_empty() {
        problems.merge(found);
        return Ok(None);
    }
    Ok(Some(Comparison {
        old: old_files,
        new: new_files,
        fates: Fates(fates.finish().map_err(Error::Spill)?),
        gone: Gone(gone.finish().map_err(Error::Spill)?),
    }))
}

fn push_fate(
    fates: &mut Sorter,
    record: &mut Vec<u8>,
    entry: Entry<'_>,
    (kind, old): (u8, u64),
) -> Result<(), Error> {
    record.extend_from_slice(&number(entry.payload, 0).to_be_bytes());
    record.push(kind);
    record.extend_from_slice(&old.to_be_bytes());
    fates.push(record).map_err(Error::Spill)
}

/// The rows of one side by key.
fn sorted(
    side: &Side<'_>,
    keys: &Keys,
    profile: CsvProfile,
    store: &Store,
) -> Result<(Keyed, Vec<FileEntry>, Problems), Error> {
    let mut sorter = KeyedSorter::new(store, PAYLOAD);
    let mut problems = Problems::default();
    let mut form = Vec::new();
    let files = side.read(&mut problems, &mut |row| {
        let record = sorter.record();
        if keys.encode(row.line, row.fields, record).is_err() {
            return Ok(Some(REQUIRED));
        }
        record.extend_from_slice(&row.number.to_be_bytes());
        if is_canonical(&row, profile) {
            hash(row.line, record);
            record.extend_from_slice(&[0; HASH]);
        } else {
            canonical(&row, profile, &mut form);
            hash(&form, record);
            hash(row.line, record);
        }
        sorter.push()?;
        Ok(None)
    })?;
    Ok((sorter.finish()?, files, problems))
}

fn hash(bytes: &[u8], out: &mut Vec<u8>) {
    out.extend(Sha256::digest(bytes).iter().take(HASH));
}

/// Whether a line is in the profile's form: every value in quotes, nulls as the profile has them.
fn is_canonical(row: &Row<'_>, profile: CsvProfile) -> bool {
    let quoted_null = profile.null == NullForm::Quoted;
    row.fields
        .iter()
        .all(|field| field.quoted && (quoted_null || field.from < field.to))
        || (!quoted_null
            && row
                .fields
                .iter()
                .all(|field| field.quoted == (field.from < field.to)))
}

fn canonical(row: &Row<'_>, profile: CsvProfile, out: &mut Vec<u8>) {
    out.clear();
    for (at, field) in row.fields.iter().enumerate() {
        if at > 0 {
            out.push(b';');
        }
        if field.from < field.to || profile.null == NullForm::Quoted {
            quote(&field.text(row.line), out);
        }
    }
}
