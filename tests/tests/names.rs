//! A model of names that hurt: keywords of Rust, names of its prelude, digits first, Cyrillic, names of
//! 63 bytes, codes that are no words or differ by case alone. What is generated of it compiles
//! without a warning, writes rows and reads them.

#![deny(warnings, unreachable_pub)]
// Crates that mix scripts say so; no item can.
#![allow(confusable_idents, mixed_script_confusables, uncommon_codepoints)]

use vitrina::csv::Reader;
use vitrina::{Context, Date, Findings, Record, TableVisitor};
use vitrina_codegen::model::eval::Day;
use vitrina_codegen::sample::{self, Cells, Options};
use vitrina_tests::cells::record;
use vitrina_tests::model;

mod names {
    include!(concat!(env!("OUT_DIR"), "/names.rs"));
}

/// Writes the rows as CSV, reads them, and writes them again.
struct ThereAndBack<'a>(&'a [Cells]);

impl TableVisitor for ThereAndBack<'_> {
    /// The header that the type knows, and the file.
    type Output = (&'static str, String);

    fn visit<R: Record + std::fmt::Debug + 'static>(self) -> Self::Output {
        let rows: Result<Vec<R>, String> = self.0.iter().map(record).collect();
        let rows = rows.unwrap();
        let mut findings = Findings::new();
        let today = Date::new(2026, 3, 1).unwrap();
        for row in &rows {
            row.validate(&Context::new(today), &mut findings);
        }
        assert!(findings.is_empty(), "{findings:?}");
        let mut file = Vec::new();
        R::write_csv(&rows, &mut file).unwrap();
        let read: Result<Vec<R>, _> = Reader::<R, _>::new(file.as_slice()).unwrap().collect();
        let read = read.unwrap();
        assert_eq!(format!("{read:?}"), format!("{rows:?}"));
        let mut again = Vec::new();
        R::write_csv(&read, &mut again).unwrap();
        assert_eq!(again, file);
        (R::TABLE.header, String::from_utf8(file).unwrap())
    }
}

#[test]
fn rows_of_every_table_are_written_and_read() {
    let model = model::read("tests/models/names").unwrap();
    let options = Options::new(Day::new(2026, 3, 1).unwrap());
    let package = sample::package(&model, &options).unwrap();
    assert_eq!(names::TABLES.len(), model.tables().len());
    assert!(model.tables().len() > 30);
    for table in model.tables() {
        let rows = package.rows(table.id);
        assert!(!rows.is_empty(), "{}", table.name);
        let (header, file) = names::visit(&table.name, ThereAndBack(rows)).unwrap();
        let columns: Vec<String> = table
            .columns
            .iter()
            .map(|column| column.name.to_lowercase())
            .collect();
        assert_eq!(header, columns.join(";"));
        assert_eq!(
            file,
            sample::csv::table(table, rows, model.showcase().csv),
            "{}",
            table.name
        );
    }
    assert!(names::visit("no_such_table", ThereAndBack(&[])).is_none());
}

/// What programs write: names as Rust has them.
#[test]
fn names_are_those_that_a_program_would_guess() {
    use names::classifier::{Option, Self_, Type, УчебныйГод};
    use names::table::{self, _2fa, Дата};
    use vitrina::record::value::Value;

    let codes: Vec<&str> = [
        Type::Underscore,
        Type::Plus,
        Type::Code1,
        Type::CodeMinus1,
        Type::SmallA,
        Type::LargeA,
        Type::Self_,
        Type::Type,
        Type::None,
    ]
    .map(|code| code.code())
    .into();
    assert_eq!(
        codes,
        ["_", "+", "1", "-1", "a", "A", "Self", "type", "none"]
    );
    assert_eq!(Type::from_text("A"), Ok(Type::LargeA));
    assert!(Type::from_text("t").is_err());
    let _ = (Self_::Plus, Option::None, УчебныйГод::Другой);
    assert_eq!(_2fa::TABLE.name, "2fa");
    assert_eq!(Дата::TABLE.name, "дата");
    assert_eq!(table::Self_::TABLE.name, "self");
    assert!(names::key::SelfId::parse("1").is_ok());
    assert_eq!(table::Type::TABLE.name, "type");
}
