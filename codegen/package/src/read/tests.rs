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
