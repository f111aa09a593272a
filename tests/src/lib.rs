//! End-to-end tests live in `tests/`; this library holds what they share.

#![forbid(unsafe_code)]

pub mod cells;
pub mod model;
#[cfg(feature = "external")]
pub mod postgres;
pub mod random;
#[cfg(feature = "external")]
pub mod sql;
pub mod synthetic;
pub mod values;
