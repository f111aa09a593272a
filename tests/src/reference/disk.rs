//! Trees of files: in memory, on disk, as a zip.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// Files by name, `/` between folders.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// Writes the files into a folder.
///
/// # Errors
/// The file system refuses.
pub fn write(folder: &Path, files: &Tree) -> io::Result<()> {
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, bytes)?;
    }
    Ok(())
}

/// Reads all files of a folder.
///
/// # Errors
/// The file system refuses, or a name is not UTF-8.
pub fn read(folder: &Path) -> io::Result<Tree> {
    let mut files = Tree::new();
    let mut open = vec![(folder.to_owned(), String::new())];
    while let Some((folder, before)) = open.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().into_string();
            let name = name.map_err(|name| io::Error::other(format!("{}", name.display())))?;
            match entry.file_type()?.is_dir() {
                true => open.push((entry.path(), format!("{before}{name}/"))),
                false => {
                    files.insert(format!("{before}{name}"), fs::read(entry.path())?);
                }
            }
        }
    }
    Ok(files)
}

/// A zip of the files, none of them packed: the same bytes whatever packs elsewhere.
pub(super) fn zip(files: &Tree) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, file) in files {
        let offset = size(bytes.len());
        // Made by version 2.0; names in UTF-8; stored; the first day that a zip can say.
        let mut head: Vec<u8> = vec![20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0];
        head.extend(crc32fast::hash(file).to_le_bytes());
        head.extend(size(file.len()));
        head.extend(size(file.len()));
        head.extend(&size(name.len())[..2]);
        head.extend([0; 2]);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&head);
        bytes.extend(name.as_bytes());
        bytes.extend(file);
        directory.extend(b"PK\x01\x02\x14\x03");
        directory.extend(&head);
        directory.extend([0; 6]);
        // A plain file that everybody may read.
        directory.extend((0o100_644_u32 << 16).to_le_bytes());
        directory.extend(offset);
        directory.extend(name.as_bytes());
    }
    let start = size(bytes.len());
    let length = size(directory.len());
    bytes.extend(directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    let count = size(files.len());
    bytes.extend(&count[..2]);
    bytes.extend(&count[..2]);
    bytes.extend(length);
    bytes.extend(start);
    bytes.extend([0; 2]);
    bytes
}

/// A number as zips hold it; reference packages are small.
fn size(number: usize) -> [u8; 4] {
    (number as u32).to_le_bytes()
}
