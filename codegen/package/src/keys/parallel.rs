//! Jobs done on several threads.

use std::io;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Does jobs `0..jobs`, each once, in no order; the first error, by the number of its job, stops them.
pub(super) fn each(
    threads: NonZeroUsize,
    jobs: usize,
    job: impl Fn(usize) -> io::Result<()> + Sync,
) -> io::Result<()> {
    let next = AtomicUsize::new(0);
    let has_failed = AtomicBool::new(false);
    let run = || {
        while !has_failed.load(Ordering::Relaxed) {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= jobs {
                break;
            }
            if let Err(error) = job(at) {
                has_failed.store(true, Ordering::Relaxed);
                return Err((at, error));
            }
        }
        Ok(())
    };
    let outcome = std::thread::scope(|scope| {
        let helpers = threads.get().min(jobs).saturating_sub(1);
        let helpers: Vec<_> = (0..helpers).map(|_| scope.spawn(run)).collect();
        let mut outcomes = vec![run()];
        for helper in helpers {
            match helper.join() {
                Ok(outcome) => outcomes.push(outcome),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        let failures = outcomes.into_iter().filter_map(Result::err);
        failures.min_by_key(|(at, _)| *at)
    });
    match outcome {
        Some((_, error)) => Err(error),
        None => Ok(()),
    }
}
