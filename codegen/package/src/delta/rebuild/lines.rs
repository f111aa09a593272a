//! Rows of a table's files as they stand, and the files that they become.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::vec;

use super::Parts;
use crate::delta::error::Error;
use crate::delta::journal::FileEntry;
use crate::delta::side::header;
use crate::files::lines::Lines;
use crate::files::out::OutFile;
use crate::files::source::Source;

/// The rows of a table's files, one after another.
pub(super) struct TableLines<'a> {
    source: &'a Source,
    files: vec::IntoIter<usize>,
    current: Option<FileLines<'a>>,
    /// The next row.
    pub(super) at: u64,
}

impl<'a> TableLines<'a> {
    pub(super) fn new(source: &'a Source, files: Vec<usize>) -> TableLines<'a> {
        TableLines {
            source,
            files: files.into_iter(),
            current: None,
            at: 0,
        }
    }

    /// Hands the next row on; false behind the last.
    pub(super) fn next(
        &mut self,
        take: &mut dyn FnMut(&[u8]) -> Result<(), Error>,
    ) -> Result<bool, Error> {
        loop {
            if let Some(lines) = &mut self.current
                && lines.next(take)?
            {
                self.at += 1;
                return Ok(true);
            }
            let Some(file) = self.files.next() else {
                return Ok(false);
            };
            let name = self.source.name(file);
            let input = self.source.read(file).map_err(Error::reading(name))?;
            self.current = Some(FileLines::new(input, name.to_owned())?);
        }
    }
}

/// The rows of one file.
pub(super) struct FileLines<'a> {
    lines: Lines<Box<dyn Read + Send + 'a>>,
    name: String,
    pub(super) at: u64,
}

impl<'a> FileLines<'a> {
    /// Behind the header.
    pub(super) fn new(
        input: Box<dyn Read + Send + 'a>,
        name: String,
    ) -> Result<FileLines<'a>, Error> {
        let mut lines = Lines::new(input);
        lines.next().map_err(Error::reading(&name))?;
        Ok(FileLines { lines, name, at: 0 })
    }

    pub(super) fn next(
        &mut self,
        take: &mut dyn FnMut(&[u8]) -> Result<(), Error>,
    ) -> Result<bool, Error> {
        let Some(line) = self.lines.next().map_err(Error::reading(&self.name))? else {
            return Ok(false);
        };
        if !line.whole {
            return Err(Error::broken_line(&self.name, self.at + 2));
        }
        self.at += 1;
        take(line.bytes)?;
        Ok(true)
    }
}

/// The new table's files, being written.
pub(super) struct NewTable<'a> {
    parts: &'a Parts<'a>,
    folder: PathBuf,
    header: String,
    files: std::slice::Iter<'a, FileEntry>,
    current: Option<(&'a FileEntry, OutFile, u64)>,
}

impl<'a> NewTable<'a> {
    pub(super) fn new(parts: &'a Parts<'a>, folder: &Path) -> NewTable<'a> {
        let columns: Vec<_> = parts.table.columns.iter().map(|column| column.id).collect();
        NewTable {
            parts,
            folder: folder.to_owned(),
            header: header(parts.table, &columns),
            files: parts.entry.new.iter(),
            current: None,
        }
    }

    /// Puts a row behind the others.
    pub(super) fn line(&mut self, line: &[u8]) -> Result<(), Error> {
        loop {
            if let Some((entry, file, rows)) = &mut self.current
                && *rows < entry.rows
            {
                *rows += 1;
                file.write(b"\n")?;
                return Ok(file.write(line)?);
            }
            if !self.next_file()? {
                return Err(self.parts.broken());
            }
        }
    }

    /// Ends a file and begins the next; false behind the last.
    fn next_file(&mut self) -> Result<bool, Error> {
        if let Some((entry, mut file, rows)) = self.current.take() {
            if entry.final_line_feed {
                file.write(b"\n")?;
            }
            let written = file.finish()?;
            if rows != entry.rows || written.bytes != entry.bytes || written.sha256 != entry.sha256
            {
                return Err(Error::Mismatch(entry.name.clone()));
            }
        }
        let Some(entry) = self.files.next() else {
            return Ok(false);
        };
        let mut file = OutFile::create(&self.folder.join(&entry.name))?;
        file.write(self.header.as_bytes())?;
        self.current = Some((entry, file, 0));
        Ok(true)
    }

    pub(super) fn finish(mut self) -> Result<(), Error> {
        while self.next_file()? {}
        Ok(())
    }
}
