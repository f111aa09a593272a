//! From the files of a package to its outcome.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use vitrina_codegen::model::{
    AssertionBody, CheckSeverity, ColumnId, Metric, Pattern, Structure, Table, TableId,
};

use super::table::{Job, Scan};
use super::{Outcome, Progress, Run, Stage, TableOutcome};
use crate::attribution::Extent;
use crate::column::Sought;
use crate::inventory::Mode;
use crate::keys::{Breach, Ending, FetchKey, KeyOutcome, Keys, Presence, Scope};
use crate::read::{self, ReadOptions, TableRead};
use crate::scan::{FileForm, Forms, Reread, Seams, TablePlan};
use crate::store::Store;
use crate::{
    Cause, Consumer, Error, Judged, Marks, RowId, Rules, Subject, TableState, Tables, Tally,
    Unchecked, code,
};

/// By what is broken and where: what rows are marked as.
type Breaches = BTreeMap<(Breach, TableId), Vec<(Metric, CheckSeverity)>>;

impl<'m> Run<'m, '_> {
    /// Scans all tables, then compares what hangs together.
    pub(super) fn scan(mut self, progress: &dyn Progress) -> Result<Outcome<'m>, Error> {
        let mut tally = std::mem::replace(&mut self.tally, Tally::new(0));
        let mut unchecked = std::mem::take(&mut self.unchecked);
        let marks = Arc::new(Marks::new(self.model));
        let store = Store::of(self.options);
        let scope = match self.package.mode {
            Mode::Full => Scope::Full,
            Mode::Upsert => Scope::Changes,
            Mode::Delete => Scope::Deletions,
        };
        let presence = |table| self.presence(table);
        let keys = Keys::new(self.model, presence, scope, self.options, &store);
        // The rows of such a package are keys: rules have nothing to look at.
        let rules = (self.package.mode != Mode::Delete).then(|| {
            let tables = self.states();
            Rules::new(self.model, tables, self.options, &store, marks.clone())
        });
        let jobs = self.jobs();
        let mut consumers: Vec<&dyn Consumer> = vec![&keys];
        consumers.extend(rules.iter().map(|rules| rules as &dyn Consumer));
        progress.stage(Stage::Scan);
        let scan = Scan {
            today: self.options.moment.today,
            marks: &marks,
            consumers: &consumers,
            samples: self.options.samples,
            threads: self.options.threads.get(),
            progress,
            total: self.package.bytes_to_read(),
        };
        scan.all(&jobs).map_err(Error::Temporary)?;
        drop(consumers);
        let mut done = Vec::new();
        let mut reads = Vec::new();
        for job in jobs {
            let found = job.found.into_inner();
            if let Some(found) = found.unwrap_or_else(PoisonError::into_inner) {
                found.tally(&job.plan, &mut tally, &mut unchecked);
            }
            if self.package.mode != Mode::Delete {
                unchecked.extend(job.plan.left_out());
            }
            reads.push(job.source.finish());
            done.push((job.plan, job.forms));
        }
        self.mark_judged(&marks, &reads);
        let broken_rows = |table: TableId| broken_rows(&marks, &reads, table);
        self.say_broken(&reads, &broken_rows, &mut unchecked);
        let fetch = Reread {
            package: &self.package,
            tables: done
                .iter()
                .zip(&reads)
                .map(|((plan, forms), read)| (read.table, (plan, forms, &read.places)))
                .collect(),
        };
        progress.stage(Stage::Keys);
        let breaches = self.breaches();
        let ending = (&fetch as &dyn FetchKey, &broken_rows as &_);
        let keys = self
            .finish_keys(
                keys,
                ending,
                (&marks, &breaches),
                (&mut tally, &mut unchecked),
            )
            .map_err(Error::Temporary)?;
        progress.stage(Stage::Rules);
        let judged = match rules {
            Some(rules) => rules
                .finish(&broken_rows, &mut tally, &mut unchecked)
                .map_err(Error::Temporary)?,
            None => {
                unchecked.extend(self.rules_of_changes());
                Judged {
                    rules: Vec::new(),
                    indicators: Vec::new(),
                }
            }
        };
        let (findings, more) = self.package.conclude(self.model, &reads, self.options);
        tally.merge(findings);
        unchecked.extend(more);
        unchecked.sort();
        unchecked.dedup();
        let tables = self.tables(&reads, &broken_rows);
        Ok(Outcome {
            metrics: marks.metrics(self.model),
            package: self.package,
            layouts: self.layouts,
            reads,
            tables,
            tally,
            unchecked,
            keys,
            rules: judged.rules,
            indicators: judged.indicators,
        })
    }

    /// What there is to scan, in load order.
    fn jobs<'p>(&'p self) -> Vec<Job<'p, 'm>> {
        let sought = Arc::new(Sought::of(self.free_text()));
        let options = ReadOptions {
            samples: self.options.samples,
            ..ReadOptions::default()
        };
        let mut jobs = Vec::new();
        for table in self.model.load_order() {
            let files = self.readable(table.id);
            if files.is_empty() {
                continue;
            }
            let absent = self.absent(table);
            let forms: Forms = files
                .iter()
                .map(|(file, layout)| (*file, FileForm::of(layout)))
                .collect();
            let plan = TablePlan::new(
                self.model,
                table,
                self.package.profile,
                &self.attribution,
                &sought,
                &absent,
            );
            jobs.push(Job {
                plan,
                forms,
                bytes: files
                    .iter()
                    .map(|(file, _)| self.package.bytes(*file))
                    .sum(),
                source: read::chunks(&self.package, table.id, files, options),
                seams: Seams::new(),
                found: Mutex::new(None),
            });
        }
        jobs
    }

    /// The columns of a table that one of its files lacks.
    fn absent(&self, table: &Table) -> Vec<ColumnId> {
        if self.package.mode == Mode::Delete {
            let columns = table.columns.iter().map(|column| column.id);
            return columns
                .filter(|id| !table.primary_key.contains(id))
                .collect();
        }
        let files = self.package.files_of(table.id).iter();
        let layouts = files.filter_map(|file| self.layouts.get(file));
        let mut absent: Vec<ColumnId> = layouts.flat_map(|one| one.absent.clone()).collect();
        absent.sort_unstable();
        absent.dedup();
        absent
    }

    fn presence(&self, table: TableId) -> Presence {
        match self.state(table) {
            TableState::Missing => Presence::Absent,
            TableState::Unreadable => Presence::Unreadable,
            TableState::Present => match self.package.mode {
                // What such a file lacks is not asked for.
                Mode::Delete => Presence::Rows(Vec::new()),
                _ => Presence::Rows(self.absent(self.model.table(table))),
            },
        }
    }

    fn state(&self, table: TableId) -> TableState {
        let files = self.package.files_of(table);
        match files.iter().any(|file| self.layouts.contains_key(file)) {
            true => TableState::Present,
            false if files.is_empty() => TableState::Missing,
            false => TableState::Unreadable,
        }
    }

    fn states(&self) -> Tables {
        let mut tables = Tables::new(self.model, self.package.mode != Mode::Full);
        for table in self.model.tables() {
            tables.set(table.id, self.state(table.id));
        }
        tables
    }

    /// What free text must not hold.
    fn free_text(&self) -> impl Iterator<Item = &'m Pattern> + use<'m> {
        let rules = self.model.rules().iter();
        let assertions = rules.flat_map(|rule| &rule.assertions);
        assertions
            .filter_map(|assertion| match &assertion.body {
                AssertionBody::Structure(Structure::FreeText(patterns)) => Some(patterns),
                _ => None,
            })
            .flatten()
    }

    /// Says what every row is judged for.
    fn mark_judged(&self, marks: &Marks, reads: &[TableRead]) {
        let holds = |table| self.state(table) == TableState::Present;
        for read in reads {
            marks.holds(read.table, read.rows());
            let table = self.model.table(read.table);
            for (metric, extent) in self.attribution.judged(table, holds) {
                if self.package.mode != Mode::Delete || extent == Extent::Lines {
                    marks.judged_all(read.table, metric, extent);
                }
            }
        }
    }

    /// Says what was not checked for broken lines and missing columns.
    fn say_broken(
        &self,
        reads: &[TableRead],
        broken_rows: &dyn Fn(TableId) -> u64,
        unchecked: &mut Vec<Unchecked<'m>>,
    ) {
        for table in self.model.tables() {
            let one = |subject, columns, cause| Unchecked {
                subject,
                table: Some(table.id),
                columns,
                cause,
            };
            for file in self.package.files_of(table.id) {
                if !self.layouts.contains_key(file) {
                    let cause = Cause::UnreadableTable(table.id);
                    unchecked.push(one(Subject::File, Vec::new(), cause));
                }
            }
            let broken = broken_rows(table.id);
            if broken > 0 && reads.iter().any(|read| read.table == table.id) {
                let cause = Cause::BrokenRows(broken);
                unchecked.push(one(Subject::Rows, Vec::new(), cause));
            }
            let absent = self.absent(table);
            if self.package.mode != Mode::Delete && !absent.is_empty() {
                unchecked.push(one(Subject::Rows, absent, Cause::NoColumns));
            }
        }
    }

    fn breaches(&self) -> Breaches {
        let codes = [
            (Breach::PrimaryKey, code::PRIMARY_KEY),
            (Breach::UniqueKey, code::UNIQUE_KEY),
            (Breach::Reference, code::ORPHAN),
        ];
        let tables = self.model.tables().iter();
        tables
            .flat_map(|table| codes.map(|(breach, code)| (breach, code, table.id)))
            .map(|(breach, code, table)| {
                let marks = self.attribution.marks(code, table, &[], None);
                ((breach, table), marks)
            })
            .collect()
    }

    fn finish_keys(
        &self,
        keys: Keys<'m>,
        (fetch, broken_rows): (&dyn FetchKey, &(dyn Fn(TableId) -> u64 + Sync)),
        (marks, breaches): (&Marks, &Breaches),
        (tally, unchecked): (&mut Tally<'m>, &mut Vec<Unchecked<'m>>),
    ) -> io::Result<KeyOutcome> {
        let broken = |breach: Breach, table: TableId, row: RowId| {
            for (metric, severity) in breaches.get(&(breach, table)).into_iter().flatten() {
                marks.broken(table, *metric, row, *severity);
            }
        };
        let ending = Ending {
            threads: self.options.threads,
            fetch,
            broken_rows,
            broken: &broken,
        };
        keys.finish(&ending, tally, unchecked)
    }

    /// The rules that a package of keys says nothing about.
    fn rules_of_changes(&self) -> Vec<Unchecked<'m>> {
        let rules = self.model.rules().iter();
        let assertions = rules.flat_map(|rule| &rule.assertions);
        assertions
            .filter_map(|assertion| match &assertion.body {
                AssertionBody::Rows(rows) => Some(Unchecked {
                    subject: Subject::Rule(&assertion.code),
                    table: Some(rows.table()),
                    columns: Vec::new(),
                    cause: Cause::Changes,
                }),
                AssertionBody::Structure(_) => None,
            })
            .collect()
    }

    fn tables(
        &self,
        reads: &[TableRead],
        broken_rows: &dyn Fn(TableId) -> u64,
    ) -> Vec<TableOutcome> {
        let mut tables: Vec<TableOutcome> = self
            .package
            .tables()
            .map(|(table, files)| TableOutcome {
                table,
                files: files.to_vec(),
                rows: reads
                    .iter()
                    .filter(|read| read.table == table)
                    .map(TableRead::rows)
                    .sum(),
                bytes: files.iter().map(|file| self.package.bytes(*file)).sum(),
                broken_rows: broken_rows(table),
            })
            .collect();
        tables.sort_by_key(|one| one.table);
        tables
    }
}

/// Lines of a table that were not handed on: those without fields, and those too long to be looked at.
fn broken_rows(marks: &Marks, reads: &[TableRead], table: TableId) -> u64 {
    let read = reads.iter().find(|read| read.table == table);
    let files = read.map(|read| read.files.as_slice()).unwrap_or_default();
    let skipped: u64 = files.iter().map(|file| file.skipped).sum();
    marks.count_unread(table) + skipped
}
