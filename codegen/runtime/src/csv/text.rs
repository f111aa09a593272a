//! Text on its way into a field: copied and looked at in one pass, many bytes at a time. Text that is
//! plain, nearly all of it, is done then; a quote or a character beyond ASCII that may break lines is
//! looked at again.

use crate::Invalid;
use crate::simd::Block;

/// What [`put`] gives back for text that was not put.
pub(super) const REFUSED: usize = usize::MAX;

/// Puts text and the closing quote to the start of `out`, quotes inside doubled, and says how many
/// bytes that took; [`REFUSED`] when there is no room or when the text holds a character that the
/// format refuses.
#[inline(never)]
pub(super) fn put(text: &str, out: &mut [u8]) -> usize {
    let Some([inside @ .., last]) = out.get_mut(..text.len() + 1) else {
        return REFUSED;
    };
    *last = b'"';
    match copy(text.as_bytes(), inside) {
        Met::Plain => text.len() + 1,
        Met::Wide if !has_wide_refused(text) => text.len() + 1,
        _ => put_closely(text, out),
    }
}

/// As [`put`], for text that has quotes or is refused.
#[cold]
#[inline(never)]
fn put_closely(text: &str, out: &mut [u8]) -> usize {
    let Some(out) = out.get_mut(..2 * text.len() + 1) else {
        return REFUSED;
    };
    if refused(text).is_some() {
        return REFUSED;
    }
    let (mut rest, mut filled) = (text.as_bytes(), 0);
    while let Some(quote) = memchr::memchr(b'"', rest) {
        let (head, tail) = rest.split_at(quote + 1);
        out[filled..][..head.len()].copy_from_slice(head);
        filled += head.len() + 1;
        out[filled - 1] = b'"';
        rest = tail;
    }
    out[filled..][..rest.len()].copy_from_slice(rest);
    filled += rest.len();
    out[filled] = b'"';
    filled + 1
}

/// What a pass over text has met.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Met {
    /// Nothing that needs a second look.
    Plain,
    /// A quote or a control character; the copy is worth nothing.
    Special,
    /// No quote, but a first byte of a character beyond ASCII that may break lines or control.
    Wide,
}

/// Copies `text` to the start of `out`, which has room for it, and says what was met.
#[inline(always)]
fn copy(text: &[u8], out: &mut [u8]) -> Met {
    let Some(out) = out.get_mut(..text.len()) else {
        return Met::Special;
    };
    let mut seen = Seen::default();
    if let (Some(last), Some(last_out)) = (text.last_chunk::<16>(), out.last_chunk_mut()) {
        // The last block overlaps the one before it; it is put first and partly put again.
        let last = Block::load(last);
        last.store(last_out);
        seen.look(last);
        for (from, to) in text.chunks_exact(16).zip(out.chunks_exact_mut(16)) {
            if let (Some(from), Some(to)) = (from.first_chunk(), to.first_chunk_mut()) {
                let block = Block::load(from);
                block.store(to);
                seen.look(block);
            }
            // To stop here also keeps the compiler from copying first and looking later.
            if seen.special.mask() != 0 {
                return Met::Special;
            }
        }
        return seen.met();
    }
    // Two copies that overlap in the middle need no loop.
    if let (Some(first), Some(last)) = (text.first_chunk::<8>(), text.last_chunk::<8>()) {
        if let Some(to) = out.first_chunk_mut() {
            *to = *first;
        }
        if let Some(to) = out.last_chunk_mut() {
            *to = *last;
        }
        seen.look(Block::of(*first, *last));
        return seen.met();
    }
    let word = if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
        if let Some(to) = out.first_chunk_mut() {
            *to = *first;
        }
        if let Some(to) = out.last_chunk_mut() {
            *to = *last;
        }
        u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))
    } else if let ([first, ..], [.., last]) = (text, text) {
        // One to three bytes: the first, the last, and one that is the middle one of three.
        let middle = text.len() / 2;
        let between = text.get(middle).unwrap_or(first);
        if let Some(to) = out.get_mut(middle) {
            *to = *between;
        }
        if let Some(to) = out.last_mut() {
            *to = *last;
        }
        if let Some(to) = out.first_mut() {
            *to = *first;
        }
        (ONES * u64::from(*first)) & 0xff_ffff_ffff
            | u64::from(*between) << 40
            | u64::from(*last) << 48
            | 0x20 << 56
    } else {
        return Met::Plain;
    };
    let bytes = word.to_le_bytes();
    seen.look(Block::of(bytes, bytes));
    seen.met()
}

const ONES: u64 = 0x0101_0101_0101_0101;

/// What blocks of text have had.
struct Seen {
    special: Block,
    wide: Block,
}

impl Default for Seen {
    #[inline(always)]
    fn default() -> Self {
        Seen {
            special: Block::splat(0),
            wide: Block::splat(0),
        }
    }
}

impl Seen {
    #[inline(always)]
    fn look(&mut self, block: Block) {
        let control = block.at_most(Block::splat(0x1f));
        let delete = block.same(Block::splat(0x7f));
        let quote = block.same(Block::splat(b'"'));
        self.special = self.special.or(control).or(delete).or(quote);
        // U+0080–U+00BF begin with `c2`, U+2000–U+2FFF with `e2`.
        let two = block.same(Block::splat(0xc2));
        let three = block.same(Block::splat(0xe2));
        self.wide = self.wide.or(two).or(three);
    }

    #[inline(always)]
    fn met(self) -> Met {
        if self.special.mask() != 0 {
            Met::Special
        } else if self.wide.mask() != 0 {
            Met::Wide
        } else {
            Met::Plain
        }
    }
}

/// Whether text has a character beyond ASCII that is refused: U+0080–U+009F, U+2028, U+2029.
#[inline(never)]
pub(super) fn has_wide_refused(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut found = Block::splat(0);
    let mut look = |eighteen: &[u8; 18]| {
        let [here @ .., _, _] = eighteen;
        let [_, next @ .., _] = eighteen;
        let [_, _, third @ ..] = eighteen;
        let (here, next) = (Block::load(here), Block::load(next));
        let two = here
            .same(Block::splat(0xc2))
            .and(next.at_most(Block::splat(0x9f)));
        let three = here
            .same(Block::splat(0xe2))
            .and(next.same(Block::splat(0x80)));
        let third = Block::load(third).or(Block::splat(1));
        let three = three.and(third.same(Block::splat(0xa9)));
        found = found.or(two).or(three);
    };
    if let Some(last) = bytes.last_chunk() {
        look(last);
        let mut rest = bytes;
        while let Some(next) = rest.first_chunk() {
            look(next);
            rest = rest.get(16..).unwrap_or_default();
        }
    } else {
        let mut few = [b' '; 18];
        for (to, from) in few.iter_mut().zip(bytes) {
            *to = *from;
        }
        look(&few);
    }
    // A character of two bytes at the very end begins behind the last sixteen.
    let at_the_end = matches!(bytes, [.., 0xc2, 0x80..=0x9f]);
    found.mask() != 0 || at_the_end
}

/// As [`refused_character`], sooner done with text that has nothing of the kind.
pub(super) fn refused(text: &str) -> Option<Invalid> {
    let control = |found, &byte: &u8| found | (byte < 0x20) | (byte == 0x7f);
    if text.as_bytes().iter().fold(false, control) || has_wide_refused(text) {
        return refused_character(text);
    }
    None
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
        assert!(expected(text) == Met::Special || out[..text.len()] == *text.as_bytes());
        assert_eq!(out[text.len()], b'x');
        assert_eq!(refused(text), refused_character(text), "{text:?}");
        let escaped = text.replace('"', "\"\"") + "\"";
        let mut out = vec![b'x'; 2 * text.len() + 2];
        {
            out.fill(b'x');
            match put(text, &mut out) {
                REFUSED => assert!(refused_character(text).is_some(), "{text:?}"),
                length => {
                    assert!(refused_character(text).is_none(), "{text:?}");
                    assert_eq!(out[..length], *escaped.as_bytes());
                    assert!(out[length..].iter().all(|&byte| byte == b'x'));
                }
            }
            assert_eq!(put(text, &mut out[..text.len()]), REFUSED);
        }
        if expected(text) != Met::Special {
            let refused = refused_character(text).is_some();
            assert_eq!(has_wide_refused(text), refused, "{text:?}");
        }
    }

    #[test]
    fn every_character_is_seen_in_every_place() {
        let all = (0..0x100).chain([
            0x401, 0x2013, 0x2014, 0x2027, 0x2028, 0x2029, 0x202a, 0x2116,
        ]);
        for special in all
            .chain([0x20a8, 0x10a8, 0x1f600])
            .filter_map(char::from_u32)
        {
            for before in 0..40 {
                for after in [0, 1, 5, 17] {
                    check(&format!(
                        "{}{special}{}",
                        "a".repeat(before),
                        "b".repeat(after)
                    ));
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
