//! A line taken apart with care: fields with their texts, and what is wrong with its form.

use std::borrow::Cow;

use super::plan::FileForm;
use crate::column::Field;
use crate::{Code, code};

/// A line, or several that are tried together.
#[derive(Debug)]
pub(super) struct Split<'l> {
    /// The fields; none when they cannot be told.
    pub(super) fields: Option<Vec<Field<'l>>>,
    /// What is wrong, with the field's position.
    pub(super) faults: Vec<(usize, Code)>,
    /// Whether a carriage return stands at the end.
    pub(super) has_return: bool,
    /// Whether a quote is anywhere.
    pub(super) has_quote: bool,
    /// Whether a line break is within a field.
    pub(super) has_break: bool,
    /// Whether the text ends within a character.
    pub(super) is_cut: bool,
}

impl Split<'_> {
    /// Whether the line is a row for itself, whatever stands before and behind it: it has all fields, each
    /// quoted or empty, or no quote at all.
    pub(super) fn is_whole(&self, form: &FileForm) -> bool {
        self.is_of(form) && (self.faults.is_empty() || !self.has_quote)
    }

    /// Whether it has as many fields as it should.
    pub(super) fn is_of(&self, form: &FileForm) -> bool {
        self.fields.as_ref().map(Vec::len) == Some(form.fields.len())
    }

    /// Whether a quote is open at the end.
    pub(super) fn is_open(&self) -> bool {
        matches!(self.faults.last(), Some((_, code::OPEN_QUOTE)))
    }
}

/// Takes a line apart.
pub(super) fn split(bytes: &[u8], separator: u8) -> Split<'_> {
    let (bytes, has_return) = match bytes.strip_suffix(b"\r") {
        Some(bytes) => (bytes, true),
        None => (bytes, false),
    };
    let mut faults = Vec::new();
    let mut is_cut = false;
    let fields = match std::str::from_utf8(bytes) {
        Ok(text) => fields_of(text, char::from(separator), &mut faults),
        Err(error) => {
            is_cut = error.error_len().is_none();
            faults.push((0, code::NOT_UTF_8));
            None
        }
    };
    Split {
        fields,
        faults,
        has_return,
        has_quote: memchr::memchr(b'"', bytes).is_some(),
        has_break: memchr::memchr(b'\n', bytes).is_some(),
        is_cut,
    }
}

/// The fields of a text; `None` where the quotes leave it open what belongs to what.
fn fields_of<'l>(
    text: &'l str,
    separator: char,
    faults: &mut Vec<(usize, Code)>,
) -> Option<Vec<Field<'l>>> {
    let mut fields = Vec::new();
    let mut rest = text;
    loop {
        let at = fields.len();
        let (field, behind) = match rest.strip_prefix('"') {
            None => {
                let end = rest.find(separator).unwrap_or(rest.len());
                let (text, behind) = rest.split_at(end);
                if !text.is_empty() {
                    faults.push((at, code::UNQUOTED));
                }
                let text = Cow::Borrowed(text);
                (
                    Field {
                        quoted: false,
                        text,
                    },
                    behind,
                )
            }
            Some(quoted) => match unquote(quoted) {
                Some((text, behind)) => (Field { quoted: true, text }, behind),
                None => {
                    faults.push((at, code::OPEN_QUOTE));
                    return None;
                }
            },
        };
        fields.push(field);
        match behind.strip_prefix(separator) {
            Some(behind) => rest = behind,
            None if behind.is_empty() => return Some(fields),
            None => {
                faults.push((at, code::STRAY_QUOTE));
                return None;
            }
        }
    }
}

/// The text up to the closing quote, and what stands behind it.
fn unquote(quoted: &str) -> Option<(Cow<'_, str>, &str)> {
    let (first, behind) = quoted.split_once('"')?;
    let Some(mut rest) = behind.strip_prefix('"') else {
        return Some((Cow::Borrowed(first), behind));
    };
    let mut text = String::from(first);
    loop {
        text.push('"');
        let (piece, behind) = rest.split_once('"')?;
        text.push_str(piece);
        match behind.strip_prefix('"') {
            Some(behind) => rest = behind,
            None => return Some((Cow::Owned(text), behind)),
        }
    }
}
