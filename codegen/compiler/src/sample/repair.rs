//! Repair: turns a row that breaks conditions into one that breaks none, cell by cell.
//!
//! A random walk: of a condition that is broken, an idea is tried; it stays when no more conditions
//! are broken than before, and now and then although there are. Bounded; who calls begins anew.

use super::idea::{Idea, ideas};
use super::{Random, package::Cells};
use crate::model::eval::{Day, Value, truth};
use crate::model::{ColumnId, Expr, Requirement, Table};

/// How many ideas are tried for one row.
const STEPS: usize = 120;

/// The conditions of a table's rows.
#[derive(Debug)]
pub(super) struct Conditions<'m> {
    table: &'m Table,
    list: Vec<Condition<'m>>,
    /// The columns that conditions read.
    watched: Vec<ColumnId>,
}

#[derive(Debug)]
struct Condition<'m> {
    expr: &'m Expr,
    /// The column that must have a value when `expr` is true; none: `expr` must not be false.
    required: Option<ColumnId>,
    name: String,
}

/// A row in the making.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) cells: Cells,
    values: Vec<Option<Value>>,
}

/// What changes cells for a repair: it knows sources of values, references, and what must stay.
pub(super) trait Hand {
    /// Carries an idea out; false when the column cannot be changed so.
    fn apply(&mut self, idea: &Idea, cells: &mut Cells, step: usize) -> bool;
    /// Chance.
    fn random(&mut self) -> &mut Random;
}

impl<'m> Conditions<'m> {
    pub(super) fn of(table: &'m Table) -> Conditions<'m> {
        let mut list = Vec::new();
        for column in &table.columns {
            if let Requirement::When(expr) = &column.requirement {
                list.push(Condition {
                    expr,
                    required: Some(column.id),
                    name: column.name.clone(),
                });
            }
        }
        for check in &table.checks {
            list.push(Condition {
                expr: &check.expr,
                required: None,
                name: check.code.clone(),
            });
        }
        let mut watched: Vec<ColumnId> = list
            .iter()
            .flat_map(|condition| condition.expr.columns())
            .collect();
        watched.sort_unstable();
        watched.dedup();
        Conditions {
            table,
            list,
            watched,
        }
    }

    /// Whether a cell breaks a condition by itself, whatever the others hold: one that reads no
    /// other column.
    pub(super) fn excludes(&self, column: ColumnId, cell: Option<&str>, today: Day) -> bool {
        let alone: Vec<&Condition<'_>> = self
            .list
            .iter()
            .filter(|condition| condition.expr.columns() == [column])
            .collect();
        if alone.is_empty() {
            return false;
        }
        let mut cells: Cells = vec![None; self.table.columns.len()];
        if let Some(slot) = cells.get_mut(column.index()) {
            *slot = cell.map(str::to_owned);
        }
        let draft = self.draft(cells);
        alone.into_iter().any(|condition| {
            condition.required.is_none()
                && truth(condition.expr, &draft.values, today) == Some(false)
        })
    }

    /// What a check's code or a column's name is for a position in [`Conditions::broken`].
    pub(super) fn name(&self, at: usize) -> &str {
        self.list.get(at).map_or("", |condition| &condition.name)
    }

    pub(super) fn draft(&self, cells: Cells) -> Draft {
        let mut draft = Draft {
            values: vec![None; cells.len()],
            cells,
        };
        self.read(&mut draft);
        draft
    }

    fn read(&self, draft: &mut Draft) {
        for id in &self.watched {
            let text = draft.cells.get(id.index()).and_then(Option::as_deref);
            let value = text
                .filter(|text| !text.is_empty())
                .and_then(|text| Value::parse(self.table.column(*id).ty.base, text));
            if let Some(slot) = draft.values.get_mut(id.index()) {
                *slot = value;
            }
        }
    }

    /// The positions of the conditions that a row breaks.
    pub(super) fn broken(&self, draft: &Draft, today: Day) -> Vec<usize> {
        let breaks = |condition: &Condition<'_>| match condition.required {
            Some(column) => {
                draft.cells.get(column.index()).is_none_or(Option::is_none)
                    && truth(condition.expr, &draft.values, today) == Some(true)
            }
            None => truth(condition.expr, &draft.values, today) == Some(false),
        };
        self.list
            .iter()
            .enumerate()
            .filter(|(_, condition)| breaks(condition))
            .map(|(at, _)| at)
            .collect()
    }

    /// Repairs a row; what it still breaks at the end is the error.
    pub(super) fn repair(
        &self,
        draft: &mut Draft,
        today: Day,
        hand: &mut dyn Hand,
    ) -> Result<(), Vec<usize>> {
        let mut broken = self.broken(draft, today);
        for step in 0..STEPS {
            let Some(condition) = hand
                .random()
                .pick(&broken)
                .and_then(|at| self.list.get(*at))
            else {
                return Ok(());
            };
            let mut ideas = ideas(condition.expr, &draft.values, today);
            if let Some(column) = condition.required {
                ideas.extend([Idea::Fresh(column), Idea::Fresh(column)]);
            }
            if ideas.is_empty() {
                return Err(broken);
            }
            let mut changed = draft.clone();
            // Many ideas are for cells that must stay: a few are drawn before anything is judged.
            let applied = (0..8).any(|_| match hand.random().pick(&ideas) {
                Some(idea) => hand.apply(idea, &mut changed.cells, step),
                None => false,
            });
            if !applied {
                continue;
            }
            self.read(&mut changed);
            let now = self.broken(&changed, today);
            if now.len() <= broken.len() || hand.random().one_in(10) {
                *draft = changed;
                broken = now;
            }
        }
        if broken.is_empty() {
            Ok(())
        } else {
            Err(broken)
        }
    }
}
