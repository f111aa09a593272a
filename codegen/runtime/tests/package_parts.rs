//! Tables in parts, and the same bytes by any number of threads.

#[path = "shared/package.rs"]
mod looks;
#[path = "shared/mark.rs"]
mod shared;

use std::fs;
use std::path::Path;

use looks::{manifest_holds, marks, names};
use serde_json::Value;
use shared::Mark;
use vitrina::package::{ErrorKind, PackageOptions, PackageWriter, TableWriter};
use vitrina::record::meta::Table;
use vitrina::{Context, Date, Findings, Lang, Record, RowSink, RowSource};

/// The parts of a table: each with the header, none above the limit, together the rows.
fn parts_hold(folder: &Path, limit: u64, whole: &str) -> usize {
    let parts: Vec<String> = names(folder)
        .into_iter()
        .filter(|name| name.ends_with(".csv"))
        .collect();
    let (header, rows) = whole.split_once('\n').unwrap();
    let mut found = Vec::new();
    for (place, name) in parts.iter().enumerate() {
        assert_eq!(*name, format!("mark.{:04}.csv", place + 1));
        let text = fs::read_to_string(folder.join(name)).unwrap();
        assert!(text.len() as u64 <= limit, "{name}: {}", text.len());
        let (head, rest) = text.split_once('\n').unwrap();
        assert_eq!(head, header);
        found.extend(rest.split('\n').map(str::to_owned));
        if let Some(next) = parts.get(place + 1) {
            // As much as fits: the next row would not.
            let next = fs::read_to_string(folder.join(next)).unwrap();
            let row = next.split('\n').nth(1).unwrap();
            assert!((text.len() + 1 + row.len()) as u64 > limit, "{name}");
        }
    }
    assert_eq!(found.join("\n"), rows);
    parts.len()
}

#[test]
fn a_table_goes_on_in_parts() {
    // Every part is synced to the disk, so there are not too many.
    let rows = marks(1200);
    let whole = String::from_utf8({
        let mut out = Vec::new();
        Mark::write_csv(&rows, &mut out).unwrap();
        out
    })
    .unwrap();
    let longest = whole.split('\n').map(str::len).max().unwrap() as u64;
    let header = Mark::TABLE.header.len() as u64;
    for limit in [header + 1 + 4 * longest, 20_000, 70_000, 100_000] {
        let folder = tempfile::tempdir().unwrap();
        let options = PackageOptions::new().split(limit);
        let package = options.create(folder.path()).unwrap();
        let mut table = package.table::<Mark>().unwrap();
        let (first, second) = rows.split_at(700);
        first.iter().for_each(|row| table.write(row).unwrap());
        table.write_parallel(second, 2).unwrap();
        assert_eq!(table.close().unwrap(), 1200);
        let summary = package.finish().unwrap();
        let parts = parts_hold(folder.path(), limit, &whole);
        assert!(parts > 1, "{limit}");
        let table = &summary.tables[0];
        assert_eq!((table.files.len(), table.rows), (parts, 1200));
        assert_eq!(table.path, folder.path().join("mark.0001.csv"));
        manifest_holds(folder.path());
    }
    // What just fits is one file under its plain name; one byte less makes two.
    let length = whole.len() as u64;
    for (limit, expected) in [(length, 1), (length - 1, 2)] {
        let folder = tempfile::tempdir().unwrap();
        let options = PackageOptions::new().split(limit);
        let package = options.create(folder.path()).unwrap();
        package.write(&rows).unwrap();
        let summary = package.finish().unwrap();
        assert_eq!(summary.tables[0].files.len(), expected);
        assert_eq!(folder.path().join("mark.csv").exists(), expected == 1);
    }
}

#[test]
fn a_row_above_the_limit_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let mut rows = marks(20);
    rows[16].name = "Ё".repeat(5000);
    let options = PackageOptions::new().split(4000);
    let package = options.create(folder.path()).unwrap();
    let error = package.write(&rows).unwrap_err();
    let ErrorKind::LargeRow {
        row, bytes, limit, ..
    } = error.kind()
    else {
        panic!("{error}");
    };
    assert_eq!((*row, *limit), (17, 4000));
    let mut alone = Vec::new();
    Mark::write_csv(&rows[16..17], &mut alone).unwrap();
    assert_eq!(*bytes, alone.len() as u64);
    assert!(
        error
            .message(Lang::Ru)
            .starts_with("строке 17 таблицы `mark`"),
        "{error}"
    );
    assert!(package.write_parallel(&rows, 3).is_err());
    assert!(package.finish().unwrap().tables.is_empty());
    assert!(names(folder.path()).is_empty());

    let options = PackageOptions::new().split(10);
    let package = options.create(folder.path()).unwrap();
    let error = package.write::<Mark>(&[]).unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::LargeRow { row: 0, .. }),
        "{error}"
    );
}

/// The bytes of a table that `write` writes.
fn written(write: impl FnOnce(&mut TableWriter<'_, Mark>)) -> (Vec<u8>, Value) {
    let folder = tempfile::tempdir().unwrap();
    let package = PackageWriter::create(folder.path()).unwrap();
    let mut table = package.table::<Mark>().unwrap();
    write(&mut table);
    table.close().unwrap();
    package.finish().unwrap();
    let bytes = fs::read(folder.path().join("mark.csv")).unwrap();
    (bytes, manifest_holds(folder.path()))
}

#[test]
fn threads_write_the_same_bytes() {
    let rows = marks(10_000);
    let one = written(|table| rows.iter().for_each(|row| table.write(row).unwrap()));
    for threads in [0, 1, 2, 3, 8] {
        let many = written(|table| {
            let (first, rest) = rows.split_at(3001);
            let (second, third) = rest.split_at(1);
            assert_eq!(table.write_parallel(first, threads).unwrap(), 3001);
            table.write(&second[0]).unwrap();
            assert_eq!(table.write_parallel(third, threads).unwrap(), 6998);
            assert_eq!(table.write_parallel(&[], threads).unwrap(), 0);
        });
        assert!(one == many, "{threads} threads");
    }
}

#[test]
fn threads_refuse_the_same_row_at_the_same_place() {
    let mut rows = marks(6000);
    rows[4321].text = Some("две\nстроки".into());
    let folder = tempfile::tempdir().unwrap();
    let package = PackageWriter::create(folder.path()).unwrap();
    let mut table = package.table::<Mark>().unwrap();
    let one = rows.iter().find_map(|row| table.write(row).err()).unwrap();
    drop(table);
    let mut table = package.table::<Mark>().unwrap();
    table.write(&rows[0]).unwrap();
    let many = table.write_parallel(&rows[1..], 4).unwrap_err();
    assert_eq!(one.to_string(), many.to_string());
    let place = |error: &vitrina::package::Error| match error.kind() {
        ErrorKind::Row(error) => error.position(),
        _ => panic!("{error}"),
    };
    assert_eq!(place(&one), place(&many), "line, column and byte");
    // The rows before it are there, and more may follow.
    table.write(&rows[5]).unwrap();
    assert_eq!(table.close().unwrap(), 4322);
}

#[test]
fn threads_judge_as_one_does() {
    let mut rows = marks(5000);
    for at in [7, 1500, 1501, 4999] {
        rows[at].text = Some("две\nстроки".into());
    }
    let context = Context::new(Date::new(2025, 9, 1).unwrap());
    let (mut one, mut many) = (Findings::new(), Findings::new());
    let alone = written(|table| {
        for row in &rows {
            table.write_valid(row, &context, &mut one).unwrap();
        }
    });
    let together = written(|table| {
        let count = table.write_valid_parallel(&rows, 4, &context, &mut many);
        assert_eq!(count.unwrap(), 4996);
    });
    assert!(alone == together);
    assert_eq!(one, many);
    assert_eq!(one.len(), 4);
}

/// A record whose encoding panics, as a hand-written one might.
#[derive(Clone, PartialEq, Debug)]
struct Panics;

impl Record for Panics {
    type Key = i32;
    const TABLE: &'static Table = Mark::TABLE;

    fn key(&self) -> i32 {
        0
    }

    fn write_row<S: RowSink>(&self, _: &mut S) -> Result<(), S::Error> {
        panic!("as it should");
    }

    fn read_row<S: RowSource>(_: &mut S) -> Result<Self, S::Error> {
        Ok(Panics)
    }
}

#[test]
fn a_panic_in_a_thread_reaches_the_caller() {
    let folder = tempfile::tempdir().unwrap();
    let package = PackageWriter::create(folder.path()).unwrap();
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _ = package.write_parallel(&vec![Panics; 9000], 2);
    }));
    assert!(panic.is_err());
    assert_eq!(
        package.write(&marks(2)).unwrap(),
        2,
        "the table is free again"
    );
    package.finish().unwrap();
    manifest_holds(folder.path());
}
