//! Chunks hold every line once and in order, whatever the block, the file's form or the threads.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use super::*;
use crate::diagnose;
use crate::fixture::{model, options, said, write};
use crate::inventory;
use vitrina_codegen::model::Model;

const HEADER: &str = "id;person_id;points;comment\n";

fn open(model: &Model, path: &Path) -> Package {
    inventory::open(model, path, &options()).unwrap()
}

fn layouts(model: &Model, package: &Package, table: TableId) -> Vec<(usize, Layout)> {
    diagnose::table(model, package, table)
        .into_iter()
        .map(|(file, found)| (file, found.layout.unwrap()))
        .collect()
}

fn with_block(block: usize) -> ReadOptions {
    ReadOptions {
        block,
        hash_all: true,
        ..ReadOptions::default()
    }
}

/// All lines with their rows, as threads get them.
fn lines(source: &ChunkSource<'_>, threads: usize) -> BTreeMap<u64, String> {
    let all = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(chunk) = source.next() {
                    let text = std::str::from_utf8(&chunk.bytes).unwrap();
                    let mut all = all.lock().unwrap();
                    for (row, line) in (chunk.first_row.0..).zip(text.split_inclusive('\n')) {
                        let before = all.insert(row, line.to_owned());
                        assert_eq!(before, None, "row {row} twice");
                    }
                }
            });
        }
    });
    all.into_inner().unwrap()
}

fn table(model: &Model) -> TableId {
    model.find_table("mark").unwrap().id
}

fn rows(count: usize) -> Vec<String> {
    (0..count)
        .map(|at| {
            format!(
                "\"{at}\";\"1\";\"{}\";\"{}\"\n",
                at % 7,
                "ы".repeat(at % 50)
            )
        })
        .collect()
}

#[test]
fn every_line_comes_once_and_in_order() {
    let (model, folder) = (model(), tempfile::tempdir().unwrap());
    let rows = rows(3000);
    let (first, second) = rows.split_at(1700);
    let first = format!("{HEADER}{}", first.concat());
    // The last line has no line feed.
    let second = format!("{HEADER}{}", second.concat().trim_end());
    write(folder.path(), "mark.0001.csv", first.as_bytes());
    write(folder.path(), "mark.0002.csv", second.as_bytes());
    let package = open(&model, folder.path());
    let table = table(&model);
    for (block, threads) in [(64, 1), (100, 3), (4096, 2), (256 * 1024, 2), (1 << 22, 1)] {
        let files = layouts(&model, &package, table);
        let source = chunks(&package, table, files, with_block(block));
        let found = lines(&source, threads);
        assert_eq!(found.len(), rows.len());
        assert_eq!(
            found
                .values()
                .map(|line| line.trim_end())
                .collect::<Vec<_>>(),
            rows.iter().map(|line| line.trim_end()).collect::<Vec<_>>()
        );
        let read = source.finish();
        assert!(read.findings.is_empty());
        assert_eq!(
            read.files.iter().map(|file| file.rows).collect::<Vec<_>>(),
            [1700, 1300]
        );
        for (file, text) in read.files.iter().zip([&first, &second]) {
            use sha2::Digest;
            let digits = sha2::Sha256::digest(text.as_bytes());
            let hash: String = digits.iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(file.sha256.as_deref(), Some(hash.as_str()));
            assert_eq!(file.bytes, text.len() as u64);
            assert!(file.is_whole);
        }
        let wanted: Vec<RowId> = [0, 1, 699, 1699, 1700, 1701, 2999, 5000].map(RowId).into();
        let places = read.places.fetch(&package, &wanted).unwrap();
        assert_eq!(places.len(), 7);
        for place in places {
            let text = [&first, &second][place.file];
            let line = rows[place.row.0 as usize].trim_end();
            assert_eq!(place.bytes, line.as_bytes());
            assert!(text[place.offset as usize..].starts_with(line));
            assert_eq!(text.lines().nth(place.line as usize - 1), Some(line));
            assert_eq!(
                read.places.locate(place.row),
                Some((place.file, place.line))
            );
        }
    }
}

#[test]
fn other_encodings_come_as_utf_8_and_places_stay_those_of_the_file() {
    let model = model();
    let text = format!("{HEADER}{}", rows(300).concat());
    let upper = Encoding::Windows1251.upper_half().unwrap();
    let eight_bit: Vec<u8> = text
        .chars()
        .map(|one| match upper.iter().position(|other| *other == one) {
            Some(place) => 0x80 + place as u8,
            None => one as u8,
        })
        .collect();
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut big = vec![0xfe, 0xff];
    big.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    let marked = format!("\u{feff}{text}").into_bytes();
    let crlf = text.replace('\n', "\r\n").into_bytes();
    for (bytes, encoding) in [
        (eight_bit, Encoding::Windows1251),
        (little, Encoding::Utf16Le),
        (big, Encoding::Utf16Be),
        (marked, Encoding::Utf8),
        (crlf, Encoding::Utf8),
    ] {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "mark.csv", &bytes);
        let package = open(&model, folder.path());
        let files = layouts(&model, &package, table(&model));
        assert_eq!(files[0].1.encoding, encoding);
        let source = chunks(&package, table(&model), files, with_block(1000));
        let found = lines(&source, 2);
        let found: Vec<&str> = found.values().map(|line| line.trim_end()).collect();
        assert_eq!(found, text.lines().skip(1).collect::<Vec<_>>());
        let read = source.finish();
        assert!(read.findings.is_empty());
        let [place] = &read.places.fetch(&package, &[RowId(205)]).unwrap()[..] else {
            panic!("one place");
        };
        let line = text.lines().nth(206).unwrap();
        assert_eq!(String::from_utf8_lossy(&place.bytes).trim_end(), line);
        assert_eq!(place.line, 207);
        let behind = encoding.to_utf8(&bytes[place.offset as usize..]);
        assert!(behind.starts_with(line.as_bytes()));
    }
}

#[test]
fn lines_too_long_are_named_and_passed_over() {
    let model = model();
    let folder = tempfile::tempdir().unwrap();
    let row = "\"1\";\"2\";\"3\";\"\"\n";
    // At the border, above it, far above it, and as the last line.
    let border = "x".repeat(LONGEST_LINE - 1) + "\n";
    let above = "y".repeat(LONGEST_LINE) + "\n";
    let far = "z".repeat(LONGEST_LINE * 3 + 77) + "\n";
    let text = [HEADER, row, &border, row, &above, row, row, &far, row, &far].concat();
    write(folder.path(), "mark.csv", text.as_bytes());
    let package = open(&model, folder.path());
    for block in [256 * 1024, 3 << 20] {
        let files = layouts(&model, &package, table(&model));
        let source = chunks(&package, table(&model), files, with_block(block));
        let found = lines(&source, 2);
        assert_eq!(
            found.keys().copied().collect::<Vec<_>>(),
            [0, 1, 2, 4, 5, 7]
        );
        assert_eq!(found[&1], border);
        assert!([0, 2, 4, 5, 7].iter().all(|at| found[at] == row));
        let read = source.finish();
        assert_eq!((read.rows(), read.files[0].skipped), (9, 3));
        assert!(read.files[0].is_whole && read.files[0].sha256.is_some());
        assert_eq!(
            said(&read.findings),
            ["V0215 a line is longer than 16777216 bytes ×3"]
        );
        let places = read.places.fetch(&package, &[3, 6, 7].map(RowId)).unwrap();
        assert!(places[0].bytes.starts_with(b"yyy") && places[0].bytes.len() == 64 * 1024);
        assert_eq!((places[1].line, places[2].line), (8, 9));
        assert_eq!(places[2].bytes, row.trim_end().as_bytes());
    }
}

#[test]
fn a_file_that_changes_is_read_as_it_was_as_far_as_it_can_be() {
    let model = model();
    let rows = rows(500);
    let text = format!("{HEADER}{}", rows.concat());
    type Change = fn(&Path);
    let grow: Change = |path| {
        let mut file = fs::OpenOptions::new().append(true).open(path).unwrap();
        file.write_all(b"\"x\";\"1\";\"2\";\"3\"\n").unwrap();
    };
    let shrink: Change = |path| {
        let file = fs::OpenOptions::new().write(true).open(path).unwrap();
        file.set_len(3000).unwrap();
    };
    let replace: Change = |path| {
        let other = path.with_extension("new");
        fs::copy(path, &other).unwrap();
        fs::rename(other, path).unwrap();
    };
    let remove: Change = |path| fs::remove_file(path).unwrap();
    for (change, count) in [(grow, 500), (shrink, 0), (replace, 500), (remove, 500)] {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "mark.csv", text.as_bytes());
        let path = folder.path().join("mark.csv");
        let package = open(&model, folder.path());
        let files = layouts(&model, &package, table(&model));
        let source = chunks(&package, table(&model), files, with_block(1000));
        let first = source.next().unwrap();
        assert_eq!(first.first_row, RowId(0));
        change(&path);
        let mut rest = lines(&source, 1);
        for (row, line) in (0..).zip(first.bytes.split_inclusive(|byte| *byte == b'\n')) {
            rest.insert(row, String::from_utf8(line.to_vec()).unwrap());
        }
        let read = source.finish();
        assert_eq!(
            said(&read.findings),
            ["V0116 `mark.csv` changed while it was read ×1"]
        );
        if count > 0 {
            assert_eq!(rest.values().cloned().collect::<Vec<_>>(), rows);
            assert!(read.files[0].is_whole);
        } else {
            assert!(rest.len() < rows.len() && !read.files[0].is_whole);
            assert_eq!(read.files[0].sha256, None);
        }
    }
}

#[test]
fn a_file_gone_before_it_is_read_is_said_and_the_others_are_read() {
    let model = model();
    let folder = tempfile::tempdir().unwrap();
    let text = format!("{HEADER}{}", rows(5).concat());
    write(folder.path(), "mark.0001.csv", text.as_bytes());
    write(folder.path(), "mark.0002.csv", text.as_bytes());
    let package = open(&model, folder.path());
    let files = layouts(&model, &package, table(&model));
    fs::remove_file(folder.path().join("mark.0001.csv")).unwrap();
    let source = chunks(&package, table(&model), files, ReadOptions::default());
    assert_eq!(lines(&source, 2).len(), 5);
    let read = source.finish();
    assert_eq!(
        said(&read.findings),
        ["V0116 `mark.0001.csv` changed while it was read ×1"]
    );
    assert!(!read.files[0].is_whole && read.files[1].is_whole);
}
