//! Lines to fields.

use super::Fault;

/// How many lines a record with line breaks in its fields may have, to be taken for one.
const MOST_LINES: usize = 16;

/// A field as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) quoted: bool,
    /// What stands within the quotes, doubled ones made one.
    pub(super) text: String,
}

/// The record at the beginning of some lines.
pub(super) struct Record {
    /// How many lines it takes: at least one.
    pub(super) lines: usize,
    /// The fields; none when they cannot be told.
    pub(super) fields: Option<Vec<Field>>,
    /// What is wrong with it, with the field's position where one is at fault.
    pub(super) faults: Vec<(Option<usize>, Fault)>,
}

/// Reads the record at the beginning of `lines`, which are not empty. `expected` fields make a
/// record over several lines believable.
pub(super) fn record(lines: &[&[u8]], expected: usize) -> Record {
    let first = lines.first().copied().unwrap_or_default();
    let one = line(first);
    let open = one
        .faults
        .last()
        .is_some_and(|(_, fault)| *fault == Fault::OpenQuote);
    if !open {
        return one;
    }
    let mut joined = first.to_vec();
    for (more, next) in lines.iter().enumerate().take(MOST_LINES).skip(1) {
        joined.push(b'\n');
        joined.extend_from_slice(next);
        let mut several = line(&joined);
        let count = several.fields.as_ref().map(Vec::len);
        if count == Some(expected) {
            several.lines = more + 1;
            return several;
        }
    }
    one
}

/// Reads a record, line breaks and all.
fn line(bytes: &[u8]) -> Record {
    let mut faults = Vec::new();
    let bytes = match bytes.strip_suffix(b"\r") {
        Some(bytes) => {
            faults.push((None, Fault::Control));
            bytes
        }
        None => bytes,
    };
    let fields = match std::str::from_utf8(bytes) {
        Ok(text) => split(text, &mut faults),
        Err(_) => {
            faults.push((None, Fault::NotUtf8));
            None
        }
    };
    Record {
        lines: 1,
        fields,
        faults,
    }
}

/// Splits a record at its separators; `None` where the quotes leave it open what belongs to what.
fn split(text: &str, faults: &mut Vec<(Option<usize>, Fault)>) -> Option<Vec<Field>> {
    let mut fields = Vec::new();
    let mut rest = text;
    loop {
        let at = Some(fields.len());
        let (field, behind) = match rest.strip_prefix('"') {
            None => {
                let end = rest.find(';').unwrap_or(rest.len());
                let (text, behind) = rest.split_at(end);
                if !text.is_empty() {
                    faults.push((at, Fault::Unquoted));
                }
                let text = text.to_owned();
                let quoted = false;
                (Field { quoted, text }, behind)
            }
            Some(quoted) => match unquote(quoted) {
                Some((text, behind)) => {
                    let quoted = true;
                    (Field { quoted, text }, behind)
                }
                None => {
                    faults.push((at, Fault::OpenQuote));
                    return None;
                }
            },
        };
        fields.push(field);
        match behind.strip_prefix(';') {
            Some(behind) => rest = behind,
            None if behind.is_empty() => return Some(fields),
            None => {
                faults.push((at, Fault::StrayQuote));
                return None;
            }
        }
    }
}

/// The text up to the closing quote, and what stands behind it.
fn unquote(quoted: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut rest = quoted;
    loop {
        let (piece, behind) = rest.split_once('"')?;
        text.push_str(piece);
        match behind.strip_prefix('"') {
            Some(behind) => {
                text.push('"');
                rest = behind;
            }
            None => return Some((text, behind)),
        }
    }
}
