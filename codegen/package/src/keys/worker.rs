//! Takes the keys and references of a table's rows on one thread.

use std::io;
use std::sync::atomic::Ordering;

use vitrina_codegen::model::TableId;

use super::batch::Batch;
use super::entry::{Entry as _, EntryWriter, Narrow, Wide};
use super::fingerprint::{Found, narrow, wide};
use super::plan::{Kept, KeySet, Reference};
use super::{Keys, Resident};
use crate::store::Seed;
use crate::{Cell, RowId, RowWorker};

pub(super) struct Worker<'k> {
    seed: &'k Seed,
    sets: Vec<SetWorker<'k>>,
    references: Vec<ReferenceWorker<'k>>,
    bytes: Vec<u8>,
    error: Option<io::Error>,
}

struct SetWorker<'k> {
    set: &'k KeySet,
    judged: u64,
    unreadable: u64,
    writer: SetWriter<'k>,
}

enum SetWriter<'k> {
    Narrow(EntryWriter<'k, Narrow>),
    Wide(EntryWriter<'k, Wide>),
}

struct ReferenceWorker<'k> {
    reference: &'k Reference,
    judged: u64,
    unreadable: u64,
    way: Way<'k>,
}

/// Where a child goes.
enum Way<'k> {
    /// Its parents are not all known, or too many.
    Wait(EntryWriter<'k, Wide>),
    /// Its parents are at hand.
    Look {
        parents: &'k Resident,
        batch: Batch<'k>,
    },
}

impl<'k> Worker<'k> {
    /// A worker for a table; `None` when it has no key and no reference to check.
    pub(super) fn new(keys: &'k Keys<'_>, table: TableId) -> Option<Worker<'k>> {
        let sets: Vec<SetWorker<'_>> = keys
            .sets
            .iter()
            .filter(|set| set.table == table)
            .map(|set| SetWorker {
                set,
                judged: 0,
                unreadable: 0,
                writer: match &set.kept {
                    Kept::Narrow(entries) => SetWriter::Narrow(entries.writer()),
                    Kept::Wide(entries) => SetWriter::Wide(entries.writer()),
                },
            })
            .collect();
        let references: Vec<ReferenceWorker<'_>> = keys
            .references
            .iter()
            .filter(|reference| reference.table == table)
            .map(|reference| ReferenceWorker {
                reference,
                judged: 0,
                unreadable: 0,
                way: match keys
                    .sets
                    .get(reference.set)
                    .and_then(|set| set.resident.get())
                {
                    // Of a reference to the own table, rows still come.
                    Some(parents) if reference.target != table => Way::Look {
                        parents,
                        batch: Batch::new(reference.orphans.writer()),
                    },
                    _ => Way::Wait(reference.waiting.writer()),
                },
            })
            .collect();
        (!sets.is_empty() || !references.is_empty()).then(|| Worker {
            seed: &keys.seed,
            sets,
            references,
            bytes: Vec::new(),
            error: None,
        })
    }

    fn take(&mut self, row: u64, cells: &[Cell<'_>]) -> io::Result<()> {
        for one in &mut self.sets {
            let columns = &one.set.columns;
            match &mut one.writer {
                SetWriter::Narrow(writer) => {
                    match narrow(self.seed, columns, cells, &mut self.bytes) {
                        Found::Key(fingerprint) => {
                            one.judged += 1;
                            writer.push(Narrow { fingerprint, row })?;
                        }
                        Found::Null => {}
                        Found::Unreadable => one.unreadable += 1,
                    }
                }
                SetWriter::Wide(writer) => match wide(self.seed, columns, cells, &mut self.bytes) {
                    Found::Key(fingerprint) => {
                        one.judged += 1;
                        writer.push(Wide { fingerprint, row })?;
                    }
                    Found::Null => {}
                    Found::Unreadable => one.unreadable += 1,
                },
            }
        }
        for one in &mut self.references {
            match wide(self.seed, &one.reference.pairs, cells, &mut self.bytes) {
                Found::Key(fingerprint) => {
                    one.judged += 1;
                    one.way.push(Wide { fingerprint, row })?;
                }
                Found::Null => {}
                Found::Unreadable => one.unreadable += 1,
            }
        }
        Ok(())
    }
}

impl RowWorker for Worker<'_> {
    fn row(&mut self, row: RowId, cells: &[Cell<'_>]) {
        if self.error.is_none() {
            self.error = self.take(row.0, cells).err();
        }
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        if let Some(error) = self.error {
            return Err(error);
        }
        for one in self.sets {
            one.set.judged.fetch_add(one.judged, Ordering::Relaxed);
            let unreadable = &one.set.unreadable;
            unreadable.fetch_add(one.unreadable, Ordering::Relaxed);
            match one.writer {
                SetWriter::Narrow(writer) => writer.finish()?,
                SetWriter::Wide(writer) => writer.finish()?,
            }
        }
        for one in self.references {
            let reference = one.reference;
            reference.judged.fetch_add(one.judged, Ordering::Relaxed);
            let unreadable = &reference.unreadable;
            unreadable.fetch_add(one.unreadable, Ordering::Relaxed);
            one.way.finish()?;
        }
        Ok(())
    }
}

impl Way<'_> {
    #[inline]
    fn push(&mut self, child: Wide) -> io::Result<()> {
        match self {
            Way::Wait(writer) => writer.push(child),
            Way::Look { parents, batch } => batch.push(child, &parents.table, Wide::high),
        }
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Way::Wait(writer) => writer.finish(),
            Way::Look { parents, mut batch } => {
                batch.look_up(&parents.table, Wide::high)?;
                batch.finish()
            }
        }
    }
}
