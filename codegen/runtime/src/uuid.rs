//! UUIDs as text with hyphens: 8-4-4-4-12 hexadecimal digits (RFC 9562).

use std::fmt;
use std::str::FromStr;

use crate::{Invalid, simd};

/// A UUID of any version: 16 bytes, the most significant first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uuid([u8; 16]);

impl Uuid {
    /// The UUID of 16 bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Uuid {
        Uuid(bytes)
    }

    /// Its 16 bytes.
    pub const fn to_bytes(self) -> [u8; 16] {
        self.0
    }

    /// Appends the 36 characters of the text, in lower case.
    #[inline]
    pub fn write(self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.text());
    }

    /// Reads 36 characters with hyphens, in either case.
    #[inline(always)]
    pub(crate) fn read(text: &[u8; 36]) -> Option<Uuid> {
        if [text[8], text[13], text[18], text[23]] != [b'-'; 4] {
            return None;
        }
        let [
            a0,
            a1,
            a2,
            a3,
            a4,
            a5,
            a6,
            a7,
            _,
            b0,
            b1,
            b2,
            b3,
            _,
            b4,
            b5,
            b6,
            b7,
            _,
            c0,
            c1,
            c2,
            c3,
            _,
            c4,
            c5,
            c6,
            c7,
            d0,
            d1,
            d2,
            d3,
            d4,
            d5,
            d6,
            d7,
        ] = *text;
        let digits = [
            [a0, a1, a2, a3, a4, a5, a6, a7],
            [b0, b1, b2, b3, b4, b5, b6, b7],
            [c0, c1, c2, c3, c4, c5, c6, c7],
            [d0, d1, d2, d3, d4, d5, d6, d7],
        ];
        simd::unhex(digits).map(Uuid)
    }

    fn text(self) -> [u8; 36] {
        let mut text = [0; 36];
        self.fill(&mut text);
        text
    }

    /// Puts the 36 characters of the text, in lower case.
    #[inline(always)]
    pub(crate) fn fill(self, out: &mut [u8; 36]) {
        let digits = simd::hex(&self.0);
        let (first, rest) = out.split_at_mut(9);
        first[..8].copy_from_slice(&digits[..8]);
        rest[..4].copy_from_slice(&digits[8..12]);
        rest[5..9].copy_from_slice(&digits[12..16]);
        rest[10..14].copy_from_slice(&digits[16..20]);
        rest[15..].copy_from_slice(&digits[20..]);
        (first[8], rest[4], rest[9], rest[14]) = (b'-', b'-', b'-', b'-');
    }
}

/// Reads 36 characters with hyphens, in either case, and nothing else.
impl FromStr for Uuid {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Uuid, Invalid> {
        let text = text.as_bytes().try_into();
        text.ok().and_then(Uuid::read).ok_or(Invalid::UuidForm)
    }
}

/// Writes 36 characters in lower case.
impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(std::str::from_utf8(&self.text()).unwrap_or_default())
    }
}

impl fmt::Debug for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_either_case_and_writes_lower() {
        let id: Uuid = "F81D4FAE-7dec-11d0-A765-00a0c91e6bf6".parse().unwrap();
        assert_eq!(id.to_string(), "f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
        assert_eq!(id.to_bytes()[..4], [0xf8, 0x1d, 0x4f, 0xae]);
    }

    #[test]
    fn reads_no_other_form() {
        for text in [
            "",
            "f81d4fae7dec11d0a76500a0c91e6bf6",
            "{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}",
            "f81d4fae-7dec-11d0-a765-00a0c91e6bf",
            "f81d4fae-7dec-11d0-a765-00a0c91e6bfg",
            "f81d4fae-7dec-11d0-a765_00a0c91e6bf6",
            "f81d4fa-e7dec-11d0-a765-00a0c91e6bf6",
        ] {
            assert_eq!(text.parse::<Uuid>(), Err(Invalid::UuidForm), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn text_comes_back(bytes: [u8; 16]) {
            let id = Uuid::from_bytes(bytes);
            let mut out = Vec::new();
            id.write(&mut out);
            prop_assert_eq!(out, id.to_string().into_bytes());
            prop_assert_eq!(id.to_string().parse(), Ok(id));
            prop_assert_eq!(id.to_string().to_uppercase().parse(), Ok(id));
        }
    }
}
