//! What can be said of a package when its tables are read: whether the manifest was right, and what would
//! be deleted.

use std::collections::BTreeMap;

use vitrina_codegen::model::{Model, TableId};
use vitrina_codegen::text;

use super::{Mode, Package, whole};
use crate::read::TableRead;
use crate::{Cause, Facts, GroupKey, Options, Subject, Tally, Unchecked, code};

impl Package {
    /// Compares what was read with the manifest and with the previous package, and says what could not be
    /// compared. The findings of reading itself are among those returned.
    pub fn conclude(
        &self,
        model: &Model,
        reads: &[TableRead],
        options: &Options,
    ) -> (Tally<'static>, Vec<Unchecked<'static>>) {
        let mut findings = Tally::new(options.samples);
        let mut unchecked = Vec::new();
        // Rows of tables of which every file was read to its end.
        let mut rows: BTreeMap<TableId, u64> = BTreeMap::new();
        for read in reads {
            findings.merge(read.findings.clone());
            let whole = read.files.iter().filter(|file| file.is_whole);
            if whole.clone().count() == self.files_of(read.table).len() {
                rows.insert(read.table, read.rows());
            }
            for file in whole {
                self.conclude_file(file, &mut findings);
            }
        }
        let mut not = |subject, table| {
            unchecked.push(Unchecked {
                subject,
                table: Some(table),
                columns: Vec::new(),
                cause: Cause::UnreadableTable(table),
            });
        };
        if self.manifest.is_some() {
            for (table, _) in self.tables().filter(|(table, _)| !rows.contains_key(table)) {
                not(Subject::Manifest, table);
            }
        }
        for (table, before) in self.previous.iter().flatten() {
            // What cannot be read is not gone.
            let is_there = !self.files_of(*table).is_empty() || self.refused.contains(table);
            match rows.get(table) {
                Some(now) => self.judge_gone(model, *table, *before, *now, options, &mut findings),
                None if is_there => not(Subject::Deletions, *table),
                None => self.judge_gone(model, *table, *before, 0, options, &mut findings),
            }
        }
        (findings, unchecked)
    }

    fn judge_gone(
        &self,
        model: &Model,
        table: TableId,
        before: u64,
        now: u64,
        options: &Options,
        findings: &mut Tally<'static>,
    ) {
        let gone = before.saturating_sub(now);
        if gone as f64 <= before as f64 * options.deletion_threshold {
            return;
        }
        let facts = Facts::default()
            .with("found", gone.to_string())
            .with("expected", before.to_string());
        let key = GroupKey {
            facts,
            ..GroupKey::of_table(code::DELETIONS, table)
        };
        findings.add(key, whole(&model.table(table).name));
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
