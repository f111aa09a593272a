//! Fingerprints of keys, from cells.

use vitrina_codegen::model::ColumnId;

use crate::Cell;
use crate::store::{Form, Seed, encode};

/// What a row has for a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found<T> {
    /// A key.
    Key(T),
    /// A null among its columns: no key.
    Null,
    /// No null, but a text that is no value of its column's type.
    Unreadable,
}

/// 64 bits of the key that some columns make. `bytes` is room to work in.
#[inline]
pub(super) fn narrow(
    seed: &Seed,
    columns: &[ColumnId],
    cells: &[Cell<'_>],
    bytes: &mut Vec<u8>,
) -> Found<u64> {
    let [column] = columns else {
        return match encoded(columns, cells, bytes) {
            Found::Key(()) => Found::Key(seed.hash(bytes)),
            Found::Null => Found::Null,
            Found::Unreadable => Found::Unreadable,
        };
    };
    match cells.get(column.index()) {
        None | Some(Cell::Null) => Found::Null,
        Some(Cell::Unreadable) => Found::Unreadable,
        Some(Cell::Text(text)) => Found::Key(seed.hash(text.as_bytes())),
        Some(cell) => Found::Key(seed.hash(&number(cell).to_le_bytes())),
    }
}

/// 128 bits of the key that some columns make, never 0; another value for every other key of a single
/// column that is no text. `bytes` is room to work in.
#[inline]
pub(super) fn wide(
    seed: &Seed,
    columns: &[ColumnId],
    cells: &[Cell<'_>],
    bytes: &mut Vec<u8>,
) -> Found<u128> {
    let [column] = columns else {
        return match encoded(columns, cells, bytes) {
            Found::Key(()) => Found::Key(seed.wide(bytes).max(1)),
            Found::Null => Found::Null,
            Found::Unreadable => Found::Unreadable,
        };
    };
    match cells.get(column.index()) {
        None | Some(Cell::Null) => Found::Null,
        Some(Cell::Unreadable) => Found::Unreadable,
        Some(Cell::Text(text)) => Found::Key(seed.wide(text.as_bytes()).max(1)),
        Some(cell) => Found::Key(seed.permute(number(cell)).max(1)),
    }
}

/// A value that is no text as 128 bits: values of one type that compare as equal, and only they, have
/// the same.
#[inline]
fn number(cell: &Cell<'_>) -> u128 {
    match *cell {
        Cell::Integer(number)
        | Cell::Date(number)
        | Cell::Time(number)
        | Cell::Timestamp(number) => u128::from(number.cast_unsigned()),
        // Minus zero is zero.
        Cell::Double(number) => u128::from((number + 0.0).to_bits()),
        Cell::Boolean(truth) => u128::from(truth),
        Cell::Uuid(number) => number,
        Cell::Null | Cell::Unreadable | Cell::Text(_) => 0,
    }
}

/// Writes the key that some columns make, as the reference meaning compares it.
pub(super) fn encoded(columns: &[ColumnId], cells: &[Cell<'_>], bytes: &mut Vec<u8>) -> Found<()> {
    bytes.clear();
    let mut is_unreadable = false;
    for column in columns {
        match cells.get(column.index()) {
            None | Some(Cell::Null) => return Found::Null,
            Some(cell) => is_unreadable |= !encode(cell, Form::Own, bytes),
        }
    }
    match is_unreadable {
        true => Found::Unreadable,
        false => Found::Key(()),
    }
}
