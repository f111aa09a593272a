//! Hashes of files, made while chunks are read: by the threads that took them, in the files' order.

use std::sync::{Condvar, Mutex, PoisonError};

use sha2::{Digest, Sha256};

/// A thread's turn to hash.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn(u64);

/// The hashes of several files.
#[derive(Debug)]
pub(super) struct Hashes {
    /// Turns are given out with the reader's lock held: in order of the files.
    given: Mutex<u64>,
    lane: Mutex<Lane>,
    passed: Condvar,
    is_idle: bool,
}

#[derive(Debug)]
struct Lane {
    turn: u64,
    hashers: Vec<Option<Sha256>>,
}

impl Hashes {
    /// One for each file that is hashed.
    pub(super) fn new(is_hashed: impl Iterator<Item = bool>) -> Hashes {
        let hashers: Vec<_> = is_hashed.map(|yes| yes.then(Sha256::new)).collect();
        Hashes {
            given: Mutex::default(),
            is_idle: hashers.iter().all(Option::is_none),
            lane: Mutex::new(Lane { turn: 0, hashers }),
            passed: Condvar::new(),
        }
    }

    /// The next turn. Whoever has it must take it, or all others wait.
    pub(super) fn turn(&self) -> Turn {
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        *given += 1;
        Turn(*given - 1)
    }

    /// Waits for the turn, and adds bytes of the file.
    pub(super) fn add_in_turn(&self, turn: &Turn, file: usize, bytes: &[u8]) {
        if self.is_idle {
            return;
        }
        let mut lane = self.lane.lock().unwrap_or_else(PoisonError::into_inner);
        while lane.turn != turn.0 {
            let woken = self.passed.wait(lane);
            lane = woken.unwrap_or_else(PoisonError::into_inner);
        }
        if let Some(Some(hasher)) = lane.hashers.get_mut(file) {
            hasher.update(bytes);
        }
        lane.turn += 1;
        drop(lane);
        self.passed.notify_all();
    }

    /// The hashes, lower-case hexadecimal.
    pub(super) fn finish(self) -> Vec<Option<String>> {
        let lane = self.lane.into_inner();
        let hashers = lane.unwrap_or_else(PoisonError::into_inner).hashers;
        let hex = |hasher: Sha256| {
            let digits = hasher.finalize();
            digits.iter().map(|byte| format!("{byte:02x}")).collect()
        };
        hashers.into_iter().map(|one| one.map(hex)).collect()
    }
}
