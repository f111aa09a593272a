//! Seeded mutations of valid packages, and what a validator must find of them. The truth is told without
//! the validator: by what was changed, and by the in-memory reference (`quality::csv`, `eval::verdict`,
//! `quality::judge`) for all that follows from it elsewhere.
//!
//! ```text
//! Base (valid rows) ─► change (field, row, file, package) ─► Changed ─┬─► folder ─► validator ─► Findings
//!                        └─ Claims: code, file, line, column          └─► truth (reference) ───► Findings
//! ```
//!
//! Claims must be among the truth's findings, and the validator's findings must be those of the truth, not
//! one more. Several changes share a package, each in a table of its own.

pub mod base;
mod changed;
mod choose;
mod claim;
mod field;
mod file;
mod finding;
mod keys;
mod lines;
mod looks;
mod names;
mod row;
mod rows;
mod run;
mod shape;
mod truth;

pub use base::Base;
pub use changed::{Changed, Layout, ManifestChange, TableFile};
pub use choose::change;
pub use claim::{Claim, Mutation};
pub use finding::{Findings, Kind, Place, differ};
pub use rows::{ChangedRow, rows};
pub use run::{Outcome, run};
pub use truth::truth;
