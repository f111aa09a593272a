//! From and to the types of other crates, each behind the feature of its name.

#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "serde")]
mod serde;
#[cfg(feature = "uuid")]
mod uuid;
