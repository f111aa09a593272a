//! The disk refused what outgrew the memory.

use std::io;
use std::path::{Path, PathBuf};

use vitrina_codegen::Lang;

/// Why something could not be kept in the temporary folder. Stands within the [`io::Error`]s of this
/// module: `error.get_ref()` gives it back.
#[derive(Debug)]
pub struct SpillError {
    folder: PathBuf,
    cause: io::Error,
}

impl SpillError {
    /// An error that names the folder; one that does so already stays as it is.
    pub(super) fn wrap(folder: &Path, cause: io::Error) -> io::Error {
        if SpillError::of(&cause).is_some() {
            return cause;
        }
        let kind = cause.kind();
        io::Error::new(
            kind,
            SpillError {
                folder: folder.to_owned(),
                cause,
            },
        )
    }

    /// The one within an error, if any.
    pub fn of(error: &io::Error) -> Option<&SpillError> {
        error.get_ref()?.downcast_ref()
    }

    /// The folder that was written to.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What happened and what helps, in words: lower case, no full stop.
    pub fn message(&self, lang: Lang) -> String {
        let (folder, cause) = (self.folder.display(), &self.cause);
        let full = matches!(
            cause.kind(),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
        );
        match (lang, full) {
            (Lang::En, true) => format!(
                "no space left for temporary data in `{folder}`: name a roomier folder with `--temporary`, or allow more \
                 memory with `--memory`"
            ),
            (Lang::En, false) => format!(
                "temporary data cannot be kept in `{folder}`: {cause}; another folder can be named with `--temporary`, \
                 more memory allowed with `--memory`"
            ),
            (Lang::Ru, true) => format!(
                "для временных данных в `{folder}` не осталось места: укажите более просторную папку через `--temporary` \
                 или разрешите больше памяти через `--memory`"
            ),
            (Lang::Ru, false) => format!(
                "временные данные не удаётся хранить в `{folder}`: {cause}; можно указать другую папку через \
                 `--temporary` или разрешить больше памяти через `--memory`"
            ),
        }
    }
}

impl std::fmt::Display for SpillError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for SpillError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_with_what_helps() {
        let full = io::Error::from(io::ErrorKind::StorageFull);
        let error = SpillError::wrap(Path::new("/tmp/here"), full);
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        // Wrapped once, the innermost folder stays.
        let error = SpillError::wrap(Path::new("/elsewhere"), error);
        let message = |lang| SpillError::of(&error).map(|spilled| spilled.message(lang));
        let english = "no space left for temporary data in `/tmp/here`: name a roomier folder with `--temporary`, or \
                       allow more memory with `--memory`";
        assert_eq!(message(Lang::En).as_deref(), Some(english));
        assert!(message(Lang::Ru).is_some_and(|text| text.contains("не осталось места")));
        assert!(SpillError::of(&io::Error::other("else")).is_none());
    }
}
