//! The rows of one table on their way into a package.

use std::marker::PhantomData;

use super::parallel::{self, Chunk, Job};
use super::stream::TableStream;
use super::{Error, PackageWriter};
use crate::csv::{self, Profile};
use crate::finding::Severity;
use crate::record::Record;
use crate::{Context, Finding, Findings};

/// Writes the rows of one table of a package. Dropped before [`TableWriter::close`], it takes the table
/// out of the package. Lines and bytes in its errors count as if the table were one file.
pub struct TableWriter<'a, R: Record> {
    /// None once a write failed.
    rows: Option<csv::Writer<R, TableStream>>,
    /// Rows and their bytes that the writer above has not counted.
    before: Counts,
    profile: Profile,
    package: PhantomData<&'a PackageWriter>,
}

/// Rows, and bytes without those of the header.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    rows: u64,
    bytes: u64,
}

impl<R: Record> TableWriter<'_, R> {
    pub(super) fn new(stream: TableStream, profile: Profile) -> Result<Self, Error> {
        let mut writer = TableWriter {
            rows: None,
            before: Counts::default(),
            profile,
            package: PhantomData,
        };
        writer.begin(stream)?;
        Ok(writer)
    }

    /// Writes a row.
    ///
    /// # Errors
    /// A refused value: nothing of the row is written, and the next one may follow. Or a failed
    /// write, after which none can.
    pub fn write(&mut self, row: &R) -> Result<(), Error> {
        let before = self.before;
        let Some(rows) = &mut self.rows else {
            return Err(self.broken());
        };
        rows.write(row)
            .map_err(|error| Error::row(error, before.rows, before.bytes))
    }

    /// Judges a row and writes it unless something makes it unfit, which `findings` then tells; says
    /// whether it was written. Rows that are merely suspicious are written.
    ///
    /// # Errors
    /// A failed write, after which none can follow.
    pub fn write_valid(
        &mut self,
        row: &R,
        context: &Context,
        findings: &mut Findings,
    ) -> Result<bool, Error> {
        if !is_fit(row, context, findings) {
            return Ok(false);
        }
        self.write(row).map(|()| true)
    }

    /// Writes rows, encoded by as many threads as `threads` says; this one writes what they made, in
    /// the order of the rows, so that the file is the same to the byte. Portions may follow each other,
    /// and single rows between them; a few chunks of a portion are in memory at a time. Gives back
    /// how many rows were written.
    ///
    /// # Errors
    /// A refused value: the rows before it are written, nothing after it. Or a failed write, after
    /// which no row can follow.
    pub fn write_parallel(&mut self, rows: &[R], threads: usize) -> Result<u64, Error>
    where
        R: Sync,
    {
        self.write_job(rows, threads, None, &mut Findings::new())
    }

    /// Judges and writes rows, as [`TableWriter::write_valid`] does one by one, by as many threads as
    /// `threads` says, see [`TableWriter::write_parallel`]. Findings come in the order of the rows.
    ///
    /// # Errors
    /// A failed write, after which none can follow.
    pub fn write_valid_parallel(
        &mut self,
        rows: &[R],
        threads: usize,
        context: &Context,
        findings: &mut Findings,
    ) -> Result<u64, Error>
    where
        R: Sync,
    {
        self.write_job(rows, threads, Some(context), findings)
    }

    fn write_job(
        &mut self,
        rows: &[R],
        threads: usize,
        context: Option<&Context>,
        findings: &mut Findings,
    ) -> Result<u64, Error>
    where
        R: Sync,
    {
        let mut stream = self.end()?;
        let job = Job {
            rows,
            profile: self.profile,
            context,
        };
        let (start, header) = (self.before.rows, stream.header_len());
        let counts = &mut self.before;
        let mut refused = None;
        // A failed write ends here: the stream goes, and the table with it.
        parallel::run(&job, threads, |chunk: &mut Chunk| {
            let skip = usize::try_from(header).unwrap_or(usize::MAX);
            let bytes = chunk.bytes.get(skip..).unwrap_or_default();
            stream.append(bytes)?;
            for finding in std::mem::take(&mut chunk.findings) {
                findings.push(finding);
            }
            refused = chunk
                .error
                .take()
                .map(|error| Error::row(error, counts.rows, counts.bytes));
            counts.rows += chunk.rows;
            counts.bytes += bytes.len() as u64;
            Ok(refused.is_none())
        })?;
        self.begin(stream)?;
        match refused {
            Some(error) => Err(error),
            None => Ok(self.before.rows - start),
        }
    }

    /// Hands on the rows so far and gives the stream back.
    fn end(&mut self) -> Result<TableStream, Error> {
        let Some(rows) = self.rows.take() else {
            return Err(self.broken());
        };
        let before = self.before;
        let (count, bytes) = (rows.rows(), rows.bytes());
        let stream = rows
            .finish()
            .map_err(|error| Error::row(error, before.rows, before.bytes))?;
        self.before.rows += count;
        self.before.bytes += bytes.saturating_sub(stream.header_len());
        Ok(stream)
    }

    /// Goes on with single rows.
    fn begin(&mut self, mut stream: TableStream) -> Result<(), Error> {
        // The CSV writer begins with the header, which the stream knows already.
        stream.skip_header();
        let rows = csv::Writer::with_profile(stream, self.profile);
        self.rows = Some(rows.map_err(|error| Error::row(error, 0, 0))?);
        Ok(())
    }

    /// The error of writing after a failed write.
    fn broken(&self) -> Error {
        let position = csv::Position {
            line: 2,
            column: None,
            byte: R::TABLE.header.len() as u64,
        };
        let error = csv::Error::new(R::TABLE.name, position, csv::ErrorKind::Broken);
        Error::row(error, self.before.rows, self.before.bytes)
    }

    /// Completes the table and gives back the number of its rows.
    ///
    /// # Errors
    /// A failed write; the table is then not in the package.
    pub fn close(mut self) -> Result<u64, Error> {
        self.end()?.complete()
    }
}

/// Whether nothing makes a row unfit; adds what is wrong with it to `findings`.
pub(super) fn is_fit<R: Record>(row: &R, context: &Context, findings: &mut Findings) -> bool {
    let before = findings.len();
    row.validate(context, findings);
    let unfit = |finding: &Finding| finding.severity() == Severity::Error;
    !findings.iter().skip(before).any(unfit)
}

impl<R: Record> std::fmt::Debug for TableWriter<'_, R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let rows = self.rows.as_ref().map_or(0, csv::Writer::rows) + self.before.rows;
        f.debug_struct("TableWriter")
            .field("table", &R::TABLE.name)
            .field("rows", &rows)
            .finish_non_exhaustive()
    }
}
