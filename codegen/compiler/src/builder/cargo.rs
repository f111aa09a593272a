//! What a build script tells cargo.

use std::fs;
use std::path::Path;

/// Asks to be run again when a file or folder of the model changes; a folder changes when something
/// in it appears or goes. The package's root is never named: everything would count.
pub(super) fn watch(model: &Path) {
    for path in watched(model) {
        println!("cargo::rerun-if-changed={path}");
    }
}

/// The folder, the folders and the files below, ordered. Hidden ones are no part of a model.
pub(super) fn watched(model: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![model.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                _ => found.push(entry.path().display().to_string()),
            }
        }
        found.push(folder.display().to_string());
    }
    found.sort();
    // A line end in a name would be another instruction.
    found.retain(|path| !path.contains('\n'));
    found
}
