//! Packages made to harm: each a clear finding or error, in bounded time and memory.

use std::time::{Duration, Instant};

use super::zip::{Raw, save};
use super::*;

/// What is said of a zip of these entries when it is opened, and when it is read.
fn judge(entries: &[Raw]) -> (Vec<String>, Vec<String>) {
    let model = model();
    let folder = tempfile::tempdir().unwrap();
    let path = save(&folder, entries);
    let package = open(&model, &path, &options()).unwrap();
    let (findings, _) = package.conclude(&model, &read_all(&model, &package), &options());
    (said(&package.findings), said(&findings))
}

fn person() -> Raw {
    Raw::stored("person.csv", PERSON.as_bytes())
}

fn refused(name: &str, reason: &str) -> String {
    format!("V0115 the archive's entry `{name}` is refused: {reason} ×1")
}

/// Bytes that unpack to a header and so many times 16 MiB of `x`: made by repeating a packed piece.
fn bomb(times: usize) -> Vec<u8> {
    use flate2::{Compress, Compression, FlushCompress};
    let pack = |bytes: &[u8], flush: FlushCompress| {
        // No window before a piece is needed when each begins anew.
        let mut compress = Compress::new(Compression::best(), false);
        let mut packed = Vec::with_capacity(bytes.len() / 100 + 1000);
        compress.compress_vec(bytes, &mut packed, flush).unwrap();
        packed
    };
    let mut packed = pack(b"id;person_id;points;comment\n", FlushCompress::Full);
    let piece = pack(&vec![b'x'; 16 << 20], FlushCompress::Full);
    for _ in 0..times {
        packed.extend(&piece);
    }
    packed.extend(pack(b"", FlushCompress::Finish));
    packed
}

#[test]
fn a_bomb_is_not_unpacked() {
    let start = Instant::now();
    // 3.9 GB, as the zip says itself.
    let packed = bomb(248);
    assert!(packed.len() < 8 << 20);
    let entry = Raw {
        packed,
        size: 248 * (16 << 20) + 28,
        method: 8,
        ..Raw::stored("mark.csv", b"")
    };
    let (opened, read) = judge(&[entry.clone(), person()]);
    let reason = format!(
        "it would unpack from {} to {} bytes, which no manifest says",
        entry.packed.len(),
        entry.size
    );
    assert_eq!(opened, [refused("mark.csv", &reason)]);
    assert_eq!(read, [""; 0]);

    // 64 GB, of which the zip owns to 30 MB: no more than these are unpacked.
    let entry = Raw {
        packed: bomb(4096),
        size: 30_000_000,
        ..entry
    };
    let (opened, read) = judge(&[entry, person()]);
    assert_eq!(opened, [""; 0]);
    assert_eq!(
        read,
        [
            refused(
                "mark.csv",
                "it unpacks to more bytes than the archive's directory says"
            ),
            "V0215 a line is longer than 16777216 bytes ×1".to_owned(),
        ]
    );
    assert!(
        start.elapsed() < Duration::from_secs(60),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn all_together_unpack_to_no_more_than_allowed() {
    let model = model();
    let folder = tempfile::tempdir().unwrap();
    let path = save(
        &folder,
        &[Raw::deflated("mark.csv", MARK.as_bytes()), person()],
    );
    let mut options = options();
    options.unpacked = MARK.len() as u64;
    let package = open(&model, &path, &options).unwrap();
    let reason = format!("the archive would unpack to more than {} bytes", MARK.len());
    assert_eq!(said(&package.findings), [refused("person.csv", &reason)]);
}

#[test]
fn a_manifest_vouches_for_what_packs_well() {
    let model = model();
    let folder = tempfile::tempdir().unwrap();
    let mark = Raw {
        packed: bomb(12),
        size: 12 * (16 << 20) + 28,
        method: 8,
        ..Raw::stored("mark.csv", b"")
    };
    let files = [("mark.csv", "mark", 1, u64::from(mark.size), &*sha256(""))];
    let manifest = Raw::stored("manifest.json", manifest("full", &files).as_bytes());
    let path = save(&folder, &[mark.clone(), manifest]);
    let package = open(&model, &path, &options()).unwrap();
    assert_eq!(said(&package.findings), [""; 0]);
    let path = save(&folder, &[mark, person()]);
    let package = open(&model, &path, &options()).unwrap();
    assert!(said(&package.findings)[0].starts_with("V0115"));
}

#[test]
fn names_that_climb_out_are_refused() {
    for name in [
        "../mark.csv",
        "a/../../mark.csv",
        "/mark.csv",
        "C:mark.csv",
        "data\\mark.csv",
        "..\\mark.csv",
    ] {
        let (opened, read) = judge(&[Raw::stored(name, MARK.as_bytes()), person()]);
        let reason = "its name leads out of the archive or holds backslashes";
        assert!(opened.contains(&refused(name, reason)), "{opened:?}");
        assert_eq!(read, [""; 0]);
    }
}

#[test]
fn entries_that_no_reader_agrees_on_are_refused() {
    let mark = Raw::stored("mark.csv", MARK.as_bytes());
    let deflated = Raw::deflated("mark.csv", MARK.as_bytes());
    let only = |entry: Raw, reason: &str| {
        let (opened, read) = judge(&[entry, person()]);
        assert_eq!(opened, [refused("mark.csv", reason)]);
        assert_eq!(read, [""; 0]);
    };
    let link = Raw {
        attributes: 0o120_777 << 16,
        ..mark.clone()
    };
    only(link, "it is a symbolic link, which packages do not hold");
    let encrypted = Raw {
        flags: 0x801,
        ..mark.clone()
    };
    only(encrypted, "it is encrypted");
    let lzma = Raw {
        method: 14,
        ..mark.clone()
    };
    only(lzma, "it is packed by a method other than deflate");
    let longer = Raw {
        size: mark.size + 1,
        ..mark.clone()
    };
    only(
        longer,
        "its place or its sizes in the archive's directory are wrong",
    );
    let (opened, _) = judge(&[mark.clone(), deflated, person()]);
    let reason = "the archive holds several files of this name";
    assert_eq!(opened, [refused("mark.csv", reason)]);

    let shared = Raw {
        name: "person.csv".into(),
        shares: Some(0),
        ..mark.clone()
    };
    let (opened, _) = judge(&[mark, shared]);
    let reason = "its bytes in the archive are those of another entry too";
    assert_eq!(
        opened,
        [refused("mark.csv", reason), refused("person.csv", reason)]
    );
}

#[test]
fn damage_shows_when_an_entry_is_read() {
    let mark = Raw::deflated("mark.csv", MARK.as_bytes());
    let read = |entry: Raw| judge(&[entry, person()]).1;
    let crc = Raw {
        crc: 1,
        ..mark.clone()
    };
    assert_eq!(
        read(crc),
        [refused(
            "mark.csv",
            "its CRC-32 is wrong: the archive is damaged"
        )]
    );
    let shorter = Raw {
        size: mark.size - 1,
        ..mark.clone()
    };
    assert_eq!(
        read(shorter),
        [refused(
            "mark.csv",
            "it unpacks to more bytes than the archive's directory says"
        )]
    );
    // The header is read from it before; the rest is not.
    let longer = Raw {
        size: mark.size + 1,
        ..mark.clone()
    };
    assert_eq!(judge(&[longer, person()]).1, [""; 0]);
    let mut broken = Raw::deflated("mark.csv", &MARK.as_bytes().repeat(10_000));
    let middle = broken.packed.len() / 2;
    broken.packed[middle..].fill(0xff);
    let found = read(broken);
    assert!(found[0].starts_with("V0115"), "{found:?}");
}

#[test]
fn a_header_of_a_billion_columns_is_not_looked_at() {
    let model = model();
    let folder = tempfile::tempdir().unwrap();
    let file = std::fs::File::create(folder.path().join("mark.csv")).unwrap();
    // A gigabyte of zeros that the disk does not hold, and a file without a line feed.
    file.set_len(1 << 30).unwrap();
    write(folder.path(), "person.csv", &b"id;".repeat(1 << 20));
    let package = open(&model, folder.path(), &options()).unwrap();
    let start = Instant::now();
    for table in ["mark", "person"] {
        let table = model.find_table(table).unwrap().id;
        let [(_, found)] = &diagnose::table(&model, &package, table)[..] else {
            panic!("one file");
        };
        assert_eq!(found.layout, None);
        assert_eq!(
            said(&found.findings),
            [
                "V0213 the header is not the table's: no line feed in the first 65536 bytes of the \
              file ×1"
            ]
        );
    }
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_never_opened() {
    use std::os::unix::fs::symlink;
    let model = model();
    let folder = tempfile::tempdir().unwrap();
    symlink("/dev/zero", folder.path().join("mark.csv")).unwrap();
    std::fs::create_dir(folder.path().join("person.csv")).unwrap();
    let pipe = folder.path().join("pipe.csv");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let package = open(&model, folder.path(), &options()).unwrap();
    assert_eq!(
        said(&package.findings),
        [
            "V0117 `mark.csv` cannot be read: it is a symbolic link, which packages do not hold ×1",
            "V0117 `person.csv` cannot be read: it is a folder ×1",
            "V0117 `pipe.csv` cannot be read: it is no file: a pipe, a device or the like ×1",
        ]
    );
    assert!(package.files.is_empty());
}

#[test]
fn more_files_than_any_package_has_are_an_error() {
    let model = model();
    let folder = tempfile::tempdir().unwrap();
    let entries: Vec<Raw> = (0..=MOST_FILES)
        .map(|at| Raw::stored(&format!("{at}.csv"), b""))
        .collect();
    let path = save(&folder, &entries);
    let error = open(&model, &path, &options()).unwrap_err();
    assert!(matches!(error, Error::TooMany(..)));
    for at in 0..=MOST_FILES {
        write(folder.path(), &format!("f/{at}.csv"), b"");
    }
    let error = open(&model, &folder.path().join("f"), &options()).unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("is no package: it holds more than 10000 files")
    );
}

#[test]
fn no_bytes_of_a_zip_make_it_panic() {
    let model = model();
    let folder = tempfile::tempdir().unwrap();
    let entries = [
        Raw::deflated("mark.csv", MARK.as_bytes()),
        person(),
        Raw::stored("manifest.json", manifest("full", &[]).as_bytes()),
    ];
    let whole = super::zip::archive(&entries);
    let path = folder.path().join("p.zip");
    let mut state = 11_u64;
    let mut random = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) as usize % below
    };
    let mut opened = 0;
    for _ in 0..400 {
        let mut bytes = whole.clone();
        for _ in 0..=random(3) {
            let at = random(bytes.len());
            match random(8) {
                0 => bytes.truncate(at.max(1)),
                1 => bytes.insert(at, 0),
                _ => bytes[at] = random(256) as u8,
            }
        }
        std::fs::write(&path, &bytes).unwrap();
        if let Ok(package) = open(&model, &path, &options()) {
            opened += 1;
            package.conclude(&model, &read_all(&model, &package), &options());
        }
    }
    assert!(opened > 50, "{opened}");
}
