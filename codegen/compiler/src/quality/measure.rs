//! Measures of the rows found, and their bounds.

use std::collections::{BTreeSet, HashMap};

use super::Reason;
use super::context::Context;
use super::frame::{Frame, read_by};
use super::index::{Form, encode};
use super::search::{Finder, reads_outer};
use crate::model::eval::{Row, Value};
use crate::model::{ColumnId, Expr, Measure, Search, ValueType, View};

/// A measure, ready to be taken from any judged row.
pub(super) struct Gauge<'a> {
    finder: Finder<'a>,
    measure: &'a Measure,
    frame: Frame<'a>,
    /// Whether the judged row matters by its key alone.
    by_key_alone: bool,
    /// What was measured, by bucket, if so.
    taken: HashMap<u32, Option<Value>>,
}

impl<'a> Gauge<'a> {
    /// `judged` is the judged row's view.
    pub(super) fn new(
        context: &Context<'a>,
        search: &'a Search,
        measure: &'a Measure,
        judged: &View,
    ) -> Result<Gauge<'a>, Reason> {
        let finder = Finder::new(context, search, judged)?;
        let columns = match measure {
            Measure::Count => Vec::new(),
            Measure::Distinct(column) => vec![*column],
            Measure::Sum(expr) => read_by([expr]),
            Measure::Average { value, weight } => read_by([value].into_iter().chain(weight)),
        };
        Ok(Gauge {
            by_key_alone: finder.by_key_alone() && !reads_outer(&search.view, &columns),
            frame: Frame::new(context, &search.view, &columns)?,
            finder,
            measure,
            taken: HashMap::new(),
        })
    }

    /// The measure for a judged row: an integer or a double; `None` when there is none.
    pub(super) fn take(&mut self, judged: &Row) -> Option<Value> {
        let mut tally = Tally::of(self.measure);
        let Some(bucket) = self.finder.bucket(judged) else {
            return tally.value();
        };
        if self.by_key_alone
            && let Some(known) = self.taken.get(&bucket)
        {
            return known.clone();
        }
        self.frame.set_outer(judged);
        let frame = &mut self.frame;
        self.finder.search(bucket, judged, |row| {
            tally.add(frame, row);
            true
        });
        let value = tally.value();
        if self.by_key_alone {
            self.taken.insert(bucket, value.clone());
        }
        value
    }
}

/// A measure on its way.
enum Tally<'a> {
    Count(u64),
    Distinct(ColumnId, BTreeSet<Vec<u8>>),
    Integers(&'a Expr, i128),
    Doubles(&'a Expr, f64),
    Mean {
        value: &'a Expr,
        weight: Option<&'a Expr>,
        sum: f64,
        weights: f64,
    },
}

impl<'a> Tally<'a> {
    fn of(measure: &'a Measure) -> Tally<'a> {
        match measure {
            Measure::Count => Tally::Count(0),
            Measure::Distinct(column) => Tally::Distinct(*column, BTreeSet::new()),
            Measure::Sum(expr) if expr.ty == ValueType::Double => Tally::Doubles(expr, 0.0),
            Measure::Sum(expr) => Tally::Integers(expr, 0),
            Measure::Average { value, weight } => Tally::Mean {
                value,
                weight: weight.as_ref(),
                sum: 0.0,
                weights: 0.0,
            },
        }
    }

    fn add(&mut self, frame: &mut Frame<'_>, row: u32) {
        match self {
            Tally::Count(count) => *count += 1,
            Tally::Distinct(column, seen) => {
                if let Some(Some(value)) = frame.row(row).get(column.index()) {
                    let mut key = Vec::new();
                    encode(value, Form::Own, &mut key);
                    seen.insert(key);
                }
            }
            Tally::Integers(expr, sum) => {
                if let Some(Value::Integer(number)) = frame.evaluate(expr, row) {
                    *sum = sum.saturating_add(number);
                }
            }
            Tally::Doubles(expr, sum) => {
                if let Some(number) = frame.evaluate(expr, row).as_ref().and_then(double) {
                    *sum += number;
                }
            }
            Tally::Mean {
                value,
                weight,
                sum,
                weights,
            } => {
                let Some(value) = frame.evaluate(value, row).as_ref().and_then(double) else {
                    return;
                };
                let weight = match weight {
                    Some(weight) => frame.evaluate(weight, row).as_ref().and_then(double),
                    None => Some(1.0),
                };
                if let Some(weight) = weight {
                    *sum += value * weight;
                    *weights += weight;
                }
            }
        }
    }

    fn value(&self) -> Option<Value> {
        let finite = |number: f64| number.is_finite().then_some(Value::Double(number));
        match self {
            Tally::Count(count) => Some(Value::Integer(i128::from(*count))),
            Tally::Distinct(_, seen) => Some(Value::Integer(seen.len() as i128)),
            Tally::Integers(_, sum) => Some(Value::Integer(*sum)),
            Tally::Doubles(_, sum) => finite(*sum),
            Tally::Mean { sum, weights, .. } => {
                if *weights == 0.0 {
                    return None;
                }
                finite(sum / weights)
            }
        }
    }
}

fn double(value: &Value) -> Option<f64> {
    match value {
        Value::Integer(number) => Some(*number as f64),
        Value::Double(number) => Some(*number),
        _ => None,
    }
}

/// Whether a measure is not less than a bound. Integers exactly, doubles with the tolerance of
/// [`Shape::Within`](crate::model::Shape::Within); what is not there binds nothing.
pub(super) fn reaches(measure: Option<&Value>, bound: Option<&Value>) -> bool {
    match (measure, bound) {
        (Some(Value::Integer(measure)), Some(Value::Integer(bound))) => measure >= bound,
        (Some(measure), Some(bound)) => match (double(measure), double(bound)) {
            (Some(measure), Some(bound)) => measure >= bound - 1e-9 * bound.abs().max(1.0),
            _ => true,
        },
        _ => true,
    }
}

/// Whether a measure is not more than a bound, as [`reaches`].
pub(super) fn stays_under(measure: Option<&Value>, bound: Option<&Value>) -> bool {
    match (measure, bound) {
        (Some(Value::Integer(measure)), Some(Value::Integer(bound))) => measure <= bound,
        (Some(measure), Some(bound)) => match (double(measure), double(bound)) {
            (Some(measure), Some(bound)) => measure <= bound + 1e-9 * bound.abs().max(1.0),
            _ => true,
        },
        _ => true,
    }
}
