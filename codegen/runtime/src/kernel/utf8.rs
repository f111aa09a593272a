//! UTF-8 of the texts that are usual here: ASCII and Cyrillic, checked sixteen bytes at a time.

/// A text of ASCII and letters of two bytes, none of them a control character or a blank beyond ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plain<'t> {
    /// The text.
    pub text: &'t str,
    /// Whether ASCII letters are among it.
    pub has_latin: bool,
}

/// Takes bytes as text when they are ASCII and characters from U+00C0 to U+07FF alone; `None` says
/// nothing: look closer.
#[inline]
pub fn plain(bytes: &[u8]) -> Option<Plain<'_>> {
    let mut state = State::default();
    let mut rest = bytes;
    while let Some((block, behind)) = rest.split_first_chunk::<16>() {
        state.take(masks(block));
        rest = behind;
    }
    if !rest.is_empty() {
        // Blanks behind the end change nothing but that a last letter without its second byte shows.
        let mut block = [b' '; 16];
        for (to, from) in block.iter_mut().zip(rest) {
            *to = *from;
        }
        state.take(masks(&block));
    }
    if state.wrong != 0 || state.carry != 0 {
        return None;
    }
    // SAFETY: every byte of 0x80 and more is a first byte of two (C3 to DF) with one continuation right
    // behind it, or that continuation: `wrong` has a bit for each other one.
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
    wrong: u32,
    latin: u32,
    /// Whether the last block ended with a first byte.
    carry: u32,
}

impl State {
    #[inline]
    fn take(&mut self, masks: Masks) {
        let expected = masks.first << 1 | self.carry;
        self.wrong |= masks.high & !(masks.first | masks.continuation);
        self.wrong |= (expected & 0xffff) ^ masks.continuation;
        self.latin |= masks.latin;
        self.carry = expected >> 16;
    }
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn expected(bytes: &[u8]) -> Option<Plain<'_>> {
        let text = std::str::from_utf8(bytes).ok()?;
        let usual = |char: char| char.is_ascii() || ('\u{c0}'..='\u{7ff}').contains(&char);
        text.chars().all(usual).then(|| Plain {
            text,
            has_latin: text.bytes().any(|byte| byte.is_ascii_alphabetic()),
        })
    }

    proptest! {
        #[test]
        fn texts_are_taken_as_they_are(text in "[а-яё -ÀǿA-Z1-9 –«\u{85}🦔]{0,40}") {
            prop_assert_eq!(plain(text.as_bytes()), expected(text.as_bytes()));
        }

        #[test]
        fn broken_texts_are_not_taken(
            text in "[а-яА-Я0-9 a-c]{0,40}",
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
