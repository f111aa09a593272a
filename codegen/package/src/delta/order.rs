//! Scripts that say where the rows of a new table come from: runs of rows of the old table, of the rows to
//! upsert, and of rows whose form alone changed. As text: `source;first;count` below a header of these
//! words, rows counted from 0.

use std::fmt::Write as _;
use std::io::Read;

use super::error::Error;
use crate::files::lines::Lines;

/// Where a row comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    /// The old table.
    Old,
    /// The rows to upsert.
    Upsert,
    /// The rows whose form alone changed.
    Form,
}

/// Rows that follow each other in their origin and in the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) origin: Origin,
    pub(super) first: u64,
    pub(super) count: u64,
}

/// The first line of a script.
pub(super) const HEADER: &str = "source;first;count";

impl Origin {
    const ALL: [(&'static str, Origin); 3] = [
        ("old", Origin::Old),
        ("upsert", Origin::Upsert),
        ("form", Origin::Form),
    ];

    fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, one)| *one == self)
            .map_or("", |(name, _)| name)
    }
}

impl Run {
    /// As a line of a script.
    pub(super) fn to_line(self) -> String {
        let mut line = String::new();
        // Writing to memory does not fail.
        let _ = write!(line, "{};{};{}", self.origin.name(), self.first, self.count);
        line
    }

    fn parse(line: &[u8]) -> Option<Run> {
        let text = std::str::from_utf8(line).ok()?;
        let (origin, rest) = text.split_once(';')?;
        let (first, count) = rest.split_once(';')?;
        let origin = Origin::ALL.iter().find(|(name, _)| *name == origin)?.1;
        let run = Run {
            origin,
            first: first.parse().ok()?,
            count: count.parse().ok()?,
        };
        run.first.checked_add(run.count)?;
        (run.count > 0).then_some(run)
    }
}

/// Joins rows to runs.
#[derive(Debug, Default)]
pub(super) struct Runs(Option<Run>);

impl Runs {
    /// Takes a row; gives the run before it, if that is over.
    pub(super) fn push(&mut self, origin: Origin, row: u64) -> Option<Run> {
        match &mut self.0 {
            Some(run) if run.origin == origin && run.first + run.count == row => {
                run.count += 1;
                None
            }
            current => current.replace(Run {
                origin,
                first: row,
                count: 1,
            }),
        }
    }

    /// The last run.
    pub(super) fn finish(self) -> Option<Run> {
        self.0
    }
}

/// Reads a script, run by run.
pub(super) struct Script<R> {
    lines: Lines<R>,
    name: String,
    at: u64,
}

impl<R: Read> Script<R> {
    pub(super) fn new(input: R, name: &str) -> Script<R> {
        Script {
            lines: Lines::new(input),
            name: name.to_owned(),
            at: 0,
        }
    }

    pub(super) fn next(&mut self) -> Result<Option<Run>, Error> {
        loop {
            self.at += 1;
            let name = &self.name;
            let Some(line) = self.lines.next().map_err(Error::reading(name))? else {
                return Ok(None);
            };
            let bad = || Error::broken_line(name, self.at);
            if self.at == 1 {
                if line.bytes == HEADER.as_bytes() {
                    continue;
                }
                return Err(bad());
            }
            return Run::parse(line.bytes).map(Some).ok_or_else(bad);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_runs_and_lines_and_runs_again() {
        let mut runs = Runs::default();
        let mut lines = vec![HEADER.to_owned()];
        let rows = [
            (Origin::Old, 4),
            (Origin::Old, 5),
            (Origin::Upsert, 6),
            (Origin::Old, 7),
            (Origin::Old, 0),
            (Origin::Form, 0),
        ];
        for (origin, row) in rows {
            lines.extend(runs.push(origin, row).map(Run::to_line));
        }
        lines.extend(runs.finish().map(Run::to_line));
        assert_eq!(
            lines[1..],
            ["old;4;2", "upsert;6;1", "old;7;1", "old;0;1", "form;0;1"]
        );
        let text = lines.join("\n");
        let mut script = Script::new(text.as_bytes(), "order/a.csv");
        let mut read = Vec::new();
        while let Some(run) = script.next().unwrap() {
            for row in run.first..run.first + run.count {
                read.push((run.origin, row));
            }
        }
        assert_eq!(read, rows);
    }

    #[test]
    fn a_broken_script_is_refused() {
        for bad in [
            "",
            "old;1;1",
            "source;first;count\nold;1",
            "source;first;count\nold;1;0",
        ] {
            let bad = format!("{bad}\n");
            let mut script = Script::new(bad.as_bytes(), "order/a.csv");
            let mut end = script.next();
            while let Ok(Some(_)) = end {
                end = script.next();
            }
            assert!(end.is_err(), "{bad:?}");
        }
        let line = format!("source;first;count\nold;{};2", u64::MAX);
        assert!(Script::new(line.as_bytes(), "a").next().is_err());
    }
}
