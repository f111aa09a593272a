//! 64 bytes at once, any number of them without a loop over the rest: for processors with AVX-512 VBMI
//! (Intel since Ice Lake, AMD since Zen 4), which is found out when the program runs. Elsewhere there
//! is no answer, and the caller goes on with blocks of sixteen.

#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn is_wide() -> bool {
    std::arch::is_x86_feature_detected!("avx512vbmi")
        && std::arch::is_x86_feature_detected!("avx512bw")
}

/// Copies `text` and a closing quote to the start of `out`. False where there is no room, or where
/// `text` has quotes or a character that no field may hold; what `out` has is worth nothing then.
/// None where the processor is not made for it.
#[inline(always)]
pub(crate) fn put_text(text: &str, out: &mut [u8]) -> Option<bool> {
    #[cfg(target_arch = "x86_64")]
    if is_wide() {
        // SAFETY: the processor has AVX-512 VBMI and BW.
        return Some(unsafe { avx512::put_text(text.as_bytes(), out) });
    }
    let _ = (text, out);
    None
}

/// Puts the 36 characters of a UUID; false where the processor is not made for it.
#[inline(always)]
pub(crate) fn put_uuid(bytes: &[u8; 16], out: &mut [u8; 36]) -> bool {
    #[cfg(target_arch = "x86_64")]
    if is_wide() {
        // SAFETY: the processor has AVX-512 VBMI and BW.
        unsafe { avx512::put_uuid(bytes, out) };
        return true;
    }
    let _ = (bytes, out);
    false
}

/// Whether the whole of `text` is runs of bytes of sets, each as long as it can be: a set says of each
/// byte whether it has it, and the numbers behind it are the fewest and the most bytes of the run. No
/// set has bytes of 0x80 and more. None where the processor is not made for it, or where there are
/// several runs and more than 64 bytes.
#[inline(always)]
pub(crate) fn is_of_runs<'r>(
    runs: impl ExactSizeIterator<Item = (&'r [bool; 256], u32, u32)>,
    text: &[u8],
) -> Option<bool> {
    #[cfg(target_arch = "x86_64")]
    if (text.len() <= 64 || runs.len() == 1) && is_wide() {
        // SAFETY: the processor has AVX-512 VBMI and BW.
        return Some(unsafe { avx512::is_of_runs(runs, text) });
    }
    let _ = (runs, text);
    None
}

#[cfg(target_arch = "x86_64")]
mod avx512 {
    use std::arch::x86_64::*;

    /// A bit for each of the first `count` bytes of a block.
    #[inline(always)]
    fn first(count: usize) -> u64 {
        if count < 64 { (1 << count) - 1 } else { !0 }
    }

    /// Some 1.3 times as fast as by blocks of sixteen on keys, twice on sentences.
    #[target_feature(enable = "avx512vbmi,avx512bw")]
    pub(super) fn put_text(text: &[u8], out: &mut [u8]) -> bool {
        let Some(last) = out.get_mut(text.len()) else {
            return false;
        };
        *last = b'"';
        let same = |lanes, block, byte| {
            _mm512_mask_cmpeq_epu8_mask(lanes, block, _mm512_set1_epi8(byte as i8))
        };
        let at_most = |lanes, block, byte| {
            _mm512_mask_cmple_epu8_mask(lanes, block, _mm512_set1_epi8(byte as i8))
        };
        let mut at = 0;
        while at < text.len() {
            let (lanes, block) = load(text, at);
            let special =
                at_most(lanes, block, 0x1f) | same(lanes, block, 0x7f) | same(lanes, block, b'"');
            if special != 0 {
                return false;
            }
            // U+0080–U+009F, U+2028 and U+2029: first bytes `c2`, `e2`.
            let two = same(lanes, block, 0xc2);
            let three = same(lanes, block, 0xe2);
            if two | three != 0 {
                let (lanes, next) = load(text, at + 1);
                let (third_lanes, third) = load(text, at + 2);
                let third = same(third_lanes, third, 0xa8) | same(third_lanes, third, 0xa9);
                let refused =
                    two & at_most(lanes, next, 0x9f) | three & same(lanes, next, 0x80) & third;
                if refused != 0 {
                    return false;
                }
            }
            // SAFETY: no byte is written but those of the lanes, from `at` on; they end before
            // `text.len()`, which is a place in `out`, as was asked above.
            unsafe { _mm512_mask_storeu_epi8(out.as_mut_ptr().add(at).cast(), lanes, block) };
            at += 64;
        }
        true
    }

    /// Up to 64 bytes from `at` on, and a bit for each.
    #[inline]
    #[target_feature(enable = "avx512vbmi,avx512bw")]
    fn load(text: &[u8], at: usize) -> (u64, __m512i) {
        let lanes = first(text.len().saturating_sub(at));
        // SAFETY: no byte is read but those of the lanes, which are in `text`; for the others the
        // pointer need not be valid, and `wrapping_add` lets it be anywhere.
        let block =
            unsafe { _mm512_maskz_loadu_epi8(lanes, text.as_ptr().wrapping_add(at).cast()) };
        (lanes, block)
    }

    /// Which of the bytes of a block are in the set.
    #[inline]
    #[target_feature(enable = "avx512vbmi,avx512bw")]
    fn members(set: &[bool; 256], (lanes, block): (u64, __m512i)) -> u64 {
        let set: *const __m512i = set.as_ptr().cast();
        // SAFETY: the first 128 of 256 readable bytes; no alignment is asked for.
        let (low, high) = unsafe { (_mm512_loadu_si512(set), _mm512_loadu_si512(set.add(1))) };
        // The highest bit of a byte is not looked at when it is an index.
        let found = _mm512_permutex2var_epi8(low, block, high);
        _mm512_test_epi8_mask(found, found) & lanes & !_mm512_movepi8_mask(block)
    }

    /// See above.
    #[target_feature(enable = "avx512vbmi,avx512bw")]
    pub(super) fn is_of_runs<'r>(
        runs: impl ExactSizeIterator<Item = (&'r [bool; 256], u32, u32)>,
        text: &[u8],
    ) -> bool {
        let block = load(text, 0);
        let mut at = 0;
        for (set, min, max) in runs {
            let found = members(set, block).checked_shr(at as u32).unwrap_or(0);
            let mut count = found.trailing_ones() as usize;
            // More than a block has one run alone.
            while count > 0 && count.is_multiple_of(64) && count < text.len() {
                let more = members(set, load(text, count)).trailing_ones() as usize;
                count += more;
                if more < 64 {
                    break;
                }
            }
            let count = count.min(max as usize);
            if count < min as usize {
                return false;
            }
            at += count;
        }
        at == text.len()
    }

    /// From which digit each character comes; 32 is the hyphen.
    const PLACES: [u8; 64] = {
        let mut places = [32; 64];
        let (mut at, mut digit) = (0, 0);
        while at < 36 {
            if !matches!(at, 8 | 13 | 18 | 23) {
                places[at] = digit;
                digit += 1;
            }
            at += 1;
        }
        places
    };

    /// A dozen instructions instead of some forty.
    #[target_feature(enable = "avx512vbmi,avx512bw")]
    pub(super) fn put_uuid(bytes: &[u8; 16], out: &mut [u8; 36]) {
        // SAFETY: sixteen readable bytes, and 64; no alignment is asked for.
        let (bytes, places) = unsafe {
            (
                _mm_loadu_si128(bytes.as_ptr().cast()),
                _mm512_loadu_si512(PLACES.as_ptr().cast()),
            )
        };
        // The high half of each byte in the low byte of sixteen bits, the low half in the high one.
        let wide = _mm256_cvtepu8_epi16(bytes);
        let halves = _mm256_or_si256(_mm256_srli_epi16::<4>(wide), _mm256_slli_epi16::<8>(wide));
        let halves = _mm256_and_si256(halves, _mm256_set1_epi8(15));
        // SAFETY: sixteen readable bytes.
        let digits = unsafe { _mm_loadu_si128(b"0123456789abcdef".as_ptr().cast()) };
        let digits = _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(digits), halves);
        let hyphens = _mm512_set1_epi8(b'-' as i8);
        let both = _mm512_inserti64x4::<0>(hyphens, digits);
        let text = _mm512_permutexvar_epi8(places, both);
        // SAFETY: the 36 bytes of `out` alone are written.
        unsafe { _mm512_mask_storeu_epi8(out.as_mut_ptr().cast(), first(36), text) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn uuids_are_the_same(bytes: [u8; 16]) {
            let mut text = [b'x'; 36];
            if super::put_uuid(&bytes, &mut text) {
                let number = u128::from_be_bytes(bytes);
                let digits = format!("{number:032x}");
                let parts = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
                let expected = parts.join("-");
                prop_assert_eq!(&text[..], expected.as_bytes());
            }
        }
    }
}
