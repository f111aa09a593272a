//! Lists of other systems, read into the model language: a file in, the YAML of a classifier out.
//!
//! ```text
//! bytes ──► encoding ──► xml ──► esnsi ──► list ──► yaml
//!           (text)       (pull   (structure,        (canonical,
//!                         parser) roles, rows)       reads back)
//! ```
//!
//! Exports hold bad values. Each is a finding with its place; reading goes on behind it, and the
//! list is made of the rows that are sound.

mod encoding;
pub mod esnsi;
mod list;
mod xml;
mod yaml;

pub use list::{ImportedList, ImportedValue};

use crate::source::SourceSet;
use crate::source::shape::scalar;

/// A kind of file that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// An XML export of ЕСНСИ.
    Esnsi,
}

impl Format {
    /// The kind of a file, by the extension of its name, else by its first bytes.
    pub fn of(path: &str, bytes: &[u8]) -> Option<Format> {
        let extension = match path.rsplit_once('.') {
            Some((_, extension)) if !extension.contains(['/', '\\']) => extension,
            _ => "",
        };
        if extension.eq_ignore_ascii_case("xml") {
            return Some(Format::Esnsi);
        }
        let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let start = start.trim_ascii_start();
        let is_markup = start.starts_with(b"<?xml") || start.starts_with(b"<nsi:document");
        is_markup.then_some(Format::Esnsi)
    }
}

/// What came of a file.
#[derive(Debug)]
#[non_exhaustive]
pub struct Imported {
    /// The file's text, for showing the places of findings.
    pub sources: SourceSet,
    /// The list; absent when the file as a whole could not be read.
    pub list: Option<ImportedList>,
}

/// Whether a text can be the name of a classifier, and of its file.
pub fn is_name(text: &str) -> bool {
    let is_portable = !text.contains(['*', '?', '<', '>', '|']) && !text.starts_with('-');
    is_portable && scalar::is_name(text, false) && scalar::taken_for(text).is_none()
}
