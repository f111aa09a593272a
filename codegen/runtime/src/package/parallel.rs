//! Rows to bytes by several threads, in order.
//!
//! ```text
//! rows ─► chunk 0 ─► thread a ─┐
//!         chunk 1 ─► thread b ─┼─► board ─► the caller takes 0, 1, 2 …
//!         chunk 2 ─► thread a ─┘
//! ```
//!
//! Threads begin no chunk that is far ahead of the one that the caller takes next, so memory is bounded
//! however slow the disk is.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::Error;
use super::table::is_fit;
use crate::csv::{self, Profile};
use crate::record::Record;
use crate::{Context, Findings};

/// Rows of a chunk: some hundred kilobytes, enough that handing it over costs nothing.
const CHUNK: usize = 1024;
/// Chunks for each thread that may wait or grow.
const AHEAD: usize = 2;

/// What is to be encoded.
pub(super) struct Job<'a, R> {
    pub(super) rows: &'a [R],
    pub(super) profile: Profile,
    /// How rows are judged; unfit ones are left out.
    pub(super) context: Option<&'a Context>,
}

/// Some rows as a file of their own, header first.
#[derive(Default)]
pub(super) struct Chunk {
    pub(super) bytes: Vec<u8>,
    pub(super) rows: u64,
    pub(super) findings: Findings,
    /// The refusal that ended the chunk, placed as in a file of its own.
    pub(super) error: Option<csv::Error>,
}

/// Encodes all rows and hands the chunks to `take`, in order, until it says false.
///
/// # Errors
/// The first error of `take`.
pub(super) fn run<R: Record + Sync>(
    job: &Job<'_, R>,
    threads: usize,
    mut take: impl FnMut(&mut Chunk) -> Result<bool, Error>,
) -> Result<(), Error> {
    let chunks = job.rows.len().div_ceil(CHUNK);
    let board = Board::new(chunks, threads.saturating_mul(AHEAD));
    thread::scope(|scope| {
        let work = || {
            let _alarm = Alarm(&board);
            while let Some((number, buffer)) = board.begin() {
                let chunk = encode(job, number, buffer);
                board.put(number, chunk);
            }
        };
        // With one thread there is nothing to share; nor where the system gives no further one.
        let mut helpers = 0;
        if threads > 1 && chunks > 1 {
            for _ in 0..threads.min(chunks) {
                let spawned = thread::Builder::new().spawn_scoped(scope, work);
                helpers += usize::from(spawned.is_ok());
            }
        }
        // The helpers stop when this thread leaves, whatever makes it leave.
        let _stop = Stop(&board);
        let mut buffer = Vec::new();
        for number in 0..chunks {
            let chunk = match helpers {
                0 => Some(encode(job, number, std::mem::take(&mut buffer))),
                _ => board.take(number),
            };
            // None when a helper panicked: the scope goes on with that panic.
            let Some(mut chunk) = chunk else { break };
            if !take(&mut chunk)? {
                break;
            }
            match helpers {
                0 => buffer = chunk.bytes,
                _ => board.give_back(chunk.bytes),
            }
        }
        Ok(())
    })
}

fn encode<R: Record>(job: &Job<'_, R>, number: usize, mut buffer: Vec<u8>) -> Chunk {
    buffer.clear();
    let mut chunk = Chunk::default();
    let mut writer = match csv::Writer::<R, _>::with_profile(buffer, job.profile) {
        Ok(writer) => writer,
        Err(error) => {
            chunk.error = Some(error);
            return chunk;
        }
    };
    for row in job.rows.iter().skip(number * CHUNK).take(CHUNK) {
        if let Some(context) = job.context
            && !is_fit(row, context, &mut chunk.findings)
        {
            continue;
        }
        if let Err(error) = writer.write(row) {
            chunk.error = Some(error);
            break;
        }
    }
    chunk.rows = writer.rows();
    match writer.finish() {
        Ok(bytes) => chunk.bytes = bytes,
        Err(error) => chunk.error = Some(error),
    }
    chunk
}

/// Where threads meet.
struct Board {
    state: Mutex<State>,
    changed: Condvar,
    chunks: usize,
    /// How far ahead of the caller a chunk may begin.
    ahead: usize,
}

#[derive(Default)]
struct State {
    /// The chunk that begins next.
    next: usize,
    /// Chunks that the caller has taken.
    taken: usize,
    done: BTreeMap<usize, Chunk>,
    /// Buffers to use again.
    spare: Vec<Vec<u8>>,
    stopped: bool,
}

impl Board {
    fn new(chunks: usize, ahead: usize) -> Self {
        Board {
            state: Mutex::default(),
            changed: Condvar::new(),
            chunks,
            ahead,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(
        &self,
        state: MutexGuard<'a, State>,
        while_it: impl FnMut(&mut State) -> bool,
    ) -> MutexGuard<'a, State> {
        let waited = self.changed.wait_while(state, while_it);
        waited.unwrap_or_else(PoisonError::into_inner)
    }

    /// The number of a chunk to encode, and a buffer for it.
    fn begin(&self) -> Option<(usize, Vec<u8>)> {
        let mut state = self.wait(self.state(), |state| {
            !state.stopped && state.next < self.chunks && state.next >= state.taken + self.ahead
        });
        if state.stopped || state.next >= self.chunks {
            return None;
        }
        let number = state.next;
        state.next += 1;
        Some((number, state.spare.pop().unwrap_or_default()))
    }

    fn put(&self, number: usize, chunk: Chunk) {
        self.state().done.insert(number, chunk);
        self.changed.notify_all();
    }

    /// The chunk `number`, once it is there; none when the work has stopped.
    fn take(&self, number: usize) -> Option<Chunk> {
        let mut state = self.wait(self.state(), |state| {
            !state.stopped && !state.done.contains_key(&number)
        });
        let chunk = state.done.remove(&number)?;
        state.taken = number + 1;
        drop(state);
        self.changed.notify_all();
        Some(chunk)
    }

    fn give_back(&self, buffer: Vec<u8>) {
        self.state().spare.push(buffer);
    }

    fn stop(&self) {
        self.state().stopped = true;
        self.changed.notify_all();
    }
}

/// Stops the work when a helper panics: nobody else would wake the caller.
struct Alarm<'a>(&'a Board);

impl Drop for Alarm<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.stop();
        }
    }
}

/// Stops the work when the caller leaves.
struct Stop<'a>(&'a Board);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.stop();
    }
}
