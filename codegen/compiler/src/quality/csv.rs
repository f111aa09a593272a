//! The form of CSV files: what the bytes of one table's file break of the structures `csv_*` and
//! `types`, line by line, and which files of a package have a table.
//!
//! Written for clearness: it stands beside the quick readers as their reference. A record is a line;
//! one whose quotes are still open at its end is tried together with the lines behind it, so that a line
//! break within a field is told from a quote that nobody closed.

mod fields;

use std::borrow::Cow;

use super::Rows;
use crate::Lang;
use crate::model::eval::{Rule, Value, cell};
use crate::model::{
    BaseType, BooleanForm, Column, ColumnId, Model, NullForm, ScalarId, Structure, Table, TableId,
    ValueType,
};
use fields::Field;

/// One breach in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// Line of the file, from 1: the header is line 1.
    pub line: u64,
    /// The column, where one is at fault.
    pub column: Option<ColumnId>,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The file begins with a byte order mark.
    ByteOrderMark,
    /// The line is not UTF-8.
    NotUtf8,
    /// The file is empty.
    NoHeader,
    /// The header is not the table's.
    Header {
        /// Position from 1 of the first column that differs.
        position: usize,
        /// The name that belongs there; none behind the last column.
        expected: Option<String>,
    },
    /// A field is not in quotes.
    Unquoted,
    /// A quote is never closed.
    OpenQuote,
    /// Something stands between a closing quote and the separator.
    StrayQuote,
    /// Another number of fields than columns.
    FieldCount {
        /// Columns of the header.
        expected: usize,
        /// Fields of the row.
        found: usize,
    },
    /// A line break or another control character within a field, or a carriage return at the end of the
    /// line.
    Control,
    /// An absent value in the form that the profile does not have.
    NullForm,
    /// A required column without a value.
    Empty,
    /// No such date or time, or not in the one form.
    Date,
    /// No value of the column's type: of a number, a boolean, a UUID.
    Value,
    /// Longer or shorter than the column's type.
    Length,
    /// Not of the scalar type's form.
    Form(ScalarId),
    /// Of the scalar type's form, but the check digit is wrong.
    CheckDigit(ScalarId),
}

impl Fault {
    /// The structure that it breaks; none for a value that is simply not of its column's type.
    pub fn structure(&self) -> Option<Structure> {
        match self {
            Fault::ByteOrderMark | Fault::NotUtf8 => Some(Structure::CsvEncoding),
            Fault::NoHeader | Fault::Header { .. } => Some(Structure::CsvHeader),
            Fault::Unquoted | Fault::OpenQuote | Fault::StrayQuote => Some(Structure::CsvQuoting),
            Fault::FieldCount { .. } => Some(Structure::CsvFieldCount),
            Fault::Control => Some(Structure::CsvControl),
            Fault::NullForm | Fault::Empty => Some(Structure::CsvNull),
            Fault::Date => Some(Structure::CsvDates),
            Fault::Form(id) | Fault::CheckDigit(id) => Some(Structure::Types(vec![*id])),
            Fault::Value | Fault::Length => None,
        }
    }

    /// The reason in words, without any value of the file.
    pub fn message(&self, lang: Lang) -> String {
        let (english, russian): (Cow<str>, Cow<str>) = match self {
            Fault::ByteOrderMark => (
                "the file begins with a byte order mark".into(),
                "файл начинается с метки порядка байтов (BOM)".into(),
            ),
            Fault::NotUtf8 => ("the line is not UTF-8".into(), "строка не в UTF-8".into()),
            Fault::NoHeader => (
                "the file has no header".into(),
                "в файле нет заголовка".into(),
            ),
            Fault::Header {
                position,
                expected: Some(name),
            } => (
                format!("column {position} of the header must be `{name}`, without quotes").into(),
                format!("столбцом {position} заголовка должен быть `{name}`, без кавычек").into(),
            ),
            Fault::Header {
                position,
                expected: None,
            } => (
                format!("the header has more than {} columns", position - 1).into(),
                format!("в заголовке больше столбцов, чем {}", position - 1).into(),
            ),
            Fault::Unquoted => (
                "the field is not in quotes".into(),
                "поле не заключено в кавычки".into(),
            ),
            Fault::OpenQuote => (
                "the quote is not closed: quotes inside a field are doubled".into(),
                "кавычка не закрыта: кавычки внутри поля удваиваются".into(),
            ),
            Fault::StrayQuote => (
                "something stands behind the closing quote: quotes inside are doubled, the \
                 separator is `;`"
                    .into(),
                "за закрывающей кавычкой что-то стоит: кавычки внутри удваиваются, разделитель — `;`"
                    .into(),
            ),
            Fault::FieldCount { expected, found } => (
                format!("the row has {found} fields, the header {expected}").into(),
                format!("число полей в строке: {found}, столбцов в заголовке: {expected}").into(),
            ),
            Fault::Control => (
                "a line break or another control character in a field".into(),
                "в поле перевод строки или другой управляющий символ".into(),
            ),
            Fault::NullForm => (
                "an absent value is written in another form".into(),
                "отсутствие значения записано в другой форме".into(),
            ),
            Fault::Empty => (
                "a required column has no value".into(),
                "обязательный столбец не заполнен".into(),
            ),
            Fault::Date => (
                "no such date or time: dates are YYYY-MM-DD, timestamps YYYY-MM-DD hh:mm:ss".into(),
                "нет такой даты или времени: дата пишется ГГГГ-ММ-ДД, дата и время — ГГГГ-ММ-ДД чч:мм:сс"
                    .into(),
            ),
            Fault::Value => (
                "not a value of the column's type".into(),
                "значение не принадлежит типу столбца".into(),
            ),
            Fault::Length => (
                "longer or shorter than the column's type".into(),
                "длина не соответствует типу столбца".into(),
            ),
            Fault::Form(_) => (
                "not of the form of the column's type".into(),
                "значение не соответствует форме типа столбца".into(),
            ),
            Fault::CheckDigit(_) => (
                "the check digit is wrong".into(),
                "неверное контрольное число".into(),
            ),
        };
        match lang {
            Lang::En => english.into_owned(),
            Lang::Ru => russian.into_owned(),
        }
    }
}

/// What the file of a table breaks, by line.
pub fn judge(model: &Model, table: &Table, file: &[u8]) -> Vec<Breach> {
    read_file(model, table, file, &mut |_, _| {})
}

/// What the file of a table breaks, by line. `each` gets every row whose fields can be told, with its first
/// line: the cells' texts in the order of the columns, none for an absent value, a boolean that is none as
/// `?`. There are none when the header is not the table's.
pub fn rows(
    model: &Model,
    table: &Table,
    file: &[u8],
    each: &mut dyn FnMut(u64, &[Option<String>]),
) -> Vec<Breach> {
    read_file(model, table, file, each)
}

/// Adds the rows of a table's file to those of a package and returns what the file breaks. Rows
/// whose fields cannot be told are left out, and all of them when the header is not the table's.
pub fn read(model: &Model, table: &Table, file: &[u8], rows: &mut Rows) -> Vec<Breach> {
    let rows = rows.open(table);
    read_file(model, table, file, &mut |_, cells| {
        rows.push(cells.iter().map(Option::as_deref));
    })
}

/// What is wrong with the file of a package as such: the structure [`Structure::CsvTables`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFault {
    /// The name is no table's: `<table>.csv`.
    Unknown,
    /// Another file, at this position, has the table already.
    Twice(usize),
}

/// The table that each of a package's files holds, by the names of the files without folders.
pub fn tables(model: &Model, files: &[&str]) -> Vec<Result<TableId, FileFault>> {
    let mut found: Vec<Result<TableId, FileFault>> = Vec::new();
    for name in files {
        let table = name
            .strip_suffix(".csv")
            .and_then(|name| model.find_table(name));
        found.push(match table {
            None => Err(FileFault::Unknown),
            Some(table) => match found.iter().position(|one| *one == Ok(table.id)) {
                Some(first) => Err(FileFault::Twice(first)),
                None => Ok(table.id),
            },
        });
    }
    found
}

fn read_file(
    model: &Model,
    table: &Table,
    file: &[u8],
    each: &mut dyn FnMut(u64, &[Option<String>]),
) -> Vec<Breach> {
    let mut found = Vec::new();
    let mut say = |line: usize, column: Option<ColumnId>, fault: Fault| {
        found.push(Breach {
            line: line as u64,
            column,
            fault,
        });
    };
    let body = file.strip_prefix(b"\xef\xbb\xbf");
    if body.is_some() {
        say(1, None, Fault::ByteOrderMark);
    }
    let mut lines: Vec<&[u8]> = body.unwrap_or(file).split(|byte| *byte == b'\n').collect();
    // A line feed at the very end begins no line.
    lines.pop_if(|last| last.is_empty());
    let Some((header, rows)) = lines.split_first() else {
        say(1, None, Fault::NoHeader);
        return found;
    };
    let header = without_return(header, &mut || say(1, None, Fault::Control));
    let known = judge_header(table, header);
    let expected = match &known {
        Ok(()) => table.columns.len(),
        Err(_) => header.split(|byte| *byte == b';').count(),
    };
    let is_known = known.is_ok();
    if let Err(fault) = known {
        say(1, None, fault);
    }
    let mut at = 0;
    while let Some(rest) = rows.get(at..).filter(|rest| !rest.is_empty()) {
        let line = at + 2;
        let record = fields::record(rest, expected);
        at += record.lines;
        let column = |field: usize| {
            is_known
                .then(|| table.columns.get(field))
                .flatten()
                .map(|column| column.id)
        };
        for (field, fault) in &record.faults {
            say(line, field.and_then(column), fault.clone());
        }
        let Some(fields) = record.fields.as_deref() else {
            continue;
        };
        if fields.len() != expected {
            let found = fields.len();
            say(line, None, Fault::FieldCount { expected, found });
            continue;
        }
        if !is_known {
            continue;
        }
        let mut cells = Vec::with_capacity(fields.len());
        for (column, field) in table.columns.iter().zip(fields) {
            let text = canonical(model, column, field);
            for fault in judge_field(model, column, field, text.as_deref()) {
                say(line, Some(column.id), fault);
            }
            cells.push(text.map(Cow::into_owned));
        }
        each(line as u64, &cells);
    }
    found
}

/// A line without a carriage return at its end, which is said.
fn without_return<'l>(line: &'l [u8], say: &mut dyn FnMut()) -> &'l [u8] {
    match line.strip_suffix(b"\r") {
        Some(line) => {
            say();
            line
        }
        None => line,
    }
}

fn judge_header(table: &Table, header: &[u8]) -> Result<(), Fault> {
    let text = std::str::from_utf8(header).map_err(|_| Fault::NotUtf8)?;
    if text.is_empty() {
        return Err(Fault::NoHeader);
    }
    let mut names = text.split(';');
    let mut columns = table.columns.iter();
    for position in 1.. {
        match (names.next(), columns.next()) {
            (None, None) => break,
            (Some(name), Some(column)) if name == column.name.to_lowercase() => {}
            (_, column) => {
                return Err(Fault::Header {
                    position,
                    expected: column.map(|column| column.name.to_lowercase()),
                });
            }
        }
    }
    Ok(())
}

/// The text that a field means: none for an absent value, `true` and `false` for a boolean in the
/// profile's form. What is no value of the column's type is so afterwards too.
fn canonical<'f>(model: &Model, column: &Column, field: &'f Field) -> Option<Cow<'f, str>> {
    if field.text.is_empty() {
        return None;
    }
    let text = field.text.as_str();
    if column.ty.base != BaseType::Boolean {
        return Some(text.into());
    }
    let (yes, no) = match model.showcase().csv.boolean {
        BooleanForm::Lower => ("true", "false"),
        BooleanForm::Title => ("True", "False"),
        BooleanForm::Digit => ("1", "0"),
    };
    Some(match text {
        _ if text == yes => "true".into(),
        _ if text == no => "false".into(),
        // No boolean, be it one in another profile's form.
        _ => "?".into(),
    })
}

/// What a field breaks; `text` is what it means.
fn judge_field(model: &Model, column: &Column, field: &Field, text: Option<&str>) -> Vec<Fault> {
    let Some(text) = text else {
        let form = match model.showcase().csv.null {
            NullForm::Quoted => field.quoted,
            NullForm::Bare => !field.quoted,
        };
        return match form {
            _ if column.is_required() => vec![Fault::Empty],
            true => Vec::new(),
            false => vec![Fault::NullForm],
        };
    };
    let mut faults = Vec::new();
    if text.contains(|char: char| char.is_control() || matches!(char, '\u{2028}' | '\u{2029}')) {
        faults.push(Fault::Control);
    }
    let base = column.ty.base;
    if Value::parse(base, text).is_none() {
        let temporal = matches!(
            base.value_type(),
            ValueType::Date | ValueType::Time | ValueType::Timestamp
        );
        faults.push(if temporal { Fault::Date } else { Fault::Value });
        return faults;
    }
    let form = model.form_id_of(&column.ty);
    faults.extend(
        cell(model, &column.ty, text)
            .into_iter()
            .filter_map(|rule| {
                match (rule, form) {
                    (Rule::Length, Some(id)) => Some(Fault::Form(id)),
                    (Rule::Length, None) => Some(Fault::Length),
                    (Rule::Pattern, Some(id)) => Some(Fault::Form(id)),
                    (Rule::CheckDigit, Some(id)) => Some(Fault::CheckDigit(id)),
                    // Lists are judged from the rows, control characters were above.
                    _ => None,
                }
            }),
    );
    faults.dedup();
    faults
}
