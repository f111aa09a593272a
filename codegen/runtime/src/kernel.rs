//! The inner loops that check files of the CSV form: where a quoted text ends and what it is made of,
//! whether it is UTF-8, UUIDs. No part of the crate's interface: for the programs of this project.
//!
//! The only modules with `unsafe`: loads of whole blocks whose length the type says, and texts whose
//! bytes were proven UTF-8. What SSE2 gains over eight bytes in a word is some 1.3 times on short texts,
//! AVX2 on long ones another 1.5.

mod class;
mod processor;
mod utf8;
#[cfg(target_arch = "x86_64")]
mod wide;

pub use class::Class;
pub use processor::{Portable, Processor, Work, run};
pub use utf8::{Plain, plain};

/// The text holds a byte below 0x20, or 0x7F.
pub const CONTROL: u8 = 1;
/// The text holds a byte of 0x80 or more.
pub const HIGH: u8 = 2;
/// The text holds doubled quotes.
pub const DOUBLED: u8 = 4;

/// A quoted text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Position of the closing quote; the length of all bytes when there is none.
    pub end: usize,
    /// [`CONTROL`], [`HIGH`] and [`DOUBLED`], added.
    pub kinds: u8,
}

/// Bits of a block, the first byte the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Masks {
    quote: u32,
    control: u32,
    high: u32,
}

/// The text behind an opening quote, which stands right before `from`.
#[inline]
pub fn text(bytes: &[u8], from: usize) -> Span {
    // Most texts end within two blocks.
    let mut seen = Seen::default();
    let mut at = from;
    for _ in 0..2 {
        let Some(block) = block_at::<16>(bytes, at) else {
            return text_scalar(bytes, at, seen);
        };
        match seen.take(masks_16(block), 16) {
            Some(offset) if bytes.get(at + offset + 1) == Some(&b'"') => {
                seen.doubled = true;
                at += offset + 2;
            }
            Some(offset) => return seen.end(at + offset),
            None => at += 16,
        }
    }
    text_long(bytes, at, seen)
}

/// As [`text`], with the text as it stands, doubled quotes and all, when it is ASCII.
#[inline]
pub fn text_and_ascii(bytes: &[u8], from: usize) -> (Span, Option<&str>) {
    let span = text(bytes, from);
    (span, ascii(bytes, from, span))
}

/// The text of a span that was found in these bytes from there on, when it is ASCII.
#[inline(always)]
fn ascii(bytes: &[u8], from: usize, span: Span) -> Option<&str> {
    match bytes.get(from..span.end) {
        // SAFETY: every byte up to the end was looked at, and none is 0x80 or more.
        Some(raw) if span.kinds & HIGH == 0 => Some(unsafe { std::str::from_utf8_unchecked(raw) }),
        _ => None,
    }
}

/// What was seen so far.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    control: bool,
    high: bool,
    doubled: bool,
}

impl Seen {
    /// Takes a block, as far as its first quote; the position of that.
    #[inline]
    fn take(&mut self, masks: Masks, width: u32) -> Option<usize> {
        let offset = masks.quote.trailing_zeros().min(width);
        // Shifted in 64 bits, since a whole block of 32 has as many bits.
        let before = ((1_u64 << offset) - 1) as u32;
        self.control |= masks.control & before != 0;
        self.high |= masks.high & before != 0;
        (offset < width).then_some(offset as usize)
    }

    fn end(self, end: usize) -> Span {
        let kind = |is: bool, kind: u8| if is { kind } else { 0 };
        Span {
            end,
            kinds: kind(self.control, CONTROL)
                | kind(self.high, HIGH)
                | kind(self.doubled, DOUBLED),
        }
    }
}

#[inline]
fn block_at<const N: usize>(bytes: &[u8], at: usize) -> Option<&[u8; N]> {
    bytes.get(at..)?.first_chunk()
}

/// A long text: wide blocks where the processor has them.
fn text_long(bytes: &[u8], at: usize, seen: Seen) -> Span {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has AVX2.
        return unsafe { text_avx2(bytes, at, seen) };
    }
    text_blocks(bytes, at, seen, masks_16)
}

#[inline(always)]
fn text_blocks<const N: usize>(
    bytes: &[u8],
    mut at: usize,
    mut seen: Seen,
    masks: impl Fn(&[u8; N]) -> Masks,
) -> Span {
    while let Some(block) = block_at::<N>(bytes, at) {
        match seen.take(masks(block), N as u32) {
            Some(offset) if bytes.get(at + offset + 1) == Some(&b'"') => {
                seen.doubled = true;
                at += offset + 2;
            }
            Some(offset) => return seen.end(at + offset),
            None => at += N,
        }
    }
    text_scalar(bytes, at, seen)
}

/// What is left where no whole block is.
#[cold]
fn text_scalar(bytes: &[u8], mut at: usize, mut seen: Seen) -> Span {
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' if bytes.get(at + 1) == Some(&b'"') => {
                seen.doubled = true;
                at += 1;
            }
            b'"' => return seen.end(at),
            0..=0x1f | 0x7f => seen.control = true,
            0x80.. => seen.high = true,
            _ => {}
        }
        at += 1;
    }
    seen.end(bytes.len())
}

/// The masks of a block, eight bytes in a word at a time.
#[cfg_attr(target_arch = "x86_64", allow(dead_code))]
fn masks_portable<const N: usize>(block: &[u8; N]) -> Masks {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    const LOWS: u64 = !HIGHS;
    // The highest bit of each byte that is zero, exactly: no carry leaves a byte.
    let zeros = |word: u64| !(((word & LOWS) + LOWS) | word | LOWS);
    // The highest bits, gathered: each product's bits meet at one place only.
    let gather = |highs: u64| ((highs >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56) as u32;
    let mut masks = Masks {
        quote: 0,
        control: 0,
        high: 0,
    };
    for (at, word) in block.chunks_exact(8).enumerate() {
        let word = word.first_chunk().copied().map_or(0, u64::from_le_bytes);
        // Below 0x20: no bit of the highest three.
        let low = zeros(word & (ONES * 0xe0));
        let control = low | zeros(word ^ (ONES * 0x7f));
        let shift = 8 * at as u32;
        masks.quote |= gather(zeros(word ^ (ONES * u64::from(b'"')))) << shift;
        masks.control |= gather(control) << shift;
        masks.high |= gather(word & HIGHS) << shift;
    }
    masks
}

#[cfg(not(target_arch = "x86_64"))]
use masks_portable as masks_16;

#[cfg(target_arch = "x86_64")]
#[inline]
fn masks_16(block: &[u8; 16]) -> Masks {
    use std::arch::x86_64::*;
    // SAFETY: SSE2 belongs to every processor of this architecture; the load is of 16 bytes that are
    // there, wherever they lie.
    unsafe {
        let x = _mm_loadu_si128(block.as_ptr().cast());
        let quote = _mm_cmpeq_epi8(x, _mm_set1_epi8(b'"' as i8));
        let low = _mm_cmpeq_epi8(_mm_min_epu8(x, _mm_set1_epi8(0x1f)), x);
        let control = _mm_or_si128(low, _mm_cmpeq_epi8(x, _mm_set1_epi8(0x7f)));
        Masks {
            quote: _mm_movemask_epi8(quote) as u32,
            control: _mm_movemask_epi8(control) as u32,
            high: _mm_movemask_epi8(x) as u32,
        }
    }
}

/// # Safety
/// The processor has AVX2.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
unsafe fn text_avx2(bytes: &[u8], at: usize, seen: Seen) -> Span {
    // SAFETY: as this function's own.
    text_blocks(bytes, at, seen, |block| unsafe { masks_32(block) })
}

/// # Safety
/// The processor has AVX2.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
#[inline]
unsafe fn masks_32(block: &[u8; 32]) -> Masks {
    use std::arch::x86_64::*;
    // SAFETY: the load is of 32 bytes that are there, wherever they lie.
    let x = unsafe { _mm256_loadu_si256(block.as_ptr().cast()) };
    #[allow(unused_unsafe)]
    // SAFETY: arithmetic on registers, with AVX2 as the caller says.
    unsafe {
        let quote = _mm256_cmpeq_epi8(x, _mm256_set1_epi8(b'"' as i8));
        let low = _mm256_cmpeq_epi8(_mm256_min_epu8(x, _mm256_set1_epi8(0x1f)), x);
        let control = _mm256_or_si256(low, _mm256_cmpeq_epi8(x, _mm256_set1_epi8(0x7f)));
        Masks {
            quote: _mm256_movemask_epi8(quote) as u32,
            control: _mm256_movemask_epi8(control) as u32,
            high: _mm256_movemask_epi8(x) as u32,
        }
    }
}

/// The number that `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx` in lower case stands for.
#[inline]
pub fn uuid(text: &[u8; 36]) -> Option<u128> {
    let word = |at: usize| -> u64 {
        text.get(at..)
            .and_then(|rest| rest.first_chunk())
            .copied()
            .map_or(0, u64::from_le_bytes)
    };
    let half = |at: usize| -> u64 {
        text.get(at..)
            .and_then(|rest| rest.first_chunk())
            .copied()
            .map_or(0, |bytes: [u8; 4]| u32::from_le_bytes(bytes).into())
    };
    let hyphens = text[8] ^ b'-' | text[13] ^ b'-' | text[18] ^ b'-' | text[23] ^ b'-';
    let parts = [
        word(0),
        half(9) | half(14) << 32,
        half(19) | half(24) << 32,
        word(28),
    ];
    let mut number = 0_u128;
    let mut wrong = 0;
    for part in parts {
        let (digits, bad) = hex(part);
        number = number << 32 | u128::from(digits);
        wrong |= bad;
    }
    (wrong == 0 && hyphens == 0).then_some(number)
}

/// Eight lower-case hexadecimal digits as a number; the other part is zero when they are such.
#[inline]
fn hex(text: u64) -> (u32, u64) {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    // Bytes of 0x80 and more are wrong by themselves, so that no sum below carries for the others.
    let low = text & !HIGHS;
    // The highest bit: at least so much.
    let least = |bound: u64| low + ONES * (0x80 - bound);
    let digit = least(0x30) & !least(0x3a);
    let letter = least(0x61) & !least(0x67);
    let wrong = (text | !(digit | letter)) & HIGHS;
    // Letters have 0x60 and count from ten.
    let nibbles = (low & (ONES * 0x0f)) + ((letter & HIGHS) >> 7) * 9;
    // The first digit is the lowest byte: pairs, then pairs of pairs.
    let pairs = (nibbles << 4 | nibbles >> 8) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs << 8 | pairs >> 16) & 0x0000_ffff_0000_ffff;
    let all = (fours << 16 | fours >> 32) as u32;
    (all, wrong)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn reference(bytes: &[u8], from: usize) -> Span {
        text_scalar(bytes, from, Seen::default())
    }

    /// Bytes among which quotes, controls and the like are frequent.
    fn hostile() -> impl Strategy<Value = Vec<u8>> {
        let byte = prop_oneof![
            20 => b'a'..=b'z',
            2 => Just(b'"'),
            1 => any::<u8>(),
            1 => prop::sample::select(&[0x1f, 0x20, 0x7e, 0x7f, 0x80, 0xff, b'\n', 0][..]),
        ];
        prop::collection::vec(byte, 0..200)
    }

    proptest! {
        #[test]
        fn every_width_finds_the_same(bytes in hostile(), from in 0_usize..40) {
            let expected = reference(&bytes, from);
            prop_assert_eq!(text(&bytes, from), expected);
            let (span, ascii) = text_and_ascii(&bytes, from);
            prop_assert_eq!(span, expected);
            let raw = bytes.get(from..span.end);
            let is_ascii = raw.is_some_and(<[u8]>::is_ascii);
            prop_assert_eq!(ascii.map(str::as_bytes), raw.filter(|_| is_ascii));
            prop_assert_eq!(text_long(&bytes, from, Seen::default()), expected);
            let portable = text_blocks(&bytes, from, Seen::default(), masks_portable::<16>);
            prop_assert_eq!(portable, expected);
            let wide = text_blocks(&bytes, from, Seen::default(), masks_portable::<32>);
            prop_assert_eq!(wide, expected);
        }

        #[test]
        fn masks_agree(block in any::<[u8; 16]>()) {
            prop_assert_eq!(masks_16(&block), masks_portable(&block));
        }

        #[test]
        fn uuids_are_read(number in any::<u128>(), at in 0_usize..36, byte in any::<u8>()) {
            let hex = format!("{number:032x}");
            let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
            let mut text: [u8; 36] = parts.join("-").into_bytes().try_into().unwrap();
            prop_assert_eq!(uuid(&text), Some(number));
            text[at] = byte;
            let expected = std::str::from_utf8(&text)
                .ok()
                .filter(|text| text.parse::<crate::Uuid>().is_ok_and(|uuid| uuid.to_string() == *text));
            prop_assert_eq!(uuid(&text).is_some(), expected.is_some());
        }
    }
}
