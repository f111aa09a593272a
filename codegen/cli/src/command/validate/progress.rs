//! How far a check is, on a terminal: stage, bytes, rate, time left; one line that is written over.

use std::io::{self, IsTerminal as _};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use vitrina_codegen::Lang;
use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::text;
use vitrina_package::Stage;

use crate::console::Console;

/// How often the line is written.
const PAUSE: Duration = Duration::from_millis(100);

/// The line; threads share it.
pub(super) struct Progress {
    is_shown: bool,
    lang: Lang,
    state: Mutex<State>,
}

/// How far it is.
struct State {
    stage: Stage,
    /// When this stage began.
    began: Instant,
    done: u64,
    total: u64,
    /// When the line was written last.
    written: Option<Instant>,
}

impl Progress {
    /// A line on standard error; none where that is no terminal or the run is quiet.
    pub(super) fn new(console: &Console) -> Progress {
        Progress {
            is_shown: io::stderr().is_terminal() && !console.quiet,
            lang: console.lang,
            state: Mutex::new(State {
                stage: Stage::Open,
                began: Instant::now(),
                done: 0,
                total: 0,
                written: None,
            }),
        }
    }

    /// Takes the line away.
    pub(super) fn end(&self) {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.written.is_some() {
            eprint!("\r\u{1b}[K");
        }
    }

    fn write(&self, state: &mut State) {
        if !self.is_shown {
            return;
        }
        state.written = Some(Instant::now());
        let line = line(
            &words(state.stage),
            state.done,
            state.total,
            state.began.elapsed(),
        );
        eprint!("\r\u{1b}[K{}", line.get(self.lang));
    }
}

impl vitrina_package::Progress for Progress {
    fn stage(&self, stage: Stage) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        // Bytes are those of the tables that are read: later stages read none.
        (state.stage, state.began, state.done, state.total) = (stage, Instant::now(), 0, 0);
        self.write(&mut state);
    }

    fn read(&self, bytes: u64, total: u64) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.done = state.done.saturating_add(bytes);
        state.total = total;
        if state.written.is_none_or(|last| last.elapsed() >= PAUSE) {
            self.write(&mut state);
        }
    }
}

fn words(stage: Stage) -> Text {
    match stage {
        Stage::Open => text!("looking at the files", "просмотр файлов"),
        Stage::Scan => text!("rows", "строки"),
        Stage::Keys => text!("keys and references", "ключи и ссылки"),
        Stage::Rules => text!("rules across tables", "правила между таблицами"),
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
