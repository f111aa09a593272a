//! The entries of a zip: those that can be read, and why the others cannot.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, Metadata};
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::text;
use zip::{CompressionMethod, ZipArchive};

use super::MOST_FILES;
use super::listing::Found;
use crate::read::stream::{Location, Packed, Stamp};
use crate::{Error, code};

/// The directory of a zip, by name. Nothing is unpacked.
pub(super) fn list(path: &Path, metadata: &Metadata) -> Result<Vec<Found>, Error> {
    let file = File::open(path).map_err(|error| Error::io(path, error))?;
    let mut magic = [0; 2];
    let mut reader = BufReader::new(file);
    let is_zip = reader.read_exact(&mut magic).is_ok() && magic == *b"PK";
    let damaged = |error: &dyn std::fmt::Display| match is_zip {
        true => Error::Archive(path.into(), error.to_string()),
        false => Error::NotPackage(path.into()),
    };
    if !is_zip {
        return Err(damaged(&""));
    }
    let mut archive = ZipArchive::new(reader).map_err(|error| damaged(&error))?;
    if archive.len() > MOST_FILES {
        return Err(Error::TooMany(path.into(), MOST_FILES));
    }
    let stamp = Stamp::of(metadata);
    let start = archive.central_directory_start();
    let mut entries = Vec::new();
    for index in 0..archive.len() {
        let found = entry(&mut archive, index, path, &stamp, start);
        entries.extend(found.map_err(|error| damaged(&error))?);
    }
    refuse_overlaps(&mut entries);
    if archive.has_duplicate_names() {
        let doubled =
            doubled_names(archive.into_inner(), start).map_err(|error| damaged(&error))?;
        for one in entries
            .iter_mut()
            .filter(|one| doubled.contains(&one.raw_name))
        {
            refuse(&mut one.found, doubled_words());
        }
    }
    let mut found: Vec<Found> = entries.into_iter().map(|entry| entry.found).collect();
    found.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(found)
}

struct InArchive {
    found: Found,
    /// The name as the directory has it, in whatever encoding.
    raw_name: Vec<u8>,
    /// Where header and packed bytes lie.
    range: (u64, u64),
}

/// An entry; none for a folder.
fn entry(
    archive: &mut ZipArchive<BufReader<File>>,
    index: usize,
    path: &Path,
    stamp: &Stamp,
    directory: u64,
) -> zip::result::ZipResult<Option<InArchive>> {
    let metadata = archive.metadata();
    let entry = metadata.entry(index)?;
    let name = match entry.name() {
        Ok(name) => name.into_owned(),
        Err(_) => String::from_utf8_lossy(entry.name_raw()).into_owned(),
    };
    if entry.is_dir() && entry.size() == 0 {
        return Ok(None);
    }
    let mut reason = None;
    let mut say = |words: Text| {
        reason.get_or_insert(words);
    };
    if !is_inside(&name) {
        say(text!(
            "its name leads out of the archive or holds backslashes",
            "имя ведёт за пределы архива или содержит обратную косую черту"
        ));
    }
    if entry.is_symlink() {
        say(text!(
            "it is a symbolic link, which packages do not hold",
            "это символическая ссылка, в пакете их не бывает"
        ));
    }
    if entry.encrypted() {
        say(text!("it is encrypted", "он зашифрован"));
    }
    let is_deflated = entry.compression() == CompressionMethod::Deflated;
    if !is_deflated && entry.compression() != CompressionMethod::Stored {
        say(text!(
            "it is packed by a method other than deflate",
            "он упакован не методом deflate"
        ));
    }
    let length = entry.compressed_size();
    if !is_deflated && length != entry.size() {
        say(wrong_sizes());
    }
    // What lies before the packed bytes stands in the archive, not in its directory.
    let start = match archive.by_index_raw(index) {
        Ok(raw) => raw.data_start(),
        Err(_) => None,
    };
    let end = start.and_then(|start| start.checked_add(length));
    if end.is_none_or(|end| end > directory) {
        say(wrong_sizes());
    }
    let packed = Packed {
        start: start.unwrap_or_default(),
        length,
        crc: entry.crc32(),
        is_deflated,
    };
    Ok(Some(InArchive {
        range: (entry.header_start(), end.unwrap_or_default()),
        raw_name: entry.name_raw().to_vec(),
        found: Found {
            name,
            bytes: entry.size(),
            location: match reason {
                None => Ok(Location::Packed(path.into(), stamp.clone(), packed)),
                Some(words) => Err((code::ARCHIVE, words)),
            },
        },
    }))
}

fn wrong_sizes() -> Text {
    text!(
        "its place or its sizes in the archive's directory are wrong",
        "в оглавлении архива неверны его место или размеры"
    )
}

fn doubled_words() -> Text {
    text!(
        "the archive holds several files of this name",
        "в архиве несколько файлов с этим именем"
    )
}

/// Whether a name stays below the folder that an archive is unpacked to, on any system.
fn is_inside(name: &str) -> bool {
    let has_drive = name.as_bytes().get(1) == Some(&b':');
    let is_clean = !name.contains(['\\', '\0']) && !name.starts_with('/') && !has_drive;
    is_clean && name.split('/').all(|part| part != ".." && part != ".")
}

/// Entries that share bytes of the archive: some kilobytes would unpack to petabytes.
fn refuse_overlaps(entries: &mut [InArchive]) {
    entries.sort_by_key(|entry| entry.range);
    let mut reach: Option<(usize, u64)> = None;
    let mut shared = BTreeSet::new();
    for (at, entry) in entries.iter().enumerate() {
        let (start, end) = entry.range;
        if let Some((widest, to)) = reach
            && start < to
        {
            shared.extend([widest, at]);
        }
        if reach.is_none_or(|(_, to)| end > to) {
            reach = Some((at, end));
        }
    }
    for (at, entry) in entries.iter_mut().enumerate() {
        if shared.contains(&at) {
            refuse(
                &mut entry.found,
                text!(
                    "its bytes in the archive are those of another entry too",
                    "его байты в архиве принадлежат и другому элементу"
                ),
            );
        }
    }
}

fn refuse(found: &mut Found, words: Text) {
    if found.location.is_ok() {
        found.location = Err((code::ARCHIVE, words));
    }
}

/// The names that the directory holds more than once: readers differ in which of them they take.
fn doubled_names(
    mut reader: BufReader<File>,
    directory: u64,
) -> std::io::Result<BTreeSet<Vec<u8>>> {
    const SIGNATURE: &[u8] = b"PK\x01\x02";
    reader.seek(SeekFrom::Start(directory))?;
    let mut times: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
    // More than the limit was refused before, as far as names differ; doubled ones may be more.
    for _ in 0..10 * MOST_FILES {
        let mut head = [0; 46];
        if reader.read_exact(&mut head).is_err() || !head.starts_with(SIGNATURE) {
            break;
        }
        let number = |at: usize| u16::from_le_bytes([head[at], head[at + 1]]);
        let mut name = vec![0; usize::from(number(28))];
        reader.read_exact(&mut name)?;
        *times.entry(name).or_default() += 1;
        reader.seek_relative(i64::from(number(30)) + i64::from(number(32)))?;
    }
    let doubled = times.into_iter().filter(|(_, times)| *times > 1);
    Ok(doubled.map(|(name, _)| name).collect())
}
