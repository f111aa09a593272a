//! What goes wrong with a package. An error never holds a value of a row.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::Mode;
use crate::{Lang, csv};

/// An error of writing a package.
pub struct Error(Box<ErrorKind>);

/// What is wrong.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A file of that name exists and may not be replaced.
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// Another writer is at work in the folder.
    Busy {
        /// The file that it holds.
        path: PathBuf,
    },
    /// A table comes twice.
    Twice {
        /// Physical name of the table.
        table: String,
    },
    /// The package is to be finished, but a table is not.
    Unfinished {
        /// Physical name of the table.
        table: String,
    },
    /// Rows for a delete package, or keys for another one.
    Mode {
        /// Physical name of the table.
        table: String,
        /// The mode of the package.
        mode: Mode,
    },
    /// A table belongs to another showcase, or to another version of it, than those before.
    Showcase {
        /// Physical name of the table.
        table: String,
        /// Showcase and version of the tables before.
        expected: String,
        /// Showcase and version of this table.
        found: String,
    },
    /// A row is larger than a file may be.
    LargeRow {
        /// Physical name of the table.
        table: String,
        /// Number of the row in its table, from 1; 0 is the header.
        row: u64,
        /// Bytes of the smallest file with that row.
        bytes: u64,
        /// The largest number of bytes of a file.
        limit: u64,
    },
    /// A table has more parts than their names have numbers.
    Parts {
        /// Physical name of the table.
        table: String,
        /// The largest number of parts.
        max: usize,
    },
    /// A file or folder could not be made, written or renamed.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A row was refused, or could not be written.
    Row(csv::Error),
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Error(Box::new(kind))
    }
}

impl Error {
    pub(super) fn io(path: &Path, error: io::Error) -> Self {
        let path = path.to_owned();
        ErrorKind::Io { path, error }.into()
    }

    /// What a CSV writer says, which passes on what the file beneath it said; `rows` and `bytes`
    /// stand before what that writer has counted.
    pub(super) fn row(error: csv::Error, rows: u64, bytes: u64) -> Self {
        let (table, mut position) = (error.table(), error.position());
        position.line += rows;
        position.byte += bytes;
        let kind = match error.into_kind() {
            csv::ErrorKind::Io(error) => match error.downcast::<Error>() {
                Ok(beneath) => return beneath,
                Err(error) => csv::ErrorKind::Io(error),
            },
            kind => kind,
        };
        ErrorKind::Row(csv::Error::new(table, position, kind)).into()
    }

    /// What is wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// Place and reason in `lang`, without any value of a row.
    pub fn message(&self, lang: Lang) -> String {
        self.0.message(lang)
    }
}

impl ErrorKind {
    fn message(&self, lang: Lang) -> String {
        use ErrorKind as K;
        let pick = |en: String, ru: String| match lang {
            Lang::En => en,
            Lang::Ru => ru,
        };
        match self {
            K::Exists { path } => pick(
                format!("`{}` exists and may not be replaced", path.display()),
                format!(
                    "`{}` уже существует, заменять его не разрешено",
                    path.display()
                ),
            ),
            K::Busy { path } => pick(
                format!(
                    "another writer is at work there: it holds `{}`",
                    path.display()
                ),
                format!(
                    "в этой папке уже пишется пакет: занят файл `{}`",
                    path.display()
                ),
            ),
            K::Twice { table } => pick(
                format!("the table `{table}` is in the package already"),
                format!("таблица `{table}` уже есть в пакете"),
            ),
            K::Unfinished { table } => pick(
                format!("the table `{table}` was begun and not completed"),
                format!("таблица `{table}` начата, но не завершена"),
            ),
            K::Mode {
                table,
                mode: Mode::Delete,
            } => pick(
                format!("`{table}`: a package of mode `delete` takes keys, no rows"),
                format!("`{table}`: в пакет вида `delete` пишутся ключи, а не строки"),
            ),
            K::Mode { table, mode } => {
                let mode = mode.name();
                pick(
                    format!("`{table}`: a package of mode `{mode}` takes rows, no keys"),
                    format!("`{table}`: в пакет вида `{mode}` пишутся строки, а не ключи"),
                )
            }
            K::Showcase {
                table,
                expected,
                found,
            } => pick(
                format!("the table `{table}` is of `{found}`, the package of `{expected}`"),
                format!("таблица `{table}` относится к `{found}`, а пакет — к `{expected}`"),
            ),
            K::LargeRow {
                table,
                row: 0,
                limit,
                ..
            } => pick(
                format!("the header of `{table}` is larger than a file may be: {limit} bytes"),
                format!("заголовок `{table}` больше, чем может быть файл: {limit} байт"),
            ),
            K::LargeRow {
                table,
                row,
                bytes,
                limit,
            } => pick(
                format!(
                    "row {row} of `{table}` needs a file of {bytes} bytes, no file may have more than {limit}"
                ),
                format!(
                    "строке {row} таблицы `{table}` нужен файл в {bytes} байт, а предел — {limit}"
                ),
            ),
            K::Parts { table, max } => pick(
                format!("the table `{table}` has more than {max} parts"),
                format!("частей таблицы `{table}` больше, чем {max}"),
            ),
            K::Io { path, error } => format!("`{}`: {error}", path.display()),
            K::Row(error) => error.message(lang),
        }
    }
}

/// English, place first.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &*self.0 {
            ErrorKind::Io { error, .. } => Some(error),
            ErrorKind::Row(error) => Some(error),
            _ => None,
        }
    }
}
