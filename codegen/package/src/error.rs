//! What prevents a run: nothing was checked, no report is made.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use vitrina_codegen::Lang;
use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::text;

/// Why a package could not be judged at all. Faults of its files are findings, not errors.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// There is no such file or folder.
    NotFound(PathBuf),
    /// Neither a folder nor a zip.
    NotPackage(PathBuf),
    /// A folder or file that the system does not let read.
    Unreadable(PathBuf, io::Error),
    /// The zip's directory cannot be read: damaged, cut off, or no zip.
    Archive(PathBuf, String),
    /// More files than any package has.
    TooMany(PathBuf, usize),
    /// The previous package, given for comparison, is none.
    Previous(Box<Error>),
    /// The folder for temporary files refuses what has to be kept there.
    Temporary(io::Error),
}

impl Error {
    pub(crate) fn io(path: &Path, error: io::Error) -> Error {
        match error.kind() {
            io::ErrorKind::NotFound => Error::NotFound(path.into()),
            _ => Error::Unreadable(path.into(), error),
        }
    }

    /// The error in words, lower case, no full stop. Paths stand as they were given.
    pub fn message(&self, lang: Lang) -> String {
        self.words().get(lang).to_owned()
    }

    fn words(&self) -> Text {
        match self {
            Error::NotFound(path) => {
                let path = path.display();
                text!(
                    "`{path}`: no such file or folder",
                    "`{path}`: нет такого файла или папки"
                )
            }
            Error::NotPackage(path) => {
                let path = path.display();
                text!(
                    "`{path}` is no package: neither a folder nor a zip",
                    "`{path}` — не пакет: ни папка, ни zip"
                )
            }
            Error::Unreadable(path, error) => {
                let path = path.display();
                text!(
                    "`{path}` cannot be read: {error}",
                    "`{path}` не читается: {error}"
                )
            }
            Error::Archive(path, reason) => {
                let path = path.display();
                text!(
                    "the zip `{path}` cannot be read: {reason}",
                    "архив `{path}` не читается: {reason}"
                )
            }
            Error::TooMany(path, limit) => {
                let path = path.display();
                text!(
                    "`{path}` is no package: it holds more than {limit} files",
                    "`{path}` — не пакет: в нём больше {limit} файлов"
                )
            }
            Error::Previous(error) => {
                let (en, ru) = (error.message(Lang::En), error.message(Lang::Ru));
                text!("previous package: {en}", "предыдущий пакет: {ru}")
            }
            Error::Temporary(error) => text!(
                "temporary files cannot be kept: {error}",
                "не удаётся хранить временные файлы: {error}"
            ),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().en)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Unreadable(_, error) | Error::Temporary(error) => Some(error),
            Error::Previous(error) => Some(error.as_ref()),
            _ => None,
        }
    }
}
