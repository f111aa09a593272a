//! What stands on the disk at a path of the output folder, looked at without following links that
//! lead away.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::error::WriteError;
use super::manifest::{FILE_NAME, Manifest};

/// An output folder as it is.
pub(super) struct Disk<'a> {
    folder: &'a Path,
    /// The folder without links; `None` while it does not exist.
    real: Option<PathBuf>,
}

/// What stands at a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing, and nothing keeps a file from standing there.
    Nothing,
    /// A file with these bytes.
    File(Vec<u8>),
    /// Something that is no file, there or where a folder on the way should be.
    Obstacle,
}

impl<'a> Disk<'a> {
    pub(super) fn open(folder: &'a Path) -> Result<Self, WriteError> {
        let real = match fs::canonicalize(folder) {
            Ok(real) => Some(real),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(WriteError::io(folder)(error)),
        };
        Ok(Disk { folder, real })
    }

    /// The path on the disk of a path inside the folder.
    pub(super) fn path(&self, path: &str) -> PathBuf {
        let mut out = self.folder.to_owned();
        out.extend(path.split('/'));
        out
    }

    /// Looks at a path.
    pub(super) fn look(&self, path: &str) -> Result<Found, WriteError> {
        if self.real.is_none() {
            return Ok(Found::Nothing);
        }
        let mut at = self.folder.to_owned();
        let mut parts = path.split('/').peekable();
        while let Some(part) = parts.next() {
            at.push(part);
            let Some(meta) = self.metadata(&at)? else {
                return Ok(Found::Nothing);
            };
            let last = parts.peek().is_none();
            if last && meta.is_file() {
                return fs::read(&at).map(Found::File).map_err(WriteError::io(&at));
            }
            if last || !meta.is_dir() {
                return Ok(Found::Obstacle);
            }
        }
        Ok(Found::Obstacle)
    }

    /// The manifest; an empty one when there is none. Beside it, its text as it is.
    pub(super) fn manifest(&self) -> Result<(Manifest, Option<String>), WriteError> {
        let path = self.path(FILE_NAME);
        let refuse = |why| WriteError::Manifest {
            path: path.display().to_string(),
            why,
        };
        match self.look(FILE_NAME)? {
            Found::Nothing => Ok((Manifest::default(), None)),
            Found::File(bytes) => {
                let text = String::from_utf8(bytes).map_err(|_| {
                    refuse(crate::text!("it is not UTF-8", "он не в кодировке UTF-8"))
                })?;
                let manifest = Manifest::parse(&text).map_err(refuse)?;
                Ok((manifest, Some(text)))
            }
            Found::Obstacle => Err(refuse(crate::text!("it is no file", "это не файл"))),
        }
    }

    /// What a path is, through links that stay inside the folder.
    fn metadata(&self, at: &Path) -> Result<Option<fs::Metadata>, WriteError> {
        let meta = match fs::symlink_metadata(at) {
            Ok(meta) => meta,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(WriteError::io(at)(error)),
        };
        if !meta.is_symlink() {
            return Ok(Some(meta));
        }
        let inside = match (fs::canonicalize(at), &self.real) {
            (Ok(target), Some(real)) => target.starts_with(real),
            _ => false,
        };
        if !inside {
            return Err(WriteError::LeadsAway {
                path: at.display().to_string(),
            });
        }
        fs::metadata(at).map(Some).map_err(WriteError::io(at))
    }
}
