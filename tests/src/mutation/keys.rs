//! Keys that come more than once, and references to what is not there, by comparing all keys of the rows.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use vitrina_codegen::model::{ColumnId, Model, Table, TableId};
use vitrina_codegen::sample::Cells;

use super::lines::canonical;

/// The rows of the tables that can be read.
pub(super) type Rows<'r> = BTreeMap<TableId, Vec<&'r Cells>>;

/// Rows that break a key or a reference: code, table, columns, position of the row, how many it stands for.
pub(super) type Found = Vec<(&'static str, TableId, Vec<ColumnId>, usize, u64)>;

/// Judges all keys and references.
pub(super) fn judge(model: &Model, rows: &Rows<'_>) -> Found {
    let mut found = Vec::new();
    let mut sets: HashMap<(TableId, &[ColumnId]), HashSet<String>> = HashMap::new();
    for (id, rows) in rows {
        let table = model.table(*id);
        let unique = table.unique.iter().map(|key| ("V0602", &key.columns));
        for (code, columns) in std::iter::once(("V0601", &table.primary_key)).chain(unique) {
            let mut seen: HashMap<String, Vec<usize>> = HashMap::new();
            for (at, row) in rows.iter().enumerate() {
                if let Some(key) = key(table, row, columns) {
                    seen.entry(key).or_default().push(at);
                }
            }
            let doubled: BTreeSet<usize> = (seen.values())
                .filter(|rows| rows.len() > 1)
                .flatten()
                .copied()
                .collect();
            found.extend(
                doubled
                    .iter()
                    .map(|at| (code, *id, columns.clone(), *at, 1)),
            );
            sets.insert((*id, columns), seen.into_keys().collect());
        }
    }
    for (id, rows) in rows {
        let table = model.table(*id);
        for foreign in &table.foreign_keys {
            let Some(targets) = sets.get(&(foreign.table, foreign.target.as_slice())) else {
                continue;
            };
            let mut orphans: BTreeMap<String, (usize, u64)> = BTreeMap::new();
            for (at, row) in rows.iter().enumerate() {
                if let Some(key) = key(table, row, &foreign.columns)
                    && !targets.contains(&key)
                {
                    orphans.entry(key).or_insert((at, 0)).1 += 1;
                }
            }
            let columns = || foreign.columns.clone();
            let orphans = orphans.into_values();
            found.extend(orphans.map(|(at, count)| ("V0701", *id, columns(), at, count)));
        }
    }
    found
}

/// The values of a key as one text; none where one is null or unreadable.
fn key(table: &Table, row: &Cells, columns: &[ColumnId]) -> Option<String> {
    let mut key = String::new();
    for id in columns {
        key += &canonical(table.column(*id), row.get(id.index())?.as_deref())?;
        key.push('\u{1f}');
    }
    Some(key)
}
