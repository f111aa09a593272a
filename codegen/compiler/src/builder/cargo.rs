//! What a build script tells cargo.

use std::path::Path;

use crate::source::SourceSet;

/// Asks to be run again when a file or folder of the model changes; a folder changes when something
/// in it appears or goes. The package's root is never named: everything would count.
pub(super) fn watch(model: &Path, sources: Option<&SourceSet>) {
    for path in watched(model, sources) {
        println!("cargo::rerun-if-changed={path}");
    }
}

/// What was read; the model's folder when nothing was.
pub(super) fn watched(model: &Path, sources: Option<&SourceSet>) -> Vec<String> {
    let read = sources.map(SourceSet::watched).unwrap_or_default();
    let folder = Some(model.to_owned()).filter(|_| read.is_empty());
    read.into_iter()
        .chain(folder)
        .map(|path| path.display().to_string())
        // A line end in a name would be another instruction.
        .filter(|path| !path.contains(['\n', '\r']))
        .collect()
}
