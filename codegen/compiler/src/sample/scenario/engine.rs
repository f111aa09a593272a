//! The engine: runs steps, keeps the rows around and those remembered.

use std::rc::Rc;
use std::sync::Arc;

use super::evaluate::{Element, Environment, Level, Row};
use super::lists::Lists;
use super::typed::{Typed, other_numbers};
use super::verify::Verifier;
use super::{Error, Request, Sink};
use crate::model::eval::Day;
use crate::model::scenario::{
    Atom, Cell, CellValue, Choice, Formula, Pick, Presence, Scenario, Source, Step,
};
use crate::model::{Model, TableId};
use crate::sample::Random;

/// No step runs more rounds at one place.
const MOST_ROUNDS: i64 = 1_000_000_000;

pub(super) struct Engine<'e, S> {
    model: &'e Model,
    scenario: &'e Scenario,
    sink: &'e mut S,
    today: Day,
    scale: i64,
    prefix: Arc<str>,
    /// The scenario itself first, then the steps around what runs.
    levels: Vec<Level>,
    /// Remembered rows.
    stores: Vec<Vec<Row>>,
    /// Rows made by each step.
    made: Vec<i64>,
    /// Rows made of each table.
    serials: Vec<i64>,
    /// A number for the path of each step.
    keys: Vec<u64>,
    lists: Lists,
    verifier: Verifier<'e>,
    typed: Typed<'e>,
    /// Text of identities, while it grows.
    scratch: String,
    rows: u64,
}

impl<'e, S: Sink> Engine<'e, S> {
    pub(super) fn new(
        model: &'e Model,
        scenario: &'e Scenario,
        request: &Request,
        sink: &'e mut S,
    ) -> Self {
        let depth = scenario.steps.iter().map(|step| step.depth).max();
        let mut levels = vec![Level::default(); depth.unwrap_or(0) + 1];
        if let Some(root) = levels.first_mut() {
            root.seed = Random::mixed(request.seed, 1);
            root.local = vec![Atom::Integer(0); 3];
        }
        Engine {
            model,
            scenario,
            sink,
            today: request.today,
            scale: i64::try_from(request.scale).unwrap_or(i64::MAX),
            prefix: request.prefix.as_str().into(),
            levels,
            stores: vec![Vec::new(); scenario.stores],
            made: vec![0; scenario.steps.len()],
            serials: vec![0; model.tables().len()],
            keys: scenario
                .steps
                .iter()
                .map(|step| Random::of_text(&step.path))
                .collect(),
            lists: Lists::new(model),
            verifier: Verifier::new(model, request.today),
            typed: Typed::new(model),
            scratch: String::new(),
            rows: 0,
        }
    }

    pub(super) fn run(mut self) -> Result<u64, Error<S::Error>> {
        let scenario = self.scenario;
        for one in &scenario.lets {
            let value = self.value(&one.formula, 0);
            if let Some(root) = self.levels.first_mut() {
                root.local.push(value);
            }
        }
        self.nest(&scenario.nest)?;
        Ok(self.rows)
    }

    fn nest(&mut self, nest: &[usize]) -> Result<(), Error<S::Error>> {
        let scenario = self.scenario;
        for at in nest {
            if let Some(step) = scenario.steps.get(*at) {
                self.step(*at, step)?;
            }
        }
        Ok(())
    }

    fn step(&mut self, at: usize, step: &'e Step) -> Result<(), Error<S::Error>> {
        let around = step.depth.saturating_sub(1);
        match &step.source {
            Source::Make {
                table,
                count,
                cells,
            } => {
                let count = match count {
                    Some(count) => self.count(step, count, around)?,
                    None => 1,
                };
                for n in 1..=count {
                    if self.begin(at, step, n, None) {
                        self.make(at, step, *table, cells)?;
                        self.nest(&step.nest)?;
                    }
                }
            }
            Source::Repeat(count) => {
                for n in 1..=self.count(step, count, around)? {
                    if self.begin(at, step, n, None) {
                        self.pass(at, step)?;
                    }
                }
            }
            Source::Over(list) => {
                for (n, row) in (1..).zip(self.lists.rows(*list)) {
                    if self.begin(at, step, n, Some(&row)) {
                        self.pass(at, step)?;
                    }
                }
            }
            Source::Each { store, skip, take } => {
                let rows = self.stores.get(*store).map_or(0, Vec::len);
                if rows == 0 {
                    return Ok(());
                }
                let most = i64::try_from(rows).unwrap_or(i64::MAX);
                let take = match take {
                    Some(take) => self.count(step, take, around)?.min(most),
                    None => most,
                };
                let skip = match skip {
                    Some(skip) => self.value(skip, around).integer().unwrap_or(0),
                    None => 0,
                };
                let mut taken = 0;
                for n in 1..=most {
                    if taken >= take {
                        break;
                    }
                    let index = (skip.saturating_add(n - 1)).rem_euclid(most);
                    let index = usize::try_from(index).unwrap_or(0);
                    let row = self.stores.get(*store).and_then(|rows| rows.get(index));
                    let Some(row) = row.cloned() else {
                        continue;
                    };
                    if self.begin(at, step, n, Some(&row)) {
                        taken += 1;
                        self.pass(at, step)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// A round that makes no row of its own.
    fn pass(&mut self, at: usize, step: &'e Step) -> Result<(), Error<S::Error>> {
        if let Some(made) = self.made.get_mut(at) {
            *made += 1;
        }
        self.nest(&step.nest)
    }

    fn count(&self, step: &Step, formula: &Formula, around: usize) -> Result<i64, Error<S::Error>> {
        let number = self.value(formula, around).integer();
        number
            .filter(|number| (0..=MOST_ROUNDS).contains(number))
            .ok_or_else(|| Error::Count {
                path: step.path.clone(),
                span: step.span,
                number,
            })
    }

    /// Begins a round: numbers, picks, values, condition. Whether it counts.
    fn begin(&mut self, at: usize, step: &'e Step, n: i64, row: Option<&Row>) -> bool {
        let depth = step.depth;
        let around = self.levels.get(depth.saturating_sub(1));
        let seed = around.map_or(0, |level| level.seed);
        let key = self.keys.get(at).copied().unwrap_or(0);
        let made = self.made.get(at).copied().unwrap_or(0) + 1;
        let serial = match &step.source {
            Source::Make { table, .. } => self.serials.get(table.index()).copied().unwrap_or(0) + 1,
            _ => made,
        };
        for store in &step.clears {
            if let Some(store) = self.stores.get_mut(*store) {
                store.clear();
            }
        }
        let Some(level) = self.levels.get_mut(depth) else {
            return false;
        };
        level.seed = Random::mixed(Random::mixed(seed, key), n as u64);
        level.row.clear();
        if let Some(row) = row {
            level.row.extend_from_slice(row);
        }
        level.local.clear();
        level.local.extend([n, made, serial].map(Atom::Integer));
        level.with.clear();
        for pick in &step.with {
            let row = self.picked(pick, depth);
            if let Some(level) = self.levels.get_mut(depth) {
                level.with.push(row);
            }
        }
        for one in &step.lets {
            let value = self.value(&one.formula, depth);
            if let Some(level) = self.levels.get_mut(depth) {
                level.local.push(value);
            }
        }
        match &step.condition {
            Some(condition) => self.value(condition, depth) == Atom::Boolean(true),
            None => true,
        }
    }

    fn picked(&self, pick: &Pick, depth: usize) -> Row {
        let none = || Rc::from([]);
        let Some(rows) = self.stores.get(pick.store).filter(|rows| !rows.is_empty()) else {
            return none();
        };
        let row = match &pick.choice {
            Choice::Nth(at) => {
                let at = self.value(at, depth).integer().unwrap_or(1);
                let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
                let index = at.saturating_sub(1).rem_euclid(count);
                usize::try_from(index).ok().and_then(|at| rows.get(at))
            }
            Choice::Any(site) => {
                let seed = self.levels.get(depth).map_or(0, |level| level.seed);
                Random::new(Random::mixed(seed, *site)).pick(rows)
            }
            Choice::Last => rows.last(),
            Choice::Find(condition) => rows.iter().find(|row| {
                let element = Element { row, outer: None };
                let environment = self.environment(depth);
                environment.within(&element).value(condition) == Atom::Boolean(true)
            }),
        };
        row.cloned().unwrap_or_else(none)
    }

    fn environment(&self, depth: usize) -> Environment<'_> {
        Environment {
            levels: &self.levels,
            stores: &self.stores,
            element: None,
            today: self.today,
            scale: self.scale,
            prefix: &self.prefix,
            seed: self.levels.get(depth).map_or(0, |level| level.seed),
        }
    }

    fn value(&self, formula: &Formula, depth: usize) -> Atom {
        self.environment(depth).value(formula)
    }

    /// Makes the row of a round, verifies it, hands it on and remembers it.
    fn make(
        &mut self,
        at: usize,
        step: &'e Step,
        id: TableId,
        cells: &'e [Cell],
    ) -> Result<(), Error<S::Error>> {
        let depth = step.depth;
        let table = self.model.table(id);
        if let Some(level) = self.levels.get_mut(depth) {
            level.row.resize(table.columns.len(), Atom::Null);
        }
        let (made, serial) = self.count_row(at, id);
        for cell in cells {
            let column = cell.column.index();
            // One of four neighbours is empty, each time another, so that no code of a list that
            // the column goes through is left out for good.
            let made_before = usize::try_from(made).unwrap_or(0);
            let turn = made_before + made_before / 4 + column;
            let absent = match &cell.presence {
                Presence::Always => false,
                Presence::Turns => turn % 4 == 0,
                Presence::When(condition) => {
                    let row = self.levels.get(depth).map(|level| level.row.as_slice());
                    !self.verifier.holds(id, condition, row.unwrap_or(&[]))
                }
            };
            if absent {
                continue;
            }
            let value = match &cell.value {
                CellValue::Formula(formula) => self.value(formula, depth),
                CellValue::Identity => self.identity(id, serial),
                CellValue::Typed => {
                    let seed = self.levels.get(depth).map_or(0, |level| level.seed);
                    let of = table.column(cell.column);
                    let value = self.typed.value(of, self.today, made, serial, seed);
                    match self.verifier.allows(id, cell.column, &value) {
                        true => value,
                        false => other_numbers(&value)
                            .find(|other| self.verifier.allows(id, cell.column, other))
                            .unwrap_or(value),
                    }
                }
            };
            if let Some(slot) = self
                .levels
                .get_mut(depth)
                .and_then(|level| level.row.get_mut(column))
            {
                *slot = value;
            }
        }
        let Some(level) = self.levels.get(depth) else {
            return Ok(());
        };
        let broken = self.verifier.broken(id, &level.row);
        if !broken.is_empty() {
            let row = self
                .verifier
                .describe(id, &level.row, &broken, step, serial);
            return Err(Error::Row(Box::new(row)));
        }
        self.sink.row(id, &level.row).map_err(Error::Sink)?;
        self.rows += 1;
        if !step.feeds.is_empty() {
            let row: Row = level.row.iter().chain(&level.local).cloned().collect();
            for store in &step.feeds {
                if let Some(store) = self.stores.get_mut(*store) {
                    store.push(Rc::clone(&row));
                }
            }
        }
        Ok(())
    }

    /// Counts a row: among those of its step and of its table.
    fn count_row(&mut self, at: usize, table: TableId) -> (i64, i64) {
        let mut numbers = (1, 1);
        if let Some(made) = self.made.get_mut(at) {
            *made += 1;
            numbers.0 = *made;
        }
        if let Some(serial) = self.serials.get_mut(table.index()) {
            *serial += 1;
            numbers.1 = *serial;
        }
        numbers
    }

    /// `<PREFIX>-<n>`; just the number in a column of numbers.
    fn identity(&mut self, table: TableId, serial: i64) -> Atom {
        use std::fmt::Write as _;
        let table = self.model.table(table);
        let text = table
            .primary_key
            .first()
            .is_some_and(|key| table.column(*key).ty.base.is_text());
        if !text {
            return Atom::Integer(serial);
        }
        self.scratch.clear();
        // Writing to a text does not fail.
        let _ = write!(self.scratch, "{}-{serial}", self.prefix);
        Atom::text(self.scratch.as_str())
    }
}
