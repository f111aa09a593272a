//! What people and machines read: everything that a run found out about a package, as plain data, and its
//! forms.
//!
//! ```text
//! Evidence (tally, unchecked, figures, ┐
//!           files, where rows lie)     ├─ build ─► Report ─┬─► text, JSON, SARIF, CSV, HTML, GitHub
//! Model ───────────────────────────────┘  (attribution,    │
//!                                          masks, samples) └─► compare with an earlier report's JSON
//! ```
//!
//! A report holds no clock, no path of the machine and no duration: the same package, model and options
//! give the same bytes. Values of personal columns are masked before they get into it, so that no form
//! can let them out.

pub mod baseline;
mod build;
pub mod csv;
mod data;
mod evidence;
mod fields;
pub mod github;
pub mod html;
pub mod json;
mod mask;
pub mod opened;
mod outcome;
mod page;
mod pick;
mod places;
#[cfg(test)]
mod sample;
pub mod sarif;
mod select;
pub mod text;
mod unchecked;
mod words;

pub use baseline::{Baseline, Comparison, Gone, Status};
pub use build::{Limits, build};
pub use data::{
    CheckRun, ColumnName, Finding, IndicatorLine, ManifestLine, Omitted, PackageLine, Report,
    Sample, Severities, Skipped, SkippedPart, TableLine, ValueShown,
};
pub use evidence::{
    Cure, Evidence, FileFacts, Locate, Located, ManifestFacts, Mode, NoCure, PackageFacts,
    PackageKind, Ran, RanCheck, TableFacts,
};
pub use outcome::of_outcome;
