//! The output of a run: files in memory, ordered by path. Writing them, comparing them with the
//! disk and putting them into a build script's folder are consumers of this one value.

use std::collections::BTreeMap;

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
}
