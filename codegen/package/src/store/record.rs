//! Tuples with their keys as bytes: both lengths, then both.

/// Puts a record behind others.
pub(super) fn put(key: &[u8], tuple: &[u8], bytes: &mut Vec<u8>) {
    put_length(key.len(), bytes);
    put_length(tuple.len(), bytes);
    bytes.extend_from_slice(key);
    bytes.extend_from_slice(tuple);
}

/// Puts a length: seven bits in a byte, the lowest first, the eighth bit set while more follow.
pub(super) fn put_length(mut length: usize, bytes: &mut Vec<u8>) {
    while length >= 0x80 {
        bytes.push(length as u8 | 0x80);
        length >>= 7;
    }
    bytes.push(length as u8);
}

/// Takes a length off the front.
pub(super) fn take_length(bytes: &mut &[u8]) -> Option<usize> {
    let mut length = 0_usize;
    for shift in (0..usize::BITS).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        length |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(length);
        }
    }
    None
}

/// The (key, tuple) pairs of a block.
#[derive(Debug, Clone)]
pub struct Records<'b> {
    rest: &'b [u8],
}

impl<'b> Records<'b> {
    pub(super) fn new(block: &'b [u8]) -> Records<'b> {
        Records { rest: block }
    }
}

impl<'b> Iterator for Records<'b> {
    type Item = (&'b [u8], &'b [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let mut rest = self.rest;
        let key = take_length(&mut rest)?;
        let tuple = take_length(&mut rest)?;
        let (key, rest) = rest.split_at_checked(key)?;
        let (tuple, rest) = rest.split_at_checked(tuple)?;
        self.rest = rest;
        Some((key, tuple))
    }
}
