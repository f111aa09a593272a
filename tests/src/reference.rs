//! The reference packages of `tests/packages/`: one for every code of the validator, each with the report
//! that is expected of it. What a vendor holds an own tool against.
//!
//! ```text
//! model/scenario* ─► Base ─► Draft (few tables, closed under references) ─► Case (one fault)
//!                                                                            ├─► package/, package.zip
//!                                                                            └─► expected.json, cases.json
//! ```

mod base;
mod cases;
mod disk;
mod draft;
mod index;
mod judge;

pub use base::Base;
pub use cases::{Case, EXCEPTIONS, all};
pub use disk::{Tree, read, write};
pub use draft::{Draft, File};
pub use index::tree;
pub use judge::{judge, options};

/// The moment at which all of them are judged: noon of the scenario's day, behind all times of its rows.
pub const MOMENT: &str = "2025-02-14T12:00:00";

/// Where they lie, from the root of the repository.
pub const FOLDER: &str = "tests/packages";

/// Pupils of the whole package: the fewest with which all rules of the model hold, as its scenario says.
pub const PUPILS: u64 = 60;
