//! Broken lines one after another: records with line breaks in their fields told from lines that are
//! simply wrong.

use super::plan::FileForm;
use super::split::{Split, split};
use super::{RowId, Scanner, line_at};
use crate::code;

/// How many lines a record with line breaks in its fields may have, to be taken for one.
pub(super) const MOST_LINES: usize = 16;

/// Broken lines of a file that stand together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run<'b> {
    pub(super) bytes: &'b [u8],
    pub(super) first_row: u64,
    pub(super) file: usize,
    /// Whether the file ends with them.
    pub(super) is_file_end: bool,
    /// Whether more may follow: then the last lines are left when they could be part of a record.
    pub(super) goes_on: bool,
}

impl Scanner<'_, '_> {
    /// Judges a run; how many bytes and lines of it were taken: all, unless it goes on.
    pub(super) fn run(&mut self, run: Run<'_>) -> (usize, u64) {
        let Some(form) = self.forms.get(&run.file) else {
            return (run.bytes.len(), 0);
        };
        let mut at = 0;
        let mut row = run.first_row;
        while at < run.bytes.len() {
            if run.goes_on && !has_lines(run.bytes, at) {
                break;
            }
            let (line, next) = line_at(run.bytes, at);
            let one = split(line, form.separator);
            let joined = match one.is_open() {
                true => self.join(form, &run, at),
                false => None,
            };
            match joined {
                Some((end, lines, record)) => {
                    self.record(form, &record, &run, row, lines);
                    at = end;
                    row += lines;
                }
                None => {
                    self.line(form, &one, line, &run, row, next);
                    at = next;
                    row += 1;
                }
            }
        }
        (at, row - run.first_row)
    }

    /// The record that a line with an open quote begins, if the lines behind it close it and together have
    /// all fields: where it ends, how many lines it has, and its parts.
    fn join<'b>(
        &self,
        form: &FileForm,
        run: &Run<'b>,
        at: usize,
    ) -> Option<(usize, u64, Split<'b>)> {
        let (_, mut next) = line_at(run.bytes, at);
        for more in 1..MOST_LINES {
            if next >= run.bytes.len() {
                return None;
            }
            let (line, end) = line_at(run.bytes, next);
            let several = run.bytes.get(at..next + line.len())?;
            let several = split(several, form.separator);
            let count = several.fields.as_ref().map(Vec::len);
            if count == Some(form.fields.len()) {
                return Some((end, more as u64 + 1, several));
            }
            next = end;
        }
        None
    }

    /// A record over several lines: one fault, and its fields are judged.
    fn record(&mut self, form: &FileForm, record: &Split<'_>, run: &Run<'_>, row: u64, lines: u64) {
        let fields = record.fields.as_deref().unwrap_or_default();
        let broken = fields.iter().position(|field| field.text.contains('\n'));
        let column = broken.and_then(|field| form.column(field));
        self.found_column(code::LINE_BREAK, column, row);
        for more in 1..lines {
            let id = self.plan.table.id;
            self.marks.unread(id, RowId(row + more));
        }
        self.judge_split(form, record, run.file, row);
    }

    /// A line for itself.
    fn line(
        &mut self,
        form: &FileForm,
        split: &Split<'_>,
        line: &[u8],
        run: &Run<'_>,
        row: u64,
        next: usize,
    ) {
        let count = split.fields.as_ref().map(Vec::len);
        let has_few = count.is_some_and(|count| count < form.fields.len());
        let is_short = split.is_open() || split.is_cut || has_few;
        let is_unended = next == run.bytes.len() && run.bytes.last() != Some(&b'\n');
        if is_short && run.is_file_end && is_unended {
            self.found_file(code::CUT, run.file, row);
            self.marks.unread(self.plan.table.id, RowId(row));
            return;
        }
        if line.is_empty() || line == b"\r" {
            return self.broken(code::EMPTY_LINE, row);
        }
        if line.contains(&0) && count != Some(form.fields.len()) {
            self.found_file(code::NUL, run.file, row);
            self.marks.unread(self.plan.table.id, RowId(row));
            return;
        }
        if count == Some(form.fields.len()) {
            return self.judge_split(form, split, run.file, row);
        }
        if split.has_return {
            self.found_file(code::CARRIAGE_RETURN, run.file, row);
        }
        match split.faults.last() {
            // Where fields are told at all, that some are unquoted is not why there are too few.
            Some((_, fault)) if count.is_none() => self.broken(*fault, row),
            _ => self.broken(code::FIELD_COUNT, row),
        }
    }
}

/// Whether enough lines follow for a record of any length.
fn has_lines(bytes: &[u8], at: usize) -> bool {
    let rest = bytes.get(at..).unwrap_or_default();
    memchr::memchr_iter(b'\n', rest)
        .nth(MOST_LINES - 1)
        .is_some()
}
