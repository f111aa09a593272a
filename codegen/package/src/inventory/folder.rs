//! The files of a folder.

use std::fs::FileType;
use std::path::Path;

use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::text;

use super::MOST_FILES;
use super::listing::{Found, Nature, nature};
use crate::read::stream::{Location, Stamp};
use crate::{Error, code};

/// How deep folders inside a package are looked into.
const DEEPEST: usize = 8;

/// Everything in a folder and the folders in it, by name. Links are not followed, and what is no file is
/// not opened: reading a pipe would wait for ever.
pub(super) fn list(path: &Path) -> Result<Vec<Found>, Error> {
    let mut found = Vec::new();
    walk(path, path, "", 0, &mut found)?;
    found.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(found)
}

fn walk(
    root: &Path,
    folder: &Path,
    prefix: &str,
    depth: usize,
    found: &mut Vec<Found>,
) -> Result<(), Error> {
    let entries = std::fs::read_dir(folder).map_err(|error| Error::io(folder, error))?;
    for entry in entries {
        let entry = entry.map_err(|error| Error::io(folder, error))?;
        let path = entry.path();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        // Of the entry itself, not of what it may link to.
        let metadata = match entry.metadata() {
            Ok(metadata) => metadata,
            // Gone since the folder was read.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(Error::io(&path, error)),
        };
        if found.len() >= MOST_FILES {
            return Err(Error::TooMany(root.into(), MOST_FILES));
        }
        let kind = metadata.file_type();
        if kind.is_dir() {
            let is_named_like_file = name.to_lowercase().ends_with(".csv");
            let is_shown = nature(&name) == Nature::Plain;
            if is_named_like_file || !is_shown {
                found.push(refused(name.clone(), folder_words()));
            }
            if is_shown && depth < DEEPEST {
                walk(root, &path, &format!("{name}/"), depth + 1, found)?;
            }
            continue;
        }
        found.push(match is_file(kind) {
            Ok(()) => Found {
                name,
                bytes: metadata.len(),
                location: Ok(Location::Whole(path, Stamp::of(&metadata))),
            },
            Err(words) => refused(name, words),
        });
    }
    Ok(())
}

fn refused(name: String, words: Text) -> Found {
    Found {
        name,
        bytes: 0,
        location: Err((code::READ_FAILED, words)),
    }
}

fn folder_words() -> Text {
    text!("it is a folder", "это папка")
}

/// Why what is no file is not read.
fn is_file(kind: FileType) -> Result<(), Text> {
    if kind.is_file() {
        return Ok(());
    }
    Err(match kind.is_symlink() {
        true => text!(
            "it is a symbolic link, which packages do not hold",
            "это символическая ссылка, в пакете их не бывает"
        ),
        false => text!(
            "it is no file: a pipe, a device or the like",
            "это не файл, а канал, устройство или подобное"
        ),
    })
}
