//! What can be said of a package when its tables are read: whether the manifest was right, and what would
//! be deleted.

use std::collections::BTreeMap;

use vitrina_codegen::model::{Model, TableId};
use vitrina_codegen::text;

use super::{Mode, Package, whole};
use crate::read::TableRead;
use crate::{Facts, GroupKey, Options, Tally, code};

impl Package {
    /// Compares what was read with the manifest and with the previous package. The findings of reading
    /// itself are among those returned.
    pub fn conclude(
        &self,
        model: &Model,
        reads: &[TableRead],
        options: &Options,
    ) -> Tally<'static> {
        let mut findings = Tally::new(options.samples);
        let mut rows: BTreeMap<TableId, u64> = BTreeMap::new();
        let mut is_partial: BTreeMap<TableId, bool> = BTreeMap::new();
        for read in reads {
            findings.merge(read.findings.clone());
            *rows.entry(read.table).or_default() += read.rows();
            let is_short = read.files.len() < self.files_of(read.table).len()
                || read.files.iter().any(|file| !file.is_whole);
            *is_partial.entry(read.table).or_default() |= is_short;
            for file in &read.files {
                if file.is_whole {
                    self.conclude_file(file, &mut findings);
                }
            }
        }
        if self.mode == Mode::Full {
            for (table, before) in self.previous.iter().flatten() {
                // What could not be read is not gone.
                let is_unread = !self.files_of(*table).is_empty() && !rows.contains_key(table);
                if is_unread || is_partial.get(table) == Some(&true) {
                    continue;
                }
                let now = rows.get(table).copied().unwrap_or_default();
                let gone = before.saturating_sub(now);
                if gone as f64 > *before as f64 * options.deletion_threshold {
                    let facts = Facts::default()
                        .with("found", gone.to_string())
                        .with("expected", before.to_string());
                    let key = GroupKey {
                        facts,
                        ..GroupKey::of_table(code::DELETIONS, *table)
                    };
                    findings.add(key, whole(&model.table(*table).name));
                }
            }
        }
        findings
    }

    fn conclude_file(&self, read: &crate::read::FileRead, findings: &mut Tally<'static>) {
        let Some(entry) = self.files.get(read.file) else {
            return;
        };
        if read.rows == 0 && self.mode == Mode::Full {
            let facts = Facts::default().with("file", entry.name.as_str());
            let key = self.key(code::NO_ROWS, Some(read.file), facts);
            findings.add(key, whole(&entry.name));
        }
        let Some(listed) = self.listed(read.file) else {
            return;
        };
        if read.rows != listed.rows {
            let (found, expected) = (read.rows.to_string(), listed.rows.to_string());
            self.figure(
                read.file,
                text!("rows", "строк"),
                &found,
                &expected,
                findings,
            );
        }
        // Other bytes have another hash: their number is said already.
        let is_other = read
            .sha256
            .as_ref()
            .is_some_and(|hash| *hash != listed.sha256);
        if is_other && read.bytes == listed.bytes {
            let facts = Facts::default().with("file", entry.name.as_str());
            let key = self.key(code::MANIFEST_HASH, Some(read.file), facts);
            findings.add(key, whole(&entry.name));
        }
    }
}
