//! Rows judged together: periods, sets, sequences.

use std::io;

use super::context::Context;
use super::gather::Visitor;
use super::key::take_cells;
use super::plan::{Entry, Set, SetKind};
use super::room::Room;
use super::state::Counts;
use crate::store::Store;

/// Judges sets key by key.
pub(super) struct SetJudge<'r> {
    context: Context<'r>,
    set: &'r Set,
    entry: &'r Entry<'r>,
    counts: Counts,
    room: Room,
    is_full: bool,
    rows: Vec<u64>,
    /// Whether rows are known to be broken, so that they need not be kept.
    is_broken: bool,
    /// Of different values: the first.
    value: Option<Vec<u8>>,
    periods: Vec<(i64, i64, u64)>,
    places: Vec<(Vec<u8>, u64, Vec<u8>)>,
}

impl<'r> SetJudge<'r> {
    pub(super) fn new(
        context: Context<'r>,
        store: &Store,
        floor: u64,
        set: usize,
    ) -> Option<SetJudge<'r>> {
        let set = context.plan.sets.get(set)?;
        Some(SetJudge {
            context,
            set,
            entry: context.plan.entries.get(set.entry)?,
            counts: Counts::default(),
            room: Room::new(store, floor),
            is_full: false,
            rows: Vec::new(),
            is_broken: false,
            value: None,
            periods: Vec::new(),
            places: Vec::new(),
        })
    }

    pub(super) fn finish(self) -> io::Result<()> {
        self.context.add_counts(self.set.entry, self.counts);
        Ok(())
    }

    fn judge(&mut self, row: u64, kept: bool) {
        self.context.judge(self.entry, &mut self.counts, row, kept);
    }

    /// All rows of the set are broken, those to come too.
    fn break_all(&mut self) {
        self.is_broken = true;
        for row in std::mem::take(&mut self.rows) {
            self.judge(row, false);
        }
    }

    /// Makes room for one more row; false, and all are lost, when there is none.
    fn has_room(&mut self, bytes: usize) -> io::Result<bool> {
        if !self.is_full && self.room.take(bytes as u64)? {
            return Ok(true);
        }
        let held = self.rows.len() + self.periods.len() + self.places.len();
        self.counts.lost += held as u64 + 1;
        self.is_full = true;
        self.rows = Vec::new();
        self.periods = Vec::new();
        self.places = Vec::new();
        self.room.clear();
        Ok(false)
    }

    fn end_periods(&mut self) {
        let mut periods = std::mem::take(&mut self.periods);
        periods.sort_unstable();
        // In the order of their starts, a period overlaps a later one if it does the next, and an earlier
        // one if it does that which ends last.
        let mut latest = i64::MIN;
        for (at, (from, to, row)) in periods.iter().enumerate() {
            let into_next = periods.get(at + 1).is_some_and(|(next, _, _)| next < to);
            let into_this = *from < latest;
            self.judge(*row, !into_next && !into_this);
            latest = latest.max(*to);
        }
        periods.clear();
        self.periods = periods;
    }

    fn end_places(&mut self) {
        let SetKind::Sequence { width, next, last } = &self.set.kind else {
            return;
        };
        let mut places = std::mem::take(&mut self.places);
        places.sort_unstable_by(|one, other| (&one.0, one.1).cmp(&(&other.0, other.1)));
        let today = self.context.today;
        for (at, (_, row, cells)) in places.iter().enumerate() {
            let mut pair = Vec::with_capacity(width * 2);
            take_cells(cells, *width, &mut pair);
            let is_last = at + 1 == places.len();
            let ends = match last {
                Some(last) if is_last => last.truth(&pair, today) != Some(false),
                _ => true,
            };
            let previous = at.checked_sub(1).and_then(|before| places.get(before));
            let follows = match (next, previous) {
                (Some(next), Some((_, _, before))) => {
                    take_cells(before, *width, &mut pair);
                    next.truth(&pair, today) != Some(false)
                }
                _ => true,
            };
            self.judge(*row, ends && follows);
        }
        places.clear();
        self.places = places;
    }
}

impl Visitor for SetJudge<'_> {
    fn key(&mut self, _: &[u8]) -> io::Result<()> {
        self.is_full = false;
        self.is_broken = false;
        self.value = None;
        self.rows.clear();
        self.room.clear();
        Ok(())
    }

    fn member(&mut self, _: u8, row: u64, payload: &[u8]) -> io::Result<()> {
        match &self.set.kind {
            SetKind::Unique => {
                if self.is_broken {
                    self.judge(row, false);
                } else {
                    self.rows.push(row);
                    if self.rows.len() > 1 {
                        self.break_all();
                    }
                }
            }
            SetKind::Distinct => {
                if payload.first() == Some(&0) {
                    match &self.value {
                        Some(value) if value != payload => {
                            if !self.is_full && !self.is_broken {
                                self.break_all();
                            }
                        }
                        Some(_) => {}
                        None => self.value = Some(payload.to_vec()),
                    }
                }
                if self.is_broken {
                    self.judge(row, false);
                } else if self.has_room(size_of::<u64>())? {
                    self.rows.push(row);
                }
            }
            SetKind::NoOverlap => {
                let period = payload.split_first_chunk::<8>();
                let period = period.and_then(|(from, rest)| Some((from, rest.first_chunk::<8>()?)));
                if let Some((from, to)) = period
                    && self.has_room(24)?
                {
                    let (from, to) = (i64::from_le_bytes(*from), i64::from_le_bytes(*to));
                    self.periods.push((from, to, row));
                }
            }
            SetKind::Sequence { .. } => {
                let split = payload.split_first_chunk::<4>();
                let split = split.and_then(|(len, rest)| {
                    rest.split_at_checked(u32::from_le_bytes(*len) as usize)
                });
                if let Some((place, cells)) = split
                    && self.has_room(place.len() + cells.len() + 56)?
                {
                    self.places.push((place.to_vec(), row, cells.to_vec()));
                }
            }
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        if self.is_full {
            return Ok(());
        }
        match &self.set.kind {
            SetKind::Unique | SetKind::Distinct => {
                for row in std::mem::take(&mut self.rows) {
                    self.judge(row, true);
                }
            }
            SetKind::NoOverlap => self.end_periods(),
            SetKind::Sequence { .. } => self.end_places(),
        }
        Ok(())
    }
}
