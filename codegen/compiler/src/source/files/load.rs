//! From a folder on disk to a [`SourceSet`]. What is wrong with a single file becomes a finding;
//! only a folder that cannot be read at all is a [`LoadError`].

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{SourceFile, SourceSet};
use crate::diagnostic::{Code, Diagnostic, Report, Text, code};
use crate::source::Span;
use crate::text;

/// The largest file that is read. A table of a thousand columns takes a tenth of it.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// Why a model's folder could not be read.
#[derive(Debug)]
pub struct LoadError {
    path: PathBuf,
    kind: LoadErrorKind,
}

/// The kinds of [`LoadError`].
#[derive(Debug)]
#[non_exhaustive]
pub enum LoadErrorKind {
    /// There is no such folder.
    NotFound,
    /// There is something of that name, but it is no folder.
    NotAFolder,
    /// The system does not let us read it.
    Io(io::Error),
}

impl LoadError {
    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What went wrong.
    pub fn kind(&self) -> &LoadErrorKind {
        &self.kind
    }

    /// What went wrong, for people.
    pub fn message(&self) -> Text {
        let path = self.path.display();
        match &self.kind {
            LoadErrorKind::NotFound => {
                text!("there is no folder `{path}`", "нет папки `{path}`")
            }
            LoadErrorKind::NotAFolder => {
                text!("`{path}` is not a folder", "`{path}` — не папка")
            }
            LoadErrorKind::Io(error) => text!(
                "the folder `{path}` cannot be read: {error}",
                "папка `{path}` не читается: {error}"
            ),
        }
    }

    /// What to do about it.
    pub fn help(&self) -> Text {
        match &self.kind {
            LoadErrorKind::Io(_) => text!(
                "check the rights of the folder and everything above it",
                "проверьте права на папку и на всё, что над ней"
            ),
            _ => text!(
                "name the model's folder with `--model DIR`, or make one with `vitrina init DIR`",
                "назовите папку модели ключом `--model DIR` или создайте её: `vitrina init DIR`"
            ),
        }
    }
}

impl std::fmt::Display for LoadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message().en)
    }
}

impl std::error::Error for LoadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            LoadErrorKind::Io(error) => Some(error),
            _ => None,
        }
    }
}

/// Reads every file below `dir`, in any depth. Names that begin with a dot are passed over.
///
/// # Errors
///
/// When `dir` does not exist, is no folder, or cannot be listed. Files that cannot be read, are no
/// UTF-8, begin with a byte order mark, are too large or lead out of the folder through a symbolic
/// link go to `report`, and the rest is read.
pub fn load(dir: &Path, report: &mut Report) -> Result<SourceSet, LoadError> {
    let fail = |kind| LoadError {
        path: dir.to_owned(),
        kind,
    };
    let root = fs::canonicalize(dir).map_err(|error| {
        fail(match error.kind() {
            io::ErrorKind::NotFound => LoadErrorKind::NotFound,
            _ => LoadErrorKind::Io(error),
        })
    })?;
    if !root.is_dir() {
        return Err(fail(LoadErrorKind::NotAFolder));
    }
    let mut walk = Walk {
        root,
        files: Vec::new(),
        problems: Vec::new(),
        unreadable: BTreeSet::new(),
        folders: BTreeSet::new(),
    };
    let mut open = vec![(dir.to_owned(), String::new())];
    while let Some((folder, prefix)) = open.pop() {
        let listed = fs::read_dir(&folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let entries = match listed {
            Ok(entries) => entries,
            Err(error) if prefix.is_empty() => return Err(fail(LoadErrorKind::Io(error))),
            Err(error) => {
                walk.refuse(&prefix, code::UNREADABLE_FILE, unreadable(&error), None);
                continue;
            }
        };
        for entry in entries {
            let name = entry.file_name();
            let lossy = name.to_string_lossy();
            if lossy.starts_with('.') {
                continue;
            }
            let inner = if prefix.is_empty() {
                lossy.clone().into_owned()
            } else {
                format!("{prefix}/{lossy}")
            };
            if name.to_str().is_none() {
                let message = text!("the file's name is not UTF-8", "имя файла не в UTF-8");
                walk.refuse(&inner, code::UNREADABLE_FILE, message, None);
            } else if let Some(folder) = walk.visit(&entry.path(), &inner) {
                walk.folders.insert(inner.clone());
                open.push((folder, inner));
            }
        }
    }
    Ok(walk.finish(dir, report))
}

fn unreadable(error: &io::Error) -> Text {
    text!(
        "the file cannot be read: {error}",
        "файл не читается: {error}"
    )
}

/// A finding about a file, before files have ids: path, byte range, the finding.
struct Problem {
    path: String,
    range: (usize, usize),
    diagnostic: Diagnostic,
}

struct Walk {
    root: PathBuf,
    files: Vec<SourceFile>,
    problems: Vec<Problem>,
    unreadable: BTreeSet<String>,
    folders: BTreeSet<String>,
}

impl Walk {
    /// Takes a file in; hands back a folder that must be walked.
    fn visit(&mut self, path: &Path, inner: &str) -> Option<PathBuf> {
        let is_link = fs::symlink_metadata(path).is_ok_and(|data| data.is_symlink());
        if is_link && !self.link_is_sound(path, inner) {
            return None;
        }
        let data = match fs::metadata(path) {
            Ok(data) => data,
            Err(error) => {
                self.refuse(inner, code::UNREADABLE_FILE, unreadable(&error), None);
                return None;
            }
        };
        if data.is_dir() {
            return Some(path.to_owned());
        }
        if !data.is_file() {
            let message = text!("this is not an ordinary file", "это не обычный файл");
            self.refuse(inner, code::UNREADABLE_FILE, message, None);
        } else if data.len() > MAX_BYTES {
            let size = data.len() / (1024 * 1024);
            let message = text!(
                "the file is too large: {size} MiB",
                "файл слишком велик: {size} МиБ"
            );
            let help = text!(
                "at most 16 MiB are read; split it into files by table or by list",
                "читается не больше 16 МиБ; разделите его на файлы по таблицам и спискам"
            );
            self.refuse(inner, code::FILE_TOO_LARGE, message, Some(help));
        } else {
            match fs::read(path) {
                Ok(bytes) => self.take(inner, bytes),
                Err(error) => self.refuse(inner, code::UNREADABLE_FILE, unreadable(&error), None),
            }
        }
        None
    }

    fn link_is_sound(&mut self, path: &Path, inner: &str) -> bool {
        let target = match fs::canonicalize(path) {
            Ok(target) => target,
            Err(error) => {
                self.refuse(inner, code::UNREADABLE_FILE, unreadable(&error), None);
                return false;
            }
        };
        let message = if !target.starts_with(&self.root) {
            text!(
                "the symbolic link leads out of the model's folder",
                "символическая ссылка ведёт за пределы папки модели"
            )
        } else if target.is_dir() {
            text!(
                "the symbolic link leads to a folder",
                "символическая ссылка ведёт на папку"
            )
        } else {
            return true;
        };
        let help = text!(
            "put a copy of the file in its place: a model is one folder that can be moved",
            "положите на её место копию файла: модель — одна папка, которую можно перенести"
        );
        self.refuse(inner, code::LINK_OUTSIDE, message, Some(help));
        false
    }

    fn take(&mut self, inner: &str, bytes: Vec<u8>) {
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                self.unreadable.insert(inner.to_owned());
                // A file of a foreign kind is only in the way; whoever names it finds out.
                if is_of_the_language(inner) {
                    self.problems.push(Problem {
                        path: inner.to_owned(),
                        range: (at, at + '\u{fffd}'.len_utf8()),
                        diagnostic: not_utf8(),
                    });
                }
                self.push(inner, text);
                return;
            }
        };
        match text.strip_prefix('\u{feff}') {
            Some(rest) => {
                let diagnostic = Diagnostic::new(
                    code::BYTE_ORDER_MARK,
                    text!(
                        "the file begins with a byte order mark",
                        "файл начинается с метки порядка байтов (BOM)"
                    ),
                )
                .help(text!(
                    "save it as UTF-8 without BOM",
                    "сохраните его в UTF-8 без BOM"
                ));
                self.problems.push(Problem {
                    path: inner.to_owned(),
                    range: (0, 0),
                    diagnostic,
                });
                self.push(inner, rest.to_owned());
            }
            None => self.push(inner, text),
        }
    }

    fn push(&mut self, inner: &str, text: String) {
        self.files.push(SourceFile {
            path: inner.to_owned(),
            text,
        });
    }

    /// Keeps the name of a file whose text is out of reach, with the reason.
    fn refuse(&mut self, inner: &str, code: Code, message: Text, help: Option<Text>) {
        let mut diagnostic = Diagnostic::new(code, message);
        diagnostic.help = help;
        self.problems.push(Problem {
            path: inner.to_owned(),
            range: (0, 0),
            diagnostic,
        });
        self.unreadable.insert(inner.to_owned());
        self.push(inner, String::new());
    }

    fn finish(self, dir: &Path, report: &mut Report) -> SourceSet {
        let mut set = SourceSet::new(dir.to_string_lossy(), self.files);
        set.unreadable = self.unreadable;
        set.folders = self.folders;
        for problem in self.problems {
            if let Some(file) = set.find(&problem.path) {
                let (start, end) = problem.range;
                report.push(problem.diagnostic.at(Span::new(file, start, end)));
            }
        }
        set
    }
}

/// The finding about a file that is no UTF-8, without its place.
pub(crate) fn not_utf8() -> Diagnostic {
    Diagnostic::new(
        code::NOT_UTF8,
        text!(
            "the file is not UTF-8 from here on",
            "отсюда файл не в UTF-8"
        ),
    )
    .help(text!(
        "save it as UTF-8 (an editor may have used Windows-1251)",
        "сохраните его в UTF-8 (редактор мог записать Windows-1251)"
    ))
}

fn is_of_the_language(path: &str) -> bool {
    let extension = path.rsplit('.').next().unwrap_or("");
    ["yaml", "yml", "sql"].contains(&extension)
}
