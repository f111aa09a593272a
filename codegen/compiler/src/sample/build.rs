//! Builds the rows of a package, table by table in the model's load order.

use std::collections::BTreeSet;

use super::form::Pools;
use super::idea::Idea;
use super::package::{Cells, key_of};
use super::plan::{Goal, Plan, Planner, in_reference};
use super::reference::{Choice, Reference, Scene, copied};
use super::repair::{Conditions, Hand};
use super::{Error, Options, Package, Random, SampledTable};
use crate::model::eval;
use crate::model::{ColumnId, Model, Table};

/// How often a row is begun anew.
const ATTEMPTS: usize = 60;

/// Up to this attempt a row must have the cell that it was made for.
const FIRM: usize = 6;

/// Up to this attempt a row takes cells worth having; then any.
const EAGER: usize = 12;

/// Up to this step a repair spares the cells worth having.
const SPARING: usize = 40;

pub(super) fn package(model: &Model, options: &Options) -> Result<Package, Error> {
    let mut random = Random::new(options.seed);
    let mut pools = Pools::default();
    let mut package = Package::default();
    let mut number = 0;
    for table in model.load_order() {
        let mut planner = Planner {
            model,
            options,
            pools: &mut pools,
            random: &mut random,
        };
        let conditions = Conditions::of(table);
        let mut plans = Vec::with_capacity(table.columns.len());
        for column in &table.columns {
            let plan = planner
                .plan(table, column, &conditions)
                .ok_or_else(|| Error::NoValue {
                    table: table.name.clone(),
                    column: column.name.clone(),
                })?;
            plans.push(plan);
        }
        let columns = std::iter::once(&table.primary_key)
            .chain(table.unique.iter().map(|unique| &unique.columns));
        let builder = Builder {
            planner,
            table,
            plans,
            references: Reference::of(table),
            copied: copied(model, table),
            keys: columns
                .map(|columns| (columns.as_slice(), BTreeSet::new()))
                .collect(),
            done: &package,
            rows: Vec::new(),
            number,
        };
        let (rows, last) = builder.build(&conditions)?;
        number = last;
        package.tables.push(SampledTable {
            table: table.id,
            rows,
        });
    }
    Ok(package)
}

/// Why an attempt at a row failed.
enum Failure {
    /// These conditions or rules stay broken.
    Rules(Vec<String>),
    /// A key would come twice.
    Key,
    /// No row is there to refer to.
    Reference,
}

/// What an attempt tries to reach.
struct Aim {
    /// The cells of this row that are worth having.
    goals: Vec<Option<Goal>>,
    /// The column whose goal must be reached.
    firm: Option<usize>,
    /// Columns settled by references.
    settled: BTreeSet<usize>,
}

struct Builder<'m, 'p> {
    planner: Planner<'p>,
    table: &'m Table,
    plans: Vec<Plan>,
    references: Vec<Reference<'m>>,
    keys: Vec<(&'m [ColumnId], BTreeSet<String>)>,
    /// Columns that take values of another type of column.
    copied: Vec<ColumnId>,
    done: &'p Package,
    rows: Vec<Cells>,
    number: usize,
}

impl Builder<'_, '_> {
    fn build(mut self, conditions: &Conditions<'_>) -> Result<(Vec<Cells>, usize), Error> {
        let limits = self
            .references
            .iter()
            .filter_map(|reference| reference.limit(self.done));
        let count = limits.fold(self.planner.options.rows, usize::min);
        for index in 0..count {
            if !self.add_row(index, conditions)? {
                break;
            }
        }
        Ok((self.rows, self.number))
    }

    /// Adds a row; false when the table's keys or references allow no more.
    fn add_row(&mut self, index: usize, conditions: &Conditions<'_>) -> Result<bool, Error> {
        let mut rules = BTreeSet::new();
        let mut exhausted = false;
        self.number += 1;
        let with_goals: Vec<usize> = (0..self.plans.len())
            .filter(|at| {
                self.plans
                    .get(*at)
                    .is_some_and(|plan| !plan.goals.is_empty())
            })
            .collect();
        let firm = with_goals.get(index % with_goals.len().max(1)).copied();
        for attempt in 0..ATTEMPTS {
            match self.attempt(index, attempt, firm, conditions) {
                Ok(cells) => {
                    self.accept(cells, firm);
                    return Ok(true);
                }
                Err(Failure::Rules(broken)) => rules.extend(broken),
                Err(Failure::Key | Failure::Reference) => exhausted = true,
            }
        }
        if exhausted {
            return Ok(false);
        }
        Err(Error::NoRow {
            table: self.table.name.clone(),
            rules: rules.into_iter().collect(),
        })
    }

    fn accept(&mut self, cells: Cells, firm: Option<usize>) {
        for (at, (plan, cell)) in self.plans.iter_mut().zip(&cells).enumerate() {
            let missed = firm == Some(at) && plan.goals.front().is_some_and(|goal| goal.0 != *cell);
            plan.reached(cell);
            if missed {
                plan.postpone();
            }
        }
        for (columns, seen) in &mut self.keys {
            seen.extend(key_of(&cells, columns));
        }
        self.rows.push(cells);
    }

    fn attempt(
        &mut self,
        index: usize,
        attempt: usize,
        firm: Option<usize>,
        conditions: &Conditions<'_>,
    ) -> Result<Cells, Failure> {
        let today = self.planner.options.today;
        let mut aim = Aim {
            goals: vec![None; self.plans.len()],
            firm: firm.filter(|_| attempt < FIRM),
            settled: BTreeSet::new(),
        };
        let mut cells: Cells = vec![None; self.table.columns.len()];
        self.choose_references(&mut cells, &mut aim, index, false)?;
        self.fill(&mut cells, &mut aim, index, attempt);
        self.choose_references(&mut cells, &mut aim, index, true)?;

        let mut draft = conditions.draft(cells);
        let mut hand = Fingers {
            builder: self,
            aim: &aim,
        };
        conditions
            .repair(&mut draft, today, &mut hand)
            .map_err(|broken| {
                let names = broken.into_iter().map(|at| conditions.name(at).to_owned());
                Failure::Rules(names.collect())
            })?;
        let cells = draft.cells;
        let twice = self
            .keys
            .iter()
            .any(|(columns, seen)| key_of(&cells, columns).is_some_and(|key| seen.contains(&key)));
        if twice {
            return Err(Failure::Key);
        }
        // Every source makes good cells and the conditions hold: only what was copied is left, for a
        // column that refers may have another form than its key, and cells that have no source.
        let bad = self.table.columns.iter().find(|column| {
            match cells.get(column.id.index()).and_then(Option::as_deref) {
                Some(text) => {
                    self.copied.contains(&column.id)
                        && !eval::cell(self.planner.model, &column.ty, text).is_empty()
                }
                None => column.is_required(),
            }
        });
        match bad {
            Some(column) => Err(Failure::Rules(vec![column.name.clone()])),
            None => Ok(cells),
        }
    }

    fn choose_references(
        &mut self,
        cells: &mut Cells,
        aim: &mut Aim,
        index: usize,
        own: bool,
    ) -> Result<(), Failure> {
        for (at, reference) in self.references.iter_mut().enumerate() {
            if reference.own != own {
                continue;
            }
            let null = (index + at) % 4 == 1 || self.planner.random.one_in(8);
            let choice = if null { Choice::Null } else { Choice::Row };
            let chosen = reference.choose(
                Scene {
                    table: self.table,
                    done: self.done,
                    own_rows: &self.rows,
                },
                cells,
                &mut aim.settled,
                choice,
                self.planner.random,
            );
            if !chosen {
                return Err(Failure::Reference);
            }
        }
        Ok(())
    }

    /// Fills the columns that are no references.
    fn fill(&mut self, cells: &mut Cells, aim: &mut Aim, index: usize, attempt: usize) {
        for column in &self.table.columns {
            let at = column.id.index();
            let (Some(plan), Some(cell)) = (self.plans.get(at), cells.get_mut(at)) else {
                continue;
            };
            if in_reference(self.table, column.id) {
                continue;
            }
            if attempt < EAGER
                && let Some((goal, _)) = plan.goals.front()
            {
                cell.clone_from(goal);
                if let Some(slot) = aim.goals.get_mut(at) {
                    *slot = Some(goal.clone());
                }
            } else if column.is_required() || !self.planner.random.one_in(4) {
                *cell = plan.fresh(&mut self.planner, self.number, index == 1);
            }
        }
    }

    /// Chooses another row for the reference of a column.
    fn redirect(&mut self, idea: &Idea, cells: &mut Cells, settled: &BTreeSet<usize>) -> bool {
        let id = idea.column();
        let uses = |reference: &&Reference<'_>| reference.key.columns.contains(&id);
        let Some(at) = self
            .references
            .iter()
            .position(|reference| uses(&reference))
        else {
            return false;
        };
        let Some(reference) = self.references.get(at) else {
            return false;
        };
        let mut free: BTreeSet<usize> = settled.clone();
        for column in &reference.key.columns {
            let shared = self
                .references
                .iter()
                .filter(|other| other.key.columns.contains(column));
            // What several references share is left to a new attempt.
            if shared.count() > 1 || self.table.primary_key.contains(column) {
                return false;
            }
            free.remove(&column.index());
        }
        let choice = match idea {
            Idea::Null(_) => Choice::Null,
            Idea::Fresh(_) => Choice::Row,
            Idea::Set(_, value) => {
                let text = value.to_text(self.table.column(id).ty.base);
                if let (Some(cell), Some(text)) = (cells.get_mut(id.index()), text) {
                    *cell = Some(text);
                    free.insert(id.index());
                }
                Choice::Row
            }
        };
        let Some(reference) = self.references.get_mut(at) else {
            return false;
        };
        reference.choose(
            Scene {
                table: self.table,
                done: self.done,
                own_rows: &self.rows,
            },
            cells,
            &mut free,
            choice,
            self.planner.random,
        )
    }
}

/// The hand that repairs rows of a builder.
struct Fingers<'a, 'm, 'p> {
    builder: &'a mut Builder<'m, 'p>,
    aim: &'a Aim,
}

impl Hand for Fingers<'_, '_, '_> {
    fn random(&mut self) -> &mut Random {
        self.builder.planner.random
    }

    fn apply(&mut self, idea: &Idea, cells: &mut Cells, step: usize) -> bool {
        let id = idea.column();
        let at = id.index();
        let wanted = self.aim.goals.get(at).is_some_and(Option::is_some);
        if self.aim.firm == Some(at) || (wanted && step < SPARING) {
            return false;
        }
        if in_reference(self.builder.table, id) {
            return self.builder.redirect(idea, cells, &self.aim.settled);
        }
        let builder = &mut *self.builder;
        let column = builder.table.column(id);
        let Some(plan) = builder.plans.get(at) else {
            return false;
        };
        if plan.is_identity() {
            return false;
        }
        let changed = match idea {
            Idea::Null(_) if column.is_required() => return false,
            Idea::Null(_) => None,
            Idea::Fresh(_) => plan.fresh(&mut builder.planner, builder.number, false),
            Idea::Set(_, value) => match value.to_text(column.ty.base) {
                Some(text)
                    if !text.is_empty()
                        && eval::cell(builder.planner.model, &column.ty, &text).is_empty() =>
                {
                    Some(text)
                }
                _ => return false,
            },
        };
        match cells.get_mut(at) {
            Some(cell) if *cell != changed => {
                *cell = changed;
                true
            }
            _ => false,
        }
    }
}
