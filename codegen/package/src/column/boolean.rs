//! The words for true and false, compared at once.

/// The words for true and for false, of at most seven bytes each.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words(pub(super) &'static str, pub(super) &'static str);

impl Words {
    /// The value of the word at a position, and the position behind it.
    #[inline(always)]
    pub(super) fn read(self, bytes: &[u8], from: usize) -> Option<(bool, usize)> {
        let rest = bytes.get(from..)?;
        let Some(word) = rest.first_chunk().copied().map(u64::from_le_bytes) else {
            return self.read_end(rest, from);
        };
        // Taken together, so that no branch hangs on the value.
        let (is_yes, is_no) = (begins(word, self.0), begins(word, self.1));
        let length = if is_yes { self.0.len() } else { self.1.len() };
        (is_yes | is_no).then_some((is_yes, from + length))
    }

    /// The same where the file ends.
    #[cold]
    fn read_end(self, rest: &[u8], from: usize) -> Option<(bool, usize)> {
        if rest.starts_with(self.0.as_bytes()) {
            return Some((true, from + self.0.len()));
        }
        let is_no = rest.starts_with(self.1.as_bytes());
        is_no.then_some((false, from + self.1.len()))
    }
}

/// Whether eight bytes begin with a word.
#[inline(always)]
fn begins(bytes: u64, word: &str) -> bool {
    let mut expected = 0_u64;
    for byte in word.bytes().rev() {
        expected = expected << 8 | u64::from(byte);
    }
    bytes & ((1 << (8 * word.len().min(7))) - 1) == expected
}
