//! End-to-end tests live in `tests/`; this library holds what they share.

#![forbid(unsafe_code)]

pub mod cells;
pub mod json;
pub mod model;
pub mod mutation;
#[cfg(feature = "external")]
pub mod node;
#[cfg(feature = "external")]
pub mod postgres;
pub mod random;
pub mod reason;
pub mod reference;
pub mod rules;
pub mod sampled;
#[cfg(feature = "external")]
pub mod sql;
pub mod synthetic;
pub mod values;
pub mod xml;
