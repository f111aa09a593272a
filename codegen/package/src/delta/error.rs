//! Why there is no delta, or no package made of one.

use std::io;

use vitrina_codegen::Lang;
use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::text;

use super::problem::Problems;
use super::side::Which;
use crate::files::aside::OutError;
use crate::files::source::words;
use crate::store::SpillError;

/// Why there is no delta, or no package made of one.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A package cannot be opened.
    Open(crate::Error),
    /// The result has no place, or the disk refused it.
    Out(OutError),
    /// A file cannot be read.
    Read(String, io::Error),
    /// What does not fit into memory could not be kept on the disk.
    Spill(io::Error),
    /// A package holds changes only.
    NotFull(Which),
    /// The new package lacks these tables, which the old one has.
    MissingTables(Vec<String>),
    /// Rows cannot be read or have no key of their own.
    Problems(Problems),
    /// A file changed while it was read.
    Changed(Which, String),
    /// A file of the old package is not the one that the delta was made of.
    WrongOld(String),
    /// The delta is for another showcase.
    OtherModel(String),
    /// Something of the delta is missing or not as it must be.
    Broken(Text),
    /// What the delta gives is not the file that it was made of.
    Mismatch(String),
}

/// How a run that fails ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failing {
    /// By what the packages hold.
    Findings,
    /// By what was asked for.
    Usage,
    /// By what cannot be read or written.
    Io,
}

impl Error {
    /// For `map_err`: a file that cannot be read.
    pub(super) fn reading(file: &str) -> impl FnOnce(io::Error) -> Error + '_ {
        move |error| Error::Read(file.to_owned(), error)
    }

    /// A line of the delta that is not as it must be.
    pub(super) fn broken_line(file: &str, line: u64) -> Error {
        Error::Broken(text!(
            "line {line} of `{file}` is not as `vitrina delta` writes it",
            "строка {line} файла `{file}` не такая, какой её пишет `vitrina delta`"
        ))
    }

    /// What kind of end it is.
    pub fn failing(&self) -> Failing {
        match self {
            Error::Problems(_) | Error::WrongOld(_) | Error::Mismatch(_) => Failing::Findings,
            Error::NotFull(_) | Error::MissingTables(_) | Error::OtherModel(_) => Failing::Usage,
            Error::Out(OutError::Occupied(_) | OutError::Inside { .. }) => Failing::Usage,
            Error::Open(_)
            | Error::Out(OutError::Io(..))
            | Error::Read(..)
            | Error::Spill(_)
            | Error::Changed(..)
            | Error::Broken(_) => Failing::Io,
        }
    }

    /// What is wrong.
    pub fn message(&self) -> Text {
        match self {
            Error::Open(error) => Text {
                en: error.message(Lang::En),
                ru: error.message(Lang::Ru),
            },
            Error::Out(error) => error.message(),
            Error::Read(file, error) => {
                let Text { en, ru } = words(error);
                text!("`{file}`: {en}", "`{file}`: {ru}")
            }
            Error::Spill(error) => match SpillError::of(error) {
                Some(known) => Text {
                    en: known.message(Lang::En),
                    ru: known.message(Lang::Ru),
                },
                None => text!("temporary files: {error}", "временные файлы: {error}"),
            },
            Error::NotFull(which) => {
                let (en, ru) = (which.name(Lang::En), which.name(Lang::Ru));
                text!(
                    "{en} holds changes only, a delta is made of full packages",
                    "{ru} содержит только изменения, а дельту строят по полным пакетам"
                )
            }
            Error::MissingTables(tables) => {
                let tables = tables.join("`, `");
                text!(
                    "the new package has no file of `{tables}`, the old one has",
                    "в новом пакете нет файлов таблиц `{tables}`, а в старом они есть"
                )
            }
            Error::Problems(problems) => {
                let count = problems.count();
                text!(
                    "no delta: {count} rows cannot be told apart by their keys",
                    "дельты нет: строк, которые нельзя различить по ключу, — {count}"
                )
            }
            Error::Changed(which, file) => {
                let (en, ru) = (which.name(Lang::En), which.name(Lang::Ru));
                text!(
                    "{en}: `{file}` changed while it was read",
                    "{ru}: `{file}` изменился во время чтения"
                )
            }
            Error::WrongOld(file) => text!(
                "the old package is not the one that the delta was made of: `{file}` differs",
                "дельта построена по другому старому пакету: отличается `{file}`"
            ),
            Error::OtherModel(showcase) => text!(
                "the delta is for the showcase `{showcase}`",
                "дельта предназначена для витрины `{showcase}`"
            ),
            Error::Broken(message) => message.clone(),
            Error::Mismatch(file) => text!(
                "the delta does not give the `{file}` that it was made of: its files were changed",
                "дельта не даёт того `{file}`, по которому построена: её файлы изменены"
            ),
        }
    }

    /// What to do about it.
    pub fn help(&self) -> Option<Text> {
        Some(match self {
            Error::Out(OutError::Occupied(_) | OutError::Inside { .. }) => text!(
                "choose another folder with `--out`",
                "выберите другую папку через `--out`"
            ),
            Error::MissingTables(_) => text!(
                "allow it with `--allow-missing-tables`: all their rows are then deleted",
                "разрешите это через `--allow-missing-tables`: тогда все их строки будут удалены"
            ),
            Error::Problems(_) => text!(
                "see all of it with `vitrina validate`, mend the form with `vitrina fix`",
                "посмотрите всё через `vitrina validate`, форму исправит `vitrina fix`"
            ),
            Error::Spill(_) => text!(
                "name another folder with `--temporary`, or allow more with `--memory`",
                "укажите другую папку через `--temporary` или разрешите больше через `--memory`"
            ),
            _ => return None,
        })
    }
}

impl From<OutError> for Error {
    fn from(error: OutError) -> Error {
        Error::Out(error)
    }
}
