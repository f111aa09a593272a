//! What stands in a package: manifest, modes, keys, tables by name.

#[path = "shared/package.rs"]
mod looks;
#[path = "shared/mark.rs"]
mod shared;

use std::fs;

use looks::{manifest_holds, marks, names};
use serde_json::Value;
use shared::{Mark, MarkId, SHOWCASE, mark};
use vitrina::csv::{BooleanForm, NullForm, Profile};
use vitrina::package::{ErrorKind, Mode, PackageFolder, PackageOptions, PackageWriter};
use vitrina::record::meta::{Column, Requirement, Table};
use vitrina::{Date, Lang, Record, RowSink, RowSource, Time};

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
