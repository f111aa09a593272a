//! The delta of one table, written: a second reading of the new table with the fate of every row at hand.

use std::fs;
use std::path::{Path, PathBuf};

use super::compare::{Comparison, Fate};
use super::error::Error;
use super::journal::TableEntry;
use super::order::{HEADER, Origin, Runs};
use super::side::{Side, Which, header};
use crate::files::aside::OutError;
use crate::files::out::{OutFile, Written};

/// What was written of a table.
pub(super) struct Made {
    pub(super) entry: TableEntry,
    /// The file of rows to upsert with its rows, if there are any.
    pub(super) upsert: Option<(u64, Written)>,
    /// The file of keys to delete with its rows, if there are any.
    pub(super) delete: Option<(u64, Written)>,
}

/// A file that is made when the first line comes.
struct LazyFile {
    path: PathBuf,
    header: String,
    file: Option<OutFile>,
    rows: u64,
}

impl LazyFile {
    fn new(path: PathBuf, header: String) -> LazyFile {
        LazyFile {
            path,
            header,
            file: None,
            rows: 0,
        }
    }

    fn line(&mut self, line: &[u8]) -> Result<(), Error> {
        let file = match &mut self.file {
            Some(file) => file,
            none => {
                if let Some(folder) = self.path.parent() {
                    fs::create_dir_all(folder).map_err(OutError::at(folder))?;
                }
                let mut file = OutFile::create(&self.path)?;
                file.write(self.header.as_bytes())?;
                none.insert(file)
            }
        };
        self.rows += 1;
        file.write(b"\n")?;
        Ok(file.write(line)?)
    }

    fn finish(self) -> Result<Option<(u64, Written)>, Error> {
        match self.file {
            Some(file) => Ok(Some((self.rows, file.finish()?))),
            None => Ok(None),
        }
    }
}

/// Writes what became of the table `new.table` below `folder`.
pub(super) fn make(new: &Side<'_>, comparison: Comparison, folder: &Path) -> Result<Made, Error> {
    let table = new.table;
    let name = format!("{}.csv", table.name);
    let all: Vec<_> = table.columns.iter().map(|column| column.id).collect();
    let rows = || header(table, &all);
    let mut upsert = LazyFile::new(folder.join("upsert").join(&name), rows());
    let mut form = LazyFile::new(folder.join("form").join(&name), rows());
    let keys = header(table, &table.primary_key);
    let mut delete = LazyFile::new(folder.join("delete").join(&name), keys);
    let mut order = LazyFile::new(folder.join("order").join(&name), HEADER.to_owned());

    let Comparison {
        old: old_files,
        new: new_files,
        mut fates,
        mut gone,
    } = comparison;
    let mut entry = TableEntry {
        table: table.name.clone(),
        added: 0,
        changed: 0,
        deleted: 0,
        unchanged: 0,
        reformed: 0,
        script: false,
        old: old_files,
        new: new_files,
    };
    let changed_meanwhile = || {
        let name = entry.new.first().map(|file| file.name.clone());
        Error::Changed(Which::New, name.unwrap_or_default())
    };
    let mut runs = Runs::default();
    let mut usual = Usual::default();
    let (mut added, mut changed, mut unchanged, mut reformed) = (0, 0, 0, 0);
    let mut problems = super::problem::Problems::default();
    let files = new.read(&mut problems, &mut |row| {
        let (number, fate) = fates.next()?.ok_or_else(changed_meanwhile)?;
        if number != row.number {
            return Err(changed_meanwhile());
        }
        usual.take(fate);
        let (origin, at) = match fate {
            Fate::Same(old) => {
                unchanged += 1;
                (Origin::Old, old)
            }
            Fate::Reformed(_) => {
                unchanged += 1;
                reformed += 1;
                form.line(row.line)?;
                (Origin::Form, form.rows - 1)
            }
            Fate::Changed(_) | Fate::Added => {
                let count = match fate {
                    Fate::Added => &mut added,
                    _ => &mut changed,
                };
                *count += 1;
                upsert.line(row.line)?;
                (Origin::Upsert, upsert.rows - 1)
            }
        };
        if let Some(run) = runs.push(origin, at) {
            order.line(run.to_line().as_bytes())?;
        }
        Ok(None)
    })?;
    // The first reading made the fates: what is read now must be the same bytes.
    if !problems.is_empty() || files != entry.new || fates.next()?.is_some() {
        return Err(changed_meanwhile());
    }
    if let Some(run) = runs.finish() {
        order.line(run.to_line().as_bytes())?;
    }
    while let Some(line) = gone.next()? {
        delete.line(&line)?;
    }
    entry.added = added;
    entry.changed = changed;
    entry.unchanged = unchanged;
    entry.reformed = reformed;
    entry.deleted = delete.rows;
    entry.script = !usual.holds;
    let script = order.path.clone();
    let written = order.finish()?;
    if usual.holds && written.is_some() {
        fs::remove_file(&script).map_err(OutError::at(&script))?;
    }
    form.finish()?;
    Ok(Made {
        entry,
        upsert: upsert.finish()?,
        delete: delete.finish()?,
    })
}

/// Whether the new rows stand in the order that they have without a script: old ones as they stood, new ones
/// behind.
struct Usual {
    holds: bool,
    /// The old row behind the last one that stayed.
    next: u64,
    in_new_ones: bool,
}

impl Default for Usual {
    fn default() -> Usual {
        Usual {
            holds: true,
            next: 0,
            in_new_ones: false,
        }
    }
}

impl Usual {
    fn take(&mut self, fate: Fate) {
        match fate {
            Fate::Added => self.in_new_ones = true,
            Fate::Changed(old) | Fate::Reformed(old) | Fate::Same(old) => {
                self.holds &= old >= self.next && !self.in_new_ones;
                self.next = old + 1;
            }
        }
    }
}
