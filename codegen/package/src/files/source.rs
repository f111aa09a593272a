//! A package as its files: which table each belongs to, and its bytes as a stream.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use vitrina_codegen::model::{Model, TableId};

/// A package that is read.
pub(crate) struct Source {
    files: Vec<SourceFile>,
    manifest: Option<Vec<u8>>,
}

struct SourceFile {
    name: String,
    path: PathBuf,
    table: Option<TableId>,
    part: Option<u32>,
}

impl Source {
    pub(crate) fn open(
        model: &Model,
        path: &Path,
        _options: &crate::Options,
    ) -> io::Result<Source> {
        let mut files = Vec::new();
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if !entry.file_type()?.is_file() {
                continue;
            }
            let stem = name.strip_suffix(".csv");
            let stem = stem.map(|stem| stem.strip_prefix("rdm_").unwrap_or(stem));
            let (table, part) = match stem.and_then(|stem| stem.rsplit_once('.')) {
                Some((table, part)) => (model.find_table(table), part.parse().ok()),
                None => (stem.and_then(|stem| model.find_table(stem)), None),
            };
            files.push(SourceFile {
                table: table.map(|table| table.id),
                part,
                path: entry.path(),
                name,
            });
        }
        files.sort_by(|one, other| one.name.cmp(&other.name));
        let manifest = match fs::read(path.join("manifest.json")) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        Ok(Source { files, manifest })
    }

    /// One file of a table.
    pub(crate) fn of_file(table: TableId, path: &Path, name: String) -> Source {
        Source {
            files: vec![SourceFile {
                name,
                path: path.to_owned(),
                table: Some(table),
                part: None,
            }],
            manifest: None,
        }
    }

    /// What the rows are for.
    pub(crate) fn mode(&self) -> vitrina::package::Mode {
        let text = self.manifest.as_deref().unwrap_or_default();
        let value: serde_json::Value = serde_json::from_slice(text).unwrap_or_default();
        let mode = value["mode"]
            .as_str()
            .and_then(vitrina::package::Mode::from_name);
        mode.unwrap_or(vitrina::package::Mode::Full)
    }

    /// Who made it.
    pub(crate) fn producer(&self) -> Option<vitrina::package::Producer> {
        None
    }

    /// The files of a table in the order of their parts.
    pub(crate) fn files_of(&self, table: TableId) -> Vec<usize> {
        let mut found: Vec<usize> = (0..self.files.len())
            .filter(|at| {
                self.files
                    .get(*at)
                    .is_some_and(|file| file.table == Some(table))
            })
            .collect();
        found.sort_by_key(|at| self.files.get(*at).and_then(|file| file.part));
        found
    }

    pub(crate) fn name(&self, file: usize) -> &str {
        self.files.get(file).map_or("", |file| &file.name)
    }

    pub(crate) fn read(&self, file: usize) -> io::Result<Box<dyn Read + Send + '_>> {
        let file = self.files.get(file).ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(File::open(&file.path)?))
    }

    pub(crate) fn manifest(&self) -> Option<&[u8]> {
        self.manifest.as_deref()
    }
}
