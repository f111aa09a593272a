//! Numbers by chance, the same in every run, and the sums behind check digits, written anew so that
//! they can contradict the library.

use vitrina::identifier::Identifier;

/// SplitMix64.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// So many characters, each of `from`.
    pub(crate) fn text(&mut self, many: usize, from: &str) -> String {
        let from: Vec<char> = from.chars().collect();
        (0..many).map(|_| self.pick(&from)).collect()
    }

    pub(crate) fn digits(&mut self, many: usize) -> String {
        self.text(many, "0123456789")
    }
}

/// Each number with all the ends of so many digits that make it valid.
pub(crate) fn completed<I: Identifier>(number: &str, check_digits: usize) -> Vec<String> {
    (0..10_usize.pow(check_digits as u32))
        .map(|check| format!("{number}{check:0check_digits$}"))
        .filter(|text| I::check(text).is_ok())
        .collect()
}

/// The digits of a text as values.
pub(crate) fn values(text: &str) -> Vec<u64> {
    text.bytes().map(|byte| u64::from(byte - b'0')).collect()
}

/// The sum of digits, each times its weight, modulo `modulus`; digits beyond the weights do not
/// count.
pub(crate) fn remainder(text: &str, weights: &[u64], modulus: u64) -> u64 {
    let products = values(text)
        .into_iter()
        .zip(weights)
        .map(|(digit, weight)| digit * weight);
    products.sum::<u64>() % modulus
}
