//! Shapes that judge rows together: periods, sets, sequences. Rows are put into sets by hash, and
//! within a set into order by sorting; nothing is compared with everything.

use super::context::Context;
use super::frame::Frame;
use super::index::{Form, Index, encode, encode_for_order};
use super::reach::{Reach, write_key};
use super::{Reason, TableRows};
use crate::model::eval::Value;
use crate::model::{BaseType, ColumnId, Sequence, Shape, View};

/// The rows of `judged` that break a shape, ascending. None for the shapes that judge rows by
/// themselves: `keep` has them.
pub(super) fn broken(
    context: &Context<'_>,
    view: &View,
    shape: &Shape,
    judged: &[u32],
) -> Result<Vec<u32>, Reason> {
    let table = context.table(view.table)?;
    let sets = |by: &[ColumnId]| -> Result<Index, Reason> {
        let by = Reach::of_all(context, view, by)?;
        Ok(Index::build(judged.iter().copied(), |row, key| {
            write_key(&by, table, row, key)
        }))
    };
    let mut broken = match shape {
        Shape::NoOverlap { by, from, to } => {
            let periods = Periods {
                table,
                from: Reach::of(context, view, *from)?,
                to: Reach::of(context, view, *to)?,
                base: view.base_of(context.model, *from, None),
            };
            let sets = sets(by)?;
            sets.sets()
                .flat_map(|set| periods.overlapping(set))
                .collect()
        }
        Shape::Unique { by, distinct } => {
            let sets = sets(by)?;
            let distinct = match distinct {
                Some(column) => Some(Reach::of(context, view, *column)?),
                None => None,
            };
            sets.sets()
                .filter(|set| match &distinct {
                    Some(column) => differs(column, table, set),
                    None => set.len() > 1,
                })
                .flatten()
                .copied()
                .collect()
        }
        Shape::Sequence(sequence) => {
            let mut judge = SequenceJudge::new(context, view, sequence)?;
            let sets = sets(&sequence.by)?;
            sets.sets().flat_map(|set| judge.broken(set)).collect()
        }
        Shape::Check(_)
        | Shape::Equal(_)
        | Shape::Exists(_)
        | Shape::NotExists(_)
        | Shape::Within { .. } => Vec::new(),
    };
    broken.sort_unstable();
    Ok(broken)
}

/// Microseconds of a day.
const DAY_MICROS: i64 = 86_400_000_000;

/// Whether a column has different values within a set; null is no value.
fn differs(column: &Reach<'_>, table: &TableRows, set: &[u32]) -> bool {
    let mut first: Option<Vec<u8>> = None;
    set.iter()
        .filter_map(|row| column.value(table, *row))
        .any(|value| {
            let mut key = Vec::new();
            encode(value, Form::Own, &mut key);
            first.get_or_insert_with(|| key.clone()) != &key
        })
}

/// Periods of rows.
struct Periods<'a> {
    table: &'a TableRows,
    from: Reach<'a>,
    to: Reach<'a>,
    /// The type of both.
    base: Option<BaseType>,
}

impl Periods<'_> {
    /// The rows of a set whose periods overlap another's.
    fn overlapping(&self, set: &[u32]) -> Vec<u32> {
        let mut periods: Vec<(i64, i64, u32)> =
            set.iter().filter_map(|row| self.period(*row)).collect();
        periods.sort_unstable();
        // In the order of their starts, a period overlaps a later one if it does the next, and an
        // earlier one if it does that which ends last.
        let mut broken = Vec::new();
        let mut latest = i64::MIN;
        for (at, (from, to, row)) in periods.iter().enumerate() {
            let into_next = periods.get(at + 1).is_some_and(|(next, _, _)| next < to);
            let into_this = *from < latest;
            if into_next || into_this {
                broken.push(*row);
            }
            latest = latest.max(*to);
        }
        broken
    }

    /// The period of a row, from its first moment to the one behind its last; `None` if it holds none.
    fn period(&self, row: u32) -> Option<(i64, i64, u32)> {
        let from = self.from.value(self.table, row).and_then(instant);
        let to = self.to.value(self.table, row).and_then(instant);
        // What is open ends with the day for times, and never for days and timestamps.
        let (first, last) = match self.base {
            Some(BaseType::Time(_)) => (0, DAY_MICROS),
            _ => (i64::MIN, i64::MAX),
        };
        let from = from.unwrap_or(first);
        let to = match (to, self.base) {
            // A period of days holds its last.
            (Some(to), Some(BaseType::Date)) => to.saturating_add(1),
            (Some(to), _) => to,
            (None, _) => last,
        };
        (from < to).then_some((from, to, row))
    }
}

/// A day as a number, a time or timestamp in microseconds.
fn instant(value: &Value) -> Option<i64> {
    match value {
        Value::Date(day) => Some(day.0),
        Value::Time(micros) | Value::Timestamp(micros) => Some(*micros),
        _ => None,
    }
}

/// Judges rows in order.
struct SequenceJudge<'a> {
    table: &'a TableRows,
    sequence: &'a Sequence,
    order: Reach<'a>,
    primary_key: &'a [ColumnId],
    next: Frame<'a>,
    last: Frame<'a>,
}

impl<'a> SequenceJudge<'a> {
    fn new(
        context: &Context<'a>,
        view: &View,
        sequence: &'a Sequence,
    ) -> Result<SequenceJudge<'a>, Reason> {
        Ok(SequenceJudge {
            table: context.table(view.table)?,
            sequence,
            order: Reach::of(context, view, sequence.order)?,
            primary_key: &context.model.table(view.table).primary_key,
            next: Frame::of(context, view, &sequence.next)?,
            last: Frame::of(context, view, &sequence.last)?,
        })
    }

    /// The rows of a set that break the sequence.
    fn broken(&mut self, set: &[u32]) -> Vec<u32> {
        let mut ordered: Vec<(Vec<u8>, u32)> = set
            .iter()
            .filter_map(|row| Some((self.place(*row)?, *row)))
            .collect();
        ordered.sort_unstable();
        let mut broken = Vec::new();
        let mut previous = None;
        for (at, (_, row)) in ordered.iter().enumerate() {
            let is_last = at + 1 == ordered.len();
            if !self.follows(previous, *row) || (is_last && !self.ends(*row)) {
                broken.push(*row);
            }
            previous = Some(*row);
        }
        broken
    }

    /// What a row is put in order by; `None` for a row that is left out.
    fn place(&self, row: u32) -> Option<Vec<u8>> {
        let mut key = Vec::new();
        encode(self.order.value(self.table, row)?, Form::Own, &mut key);
        for column in self.primary_key {
            encode_for_order(self.table.value(row, *column), &mut key);
        }
        Some(key)
    }

    fn follows(&mut self, previous: Option<u32>, row: u32) -> bool {
        let (Some(next), Some(previous)) = (&self.sequence.next, previous) else {
            return true;
        };
        self.next.set_previous(previous);
        self.next.truth(next, row) != Some(false)
    }

    fn ends(&mut self, row: u32) -> bool {
        match &self.sequence.last {
            Some(last) => self.last.truth(last, row) != Some(false),
            None => true,
        }
    }
}
