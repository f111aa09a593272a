//! What goes wrong with a CSV file, where, and why. An error never holds a value of the file.

use std::fmt;
use std::io;

use crate::{Invalid, Lang};

/// An error of reading or writing a CSV file.
pub struct Error(Box<Inner>);

struct Inner {
    table: &'static str,
    position: Position,
    kind: ErrorKind,
}

/// Where an error lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Position {
    /// Line of the file, from 1: the header is line 1, the first row line 2.
    pub line: u64,
    /// Physical name of the column, when one is at fault.
    pub column: Option<&'static str>,
    /// Offset in the file, in bytes: of the field at fault, else of the line. A writer counts the
    /// bytes made before the refused row.
    pub byte: u64,
}

impl Position {
    /// Number of the row, from 1; 0 is the header.
    pub fn row(&self) -> u64 {
        self.line.saturating_sub(1)
    }
}

/// What is wrong.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Reading or writing failed.
    Io(io::Error),
    /// The file begins with a byte order mark.
    ByteOrderMark,
    /// The file is empty: not even a header.
    NoHeader,
    /// The header is not the table's: another name, another order, quotes, upper case.
    Header {
        /// Position from 1 of the first column that differs.
        column: usize,
        /// The name that belongs there; empty behind the last column.
        expected: &'static str,
    },
    /// A line ends with a carriage return.
    CarriageReturn,
    /// A line is longer than the reader takes.
    LongLine {
        /// The largest number of bytes.
        max: usize,
    },
    /// A row has another number of fields than the header.
    FieldCount {
        /// Columns of the table.
        expected: usize,
        /// Fields of the row.
        found: usize,
    },
    /// A field is not in quotes.
    Unquoted,
    /// A quote is not closed on its line: a line break inside a field, or a quote that is not doubled.
    OpenQuote,
    /// Something stands between the closing quote and the separator: a quote inside is not doubled.
    StrayQuote,
    /// A value does not fit its column.
    Value(Invalid),
    /// Rows cannot follow after a failed write.
    Broken,
}

impl Error {
    pub(crate) fn new(table: &'static str, position: Position, kind: ErrorKind) -> Self {
        Error(Box::new(Inner {
            table,
            position,
            kind,
        }))
    }

    /// What is wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// What is wrong, to keep.
    pub fn into_kind(self) -> ErrorKind {
        self.0.kind
    }

    /// Where.
    pub fn position(&self) -> Position {
        self.0.position
    }

    /// Physical name of the table.
    pub fn table(&self) -> &'static str {
        self.0.table
    }

    /// Whether a single row is at fault, so that the next one may be read or written.
    pub fn is_row(&self) -> bool {
        use ErrorKind as K;
        !matches!(
            self.kind(),
            K::Io(_)
                | K::ByteOrderMark
                | K::NoHeader
                | K::Header { .. }
                | K::LongLine { .. }
                | K::Broken
        )
    }

    /// Place and reason in `lang`, without any value of the file.
    pub fn message(&self, lang: Lang) -> String {
        let Position { line, column, .. } = self.0.position;
        let (line_word, column_word) = match lang {
            Lang::En => ("line", "column"),
            Lang::Ru => ("строка", "столбец"),
        };
        let mut text = format!("`{}`, {line_word} {line}", self.0.table);
        if let Some(column) = column {
            text += &format!(", {column_word} `{column}`");
        }
        text += ": ";
        text += &self.0.kind.message(lang);
        text
    }
}

impl ErrorKind {
    /// The reason in `lang`.
    pub fn message(&self, lang: Lang) -> String {
        use ErrorKind as K;
        let pick = |en: &str, ru: &str| match lang {
            Lang::En => en.to_owned(),
            Lang::Ru => ru.to_owned(),
        };
        match self {
            K::Io(error) => error.to_string(),
            K::ByteOrderMark => pick(
                "the file begins with a byte order mark",
                "файл начинается с метки порядка байтов (BOM)",
            ),
            K::NoHeader => pick("the file has no header", "в файле нет заголовка"),
            K::Header {
                column,
                expected: "",
            } => pick(
                &format!("the header has more than {} columns", column - 1),
                &format!("в заголовке больше столбцов, чем {}", column - 1),
            ),
            K::Header { column, expected } => pick(
                &format!("column {column} of the header must be `{expected}`, without quotes"),
                &format!("столбцом {column} заголовка должен быть `{expected}`, без кавычек"),
            ),
            K::CarriageReturn => pick(
                "the line ends with a carriage return",
                "строка оканчивается возвратом каретки",
            ),
            K::LongLine { max } => pick(
                &format!("the line is longer than {max} bytes"),
                &format!("строка длиннее {max} байт"),
            ),
            K::FieldCount { expected, found } => pick(
                &format!("the row has {found} fields, the header {expected}"),
                &format!("число полей в строке: {found}, столбцов в заголовке: {expected}"),
            ),
            K::Unquoted => pick("the field is not in quotes", "поле не заключено в кавычки"),
            K::OpenQuote => pick(
                "the quote is not closed on its line: fields hold no line breaks, quotes inside are doubled",
                "кавычка не закрыта в своей строке: в полях нет переводов строк, кавычки внутри удваиваются",
            ),
            K::StrayQuote => pick(
                "something stands behind the closing quote: quotes inside are doubled",
                "за закрывающей кавычкой что-то стоит: кавычки внутри удваиваются",
            ),
            K::Value(invalid) => invalid.message(lang),
            K::Broken => pick(
                "nothing can be written after a failed write",
                "после сбоя записи писать больше нельзя",
            ),
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
        f.debug_struct("Error")
            .field("table", &self.0.table)
            .field("position", &self.0.position)
            .field("kind", &self.0.kind)
            .finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.kind {
            ErrorKind::Io(error) => Some(error),
            ErrorKind::Value(invalid) => Some(invalid),
            _ => None,
        }
    }
}
