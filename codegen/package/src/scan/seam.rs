//! Where chunks meet: broken lines at the end of one and at the beginning of the next are judged
//! together, in the order of the file, by whichever thread comes last.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::Lines;
use super::run::Run;

/// The seams of a table's chunks.
#[derive(Debug)]
pub(crate) struct Seams(Mutex<State>);

#[derive(Debug)]
struct State {
    /// The row at which the next chunk in order begins.
    next: u64,
    /// Chunks that came before their turn, by first row.
    waiting: BTreeMap<u64, Ends>,
    /// Broken lines at the end of what was joined so far.
    loose: Option<Loose>,
}

/// Broken lines that are not judged yet.
#[derive(Debug)]
pub(super) struct Loose {
    pub(super) file: usize,
    pub(super) first_row: u64,
    pub(super) bytes: Vec<u8>,
}

/// What of a chunk may belong to its neighbours.
#[derive(Debug)]
pub(super) struct Ends {
    first_row: u64,
    pub(super) rows: u64,
    pub(super) head: Option<Loose>,
    pub(super) tail: Option<Loose>,
    /// Every line is broken: they are all in `head`.
    pub(super) is_all_broken: bool,
    is_last: bool,
}

impl Ends {
    pub(super) fn new(lines: &Lines<'_>) -> Ends {
        Ends {
            first_row: lines.first_row.0,
            rows: 0,
            head: None,
            tail: None,
            is_all_broken: false,
            is_last: lines.is_last,
        }
    }
}

/// Judges a run; how many bytes and lines of it were taken.
type Judge<'j> = dyn FnMut(Run<'_>) -> (usize, u64) + 'j;

impl Seams {
    pub(crate) fn new() -> Seams {
        Seams(Mutex::new(State {
            next: 0,
            waiting: BTreeMap::new(),
            loose: None,
        }))
    }

    /// Takes a chunk's ends, and judges those whose turn has come.
    pub(super) fn join(&self, ends: Ends, judge: &mut Judge<'_>) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.waiting.insert(ends.first_row, ends);
        loop {
            let next = state.next;
            let Some(ends) = state.waiting.remove(&next) else {
                return;
            };
            state.take(ends, judge);
        }
    }

    /// Judges what waits for rows that no chunk holds: those on lines too long to be looked at. Called
    /// when all chunks were joined.
    pub(crate) fn finish(&self, judge: &mut Judge<'_>) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some((first_row, ends)) = state.waiting.pop_first() {
            if first_row != state.next {
                state.end(false, judge);
            }
            state.take(ends, judge);
        }
        state.end(false, judge);
    }
}

impl State {
    fn take(&mut self, ends: Ends, judge: &mut Judge<'_>) {
        self.next = ends.first_row + ends.rows;
        if let Some(head) = ends.head {
            match &mut self.loose {
                Some(loose) if loose.file == head.file => {
                    loose.bytes.extend_from_slice(&head.bytes);
                }
                // The file before ended without a word of it.
                _ => {
                    self.end(false, judge);
                    self.loose = Some(head);
                }
            }
        }
        if ends.is_all_broken && !ends.is_last {
            self.shorten(judge);
            return;
        }
        if !ends.is_all_broken {
            self.end(false, judge);
            self.loose = ends.tail;
        }
        if ends.is_last {
            self.end(true, judge);
        }
    }

    /// Judges the loose lines: nothing follows that could belong to them.
    fn end(&mut self, is_file_end: bool, judge: &mut Judge<'_>) {
        if let Some(loose) = self.loose.take() {
            judge(Run {
                bytes: &loose.bytes,
                first_row: loose.first_row,
                file: loose.file,
                is_file_end,
                goes_on: false,
            });
        }
    }

    /// Judges the loose lines but for the last ones, so that a file of broken lines does not pile up.
    fn shorten(&mut self, judge: &mut Judge<'_>) {
        if let Some(loose) = &mut self.loose {
            let (bytes, lines) = judge(Run {
                bytes: &loose.bytes,
                first_row: loose.first_row,
                file: loose.file,
                is_file_end: false,
                goes_on: true,
            });
            loose.bytes.drain(..bytes.min(loose.bytes.len()));
            loose.first_row += lines;
        }
    }
}
