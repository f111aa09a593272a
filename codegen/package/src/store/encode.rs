//! Cells as bytes: as keys, by which they are compared, and as payload, to be taken back.

use crate::Cell;

use super::record::{put_length, take_length};

/// How a value of a key is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// As it is.
    Own,
    /// As a double: the other side is one.
    Double,
}

/// Puts a value behind a key: keys are equal when all values are, and the order of their bytes is the
/// order of the values. False, and nothing put, for null and for what is unreadable. The form is that of the
/// compiler's `quality::index`.
#[inline]
pub fn encode(cell: &Cell<'_>, form: Form, key: &mut Vec<u8>) -> bool {
    match (*cell, form) {
        (Cell::Null | Cell::Unreadable, _) => return false,
        (Cell::Boolean(truth), _) => key.push(u8::from(truth)),
        (Cell::Integer(number), Form::Double) => encode_double(number as f64, key),
        (Cell::Integer(number), Form::Own) => {
            key.extend((i128::from(number).cast_unsigned() ^ (1 << 127)).to_be_bytes());
        }
        (Cell::Double(number), _) => encode_double(number, key),
        (Cell::Text(text), _) => encode_text(text, key),
        (Cell::Date(days), _) => encode_signed(days, key),
        (Cell::Time(micros) | Cell::Timestamp(micros), _) => encode_signed(micros, key),
        (Cell::Uuid(number), _) => key.extend(number.to_be_bytes()),
    }
    true
}

/// Puts a value behind a key by which rows are sorted; null, and what is unreadable, comes last.
pub fn encode_for_order(cell: &Cell<'_>, key: &mut Vec<u8>) {
    let at = key.len();
    key.push(0);
    if !encode(cell, Form::Own, key)
        && let Some(mark) = key.get_mut(at)
    {
        *mark = 1;
    }
}

#[inline]
fn encode_text(text: &str, key: &mut Vec<u8>) {
    // Two zero bytes end the text; one within is followed by the highest byte instead.
    let mut pieces = text.as_bytes().split(|byte| *byte == 0);
    key.extend_from_slice(pieces.next().unwrap_or_default());
    for piece in pieces {
        key.extend([0, 0xff]);
        key.extend_from_slice(piece);
    }
    key.extend([0, 0]);
}

fn encode_signed(number: i64, key: &mut Vec<u8>) {
    key.extend((number.cast_unsigned() ^ (1 << 63)).to_be_bytes());
}

fn encode_double(number: f64, key: &mut Vec<u8>) {
    // Minus zero is zero.
    let bits = (number + 0.0).to_bits();
    let sign = 1 << 63;
    let ordered = if bits & sign == 0 { bits | sign } else { !bits };
    key.extend(ordered.to_be_bytes());
}

/// Puts a cell behind others, to be taken back by [`take_cell`]: a tag, then the value.
pub fn put_cell(cell: &Cell<'_>, bytes: &mut Vec<u8>) {
    match *cell {
        Cell::Null => bytes.push(0),
        Cell::Unreadable => bytes.push(1),
        Cell::Text(text) => {
            bytes.push(2);
            put_length(text.len(), bytes);
            bytes.extend_from_slice(text.as_bytes());
        }
        Cell::Integer(number) => put_signed(3, number, bytes),
        Cell::Double(number) => put_signed(4, number.to_bits().cast_signed(), bytes),
        Cell::Boolean(false) => bytes.push(5),
        Cell::Boolean(true) => bytes.push(6),
        Cell::Date(days) => put_signed(7, days, bytes),
        Cell::Time(micros) => put_signed(8, micros, bytes),
        Cell::Timestamp(micros) => put_signed(9, micros, bytes),
        Cell::Uuid(number) => {
            bytes.push(10);
            bytes.extend(number.to_le_bytes());
        }
    }
}

fn put_signed(tag: u8, number: i64, bytes: &mut Vec<u8>) {
    bytes.push(tag);
    bytes.extend(number.to_le_bytes());
}

/// Takes a cell off the front; `None` when these bytes are none that [`put_cell`] wrote.
pub fn take_cell<'b>(bytes: &mut &'b [u8]) -> Option<Cell<'b>> {
    let (tag, rest) = bytes.split_first()?;
    *bytes = rest;
    Some(match tag {
        0 => Cell::Null,
        1 => Cell::Unreadable,
        2 => {
            let len = take_length(bytes)?;
            let (text, rest) = bytes.split_at_checked(len)?;
            *bytes = rest;
            Cell::Text(std::str::from_utf8(text).ok()?)
        }
        3 => Cell::Integer(take_signed(bytes)?),
        4 => Cell::Double(f64::from_bits(take_signed(bytes)?.cast_unsigned())),
        5 => Cell::Boolean(false),
        6 => Cell::Boolean(true),
        7 => Cell::Date(take_signed(bytes)?),
        8 => Cell::Time(take_signed(bytes)?),
        9 => Cell::Timestamp(take_signed(bytes)?),
        10 => {
            let (number, rest) = bytes.split_first_chunk::<16>()?;
            *bytes = rest;
            Cell::Uuid(u128::from_le_bytes(*number))
        }
        _ => return None,
    })
}

fn take_signed(bytes: &mut &[u8]) -> Option<i64> {
    let (number, rest) = bytes.split_first_chunk::<8>()?;
    *bytes = rest;
    Some(i64::from_le_bytes(*number))
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::*;

    fn key(cell: &Cell<'_>) -> Vec<u8> {
        let mut key = Vec::new();
        assert!(encode(cell, Form::Own, &mut key));
        key
    }

    /// Values of each type in their order.
    fn ordered() -> Vec<Vec<Cell<'static>>> {
        vec![
            ["", "\0", "\0\0", "\0a", "a", "a\0", "a\0b", "ab", "б"]
                .map(Cell::Text)
                .to_vec(),
            [i64::MIN, -1, 0, 1, 256, i64::MAX]
                .map(Cell::Integer)
                .to_vec(),
            [f64::MIN, -1.5, -f64::MIN_POSITIVE, 0.0, 1e-9, 2.0, f64::MAX]
                .map(Cell::Double)
                .to_vec(),
            [false, true].map(Cell::Boolean).to_vec(),
            [-719_162, 0, 20_000].map(Cell::Date).to_vec(),
            [0, 86_399_999_999].map(Cell::Time).to_vec(),
            [-1, 0, 1].map(Cell::Timestamp).to_vec(),
            [0, 1, u128::MAX].map(Cell::Uuid).to_vec(),
        ]
    }

    #[test]
    fn bytes_are_in_the_order_of_values() {
        for values in ordered() {
            for (at, one) in values.iter().enumerate() {
                for (other_at, other) in values.iter().enumerate() {
                    assert_eq!(
                        key(one).cmp(&key(other)),
                        at.cmp(&other_at),
                        "{one:?} {other:?}"
                    );
                }
            }
        }
        assert_eq!(key(&Cell::Double(-0.0)), key(&Cell::Double(0.0)));
        let mut number = Vec::new();
        assert!(encode(&Cell::Integer(3), Form::Double, &mut number));
        assert_eq!(number, key(&Cell::Double(3.0)));
        let mut nothing = Vec::new();
        assert!(!encode(&Cell::Null, Form::Own, &mut nothing));
        assert!(!encode(&Cell::Unreadable, Form::Own, &mut nothing));
        assert!(nothing.is_empty());
    }

    #[test]
    fn values_of_a_key_do_not_run_into_each_other() {
        let pair = |one, other| {
            let mut bytes = key(&Cell::Text(one));
            bytes.extend(key(&Cell::Text(other)));
            bytes
        };
        assert_ne!(pair("a", "bc"), pair("ab", "c"));
        assert_ne!(pair("a\0", "b"), pair("a", "\0b"));
        assert_eq!(pair("a", "b").cmp(&pair("a\0", "")), Ordering::Less);
    }

    #[test]
    fn nulls_are_sorted_last() {
        let order = |cell| {
            let mut key = Vec::new();
            encode_for_order(&cell, &mut key);
            key
        };
        assert!(order(Cell::Text("я")) < order(Cell::Null));
        assert_eq!(order(Cell::Unreadable), order(Cell::Null));
    }

    #[test]
    fn cells_come_back() {
        let mut cells: Vec<Cell<'_>> = ordered().into_iter().flatten().collect();
        cells.extend([Cell::Null, Cell::Unreadable, Cell::Double(-0.0)]);
        let mut bytes = Vec::new();
        for cell in &cells {
            put_cell(cell, &mut bytes);
        }
        let mut rest = bytes.as_slice();
        for cell in &cells {
            assert_eq!(take_cell(&mut rest), Some(*cell));
        }
        assert!(take_cell(&mut rest).is_none());
        for broken in [&[11][..], &[3, 0], &[2, 5, b'a'], &[2, 1, 0xff], &[2, 0x80]] {
            assert_eq!(take_cell(&mut &*broken), None);
        }
    }
}
