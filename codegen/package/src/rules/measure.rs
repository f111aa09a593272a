//! Measures of the rows found, and their bounds.

use std::collections::BTreeSet;

use vitrina_codegen::model::eval::Day;

use super::key::put_key;
use super::plan::Gauge;
use crate::Cell;
use crate::program::Operand;
use crate::store::Form;

/// A measure on its way. Rows come in their order, so that sums of doubles do not depend on anything
/// else.
#[derive(Debug, Clone, Default)]
pub(super) struct Measured {
    count: u64,
    different: BTreeSet<Vec<u8>>,
    bytes: u64,
    integers: i128,
    sum: f64,
    weights: f64,
}

impl Measured {
    pub(super) fn clear(&mut self) {
        *self = Measured::default();
    }

    /// Memory that grows with the rows.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Adds a row.
    pub(super) fn add(&mut self, gauge: &Gauge, cells: &[Cell<'_>], today: Day) {
        match gauge {
            Gauge::Count => self.count += 1,
            Gauge::Distinct(at) => {
                let mut key = Vec::new();
                if put_key(cells.get(*at), Form::Own, &mut key) {
                    let bytes = key.len() as u64 + 48;
                    if self.different.insert(key) {
                        self.bytes += bytes;
                    }
                }
            }
            Gauge::Integers(program) => {
                if let Some(Operand::Integer(number)) = program.value(cells, today) {
                    self.integers = self.integers.saturating_add(number);
                }
            }
            Gauge::Doubles(program) => {
                if let Some(number) = program.value(cells, today).and_then(double) {
                    self.sum += number;
                }
            }
            Gauge::Mean(value, weight) => {
                let Some(value) = value.value(cells, today).and_then(double) else {
                    return;
                };
                let weight = match weight {
                    Some(weight) => weight.value(cells, today).and_then(double),
                    None => Some(1.0),
                };
                if let Some(weight) = weight {
                    self.sum += value * weight;
                    self.weights += weight;
                }
            }
        }
    }

    /// The measure; `None` when there is none.
    pub(super) fn value(&self, gauge: &Gauge) -> Option<Operand<'static>> {
        let finite = |number: f64| number.is_finite().then_some(Operand::Double(number));
        match gauge {
            Gauge::Count => Some(Operand::Integer(self.count.into())),
            Gauge::Distinct(_) => Some(Operand::Integer(self.different.len() as i128)),
            Gauge::Integers(_) => Some(Operand::Integer(self.integers)),
            Gauge::Doubles(_) => finite(self.sum),
            Gauge::Mean(..) if self.weights == 0.0 => None,
            Gauge::Mean(..) => finite(self.sum / self.weights),
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "for and_then")]
fn double(value: Operand<'_>) -> Option<f64> {
    of(&value)
}

fn of(value: &Operand<'_>) -> Option<f64> {
    match value {
        Operand::Integer(number) => Some(*number as f64),
        Operand::Double(number) => Some(*number),
        _ => None,
    }
}

/// Whether a measure is not less than a bound. Integers exactly, doubles with the tolerance of
/// [`Shape::Within`](vitrina_codegen::model::Shape::Within); what is not there binds nothing.
pub(super) fn reaches(measure: Option<&Operand<'_>>, bound: Option<&Operand<'_>>) -> bool {
    match (measure, bound) {
        (Some(Operand::Integer(measure)), Some(Operand::Integer(bound))) => measure >= bound,
        (Some(measure), Some(bound)) => match (of(measure), of(bound)) {
            (Some(measure), Some(bound)) => measure >= bound - 1e-9 * bound.abs().max(1.0),
            _ => true,
        },
        _ => true,
    }
}

/// Whether a measure is not more than a bound, as [`reaches`].
pub(super) fn stays_under(measure: Option<&Operand<'_>>, bound: Option<&Operand<'_>>) -> bool {
    match (measure, bound) {
        (Some(Operand::Integer(measure)), Some(Operand::Integer(bound))) => measure <= bound,
        (Some(measure), Some(bound)) => match (of(measure), of(bound)) {
            (Some(measure), Some(bound)) => measure <= bound + 1e-9 * bound.abs().max(1.0),
            _ => true,
        },
        _ => true,
    }
}
