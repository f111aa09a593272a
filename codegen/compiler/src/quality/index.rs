//! Keys of values, and rows found by them.
//!
//! A key is the values' bytes, one after another, each ending by itself: keys are equal when all
//! values are, and the order of the bytes is the order of the values. So one form serves hashing and
//! sorting.

use std::collections::HashMap;

use crate::model::eval::Value;

/// How a value of a key is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// As it is.
    Own,
    /// As a double: the other side is one.
    Double,
}

/// Puts a value behind a key.
pub(super) fn encode(value: &Value, form: Form, key: &mut Vec<u8>) {
    match (value, form) {
        (Value::Boolean(truth), _) => key.push(u8::from(*truth)),
        (Value::Integer(number), Form::Double) => encode_double(*number as f64, key),
        (Value::Integer(number), Form::Own) => {
            key.extend((number.cast_unsigned() ^ (1 << 127)).to_be_bytes());
        }
        (Value::Double(number), _) => encode_double(*number, key),
        (Value::Text(text), _) => {
            // Two zero bytes end the text; one within is followed by the highest byte instead.
            for byte in text.bytes() {
                key.push(byte);
                if byte == 0 {
                    key.push(0xff);
                }
            }
            key.extend([0, 0]);
        }
        (Value::Date(day), _) => encode_signed(day.0, key),
        (Value::Time(micros) | Value::Timestamp(micros), _) => encode_signed(*micros, key),
        (Value::Uuid(number), _) => key.extend(number.to_be_bytes()),
    }
}

/// The key of one value.
pub(super) fn key_of(value: &Value) -> Vec<u8> {
    let mut key = Vec::new();
    encode(value, Form::Own, &mut key);
    key
}

/// Puts a value behind a key by which rows are sorted; null comes last.
pub(super) fn encode_for_order(value: Option<&Value>, key: &mut Vec<u8>) {
    match value {
        Some(value) => {
            key.push(0);
            encode(value, Form::Own, key);
        }
        None => key.push(1),
    }
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

/// Rows in buckets, one for each key, in the order of the keys' first rows.
#[derive(Debug)]
pub(super) struct Index {
    buckets: HashMap<Box<[u8]>, u32>,
    /// Where each bucket's rows begin, and where the last one's end.
    starts: Vec<u32>,
    rows: Vec<u32>,
}

impl Index {
    /// Puts rows into buckets; `key` writes a row's key, or returns false for a row that has none
    /// and is left out.
    pub(super) fn build(
        rows: impl IntoIterator<Item = u32>,
        mut key: impl FnMut(u32, &mut Vec<u8>) -> bool,
    ) -> Index {
        let mut buckets: HashMap<Box<[u8]>, u32> = HashMap::new();
        let mut counts: Vec<u32> = Vec::new();
        let mut placed: Vec<(u32, u32)> = Vec::new();
        let mut bytes = Vec::new();
        for row in rows {
            bytes.clear();
            if !key(row, &mut bytes) {
                continue;
            }
            let bucket = match buckets.get(bytes.as_slice()) {
                Some(bucket) => *bucket,
                None => {
                    let bucket = counts.len() as u32;
                    buckets.insert(bytes.as_slice().into(), bucket);
                    counts.push(0);
                    bucket
                }
            };
            if let Some(count) = counts.get_mut(bucket as usize) {
                *count += 1;
            }
            placed.push((bucket, row));
        }
        let mut starts = Vec::with_capacity(counts.len() + 1);
        let mut start = 0;
        starts.push(start);
        for count in counts {
            start += count;
            starts.push(start);
        }
        // Stable: rows stay in the order in which they came.
        placed.sort_by_key(|(bucket, _)| *bucket);
        Index {
            buckets,
            starts,
            rows: placed.into_iter().map(|(_, row)| row).collect(),
        }
    }

    /// The bucket of a key.
    pub(super) fn bucket(&self, key: &[u8]) -> Option<u32> {
        self.buckets.get(key).copied()
    }

    /// The rows of a bucket.
    pub(super) fn rows(&self, bucket: u32) -> &[u32] {
        let bucket = bucket as usize;
        match (self.starts.get(bucket), self.starts.get(bucket + 1)) {
            (Some(from), Some(to)) => self
                .rows
                .get(*from as usize..*to as usize)
                .unwrap_or_default(),
            _ => &[],
        }
    }

    /// The first row of a key.
    pub(super) fn first(&self, key: &[u8]) -> Option<u32> {
        self.rows(self.bucket(key)?).first().copied()
    }

    /// The rows of every bucket.
    pub(super) fn sets(&self) -> impl Iterator<Item = &[u32]> {
        (0..self.buckets.len() as u32).map(|bucket| self.rows(bucket))
    }
}
