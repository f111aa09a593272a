//! What the processor has, found out once for a whole loop over rows: whatever is inlined into the loop
//! is then compiled for it.
//!
//! ```text
//! run(work) ─► AVX2? ─► work.run(Avx2)       blocks of 32 bytes, shuffles
//!                └────► work.run(Portable)   blocks of 16 bytes or words of eight
//! ```

use super::class::{self, Class};
use super::{Plain, Span};

mod sealed {
    pub trait Sealed {}
}

/// Inner loops for one kind of processor. Outcomes never differ.
pub trait Processor: Copy + sealed::Sealed {
    /// As [`text_and_ascii`](super::text_and_ascii).
    fn text(self, bytes: &[u8], from: usize) -> (Span, Option<&str>);

    /// As [`uuid`](super::uuid).
    fn uuid(self, text: &[u8; 36]) -> Option<u128>;

    /// As [`plain`](super::plain).
    fn plain(self, bytes: &[u8]) -> Option<Plain<'_>>;

    /// Which bytes of a block are of a class, the first one the lowest bit.
    fn class(self, block: &[u8; 32], class: &Class) -> u32;
}

/// A loop. `run` is to be `#[inline(always)]`, as is what it calls for every row, or it is compiled for
/// any processor.
pub trait Work {
    /// What comes out.
    type Output;

    /// Does the work.
    fn run<P: Processor>(self, processor: P) -> Self::Output;
}

/// Does some work with all that the processor has.
#[inline]
pub fn run<W: Work>(work: W) -> W::Output {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2")
        && std::arch::is_x86_feature_detected!("bmi1")
        && std::arch::is_x86_feature_detected!("bmi2")
        && std::arch::is_x86_feature_detected!("lzcnt")
        && std::arch::is_x86_feature_detected!("popcnt")
    {
        // SAFETY: the processor has what the function asks for.
        return unsafe { run_avx2(work) };
    }
    work.run(Portable)
}

/// # Safety
/// The processor has AVX2, BMI1, BMI2, LZCNT and POPCNT.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
unsafe fn run_avx2<W: Work>(work: W) -> W::Output {
    work.run(Avx2(()))
}

/// Any processor.
#[derive(Debug, Clone, Copy)]
pub struct Portable;

impl sealed::Sealed for Portable {}

impl Processor for Portable {
    #[inline(always)]
    fn text(self, bytes: &[u8], from: usize) -> (Span, Option<&str>) {
        super::text_and_ascii(bytes, from)
    }

    #[inline(always)]
    fn uuid(self, text: &[u8; 36]) -> Option<u128> {
        super::uuid(text)
    }

    #[inline(always)]
    fn plain(self, bytes: &[u8]) -> Option<Plain<'_>> {
        super::plain(bytes)
    }

    #[inline(always)]
    fn class(self, block: &[u8; 32], class: &Class) -> u32 {
        class::mask(block, class)
    }
}

/// One with AVX2; only [`run`] makes it, where the processor has it.
#[cfg(target_arch = "x86_64")]
#[derive(Debug, Clone, Copy)]
struct Avx2(());

#[cfg(target_arch = "x86_64")]
impl sealed::Sealed for Avx2 {}

#[cfg(target_arch = "x86_64")]
impl Processor for Avx2 {
    #[inline(always)]
    fn text(self, bytes: &[u8], from: usize) -> (Span, Option<&str>) {
        // SAFETY: the processor has AVX2, or there were no `self`.
        let masks = |block: &[u8; 32]| unsafe { super::masks_32(block) };
        let span = super::text_blocks(bytes, from, super::Seen::default(), masks);
        (span, super::ascii(bytes, from, span))
    }

    #[inline(always)]
    fn uuid(self, text: &[u8; 36]) -> Option<u128> {
        // SAFETY: as above.
        unsafe { super::wide::uuid(text) }
    }

    #[inline(always)]
    fn plain(self, bytes: &[u8]) -> Option<Plain<'_>> {
        // SAFETY: as above.
        unsafe { super::utf8::plain_avx2(bytes) }
    }

    #[inline(always)]
    fn class(self, block: &[u8; 32], class: &Class) -> u32 {
        // SAFETY: as above.
        unsafe { super::wide::class(block, class) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All that a processor says of some bytes.
    struct All<'b> {
        bytes: &'b [u8],
        from: usize,
        class: &'b Class,
    }

    type Said<'b> = (
        Span,
        Option<&'b str>,
        Option<u128>,
        Option<Plain<'b>>,
        Option<u32>,
    );

    impl<'b> Work for All<'b> {
        type Output = Said<'b>;

        fn run<P: Processor>(self, processor: P) -> Said<'b> {
            let rest = self.bytes.get(self.from..).unwrap_or_default();
            let (span, ascii) = processor.text(self.bytes, self.from);
            (
                span,
                ascii,
                rest.first_chunk().and_then(|text| processor.uuid(text)),
                processor.plain(rest),
                rest.first_chunk()
                    .map(|block| processor.class(block, self.class)),
            )
        }
    }

    fn compare(bytes: &[u8], from: usize, class: &Class) -> Result<(), TestCaseError> {
        let all = || All { bytes, from, class };
        prop_assert_eq!(run(all()), all().run(Portable));
        Ok(())
    }

    proptest! {
        #[test]
        fn processors_agree(
            bytes in prop::collection::vec(any::<u8>(), 0..120),
            from in 0_usize..40,
            bits in any::<u128>(),
        ) {
            compare(&bytes, from, &Class::new(bits))?;
        }

        #[test]
        fn processors_agree_on_texts(text in "[а-яa-z\" №«…\u{a0}]{0,60}", from in 0_usize..9) {
            compare(text.as_bytes(), from, &Class::new(!0 << 32))?;
        }

        #[test]
        fn processors_agree_on_uuids(number in any::<u128>(), at in 0_usize..36, byte in any::<u8>()) {
            let hex = format!("{number:032x}");
            let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
            let mut text = parts.join("-").into_bytes();
            compare(&text, 0, &Class::new(0))?;
            text[at] = byte;
            compare(&text, 0, &Class::new(0))?;
        }
    }
}
