//! Files to model, as every verb that needs a model does it.

use std::path::Path;

use vitrina_codegen::diagnostic::Report;
use vitrina_codegen::model::Model;
use vitrina_codegen::pipeline;
use vitrina_codegen::source::{SourceSet, files};
use vitrina_codegen::target::{TARGETS, Target};

use crate::exit::{Exit, Failure};
use crate::timings::Timings;

/// A model's files, what was found in them, and the model if there is one.
pub(super) struct Loaded {
    pub(super) sources: SourceSet,
    pub(super) report: Report,
    pub(super) model: Option<Model>,
}

pub(super) fn load(folder: &Path, timings: &Timings) -> Result<Loaded, Failure> {
    let mut report = Report::new();
    let sources = timings
        .phase("load", || files::load(folder, &mut report))
        .map_err(|error| Failure {
            exit: Exit::Io,
            message: error.message(),
            help: Some(error.help()),
        })?;
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
