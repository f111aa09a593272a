//! Root causes: what is wrong with a file as a whole, found in its first bytes, by name; and how its rows
//! can be read all the same.
//!
//! ```text
//! first 64 KiB ─► magic ─► encoding ─► header ─┬─► layout: rows are read by it
//!                                              └─► findings, each with its cure
//! ```
//!
//! What only shows among the rows is found by the scan: line ends, NUL bytes, a header repeated, a last
//! line cut off.

mod cure;
mod fields;
mod guess;
mod header;
mod magic;

use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::model::{ColumnId, Model, Table, TableId};
use vitrina_codegen::text;

use crate::inventory::{Mode, Package};
use crate::read::encoding::Encoding;
use crate::{Code, Facts, GroupKey, Sample, Tally, code};
pub use cure::{CERTAIN, Where, cure};

/// How many bytes of a file are looked at.
pub const HEAD: usize = 64 * 1024;

/// Windows that are looked at behind the first bytes, at most.
const WINDOWS: u64 = 16;

/// How far a packed file is unpacked to look at windows.
const PACKED_WINDOW: u64 = 1 << 20;

/// How the rows of a file are to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Layout {
    /// What the file is in; chunks come as UTF-8 whatever it is.
    pub encoding: Encoding,
    /// How sure that is, in percent; 100 but for guesses by letters, which are certain from [`CERTAIN`] on.
    pub confidence: u8,
    /// Bytes of the byte order mark; 0 without one.
    pub mark: u64,
    /// Offset of the first row, in the file's own bytes.
    pub body: u64,
    /// What stands between fields: `;`, or another character where the file has that.
    pub separator: u8,
    /// Whether the header ends with CR LF. The scan says so together with the rows' own line ends.
    pub carriage_return: bool,
    /// The header in UTF-8, without its line end; empty if the file has none.
    pub header: Vec<u8>,
    /// The columns by position of the field; none for a field that is no column of the table.
    pub columns: Vec<Option<ColumnId>>,
    /// Columns that should be there and are not.
    pub absent: Vec<ColumnId>,
    is_regular: bool,
}

impl Layout {
    /// That of a file in order: its header, the columns one after the other.
    pub fn clean(table: &Table, mode: Mode) -> Layout {
        let columns = expected(table, mode);
        let names: Vec<String> = columns.iter().map(|id| csv_name(table, *id)).collect();
        let header = names.join(";").into_bytes();
        Layout {
            encoding: Encoding::Utf8,
            confidence: 100,
            mark: 0,
            body: header.len() as u64 + 1,
            separator: b';',
            carriage_return: false,
            header,
            columns: columns.into_iter().map(Some).collect(),
            absent: Vec::new(),
            is_regular: true,
        }
    }

    /// Lines before the first row: one, or none where the header is missing.
    pub fn header_lines(&self) -> u64 {
        u64::from(!self.header.is_empty())
    }

    /// Whether rows are read as those of a file in order: all columns in their places, divided by `;`.
    pub fn is_regular(&self) -> bool {
        self.is_regular
    }
}

/// What was found at the start of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnosis {
    /// How to read on; none when it cannot be read as rows of its table.
    pub layout: Option<Layout>,
    /// What is wrong.
    pub findings: Tally<'static>,
}

/// The columns that a file of the table must have, in order.
pub fn expected(table: &Table, mode: Mode) -> Vec<ColumnId> {
    match mode {
        Mode::Delete => table.primary_key.clone(),
        Mode::Full | Mode::Upsert => table.columns.iter().map(|column| column.id).collect(),
    }
}

/// The column's name as the header writes it.
fn csv_name(table: &Table, column: ColumnId) -> String {
    table.column(column).name.to_lowercase()
}

/// Looks at every file of a table, in order.
pub fn table(model: &Model, package: &Package, table: TableId) -> Vec<(usize, Diagnosis)> {
    let files = package.files_of(table).iter();
    files
        .map(|file| (*file, self::file(model, package, table, *file)))
        .collect()
}

/// Looks at the start of a file of the package, which belongs to a table.
pub fn file(model: &Model, package: &Package, table: TableId, file: usize) -> Diagnosis {
    let most = usize::try_from(package.bytes(file))
        .unwrap_or(HEAD)
        .min(HEAD);
    let mut head = vec![0; most];
    let filled = package
        .stream(file, 0)
        .and_then(|mut stream| stream.fill(&mut head));
    match filled {
        Ok(filled) => {
            head.truncate(filled);
            let more = match head.is_ascii() {
                true => windows(package, file, filled as u64),
                false => Vec::new(),
            };
            let is_whole = filled as u64 >= package.bytes(file);
            let name = package.files.get(file).map_or("", |entry| &entry.name);
            judge(
                model,
                model.table(table),
                package.mode,
                (&head, &more),
                is_whole,
                file,
                name,
            )
        }
        Err(fault) => {
            let mut findings = Tally::new(1);
            package.say_fault(file, fault, &mut findings);
            Diagnosis {
                layout: None,
                findings,
            }
        }
    }
}

/// Whole lines from places spread over the rest of a file whose first bytes are ASCII: what encoding it is
/// in shows only there. Of what is packed, from the first few megabytes.
fn windows(package: &Package, file: usize, from: u64) -> Vec<u8> {
    let mut lines = Vec::new();
    let to = match package.is_packed(file) {
        true => package.bytes(file).min(PACKED_WINDOW),
        false => package.bytes(file),
    };
    let step = (to.saturating_sub(from) / WINDOWS).max(HEAD as u64) & !1;
    let mut at = from;
    while at < to && lines.is_ascii() {
        let mut window = vec![0; HEAD];
        let filled = package
            .stream(file, at)
            .and_then(|mut stream| stream.fill(&mut window));
        // Whatever is wrong is found when the file is read.
        window.truncate(filled.unwrap_or_default());
        let start = memchr::memchr(b'\n', &window).map_or(0, |found| found + 1);
        let end = memchr::memrchr(b'\n', &window).unwrap_or_default();
        lines = window.get(start..end).unwrap_or_default().to_vec();
        at += step;
    }
    lines
}

/// Looks at the first bytes of a file, and at some further lines where only those show the encoding;
/// `is_whole` when there is nothing behind the first bytes.
pub fn judge(
    model: &Model,
    table: &Table,
    mode: Mode,
    bytes: (&[u8], &[u8]),
    is_whole: bool,
    file: usize,
    name: &str,
) -> Diagnosis {
    let mut say = Findings {
        tally: Tally::new(1),
        table: table.id,
        file,
        name,
    };
    let layout = layout(model, table, mode, bytes, is_whole, &mut say);
    Diagnosis {
        layout,
        findings: say.tally,
    }
}

/// Findings of one file on their way.
struct Findings<'n> {
    tally: Tally<'static>,
    table: TableId,
    file: usize,
    name: &'n str,
}

impl Findings<'_> {
    fn add(&mut self, code: Code, facts: Facts) {
        self.add_columns(code, facts, Vec::new());
    }

    fn add_columns(&mut self, code: Code, facts: Facts, columns: Vec<ColumnId>) {
        let key = GroupKey {
            code,
            rule: None,
            table: Some(self.table),
            file: Some(self.file),
            columns,
            facts: facts.with("file", self.name),
        };
        let sample = Sample {
            row: None,
            line: Some(1),
            count: 1,
            value: None,
        };
        self.tally.add(key, sample);
    }

    fn header(&mut self, reason: Text) {
        self.add(code::HEADER, Facts::default().with_text("reason", reason));
    }
}

fn layout(
    model: &Model,
    table: &Table,
    mode: Mode,
    (head, more): (&[u8], &[u8]),
    is_whole: bool,
    say: &mut Findings<'_>,
) -> Option<Layout> {
    if let Some(kind) = magic::kind(head) {
        say.add(code::NOT_TEXT, Facts::default().with_text("found", kind));
        return None;
    }
    let (encoding, confidence, mark) = encoding(head, more, say)?;
    let text = head.get(mark..).unwrap_or_default();
    if text.is_empty() {
        say.add(code::EMPTY_FILE, Facts::default());
        return None;
    }
    let line_end = encoding.first_line_end(text);
    if line_end.is_none() && !is_whole {
        say.header(text!(
            "no line feed in the first {HEAD} bytes of the file",
            "в первых {HEAD} байтах файла нет перевода строки"
        ));
        return None;
    }
    let raw = text
        .get(..line_end.unwrap_or(text.len()))
        .unwrap_or_default();
    let mut line = encoding.to_utf8(raw);
    line.pop_if(|last| *last == b'\n');
    let carriage_return = line.pop_if(|last| *last == b'\r').is_some();
    if line.contains(&0) {
        say.add(code::NUL, Facts::default());
        return None;
    }
    if line.contains(&b'\r') {
        say.header(text!(
            "lines end with CR alone, as on old Macintoshes",
            "строки оканчиваются одним CR, как на старых Macintosh"
        ));
        return None;
    }
    let words = String::from_utf8_lossy(&line);
    let expected = expected(table, mode);
    let read = header::read(model, table, &expected, &words, say)?;
    let in_order = expected.into_iter().map(Some);
    let is_regular = read.separator == b';' && in_order.eq(read.columns.iter().copied());
    let body = match read.is_header {
        true => mark + raw.len(),
        false => mark,
    };
    Some(Layout {
        encoding,
        confidence,
        mark: mark as u64,
        body: body as u64,
        separator: read.separator,
        carriage_return,
        header: match read.is_header {
            true => line,
            false => Vec::new(),
        },
        columns: read.columns,
        absent: read.absent,
        is_regular,
    })
}

/// The encoding, how sure it is, and the length of the byte order mark; none if it is no text.
fn encoding(head: &[u8], more: &[u8], say: &mut Findings<'_>) -> Option<(Encoding, u8, usize)> {
    if head.starts_with(b"\xef\xbb\xbf") {
        say.add(code::BYTE_ORDER_MARK, Facts::default());
        return Some((Encoding::Utf8, 100, 3));
    }
    if let Some((encoding, mark)) = guess::utf_16(head) {
        let facts = Facts::default().with("encoding", encoding.name());
        say.add(code::UTF_16, facts);
        return Some((encoding, 100, mark));
    }
    let text = match more.is_empty() {
        true => head,
        false => more,
    };
    match guess::eight_bit(text) {
        guess::Guess::Utf8 => Some((Encoding::Utf8, 100, 0)),
        guess::Guess::Cyrillic(encoding, confidence) => {
            let facts = Facts::default()
                .with("encoding", encoding.name())
                .with("confidence", confidence.to_string());
            say.add(code::WINDOWS_1251, facts);
            Some((encoding, confidence, 0))
        }
        guess::Guess::Binary => {
            let found = text!("binary data", "двоичные данные");
            say.add(code::NOT_TEXT, Facts::default().with_text("found", found));
            None
        }
    }
}

#[cfg(test)]
mod tests;
