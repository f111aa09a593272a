//! Files to model, as every verb that needs a model does it.

use std::path::Path;

use vitrina_codegen::diagnostic::Report;
use vitrina_codegen::model::Model;
use vitrina_codegen::pipeline;
use vitrina_codegen::source::{SourceSet, disk};
use vitrina_codegen::target::{TARGETS, Target};
use vitrina_codegen::text;

use crate::exit::Failure;
use crate::timings::Timings;

/// A model's files, what was found in them, and the model if there is one.
pub(super) struct Loaded {
    pub(super) sources: SourceSet,
    pub(super) report: Report,
    pub(super) model: Option<Model>,
}

pub(super) fn load(folder: &Path, timings: &Timings) -> Result<Loaded, Failure> {
    let mut report = Report::new();
    let sources = timings.phase("load", || read(folder))?;
    let model = timings.phase("parse and resolve", || {
        pipeline::compile(&sources, &mut report)
    });
    Ok(Loaded {
        sources,
        report,
        model,
    })
}

/// The targets of the given ids in the registry's order; all when none is given.
pub(super) fn targets(ids: &[String]) -> Vec<&'static dyn Target> {
    let chosen = |target: &&dyn Target| ids.is_empty() || ids.iter().any(|id| id == target.id());
    TARGETS.iter().copied().filter(chosen).collect()
}

fn read(folder: &Path) -> Result<SourceSet, Failure> {
    disk::load(folder).map_err(|(path, error)| {
        let path = path.display();
        Failure::io(text!("`{path}`: {error}", "`{path}`: {error}"))
    })
}
