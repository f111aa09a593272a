//! The memory that all parts share.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How much memory may be used for what grows with the data: keys, rows of rules, findings. Buffers of a
/// fixed size per thread are not counted. Cloned handles share one budget.
#[derive(Debug, Clone)]
pub struct Budget(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    limit: u64,
    used: AtomicU64,
}

impl Budget {
    /// A budget of so many bytes.
    pub fn new(bytes: u64) -> Budget {
        Budget(Arc::new(Shared {
            limit: bytes,
            used: AtomicU64::new(0),
        }))
    }

    /// The whole of it, in bytes.
    pub fn limit(&self) -> u64 {
        self.0.limit
    }

    /// What is in use, in bytes.
    pub fn used(&self) -> u64 {
        self.0.used.load(Ordering::Relaxed)
    }

    /// Takes `bytes` if they are left. `None` means: write something to disk first.
    pub fn reserve(&self, bytes: u64) -> Option<Reserved> {
        let limit = self.0.limit;
        self.0
            .used
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |used| {
                used.checked_add(bytes).filter(|sum| *sum <= limit)
            })
            .ok()?;
        Some(Reserved {
            budget: self.clone(),
            bytes,
        })
    }
}

/// Memory taken from a budget; given back when dropped.
#[derive(Debug)]
pub struct Reserved {
    budget: Budget,
    bytes: u64,
}

impl Reserved {
    /// How much it is.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Takes more; false if that is not left, and then nothing changes.
    pub fn grow(&mut self, bytes: u64) -> bool {
        match self.budget.reserve(bytes) {
            Some(mut more) => {
                self.bytes += more.bytes;
                more.bytes = 0;
                true
            }
            None => false,
        }
    }
}

impl Drop for Reserved {
    fn drop(&mut self) {
        self.budget.0.used.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_dropped_is_given_back() {
        let budget = Budget::new(10);
        let mut first = budget.reserve(6).unwrap();
        assert!(budget.reserve(5).is_none());
        assert!(first.grow(4) && !first.grow(1));
        assert_eq!(budget.used(), 10);
        drop(first);
        assert_eq!(budget.used(), 0);
    }
}
