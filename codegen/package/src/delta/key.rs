//! Keys of rows as bytes: equal where the values are, their ends told, in an order that files often have.

use vitrina_codegen::model::eval::Value;
use vitrina_codegen::model::{BaseType, ColumnId, Model, Table};

use crate::files::split::{Field, quote};

/// The key columns of the lines of a file.
#[derive(Debug, Clone)]
pub(super) struct Keys {
    parts: Vec<Part>,
    /// Whether a part is personal.
    personal: bool,
}

#[derive(Debug, Clone, Copy)]
struct Part {
    column: ColumnId,
    /// Position of the field in the line.
    at: usize,
    base: BaseType,
}

impl Keys {
    /// In the lines of the whole table.
    pub(super) fn of_rows(model: &Model, table: &Table) -> Keys {
        Keys::new(model, table, |_, column| column.index())
    }

    /// In the lines of a file that holds the key alone.
    pub(super) fn of_keys(model: &Model, table: &Table) -> Keys {
        Keys::new(model, table, |position, _| position)
    }

    fn new(model: &Model, table: &Table, at: impl Fn(usize, ColumnId) -> usize) -> Keys {
        let parts = table.primary_key.iter().enumerate();
        Keys {
            parts: parts
                .map(|(position, column)| Part {
                    column: *column,
                    at: at(position, *column),
                    base: table.column(*column).ty.base,
                })
                .collect(),
            personal: table
                .primary_key
                .iter()
                .any(|column| model.personal_of(table.column(*column)).is_some()),
        }
    }

    /// Appends the key of a line; the column that has no value, if one has none.
    pub(super) fn encode(
        &self,
        line: &[u8],
        fields: &[Field],
        out: &mut Vec<u8>,
    ) -> Result<(), ColumnId> {
        for part in &self.parts {
            let field = fields.get(part.at).filter(|field| field.from < field.to);
            let field = field.ok_or(part.column)?;
            let text = field.text(line);
            match canonical(part.base, &text) {
                Some(text) => put(text.as_bytes(), out),
                None => put(&text, out),
            }
        }
        Ok(())
    }

    /// A key's values to be shown.
    pub(super) fn shown(&self, key: &[u8]) -> String {
        let texts = parts(key);
        let shown = texts.iter().map(|text| {
            let text = String::from_utf8_lossy(text);
            match self.personal {
                true => text.chars().map(|_| '*').collect(),
                false => text.into_owned(),
            }
        });
        shown.collect::<Vec<String>>().join("|")
    }
}

/// The one text of a value that can be written in several ways; `None` when it stands for itself.
fn canonical(base: BaseType, text: &[u8]) -> Option<String> {
    match base {
        BaseType::Char(_) | BaseType::Varchar(_) | BaseType::Link | BaseType::Uuid => None,
        _ => {
            let text = std::str::from_utf8(text).ok()?;
            Value::parse(base, text)?.to_text(base)
        }
    }
}

/// Appends a part: NUL is escaped, two bytes that no text holds end it.
fn put(text: &[u8], out: &mut Vec<u8>) {
    for piece in text.split_inclusive(|byte| *byte == 0) {
        out.extend_from_slice(piece);
        if piece.ends_with(&[0]) {
            out.push(0xff);
        }
    }
    out.extend_from_slice(&[0, 1]);
}

/// The parts of an encoded key.
fn parts(key: &[u8]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut part = Vec::new();
    let mut bytes = key.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            0 if bytes.next() == Some(&1) => found.push(std::mem::take(&mut part)),
            byte => part.push(*byte),
        }
    }
    found
}

/// Writes an encoded key as a line of quoted fields.
pub(super) fn write_line(key: &[u8], out: &mut Vec<u8>) {
    for (at, part) in parts(key).iter().enumerate() {
        if at > 0 {
            out.push(b';');
        }
        quote(part, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_keys_are_told_apart() {
        let keys = [
            vec!["a", "b"],
            vec!["ab", ""],
            vec!["", "ab"],
            vec!["a\0", "b"],
            vec!["a", "\0b"],
            vec!["a\0\u{1}b", ""],
        ];
        let mut seen = std::collections::BTreeSet::new();
        for key in keys {
            let mut bytes = Vec::new();
            for part in &key {
                put(part.as_bytes(), &mut bytes);
            }
            let back = parts(&bytes);
            assert_eq!(back.len(), key.len());
            for (one, other) in back.iter().zip(&key) {
                assert_eq!(one, other.as_bytes());
            }
            assert!(seen.insert(bytes));
        }
    }

    #[test]
    fn numbers_are_compared_as_numbers() {
        assert_eq!(canonical(BaseType::BigInt, b"007").unwrap(), "7");
        assert_eq!(canonical(BaseType::Varchar(Some(9)), b"007"), None);
        assert_eq!(canonical(BaseType::BigInt, b"x"), None);
    }
}
