//! Why artifacts could not be written or compared.

use std::fmt;
use std::io;

use crate::diagnostic::{Code, Diagnostic, Text, code};
use crate::text;

/// Nothing was written, or what was written is complete up to the named file; see
/// [`WriteError::to_diagnostic`] for words and cure.
#[derive(Debug)]
#[non_exhaustive]
pub enum WriteError {
    /// Files stand where generated ones should go, and the generator did not write them.
    InTheWay {
        /// Their paths inside the output folder, ordered.
        paths: Vec<String>,
        /// The output folder, as the user wrote it.
        folder: String,
    },
    /// A symbolic link on the way to a file leads out of the output folder.
    LeadsAway {
        /// The link.
        path: String,
    },
    /// The manifest cannot be understood.
    Manifest {
        /// The manifest.
        path: String,
        /// What is wrong with it.
        why: Text,
    },
    /// The system refused to read or write.
    Io {
        /// The file or folder.
        path: String,
        /// The system's words.
        error: io::Error,
    },
    /// A target made a file at a path that it must not write: a mistake of the generator.
    Path {
        /// The path.
        path: String,
    },
}

impl WriteError {
    pub(super) fn io(path: &std::path::Path) -> impl FnOnce(io::Error) -> WriteError {
        let path = path.display().to_string();
        move |error| WriteError::Io { path, error }
    }

    /// The code of this error.
    pub fn code(&self) -> Code {
        match self {
            WriteError::InTheWay { .. } => code::OUTPUT_IN_THE_WAY,
            WriteError::LeadsAway { .. } => code::OUTPUT_LEADS_AWAY,
            WriteError::Manifest { .. } => code::MANIFEST_INVALID,
            WriteError::Io { .. } => code::OUTPUT_FAILED,
            WriteError::Path { .. } => code::OUTPUT_PATH,
        }
    }

    /// The error as a finding, in both languages, with what to do.
    pub fn to_diagnostic(&self) -> Diagnostic {
        let (message, help) = match self {
            WriteError::InTheWay { paths, folder } => {
                let list = list(paths);
                (
                    text!(
                        "in `{folder}` stand files that the generator did not write: {list}",
                        "в `{folder}` лежат файлы, которые записал не генератор: {list}"
                    ),
                    text!(
                        "move them away, or choose another folder with `--out`; nothing was written",
                        "уберите их или выберите другую папку через `--out`; ничего не записано"
                    ),
                )
            }
            WriteError::LeadsAway { path } => (
                text!(
                    "the symbolic link `{path}` leads out of the output folder",
                    "символическая ссылка `{path}` ведёт за пределы выходной папки"
                ),
                text!(
                    "remove the link, or pass the folder that it leads to with `--out`",
                    "удалите ссылку или укажите через `--out` папку, на которую она ведёт"
                ),
            ),
            WriteError::Manifest { path, why } => (
                Text {
                    en: format!("the manifest `{path}` cannot be read: {}", why.en),
                    ru: format!("манифест `{path}` не читается: {}", why.ru),
                },
                text!(
                    "restore it from version control, or remove the output folder and generate anew",
                    "восстановите его из системы контроля версий или удалите выходную папку и сгенерируйте заново"
                ),
            ),
            WriteError::Io { path, error } => (
                text!("`{path}`: {error}", "`{path}`: {error}"),
                text!(
                    "free space or change the rights of the folder, then generate again",
                    "освободите место или измените права на папку и сгенерируйте снова"
                ),
            ),
            WriteError::Path { path } => (
                text!(
                    "a target made a file at `{path}`, outside its folder",
                    "цель создала файл `{path}` вне своей папки"
                ),
                text!(
                    "this is a mistake of the generator; please report it",
                    "это ошибка генератора; пожалуйста, сообщите о ней"
                ),
            ),
        };
        Diagnostic::new(self.code(), message).help(help)
    }
}

/// A few names and how many more there are.
fn list(paths: &[String]) -> String {
    const SHOWN: usize = 5;
    let mut names: Vec<String> = paths
        .iter()
        .take(SHOWN)
        .map(|path| format!("`{path}`"))
        .collect();
    if paths.len() > SHOWN {
        names.push(format!("… (+{})", paths.len() - SHOWN));
    }
    names.join(", ")
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_diagnostic().message.en)
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            WriteError::Io { error, .. } => Some(error),
            _ => None,
        }
    }
}
