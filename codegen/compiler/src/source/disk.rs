//! Reads a model's folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{SourceFile, SourceSet};

/// Every file below `folder`, hidden ones left out. The error names the file that cannot be read.
pub fn load(folder: &Path) -> Result<SourceSet, (PathBuf, io::Error)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(&at).map_err(|error| (at.clone(), error))? {
            let path = entry.map_err(|error| (at.clone(), error))?.path();
            let hidden = path
                .file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with('.'));
            match path.strip_prefix(folder) {
                _ if hidden => {}
                _ if path.is_dir() => folders.push(path),
                Ok(inside) => {
                    let inside = inside.to_string_lossy().replace('\\', "/");
                    let text = fs::read_to_string(&path).map_err(|error| (path.clone(), error))?;
                    files.push(SourceFile { path: inside, text });
                }
                Err(_) => {}
            }
        }
    }
    Ok(SourceSet::new(folder.to_string_lossy(), files))
}
