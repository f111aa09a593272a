//! How far a check is, on a terminal: stage, bytes, rate, time left; one line that is written over.

use std::io::{self, IsTerminal as _};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use vitrina_codegen::Lang;
use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::text;

use crate::console::Console;

/// How often the line is written.
const PAUSE: Duration = Duration::from_millis(100);

/// The line; threads may share it.
pub(super) struct Progress {
    is_shown: bool,
    lang: Lang,
    started: Instant,
    written: Mutex<Option<Instant>>,
}

impl Progress {
    /// A line on standard error; none where that is no terminal or the run is quiet.
    pub(super) fn new(console: &Console) -> Progress {
        Progress {
            is_shown: io::stderr().is_terminal() && !console.quiet,
            lang: console.lang,
            started: Instant::now(),
            written: Mutex::new(None),
        }
    }

    /// So many bytes of so many are done in this stage.
    pub(super) fn show(&self, stage: &Text, done: u64, total: u64) {
        if !self.is_shown {
            return;
        }
        // Whoever holds it is writing the line: this one is not needed.
        let Ok(mut written) = self.written.try_lock() else {
            return;
        };
        if written.is_some_and(|last| last.elapsed() < PAUSE) {
            return;
        }
        *written = Some(Instant::now());
        let line = line(stage, done, total, self.started.elapsed());
        eprint!("\r\u{1b}[K{}", line.get(self.lang));
    }

    /// Takes the line away.
    pub(super) fn end(&self) {
        let written = self.written.lock().unwrap_or_else(|lock| lock.into_inner());
        if written.is_some() {
            eprint!("\r\u{1b}[K");
        }
    }
}

fn line(stage: &Text, done: u64, total: u64, took: Duration) -> Text {
    let (en, ru) = (&stage.en, &stage.ru);
    let seconds = took.as_secs_f64();
    if total == 0 || done == 0 || seconds < 0.05 {
        return text!("{en}", "{ru}");
    }
    let percent = done.min(total) as f64 * 100.0 / total as f64;
    let rate = done as f64 / seconds;
    let left = total.saturating_sub(done) as f64 / rate;
    let megabytes = rate / 1e6;
    let (of, whole) = (done as f64 / 1e6, total as f64 / 1e6);
    let left = clock(left);
    text!(
        "{en}: {percent:.0} %, {of:.0} of {whole:.0} MB, {megabytes:.0} MB/s, {left} left",
        "{ru}: {percent:.0} %, {of:.0} из {whole:.0} МБ, {megabytes:.0} МБ/с, осталось {left}"
    )
}

/// Minutes and seconds, with hours where there are some.
fn clock(seconds: f64) -> String {
    let seconds = seconds.ceil().clamp(0.0, 359_999.0) as u64;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rate_and_time_left_are_those_so_far() {
        let stage = text!("rows", "строки");
        let line = line(&stage, 500_000_000, 2_000_000_000, Duration::from_secs(2));
        assert_eq!(line.en, "rows: 25 %, 500 of 2000 MB, 250 MB/s, 0:06 left");
        assert_eq!(
            line.ru,
            "строки: 25 %, 500 из 2000 МБ, 250 МБ/с, осталось 0:06"
        );
        assert_eq!(super::line(&stage, 0, 10, Duration::ZERO).en, "rows");
        assert_eq!(clock(3725.2), "1:02:06");
    }
}
