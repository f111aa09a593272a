//! One side of a comparison: the rows of a table, read from its files in order, each told into fields.

use vitrina_codegen::model::{ColumnId, Table};
use vitrina_codegen::{Lang, text};

use super::error::Error;
use super::journal::FileEntry;
use super::problem::{Problem, Problems};
use crate::code::{
    CARRIAGE_RETURN, EMPTY_LINE, FIELD_COUNT, HEADER, LONG_LINE, NOT_UTF_8, OPEN_QUOTE,
    PRIMARY_KEY, STRAY_QUOTE,
};
use crate::files::lines::{LONGEST, Lines};
use crate::files::source::Source;
use crate::files::split::{Field, SplitFault, split};
use crate::{Code, Facts};

/// Which package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Which {
    /// The package before.
    Old,
    /// The package after.
    New,
    /// The rows to upsert.
    Upsert,
    /// The keys to delete.
    Delete,
    /// The rows whose form alone changed.
    Form,
}

impl Which {
    /// In a sentence.
    pub fn name(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Which::Old, Lang::En) => "the old package",
            (Which::Old, Lang::Ru) => "старый пакет",
            (Which::New, Lang::En) => "the new package",
            (Which::New, Lang::Ru) => "новый пакет",
            (Which::Upsert, Lang::En) => "the rows to upsert",
            (Which::Upsert, Lang::Ru) => "строки для записи",
            (Which::Delete, Lang::En) => "the keys to delete",
            (Which::Delete, Lang::Ru) => "ключи для удаления",
            (Which::Form, Lang::En) => "the rows in another form",
            (Which::Form, Lang::Ru) => "строки в другой форме",
        }
    }

    /// One word for programs.
    pub fn word(self) -> &'static str {
        match self {
            Which::Old => "old",
            Which::New => "new",
            Which::Upsert => "upsert",
            Which::Delete => "delete",
            Which::Form => "form",
        }
    }
}

/// A row as it stands.
pub(super) struct Row<'l> {
    /// Counted from 0 through all files.
    pub(super) number: u64,
    pub(super) line: &'l [u8],
    pub(super) fields: &'l [Field],
}

/// The files of one table in one package.
pub(super) struct Side<'a> {
    pub(super) which: Which,
    pub(super) source: &'a Source,
    pub(super) table: &'a Table,
    /// The columns of its files.
    pub(super) columns: Vec<ColumnId>,
    /// Positions of the files in the package.
    pub(super) files: Vec<usize>,
    /// How many problems are kept.
    pub(super) samples: usize,
}

impl<'a> Side<'a> {
    /// A full table of a package.
    pub(super) fn full(which: Which, source: &'a Source, table: &'a Table, samples: usize) -> Self {
        Side {
            which,
            source,
            table,
            columns: table.columns.iter().map(|column| column.id).collect(),
            files: source.files_of(table.id),
            samples,
        }
    }

    /// The keys of a package that deletes.
    pub(super) fn keys(which: Which, source: &'a Source, table: &'a Table, samples: usize) -> Self {
        Side {
            columns: table.primary_key.clone(),
            ..Side::full(which, source, table, samples)
        }
    }

    /// The first line of its files.
    pub(super) fn header(&self) -> String {
        header(self.table, &self.columns)
    }

    /// Reads all rows; what cannot be told into fields goes to `problems`, and what `each` finds wrong
    /// with a row as well. Gives the files' figures.
    pub(super) fn read(
        &self,
        problems: &mut Problems,
        each: &mut dyn FnMut(Row<'_>) -> Result<Option<Code>, Error>,
    ) -> Result<Vec<FileEntry>, Error> {
        let header = self.header();
        let mut entries = Vec::with_capacity(self.files.len());
        let mut number = 0;
        let mut fields = Vec::new();
        for file in &self.files {
            let name = self.source.name(*file);
            let input = self.source.read(*file).map_err(Error::reading(name))?;
            let mut lines = Lines::new(input);
            let mut at = 0_u64;
            let mut final_line_feed = false;
            let mut in_long = false;
            while let Some(line) = lines.next().map_err(Error::reading(name))? {
                final_line_feed = line.ended;
                if !line.whole {
                    if !in_long {
                        at += 1;
                        let facts = Facts::default().with("expected", LONGEST.to_string());
                        self.say(problems, name, at, LONG_LINE, facts);
                    }
                    in_long = !line.ended;
                    continue;
                }
                at += 1;
                if at == 1 {
                    if line.bytes != header.as_bytes() {
                        let facts = expected(&header);
                        self.say(problems, name, 1, HEADER, facts);
                        break;
                    }
                    continue;
                }
                match self.tell(line.bytes, &mut fields) {
                    Ok(()) => {
                        let row = Row {
                            number,
                            line: line.bytes,
                            fields: &fields,
                        };
                        if let Some(code) = each(row)? {
                            self.say(problems, name, at, code, Facts::default());
                        }
                    }
                    Err(code) => self.say(problems, name, at, code, Facts::default()),
                }
                number += 1;
            }
            if at == 0 {
                let facts = expected(&header);
                self.say(problems, name, 1, HEADER, facts);
            }
            let figures = lines.finish().map_err(Error::reading(name))?;
            entries.push(FileEntry {
                name: name.to_owned(),
                rows: at.saturating_sub(1),
                bytes: figures.bytes,
                sha256: figures.sha256,
                final_line_feed,
            });
        }
        Ok(entries)
    }

    /// Tells a line into as many fields as there are columns.
    fn tell(&self, line: &[u8], fields: &mut Vec<Field>) -> Result<(), Code> {
        if line.is_empty() {
            return Err(EMPTY_LINE);
        }
        if line.ends_with(b"\r") {
            return Err(CARRIAGE_RETURN);
        }
        if std::str::from_utf8(line).is_err() {
            return Err(NOT_UTF_8);
        }
        match split(line, b';', fields) {
            Ok(()) if fields.len() == self.columns.len() => Ok(()),
            Ok(()) => Err(FIELD_COUNT),
            Err(SplitFault::Open(_)) => Err(OPEN_QUOTE),
            Err(SplitFault::Stray(_)) => Err(STRAY_QUOTE),
        }
    }

    fn say(&self, problems: &mut Problems, file: &str, line: u64, code: Code, facts: Facts) {
        problems.add(self.samples, || Problem {
            code,
            which: self.which,
            table: self.table.name.clone(),
            file: file.to_owned(),
            line: Some(line),
            first: None,
            key: None,
            facts,
        });
    }

    /// A row whose key came before.
    pub(super) fn repeated(
        &self,
        problems: &mut Problems,
        (first, again): (u64, u64),
        key: String,
        files: &[FileEntry],
    ) {
        problems.add(self.samples, || {
            let (file, line) = locate(files, again);
            Problem {
                code: PRIMARY_KEY,
                which: self.which,
                table: self.table.name.clone(),
                file,
                line: Some(line),
                first: Some(locate(files, first)),
                key: Some(key),
                facts: Facts::default(),
            }
        });
    }
}

/// The header of a file with these columns.
pub(super) fn header(table: &Table, columns: &[ColumnId]) -> String {
    let names = columns
        .iter()
        .map(|id| table.column(*id).name.to_lowercase());
    names.collect::<Vec<String>>().join(";")
}

/// What a header must be.
fn expected(header: &str) -> Facts {
    let reason = text!("it must be `{header}`", "он должен быть `{header}`");
    Facts::default().with_text("reason", reason)
}

/// File and line of a row.
fn locate(files: &[FileEntry], row: u64) -> (String, u64) {
    let mut row = row;
    for file in files {
        if row < file.rows {
            return (file.name.clone(), row + 2);
        }
        row -= file.rows;
    }
    (String::new(), row + 2)
}
