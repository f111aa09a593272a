//! What one thread does with the rows of a source: each sink takes them in its way.

use std::io;

use vitrina_codegen::model::eval::Day;

use super::context::Context;
use super::gather::{FIRST, begin};
use super::key::{put_cells, put_key, put_operand};
use super::plan::{
    Entry, Gate, Keep, Member, ParentSide, PeriodKind, Searched, SetSide, Sink, Subject,
};
use super::recent::Recent;
use super::state::Counts;
use super::stock::{self, StockWriter};
use super::traveller::Traveller;
use crate::Cell;
use crate::program::Operand;
use crate::store::{Form, SpoolWriter, encode, encode_for_order, put_cell};

/// A row of a source.
#[derive(Clone, Copy)]
pub(super) struct Seen<'s, 'c> {
    pub(super) row: u64,
    pub(super) cells: &'s [Cell<'c>],
    /// Whether one of the cells may be unreadable.
    pub(super) any_unreadable: bool,
}

/// A sink on one thread.
pub(super) struct Hand<'r> {
    context: Context<'r>,
    work: Work<'r>,
    key: Vec<u8>,
    tuple: Vec<u8>,
}

enum Work<'r> {
    Judge {
        gate: &'r Gate,
        keep: &'r Keep,
        entry: &'r Entry<'r>,
        counts: Counts,
    },
    Set {
        gate: &'r Gate,
        side: &'r SetSide,
        entry: &'r Entry<'r>,
        counts: Counts,
        writer: SpoolWriter<'r>,
    },
    Enter {
        gate: &'r Gate,
        enter: &'r super::plan::Enter,
        traveller: Box<Traveller<'r>>,
    },
    Searched {
        side: &'r Searched,
        writer: SpoolWriter<'r>,
        recent: Recent,
    },
    Parent {
        side: &'r ParentSide,
        writer: StockWriter<'r>,
    },
}

impl<'r> Hand<'r> {
    /// `None` when nobody waits for what the sink gives.
    pub(super) fn new(context: Context<'r>, sink: &'r Sink) -> Option<Hand<'r>> {
        let entry = |gate: &Gate| match gate.subject {
            Subject::Entry(at) => context.plan.entries.get(at),
            Subject::Indicator(_) => None,
        };
        let work = match sink {
            Sink::Judge(gate, keep) => Work::Judge {
                gate,
                keep,
                entry: entry(gate)?,
                counts: Counts::default(),
            },
            Sink::Set(gate, side) => Work::Set {
                gate,
                side,
                entry: entry(gate)?,
                counts: Counts::default(),
                writer: context.spool(side.spool)?.writer(),
            },
            Sink::Enter(gate, enter) => Work::Enter {
                gate,
                enter,
                traveller: Box::new(Traveller::new(
                    context,
                    context.plan.pipelines.get(enter.pipeline)?,
                )),
            },
            Sink::Searched(side) => Work::Searched {
                side,
                writer: context.spool(side.spool)?.writer(),
                recent: Recent::new(),
            },
            Sink::Parent(side) => Work::Parent {
                side,
                writer: context.stocks.get(side.parent)?.writer(),
            },
        };
        Some(Hand {
            context,
            work,
            key: Vec::new(),
            tuple: Vec::new(),
        })
    }

    /// Takes a row.
    pub(super) fn take(&mut self, seen: Seen<'_, '_>) -> io::Result<()> {
        let today = self.context.today;
        match &mut self.work {
            Work::Judge {
                gate,
                keep,
                entry,
                counts,
            } => {
                if gate.passes(seen, today, counts) {
                    let kept = keep.holds(seen.cells, today);
                    self.context.judge(entry, counts, seen.row, kept);
                }
                Ok(())
            }
            Work::Set {
                gate,
                side,
                entry,
                counts,
                writer,
            } => {
                if !gate.passes(seen, today, counts) {
                    return Ok(());
                }
                self.key.clear();
                self.tuple.clear();
                let is_member = side
                    .by
                    .iter()
                    .all(|at| put_key(seen.cells.get(*at), Form::Own, &mut self.key))
                    && side.member.put(seen, &mut self.tuple);
                match is_member {
                    true => writer.push(&self.key, &self.tuple),
                    false => {
                        self.context.judge(entry, counts, seen.row, true);
                        Ok(())
                    }
                }
            }
            Work::Enter {
                gate,
                enter,
                traveller,
            } => match gate.passes(seen, today, &mut traveller.counts) {
                true => traveller.enter(enter, seen.row, seen.cells),
                false => Ok(()),
            },
            Work::Searched {
                side,
                writer,
                recent,
            } => {
                let fits = side
                    .local
                    .iter()
                    .all(|program| program.truth(seen.cells, today) == Some(true));
                if !fits {
                    return Ok(());
                }
                self.key.clear();
                let has_key = side
                    .key
                    .iter()
                    .all(|(at, form)| put_key(seen.cells.get(*at), *form, &mut self.key))
                    && side.computed.iter().all(|(program, form)| {
                        let value = program.value(seen.cells, today);
                        value.is_some_and(|value| {
                            put_operand(&value, *form, &mut self.key);
                            true
                        })
                    });
                if !has_key {
                    return Ok(());
                }
                // What is only asked for its being there has no number.
                let row = if side.once { 0 } else { seen.row };
                begin(FIRST, row, &mut self.tuple);
                put_cells(seen.cells, &side.cells, &mut self.tuple);
                match side.once && recent.knows(&self.key, &self.tuple) {
                    true => Ok(()),
                    false => writer.push(&self.key, &self.tuple),
                }
            }
            Work::Parent { side, writer } => {
                self.key.clear();
                if !put_key(seen.cells.get(side.key), Form::Own, &mut self.key) {
                    return Ok(());
                }
                stock::begin(seen.row, &mut self.tuple);
                put_cells(seen.cells, &side.cells, &mut self.tuple);
                writer.push(&self.key, &self.tuple)
            }
        }
    }

    pub(super) fn finish(self) -> io::Result<()> {
        let context = self.context;
        match self.work {
            Work::Judge { gate, counts, .. } => context.add(gate, counts),
            Work::Set {
                gate,
                counts,
                writer,
                ..
            } => {
                context.add(gate, counts);
                writer.finish()?;
            }
            Work::Enter { traveller, .. } => traveller.finish()?,
            Work::Searched { writer, .. } => writer.finish()?,
            Work::Parent { writer, .. } => writer.finish()?,
        }
        Ok(())
    }
}

impl Context<'_> {
    fn add(self, gate: &Gate, counts: Counts) {
        if let Subject::Entry(at) = gate.subject {
            self.add_counts(at, counts);
        }
    }
}

impl Gate {
    /// Whether a row is judged; one that cannot be for an unreadable cell is counted.
    #[inline]
    fn passes(&self, seen: Seen<'_, '_>, today: Day, counts: &mut Counts) -> bool {
        if seen.any_unreadable && seen.is_unreadable(&self.when_reads) {
            counts.unreadable += 1;
            return false;
        }
        if let Some(when) = &self.when
            && when.truth(seen.cells, today) != Some(true)
        {
            return false;
        }
        if seen.any_unreadable && seen.is_unreadable(&self.reads) {
            counts.unreadable += 1;
            return false;
        }
        true
    }
}

impl Seen<'_, '_> {
    #[cold]
    fn is_unreadable(&self, cells: &[usize]) -> bool {
        cells
            .iter()
            .any(|at| matches!(self.cells.get(*at), Some(Cell::Unreadable)))
    }
}

impl Keep {
    /// Whether a row keeps it.
    #[inline]
    pub(super) fn holds(&self, cells: &[Cell<'_>], today: Day) -> bool {
        match self {
            Keep::Check(program) => program.truth(cells, today) != Some(false),
            Keep::Equal(columns) => {
                let value = |at: &usize| cells.get(*at).and_then(Operand::of_cell);
                let mut values = columns.iter().filter_map(value);
                let Some(first) = values.next() else {
                    return true;
                };
                values.all(|value| first.order(&value).is_some_and(|order| order.is_eq()))
            }
        }
    }
}

impl Member {
    /// Puts what a set needs of a row; false when the row is none of a set's.
    fn put(&self, seen: Seen<'_, '_>, tuple: &mut Vec<u8>) -> bool {
        begin(FIRST, seen.row, tuple);
        let cell = |at: &usize| seen.cells.get(*at).unwrap_or(&Cell::Null);
        match self {
            Member::Row => true,
            Member::Value(at) => {
                encode_for_order(cell(at), tuple);
                true
            }
            Member::Period { from, to, kind } => match kind.period(cell(from), cell(to)) {
                Some((from, to)) => {
                    tuple.extend(from.to_le_bytes());
                    tuple.extend(to.to_le_bytes());
                    true
                }
                None => false,
            },
            Member::Place {
                order,
                primary_key,
                cells,
            } => {
                let head = tuple.len();
                tuple.extend([0; 4]);
                if !encode(cell(order), Form::Own, tuple) {
                    return false;
                }
                for at in primary_key {
                    encode_for_order(cell(at), tuple);
                }
                let len = (tuple.len() - head - 4) as u32;
                if let Some(place) = tuple.get_mut(head..head + 4) {
                    place.copy_from_slice(&len.to_le_bytes());
                }
                for at in cells {
                    put_cell(cell(at), tuple);
                }
                true
            }
        }
    }
}

/// Microseconds of a day.
const DAY_MICROS: i64 = 86_400_000_000;

impl PeriodKind {
    /// A period, from its first moment to the one behind its last; `None` if it holds none.
    fn period(self, from: &Cell<'_>, to: &Cell<'_>) -> Option<(i64, i64)> {
        let instant = |cell: &Cell<'_>| match *cell {
            Cell::Date(instant) | Cell::Time(instant) | Cell::Timestamp(instant) => Some(instant),
            _ => None,
        };
        // What is open ends with the day for times, and never for days and timestamps.
        let (first, last) = match self {
            PeriodKind::Times => (0, DAY_MICROS),
            _ => (i64::MIN, i64::MAX),
        };
        let from = instant(from).unwrap_or(first);
        let to = match (instant(to), self) {
            // A period of days holds its last.
            (Some(to), PeriodKind::Days) => to.saturating_add(1),
            (Some(to), _) => to,
            (None, _) => last,
        };
        (from < to).then_some((from, to))
    }
}
