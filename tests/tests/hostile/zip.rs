//! Zips made to harm.

use std::fs;
use std::time::Duration;

use flate2::{Compress, Compression, FlushCompress};

use super::command::Place;

/// An entry: name, packed bytes, method, the size that the zip says.
struct Entry<'a> {
    name: &'a str,
    packed: Vec<u8>,
    method: u8,
    size: u32,
}

fn archive(entries: &[Entry<'_>]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        let offset = u32::try_from(bytes.len()).unwrap();
        let mut head: Vec<u8> = vec![20, 0, 0, 8, entry.method, 0, 0, 0, 0x21, 0];
        let crc = match entry.method {
            0 => crc32fast::hash(&entry.packed),
            _ => 0,
        };
        head.extend(crc.to_le_bytes());
        head.extend(u32::try_from(entry.packed.len()).unwrap().to_le_bytes());
        head.extend(entry.size.to_le_bytes());
        head.extend(u16::try_from(entry.name.len()).unwrap().to_le_bytes());
        head.extend([0; 2]);
        bytes.extend(
            [
                b"PK\x03\x04",
                &head[..],
                entry.name.as_bytes(),
                &entry.packed,
            ]
            .concat(),
        );
        directory.extend([b"PK\x01\x02\x14\x03", &head[..], &[0; 6]].concat());
        directory.extend((0o100_644_u32 << 16).to_le_bytes());
        directory.extend(offset.to_le_bytes());
        directory.extend(entry.name.as_bytes());
    }
    let start = u32::try_from(bytes.len()).unwrap();
    let length = u32::try_from(directory.len()).unwrap();
    let count = u16::try_from(entries.len()).unwrap().to_le_bytes();
    bytes.extend(directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([count, count].concat());
    bytes.extend(length.to_le_bytes());
    bytes.extend(start.to_le_bytes());
    bytes.extend([0; 2]);
    bytes
}

/// Packed: a header, then so many times 16 MiB of `x`.
fn bomb(header: &str, times: usize) -> Vec<u8> {
    let pack = |bytes: &[u8], flush: FlushCompress| {
        // Each piece begins anew and can be repeated.
        let mut compress = Compress::new(Compression::best(), false);
        let mut packed = Vec::with_capacity(bytes.len() / 100 + 1000);
        compress.compress_vec(bytes, &mut packed, flush).unwrap();
        packed
    };
    let mut packed = pack(header.as_bytes(), FlushCompress::Full);
    let piece = pack(&vec![b'x'; 16 << 20], FlushCompress::Full);
    for _ in 0..times {
        packed.extend(&piece);
    }
    packed.extend(pack(b"", FlushCompress::Finish));
    packed
}

fn refused(place: &Place, entries: &[Entry<'_>]) {
    fs::write(place.path("region.zip"), archive(entries)).unwrap();
    let run = place.validate("region.zip", &[]);
    assert_eq!(run.code, Some(1), "{}{}", run.out, run.err);
    assert!(
        run.codes().contains(&"V0115".to_owned()),
        "{:?}",
        run.codes()
    );
    run.assert_bounded(300 << 20, Duration::from_secs(100));
}

#[test]
fn bombs_are_not_unpacked() {
    let place = Place::new(10);
    let text = fs::read_to_string(place.path("region/student.csv")).unwrap();
    let header = format!("{}\n", text.split('\n').next().unwrap());
    let entry = |times: usize, size: u32| Entry {
        name: "student.csv",
        packed: bomb(&header, times),
        method: 8,
        size,
    };
    // 3.9 GB, as the zip says itself; then 64 GB, of which it owns to 30 MB.
    refused(&place, &[entry(248, 248 << 24)]);
    refused(&place, &[entry(4096, 30_000_000)]);
}

#[test]
fn names_do_not_climb() {
    let place = Place::new(10);
    let bytes = fs::read(place.path("region/student.csv")).unwrap();
    for name in [
        "../student.csv",
        "/student.csv",
        "a/../../student.csv",
        "..\\student.csv",
    ] {
        let entry = Entry {
            name,
            size: u32::try_from(bytes.len()).unwrap(),
            packed: bytes.clone(),
            method: 0,
        };
        refused(&place, &[entry]);
        let before = place.names(".");
        let fixed = place.run(&["fix", "region.zip", "--out", "deep/fixed"]);
        assert!(matches!(fixed.code, Some(0 | 1 | 3)), "{}", fixed.err);
        let mut after = place.names(".");
        after.retain(|name| name != "deep");
        assert_eq!(before, after, "{name}");
        assert!(!place.path("deep/student.csv").exists());
        let _ = fs::remove_dir_all(place.path("deep"));
    }
}
