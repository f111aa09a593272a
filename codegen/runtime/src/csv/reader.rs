//! Bytes to rows. A field holds no line break, so a line is a record, and a broken row does not
//! spoil the next one.

use std::borrow::Cow;
use std::io::Read;
use std::marker::PhantomData;

use super::error::{Error, ErrorKind, Position};
use super::profile::{NullForm, Options};
use super::text::refused_character;
use crate::Invalid;
use crate::record::value::Value;
use crate::record::{Record, RowSource};

/// Bytes asked for at once.
const BLOCK: usize = 64 * 1024;
/// The longest line taken: no row of a showcase comes near, and a file without line feeds must
/// not fill the memory.
const MAX_LINE: usize = 16 * 1024 * 1024;

/// Reads the CSV file of one table: an iterator of rows, each with its own error.
///
/// After an error of a single row ([`Error::is_row`]) the next row follows; after any other the
/// iterator ends.
pub struct Reader<R, I> {
    lines: Lines<I>,
    options: Options,
    /// Line of the file that comes next, from 1.
    line: u64,
    ended: bool,
    record: PhantomData<fn() -> R>,
}

impl<R: Record, I: Read> Reader<R, I> {
    /// A strict reader by the model's own profile.
    ///
    /// # Errors
    /// The header is missing or not the table's, or reading failed.
    pub fn new(input: I) -> Result<Self, Error> {
        Self::with_options(input, Options::strict(R::TABLE.showcase.profile))
    }

    /// A reader of other strictness or profile.
    ///
    /// # Errors
    /// As for [`Reader::new`].
    pub fn with_options(input: I, options: Options) -> Result<Self, Error> {
        let mut reader = Reader {
            lines: Lines::new(input),
            options,
            line: 1,
            ended: false,
            record: PhantomData,
        };
        reader.read_header()?;
        Ok(reader)
    }

    fn read_header(&mut self) -> Result<(), Error> {
        let start = self.lines.offset();
        let fail = |kind| Err(error::<R>(1, start, None, kind));
        let bytes = match self.lines.next() {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return fail(ErrorKind::NoHeader),
            Err(kind) => return fail(kind),
        };
        let bytes = match bytes.strip_prefix(b"\xef\xbb\xbf") {
            Some(rest) if self.options.byte_order_mark => rest,
            Some(_) => return fail(ErrorKind::ByteOrderMark),
            None => bytes,
        };
        let bytes = match bytes.strip_suffix(b"\r") {
            Some(rest) if self.options.carriage_return => rest,
            Some(_) => return fail(ErrorKind::CarriageReturn),
            None => bytes,
        };
        self.line = 2;
        if bytes == R::TABLE.header.as_bytes() {
            return Ok(());
        }
        if bytes.is_empty() {
            return fail(ErrorKind::NoHeader);
        }
        let mut found = bytes.split(|&byte| byte == b';');
        let mut expected = R::TABLE.header.split(';');
        for column in 1.. {
            match (found.next(), expected.next()) {
                (None, None) => break,
                (Some(found), Some(expected)) if found == expected.as_bytes() => {}
                (_, expected) => {
                    let expected = expected.unwrap_or("");
                    return fail(ErrorKind::Header { column, expected });
                }
            }
        }
        Ok(())
    }

    fn read_row(&mut self) -> Option<Result<R, Error>> {
        let (line, start) = (self.line, self.lines.offset());
        let bytes = match self.lines.next() {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return None,
            Err(kind) => return Some(Err(error::<R>(line, start, None, kind))),
        };
        self.line += 1;
        let row = decode::<R>(bytes, self.options).map_err(|Fault { column, byte, kind }| {
            error::<R>(line, start + byte as u64, column, kind)
        });
        Some(row)
    }
}

impl<R: Record, I: Read> Iterator for Reader<R, I> {
    type Item = Result<R, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let row = self.read_row();
        self.ended = match &row {
            None => true,
            Some(Err(error)) => !error.is_row(),
            Some(Ok(_)) => false,
        };
        row
    }
}

impl<R: Record, I> std::fmt::Debug for Reader<R, I> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader")
            .field("table", &R::TABLE.name)
            .field("line", &self.line)
            .finish()
    }
}

fn error<R: Record>(line: u64, byte: u64, column: Option<usize>, kind: ErrorKind) -> Error {
    let column = column.map(|column| R::TABLE.column_name(column));
    Error::new(R::TABLE.name, Position { line, column, byte }, kind)
}

/// Splits the input at line feeds.
struct Lines<I> {
    input: I,
    buffer: Vec<u8>,
    /// What of the buffer is not yet given out.
    start: usize,
    /// Bytes of the file before the buffer.
    before: u64,
    ended: bool,
}

impl<I: Read> Lines<I> {
    fn new(input: I) -> Self {
        Lines {
            input,
            buffer: Vec::new(),
            start: 0,
            before: 0,
            ended: false,
        }
    }

    /// Offset in the file of the line that comes next.
    fn offset(&self) -> u64 {
        self.before + self.start as u64
    }

    /// The next line without its line feed. A line feed at the very end begins no line.
    fn next(&mut self) -> Result<Option<&[u8]>, ErrorKind> {
        let mut searched = self.start;
        loop {
            if let Some(at) = memchr::memchr(b'\n', &self.buffer[searched..]) {
                let line = self.start..searched + at;
                self.start = line.end + 1;
                return Ok(Some(&self.buffer[line]));
            }
            if self.ended {
                let line = self.start..self.buffer.len();
                self.start = line.end;
                return Ok((!line.is_empty()).then(|| &self.buffer[line]));
            }
            if self.buffer.len() - self.start > MAX_LINE {
                return Err(ErrorKind::LongLine { max: MAX_LINE });
            }
            self.buffer.drain(..self.start);
            self.before += self.start as u64;
            self.start = 0;
            searched = self.buffer.len();
            self.fill()?;
        }
    }

    fn fill(&mut self) -> Result<(), ErrorKind> {
        let filled = self.buffer.len();
        self.buffer.resize(filled + BLOCK, 0);
        loop {
            match self.input.read(&mut self.buffer[filled..]) {
                Ok(count) => {
                    self.buffer.truncate(filled + count);
                    self.ended = count == 0;
                    return Ok(());
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.buffer.truncate(filled);
                    return Err(ErrorKind::Io(error));
                }
            }
        }
    }
}

/// What is wrong with a row.
struct Fault {
    column: Option<usize>,
    /// Offset in the line.
    byte: usize,
    kind: ErrorKind,
}

fn decode<R: Record>(bytes: &[u8], options: Options) -> Result<R, Fault> {
    let fault = |kind| Fault {
        column: None,
        byte: 0,
        kind,
    };
    let bytes = match bytes.strip_suffix(b"\r") {
        Some(rest) if options.carriage_return => rest,
        Some(_) => return Err(fault(ErrorKind::CarriageReturn)),
        None => bytes,
    };
    let text = std::str::from_utf8(bytes).map_err(|error| Fault {
        column: None,
        byte: error.valid_up_to(),
        kind: ErrorKind::Value(Invalid::Encoding),
    })?;
    let mut decoder = Decoder {
        rest: Some(text),
        line: text,
        options,
    };
    let row = R::read_row(&mut decoder);
    match row {
        Ok(row) if decoder.rest.is_none() => Ok(row),
        // Too many or too few fields say more than what a shifted value looks like.
        row => {
            let expected = R::TABLE.columns.len();
            match count_fields(text) {
                Some(found) if found != expected => {
                    Err(fault(ErrorKind::FieldCount { expected, found }))
                }
                _ => row.and_then(|_| Err(fault(ErrorKind::StrayQuote))),
            }
        }
    }
}

/// The number of fields of a line whose quotes are in order.
fn count_fields(line: &str) -> Option<usize> {
    let (mut fields, mut inside) = (1, false);
    for byte in line.bytes() {
        match byte {
            b'"' => inside = !inside,
            b';' if !inside => fields += 1,
            _ => {}
        }
    }
    (!inside).then_some(fields)
}

/// Takes the fields of a line one by one.
struct Decoder<'a> {
    line: &'a str,
    /// What is left; none behind the last field.
    rest: Option<&'a str>,
    options: Options,
}

/// A field as it stands.
enum Field<'a> {
    Bare,
    Quoted(Cow<'a, str>),
}

impl<'a> Decoder<'a> {
    fn take(&mut self) -> Result<Field<'a>, ErrorKind> {
        let Some(rest) = self.rest else {
            // `decode` turns this into the count of fields.
            return Err(ErrorKind::Value(Invalid::Empty));
        };
        let Some(quoted) = rest.strip_prefix('"') else {
            let (field, rest) = match rest.split_once(';') {
                Some((field, rest)) => (field, Some(rest)),
                None => (rest, None),
            };
            self.rest = rest;
            let bare = field.is_empty()
                && (self.options.bare_empty || self.options.profile.null == NullForm::Bare);
            return if bare {
                Ok(Field::Bare)
            } else {
                Err(ErrorKind::Unquoted)
            };
        };
        let (content, rest) = unquote(quoted)?;
        self.rest = match rest.strip_prefix(';') {
            Some(rest) => Some(rest),
            None if rest.is_empty() => None,
            None => return Err(ErrorKind::StrayQuote),
        };
        Ok(Field::Quoted(content))
    }

    fn value<V: Value>(&mut self) -> Result<V, ErrorKind> {
        let content = match self.take()? {
            Field::Bare => return V::absent().ok_or(ErrorKind::Value(Invalid::Empty)),
            Field::Quoted(content) => content,
        };
        if content.is_empty() {
            // With bare nulls the quoted empty text is a text, where the type has it.
            let null = self.options.profile.null == NullForm::Quoted || !V::EMPTY;
            return match V::absent() {
                None => Err(ErrorKind::Value(Invalid::Empty)),
                Some(absent) if null => Ok(absent),
                Some(_) => V::from_text("").map_err(ErrorKind::Value),
            };
        }
        if let Some(invalid) = refused_character(&content) {
            return Err(ErrorKind::Value(invalid));
        }
        let value = if V::BOOLEAN {
            match self.options.profile.boolean.value(&content) {
                Some(true) => V::from_text("true"),
                Some(false) => V::from_text("false"),
                None => Err(Invalid::NotBoolean),
            }
        } else {
            V::from_text(&content)
        };
        value.map_err(ErrorKind::Value)
    }
}

/// Splits behind the closing quote; doubled quotes become one.
fn unquote(quoted: &str) -> Result<(Cow<'_, str>, &str), ErrorKind> {
    let mut content = Cow::Borrowed("");
    let mut rest = quoted;
    loop {
        let Some((piece, after)) = rest.split_once('"') else {
            return Err(ErrorKind::OpenQuote);
        };
        match after.strip_prefix('"') {
            Some(after) => {
                let content = content.to_mut();
                content.push_str(piece);
                content.push('"');
                rest = after;
            }
            None if content.is_empty() => return Ok((Cow::Borrowed(piece), after)),
            None => {
                content.to_mut().push_str(piece);
                return Ok((content, after));
            }
        }
    }
}

impl RowSource for Decoder<'_> {
    type Error = Fault;

    fn field<V: Value>(&mut self, column: usize) -> Result<V, Fault> {
        let byte = self.line.len() - self.rest.map_or(0, str::len);
        self.value().map_err(|kind| Fault {
            column: Some(column),
            byte,
            kind,
        })
    }
}
