//! How the cells of a column are made: a source of values, and the values worth having once.

use std::collections::VecDeque;
use std::rc::Rc;

use super::form::{self, Pools};
use super::repair::Conditions;
use super::{Options, Random, text};
use crate::model::eval::{self, Day, Value};
use crate::model::pattern::Automaton;
use crate::model::{BaseType, Column, ColumnId, ColumnType, Domain, Model, ScalarId, Table};

/// Where values of a column come from.
#[derive(Debug)]
enum Origin {
    /// The row's own identity: `<PREFIX>-<n>`, or `n`.
    Identity,
    /// A code of a closed list.
    Codes(Vec<String>),
    /// A value of a form made in advance.
    Pool(usize),
    /// A new value of a form, for columns that are unique.
    Form(ScalarId),
    /// Anything of the base type.
    Plain,
}

/// A cell that some row shall have; `None` is null.
pub(super) type Goal = Option<String>;

/// The plan of one column.
#[derive(Debug)]
pub(super) struct Plan {
    origin: Origin,
    ty: ColumnType,
    /// The whole form of identities, as far as it is a pattern.
    automaton: Option<Rc<Automaton>>,
    /// Cells still to be had, each with the number of rows that tried.
    pub(super) goals: VecDeque<(Goal, u32)>,
}

/// How the plans of a table's columns are made.
pub(super) struct Planner<'p> {
    pub(super) model: &'p Model,
    pub(super) options: &'p Options,
    pub(super) pools: &'p mut Pools,
    pub(super) random: &'p mut Random,
}

impl Planner<'_> {
    /// The plan of a column; `None` when no value of its type can be found.
    pub(super) fn plan(
        &mut self,
        table: &Table,
        column: &Column,
        conditions: &Conditions<'_>,
    ) -> Option<Plan> {
        let origin = self.origin(table, column)?;
        let scalar = form::scalar_of(self.model, &column.ty);
        let mut plan = Plan {
            automaton: match (&origin, scalar) {
                (Origin::Identity, Some(scalar)) => self.pools.automaton(self.model, scalar),
                _ => None,
            },
            origin,
            ty: column.ty,
            goals: VecDeque::new(),
        };
        if !in_reference(table, column.id) {
            let mut goals = self.goals(&plan);
            goals.retain(|text| eval::cell(self.model, &column.ty, text).is_empty());
            let mut goals: Vec<Goal> = goals.into_iter().map(Some).collect();
            if !column.is_required() {
                goals.insert(goals.len().min(1), None);
            }
            goals.retain(|goal| {
                !conditions.excludes(column.id, goal.as_deref(), self.options.today)
            });
            // Neighbours start at different goals, so that rows are not all-null or all-extreme.
            if !goals.is_empty() {
                let first = column.id.index() % goals.len();
                goals.rotate_left(first);
            }
            plan.goals = goals.into_iter().map(|goal| (goal, 0)).collect();
        }
        Some(plan)
    }

    fn origin(&mut self, table: &Table, column: &Column) -> Option<Origin> {
        if let Some(list) = self.model.closed_list_of(&column.ty) {
            let codes = list.values.iter().map(|value| value.code.clone());
            return Some(Origin::Codes(codes.collect()));
        }
        let alone = table.primary_key == [column.id]
            || table.unique.iter().any(|key| key.columns == [column.id]);
        let named = matches!(column.ty.domain, Domain::Key { .. } | Domain::Plain);
        if alone && named && !in_reference(table, column.id) {
            let longest = identity(column.ty.base, &self.options.prefix, 9_999_999, 0);
            if longest.is_some_and(|text| eval::cell(self.model, &column.ty, &text).is_empty()) {
                return Some(Origin::Identity);
            }
        }
        let Some(id) = form::scalar_of(self.model, &column.ty) else {
            return Some(Origin::Plain);
        };
        let pool = self.pools.of(self.model, id, column.ty.base, self.random)?;
        let unique = table.primary_key.contains(&column.id)
            || table
                .unique
                .iter()
                .any(|key| key.columns.contains(&column.id));
        Some(if unique {
            Origin::Form(id)
        } else {
            Origin::Pool(pool)
        })
    }

    fn goals(&mut self, plan: &Plan) -> Vec<String> {
        match &plan.origin {
            Origin::Codes(codes) => codes.clone(),
            Origin::Plain => match plan.ty.base {
                BaseType::Char(n) => {
                    let chars = n as usize;
                    vec![
                        text::exactly(self.random, chars),
                        text::exactly(self.random, chars),
                    ]
                }
                base if base.is_text() => {
                    text::traps(self.random, base.max_chars().map(|max| max as usize))
                }
                base => borders(base, self.options.today),
            },
            Origin::Pool(pool) => {
                let pool = *pool;
                (0..2)
                    .filter_map(|_| self.pools.draw(pool, self.model, self.random))
                    .collect()
            }
            Origin::Identity | Origin::Form(_) => Vec::new(),
        }
    }
}

impl Plan {
    /// A new cell. `number` is the row's own number, `padded` asks for the longest identity.
    pub(super) fn fresh(
        &self,
        planner: &mut Planner<'_>,
        number: usize,
        padded: bool,
    ) -> Option<String> {
        match &self.origin {
            Origin::Identity => {
                let base = self.ty.base;
                let widest = base.max_chars().filter(|_| padded).unwrap_or(0).min(250);
                (0..=widest as usize)
                    .rev()
                    .filter_map(|width| identity(base, &planner.options.prefix, number, width))
                    .find(|text| self.is_good_identity(planner.model, text))
            }
            Origin::Codes(codes) => planner.random.pick(codes).cloned(),
            Origin::Pool(pool) => planner.pools.draw(*pool, planner.model, planner.random),
            Origin::Form(scalar) => {
                form::value(planner.model, *scalar, self.ty.base, planner.random)
            }
            Origin::Plain => plain(self.ty.base, Some(planner.options.today), planner.random),
        }
    }

    /// Judges an identity, by the automaton where there is one: it is asked for every row.
    fn is_good_identity(&self, model: &Model, text: &str) -> bool {
        match &self.automaton {
            Some(automaton) => {
                let max = self.ty.base.max_chars();
                max.is_none_or(|max| text.chars().count() <= max as usize)
                    && automaton.matches(text)
            }
            None => eval::cell(model, &self.ty, text).is_empty(),
        }
    }

    /// Whether the column names its own row, and so is left alone by repairs.
    pub(super) fn is_identity(&self) -> bool {
        matches!(self.origin, Origin::Identity)
    }

    /// Strikes out a goal that a row has reached.
    pub(super) fn reached(&mut self, cell: &Goal) {
        if let Some(at) = self.goals.iter().position(|(goal, _)| goal == cell) {
            self.goals.remove(at);
        }
    }

    /// Puts the first goal behind the others, or gives it up after a few rows that tried.
    pub(super) fn postpone(&mut self) {
        if let Some((goal, tries)) = self.goals.pop_front()
            && tries < 4
        {
            self.goals.push_back((goal, tries + 1));
        }
    }
}

/// Whether a column is part of a reference.
pub(super) fn in_reference(table: &Table, column: ColumnId) -> bool {
    table
        .foreign_keys
        .iter()
        .any(|key| key.columns.contains(&column))
}

/// `<PREFIX>-<n>`, the number filled up with zeros to `width` digits; just the number in a column
/// of numbers.
fn identity(base: BaseType, prefix: &str, number: usize, width: usize) -> Option<String> {
    match base {
        BaseType::Int32 | BaseType::BigInt => Some(number.to_string()),
        BaseType::Char(n) => {
            let width = (n as usize).checked_sub(prefix.chars().count() + 1)?;
            Some(format!("{prefix}-{number:0width$}"))
        }
        base if base.is_text() => Some(format!("{prefix}-{number:0width$}")),
        _ => None,
    }
}

/// A value of a base type without any form.
pub(super) fn plain(base: BaseType, today: Option<Day>, random: &mut Random) -> Option<String> {
    let today = today.unwrap_or(Day(20_000)).0;
    let value = match base {
        BaseType::Boolean => Value::Boolean(random.one_in(2)),
        BaseType::Int32 | BaseType::BigInt => Value::Integer(match random.below(8) {
            0 => random.between(-1000, -1).into(),
            1 => random.between(i32::MIN.into(), i32::MAX.into()).into(),
            _ => random.between(0, 1000).into(),
        }),
        BaseType::Float | BaseType::Double => Value::Double(match random.below(4) {
            0 => random.between(-100_000, 100_000) as f64 / 1000.0,
            1 => random.between(0, 1 << 40) as f64 * 1e-20,
            _ => random.between(0, 10_000) as f64 / 100.0,
        }),
        BaseType::Char(n) => Value::Text(text::exactly(random, n as usize)),
        BaseType::Varchar(max) => Value::Text(text::free(random, max.map(|max| max as usize))),
        BaseType::Link => Value::Text(format!(
            "https://example.org/{}?q={}#{}",
            random.below(1000),
            text::word(random),
            random.below(10)
        )),
        BaseType::Uuid => {
            let bits = u128::from(random.bits()) << 64 | u128::from(random.bits());
            // Version 4, variant 1 (RFC 9562).
            let bits = bits & !(0xF << 76) | 4 << 76;
            Value::Uuid(bits & !(0b11 << 62) | 0b10 << 62)
        }
        BaseType::Date => Value::Date(Day(today - random.between(0, 8000))),
        BaseType::Time(precision) => Value::Time(time(precision, random)),
        BaseType::Timestamp(precision) => Value::Timestamp(
            (today - random.between(1, 2000)) * 86_400_000_000 + time(precision, random),
        ),
    };
    value.to_text(base)
}

/// Microseconds of a day, mostly whole quarters of an hour.
fn time(precision: u8, random: &mut Random) -> i64 {
    let unit = 10_i64.pow(6 - u32::from(precision.min(6)));
    match random.below(3) {
        0 => random.between(0, 86_400_000_000 / unit - 1) * unit,
        _ => random.between(0, 95) * 900_000_000,
    }
}

/// The edges of a base type that is no text.
fn borders(base: BaseType, today: Day) -> Vec<String> {
    let texts: Vec<String> = match base {
        BaseType::Boolean => vec!["true".into(), "false".into()],
        BaseType::Int32 => [0, i32::MAX, i32::MIN, -1].map(|n| n.to_string()).into(),
        BaseType::BigInt => [0, i64::MAX, i64::MIN, -1].map(|n| n.to_string()).into(),
        BaseType::Float => [0.0, -0.5, 0.1, f32::MAX, f32::MIN_POSITIVE]
            .iter()
            .filter_map(|number| Value::Double(f64::from(*number)).to_text(base))
            .collect(),
        BaseType::Double => [0.0, -0.5, 0.1, 1e21, f64::MAX, f64::MIN_POSITIVE]
            .iter()
            .filter_map(|number| Value::Double(*number).to_text(base))
            .collect(),
        BaseType::Uuid => vec![
            "00000000-0000-0000-0000-000000000000".into(),
            "ffffffff-ffff-ffff-ffff-ffffffffffff".into(),
        ],
        BaseType::Date => [
            "2024-02-29",
            "0001-01-01",
            "9999-12-31",
            "1970-01-01",
            "1900-02-28",
        ]
        .iter()
        .map(|text| (*text).to_owned())
        .chain([today.to_string()])
        .collect(),
        BaseType::Time(_) => vec!["00:00:00".into(), "23:59:59".into(), "12:00:00".into()],
        BaseType::Timestamp(_) => vec![
            "2024-02-29 23:59:59".into(),
            "1969-12-31 23:59:59".into(),
            "0001-01-01 00:00:00".into(),
            "9999-12-31 23:59:59".into(),
        ],
        _ => Vec::new(),
    };
    texts
        .into_iter()
        .filter_map(|text| Value::parse(base, &text)?.to_text(base))
        .collect()
}
