//! Keys and tuples of rules as bytes.
//!
//! A key is made of values as the store encodes them; whole numbers that expressions make may be wider
//! than a column's.

use crate::Cell;
use crate::program::Operand;
use crate::store::{Form, encode, put_cell, take_cell};

/// Puts a value behind a key.
#[inline]
pub(super) fn put_operand(value: &Operand<'_>, form: Form, key: &mut Vec<u8>) {
    if let Operand::Integer(number) = value
        && form == Form::Own
    {
        key.extend((number.cast_unsigned() ^ (1 << 127)).to_be_bytes());
        return;
    }
    // A number that is no cell's comes as a double, and that is the form wanted of it.
    encode(&value.cell(), form, key);
}

/// Puts a cell behind a key; false when it has no value.
#[inline]
pub(super) fn put_key(cell: Option<&Cell<'_>>, form: Form, key: &mut Vec<u8>) -> bool {
    cell.is_some_and(|cell| encode(cell, form, key))
}

/// Puts cells by their positions behind a tuple; what stands nowhere is null.
#[inline]
pub(super) fn put_cells(cells: &[Cell<'_>], positions: &[usize], tuple: &mut Vec<u8>) {
    for at in positions {
        put_cell(cells.get(*at).unwrap_or(&Cell::Null), tuple);
    }
}

/// Takes so many cells off a tuple; what is missing is null.
#[inline]
pub(super) fn take_cells<'b>(mut tuple: &'b [u8], count: usize, cells: &mut Vec<Cell<'b>>) {
    for _ in 0..count {
        cells.push(take_cell(&mut tuple).unwrap_or(Cell::Null));
    }
}

/// Puts a row's number: seven bits in a byte, the lowest first, the eighth bit set while more follow.
#[inline]
pub(super) fn put_row(mut row: u64, tuple: &mut Vec<u8>) {
    while row >= 0x80 {
        tuple.push(row as u8 | 0x80);
        row >>= 7;
    }
    tuple.push(row as u8);
}

/// Takes a row's number off the front.
#[inline]
pub(super) fn take_row(tuple: &mut &[u8]) -> u64 {
    let mut row = 0;
    let mut shift = 0;
    while let Some((byte, rest)) = tuple.split_first() {
        *tuple = rest;
        row |= u64::from(byte & 0x7f) << (shift & 63);
        if byte & 0x80 == 0 {
            break;
        }
        shift += 7;
    }
    row
}

/// An empty vector for cells of any life, in the place of one that is used up.
#[inline]
pub(super) fn recycle<'to>(mut cells: Vec<Cell<'_>>) -> Vec<Cell<'to>> {
    cells.clear();
    cells.into_iter().map(|_| Cell::Null).collect()
}

/// A hash of a key: it brings equal keys together and decides nothing.
#[inline]
pub(super) fn hash(key: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let fold = |left: u64, right: u64| {
        let product = u128::from(left) * u128::from(right);
        (product as u64) ^ ((product >> 64) as u64)
    };
    let mut state = (key.len() as u64) ^ 0x2545_f491_4f6c_dd1d;
    let (words, tail) = key.as_chunks::<8>();
    for word in words {
        state = fold(state ^ u64::from_le_bytes(*word), FACTOR);
    }
    let mut last = [0; 8];
    for (to, from) in last.iter_mut().zip(tail) {
        *to = *from;
    }
    fold(
        state ^ u64::from_le_bytes(last),
        FACTOR ^ 0xd6e8_feb8_6659_fd93,
    )
}
