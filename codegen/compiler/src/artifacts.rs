//! The output of a run: files in memory, ordered by path. Writing them, comparing them with the
//! disk and putting them into a build script's folder are consumers of this one value.

pub mod compare;
mod disk;
mod error;
pub mod manifest;
mod plan;
pub mod write;

pub use compare::{Difference, DifferenceKind, compare};
pub use error::WriteError;
pub use write::{Summary, write, write_file};

use std::collections::BTreeMap;
use std::path::Path;

/// Files by path. A path is relative to the output folder and uses `/`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Artifacts {
    files: BTreeMap<String, Vec<u8>>,
}

impl Artifacts {
    /// No files.
    pub fn new() -> Self {
        Artifacts::default()
    }

    /// Adds a file. Targets have folders of their own, so no path comes twice.
    pub fn add(&mut self, path: impl Into<String>, content: impl Into<Vec<u8>>) {
        let path = path.into();
        let before = self.files.insert(path.clone(), content.into());
        debug_assert!(before.is_none(), "the file `{path}` was made twice");
    }

    /// Every file, ordered by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files
            .iter()
            .map(|(path, content)| (path.as_str(), content.as_slice()))
    }

    /// The content of a file.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// Takes over every file of `other`.
    pub fn append(&mut self, other: Artifacts) {
        for (path, content) in other.files {
            self.add(path, content);
        }
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// Where artifacts go, and whose they are.
#[derive(Debug, Clone, Copy)]
pub struct Output<'a> {
    /// The output folder.
    pub folder: &'a Path,
    /// The model that the files were made from, as [`manifest`] records it: `edu_region 1.0.0`.
    pub model: &'a str,
    /// The targets that ran: id and folder. Files of other targets stay as they are.
    pub targets: &'a [(&'a str, &'a str)],
    /// Whether every target there is ran; then files of targets that no longer exist go.
    pub all: bool,
}
