//! Hashes of keys: folded multiplication with secrets drawn anew in every run, so that nobody can write
//! a package whose keys all fall together. No outcome depends on them.

use std::hash::{BuildHasher, RandomState};

/// The secrets of a run.
#[derive(Debug, Clone)]
pub(crate) struct Seed([u64; 4]);

impl Seed {
    /// Secrets of the system's randomness.
    pub(crate) fn random() -> Seed {
        let state = RandomState::new();
        Seed(std::array::from_fn(|at| state.hash_one(at)))
    }

    /// Other secrets, made of these.
    pub(crate) fn derive(&self, number: u64) -> Seed {
        let [first, second, third, fourth] = self.0;
        let step = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mix = |at: u64| {
            fold(first ^ step.wrapping_add(at), second ^ at)
                ^ fold(third.wrapping_add(step), fourth ^ at.rotate_left(17))
        };
        Seed(std::array::from_fn(|at| mix(at as u64 + 1)))
    }

    /// 64 bits of bytes.
    #[inline]
    pub(crate) fn hash(&self, bytes: &[u8]) -> u64 {
        let [first, second, third, fourth] = self.0;
        let mut state = first;
        let (pairs, tail) = bytes.as_chunks::<16>();
        for pair in pairs {
            let (low, high) = halves(pair);
            state = fold(low ^ second, high ^ state);
        }
        let (low, high) = short(tail);
        // The length comes last, where no byte can make up for it.
        fold(fold(low ^ third, high ^ state), fourth ^ bytes.len() as u64)
    }

    /// 128 bits of 16 bytes: another value for every other one.
    #[inline]
    pub(crate) fn permute(&self, value: u128) -> u128 {
        // Each step can be undone: Feistel rounds, a round function of one multiplication.
        let [first, second, third, fourth] = self.0;
        let (mut low, mut high) = (value as u64, (value >> 64) as u64);
        high ^= fold(low ^ first, second | 1);
        low ^= fold(high ^ second, third | 1);
        high ^= fold(low ^ third, fourth | 1);
        u128::from(high) << 64 | u128::from(low)
    }

    /// 128 bits of bytes, from two hashes with secrets of their own.
    #[inline]
    pub(crate) fn wide(&self, bytes: &[u8]) -> u128 {
        let [first, second, third, fourth] = self.0;
        let len = bytes.len() as u64;
        let mut states = (first, third);
        let (pairs, tail) = bytes.as_chunks::<16>();
        for pair in pairs {
            let (low, high) = halves(pair);
            states.0 = fold(low ^ second, high ^ states.0);
            states.1 = fold(low ^ states.1, high ^ fourth);
        }
        let (low, high) = short(tail);
        states.0 = fold(low ^ second, high ^ states.0);
        states.1 = fold(low ^ states.1, high ^ fourth);
        // Either half depends on both, so that no product that vanishes loses more than its half.
        let high = fold(states.0 ^ third, states.1.rotate_left(32) ^ second ^ len) ^ states.1;
        let low = fold(states.1 ^ first, states.0.rotate_left(29) ^ fourth ^ len) ^ states.0;
        u128::from(high) << 64 | u128::from(low)
    }
}

/// Tells whether bytes have changed.
pub(super) fn checksum(bytes: &[u8]) -> u64 {
    const FIXED: Seed = Seed([
        0x2d35_8dcc_aa6c_78a5,
        0x8bb8_4b93_962e_acc9,
        0x4b33_a62e_d433_d4a3,
        0x4d5a_2da5_1de1_aa47,
    ]);
    FIXED.hash(bytes)
}

#[inline]
fn fold(left: u64, right: u64) -> u64 {
    let product = u128::from(left) * u128::from(right);
    product as u64 ^ (product >> 64) as u64
}

#[inline]
fn halves(pair: &[u8; 16]) -> (u64, u64) {
    let value = u128::from_le_bytes(*pair);
    (value as u64, (value >> 64) as u64)
}

/// Fewer than 16 bytes; the length is hashed elsewhere.
#[inline]
fn short(bytes: &[u8]) -> (u64, u64) {
    if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (
            u32::from_le_bytes(*first).into(),
            u32::from_le_bytes(*last).into(),
        )
    } else {
        let value = bytes
            .iter()
            .fold(0, |value, byte| value << 8 | u64::from(*byte));
        (value, 0)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn lengths_and_single_bits_make_a_difference() {
        let seed = Seed::random();
        let mut narrow = HashSet::new();
        let mut wide = HashSet::new();
        let mut texts = 0;
        for len in 0..70 {
            let zeros = vec![0; len];
            narrow.insert(seed.hash(&zeros));
            wide.insert(seed.wide(&zeros));
            texts += 1;
            for bit in 0..len * 8 {
                let mut one = zeros.clone();
                one[bit / 8] = 1 << (bit % 8);
                narrow.insert(seed.hash(&one));
                wide.insert(seed.wide(&one));
                texts += 1;
            }
        }
        assert_eq!(narrow.len(), texts);
        assert_eq!(wide.len(), texts);
    }

    #[test]
    fn values_in_a_row_spread_over_partitions() {
        let seed = Seed::random();
        let mut counts = [0_u32; 256];
        for value in 0..256 * 1000_u128 {
            counts[(seed.permute(value) >> 120) as usize] += 1;
        }
        assert!(counts.iter().all(|count| (700..1300).contains(count)));
        let distinct: HashSet<u128> = (0..10_000).map(|value| seed.permute(value)).collect();
        assert_eq!(distinct.len(), 10_000);
    }
}
