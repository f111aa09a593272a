//! Packages of CSV files: checked against a model, mended, compared. Driven by the model at run time, so
//! that nobody needs a compiler to check what they are about to upload.
//!
//! ```text
//! folder, zip ─► inventory ─► diagnosis ─► chunks ─► scan ─┬─► keys ──┬─► tally ─► report
//!                (files and   (encoding,   (cut at   (rows, ├─► rules ─┤  (groups,  (text, JSON,
//!                 tables)      header…)     line      cells) │  (joins) │   samples)  SARIF, CSV,
//!                                           feeds)           └──────────┘             HTML)
//! ```
//!
//! Memory is bounded by one [`Budget`] for all parts, whatever the size of the package: what outgrows it
//! is kept in partitions on disk.

#![forbid(unsafe_code)]

mod budget;
mod cell;
mod chunk;
pub mod code;
mod consumer;
pub mod delta;
pub mod diagnose;
mod error;
mod files;
pub mod fix;
#[cfg(test)]
mod fixture;
mod group;
pub mod inventory;
pub mod keys;
mod look_alike;
#[cfg(test)]
mod notes;
mod options;
pub mod read;
pub mod store;
mod unchecked;

pub use budget::{Budget, Reserved};
pub use cell::Cell;
pub use chunk::{Chunk, RowId};
pub use code::{Area, Code, Facts};
pub use consumer::{Consumer, RowWorker};
pub use error::Error;
pub use files::aside::OutError;
pub use group::{Group, GroupKey, Sample, Tally};
pub use options::{Options, Strictness};
pub use unchecked::{Cause, Subject, Unchecked};
