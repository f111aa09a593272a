//! The bytes of a file in the making: fields are put where there is room for their longest form, so
//! that a field asks for room once and then writes at offsets that are known to the compiler.

/// Bytes that are there before they are used, and how many of them are.
pub(super) struct Buffer {
    /// All of it may be written to; only `used` bytes mean anything.
    bytes: Vec<u8>,
    used: usize,
}

impl Buffer {
    /// An empty buffer with room for `room` bytes.
    pub(super) fn new(room: usize) -> Self {
        Buffer {
            bytes: vec![0; room],
            used: 0,
        }
    }

    /// How many bytes are in use.
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.used
    }

    /// What is in use.
    pub(super) fn as_slice(&self) -> &[u8] {
        self.bytes.get(..self.used).unwrap_or_default()
    }

    /// Forgets everything behind the first `length` bytes.
    #[inline]
    pub(super) fn truncate(&mut self, length: usize) {
        self.used = self.used.min(length);
    }

    /// `N` bytes of old content behind those in use; [`Buffer::take`] says how many were filled.
    #[inline(always)]
    pub(super) fn room<const N: usize>(&mut self) -> &mut [u8; N] {
        match self.room_of(N).first_chunk_mut() {
            Some(room) => room,
            None => unreachable!("`room_of` gives what is asked for"),
        }
    }

    /// As [`Buffer::room`], for a number of bytes that is known late.
    #[inline(always)]
    pub(super) fn room_of(&mut self, room: usize) -> &mut [u8] {
        if self.bytes.len() - self.used < room {
            self.grow(room);
        }
        &mut self.bytes[self.used..][..room]
    }

    /// The first `count` bytes of the last room are in use from now on.
    #[inline(always)]
    pub(super) fn take(&mut self, count: usize) {
        self.used += count;
        debug_assert!(self.used <= self.bytes.len());
    }

    /// Appends bytes.
    pub(super) fn extend(&mut self, bytes: &[u8]) {
        self.room_of(bytes.len()).copy_from_slice(bytes);
        self.take(bytes.len());
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, room: usize) {
        let least = self.used + room;
        self.bytes.resize(least.max(self.bytes.len() * 2), 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_grows_and_content_stays() {
        let mut buffer = Buffer::new(4);
        for round in 0..200_u8 {
            let room = buffer.room::<8>();
            room[..3].copy_from_slice(&[round, b'-', b';']);
            buffer.take(3);
        }
        buffer.extend(b"end");
        assert_eq!(buffer.len(), 603);
        assert_eq!(&buffer.as_slice()[597..], [199, b'-', b';', b'e', b'n', b'd']);
        buffer.truncate(2);
        assert_eq!(buffer.as_slice(), [0, b'-']);
        buffer.truncate(9);
        assert_eq!(buffer.len(), 2);
    }
}
