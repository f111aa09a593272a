//! The way to a mutant: cells are changed until a row breaks one rule and no other.

use std::collections::BTreeSet;

use super::{Maker, STEPS, with};
use crate::model::eval::{self, Rule, Violation, parse_row, verdict};
use crate::model::{ColumnId, Requirement};
use crate::sample::Cells;
use crate::sample::idea::{Idea, ideas};
use crate::sample::plan::in_reference;
use crate::sample::vary;

/// Where a walk ended: the best row on its way.
pub(super) struct End {
    pub(super) row: Cells,
    /// What the row breaks besides.
    pub(super) also: Vec<Violation>,
    /// Something was left to try.
    pub(super) more: bool,
}

impl Maker<'_> {
    /// Changes cells until only `expected` is broken, or as little besides as can be.
    pub(super) fn walk(
        &mut self,
        start: Cells,
        good: &Cells,
        fixed: &BTreeSet<ColumnId>,
        expected: &Violation,
    ) -> Option<End> {
        let mut row = start;
        let mut broken = self.judge(&row, good);
        let mut best: Option<End> = None;
        for _ in 0..STEPS {
            if broken.contains(expected) {
                let also: Vec<Violation> = broken
                    .iter()
                    .filter(|broken| *broken != expected)
                    .cloned()
                    .collect();
                if best
                    .as_ref()
                    .is_none_or(|best| also.len() < best.also.len())
                {
                    let more = !also.is_empty();
                    best = Some(End {
                        row: row.clone(),
                        also,
                        more,
                    });
                    if !more {
                        break;
                    }
                }
            }
            let ideas = self.ideas(&row, &broken, fixed, expected);
            let Some(idea) = self.random.pick(&ideas).cloned() else {
                if let Some(best) = &mut best {
                    best.more = false;
                }
                break;
            };
            let Some(changed) = self.apply(&row, &idea) else {
                continue;
            };
            let now = self.judge(&changed, good);
            if worth(&now, expected) <= worth(&broken, expected) || self.random.one_in(10) {
                (row, broken) = (changed, now);
            }
        }
        best
    }

    /// What may help: ideas of the conditions that are wrongly broken or wrongly not.
    fn ideas(
        &self,
        row: &Cells,
        broken: &[Violation],
        fixed: &BTreeSet<ColumnId>,
        expected: &Violation,
    ) -> Vec<Idea> {
        let values = parse_row(self.table, row);
        let mut found = Vec::new();
        let wrong = broken.iter().filter(|broken| *broken != expected);
        let missing = std::iter::once(expected).filter(|expected| !broken.contains(expected));
        for violation in wrong.chain(missing) {
            let expr = match (&violation.rule, violation.column) {
                (Rule::Check(code), _) => {
                    let check = self.table.checks.iter().find(|check| check.code == *code);
                    check.map(|check| &check.expr)
                }
                (Rule::RequiredWhen, Some(id)) => match &self.table.column(id).requirement {
                    Requirement::When(expr) => Some(expr),
                    _ => None,
                },
                _ => None,
            };
            if let Some(expr) = expr {
                found.extend(ideas(expr, &values, self.today));
            }
            let columns: &[ColumnId] = match &violation.rule {
                Rule::PrimaryKey => &self.table.primary_key,
                Rule::UniqueKey(at) => self.table.unique.get(*at).map_or(&[], |key| &key.columns),
                Rule::Reference(at) => {
                    let foreign = self.table.foreign_keys.get(*at);
                    foreign.map_or(&[], |foreign| &foreign.columns)
                }
                _ => violation.column.as_slice(),
            };
            for id in columns {
                found.extend([Idea::Fresh(*id), Idea::Null(*id)]);
            }
        }
        found.retain(|idea| !fixed.contains(&idea.column()));
        found
    }

    fn apply(&mut self, row: &Cells, idea: &Idea) -> Option<Cells> {
        let id = idea.column();
        let cell = match idea {
            Idea::Null(_) => None,
            // Good rows have only values that conditions like; others are wanted too.
            Idea::Fresh(_) if self.random.one_in(2) && !in_reference(self.table, id) => {
                let ty = &self.table.column(id).ty;
                Some(vary::fresh(self.model, ty, &mut self.random)?)
            }
            Idea::Fresh(_) => Some(self.value_of(id)?),
            Idea::Set(_, value) => {
                let ty = &self.table.column(id).ty;
                let text = value.to_text(ty.base)?;
                let good = !text.is_empty() && eval::cell(self.model, ty, &text).is_empty();
                Some(good.then_some(text)?)
            }
        };
        Some(with(row, id, cell))
    }

    /// A value that some good row has in a column.
    pub(super) fn value_of(&mut self, id: ColumnId) -> Option<String> {
        let cell = |row: &Cells| row.get(id.index()).cloned().flatten();
        let drawn = (0..8).find_map(|_| self.random.pick(self.rows).and_then(cell));
        drawn.or_else(|| self.rows.iter().find_map(cell))
    }

    pub(super) fn judge(&self, row: &Cells, before: &Cells) -> Vec<Violation> {
        let mut broken = verdict(self.model, self.table, row, self.today);
        broken.extend(self.keys.verdict(self.table, row, before));
        broken
    }
}

/// How far a row is from breaking just `expected`.
fn worth(broken: &[Violation], expected: &Violation) -> usize {
    let besides = broken.iter().filter(|broken| *broken != expected).count();
    besides + if broken.contains(expected) { 0 } else { 3 }
}
