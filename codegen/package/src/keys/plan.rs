//! Which keys and references are checked, known before the first row.

use std::sync::OnceLock;
use std::sync::atomic::AtomicU64;

use vitrina_codegen::model::{ColumnId, ForeignKey, TableId};

use super::entry::{Entries, Narrow, Wide};
use super::outcome::Breach;
use super::{Keys, Resident};
use crate::{Cause, Strictness, Subject, Unchecked};

/// What a package holds of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Presence {
    /// No file.
    Absent,
    /// A file that cannot be read as rows.
    Unreadable,
    /// Rows, whose header lacks these columns.
    Rows(Vec<ColumnId>),
}

/// What the rows of a package are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// All there are: references must be found.
    Full,
    /// To be inserted or replaced: references may point outside, and are counted only.
    Changes,
    /// Primary keys to be deleted: each once, nothing else.
    Deletions,
}

/// A key of a table.
#[derive(Debug)]
pub(super) struct KeySet {
    pub(super) table: TableId,
    pub(super) columns: Vec<ColumnId>,
    /// What a repeated key is; nothing for columns that are referred to without being unique.
    pub(super) breach: Option<Breach>,
    pub(super) kept: Kept,
    /// Rows with a key.
    pub(super) judged: AtomicU64,
    /// Rows whose key is no value.
    pub(super) unreadable: AtomicU64,
    /// All of it in memory, once it is complete.
    pub(super) resident: OnceLock<Resident>,
}

/// The entries of a key.
#[derive(Debug)]
pub(super) enum Kept {
    /// Nothing refers to it.
    Narrow(Entries<Narrow>),
    /// It is referred to.
    Wide(Entries<Wide>),
}

/// A reference between tables that are there.
#[derive(Debug)]
pub(super) struct Reference {
    pub(super) table: TableId,
    /// As declared.
    pub(super) columns: Vec<ColumnId>,
    /// In the order of the set's columns.
    pub(super) pairs: Vec<ColumnId>,
    pub(super) target: TableId,
    /// Position of the set that it looks into.
    pub(super) set: usize,
    /// Keys to be looked up in the end.
    pub(super) waiting: Entries<Wide>,
    /// Keys that were not found.
    pub(super) orphans: Entries<Wide>,
    /// Rows that refer to something.
    pub(super) judged: AtomicU64,
    /// Rows whose reference is no value.
    pub(super) unreadable: AtomicU64,
}

impl<'m> Keys<'m> {
    /// Decides what is checked.
    pub(super) fn plan(&mut self, present: &impl Fn(TableId) -> Presence, checks: Strictness) {
        for table in self.model.tables() {
            let Presence::Rows(absent) = present(table.id) else {
                continue;
            };
            let primary = (&table.primary_key, Breach::PrimaryKey);
            let unique = table.unique.iter();
            let unique = unique.map(|key| (&key.columns, Breach::UniqueKey));
            for (columns, breach) in std::iter::once(primary).chain(unique) {
                if self.scope == Scope::Deletions && breach != Breach::PrimaryKey {
                    continue;
                }
                let lacks = columns.iter().any(|column| absent.contains(column));
                let cause = match (checks.keys, lacks) {
                    (false, _) => Some(Cause::Chosen),
                    (true, true) => Some(Cause::NoColumns),
                    (true, false) => None,
                };
                match cause {
                    Some(cause) => self.unchecked.push(Unchecked {
                        subject: Subject::Keys,
                        table: Some(table.id),
                        columns: columns.clone(),
                        cause,
                    }),
                    None => self.add_set(table.id, columns.clone(), Some(breach)),
                }
            }
        }
        if self.scope == Scope::Deletions {
            return;
        }
        for table in self.model.tables() {
            let Presence::Rows(absent) = present(table.id) else {
                continue;
            };
            for key in &table.foreign_keys {
                let cause = match (checks.references, present(key.table)) {
                    (false, _) => Some(Cause::Chosen),
                    (true, Presence::Absent) if self.scope == Scope::Changes => {
                        Some(Cause::Changes)
                    }
                    (true, Presence::Absent) => Some(Cause::NoTable(key.table)),
                    (true, Presence::Unreadable) => Some(Cause::UnreadableTable(key.table)),
                    (true, Presence::Rows(_))
                        if key.columns.iter().any(|column| absent.contains(column)) =>
                    {
                        Some(Cause::NoColumns)
                    }
                    (true, Presence::Rows(lacking))
                        if key.target.iter().any(|column| lacking.contains(column)) =>
                    {
                        Some(Cause::UnreadableTable(key.table))
                    }
                    (true, Presence::Rows(_)) => None,
                };
                match cause {
                    Some(cause) => self.unchecked.push(Unchecked {
                        subject: Subject::References(key.table),
                        table: Some(table.id),
                        columns: key.columns.clone(),
                        cause,
                    }),
                    None => self.add_reference(table.id, key),
                }
            }
        }
    }

    fn add_set(&mut self, table: TableId, columns: Vec<ColumnId>, breach: Option<Breach>) {
        self.sets.push(KeySet {
            table,
            columns,
            breach,
            kept: Kept::Narrow(Entries::new(&self.store)),
            judged: AtomicU64::new(0),
            unreadable: AtomicU64::new(0),
            resident: OnceLock::new(),
        });
    }

    fn add_reference(&mut self, table: TableId, key: &ForeignKey) {
        let is_target = |columns: &[ColumnId]| {
            columns.len() == key.target.len()
                && columns.iter().all(|column| key.target.contains(column))
        };
        let known = self
            .sets
            .iter()
            .position(|set| set.table == key.table && is_target(&set.columns));
        let at = known.unwrap_or_else(|| {
            self.add_set(key.table, key.target.clone(), None);
            self.sets.len() - 1
        });
        let Some(set) = self.sets.get_mut(at) else {
            return;
        };
        if matches!(set.kept, Kept::Narrow(_)) {
            set.kept = Kept::Wide(Entries::new(&self.store));
        }
        // The key may be declared in another order than the reference names it.
        let pair = |column: &ColumnId| {
            let at = key.target.iter().position(|target| target == column)?;
            key.columns.get(at).copied()
        };
        let pairs = set.columns.iter().filter_map(pair).collect();
        self.references.push(Reference {
            table,
            columns: key.columns.clone(),
            pairs,
            target: key.table,
            set: at,
            waiting: Entries::new(&self.store),
            orphans: Entries::new(&self.store),
            judged: AtomicU64::new(0),
            unreadable: AtomicU64::new(0),
        });
    }
}
