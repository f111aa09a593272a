//! Classes of ASCII characters, asked for many bytes at once.

/// A class of ASCII characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Class {
    /// By character.
    pub(super) bits: u128,
    /// By the lower four bits of a character: which upper ones belong to the class.
    pub(super) rows: [u8; 16],
}

impl Class {
    /// A class by the bits of its characters, the lowest that of NUL.
    pub fn new(bits: u128) -> Class {
        let mut rows = [0; 16];
        for (low, row) in rows.iter_mut().enumerate() {
            for high in 0..8 {
                *row |= ((bits >> (high << 4 | low) & 1) as u8) << high;
            }
        }
        Class { bits, rows }
    }

    /// The bits of its characters.
    #[inline]
    pub fn bits(&self) -> u128 {
        self.bits
    }

    /// Whether a byte is of the class.
    #[inline]
    pub fn has(&self, byte: u8) -> bool {
        byte < 128 && self.bits >> (byte & 127) & 1 == 1
    }
}

/// Which bytes of a block are of a class.
#[inline]
pub(super) fn mask(block: &[u8; 32], class: &Class) -> u32 {
    let mut mask = 0;
    for (at, byte) in block.iter().enumerate() {
        let row = class.rows[usize::from(byte & 15)];
        let is_of = *byte < 128 && row >> (byte >> 4 & 7) & 1 == 1;
        mask |= u32::from(is_of) << at;
    }
    mask
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn blocks_are_judged_as_bytes(bits in any::<u128>(), block in any::<[u8; 32]>()) {
            let class = Class::new(bits);
            let found = mask(&block, &class);
            for (at, byte) in block.iter().enumerate() {
                prop_assert_eq!(found >> at & 1 == 1, class.has(*byte));
            }
        }
    }
}
