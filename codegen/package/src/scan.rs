//! Lines to fields to cells to checks: the one pass over a table's rows.
//!
//! ```text
//! lines ─► accept ─────────────────────────────► cells ─► conditions ─► consumers (keys, rules)
//!             └─ not plainly right ─► split ─► judge ┘         │
//!                (cold)                 │        └── faults ───┴──► Found ─► Tally, Marks
//!                                       └─ broken lines in a row ─► run ─► records over several lines
//! ```
//!
//! A line is a row. What a chunk's first and last broken lines mean may hang on the chunk beside it:
//! [`Seams`] brings them together, so that where a file was cut changes nothing.

mod condition;
mod fetch;
mod found;
mod plan;
mod run;
mod seam;
mod split;

#[cfg(test)]
mod tests;

use vitrina::kernel::{self, Processor};
use vitrina_codegen::model::eval::Day;

use crate::column::{Arena, Judged};
use crate::consumer::RowWorker;
use crate::{Cell, Code, Marks, RowId, code};
pub(crate) use fetch::Reread;
pub(crate) use found::Found;
pub(crate) use plan::{FileForm, Forms, TablePlan};
use run::Run;
pub(crate) use seam::Seams;
use seam::{Ends, Loose};
use split::{Split, split};

/// Whole lines of a file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lines<'b> {
    pub(crate) bytes: &'b [u8],
    /// Position of the file in the package.
    pub(crate) file: usize,
    /// The row on the first line.
    pub(crate) first_row: RowId,
    /// Whether the file ends here.
    pub(crate) is_last: bool,
}

/// What one thread has while it scans a table.
pub(crate) struct Scanner<'s, 'm> {
    plan: &'s TablePlan<'m>,
    /// By file.
    forms: &'s Forms,
    today: Day,
    marks: &'s Marks,
    workers: Vec<Box<dyn RowWorker + 's>>,
    pub(crate) found: Found,
    judged: Judged,
}

/// The pass over the lines of a chunk, for any processor.
struct Pass<'p, 's, 'm> {
    scanner: &'p mut Scanner<'s, 'm>,
    lines: Lines<'p>,
    seams: &'p Seams,
}

impl kernel::Work for Pass<'_, '_, '_> {
    type Output = ();

    #[inline(always)]
    fn run<P: Processor>(self, processor: P) {
        self.scanner.pass(processor, self.lines, self.seams);
    }
}

impl<'s, 'm> Scanner<'s, 'm> {
    /// A scanner that hands the rows on to `workers`; of each kind of findings `samples` are kept.
    pub(crate) fn new(
        plan: &'s TablePlan<'m>,
        forms: &'s Forms,
        today: Day,
        marks: &'s Marks,
        workers: Vec<Box<dyn RowWorker + 's>>,
        samples: usize,
    ) -> Scanner<'s, 'm> {
        Scanner {
            plan,
            forms,
            today,
            marks,
            workers,
            found: Found::new(samples, plan.conditions.len()),
            judged: Judged::default(),
        }
    }

    /// Takes some lines of a file; `seams` are those of the table.
    pub(crate) fn lines(&mut self, lines: Lines<'_>, seams: &Seams) {
        kernel::run(Pass {
            scanner: self,
            lines,
            seams,
        });
    }

    #[inline(always)]
    fn pass<P: Processor>(&mut self, processor: P, lines: Lines<'_>, seams: &Seams) {
        let Some(form) = self.forms.get(&lines.file) else {
            return;
        };
        let bytes = lines.bytes;
        let arena = Arena::with_room();
        let mut cells = vec![Cell::Unreadable; self.plan.columns.len()];
        let mut ends = Ends::new(&lines);
        // The broken lines that are not judged yet: where they begin.
        let mut run: Option<(usize, u64)> = None;
        let mut at = 0;
        let mut row = lines.first_row.0;
        while at < bytes.len() {
            let accepted = self.accept(processor, form, bytes, at, &mut cells, &arena);
            if let Some((next, returned)) = accepted {
                if let Some(from) = run.take() {
                    self.end_run(&lines, from, at, &mut ends);
                }
                if returned {
                    self.found_file(code::CARRIAGE_RETURN, lines.file, row);
                }
                self.judge_accepted(row, &cells);
                at = next;
                row += 1;
                continue;
            }
            let (line, next) = line_at(bytes, at);
            let split = split(line, form.separator);
            if split.is_whole(form) {
                if let Some(from) = run.take() {
                    self.end_run(&lines, from, at, &mut ends);
                }
                self.judge_split(form, &split, lines.file, row);
            } else {
                run.get_or_insert((at, row));
            }
            at = next;
            row += 1;
        }
        ends.rows = row - lines.first_row.0;
        if let Some((from, first_row)) = run {
            let loose = Loose {
                file: lines.file,
                first_row,
                bytes: bytes.get(from..).unwrap_or_default().to_vec(),
            };
            match from {
                0 => ends.head = Some(loose),
                _ => ends.tail = Some(loose),
            }
            ends.is_all_broken = from == 0;
        }
        seams.join(ends, &mut |run| self.run(run));
    }

    /// Judges broken lines that end before `to`, or leaves them to the seam when the chunk begins with
    /// them.
    fn end_run(
        &mut self,
        lines: &Lines<'_>,
        (from, first_row): (usize, u64),
        to: usize,
        ends: &mut Ends,
    ) {
        let bytes = lines.bytes.get(from..to).unwrap_or_default();
        if from == 0 {
            ends.head = Some(Loose {
                file: lines.file,
                first_row,
                bytes: bytes.to_vec(),
            });
            return;
        }
        let run = Run {
            bytes,
            first_row,
            file: lines.file,
            is_file_end: false,
            goes_on: false,
        };
        self.run(run);
    }

    /// Reads a row that is right: where the next one begins, and whether a carriage return stood before
    /// the line feed.
    #[inline(always)]
    fn accept<'c, P: Processor>(
        &self,
        processor: P,
        form: &FileForm,
        bytes: &'c [u8],
        mut at: usize,
        cells: &mut [Cell<'c>],
        arena: &'c Arena,
    ) -> Option<(usize, bool)> {
        let mut fields = form.fields.iter();
        let mut field = fields.next()?;
        loop {
            match field {
                Some(column) => {
                    let check = self.plan.columns.get(*column)?;
                    let cell = cells.get_mut(*column)?;
                    at = check.accept(processor, bytes, at, arena, cell)?;
                }
                // A column that the table does not have: the form alone is looked at.
                None => at = plan::skip(bytes, at)?,
            }
            match fields.next() {
                Some(next) if bytes.get(at) == Some(&form.separator) => {
                    field = next;
                    at += 1;
                }
                Some(_) => return None,
                None => break,
            }
        }
        match bytes.get(at) {
            Some(b'\n') => Some((at + 1, false)),
            None => Some((at, false)),
            Some(b'\r') => match bytes.get(at + 1) {
                Some(b'\n') => Some((at + 2, true)),
                None => Some((at + 1, true)),
                Some(_) => None,
            },
            Some(_) => None,
        }
    }

    /// A row whose cells are all readable, but for those of columns that the file does not have.
    #[inline]
    fn judge_accepted(&mut self, row: u64, cells: &[Cell<'_>]) {
        for (at, condition) in self.plan.conditions.iter().enumerate() {
            if condition.is_broken(cells, self.today) {
                self.found_condition(at, row);
            }
        }
        for worker in &mut self.workers {
            worker.row(RowId(row), cells);
        }
    }

    /// A row that may have unreadable cells.
    fn judge_cells(&mut self, row: u64, cells: &[Cell<'_>]) {
        for (at, condition) in self.plan.conditions.iter().enumerate() {
            if condition.is_unreadable(cells) {
                self.found.unreadable(at);
            } else if condition.is_broken(cells, self.today) {
                self.found_condition(at, row);
            }
        }
        for worker in &mut self.workers {
            worker.row(RowId(row), cells);
        }
    }

    /// A row whose fields are as many as they should be.
    #[cold]
    fn judge_split(&mut self, form: &FileForm, split: &Split<'_>, file: usize, row: u64) {
        let Some(fields) = split.fields.as_deref() else {
            return;
        };
        if split.has_return {
            self.found_file(code::CARRIAGE_RETURN, file, row);
        }
        if form.is_header(fields, self.plan) {
            self.found_file(code::HEADER_REPEATED, file, row);
            self.marks.unread(self.plan.table.id, RowId(row));
            return;
        }
        for (field, code) in &split.faults {
            self.found_column(*code, form.column(*field), row);
        }
        let mut cells = vec![Cell::Unreadable; self.plan.columns.len()];
        let mut judged = std::mem::take(&mut self.judged);
        for (column, field) in form.fields.iter().zip(fields) {
            let Some(at) = column else {
                continue;
            };
            let (Some(check), Some(cell)) = (self.plan.columns.get(*at), cells.get_mut(*at)) else {
                continue;
            };
            *cell = check.judge(field, &mut judged);
            for code in &judged.codes {
                match *code {
                    code::NUL => self.found_nul(file, *at, row),
                    // Said of the row already, by a code of its own.
                    code::CONTROL if split.has_break && field.text.contains('\n') => {}
                    code => self.found_column(code, Some(*at), row),
                }
            }
            if judged.off_list {
                self.mark(code::CODE, Some(*at), row);
            }
        }
        self.judged = judged;
        self.judge_cells(row, &cells);
    }

    /// A line whose fields cannot be told.
    fn broken(&mut self, code: Code, row: u64) {
        self.found_column(code, None, row);
        self.marks.unread(self.plan.table.id, RowId(row));
    }

    fn found_column(&mut self, code: Code, column: Option<usize>, row: u64) {
        let (plan, marks) = (self.plan, self.marks);
        self.found
            .add(found::Key::of(code, column), row, || {
                plan.marks_of(code, column)
            })
            .mark(marks, plan.table.id, row);
    }

    fn found_condition(&mut self, at: usize, row: u64) {
        let (plan, marks) = (self.plan, self.marks);
        self.found
            .add(found::Key::of_condition(at), row, || {
                plan.marks_of_condition(at)
            })
            .mark(marks, plan.table.id, row);
    }

    /// A fault of the file that shows in a row.
    fn found_file(&mut self, code: Code, file: usize, row: u64) {
        let (plan, marks) = (self.plan, self.marks);
        self.found
            .add(found::Key::of_file(code, file), row, || {
                plan.marks_of(code, None)
            })
            .mark(marks, plan.table.id, row);
    }

    /// NUL bytes are one fault of the file, however many columns they are in.
    fn found_nul(&mut self, file: usize, column: usize, row: u64) {
        if self.found.last_row(found::Key::of_file(code::NUL, file)) != Some(row) {
            self.found_file(code::NUL, file, row);
        }
        self.mark(code::CONTROL, Some(column), row);
    }

    /// Marks a row without a finding.
    fn mark(&self, code: Code, column: Option<usize>, row: u64) {
        for (metric, severity) in self.plan.marks_of(code, column) {
            self.marks
                .broken(self.plan.table.id, metric, RowId(row), severity);
        }
    }

    /// Judges what is left of the table's seams, when all chunks were taken.
    pub(crate) fn end(&mut self, seams: &Seams) {
        seams.finish(&mut |run| self.run(run));
    }

    /// Hands on what the workers keep, and returns what was found.
    ///
    /// # Errors
    /// The disk refused what had to be kept there.
    pub(crate) fn finish(self) -> std::io::Result<Found> {
        for worker in self.workers {
            worker.finish()?;
        }
        Ok(self.found)
    }
}

/// The line at a position without its line feed, and where the next one begins.
fn line_at(bytes: &[u8], at: usize) -> (&[u8], usize) {
    let rest = bytes.get(at..).unwrap_or_default();
    match memchr::memchr(b'\n', rest) {
        Some(length) => (rest.get(..length).unwrap_or_default(), at + length + 1),
        None => (rest, bytes.len()),
    }
}
