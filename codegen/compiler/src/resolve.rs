//! Declarations to model: names, types, keys, expressions. One pass per file below.

pub mod expr;
pub mod pattern;
pub mod value;

use crate::diagnostic::Report;
use crate::model::Model;
use crate::source::SourceSet;

/// Reads all files of a model and resolves them. `None` when errors leave nothing to build.
pub fn resolve(_sources: &SourceSet, _report: &mut Report) -> Option<Model> {
    None
}
