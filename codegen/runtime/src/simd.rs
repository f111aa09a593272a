//! Sixteen bytes at once. On x86-64 these are its own instructions, elsewhere plain loops; what is
//! measured to gain nothing stays out. This module, with [`quoted`](mod@quoted) and [`stream`](mod@stream),
//! is the only one with `unsafe`.
//!
//! Every intrinsic in this file is of SSE2, which belongs to every x86-64 processor and is switched on for the
//! target, so that calling one is sound; memory is only touched through references to arrays of the
//! very size that is read or written.

#![allow(unsafe_code)]
// Intrinsics without pointers are safe in newer compilers, where the target has them.
#![allow(unused_unsafe)]

mod quoted;
mod stream;

pub(crate) use quoted::quoted;
pub(crate) use stream::{Stream, stream};

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
mod sse2 {
    use std::arch::x86_64::*;

    /// Sixteen bytes.
    #[derive(Clone, Copy)]
    pub(crate) struct Block(__m128i);

    impl Block {
        #[inline(always)]
        pub(crate) fn load(bytes: &[u8; 16]) -> Block {
            // SAFETY: sixteen readable bytes; no alignment is asked for.
            Block(unsafe { _mm_loadu_si128(bytes.as_ptr().cast()) })
        }

        /// Eight bytes and eight more.
        #[inline(always)]
        pub(crate) fn of(first: [u8; 8], last: [u8; 8]) -> Block {
            let (first, last) = (i64::from_le_bytes(first), i64::from_le_bytes(last));
            // SAFETY: SSE2, see above.
            Block(unsafe { _mm_set_epi64x(last, first) })
        }

        #[inline(always)]
        pub(crate) fn store(self, bytes: &mut [u8; 16]) {
            // SAFETY: sixteen writable bytes; no alignment is asked for.
            unsafe { _mm_storeu_si128(bytes.as_mut_ptr().cast(), self.0) }
        }

        #[inline(always)]
        pub(crate) fn splat(byte: u8) -> Block {
            // SAFETY: SSE2, see above.
            Block(unsafe { _mm_set1_epi8(byte as i8) })
        }

        /// All ones where the bytes are the same.
        #[inline(always)]
        pub(crate) fn same(self, other: Block) -> Block {
            // SAFETY: SSE2, see above.
            Block(unsafe { _mm_cmpeq_epi8(self.0, other.0) })
        }

        /// All ones where a byte is at most `other`'s, without signs.
        #[inline(always)]
        pub(crate) fn at_most(self, other: Block) -> Block {
            // SAFETY: SSE2, see above.
            Block(unsafe { _mm_cmpeq_epi8(_mm_min_epu8(self.0, other.0), self.0) })
        }

        #[inline(always)]
        pub(crate) fn and(self, other: Block) -> Block {
            // SAFETY: SSE2, see above.
            Block(unsafe { _mm_and_si128(self.0, other.0) })
        }

        #[inline(always)]
        pub(crate) fn or(self, other: Block) -> Block {
            // SAFETY: SSE2, see above.
            Block(unsafe { _mm_or_si128(self.0, other.0) })
        }

        /// The highest bit of every byte, that of the first byte lowest.
        #[inline(always)]
        pub(crate) fn mask(self) -> u32 {
            // SAFETY: SSE2, see above.
            unsafe { _mm_movemask_epi8(self.0) as u32 }
        }
    }

    /// The hexadecimal digits of sixteen bytes, in lower case: 2.5 times as fast as in a word.
    #[inline(always)]
    pub(crate) fn hex(bytes: &[u8; 16]) -> [u8; 32] {
        let mut digits = [0; 32];
        // SAFETY: SSE2, see above; both pointers are to arrays of the size that is read or written.
        unsafe {
            let low = _mm_set1_epi8(15);
            let bytes = _mm_loadu_si128(bytes.as_ptr().cast());
            let highs = _mm_and_si128(_mm_srli_epi16::<4>(bytes), low);
            let lows = _mm_and_si128(bytes, low);
            // Letters begin 39 behind where the decimal digits would go on.
            let digit = |half| {
                let letters =
                    _mm_and_si128(_mm_cmpgt_epi8(half, _mm_set1_epi8(9)), _mm_set1_epi8(39));
                _mm_add_epi8(_mm_add_epi8(half, _mm_set1_epi8(b'0' as i8)), letters)
            };
            let to: *mut __m128i = digits.as_mut_ptr().cast();
            _mm_storeu_si128(to, digit(_mm_unpacklo_epi8(highs, lows)));
            _mm_storeu_si128(to.add(1), digit(_mm_unpackhi_epi8(highs, lows)));
        }
        digits
    }

    /// The sixteen bytes that 32 hexadecimal digits of either case spell, if they are digits.
    #[inline(always)]
    pub(crate) fn unhex(digits: [[u8; 8]; 4]) -> Option<[u8; 16]> {
        let [one, two, three, four] = digits;
        // Put together in registers: a load over several stores waits for all of them.
        let (Block(first), Block(last)) = (Block::of(one, two), Block::of(three, four));
        let mut bytes = [0; 16];
        // SAFETY: SSE2, see above; the pointer is to an array of the size that is written.
        unsafe {
            let (zero, nine, six) = (
                _mm_set1_epi8(b'0' as i8),
                _mm_set1_epi8(9),
                _mm_set1_epi8(5),
            );
            let letter_a = _mm_set1_epi8(b'a' as i8);
            let at_most = |value, most| _mm_cmpeq_epi8(_mm_min_epu8(value, most), value);
            let mut good = _mm_set1_epi8(-1);
            let mut values = |digits| {
                let decimal = _mm_sub_epi8(digits, zero);
                let is_decimal = at_most(decimal, nine);
                let lower = _mm_or_si128(digits, _mm_set1_epi8(0x20));
                let letter = _mm_sub_epi8(lower, letter_a);
                let is_letter = at_most(letter, six);
                good = _mm_and_si128(good, _mm_or_si128(is_decimal, is_letter));
                _mm_or_si128(
                    _mm_and_si128(is_decimal, decimal),
                    _mm_andnot_si128(is_decimal, _mm_add_epi8(letter, _mm_set1_epi8(10))),
                )
            };
            let (first, last) = (values(first), values(last));
            if _mm_movemask_epi8(good) != 0xffff {
                return None;
            }
            // The first digit of a pair is the low byte of sixteen bits.
            let low = _mm_set1_epi16(0xff);
            let pairs = |values| {
                let joined = _mm_or_si128(_mm_slli_epi16::<4>(values), _mm_srli_epi16::<8>(values));
                _mm_and_si128(joined, low)
            };
            let packed = _mm_packus_epi16(pairs(first), pairs(last));
            _mm_storeu_si128(bytes.as_mut_ptr().cast(), packed);
        }
        Some(bytes)
    }
}

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
pub(crate) use sse2::{Block, hex, unhex};

#[cfg(any(test, not(all(target_arch = "x86_64", target_feature = "sse2"))))]
mod plain {
    /// Sixteen bytes.
    #[derive(Clone, Copy)]
    pub(crate) struct Block([u8; 16]);

    impl Block {
        pub(crate) fn load(bytes: &[u8; 16]) -> Block {
            Block(*bytes)
        }

        /// Eight bytes and eight more.
        pub(crate) fn of(first: [u8; 8], last: [u8; 8]) -> Block {
            let mut bytes = [0; 16];
            for (to, from) in bytes.iter_mut().zip(first.into_iter().chain(last)) {
                *to = from;
            }
            Block(bytes)
        }

        pub(crate) fn store(self, bytes: &mut [u8; 16]) {
            *bytes = self.0;
        }

        pub(crate) fn splat(byte: u8) -> Block {
            Block([byte; 16])
        }

        fn with(mut self, other: Block, of: impl Fn(u8, u8) -> u8) -> Block {
            for (byte, other) in self.0.iter_mut().zip(other.0) {
                *byte = of(*byte, other);
            }
            self
        }

        /// All ones where the bytes are the same.
        pub(crate) fn same(self, other: Block) -> Block {
            self.with(other, |byte, other| {
                0_u8.wrapping_sub(u8::from(byte == other))
            })
        }

        /// All ones where a byte is at most `other`'s, without signs.
        pub(crate) fn at_most(self, other: Block) -> Block {
            self.with(other, |byte, other| {
                0_u8.wrapping_sub(u8::from(byte <= other))
            })
        }

        pub(crate) fn and(self, other: Block) -> Block {
            self.with(other, |byte, other| byte & other)
        }

        pub(crate) fn or(self, other: Block) -> Block {
            self.with(other, |byte, other| byte | other)
        }

        /// The highest bit of every byte, that of the first byte lowest.
        pub(crate) fn mask(self) -> u32 {
            let bits = self.0.iter().enumerate();
            bits.fold(0, |mask, (at, byte)| mask | u32::from(byte >> 7) << at)
        }
    }

    /// The hexadecimal digits of sixteen bytes, in lower case.
    pub(crate) fn hex(bytes: &[u8; 16]) -> [u8; 32] {
        let mut digits = [0; 32];
        for (pair, byte) in digits.chunks_exact_mut(2).zip(bytes) {
            for (digit, half) in pair.iter_mut().zip([byte >> 4, byte & 15]) {
                // Letters begin 39 behind where the decimal digits would go on.
                *digit = half + if half > 9 { b'0' + 39 } else { b'0' };
            }
        }
        digits
    }

    /// The sixteen bytes that 32 hexadecimal digits of either case spell, if they are digits.
    pub(crate) fn unhex(digits: [[u8; 8]; 4]) -> Option<[u8; 16]> {
        let mut bytes = [0; 16];
        for (byte, pair) in bytes.iter_mut().zip(digits.as_flattened().chunks_exact(2)) {
            for &digit in pair {
                let value = char::from(digit).to_digit(16)?;
                *byte = *byte << 4 | value as u8;
            }
        }
        Some(bytes)
    }
}

#[cfg(not(all(target_arch = "x86_64", target_feature = "sse2")))]
pub(crate) use plain::{Block, hex, unhex};

#[cfg(all(test, target_arch = "x86_64", target_feature = "sse2"))]
mod tests {
    use proptest::prelude::*;

    use super::{plain, sse2};

    proptest! {
        #[test]
        fn both_forms_are_the_same(bytes: [u8; 16], other: [u8; 16], byte: u8) {
            let words = |digits: &[u8; 32]| {
                let mut words = [[0; 8]; 4];
                words.as_flattened_mut().copy_from_slice(digits);
                words
            };
            let mut digits = plain::hex(&bytes);
            prop_assert_eq!(sse2::hex(&bytes), digits);
            prop_assert_eq!(sse2::unhex(words(&digits)), Some(bytes));
            digits.make_ascii_uppercase();
            prop_assert_eq!(sse2::unhex(words(&digits)), Some(bytes));
            digits[usize::from(byte) % 32] = other[0];
            prop_assert_eq!(sse2::unhex(words(&digits)), plain::unhex(words(&digits)));
            macro_rules! results {
                ($of:ident) => {{
                    let (one, two) = ($of::Block::load(&bytes), $of::Block::load(&other));
                    let all = [
                        one.same(two),
                        one.same($of::Block::splat(byte)),
                        one.at_most(two),
                        one.at_most($of::Block::splat(byte)),
                        one.or(two),
                        one.and(two),
                        $of::Block::of(
                            *bytes.first_chunk().unwrap(),
                            *other.first_chunk().unwrap(),
                        ),
                    ];
                    all.map(|block| {
                        let mut out = [0; 16];
                        block.store(&mut out);
                        (out, block.mask())
                    })
                }};
            }
            prop_assert_eq!(results!(sse2), results!(plain));
        }
    }
}
