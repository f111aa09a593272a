//! Rows on their way through a pipeline, until it is known whether they keep the rule.

use std::io;

use super::context::Context;
use super::gather::{SECOND, begin};
use super::key::{put_cells, put_key, put_operand};
use super::measure::{Measured, reaches, stays_under};
use super::plan::{Enter, Entry, Pipeline, Question, Step, Subject, Target};
use super::state::Counts;
use crate::Cell;
use crate::RowId;
use crate::store::{Form, SpoolWriter};

/// What one thread keeps of a pipeline.
pub(super) struct Traveller<'r> {
    context: Context<'r>,
    pub(super) pipeline: &'r Pipeline,
    entry: Option<&'r Entry<'r>>,
    writers: Vec<Option<SpoolWriter<'r>>>,
    distinct: Option<SpoolWriter<'r>>,
    all: Vec<usize>,
    key: Vec<u8>,
    tuple: Vec<u8>,
    pub(super) counts: Counts,
    /// Of an indicator: rows counted, and those that keep all.
    counted: u64,
    kept: u64,
}

impl<'r> Traveller<'r> {
    pub(super) fn new(context: Context<'r>, pipeline: &'r Pipeline) -> Traveller<'r> {
        let distinct = pipeline
            .distinct
            .and_then(|(_, spool)| context.spool(spool));
        Traveller {
            entry: match pipeline.subject {
                Subject::Entry(at) => context.plan.entries.get(at),
                Subject::Indicator(_) => None,
            },
            writers: pipeline.steps.iter().map(|_| None).collect(),
            distinct: distinct.map(|spool| spool.writer()),
            all: (0..pipeline.width).collect(),
            key: Vec::new(),
            tuple: Vec::new(),
            counts: Counts::default(),
            counted: 0,
            kept: 0,
            context,
            pipeline,
        }
    }

    /// Begins with a row; its cells are the source's.
    pub(super) fn enter(&mut self, enter: &Enter, row: u64, cells: &[Cell<'_>]) -> io::Result<()> {
        if let Subject::Indicator(_) = self.pipeline.subject {
            let distinct = self.pipeline.distinct.map(|(at, _)| enter.cells.get(at));
            match distinct {
                Some(at) => self.count_value(0, at.and_then(|at| cells.get(*at)))?,
                None => self.counted += 1,
            }
        }
        let today = self.context.today;
        if !enter.keeps.iter().all(|keep| keep.holds(cells, today)) {
            return self.settle(false, row, &[]);
        }
        let Target::Step(at) = self.pipeline.first else {
            let carried = carried(enter, cells);
            return self.settle(self.pipeline.first == Target::Kept, row, &carried);
        };
        self.key.clear();
        for (program, form) in &enter.key {
            match program.value(cells, today) {
                Some(value) => put_operand(&value, *form, &mut self.key),
                None => {
                    let carried = carried(enter, cells);
                    let next = self.without(at, &carried);
                    return self.go(next, row, &carried);
                }
            }
        }
        begin(SECOND, row, &mut self.tuple);
        put_cells(cells, &enter.cells, &mut self.tuple);
        self.send(at)
    }

    /// Goes on with a row; its cells are those that it carries.
    pub(super) fn go(
        &mut self,
        mut target: Target,
        row: u64,
        cells: &[Cell<'_>],
    ) -> io::Result<()> {
        let pipeline = self.pipeline;
        let today = self.context.today;
        loop {
            let at = match target {
                Target::Kept => return self.settle(true, row, cells),
                Target::Broken => return self.settle(false, row, cells),
                Target::Step(at) => at,
            };
            let Some(step) = pipeline.steps.get(at) else {
                return Ok(());
            };
            self.key.clear();
            let has_key = step.key.iter().all(|(program, form)| {
                let value = program.value(cells, today);
                value.is_some_and(|value| {
                    put_operand(&value, *form, &mut self.key);
                    true
                })
            });
            if has_key {
                begin(SECOND, row, &mut self.tuple);
                put_cells(cells, &self.all, &mut self.tuple);
                return self.send(at);
            }
            target = self.without(at, cells);
        }
    }

    /// Where a row goes for which a step finds nothing, for its key has a null.
    fn without(&self, at: usize, cells: &[Cell<'_>]) -> Target {
        match self.pipeline.steps.get(at) {
            Some(step) => match &step.question {
                Question::Found => step.no,
                Question::Within(bounds) => {
                    let nothing = Measured::default().value(&bounds.measure);
                    self.within(step, nothing.as_ref(), cells)
                }
            },
            None => Target::Broken,
        }
    }

    /// Where a row goes with this measure.
    pub(super) fn within(
        &self,
        step: &Step,
        measure: Option<&crate::program::Operand<'_>>,
        cells: &[Cell<'_>],
    ) -> Target {
        let Question::Within(bounds) = &step.question else {
            return step.no;
        };
        let today = self.context.today;
        let least = bounds
            .at_least
            .as_ref()
            .and_then(|program| program.value(cells, today));
        let most = bounds
            .at_most
            .as_ref()
            .and_then(|program| program.value(cells, today));
        match reaches(measure, least.as_ref()) && stays_under(measure, most.as_ref()) {
            true => step.yes,
            false => step.no,
        }
    }

    /// There was no memory to judge a row.
    pub(super) fn lose(&mut self) {
        self.counts.lost += 1;
    }

    pub(super) fn finish(self) -> io::Result<()> {
        let (context, pipeline) = (self.context, self.pipeline);
        for writer in self.writers.into_iter().flatten().chain(self.distinct) {
            writer.finish()?;
        }
        match pipeline.subject {
            Subject::Entry(at) => context.add_counts(at, self.counts),
            Subject::Indicator(at) => {
                context.add_ratio(at, self.kept, self.counted, self.counts.lost);
            }
        }
        Ok(())
    }

    fn send(&mut self, at: usize) -> io::Result<()> {
        let Some(slot) = self.writers.get_mut(at) else {
            return Ok(());
        };
        if slot.is_none() {
            let step = self.pipeline.steps.get(at);
            let spool = step.and_then(|step| self.context.spool(step.spool));
            *slot = spool.map(|spool| spool.writer());
        }
        match slot {
            Some(writer) => writer.push(&self.key, &self.tuple),
            None => Ok(()),
        }
    }

    /// A row's fate.
    fn settle(&mut self, kept: bool, row: u64, cells: &[Cell<'_>]) -> io::Result<()> {
        if let Some(entry) = self.entry {
            let context = self.context;
            context.judge(entry, &mut self.counts, row, kept);
            return Ok(());
        }
        if kept {
            match self.pipeline.distinct {
                Some((at, _)) => self.count_value(1, cells.get(at))?,
                None => self.kept += 1,
            }
        }
        Ok(())
    }

    /// Counts a value: as one of those counted, or (`kept`) as one that keeps all.
    fn count_value(&mut self, kept: u8, cell: Option<&Cell<'_>>) -> io::Result<()> {
        self.key.clear();
        if put_key(cell, Form::Own, &mut self.key)
            && let Some(writer) = &mut self.distinct
        {
            begin(kept, 0, &mut self.tuple);
            writer.push(&self.key, &self.tuple)?;
        }
        Ok(())
    }
}

/// The cells that a row carries from where it enters.
fn carried<'c>(enter: &Enter, cells: &[Cell<'c>]) -> Vec<Cell<'c>> {
    let cell = |at: &usize| cells.get(*at).copied().unwrap_or(Cell::Null);
    enter.cells.iter().map(cell).collect()
}

impl Context<'_> {
    /// Counts and marks a judged row.
    #[inline]
    pub(super) fn judge(self, entry: &Entry<'_>, counts: &mut Counts, row: u64, kept: bool) {
        counts.judged += 1;
        self.marks.judged(entry.table, entry.metric, RowId(row));
        if !kept {
            counts.add_broken(row, self.limit);
            self.marks
                .broken(entry.table, entry.metric, entry.severity, RowId(row));
        }
    }
}
