//! Mutants: good rows changed so that they break one rule, for every rule of a table.
//!
//! Whoever judges rows (a database, generated code, a validator) is fed both and must agree.

mod walk;

use std::collections::BTreeSet;

use super::package::{Cells, Keys, Package, key_of};
use super::{Random, vary};
use crate::model::eval::{Day, Rule, Violation};
use crate::model::{ColumnId, Model, Requirement, Table};

/// How many good rows are tried for one rule.
const BASES: usize = 6;

/// How many ideas are tried for one good row.
const STEPS: usize = 150;

/// A row that breaks one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutant {
    /// What was done, for messages: `late_minutes: Required`.
    pub title: String,
    /// The good row of the package that this one takes the place of.
    pub base: usize,
    /// The cells.
    pub row: Cells,
    /// The rule that the row was made to break.
    pub expected: Violation,
    /// What it breaks besides because it cannot be helped: mostly nothing.
    pub also: Vec<Violation>,
    /// The cell is no value of its column's type: only what reads texts can be fed with it.
    pub texts_only: bool,
}

/// A rule that no row was found to break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unbreakable {
    /// The rule.
    pub rule: Violation,
    /// Why, as far as it is known.
    pub reason: &'static str,
}

/// The mutants of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mutants {
    /// At least one for every rule that can be broken.
    pub mutants: Vec<Mutant>,
    /// The others.
    pub unbreakable: Vec<Unbreakable>,
}

/// Makes mutants of a table's rows in a package that breaks no rule.
///
/// A mutant replaces the row [`Mutant::base`]; a reference *to* that row from elsewhere is not
/// looked at. Rows that no other refers to are taken first.
pub fn mutants(model: &Model, package: &Package, table: &Table, today: Day, seed: u64) -> Mutants {
    let mut maker = Maker {
        model,
        table,
        today,
        rows: package.rows(table.id),
        bases: bases(model, package, table),
        keys: Keys::of(model, package),
        random: Random::new(seed),
        found: Mutants::default(),
    };
    for column in &table.columns {
        maker.break_column(column.id);
    }
    for check in &table.checks {
        let expected = Violation {
            column: check.column,
            rule: Rule::Check(check.code.clone()),
        };
        maker.search(
            expected,
            "no value of the columns makes it false",
            |_, row| vec![(row.clone(), BTreeSet::new())],
        );
    }
    maker.break_keys();
    maker.break_references();
    maker.found
}

/// The rows by which to begin: those that no other row refers to, then the others.
fn bases(model: &Model, package: &Package, table: &Table) -> Vec<usize> {
    let mut referred = BTreeSet::new();
    for sampled in &package.tables {
        for foreign in &model.table(sampled.table).foreign_keys {
            if foreign.table == table.id {
                let keys = sampled
                    .rows
                    .iter()
                    .filter_map(|row| key_of(row, &foreign.columns));
                referred.extend(keys.map(|key| (foreign.target.clone(), key)));
            }
        }
    }
    let targets: BTreeSet<Vec<ColumnId>> =
        referred.iter().map(|(target, _)| target.clone()).collect();
    let rows = package.rows(table.id);
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|at| {
        targets.iter().any(|target| {
            rows.get(*at)
                .and_then(|row| key_of(row, target))
                .is_some_and(|key| referred.contains(&(target.clone(), key)))
        })
    });
    order
}

struct Maker<'m> {
    model: &'m Model,
    table: &'m Table,
    today: Day,
    rows: &'m [Cells],
    bases: Vec<usize>,
    keys: Keys,
    random: Random,
    found: Mutants,
}

/// A row to begin with and the columns that must stay as they are in it.
type Start = (Cells, BTreeSet<ColumnId>);

impl Maker<'_> {
    fn break_column(&mut self, id: ColumnId) {
        let (model, table) = (self.model, self.table);
        let column = table.column(id);
        let emptied =
            move |_: &mut Self, row: &Cells| vec![(with(row, id, None), BTreeSet::from([id]))];
        match &column.requirement {
            Requirement::Always => {
                let expected = Violation::of(id, Rule::Required);
                self.search(expected, "the package has no row", emptied);
            }
            Requirement::When(_) => {
                let expected = Violation::of(id, Rule::RequiredWhen);
                self.search(expected, "its condition never holds", emptied);
            }
            Requirement::Optional => {}
        }
        let base = column.ty.base;
        let form = model.form_of(&column.ty);
        let mut rules = Vec::new();
        if !base.is_text() {
            rules.push((Rule::Type, ""));
        }
        if base.max_chars().is_some() {
            rules.push((Rule::Length, "no text of the column is too long"));
        }
        if base.is_text() {
            rules.push((Rule::Control, "the column is never filled"));
        }
        if form.is_some_and(|form| form.pattern.is_some()) {
            rules.push((
                Rule::Pattern,
                "no variant of a good text breaks the pattern",
            ));
        }
        if form.is_some_and(|form| form.algorithm.is_some()) {
            rules.push((
                Rule::CheckDigit,
                "no variant of a good text breaks the check digit alone",
            ));
        }
        if model.closed_list_of(&column.ty).is_some() {
            rules.push((Rule::List, "no code that fits the column is left over"));
        }
        for (rule, reason) in rules {
            let expected = Violation::of(id, rule.clone());
            self.search(expected, reason, move |maker, row| {
                let good = row.get(id.index()).cloned().flatten();
                let good = good.or_else(|| maker.value_of(id));
                let Some(good) = good else {
                    return Vec::new();
                };
                vary::breaking(model, &column.ty, &good, &rule, &mut maker.random)
                    .into_iter()
                    .map(|text| (with(row, id, Some(text)), BTreeSet::from([id])))
                    .collect()
            });
        }
    }

    fn break_keys(&mut self) {
        let table = self.table;
        let primary = (Rule::PrimaryKey, &table.primary_key);
        let unique = table.unique.iter().enumerate();
        let unique = unique.map(|(at, key)| (Rule::UniqueKey(at), &key.columns));
        for (rule, columns) in std::iter::once(primary).chain(unique) {
            let expected = Violation::of_row(rule);
            self.search(
                expected,
                "the package has no second row with a full key",
                |maker, row| {
                    let own = key_of(row, columns);
                    let others = maker.rows.iter().filter(|other| {
                        let key = key_of(other, columns);
                        key.is_some() && key != own
                    });
                    others
                        .take(4)
                        .map(|other| {
                            let mut copy = row.clone();
                            for id in columns {
                                let cell = other.get(id.index()).cloned().flatten();
                                copy = with(&copy, *id, cell);
                            }
                            (copy, columns.iter().copied().collect())
                        })
                        .collect()
                },
            );
        }
    }

    fn break_references(&mut self) {
        let (model, table) = (self.model, self.table);
        for (at, foreign) in table.foreign_keys.iter().enumerate() {
            let expected = Violation {
                column: match foreign.columns.as_slice() {
                    [column] => Some(*column),
                    _ => None,
                },
                rule: Rule::Reference(at),
            };
            self.search(
                expected,
                "every good value of the columns has its row",
                |maker, row| {
                    let mut full = row.clone();
                    if key_of(&full, &foreign.columns).is_none() {
                        // A row whose reference is null borrows another row's.
                        let has = |other: &&Cells| key_of(other, &foreign.columns).is_some();
                        if let Some(other) = maker.rows.iter().find(has) {
                            for id in &foreign.columns {
                                full = with(&full, *id, other.get(id.index()).cloned().flatten());
                            }
                        }
                    }
                    let mut starts = Vec::new();
                    for id in &foreign.columns {
                        let ty = &table.column(*id).ty;
                        let good = full.get(id.index()).cloned().flatten().unwrap_or_default();
                        for text in vary::others(model, ty, &good, &mut maker.random) {
                            let start = with(&full, *id, Some(text));
                            let broken = maker.judge(&start, row);
                            if broken
                                .iter()
                                .any(|broken| broken.rule == Rule::Reference(at))
                            {
                                starts.push((start, foreign.columns.iter().copied().collect()));
                            }
                            if starts.len() >= 4 {
                                return starts;
                            }
                        }
                    }
                    starts
                },
            );
        }
    }

    /// Looks for a row that breaks just `expected`, from rows that `starts` makes of good ones, and
    /// keeps the best found.
    fn search(
        &mut self,
        expected: Violation,
        reason: &'static str,
        mut starts: impl FnMut(&mut Self, &Cells) -> Vec<Start>,
    ) {
        let mut best: Option<(usize, Cells, Vec<Violation>)> = None;
        for base in self.bases.clone().into_iter().take(BASES) {
            let Some(good) = self.rows.get(base) else {
                continue;
            };
            let mut more = false;
            for (start, fixed) in starts(self, good) {
                let Some(end) = self.walk(start, good, &fixed, &expected) else {
                    more = true;
                    continue;
                };
                more |= end.more;
                let better = best
                    .as_ref()
                    .is_none_or(|(_, _, known)| end.also.len() < known.len());
                if better {
                    best = Some((base, end.row, end.also));
                }
                if best.as_ref().is_some_and(|(_, _, also)| also.is_empty()) {
                    break;
                }
            }
            // What follows from the broken cell itself, another row does not spare either.
            let settled = best
                .as_ref()
                .is_some_and(|(_, _, also)| also.is_empty() || !more);
            if settled {
                break;
            }
        }
        match best {
            Some((base, row, also)) => {
                let texts_only = also
                    .iter()
                    .chain([&expected])
                    .any(|broken| broken.rule == Rule::Type);
                self.found.mutants.push(Mutant {
                    title: self.title(&expected),
                    base,
                    row,
                    expected,
                    also,
                    texts_only,
                });
            }
            None => self.found.unbreakable.push(Unbreakable {
                rule: expected,
                reason,
            }),
        }
    }

    fn title(&self, violation: &Violation) -> String {
        match violation.column {
            Some(id) => format!("{}: {:?}", self.table.column(id).name, violation.rule),
            None => format!("{:?}", violation.rule),
        }
    }
}

fn with(row: &Cells, id: ColumnId, cell: Option<String>) -> Cells {
    let mut row = row.clone();
    if let Some(slot) = row.get_mut(id.index()) {
        *slot = cell;
    }
    row
}
