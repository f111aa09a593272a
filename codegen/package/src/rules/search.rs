//! Searched and judged rows of one key: what the judged ones find.

use std::collections::HashMap;
use std::io;

use super::context::Context;
use super::gather::{FIRST, Visitor};
use super::key::{hash, take_cells};
use super::measure::Measured;
use super::plan::{Question, Step};
use super::room::Room;
use super::traveller::Traveller;
use crate::Cell;
use crate::program::Operand;
use crate::store::Store;

/// Judges the rows of a step key by key. Searched rows come first, in their order.
pub(super) struct Searcher<'r> {
    context: Context<'r>,
    step: &'r Step,
    pub(super) traveller: Traveller<'r>,
    /// Cells of the searched rows, one row behind the other, where each judged row must see them.
    bytes: Vec<u8>,
    ends: Vec<usize>,
    /// Rows of the key by a hash of their cells, where one of a kind is enough.
    known: HashMap<u64, usize>,
    room: Room,
    is_full: bool,
    is_found: bool,
    measured: Measured,
    /// What was measured, once all searched rows were seen.
    value: Option<Option<Operand<'static>>>,
}

impl<'r> Searcher<'r> {
    pub(super) fn new(
        context: Context<'r>,
        store: &Store,
        floor: u64,
        pipeline: usize,
        step: usize,
    ) -> Option<Searcher<'r>> {
        let pipeline = context.plan.pipelines.get(pipeline)?;
        Some(Searcher {
            context,
            step: pipeline.steps.get(step)?,
            traveller: Traveller::new(context, pipeline),
            bytes: Vec::new(),
            ends: Vec::new(),
            known: HashMap::new(),
            room: Room::new(store, floor),
            is_full: false,
            is_found: false,
            measured: Measured::default(),
            value: None,
        })
    }

    fn searched(&mut self, payload: &[u8]) -> io::Result<()> {
        self.is_found = true;
        let step = self.step;
        if self.is_full {
            return Ok(());
        }
        if step.is_by_key_alone {
            if let Question::Within(bounds) = &step.question {
                let mut cells = Vec::with_capacity(step.width);
                take_cells(payload, step.width, &mut cells);
                let before = self.measured.bytes();
                self.measured
                    .add(&bounds.measure, &cells, self.context.today);
                let more = self.measured.bytes() - before;
                self.is_full = more > 0 && !self.room.take(more)?;
            }
            return Ok(());
        }
        if let Question::Found = step.question {
            let kind = hash(payload);
            if let Some(at) = self.known.get(&kind)
                && self.payload(*at) == Some(payload)
            {
                return Ok(());
            }
            self.known.insert(kind, self.ends.len());
        }
        if !self.room.take(payload.len() as u64 + 40)? {
            self.is_full = true;
            self.forget();
            return Ok(());
        }
        self.bytes.extend_from_slice(payload);
        self.ends.push(self.bytes.len());
        Ok(())
    }

    fn payload(&self, at: usize) -> Option<&[u8]> {
        let end = *self.ends.get(at)?;
        let start = match at.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.bytes.get(start..end)
    }

    fn judged(&mut self, row: u64, payload: &[u8]) -> io::Result<()> {
        if self.is_full {
            self.traveller.lose();
            return Ok(());
        }
        let step = self.step;
        let mut cells = Vec::with_capacity(self.traveller.pipeline.width);
        take_cells(payload, self.traveller.pipeline.width, &mut cells);
        let target = match &step.question {
            Question::Found => {
                let is_found = match step.is_by_key_alone {
                    true => self.is_found,
                    false => self.finds(&cells),
                };
                if is_found { step.yes } else { step.no }
            }
            Question::Within(bounds) if step.is_by_key_alone => {
                let measured = &self.measured;
                let value = self
                    .value
                    .get_or_insert_with(|| measured.value(&bounds.measure));
                self.traveller.within(step, value.as_ref(), &cells)
            }
            Question::Within(bounds) => {
                let mut measured = Measured::default();
                let today = self.context.today;
                self.each_pair(&cells, |pair| {
                    measured.add(&bounds.measure, pair, today);
                    true
                });
                let value = measured.value(&bounds.measure);
                self.traveller.within(step, value.as_ref(), &cells)
            }
        };
        self.traveller.go(target, row, &cells)
    }

    fn finds(&self, judged: &[Cell<'_>]) -> bool {
        let mut is_found = false;
        self.each_pair(judged, |_| {
            is_found = true;
            false
        });
        is_found
    }

    /// Shows the cells of each searched row that fits, the judged row's behind them, until `see` says
    /// false.
    fn each_pair(&self, judged: &[Cell<'_>], mut see: impl FnMut(&[Cell<'_>]) -> bool) {
        let today = self.context.today;
        let mut pair = Vec::with_capacity(self.step.width + judged.len());
        let mut start = 0;
        for end in &self.ends {
            let payload = self.bytes.get(start..*end).unwrap_or_default();
            start = *end;
            pair.clear();
            take_cells(payload, self.step.width, &mut pair);
            pair.extend_from_slice(judged);
            let mut bound = self.step.bound.iter();
            let fits = bound.all(|program| program.truth(&pair, today) == Some(true));
            if fits && !see(&pair) {
                return;
            }
        }
    }

    fn forget(&mut self) {
        self.bytes = Vec::new();
        self.ends = Vec::new();
        self.known = HashMap::new();
        self.room.clear();
    }
}

impl Visitor for Searcher<'_> {
    fn key(&mut self, _: &[u8]) -> io::Result<()> {
        self.is_full = false;
        self.is_found = false;
        self.value = None;
        if !self.ends.is_empty() || self.measured.bytes() > 0 {
            self.bytes.clear();
            self.ends.clear();
            self.known.clear();
            self.room.clear();
        }
        self.measured.clear();
        Ok(())
    }

    fn member(&mut self, side: u8, row: u64, payload: &[u8]) -> io::Result<()> {
        match side {
            FIRST => self.searched(payload),
            _ => self.judged(row, payload),
        }
    }

    fn end(&mut self) -> io::Result<()> {
        Ok(())
    }
}
