//! Progress of a table, in one line that rewrites itself, only where somebody watches.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// How often the line changes.
const PAUSE: Duration = Duration::from_millis(100);

pub(crate) struct Progress {
    title: &'static str,
    rows: u64,
    /// When the line changed last; none where standard error is no terminal.
    shown: Option<Instant>,
}

impl Progress {
    /// Begins a table.
    pub(crate) fn new(title: &'static str) -> Self {
        let mut progress = Progress {
            title,
            rows: 0,
            shown: io::stderr().is_terminal().then(Instant::now),
        };
        progress.show();
        progress
    }

    /// Counts a row.
    pub(crate) fn row(&mut self) {
        self.rows += 1;
        if self.shown.is_some_and(|shown| shown.elapsed() >= PAUSE) {
            self.show();
        }
    }

    fn show(&mut self) {
        if self.shown.is_some() {
            // A terminal that goes away is no reason to stop.
            let _ = write!(io::stderr(), "\r\x1b[K{}: {}", self.title, self.rows);
            let _ = io::stderr().flush();
            self.shown = Some(Instant::now());
        }
    }
}

/// The line goes when the table is done: the summary says the rest.
impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown.is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
