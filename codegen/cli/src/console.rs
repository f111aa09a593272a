//! What people and programs get to see: findings for people on standard error, data on standard
//! output. A reader that stops reading (`vitrina rules | head`) is no error.

use std::env;
use std::io::{self, ErrorKind, IsTerminal as _, Write as _};

use serde_json::Value;
use vitrina_codegen::diagnostic::code::{OUTPUT_UNKNOWN, UNREADABLE_FILE};
use vitrina_codegen::diagnostic::format::Part;
use vitrina_codegen::diagnostic::{Diagnostic, Format, Lang, Report, Severity, Text, json};
use vitrina_codegen::text;

use crate::args::{Color, Shared};
use crate::exit::{Exit, Failure};

/// How this run speaks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Console {
    pub(crate) format: Format,
    pub(crate) lang: Lang,
    pub(crate) color: bool,
    pub(crate) quiet: bool,
    pub(crate) verbose: bool,
    /// The weight from which findings make the run fail; none if none do.
    pub(crate) fail_on: Option<Severity>,
}

impl Console {
    pub(crate) fn new(shared: &Shared) -> Self {
        Console {
            format: shared.format.of_findings().unwrap_or_default(),
            lang: shared.lang.map_or_else(locale, Lang::from),
            color: colors(shared.color, io::stderr().is_terminal()),
            quiet: shared.quiet,
            verbose: shared.verbose,
            fail_on: shared.fail_on.severity(),
        }
    }

    /// Data, to standard output.
    pub(crate) fn data(&self, text: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::io(text!(
                "standard output: {error}",
                "стандартный вывод: {error}"
            ))),
            _ => Ok(()),
        }
    }

    /// Words for people, to standard error. Where not even that can be written, nobody listens.
    pub(crate) fn words(&self, text: &str) {
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// A line about how the run went, in text and unless quiet.
    pub(crate) fn status(&self, text: &Text) {
        if self.format == Format::Text && !self.quiet {
            self.words(&format!("{}\n", text.get(self.lang)));
        }
    }

    /// Findings in the chosen form. `extra` are further members of the JSON document.
    pub(crate) fn findings(
        &self,
        parts: &[Part<'_>],
        extra: impl IntoIterator<Item = (&'static str, Value)>,
    ) -> Result<(), Failure> {
        match self.format {
            Format::Text => {
                let shown: Vec<Report> =
                    parts.iter().map(|(report, _)| self.shown(report)).collect();
                let parts: Vec<Part<'_>> = shown
                    .iter()
                    .zip(parts)
                    .map(|(report, (_, sources))| (report, *sources))
                    .collect();
                self.words(&Format::Text.render(&parts, self.lang, self.color));
                Ok(())
            }
            Format::Json => {
                let mut document = json::value(parts);
                for (name, value) in extra {
                    document[name] = value;
                }
                self.data(&format!("{document:#}\n"))
            }
            other => self.data(&other.render(parts, self.lang, false)),
        }
    }

    /// What the findings mean for the exit code. A file that cannot be read weighs most: what it
    /// would have said is unknown.
    pub(crate) fn exit(&self, parts: &[Part<'_>]) -> Exit {
        let unread = |finding: &&Diagnostic| finding.code == UNREADABLE_FILE;
        if parts
            .iter()
            .any(|(report, _)| report.sorted().iter().any(unread))
        {
            return Exit::Io;
        }
        let fails =
            |(report, _): &Part<'_>| self.fail_on.is_some_and(|weight| report.count(weight) > 0);
        if parts.iter().any(fails) {
            Exit::Findings
        } else {
            Exit::Fine
        }
    }

    /// A run that could not be carried out.
    pub(crate) fn failure(&self, failure: &Failure) {
        let (error, help) = match self.lang {
            Lang::En => ("error", "help"),
            Lang::Ru => ("ошибка", "совет"),
        };
        let (bold, red, reset) = match self.color {
            true => ("\u{1b}[1m", "\u{1b}[91m", "\u{1b}[0m"),
            false => ("", "", ""),
        };
        let message = failure.message.get(self.lang);
        let mut text = format!("{bold}{red}{error}{reset}{bold}: {message}{reset}\n");
        if let Some(words) = &failure.help {
            text.push_str(&format!("  = {help}: {}\n", words.get(self.lang)));
        }
        self.words(&text);
    }

    /// The table or JSON document that a verb was asked for; the forms of findings do not fit.
    pub(crate) fn table(
        &self,
        text: impl FnOnce() -> String,
        json: impl FnOnce() -> Value,
    ) -> Result<Exit, Failure> {
        match self.format {
            Format::Text => self.data(&text())?,
            Format::Json => self.data(&format!("{:#}\n", json()))?,
            other => {
                let other = other.as_str();
                return Err(Failure::usage(
                    text!(
                        "`--format {other}` is a form of findings, and this verb has none",
                        "`--format {other}` — форма для замечаний, а у этой команды их нет"
                    ),
                    text!(
                        "use `--format text` or `--format json`",
                        "возьмите `--format text` или `--format json`"
                    ),
                ));
            }
        }
        Ok(Exit::Fine)
    }

    /// What text shows of a report: quiet runs show what fails, all but verbose ones leave out
    /// what lies beside generated files.
    fn shown(&self, report: &Report) -> Report {
        let shown = |finding: &&&Diagnostic| {
            let heavy = self
                .fail_on
                .is_some_and(|weight| finding.severity >= weight);
            heavy || !(self.quiet || finding.code == OUTPUT_UNKNOWN && !self.verbose)
        };
        let mut out = Report::new();
        for finding in report.sorted().iter().filter(shown) {
            out.push((*finding).clone());
        }
        out
    }
}

/// Lays rows out in columns two spaces apart; the last column is as long as it is.
pub(crate) fn columns(rows: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            let width = cell.chars().count();
            match widths.get_mut(at) {
                Some(known) => *known = width.max(*known),
                None => widths.push(width),
            }
        }
    }
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(&format!("{cell:width$}  "));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// Whether text is coloured that goes to a terminal or not.
pub(crate) fn colors(chosen: Color, is_terminal: bool) -> bool {
    match chosen {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => is_terminal && !is_set("NO_COLOR") && !is_dumb(),
    }
}

fn is_set(name: &str) -> bool {
    env::var_os(name).is_some_and(|value| !value.is_empty())
}

fn is_dumb() -> bool {
    env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// The language of the locale, by POSIX order; English unless it is Russian.
fn locale() -> Lang {
    let value = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| env::var(name).ok())
        .find(|value| !value.is_empty());
    match value {
        Some(value) if value.to_ascii_lowercase().starts_with("ru") => Lang::Ru,
        _ => Lang::En,
    }
}
