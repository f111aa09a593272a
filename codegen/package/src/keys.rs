//! Keys, each once, and references, each to a row: exact at any size.
//!
//! ```text
//! rows ─► fingerprints ─► entries by partition ─┬─ equal ones ─► rows read again ─► duplicates
//!         (of keys)       (memory, then disk)   └─ parents' ◄── children's ─► orphans by parent
//! ```
//!
//! What is kept of a key is its fingerprint and its row, never its bytes:
//!
//! - of a key that nothing refers to, 64 bits. Equal fingerprints make candidates only: their rows are
//!   read again, through [`FetchKey`], and compared by their bytes. So 16 bytes a key.
//! - of a key that is referred to, and of a reference, 128 bits. Reading the parents again for every child
//!   would cost more than the whole scan, so a fingerprint that is found counts as the key. A single
//!   column that is no text maps to its fingerprint one to one (but for one value of 2¹²⁸, which shares
//!   another's), so there is nothing to confuse; texts and keys of several columns are hashed with secrets
//!   drawn in every run. That any of 10⁹ orphans of a package is hidden by one of 10⁸ parents then has a
//!   chance of 3·10⁻²², far below that of a memory error. So 24 bytes a key.
//!
//! A parent table that is complete ([`Keys::table_done`]) answers its children at once while its set fits
//! into memory; children that come earlier, refer to their own table, or meet a set that is too large wait in
//! partitions and are looked up in the end.

mod batch;
mod entry;
mod exact;
mod fetch;
mod fingerprint;
mod finish;
mod orphans;
mod outcome;
mod parallel;
mod passes;
mod plan;
mod probe;
mod set;
#[cfg(test)]
mod tests;
mod unique;
mod worker;

pub use fetch::FetchKey;
pub use finish::Ending;
pub use outcome::{Breach, KeyOutcome, ReferenceOutcome, SetOutcome};
pub use plan::{Presence, Scope};

use std::io;

use vitrina_codegen::model::{ColumnId, Model, TableId};

use crate::store::{Seed, Store};
use crate::{Consumer, Options, RowWorker, Unchecked};
use entry::{Entry as _, Wide};
use plan::{Kept, KeySet, Reference};
use set::Table;

/// The keys and references of a package.
#[derive(Debug)]
pub struct Keys<'m> {
    model: &'m Model,
    store: Store,
    seed: Seed,
    scope: Scope,
    samples: usize,
    sets: Vec<KeySet>,
    references: Vec<Reference>,
    /// What is known from the start not to be checked.
    unchecked: Vec<Unchecked<'m>>,
}

impl<'m> Keys<'m> {
    /// The keys of every table that is `present`, and the references between such tables.
    pub fn new(
        model: &'m Model,
        present: impl Fn(TableId) -> Presence,
        scope: Scope,
        options: &Options,
        store: &Store,
    ) -> Keys<'m> {
        let mut keys = Keys {
            model,
            store: store.clone(),
            seed: store.seed().derive(2),
            scope,
            samples: options.samples,
            sets: Vec::new(),
            references: Vec::new(),
            unchecked: Vec::new(),
        };
        keys.plan(&present, options.strictness);
        keys
    }

    /// Says that all workers of a table are finished and no row of it follows. Children scanned later are
    /// then looked up at once, which spares them the way through memory or disk; nothing else depends on
    /// whether or when this is called.
    ///
    /// # Errors
    /// The disk lost what was kept there.
    pub fn table_done(&self, table: TableId) -> io::Result<()> {
        for set in &self.sets {
            if set.table == table
                && let Kept::Wide(entries) = &set.kept
                && self.references.iter().any(|one| self.waits_for(one, set))
                && let Some(resident) = Resident::build(&self.store, entries)?
            {
                // Told twice, the first stays.
                let _ = set.resident.set(resident);
            }
        }
        Ok(())
    }

    /// Whether a reference of another table looks into a set.
    fn waits_for(&self, reference: &Reference, set: &KeySet) -> bool {
        reference.table != set.table
            && self
                .sets
                .get(reference.set)
                .is_some_and(|one| std::ptr::eq(one, set))
    }
}

impl Consumer for Keys<'_> {
    fn columns(&self, table: TableId) -> Vec<ColumnId> {
        let sets = self.sets.iter().filter(|set| set.table == table);
        let references = self.references.iter().filter(|one| one.table == table);
        let mut columns: Vec<ColumnId> = sets
            .flat_map(|set| set.columns.iter().copied())
            .chain(references.flat_map(|one| one.columns.iter().copied()))
            .collect();
        columns.sort_unstable();
        columns.dedup();
        columns
    }

    fn worker(&self, table: TableId) -> Option<Box<dyn RowWorker + '_>> {
        worker::Worker::new(self, table).map(|worker| Box::new(worker) as Box<dyn RowWorker>)
    }

    fn finished(&self, table: TableId) -> io::Result<()> {
        self.table_done(table)
    }
}

/// The fingerprints of a parent table, to be asked at once.
#[derive(Debug)]
struct Resident {
    table: Table<u128>,
    _reserved: crate::Reserved,
}

impl Resident {
    /// The fingerprints of some entries; `None` when they would take more than half of what memory is left.
    fn build(store: &Store, entries: &entry::Entries<Wide>) -> io::Result<Option<Resident>> {
        let slots = Table::<u128>::slots_of(entries.records());
        let bytes = slots.saturating_mul(size_of::<u128>() as u64);
        let budget = store.budget();
        if bytes > budget.limit().saturating_sub(budget.used()) / 2 {
            return Ok(None);
        }
        let Some(reserved) = budget.reserve(bytes) else {
            return Ok(None);
        };
        let mut table = Table::new(entries.records());
        for partition in 0..entry::PARTITIONS {
            // Partitions share their highest bits: each falls into a stretch of its own.
            entries.for_each(partition, |entry| {
                table.insert(entry.high(), entry.fingerprint);
            })?;
        }
        Ok(Some(Resident {
            table,
            _reserved: reserved,
        }))
    }
}
