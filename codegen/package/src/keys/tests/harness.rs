//! Feeds the rows of a package to [`Keys`], by chunks on several threads.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Mutex;

use vitrina_codegen::diagnostic::{Format, Lang, Report};
use vitrina_codegen::model::eval::{Day, Value};
use vitrina_codegen::model::{ColumnId, Model, TableId};
use vitrina_codegen::pipeline::compile;
use vitrina_codegen::quality::Moment;
use vitrina_codegen::sample;
use vitrina_codegen::source::SourceSet;
use vitrina_codegen::source::files::load;

use super::super::*;
use super::Groups;
use crate::{Budget, Cell, Options, RowId, Tally};

pub(super) const SAMPLES: usize = 3;

/// Numbers that look random and are the same in every run.
pub(super) struct Numbers(pub(super) u64);

impl Numbers {
    pub(super) fn next(&mut self, below: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

type Texts = Vec<Option<String>>;

/// Values of a row; an error is a text that is none.
type Values = Vec<Result<Option<Value>, ()>>;

/// The rows of all tables of a model.
pub(super) struct Package {
    pub(super) model: Model,
    /// By table and row.
    pub(super) texts: Vec<Vec<Texts>>,
    pub(super) values: Vec<Vec<Values>>,
}

/// The big model of this repository.
pub(super) fn big_model() -> Model {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../model");
    let mut report = Report::new();
    let sources = load(&folder, &mut report).unwrap();
    compiled(&sources)
}

/// The model of some files.
pub(super) fn compiled(sources: &SourceSet) -> Model {
    let mut report = Report::new();
    compile(sources, &mut report)
        .ok_or_else(|| Format::Text.render(&[(&report, sources)], Lang::En, false))
        .unwrap_or_else(|error| panic!("{error}"))
}

impl Package {
    pub(super) fn sampled(rows: usize) -> Package {
        let model = big_model();
        let today = Day::new(2026, 3, 1).unwrap();
        let options = sample::Options {
            rows,
            ..sample::Options::new(today)
        };
        let sampled = sample::package(&model, &options).unwrap();
        let texts = model.tables().iter().map(|table| {
            let rows = sampled.rows(table.id).iter();
            rows.map(|row| row.to_vec()).collect()
        });
        let texts = texts.collect();
        Package {
            model,
            texts,
            values: Vec::new(),
        }
    }

    pub(super) fn parse(&mut self) {
        let tables = self.model.tables().iter().zip(&self.texts);
        let values = tables.map(|(table, texts)| {
            let row = |row: &Texts| {
                let cells = row.iter().zip(&table.columns);
                cells
                    .map(|(text, column)| match text.as_deref() {
                        None | Some("") => Ok(None),
                        Some(text) => Value::parse(column.ty.base, text).map(Some).ok_or(()),
                    })
                    .collect()
            };
            texts.iter().map(row).collect()
        });
        self.values = values.collect();
    }

    fn cells(&self, table: TableId, row: usize) -> Vec<Cell<'_>> {
        let values = self.values[table.index()][row].iter();
        values
            .map(|value| match value {
                Ok(Some(value)) => Cell::from(value),
                Ok(None) => Cell::Null,
                Err(()) => Cell::Unreadable,
            })
            .collect()
    }
}

impl FetchKey for Package {
    fn fetch(
        &self,
        table: TableId,
        rows: &[RowId],
        _columns: &[ColumnId],
        take: &mut dyn FnMut(RowId, &[Cell<'_>]),
    ) -> io::Result<()> {
        assert!(rows.is_sorted_by(|one, other| one < other));
        for row in rows {
            take(*row, &self.cells(table, row.0 as usize));
        }
        Ok(())
    }
}

/// How a package is checked.
pub(super) struct Run {
    pub(super) budget: u64,
    pub(super) threads: usize,
    pub(super) tells_done: bool,
    pub(super) scope: Scope,
    pub(super) presence: fn(&Model, TableId) -> Presence,
    pub(super) references: bool,
    pub(super) broken_rows: u64,
}

impl Default for Run {
    fn default() -> Run {
        Run {
            budget: 1 << 30,
            threads: 2,
            tells_done: true,
            scope: Scope::Full,
            presence: |_, _| Presence::Rows(Vec::new()),
            references: true,
            broken_rows: 0,
        }
    }
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Outcome<'m> {
    pub(super) tally: Tally<'m>,
    pub(super) unchecked: Vec<Unchecked<'m>>,
    pub(super) outcome: KeyOutcome,
    pub(super) broken: BTreeSet<(Breach, TableId, RowId)>,
}

impl Run {
    pub(super) fn check<'p>(&self, package: &'p Package) -> Outcome<'p> {
        let folder = tempfile::tempdir().unwrap();
        let moment = Moment {
            today: Day::new(2026, 3, 1).unwrap(),
            now: 0,
        };
        let mut options = Options::new(moment);
        options.samples = SAMPLES;
        options.strictness.references = self.references;
        let store = Store::new(Budget::new(self.budget), Some(folder.path().to_owned()));
        let presence = |table| (self.presence)(&package.model, table);
        let keys = Keys::new(&package.model, presence, self.scope, &options, &store);
        for table in package.model.tables() {
            if !matches!(presence(table.id), Presence::Rows(_)) {
                continue;
            }
            std::thread::scope(|scope| {
                for thread in 0..self.threads {
                    let keys = &keys;
                    scope.spawn(move || {
                        let Some(mut worker) = keys.worker(table.id) else {
                            return;
                        };
                        for row in 0..package.values[table.id.index()].len() {
                            if row / 7 % self.threads == thread {
                                let cells = package.cells(table.id, row);
                                worker.row(RowId(row as u64), &cells);
                            }
                        }
                        worker.finish().unwrap();
                    });
                }
            });
            if self.tells_done {
                keys.table_done(table.id).unwrap();
            }
        }
        let broken = Mutex::new(BTreeSet::new());
        let twice = Mutex::new(0);
        let ending = Ending {
            threads: NonZeroUsize::new(self.threads).unwrap(),
            fetch: package,
            broken_rows: &|_| self.broken_rows,
            broken: &|breach, table, row| {
                if !broken.lock().unwrap().insert((breach, table, row)) {
                    *twice.lock().unwrap() += 1;
                }
            },
        };
        let mut tally = Tally::new(SAMPLES);
        let mut unchecked = Vec::new();
        let outcome = keys.finish(&ending, &mut tally, &mut unchecked).unwrap();
        let broken = broken.into_inner().unwrap();
        // A row is told once for each key and reference that it breaks.
        let told = broken.len() as u64 + *twice.lock().unwrap();
        let sets: u64 = outcome.sets.iter().map(|one| one.broken).sum();
        let references: u64 = outcome.references.iter().map(|one| one.missing).sum();
        if self.scope == Scope::Full {
            assert_eq!(told, sets + references);
        }
        assert_eq!(store.budget().used(), 0);
        drop(store);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        Outcome {
            tally,
            unchecked,
            outcome,
            broken,
        }
    }
}

impl Outcome<'_> {
    pub(super) fn broken_keys(&self, breach: Breach) -> BTreeSet<(TableId, RowId)> {
        let broken = self.broken.iter().filter(|(one, ..)| *one == breach);
        broken.map(|(_, table, row)| (*table, *row)).collect()
    }

    pub(super) fn groups(&self, model: &Model) -> Groups {
        let groups = self.tally.groups().map(|(key, group)| {
            if let Some(target) = key.facts.get("target") {
                assert!(model.find_table(target).is_some());
            }
            let name = (key.table.unwrap(), key.columns.clone(), key.code.as_str());
            let samples = group.samples.iter();
            let samples = samples.map(|one| (one.row.unwrap().0, one.count, one.value.clone()));
            let facts = (group.count, group.distinct.unwrap(), samples.collect());
            (name, facts)
        });
        groups.collect()
    }
}
