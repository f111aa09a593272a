//! What lies in a folder or a zip, before anything is made of it.

use vitrina_codegen::diagnostic::Text;

use crate::Code;
use crate::read::stream::Location;

/// What was found under a name.
#[derive(Debug)]
pub(super) struct Found {
    /// The name below the package's root, folders divided by `/`.
    pub(super) name: String,
    /// Bytes, unpacked.
    pub(super) bytes: u64,
    /// Where the bytes lie, or why nobody should read them.
    pub(super) location: Result<Location, (Code, Text)>,
}

/// What a name says of its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nature {
    /// A file like any other.
    Plain,
    /// Left by a writer that did not finish.
    Unfinished,
    /// Hidden, or the system's own.
    Hidden,
}

/// Ends of the names of files that are still written, or never will be.
const UNFINISHED: [&str; 6] = [".partial", ".part", ".filepart", ".crdownload", ".tmp", "~"];

/// Files and folders that systems leave behind, in lower case.
const SYSTEM: [&str; 5] = [
    "__macosx",
    "thumbs.db",
    "desktop.ini",
    "$recycle.bin",
    "system volume information",
];

/// What the name says of the file.
pub(super) fn nature(path: &str) -> Nature {
    let lower = path.to_lowercase();
    if UNFINISHED.iter().any(|end| lower.ends_with(end)) {
        return Nature::Unfinished;
    }
    let is_hidden = lower
        // A backslash divides where a zip was made by bad habits: a name that climbs is not a hidden one.
        .split(['/', '\\'])
        .filter(|name| !matches!(*name, "." | ".."))
        .any(|name| name.starts_with('.') || SYSTEM.contains(&name));
    match is_hidden {
        true => Nature::Hidden,
        false => Nature::Plain,
    }
}

/// The folder of a path, with a slash at the end; empty at the root.
pub(super) fn folder_of(path: &str) -> &str {
    match path.rfind('/') {
        Some(at) => path.get(..=at).unwrap_or_default(),
        None => "",
    }
}
