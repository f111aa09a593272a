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

pub mod attribution;
mod budget;
mod cell;
mod chunk;
pub mod code;
mod column;
mod consumer;
pub mod delta;
pub mod diagnose;
mod error;
pub mod explain;
mod files;
pub mod fix;
#[cfg(test)]
mod fixture;
mod group;
pub mod inventory;
pub mod keys;
mod look_alike;
pub mod marks;
#[cfg(test)]
mod notes;
mod options;
pub mod program;
pub mod read;
pub mod report;
mod rules;
mod scan;
pub mod store;
#[cfg(test)]
mod testing;
mod unchecked;
pub mod validate;

pub use attribution::{Attributed, Attribution};
pub use budget::{Budget, Reserved};
pub use cell::Cell;
pub use chunk::{Chunk, RowId};
pub use code::{Area, Code, Facts};
pub use consumer::{Consumer, RowWorker};
pub use error::Error;
pub use files::aside::OutError;
pub use group::{Group, GroupKey, Sample, Tally};
pub use marks::{FaultyRows, Marks, Metrics, Shares};
pub use options::{Options, Strictness};
pub use program::Program;
pub use rules::{Judged, RowMarks, RuleOutcome, Rules, TableState, Tables};
pub use unchecked::{Cause, Subject, Unchecked};
pub use validate::{Outcome, Progress, Stage, TableOutcome, validate};
