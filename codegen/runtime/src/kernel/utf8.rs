//! UTF-8 of the texts that are usual here: ASCII and Cyrillic, checked sixteen bytes at a time.

/// A text of ASCII, letters of two bytes and the signs that are usual in Russian texts, none of them a
/// control character or a blank beyond ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plain<'t> {
    /// The text.
    pub text: &'t str,
    /// Whether ASCII letters are among it.
    pub has_latin: bool,
}

/// Takes bytes as text when they are ASCII, characters from U+00A1 to U+07FF, dashes, quotation marks and
/// dots (U+2010 to U+2027) and letter-like signs (U+2100 to U+213F) alone; `None` says nothing: look closer.
#[inline]
pub fn plain(bytes: &[u8]) -> Option<Plain<'_>> {
    plain_by::<16>(bytes, masks)
}

/// As [`plain`].
///
/// # Safety
/// The processor has AVX2.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
#[inline]
pub(super) unsafe fn plain_avx2(bytes: &[u8]) -> Option<Plain<'_>> {
    // SAFETY: as this function's own.
    plain_by::<32>(bytes, |block| unsafe { masks_avx2(block) })
}

#[inline(always)]
fn plain_by<const N: usize>(bytes: &[u8], masks: impl Fn(&[u8; N]) -> Masks) -> Option<Plain<'_>> {
    let mut state = State::default();
    let mut rest = bytes;
    while let Some((block, behind)) = rest.split_first_chunk::<N>() {
        state.take::<N>(masks(block), rest);
        rest = behind;
    }
    if !rest.is_empty() {
        // Blanks behind the end change nothing but that a last letter without its second byte shows.
        let mut block = [b' '; N];
        for (to, from) in block.iter_mut().zip(rest) {
            *to = *from;
        }
        state.take::<N>(masks(&block), rest);
    }
    if state.wrong != 0 || state.carry != 0 {
        return None;
    }
    // SAFETY: every byte of 0x80 and more is a first byte of two (C2 to DF) with one continuation right
    // behind it, a first byte of three (E2) with two, or one of those: `wrong` has a bit for each other one.
    let text = unsafe { std::str::from_utf8_unchecked(bytes) };
    Some(Plain {
        text,
        has_latin: state.latin != 0,
    })
}

/// Bits of a block, the first byte the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Masks {
    /// Bytes from 0x80 to 0xBF.
    continuation: u32,
    /// Bytes from 0xC3 to 0xDF.
    first: u32,
    /// All bytes from 0x80.
    high: u32,
    /// ASCII letters.
    latin: u32,
}

#[derive(Debug, Default)]
struct State {
    wrong: u64,
    latin: u32,
    /// The first bytes of the next block that must be continuations.
    carry: u64,
}

impl State {
    /// Takes the masks of a block, with which `rest` begins.
    #[inline(always)]
    fn take<const N: usize>(&mut self, masks: Masks, rest: &[u8]) {
        let other = masks.high & !(masks.first | masks.continuation);
        let mut expected = u64::from(masks.first) << 1 | self.carry;
        if other != 0 {
            let (more, wrong) = signs(other, rest);
            expected |= more;
            self.wrong |= u64::from(wrong);
        }
        self.wrong |= (expected & ((1 << N) - 1)) ^ u64::from(masks.continuation);
        self.latin |= masks.latin;
        self.carry = expected >> N;
    }
}

/// Bytes that are neither a continuation nor the first of a letter, by the bits of `other`: which bytes
/// must be continuations when they are those of signs, and the bits of those that are not.
fn signs(mut other: u32, rest: &[u8]) -> (u64, u32) {
    let mut expected = 0;
    let mut wrong = 0;
    while other != 0 {
        let at = other.trailing_zeros();
        other &= other - 1;
        let sign = rest.get(at as usize..).unwrap_or_default();
        match sign {
            [0xc2, 0xa1..=0xbf, ..] => expected |= 0b10 << at,
            [0xe2, 0x80, 0x90..=0xa7, ..] | [0xe2, 0x84, 0x80..=0xbf, ..] => {
                expected |= 0b110 << at;
            }
            _ => wrong |= 1 << at,
        }
    }
    (expected, wrong)
}

#[cfg_attr(target_arch = "x86_64", allow(dead_code))]
fn masks_portable(block: &[u8; 16]) -> Masks {
    let mut masks = Masks {
        continuation: 0,
        first: 0,
        high: 0,
        latin: 0,
    };
    for (at, byte) in block.iter().enumerate() {
        masks.continuation |= u32::from(matches!(byte, 0x80..=0xbf)) << at;
        masks.first |= u32::from(matches!(byte, 0xc3..=0xdf)) << at;
        masks.high |= u32::from(*byte >= 0x80) << at;
        masks.latin |= u32::from(byte.is_ascii_alphabetic()) << at;
    }
    masks
}

#[cfg(not(target_arch = "x86_64"))]
use masks_portable as masks;

#[cfg(target_arch = "x86_64")]
#[inline]
fn masks(block: &[u8; 16]) -> Masks {
    use std::arch::x86_64::*;
    // SAFETY: SSE2 belongs to every processor of this architecture; the load is of 16 bytes that are
    // there, wherever they lie.
    unsafe {
        let x = _mm_loadu_si128(block.as_ptr().cast());
        // Compared as signed numbers, in which 0x80 to 0xFF are -128 to -1.
        let continuation = _mm_cmplt_epi8(x, _mm_set1_epi8(-64));
        let from_c3 = _mm_cmpgt_epi8(x, _mm_set1_epi8(-62));
        let below_e0 = _mm_cmplt_epi8(x, _mm_set1_epi8(-32));
        let lower = _mm_or_si128(x, _mm_set1_epi8(0x20));
        let latin = _mm_and_si128(
            _mm_cmpgt_epi8(lower, _mm_set1_epi8(0x60)),
            _mm_cmplt_epi8(lower, _mm_set1_epi8(0x7b)),
        );
        Masks {
            continuation: _mm_movemask_epi8(continuation) as u32,
            first: _mm_movemask_epi8(_mm_and_si128(from_c3, below_e0)) as u32,
            high: _mm_movemask_epi8(x) as u32,
            latin: _mm_movemask_epi8(latin) as u32,
        }
    }
}

/// # Safety
/// The processor has AVX2.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
#[inline]
unsafe fn masks_avx2(block: &[u8; 32]) -> Masks {
    use std::arch::x86_64::*;
    // SAFETY: the load is of 32 bytes that are there, wherever they lie.
    let x = unsafe { _mm256_loadu_si256(block.as_ptr().cast()) };
    // As for sixteen bytes.
    let continuation = _mm256_cmpgt_epi8(_mm256_set1_epi8(-64), x);
    let from_c3 = _mm256_cmpgt_epi8(x, _mm256_set1_epi8(-62));
    let below_e0 = _mm256_cmpgt_epi8(_mm256_set1_epi8(-32), x);
    let lower = _mm256_or_si256(x, _mm256_set1_epi8(0x20));
    let latin = _mm256_and_si256(
        _mm256_cmpgt_epi8(lower, _mm256_set1_epi8(0x60)),
        _mm256_cmpgt_epi8(_mm256_set1_epi8(0x7b), lower),
    );
    Masks {
        continuation: _mm256_movemask_epi8(continuation) as u32,
        first: _mm256_movemask_epi8(_mm256_and_si256(from_c3, below_e0)) as u32,
        high: _mm256_movemask_epi8(x) as u32,
        latin: _mm256_movemask_epi8(latin) as u32,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn expected(bytes: &[u8]) -> Option<Plain<'_>> {
        let text = std::str::from_utf8(bytes).ok()?;
        let usual = |char: char| matches!(char, '\0'..='\x7f' | '\u{a1}'..='\u{7ff}' | '\u{2010}'..='\u{2027}' | '\u{2100}'..='\u{213f}');
        text.chars().all(usual).then(|| Plain {
            text,
            has_latin: text.bytes().any(|byte| byte.is_ascii_alphabetic()),
        })
    }

    proptest! {
        #[test]
        fn texts_are_taken_as_they_are(text in "[а-яё -ÀǿA-Z1-9 –«№…\u{85}\u{a0}\u{2028}\u{200b}🦔]{0,40}") {
            prop_assert_eq!(plain(text.as_bytes()), expected(text.as_bytes()));
        }

        #[test]
        fn broken_texts_are_not_taken(
            text in "[а-яА-Я0-9 a-c«№…]{0,40}",
            at in 0_usize..80,
            byte in any::<u8>(),
        ) {
            let mut bytes = text.into_bytes();
            if let Some(there) = bytes.get_mut(at) {
                *there = byte;
            }
            prop_assert_eq!(plain(&bytes), expected(&bytes));
            bytes.truncate(at);
            prop_assert_eq!(plain(&bytes), expected(&bytes));
        }

        #[test]
        fn masks_agree(block in any::<[u8; 16]>()) {
            prop_assert_eq!(masks(&block), masks_portable(&block));
        }
    }
}
