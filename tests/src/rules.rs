//! Quality rules by example: rows that keep an assertion and rows that break it.
//!
//! ```text
//! fixtures/rules/*.yaml ─► fixture (cases, held against the model)
//!                             ├─► memory      what the evaluation in memory finds
//!                             ├─► database    what the queries of the target `quality` find
//!                             └─► constraint  what the tables of the target `ddl` refuse
//! ```
//!
//! A fixture says which rows are broken; memory and database must find exactly these.

#[cfg(feature = "external")]
pub mod constraint;
#[cfg(feature = "external")]
pub mod database;
pub mod fixture;
pub mod memory;
