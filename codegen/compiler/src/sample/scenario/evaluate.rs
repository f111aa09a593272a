//! The value of a formula.

use std::cmp::Ordering;
use std::rc::Rc;
use std::sync::Arc;

use super::functions;
use crate::model::eval::{Day, like_matches};
use crate::model::scenario::{Aggregate, Atom, Draw, Formula, FormulaKind, Part, Slot};
use crate::model::{Arith, Comparison};
use crate::sample::Random;

/// A remembered row: its cells, then the numbers and named values of the step that made it.
pub(super) type Row = Rc<[Atom]>;

/// A step that runs.
#[derive(Debug, Clone, Default)]
pub(super) struct Level {
    /// The row that it makes or goes over.
    pub(super) row: Vec<Atom>,
    /// `n`, `made`, `serial`, then the named values.
    pub(super) local: Vec<Atom>,
    /// Picked rows.
    pub(super) with: Vec<Row>,
    /// The seed of the round.
    pub(super) seed: u64,
}

/// A row that an aggregate looks at, inside those of the aggregates around it.
#[derive(Clone, Copy)]
pub(super) struct Element<'e> {
    pub(super) row: &'e [Atom],
    pub(super) outer: Option<&'e Element<'e>>,
}

/// What formulas see.
#[derive(Clone, Copy)]
pub(super) struct Environment<'e> {
    pub(super) levels: &'e [Level],
    pub(super) stores: &'e [Vec<Row>],
    pub(super) element: Option<&'e Element<'e>>,
    pub(super) today: Day,
    pub(super) scale: i64,
    pub(super) prefix: &'e Arc<str>,
    /// The seed of the round that the formula belongs to.
    pub(super) seed: u64,
}

impl<'e> Environment<'e> {
    /// With one more row that an aggregate looks at.
    pub(super) fn within(self, element: &'e Element<'e>) -> Environment<'e> {
        Environment {
            element: Some(element),
            ..self
        }
    }

    pub(super) fn value(&self, formula: &Formula) -> Atom {
        match &formula.kind {
            FormulaKind::Constant(atom) => atom.clone(),
            FormulaKind::Slot(slot) => self.slot(*slot).cloned().unwrap_or_default(),
            FormulaKind::Today => Atom::Date(self.today),
            FormulaKind::Scale => Atom::Integer(self.scale),
            FormulaKind::Prefix => Atom::Text(Arc::clone(self.prefix)),
            FormulaKind::Not(inner) => truth(self.truth(inner).map(|truth| !truth)),
            FormulaKind::And(left, right) => {
                truth(match (self.truth(left), || self.truth(right)) {
                    (Some(false), _) => Some(false),
                    (left, right) => match (left, right()) {
                        (_, Some(false)) => Some(false),
                        (Some(true), Some(true)) => Some(true),
                        _ => None,
                    },
                })
            }
            FormulaKind::Or(left, right) => truth(match (self.truth(left), || self.truth(right)) {
                (Some(true), _) => Some(true),
                (left, right) => match (left, right()) {
                    (_, Some(true)) => Some(true),
                    (Some(false), Some(false)) => Some(false),
                    _ => None,
                },
            }),
            FormulaKind::IsNull(inner) => Atom::Boolean(self.value(inner).is_null()),
            FormulaKind::Compare(comparison, left, right) => {
                truth(compare(*comparison, &self.value(left), &self.value(right)))
            }
            FormulaKind::In(inner, list) => self.among(inner, list),
            FormulaKind::Like(inner, pattern) => match self.value(inner) {
                Atom::Text(text) => Atom::Boolean(like_matches(&text, pattern)),
                _ => Atom::Null,
            },
            FormulaKind::Negate(inner) => match self.value(inner) {
                Atom::Integer(number) => number.checked_neg().map_or(Atom::Null, Atom::Integer),
                Atom::Double(number) => Atom::Double(-number),
                _ => Atom::Null,
            },
            FormulaKind::Arith(operator, left, right) => {
                arithmetic(*operator, &self.value(left), &self.value(right)).unwrap_or_default()
            }
            FormulaKind::Case(branches, otherwise) => branches
                .iter()
                .find(|(condition, _)| self.truth(condition) == Some(true))
                .map(|(_, value)| value)
                .or(otherwise.as_deref())
                .map(|value| self.value(value))
                .unwrap_or_default(),
            FormulaKind::Call(function, arguments) => functions::call(*function, arguments, self),
            FormulaKind::Random { site, draw, from } => self.random(*site, *draw, from),
            FormulaKind::Aggregate {
                what,
                store,
                value,
                condition,
            } => self.aggregate(*what, *store, value.as_deref(), condition.as_deref()),
        }
    }

    fn slot(&self, slot: Slot) -> Option<&Atom> {
        match slot.part {
            Part::Row => self.levels.get(slot.level)?.row.get(slot.at),
            Part::Local => self.levels.get(slot.level)?.local.get(slot.at),
            Part::With(pick) => self.levels.get(slot.level)?.with.get(pick)?.get(slot.at),
            Part::Element(out) => {
                let mut element = self.element?;
                for _ in 0..out {
                    element = element.outer?;
                }
                element.row.get(slot.at)
            }
        }
    }

    /// The truth of a condition; `None` is unknown.
    fn truth(&self, formula: &Formula) -> Option<bool> {
        match self.value(formula) {
            Atom::Boolean(truth) => Some(truth),
            _ => None,
        }
    }

    fn among(&self, inner: &Formula, list: &[Formula]) -> Atom {
        let value = self.value(inner);
        let mut unknown = value.is_null();
        for item in list {
            match compare(Comparison::Eq, &value, &self.value(item)) {
                Some(true) => return Atom::Boolean(true),
                Some(false) => {}
                None => unknown = true,
            }
        }
        truth((!unknown).then_some(false))
    }

    fn random(&self, site: u64, draw: Draw, from: &[Formula]) -> Atom {
        let mut random = Random::new(Random::mixed(self.seed, site));
        let number = |at: usize| from.get(at).and_then(|one| self.value(one).integer());
        match draw {
            Draw::Integer => match (number(0), number(1)) {
                (Some(first), Some(last)) if first <= last => {
                    Atom::Integer(random.between(first, last))
                }
                _ => Atom::Null,
            },
            Draw::Chance => match number(0) {
                Some(percent) => Atom::Boolean(random.between(1, 100) <= percent),
                None => Atom::Null,
            },
            Draw::One => random
                .pick(from)
                .map(|one| self.value(one))
                .unwrap_or_default(),
        }
    }

    fn aggregate(
        &self,
        what: Aggregate,
        store: usize,
        value: Option<&Formula>,
        condition: Option<&Formula>,
    ) -> Atom {
        let mut count = 0_i64;
        let mut sum = 0_f64;
        let mut whole = Some(0_i64);
        let mut kept = Atom::Null;
        for row in self.stores.get(store).into_iter().flatten() {
            let element = Element {
                row,
                outer: self.element,
            };
            let inside = self.within(&element);
            let counts = condition.is_none_or(|one| inside.truth(one) == Some(true));
            if !counts {
                continue;
            }
            let Some(value) = value.map(|value| inside.value(value)) else {
                count += 1;
                continue;
            };
            if value.is_null() {
                continue;
            }
            count += 1;
            match what {
                Aggregate::Sum | Aggregate::Average => {
                    sum += value.number().unwrap_or(0.0);
                    whole = whole.and_then(|whole| whole.checked_add(value.integer()?));
                }
                Aggregate::First => return value,
                Aggregate::Last => kept = value,
                Aggregate::Min if kept.is_null() || value.order(&kept) == Some(Ordering::Less) => {
                    kept = value;
                }
                Aggregate::Max
                    if kept.is_null() || value.order(&kept) == Some(Ordering::Greater) =>
                {
                    kept = value;
                }
                _ => {}
            }
        }
        match what {
            Aggregate::Count => Atom::Integer(count),
            Aggregate::Sum => whole.map_or(Atom::Double(sum), Atom::Integer),
            Aggregate::Average if count > 0 => Atom::Double(sum / count as f64),
            _ => kept,
        }
    }
}

fn truth(truth: Option<bool>) -> Atom {
    truth.map_or(Atom::Null, Atom::Boolean)
}

pub(super) fn compare(comparison: Comparison, left: &Atom, right: &Atom) -> Option<bool> {
    let order = left.order(right)?;
    Some(match comparison {
        Comparison::Eq => order.is_eq(),
        Comparison::Ne => order.is_ne(),
        Comparison::Lt => order.is_lt(),
        Comparison::Le => order.is_le(),
        Comparison::Gt => order.is_gt(),
        Comparison::Ge => order.is_ge(),
    })
}

fn arithmetic(operator: Arith, left: &Atom, right: &Atom) -> Option<Atom> {
    match (left, right) {
        (Atom::Integer(left), Atom::Integer(right)) => Some(Atom::Integer(match operator {
            Arith::Add => left.checked_add(*right)?,
            Arith::Sub => left.checked_sub(*right)?,
            Arith::Mul => left.checked_mul(*right)?,
            Arith::Div => left.checked_div(*right)?,
            Arith::Rem => left.checked_rem(*right)?,
        })),
        (Atom::Date(left), Atom::Date(right)) if operator == Arith::Sub => {
            Some(Atom::Integer(left.0 - right.0))
        }
        (Atom::Date(day), Atom::Integer(count)) | (Atom::Integer(count), Atom::Date(day)) => {
            let day = match operator {
                Arith::Add => day.0.checked_add(*count)?,
                _ => day.0.checked_sub(*count)?,
            };
            Some(Atom::Date(Day(day)).filtered())
        }
        _ => {
            let (left, right) = (left.number()?, right.number()?);
            let number = match operator {
                Arith::Add => left + right,
                Arith::Sub => left - right,
                Arith::Mul => left * right,
                Arith::Div => left / right,
                Arith::Rem => return None,
            };
            number.is_finite().then_some(Atom::Double(number))
        }
    }
}

trait Filtered {
    /// Null for a day outside of the years 1 to 9999.
    fn filtered(self) -> Self;
}

impl Filtered for Atom {
    fn filtered(self) -> Atom {
        match self {
            Atom::Date(day) if day.civil().is_none() => Atom::Null,
            other => other,
        }
    }
}
