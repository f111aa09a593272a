//! Rows widened along references: at once where the parents are in memory, else from spool to spool.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::context::Context;
use super::hand::{Hand, Seen};
use super::key::{hash, put_key, put_row, recycle, take_cells, take_row};
use super::plan::{Flow, Join};
use super::room::Room;
use super::stock::{Map, Stock};
use crate::Cell;
use crate::store::{Form, Partitions, SpoolWriter, Store, put_cell};

/// A flow on one thread.
pub(super) struct FlowHand<'r> {
    context: Context<'r>,
    number: usize,
    flow: &'r Flow,
    maps: Vec<Option<&'r Map>>,
    writers: Vec<Option<SpoolWriter<'r>>>,
    hands: Vec<Hand<'r>>,
    cells: Vec<Cell<'static>>,
    key: Vec<u8>,
    tuple: Vec<u8>,
}

impl<'r> FlowHand<'r> {
    pub(super) fn new(context: Context<'r>, number: usize) -> Option<FlowHand<'r>> {
        let flow = context.plan.flows.get(number)?;
        let map = |join: &Join| context.stocks.get(join.parent).and_then(Stock::map);
        Some(FlowHand {
            context,
            number,
            flow,
            maps: flow.joins.iter().map(map).collect(),
            writers: flow.joins.iter().map(|_| None).collect(),
            hands: flow
                .sinks
                .iter()
                .filter_map(|sink| Hand::new(context, sink))
                .collect(),
            cells: Vec::new(),
            key: Vec::new(),
            tuple: Vec::new(),
        })
    }

    /// Takes a row as it is scanned.
    pub(super) fn begin(&mut self, seen: Seen<'_, '_>) -> io::Result<()> {
        if let Some(early) = &self.flow.early
            && !seen.any_unreadable
        {
            let today = self.context.today;
            let matters = |list: &Vec<crate::Program>| {
                let mut list = list.iter();
                list.all(|program| program.truth(seen.cells, today) == Some(true))
            };
            if !early.iter().any(matters) {
                return Ok(());
            }
        }
        let mut cells = recycle(std::mem::take(&mut self.cells));
        let own = self.flow.layout.own.as_deref().unwrap_or_default();
        let cell = |at: usize| seen.cells.get(at).copied().unwrap_or(Cell::Null);
        cells.extend(own.iter().map(|id| cell(id.index())));
        let result = self.advance(seen.row, &mut cells, seen.any_unreadable, 0);
        self.cells = recycle(cells);
        result
    }

    /// Follows a row's references from one of them on.
    fn advance<'x>(
        &mut self,
        row: u64,
        cells: &mut Vec<Cell<'x>>,
        any_unreadable: bool,
        from: usize,
    ) -> io::Result<()>
    where
        'r: 'x,
    {
        let flow = self.flow;
        for (at, join) in flow.joins.iter().enumerate().skip(from) {
            self.key.clear();
            let has_key = put_key(cells.get(join.cell), Form::Own, &mut self.key);
            let map = self.maps.get(at).copied().flatten();
            match (has_key, map) {
                (false, _) => cells.extend(join.takes.iter().map(|_| Cell::Null)),
                (true, Some(map)) => join.take_over(map.get(&self.key), cells),
                (true, None) => return self.wait(at, join, row, cells),
            }
        }
        let seen = Seen {
            row,
            cells,
            any_unreadable,
        };
        for hand in &mut self.hands {
            hand.take(seen)?;
        }
        Ok(())
    }

    /// Lets a row wait until a parent is at hand.
    fn wait(&mut self, at: usize, join: &Join, row: u64, cells: &[Cell<'_>]) -> io::Result<()> {
        let Some(slot) = self.writers.get_mut(at) else {
            return Ok(());
        };
        if slot.is_none() {
            if let Some(waiting) = self.context.waiting.get(self.number) {
                waiting.store(true, Ordering::Release);
            }
            *slot = self.context.spool(join.spool).map(|spool| spool.writer());
        }
        self.tuple.clear();
        put_row(row, &mut self.tuple);
        for cell in cells {
            put_cell(cell, &mut self.tuple);
        }
        match slot {
            Some(writer) => writer.push(&self.key, &self.tuple),
            None => Ok(()),
        }
    }

    /// How many cells a row has before a join.
    fn width(&self, at: usize) -> usize {
        let own = self.flow.layout.own.as_ref().map_or(0, Vec::len);
        let joined = self.flow.joins.iter().take(at);
        own + joined.map(|join| join.takes.len()).sum::<usize>()
    }

    /// Goes on with the rows of a partition that wait for a parent.
    fn resume(
        &mut self,
        at: usize,
        waiting: &Partitions,
        partition: usize,
        map: &Map,
        only: Share,
    ) -> io::Result<()> {
        let width = self.width(at);
        let Some(join) = self.flow.joins.get(at) else {
            return Ok(());
        };
        let mut reader = waiting.get(partition).read();
        while let Some(records) = reader.next_block()? {
            let mut cells: Vec<Cell<'_>> = recycle(std::mem::take(&mut self.cells));
            for (key, mut tuple) in records {
                if !only.has(key) {
                    continue;
                }
                let row = take_row(&mut tuple);
                cells.clear();
                take_cells(tuple, width, &mut cells);
                let any = cells.iter().any(|cell| matches!(cell, Cell::Unreadable));
                join.take_over(map.get(key), &mut cells);
                self.advance(row, &mut cells, any, at + 1)?;
            }
            self.cells = recycle(cells);
        }
        Ok(())
    }

    pub(super) fn finish(self) -> io::Result<()> {
        for writer in self.writers.into_iter().flatten() {
            writer.finish()?;
        }
        for hand in self.hands {
            hand.finish()?;
        }
        Ok(())
    }
}

impl Join {
    /// Takes cells over from a parent; nulls where there is none.
    #[inline]
    fn take_over<'x>(&self, parent: Option<&'x [u8]>, cells: &mut Vec<Cell<'x>>) {
        let Some(tuple) = parent else {
            cells.extend(self.takes.iter().map(|_| Cell::Null));
            return;
        };
        let mut rest = tuple;
        let mut next = 0;
        // Ascending, as the parent's cells are.
        for at in &self.takes {
            let mut cell = Cell::Null;
            while next <= *at {
                cell = crate::store::take_cell(&mut rest).unwrap_or(Cell::Null);
                next += 1;
            }
            cells.push(cell);
        }
    }
}

const MOST_SHARES: u64 = 1 << 20;
/// Memory for some parents at least.
const LEAST: u64 = 1 << 9;

/// A share of the keys, where not all parents fit into memory at once.
#[derive(Debug, Clone, Copy)]
struct Share {
    number: u64,
    of: u64,
}

impl Share {
    const ALL: Share = Share { number: 0, of: 1 };

    #[inline]
    fn has(self, key: &[u8]) -> bool {
        // Low bits place keys in maps, so others are taken. Twice as many shares halve each.
        self.of == 1
            || ((hash(key) >> 20 & (MOST_SHARES - 1)) * self.of) / MOST_SHARES == self.number
    }
}

/// Where a flow's parent is once all its rows are there.
pub(super) enum Supply<'r> {
    Memory(&'r Map),
    Disk(&'r Partitions),
    /// No row was ever put there.
    Nothing,
}

/// Rows of a flow that wait for the parent of a join.
pub(super) struct Waiting<'w> {
    pub(super) flow: usize,
    pub(super) join: usize,
    pub(super) rows: &'w Partitions,
    pub(super) supply: Supply<'w>,
}

/// Goes on with all rows that wait for a parent.
pub(super) fn follow(
    context: Context<'_>,
    store: &Store,
    floor: u64,
    threads: usize,
    waiting: &Waiting<'_>,
) -> io::Result<()> {
    let none = Map::new(Room::new(store, u64::MAX));
    let (rows, join) = (waiting.rows, waiting.join);
    each_partition(
        rows.len(),
        threads,
        || FlowHand::new(context, waiting.flow),
        |hand, partition| {
            match waiting.supply {
                Supply::Memory(map) => hand.resume(join, rows, partition, map, Share::ALL)?,
                Supply::Nothing => hand.resume(join, rows, partition, &none, Share::ALL)?,
                Supply::Disk(parents) => {
                    in_shares(store, parents, partition, floor, |map, share| {
                        hand.resume(join, rows, partition, map, share)
                    })?
                }
            }
            rows.get(partition).clear();
            Ok(())
        },
        FlowHand::finish,
    )
}

/// Shows the parents of a partition: all at once, or, where they do not fit, one share after another.
fn in_shares(
    store: &Store,
    parents: &Partitions,
    partition: usize,
    floor: u64,
    mut see: impl FnMut(&Map, Share) -> io::Result<()>,
) -> io::Result<()> {
    let floor = floor.max(LEAST);
    let mut shares = 1;
    let mut number = 0;
    while number < shares {
        let share = Share { number, of: shares };
        let mut map = Map::new(Room::new(store, floor));
        let mut fits = true;
        let mut reader = parents.get(partition).read();
        'blocks: while let Some(records) = reader.next_block()? {
            for (key, tuple) in records {
                if share.has(key) && !map.put(key, tuple)? {
                    fits = false;
                    break 'blocks;
                }
            }
        }
        if fits {
            see(&map, share)?;
            number += 1;
            continue;
        }
        if shares >= MOST_SHARES {
            return Err(io::Error::new(
                io::ErrorKind::OutOfMemory,
                "rows that are referred to do not fit into the memory allowed",
            ));
        }
        shares *= 2;
        number *= 2;
        drop(map);
    }
    Ok(())
}

/// Works on partitions from several threads.
pub(super) fn each_partition<H>(
    partitions: usize,
    threads: usize,
    hand: impl Fn() -> Option<H> + Sync,
    work: impl Fn(&mut H, usize) -> io::Result<()> + Sync,
    finish: impl Fn(H) -> io::Result<()> + Sync,
) -> io::Result<()> {
    let next = AtomicUsize::new(0);
    let failed: Mutex<Option<io::Error>> = Mutex::new(None);
    let run = || -> io::Result<()> {
        let Some(mut hand) = hand() else {
            return Ok(());
        };
        loop {
            let partition = next.fetch_add(1, Ordering::Relaxed);
            if partition >= partitions {
                return finish(hand);
            }
            if let Err(error) = work(&mut hand, partition) {
                next.store(partitions, Ordering::Relaxed);
                return Err(error);
            }
        }
    };
    let keep = |result: io::Result<()>| {
        if let Err(error) = result {
            let mut failed = failed.lock().unwrap_or_else(PoisonError::into_inner);
            failed.get_or_insert(error);
        }
    };
    match threads.min(partitions) {
        0 | 1 => keep(run()),
        threads => std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| keep(run()));
            }
        }),
    }
    let failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
    failed.map_or(Ok(()), Err)
}
