//! SHA-256 of a file while it is written, where the feature `manifest` is on.

#[cfg(feature = "manifest")]
pub(super) use hashed::Digest;
#[cfg(not(feature = "manifest"))]
pub(super) use none::Digest;

#[cfg(feature = "manifest")]
mod hashed {
    use sha2::Digest as _;

    /// Bytes in, hexadecimal digits out; nothing of both when nobody wants them.
    pub(in super::super) struct Digest(Option<sha2::Sha256>);

    impl Digest {
        pub(in super::super) fn new(wanted: bool) -> Self {
            Digest(wanted.then(sha2::Sha256::new))
        }

        pub(in super::super) fn update(&mut self, bytes: &[u8]) {
            if let Some(hasher) = &mut self.0 {
                hasher.update(bytes);
            }
        }

        pub(in super::super) fn hex(self) -> Option<String> {
            let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
            let hash = self.0?.finalize();
            let digits = hash
                .iter()
                .flat_map(|&byte| [digit(byte >> 4), digit(byte & 15)]);
            Some(digits.collect())
        }
    }
}

#[cfg(not(feature = "manifest"))]
mod none {
    /// No hash without the feature.
    pub(in super::super) struct Digest;

    impl Digest {
        pub(in super::super) fn new(_wanted: bool) -> Self {
            Digest
        }

        pub(in super::super) fn update(&mut self, _bytes: &[u8]) {}

        pub(in super::super) fn hex(self) -> Option<String> {
            None
        }
    }
}
