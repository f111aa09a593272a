//! Zips made by hand, right and wrong ones.

use std::io::Write;
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::DeflateEncoder;

use super::*;

/// An entry, with everything that a zip says of it.
#[derive(Clone)]
pub(super) struct Raw {
    pub(super) name: String,
    pub(super) packed: Vec<u8>,
    pub(super) size: u32,
    pub(super) crc: u32,
    pub(super) method: u16,
    pub(super) flags: u16,
    pub(super) attributes: u32,
    /// Uses the bytes of an earlier entry instead of its own.
    pub(super) shares: Option<usize>,
}

impl Raw {
    pub(super) fn stored(name: &str, bytes: &[u8]) -> Raw {
        Raw {
            name: name.into(),
            packed: bytes.to_vec(),
            size: bytes.len() as u32,
            crc: crc32fast::hash(bytes),
            method: 0,
            flags: 0x800,
            attributes: 0o100_644 << 16,
            shares: None,
        }
    }

    pub(super) fn deflated(name: &str, bytes: &[u8]) -> Raw {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        Raw {
            packed: encoder.finish().unwrap(),
            method: 8,
            ..Raw::stored(name, bytes)
        }
    }

    fn head(&self) -> Vec<u8> {
        let mut head = Vec::new();
        head.extend(20_u16.to_le_bytes());
        head.extend(self.flags.to_le_bytes());
        head.extend(self.method.to_le_bytes());
        head.extend([0; 4]);
        head.extend(self.crc.to_le_bytes());
        head.extend((self.packed.len() as u32).to_le_bytes());
        head.extend(self.size.to_le_bytes());
        head.extend((self.name.len() as u16).to_le_bytes());
        head.extend([0; 2]);
        head
    }
}

pub(super) fn archive(entries: &[Raw]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    let mut offsets: Vec<u32> = Vec::new();
    for entry in entries {
        let offset = match entry.shares {
            Some(other) => offsets[other],
            None => bytes.len() as u32,
        };
        offsets.push(offset);
        if entry.shares.is_none() {
            bytes.extend(b"PK\x03\x04");
            bytes.extend(entry.head());
            bytes.extend(entry.name.as_bytes());
            bytes.extend(&entry.packed);
        }
        directory.extend(b"PK\x01\x02");
        directory.extend((3_u16 << 8 | 20).to_le_bytes());
        directory.extend(entry.head());
        directory.extend([0; 6]);
        directory.extend(entry.attributes.to_le_bytes());
        directory.extend(offset.to_le_bytes());
        directory.extend(entry.name.as_bytes());
    }
    let start = bytes.len() as u32;
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend((entries.len() as u16).to_le_bytes());
    bytes.extend((entries.len() as u16).to_le_bytes());
    bytes.extend((directory.len() as u32).to_le_bytes());
    bytes.extend(start.to_le_bytes());
    bytes.extend([0; 2]);
    bytes
}

pub(super) fn save(folder: &tempfile::TempDir, entries: &[Raw]) -> PathBuf {
    write(folder.path(), "p.zip", &archive(entries));
    folder.path().join("p.zip")
}

#[test]
fn a_zip_is_read_as_a_folder_is() {
    let model = model();
    let folder = tempfile::tempdir().unwrap();
    let mut text = String::from("id;person_id;points;comment\n");
    for row in 0..20_000 {
        text += &format!("\"{row}\";\"1\";\"5\";\"{}\"\n", "ы".repeat(row % 20));
    }
    let hash = sha256(&text);
    let listed = manifest(
        "full",
        &[
            ("mark.csv", "mark", 20_000, text.len() as u64, &hash),
            (
                "person.csv",
                "person",
                1,
                PERSON.len() as u64,
                &sha256(PERSON),
            ),
        ],
    );
    let path = save(
        &folder,
        &[
            Raw::deflated("mark.csv", text.as_bytes()),
            Raw::stored("person.csv", PERSON.as_bytes()),
            Raw::deflated("manifest.json", listed.as_bytes()),
        ],
    );
    let package = open(&model, &path, &options()).unwrap();
    assert_eq!((package.kind, package.name.as_str()), (Kind::Zip, "p.zip"));
    assert_eq!(said(&package.findings), [""; 0]);
    let reads = read_all(&model, &package);
    let (findings, _) = package.conclude(&model, &reads, &options());
    assert_eq!(said(&findings), [""; 0]);
    let mark = reads
        .iter()
        .find(|read| read.table == model.find_table("mark").unwrap().id)
        .unwrap();
    assert_eq!(mark.files[0].sha256, Some(hash));
    let rows = [0, 1, 9_000, 19_999].map(crate::RowId);
    for place in mark.places.fetch(&package, &rows).unwrap() {
        let line = text.lines().nth(place.row.0 as usize + 1).unwrap();
        assert_eq!(place.bytes, line.as_bytes());
        assert!(text[place.offset as usize..].starts_with(line));
    }
}

#[test]
fn a_zip_of_one_folder_is_read_all_the_same() {
    let model = model();
    let folder = tempfile::tempdir().unwrap();
    let path = save(
        &folder,
        &[
            Raw::stored("export/", b""),
            Raw::deflated("export/mark.csv", MARK.as_bytes()),
            Raw::deflated("export/person.csv", PERSON.as_bytes()),
        ],
    );
    let package = open(&model, &path, &options()).unwrap();
    assert_eq!(
        said(&package.findings),
        ["V0108 files lie in the folder `export/` inside the package; they belong at its root ×2"]
    );
    assert_eq!(
        read_all(&model, &package)
            .iter()
            .map(TableRead::rows)
            .sum::<u64>(),
        3
    );
}
