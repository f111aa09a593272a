//! Files to model, as every verb that needs a model does it.

use std::path::Path;

use vitrina_codegen::diagnostic::Report;
use vitrina_codegen::model::Model;
use vitrina_codegen::pipeline;
use vitrina_codegen::source::{SourceFile, SourceSet};
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
    let failed = |path: &Path, error: std::io::Error| {
        let path = path.display();
        Failure::io(text!("`{path}`: {error}", "`{path}`: {error}"))
    };
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in std::fs::read_dir(&at).map_err(|error| failed(&at, error))? {
            let path = entry.map_err(|error| failed(&at, error))?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let Ok(inside) = path.strip_prefix(folder) else {
                continue;
            };
            let inside = inside.to_string_lossy().replace('\\', "/");
            let text = std::fs::read_to_string(&path).map_err(|error| failed(&path, error))?;
            files.push(SourceFile { path: inside, text });
        }
    }
    Ok(SourceSet::new(folder.to_string_lossy(), files))
}
