//! The whole compiler in two functions.

use crate::artifacts::Artifacts;
use crate::diagnostic::Report;
use crate::model::Model;
use crate::resolve;
use crate::source::SourceSet;
use crate::target::Target;

/// Files to model: every error of every file goes to `report`; a model comes out when none is left.
pub fn compile(sources: &SourceSet, report: &mut Report) -> Option<Model> {
    let model = resolve::resolve(sources, report);
    model.filter(|_| !report.has_errors())
}

/// Model to files: every target says what it cannot express before any of them writes.
pub fn generate(model: &Model, targets: &[&dyn Target], report: &mut Report) -> Option<Artifacts> {
    for target in targets {
        target.check(model, report);
    }
    if report.has_errors() {
        return None;
    }
    let mut artifacts = Artifacts::new();
    for target in targets {
        target.emit(model, &mut artifacts);
    }
    Some(artifacts)
}
