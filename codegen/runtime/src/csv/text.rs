//! Text on its way into a field: copied and looked at in one pass, many bytes at a time. Text that is
//! plain, nearly all of it, is done then; a quote or a character beyond ASCII that may break lines is
//! looked at again.

use crate::Invalid;

/// Bytes looked at together; the compiler makes one or two vector registers of them.
const WIDTH: usize = 16;

/// What a pass over text has met.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Met {
    /// Nothing that needs a second look.
    Plain,
    /// A quote or a control character; the copy is worth nothing.
    Special,
    /// No quote, but a first byte of a character beyond ASCII that may break lines or control.
    Wide,
}

/// Copies `text` to the start of `out`, which has room for it, and says what was met.
#[inline(always)]
pub(super) fn copy(text: &[u8], out: &mut [u8]) -> Met {
    let Some(out) = out.get_mut(..text.len()) else {
        return Met::Special;
    };
    if text.len() >= WIDTH {
        return copy_long(text, out);
    }
    // Two copies that overlap in the middle need no loop.
    if let (Some(first), Some(last)) = (text.first_chunk::<8>(), text.last_chunk::<8>()) {
        if let Some(to) = out.first_chunk_mut() {
            *to = *first;
        }
        if let Some(to) = out.last_chunk_mut() {
            *to = *last;
        }
        let (first, last) = (u64::from_ne_bytes(*first), u64::from_ne_bytes(*last));
        return met(special(first) | special(last), wide(first) | wide(last));
    }
    if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        if let Some(to) = out.first_chunk_mut() {
            *to = *first;
        }
        if let Some(to) = out.last_chunk_mut() {
            *to = *last;
        }
        let both = u64::from(u32::from_ne_bytes(*first)) << 32 | u64::from(u32::from_ne_bytes(*last));
        return met(special(both), wide(both));
    }
    let (mut specials, mut wides) = (0, 0);
    for (&byte, to) in text.iter().zip(out) {
        *to = byte;
        let word = u64::from(byte) * ONES;
        specials |= special(word);
        wides |= wide(word);
    }
    met(specials, wides)
}

#[inline(always)]
fn met(special: u64, wide: u64) -> Met {
    if special != 0 {
        Met::Special
    } else if wide != 0 {
        Met::Wide
    } else {
        Met::Plain
    }
}

const ONES: u64 = 0x0101_0101_0101_0101;
const TOPS: u64 = 0x8080_8080_8080_8080;

/// Not zero when one of eight bytes is `byte`.
#[inline(always)]
const fn has(word: u64, byte: u8) -> u64 {
    let zero = word ^ (ONES * byte as u64);
    zero.wrapping_sub(ONES) & !zero & TOPS
}

/// Not zero when one of eight bytes is a quote or a control character of ASCII.
#[inline(always)]
const fn special(word: u64) -> u64 {
    let below_blank = word.wrapping_sub(ONES * 0x20) & !word & TOPS;
    below_blank | has(word, b'"') | has(word, 0x7f)
}

/// Not zero when one of eight bytes begins a character that may be refused: U+0080–U+00BF have `c2`,
/// U+2000–U+2FFF have `e2`.
#[inline(always)]
const fn wide(word: u64) -> u64 {
    has(word, 0xc2) | has(word, 0xe2)
}

/// As [`copy`], for at least [`WIDTH`] bytes.
#[inline(always)]
fn copy_long(text: &[u8], out: &mut [u8]) -> Met {
    let (mut specials, mut wides) = ([0_u8; WIDTH], [0_u8; WIDTH]);
    let mut look = |from: &[u8; WIDTH], to: &mut [u8; WIDTH]| {
        *to = *from;
        for ((&byte, special), wide) in from.iter().zip(&mut specials).zip(&mut wides) {
            *special |= u8::from(byte < 0x20) | u8::from(byte == b'"') | u8::from(byte == 0x7f);
            *wide |= u8::from(byte == 0xc2) | u8::from(byte == 0xe2);
        }
    };
    for (from, to) in text.chunks_exact(WIDTH).zip(out.chunks_exact_mut(WIDTH)) {
        if let (Some(from), Some(to)) = (from.first_chunk(), to.first_chunk_mut()) {
            look(from, to);
        }
    }
    // The last piece again, from the end.
    if let (Some(from), Some(to)) = (text.last_chunk(), out.last_chunk_mut()) {
        look(from, to);
    }
    met(
        u64::from(specials != [0; WIDTH]),
        u64::from(wides != [0; WIDTH]),
    )
}

/// Whether text that has no control characters of ASCII has a character beyond it that is refused:
/// U+0080–U+009F, U+2028, U+2029.
#[inline(never)]
pub(super) fn has_wide_refused(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some((one, here)) = bytes.split_first_chunk::<1>().map(|_| (bytes, &bytes[1..])) else {
        return false;
    };
    let mut found = false;
    for (&one, &here) in one.iter().zip(here) {
        found |= (one == 0xc2) & (here < 0xa0);
    }
    let third = bytes.get(2..).unwrap_or_default();
    for ((&two, &one), &here) in bytes.iter().zip(here).zip(third) {
        found |= (two == 0xe2) & (one == 0x80) & (here & 0xfe == 0xa8);
    }
    found
}

/// What a field may not hold, if the text has it: line breaks (also those of Unicode) and control
/// characters.
pub(crate) fn refused_character(text: &str) -> Option<Invalid> {
    let breaks = [
        '\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}',
    ];
    let found = text
        .chars()
        .find(|&c| c.is_control() || breaks.contains(&c))?;
    Some(if breaks.contains(&found) {
        Invalid::LineBreak
    } else {
        Invalid::ControlCharacter
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// By the definition.
    fn expected(text: &str) -> Met {
        if text.chars().any(|c| c == '"' || c.is_ascii_control()) {
            Met::Special
        } else if text.bytes().any(|byte| byte == 0xc2 || byte == 0xe2) {
            Met::Wide
        } else {
            Met::Plain
        }
    }

    fn check(text: &str) {
        let mut out = vec![b'x'; text.len() + 1];
        assert_eq!(copy(text.as_bytes(), &mut out), expected(text), "{text:?}");
        assert_eq!(&out[..text.len()], text.as_bytes());
        assert_eq!(out[text.len()], b'x');
        if expected(text) != Met::Special {
            let refused = refused_character(text).is_some();
            assert_eq!(has_wide_refused(text), refused, "{text:?}");
        }
    }

    #[test]
    fn every_character_is_seen_in_every_place() {
        let all = (0..0x100).chain([0x401, 0x2013, 0x2014, 0x2027, 0x2028, 0x2029, 0x202a, 0x2116]);
        for special in all.chain([0x20a8, 0x10a8, 0x1f600]).filter_map(char::from_u32) {
            for before in 0..40 {
                for after in [0, 1, 5, 17] {
                    check(&format!("{}{special}{}", "a".repeat(before), "b".repeat(after)));
                }
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_is_seen_and_copied(text in "[ -~а-яё\"«»—\u{80}-\u{a0}\u{2028}\t]{0,70}") {
            check(&text);
        }
    }
}
