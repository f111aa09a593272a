//! What stands in a package: manifest, modes, parts, and the same bytes by any number of threads.

#[path = "shared/mark.rs"]
mod shared;

use std::fs;
use std::path::Path;

use serde_json::Value;
use sha2::Digest;
use shared::{Mark, MarkId, SHOWCASE, mark};
use vitrina::csv::{BooleanForm, NullForm, Profile};
use vitrina::package::{
    ErrorKind, Mode, PackageFolder, PackageOptions, PackageWriter, TableWriter,
};
use vitrina::record::meta::{Column, Requirement, Table};
use vitrina::{Context, Date, Findings, Lang, Prefix, Record, RowSink, RowSource, Time};

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Rows that differ, some with quotes.
fn marks(count: usize) -> Vec<Mark> {
    let prefix = Prefix::new("ESH").unwrap();
    let one = |number: usize| Mark {
        id: MarkId::new(&prefix, number).unwrap(),
        number: i32::try_from(number).unwrap(),
        text: (!number.is_multiple_of(3)).then(|| "«а» \"б\"".repeat(1 + number % 7)),
        ..mark()
    };
    (1..=count).map(one).collect()
}

fn json(folder: &Path) -> Value {
    let text = fs::read_to_string(folder.join("manifest.json")).unwrap();
    let value = serde_json::from_str(&text).unwrap();
    assert_eq!(format!("{value:#}\n"), text);
    value
}

/// The manifest tells of exactly the files that are there, and of every byte of them.
fn manifest_holds(folder: &Path) -> Value {
    let value = json(folder);
    let mut told: Vec<String> = vec!["manifest.json".into()];
    for file in value["files"].as_array().unwrap() {
        let name = file["name"].as_str().unwrap();
        let bytes = fs::read(folder.join(name)).unwrap();
        let hash: String = sha2::Sha256::digest(&bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(file["sha256"], hash, "{name}");
        assert_eq!(file["bytes"], bytes.len(), "{name}");
        let lines = bytes.split(|&byte| byte == b'\n').count();
        assert_eq!(file["rows"], lines - 1, "{name}");
        assert!(name.starts_with(file["table"].as_str().unwrap()));
        told.push(name.to_owned());
    }
    assert_eq!(names(folder), told, "sorted by name, and nothing else");
    value
}

/// A table whose key has several columns, of types that files write in their own ways.
#[derive(Clone, PartialEq)]
struct Slot {
    text: String,
    given: bool,
    at: Time,
}

impl Record for Slot {
    type Key = (Time, String, bool);

    const TABLE: &'static Table = {
        const fn column(of: &'static Column, name: &'static str) -> Column {
            Column {
                name,
                title: name,
                base: of.base,
                requirement: Requirement::Always,
                personal: None,
                domain: None,
            }
        }
        const MARK: &Table = Mark::TABLE;
        &Table {
            name: "slot",
            header: "word;given;at",
            columns: &[
                column(&MARK.columns[1], "word"),
                column(&MARK.columns[6], "given"),
                column(&MARK.columns[8], "at"),
            ],
            primary_key: &[2, 0, 1],
            ..*MARK
        }
    };

    fn key(&self) -> Self::Key {
        (self.at, self.text.clone(), self.given)
    }

    fn write_row<S: RowSink>(&self, row: &mut S) -> Result<(), S::Error> {
        row.field(0, &self.text)?;
        row.field(1, &self.given)?;
        row.field(2, &self.at)
    }

    fn read_row<S: RowSource>(row: &mut S) -> Result<Self, S::Error> {
        Ok(Slot {
            text: row.field(0)?,
            given: row.field(1)?,
            at: row.field(2)?,
        })
    }
}

vitrina::record_type!(Slot);

fn slot() -> Slot {
    Slot {
        text: "он; \"он\"".into(),
        given: true,
        at: "08:30:00".parse().unwrap(),
    }
}

#[test]
fn the_manifest_says_what_is_there_and_whose() {
    let folder = tempfile::tempdir().unwrap();
    let package = PackageOptions::new()
        .producer("РИС «Пример»", "3.1")
        .mode(Mode::Upsert)
        .profile(Profile {
            null: NullForm::Bare,
            boolean: BooleanForm::Digit,
        })
        .create(folder.path())
        .unwrap();
    package.write(&[slot()]).unwrap();
    package.write(&marks(3000)).unwrap();
    let summary = package.finish().unwrap();
    let value = manifest_holds(folder.path());
    let head: Value = serde_json::json!({
        "format": "vitrina-package/1",
        "model": { "showcase": SHOWCASE.mnemonic, "version": SHOWCASE.version },
        "producer": { "name": "РИС «Пример»", "version": "3.1" },
        "mode": "upsert",
        "profile": { "null": "bare", "boolean": "digit" },
        "files": value["files"],
    });
    assert_eq!(value, head);
    assert_eq!(summary.manifest, Some(folder.path().join("manifest.json")));
    assert_eq!((summary.rows(), summary.mode), (3001, Mode::Upsert));
    let files = value["files"].as_array().unwrap();
    for (table, told) in summary.tables.iter().zip(files) {
        assert_eq!(told["table"], table.table);
        assert_eq!(told["sha256"].as_str(), table.files[0].sha256.as_deref());
    }
}

#[test]
fn a_manifest_may_be_left_away_and_an_unknown_producer_is_null() {
    let folder = tempfile::tempdir().unwrap();
    let options = PackageOptions::new().manifest(false);
    let package = options.create(folder.path()).unwrap();
    package.write(&[mark()]).unwrap();
    let summary = package.finish().unwrap();
    assert_eq!(names(folder.path()), ["mark.csv"]);
    assert_eq!(
        (summary.manifest, &summary.tables[0].files[0].sha256),
        (None, &None)
    );

    let folder = tempfile::tempdir().unwrap();
    let package = PackageWriter::create(folder.path()).unwrap();
    package.write::<Mark>(&[]).unwrap();
    package.finish().unwrap();
    let value = manifest_holds(folder.path());
    assert_eq!(
        (&value["producer"], &value["mode"]),
        (&Value::Null, &"full".into())
    );
    assert_eq!(value["files"][0]["rows"], 0);
}

#[test]
fn an_earlier_manifest_stays_unless_asked_and_never_lies() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("manifest.json"), "{}").unwrap();
    let error = PackageWriter::create(folder.path()).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Exists { .. }), "{error}");
    assert_eq!(names(folder.path()), ["manifest.json"]);

    let overwrite = PackageOptions::new().overwrite(true);
    let package = overwrite.clone().create(folder.path()).unwrap();
    package.write(&[mark()]).unwrap();
    package.finish().unwrap();
    manifest_holds(folder.path());

    let package = overwrite.manifest(false).create(folder.path()).unwrap();
    package.write(&marks(2)).unwrap();
    package.finish().unwrap();
    assert_eq!(
        names(folder.path()),
        ["mark.csv"],
        "it would tell of other rows"
    );
}

#[test]
fn keys_of_deleted_rows_are_written_as_in_their_rows() {
    let folder = tempfile::tempdir().unwrap();
    let delete = PackageOptions::new().mode(Mode::Delete).profile(Profile {
        null: NullForm::Quoted,
        boolean: BooleanForm::Title,
    });
    let package = delete.create(folder.path()).unwrap();
    let keys: Vec<MarkId> = marks(2).iter().map(Record::key).collect();
    assert_eq!(package.delete_keys::<Mark>(&keys).unwrap(), 2);
    let mut slots = package.keys::<Slot>().unwrap();
    slots.write(&slot().key()).unwrap();
    for text in ["", "две\nстроки"] {
        let key = ("08:30:00".parse().unwrap(), text.to_owned(), false);
        let error = slots.write(&key).unwrap_err();
        assert!(
            error
                .message(Lang::Ru)
                .starts_with("`slot`, строка 3, столбец `word`: ")
        );
    }
    let finer = ("08:30:00.5".parse().unwrap(), "а".to_owned(), false);
    assert!(
        slots.write(&finer).is_err(),
        "the column holds whole seconds"
    );
    assert_eq!(slots.close().unwrap(), 1);
    package.finish().unwrap();

    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("mark.csv"), "id\n\"ESH-1\"\n\"ESH-2\"");
    assert_eq!(
        read("slot.csv"),
        "at;word;given\n\"08:30:00\";\"он; \"\"он\"\"\";\"True\""
    );
    assert_eq!(manifest_holds(folder.path())["mode"], "delete");
}

/// A table whose only column is its key.
macro_rules! single {
    ($($name:ident, $type:ty, $key:ty, $place:literal, $make:expr;)*) => {$(
        struct $name($type);

        impl Record for $name {
            type Key = $key;
            const TABLE: &'static Table = &Table {
                name: stringify!($name),
                header: "key",
                columns: &[Column {
                    name: "key",
                    title: "Ключ",
                    base: Mark::TABLE.columns[$place].base,
                    requirement: Requirement::Always,
                    personal: None,
                    domain: None,
                }],
                primary_key: &[0],
                ..*Mark::TABLE
            };
            fn key(&self) -> $key {
                $make(&self.0)
            }
            fn write_row<S: RowSink>(&self, row: &mut S) -> Result<(), S::Error> {
                row.field(0, &self.0)
            }
            fn read_row<S: RowSource>(row: &mut S) -> Result<Self, S::Error> {
                row.field(0).map($name)
            }
        }
    )*};
}

single! {
    Double, f64, u64, 4, |it: &f64| it.to_bits();
    Float, f32, u32, 5, |it: &f32| it.to_bits();
    Text, String, String, 1, String::clone;
    Whole, i64, i64, 3, i64::clone;
    Truth, bool, bool, 6, bool::clone;
    Day, Date, Date, 7, Date::clone;
    At, vitrina::Timestamp, vitrina::Timestamp, 9, vitrina::Timestamp::clone;
    Unique, vitrina::Uuid, vitrina::Uuid, 10, vitrina::Uuid::clone;
}

/// A file of rows that have nothing but their key is the file of their keys.
fn keys_are_rows<R: Record>(rows: &[R]) {
    let mut expected = Vec::new();
    R::write_csv(rows, &mut expected).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let options = PackageOptions::new().mode(Mode::Delete);
    let package = options.create(folder.path()).unwrap();
    let keys: Vec<R::Key> = rows.iter().map(Record::key).collect();
    package.delete_keys::<R>(&keys).unwrap();
    let summary = package.finish().unwrap();
    let found = fs::read_to_string(&summary.tables[0].path).unwrap();
    assert_eq!(found, String::from_utf8(expected).unwrap());
}

#[test]
fn keys_have_the_form_of_the_writer_of_rows() {
    let numbers = [
        0.1,
        12.0,
        -0.0,
        -2.5,
        1e-7,
        1e21,
        0.1 + 0.2,
        f64::MAX,
        5e-324,
    ];
    keys_are_rows(&numbers.map(Double));
    keys_are_rows(&[0.1_f32, 1e-7, 1e20, -0.0, f32::MAX].map(Float));
    let texts = ["а", " б ", "\"", ";\"\"", "«ё» — \u{a0}…"];
    keys_are_rows(&texts.map(|text| Text(text.into())));
    keys_are_rows(&[0, -1, i64::MAX, i64::MIN].map(Whole));
    keys_are_rows(&[true, false].map(Truth));
    keys_are_rows(&[Day("2024-02-29".parse().unwrap())]);
    let times = ["2024-02-29 08:30:00", "2024-02-29 08:30:00.25"];
    keys_are_rows(&times.map(|text| At(text.parse().unwrap())));
    let uuid = "0f8fad5b-d9cb-469f-a165-70867728950e";
    keys_are_rows(&[Unique(uuid.parse().unwrap())]);
}

#[test]
fn rows_and_keys_do_not_mix() {
    let folder = tempfile::tempdir().unwrap();
    let package = PackageOptions::new()
        .mode(Mode::Delete)
        .create(folder.path())
        .unwrap();
    let error = package.write(&[mark()]).unwrap_err();
    assert_eq!(
        error.message(Lang::Ru),
        "`mark`: в пакет вида `delete` пишутся ключи, а не строки"
    );
    drop(package);
    for mode in [Mode::Full, Mode::Upsert] {
        let options = PackageOptions::new().mode(mode);
        let package = options.create(folder.path()).unwrap();
        let error = package.delete_keys::<Mark>(&[mark().key()]).unwrap_err();
        let named = matches!(error.kind(), ErrorKind::Mode { mode: found, .. } if *found == mode);
        assert!(named && error.to_string().contains(mode.name()), "{error}");
        package.write(&[mark()]).unwrap();
    }
}

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
    let rows = marks(5000);
    let whole = String::from_utf8({
        let mut out = Vec::new();
        Mark::write_csv(&rows, &mut out).unwrap();
        out
    })
    .unwrap();
    let longest = whole.split('\n').map(str::len).max().unwrap() as u64;
    let header = Mark::TABLE.header.len() as u64;
    for limit in [header + 1 + longest, 1000, 70_000, 200_000, 262_144] {
        let folder = tempfile::tempdir().unwrap();
        let options = PackageOptions::new().split(limit);
        let package = options.create(folder.path()).unwrap();
        let mut table = package.table::<Mark>().unwrap();
        let (first, second) = rows.split_at(700);
        first.iter().for_each(|row| table.write(row).unwrap());
        table.write_parallel(second, 2).unwrap();
        assert_eq!(table.close().unwrap(), 5000);
        let summary = package.finish().unwrap();
        let parts = parts_hold(folder.path(), limit, &whole);
        assert!(parts > 1, "{limit}");
        let table = &summary.tables[0];
        assert_eq!((table.files.len(), table.rows), (parts, 5000));
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

#[test]
fn tables_are_written_at_the_same_time() {
    let folder = tempfile::tempdir().unwrap();
    let package = PackageWriter::create(folder.path()).unwrap();
    let (rows, slots) = (marks(4000), vec![slot(); 4000]);
    std::thread::scope(|scope| {
        let marks = scope.spawn(|| package.write(&rows).unwrap());
        let slots = scope.spawn(|| package.write_parallel(&slots, 2).unwrap());
        assert_eq!((marks.join().unwrap(), slots.join().unwrap()), (4000, 4000));
    });
    assert_eq!(package.finish().unwrap().rows(), 8000);
    manifest_holds(folder.path());

    fn sent<T: Send>(_: T) {}
    let folder = tempfile::tempdir().unwrap();
    let package = PackageWriter::create(folder.path()).unwrap();
    sent(package.table::<Mark>().unwrap());
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

#[test]
fn a_table_of_another_showcase_is_refused() {
    struct Other;
    static SHOWCASE: vitrina::record::meta::Showcase = vitrina::record::meta::Showcase {
        version: "2.0.0",
        ..shared::SHOWCASE
    };
    impl Record for Other {
        type Key = i32;
        const TABLE: &'static Table = &Table {
            showcase: &SHOWCASE,
            name: "other",
            ..*Mark::TABLE
        };
        fn key(&self) -> i32 {
            0
        }
        fn write_row<S: RowSink>(&self, _: &mut S) -> Result<(), S::Error> {
            Ok(())
        }
        fn read_row<S: RowSource>(_: &mut S) -> Result<Self, S::Error> {
            Ok(Other)
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let package = PackageWriter::create(folder.path()).unwrap();
    package.write(&[mark()]).unwrap();
    let error = package.write::<Other>(&[]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the table `other` is of `test 2.0.0`, the package of `test 1.0.0`"
    );
}

#[test]
fn tables_known_by_name_alone_make_packages_too() {
    let folder = tempfile::tempdir().unwrap();
    let options = PackageOptions::new().split(30);
    let package = PackageFolder::create(folder.path(), options).unwrap();
    let mut stream = package.begin("word", "id;word").unwrap();
    // Blocks end anywhere.
    for block in ["\n\"1\";\"a", "б\"\n\"2", "\";\"\"\n", "\"3\";\"в\""] {
        stream.append(block.as_bytes()).unwrap();
    }
    assert_eq!(stream.complete().unwrap(), 3);
    let twice = package.begin("word", "id").unwrap_err();
    assert!(matches!(twice.kind(), ErrorKind::Twice { .. }));
    let finished = package
        .finish("words", "1.0.0", Profile::default())
        .unwrap();
    assert_eq!(finished.tables["word"].len(), 2);
    manifest_holds(folder.path());
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("word.0001.csv"), "id;word\n\"1\";\"aб\"\n\"2\";\"\"");
    assert_eq!(read("word.0002.csv"), "id;word\n\"3\";\"в\"");
}
