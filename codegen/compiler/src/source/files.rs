//! The files of a model, in memory: the only thing later steps know of the disk.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::span::FileId;

mod load;

pub(crate) use load::not_utf8;
pub use load::{LoadError, LoadErrorKind, load};

/// One file of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Path inside the model's folder, with `/` on every system.
    pub path: String,
    /// The whole text, without a byte order mark.
    pub text: String,
}

/// All files of a model, ordered by path whatever the disk's order was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceSet {
    root: String,
    files: Vec<SourceFile>,
    /// Paths of files whose text could not be taken; they stand in `files` with a stand-in.
    unreadable: BTreeSet<String>,
    /// Every folder below the root, by path inside it; empty for a set made in memory.
    folders: BTreeSet<String>,
}

impl SourceSet {
    /// Takes files in any order. `root` is the folder as the user wrote it; it only prefixes the
    /// paths that diagnostics show.
    pub fn new(root: impl Into<String>, mut files: Vec<SourceFile>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        SourceSet {
            root: root.into(),
            files,
            unreadable: BTreeSet::new(),
            folders: BTreeSet::new(),
        }
    }

    /// The folder, as the user wrote it.
    pub fn root(&self) -> &str {
        &self.root
    }

    /// Every file with its id, ordered by path.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0..).map(FileId).zip(&self.files)
    }

    /// The file of an id of this set.
    pub fn get(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// Finds a file by its path inside the folder.
    pub fn find(&self, path: &str) -> Option<FileId> {
        let at = self
            .files
            .binary_search_by(|file| file.path.as_str().cmp(path))
            .ok()?;
        u32::try_from(at).ok().map(FileId)
    }

    /// The path that people see: the folder as the user wrote it, then the file's own path.
    pub fn display_path(&self, id: FileId) -> String {
        let path = &self.get(id).path;
        match self.root.trim_end_matches('/') {
            "" => path.clone(),
            root => format!("{root}/{path}"),
        }
    }

    /// Whether the text is the file's own: false for files that are no UTF-8 or could not be read.
    pub(crate) fn is_readable(&self, file: &SourceFile) -> bool {
        !self.unreadable.contains(&file.path)
    }

    /// Every folder and file that was read, the root first, as paths on disk: what a build script
    /// names in `rerun-if-changed` (folders, so that a new file counts). Only the root for a set
    /// made in memory.
    pub fn watched(&self) -> Vec<PathBuf> {
        let root = Path::new(&self.root);
        let mut paths = vec![root.to_owned()];
        paths.extend(self.folders.iter().map(|path| root.join(path)));
        if !self.folders.is_empty() || !self.files.is_empty() {
            paths.extend(self.files.iter().map(|file| root.join(&file.path)));
        }
        paths
    }
}
