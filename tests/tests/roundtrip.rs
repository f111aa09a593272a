//! A sampled package goes from texts into the generated types, from there into CSV files, with COPY
//! into PostgreSQL and back, and stays equal; other readers of CSV see the same fields.

#![cfg(feature = "external")]

use std::path::Path;
use std::process::{Command, Stdio};

use postgres::Client;
use tempfile::TempDir;
use vitrina::csv::{BooleanForm, NullForm, Options as Strictness, Profile, Reader, Writer};
use vitrina::package::{PackageOptions, PackageWriter};
use vitrina::{Context, Date, Findings, Record, TableVisitor};
use vitrina_codegen::model::eval::{Day, Value};
use vitrina_codegen::model::{self, BaseType, Model, Table};
use vitrina_codegen::sample::{self, Cells, Options, Package};
use vitrina_codegen::target::ddl::postgresql::identifier;
use vitrina_tests::cells::record;
use vitrina_tests::postgres::Server;
use vitrina_tests::{model as models, sql};

#[test]
fn with_the_profile_of_the_model() {
    let profile = vitrina_model::SHOWCASE.profile;
    assert_eq!(
        profile,
        Profile {
            null: NullForm::Quoted,
            boolean: BooleanForm::Lower
        }
    );
    travel("roundtrip_model", profile, 1);
}

#[test]
fn with_bare_nulls_and_booleans_in_title_case() {
    let profile = Profile {
        null: NullForm::Bare,
        boolean: BooleanForm::Title,
    };
    travel("roundtrip_bare", profile, 2);
}

#[test]
fn with_booleans_as_digits() {
    let profile = Profile {
        null: NullForm::Quoted,
        boolean: BooleanForm::Digit,
    };
    travel("roundtrip_digits", profile, 3);
}

fn travel(database: &str, profile: Profile, seed: u64) {
    let server = Server::shared().unwrap();
    let mut client = server.create_database(database).unwrap();
    let all = models::path("generated/ddl/postgresql/all.sql");
    server.psql(database, &all).unwrap();
    let model = models::big().unwrap();
    let today = sql::today(&mut client).unwrap();
    let options = Options {
        rows: 40,
        seed,
        ..Options::new(today)
    };
    let package = sample::package(&model, &options).unwrap();

    let folder = tempfile::tempdir().unwrap();
    write(&model, &package, &folder, profile, today);
    files_are_as_the_rules_say(&model, &package, &folder, profile);
    other_readers_see_the_same(&model, &package, &folder, profile);
    for table in model.load_order() {
        let file = std::fs::read(file(&folder, table)).unwrap();
        sql::copy_in(&mut client, &model, table, &file, of_model(profile))
            .unwrap_or_else(|error| panic!("{}: {error}", table.name));
    }
    for table in model.tables() {
        let found = rows_in_database(&mut client, &model, table);
        let mut expected: Vec<_> = package
            .rows(table.id)
            .iter()
            .map(|row| values(table, row))
            .collect();
        expected.sort_by_key(|row| format!("{row:?}"));
        assert_eq!(found.len(), expected.len(), "{}", table.name);
        for (found, expected) in found.iter().zip(&expected) {
            assert_eq!(found, expected, "{}", table.name);
        }
    }
}

/// Writes the package by the generated types, which find nothing wrong with it.
fn write(model: &Model, package: &Package, folder: &TempDir, profile: Profile, today: Day) {
    struct WriteTable<'a> {
        rows: &'a [Cells],
        context: &'a Context,
        writer: &'a PackageWriter,
    }
    impl TableVisitor for WriteTable<'_> {
        type Output = u64;
        fn visit<R: Record + std::fmt::Debug + 'static>(self) -> u64 {
            let rows: Result<Vec<R>, String> = self.rows.iter().map(record).collect();
            let rows = rows.unwrap();
            let mut findings = Findings::new();
            for row in &rows {
                row.validate(self.context, &mut findings);
            }
            let findings: Vec<String> = findings.iter().map(ToString::to_string).collect();
            assert_eq!(findings, [""; 0]);
            self.writer.write(&rows).unwrap()
        }
    }
    let today: Date = today.to_string().parse().unwrap();
    let options = PackageOptions::new().profile(profile);
    let writer = options.create(folder.path()).unwrap();
    let context = Context::new(today);
    let mut written = 0;
    for table in model.tables() {
        let rows = package.rows(table.id);
        let visitor = WriteTable {
            rows,
            context: &context,
            writer: &writer,
        };
        written += vitrina_model::visit(&table.name, visitor).unwrap();
    }
    let summary = writer.finish().unwrap();
    assert_eq!(summary.tables.len(), model.tables().len());
    assert_eq!(summary.rows(), written);
    assert!(written > 1000, "{written}");
}

/// The bytes are those that the sampler's own plain writer makes, and the generated types read
/// them and write them again.
fn files_are_as_the_rules_say(
    model: &Model,
    package: &Package,
    folder: &TempDir,
    profile: Profile,
) {
    struct Again<'a> {
        file: &'a [u8],
        profile: Profile,
    }
    impl TableVisitor for Again<'_> {
        type Output = Vec<u8>;
        fn visit<R: Record + std::fmt::Debug + 'static>(self) -> Vec<u8> {
            let mut writer = Writer::with_profile(Vec::new(), self.profile).unwrap();
            for row in
                Reader::<R, _>::with_options(self.file, Strictness::strict(self.profile)).unwrap()
            {
                writer.write(&row.unwrap()).unwrap();
            }
            writer.finish().unwrap()
        }
    }
    for table in model.tables() {
        let file = std::fs::read(file(folder, table)).unwrap();
        let rows = package.rows(table.id);
        let expected = sample::csv::table(table, rows, of_model(profile));
        let text = String::from_utf8(file.clone()).unwrap();
        for (found, expected) in text.split('\n').zip(expected.split('\n')) {
            assert_eq!(found, expected, "{}", table.name);
        }
        assert_eq!(text, expected, "{}", table.name);
        let again = vitrina_model::visit(
            &table.name,
            Again {
                file: &file,
                profile,
            },
        )
        .unwrap();
        assert_eq!(again, file, "{}", table.name);
    }
}

fn of_model(profile: Profile) -> model::CsvProfile {
    model::CsvProfile {
        null: match profile.null {
            NullForm::Quoted => model::NullForm::Quoted,
            NullForm::Bare => model::NullForm::Bare,
        },
        boolean: match profile.boolean {
            BooleanForm::Lower => model::BooleanForm::Lower,
            BooleanForm::Title => model::BooleanForm::Title,
            BooleanForm::Digit => model::BooleanForm::Digit,
        },
    }
}

/// Python's `csv` and the crate `csv` see in every file the fields of the sample.
fn other_readers_see_the_same(
    model: &Model,
    package: &Package,
    folder: &TempDir,
    profile: Profile,
) {
    let script = models::path("tests/scripts/fields.py");
    let mut python = Command::new("python3");
    python
        .arg(&script)
        .args(model.tables().iter().map(|table| file(folder, table)));
    let output = python.stdin(Stdio::null()).output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "python3: {error}");
    let files: Vec<Vec<Vec<String>>> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(files.len(), model.tables().len());
    for (table, by_python) in model.tables().iter().zip(files) {
        let header = table
            .columns
            .iter()
            .map(|column| column.name.to_lowercase())
            .collect();
        let mut expected: Vec<Vec<String>> = vec![header];
        let rows = package.rows(table.id).iter();
        expected.extend(rows.map(|row| fields(table, row, profile)));
        assert_eq!(by_python, expected, "{}", table.name);
        let mut reader = csv::ReaderBuilder::new();
        let by_crate: Result<Vec<Vec<String>>, csv::Error> = reader
            .delimiter(b';')
            .has_headers(false)
            .from_path(file(folder, table))
            .unwrap()
            .deserialize()
            .collect();
        assert_eq!(by_crate.unwrap(), expected, "{}", table.name);
    }
}

/// The fields of a row as a reader of CSV sees them.
fn fields(table: &Table, row: &Cells, profile: Profile) -> Vec<String> {
    let columns = table.columns.iter().zip(row);
    columns
        .map(|(column, cell)| match (column.ty.base, cell.as_deref()) {
            (_, None) => String::new(),
            (BaseType::Boolean, Some(text)) => profile.boolean.text(text == "true").to_owned(),
            (_, Some(text)) => text.to_owned(),
        })
        .collect()
}

/// All rows of a table as values, sorted.
fn rows_in_database(client: &mut Client, model: &Model, table: &Table) -> Vec<Vec<Option<Value>>> {
    let columns: Vec<String> = table
        .columns
        .iter()
        .map(|column| format!("{}::text", identifier(&column.name)))
        .collect();
    let sql = format!(
        "SELECT ARRAY[{}] FROM {}",
        columns.join(", "),
        sql::qualified(model, table)
    );
    let rows = client.query(&sql, &[]).unwrap();
    let mut rows: Vec<_> = rows
        .iter()
        .map(|row| values(table, &row.get::<_, Vec<Option<String>>>(0)))
        .collect();
    rows.sort_by_key(|row| format!("{row:?}"));
    rows
}

/// The values of texts; every text is one.
fn values(table: &Table, texts: &[Option<String>]) -> Vec<Option<Value>> {
    assert_eq!(texts.len(), table.columns.len());
    let columns = table.columns.iter().zip(texts);
    columns
        .map(|(column, text)| {
            let text = text.as_deref()?;
            let value = Value::parse(column.ty.base, text);
            Some(value.unwrap_or_else(|| panic!("{}.{}: {text:?}", table.name, column.name)))
        })
        .collect()
}

fn file(folder: &TempDir, table: &Table) -> impl AsRef<Path> + AsRef<std::ffi::OsStr> + use<> {
    folder.path().join(format!("{}.csv", table.name))
}
