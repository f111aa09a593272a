//! Sampled packages are valid by every rule, whatever the seed.

mod hard;
mod models;
mod parts;

use super::*;
use crate::model::eval::Day;
use crate::model::fixture;

pub(super) fn today() -> Day {
    Day::new(2026, 3, 1).unwrap()
}

pub(super) fn options(rows: usize, seed: u64) -> Options {
    Options {
        rows,
        seed,
        ..Options::new(today())
    }
}

#[test]
fn every_sampled_row_is_good() {
    let model = fixture::model();
    for seed in 0..60 {
        for rows in [0, 1, 2, 7, 40] {
            let package = package(&model, &options(rows, seed)).unwrap();
            assert_eq!(judge(&model, &package, today()), [], "seed {seed}");
            for sampled in &package.tables {
                assert_eq!(sampled.rows.len(), rows);
            }
        }
    }
}

#[test]
fn one_seed_one_package() {
    let model = fixture::model();
    let first = package(&model, &options(30, 5)).unwrap();
    assert_eq!(first, package(&model, &options(30, 5)).unwrap());
    assert_ne!(first, package(&model, &options(30, 6)).unwrap());
    let longer = Options {
        prefix: "ДРУГОЙ".into(),
        ..options(30, 5)
    };
    // The form of identifiers wants Latin capitals: such a prefix is not forced upon it.
    let other = package(&model, &longer).unwrap();
    assert_eq!(judge(&model, &other, today()), []);
}

#[test]
fn optional_columns_are_filled_and_empty_and_every_code_comes() {
    let model = fixture::model();
    for seed in 0..30 {
        let package = package(&model, &options(40, seed)).unwrap();
        for table in model.tables() {
            let rows = package.rows(table.id);
            for column in &table.columns {
                let cells = || rows.iter().map(|row| row[column.id.index()].as_deref());
                let place = format!("{}.{}, seed {seed}", table.name, column.name);
                assert!(cells().any(|cell| cell.is_some()), "{place}");
                if !column.is_required() {
                    assert!(cells().any(|cell| cell.is_none()), "{place}");
                }
                let codes = model.closed_list_of(&column.ty).map(|list| &list.values);
                for code in codes.into_iter().flatten() {
                    let code = code.code.as_str();
                    assert!(cells().any(|cell| cell == Some(code)), "{place}: {code}");
                }
            }
        }
    }
}

#[test]
fn identifiers_carry_the_prefix_and_come_once_in_the_package() {
    let model = fixture::model();
    let package = package(&model, &options(25, 9)).unwrap();
    let ids: Vec<&str> = package
        .tables
        .iter()
        .flat_map(|sampled| sampled.rows.iter().filter_map(|row| row[0].as_deref()))
        .collect();
    let distinct: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(distinct.len(), 75);
    assert!(ids.iter().all(|id| id.starts_with("DEMO-")));
    assert!(
        ids.iter().any(|id| id.len() == 84),
        "the longest the form allows"
    );
}

#[test]
fn rows_that_refer_to_their_table_stand_behind_what_they_name() {
    let model = fixture::model();
    let package = package(&model, &options(60, 2)).unwrap();
    let rows = package.rows(model.find_table("organisations").unwrap().id);
    let mut seen = std::collections::BTreeSet::new();
    let mut children = 0;
    for row in rows {
        if let Some(parent) = &row[4] {
            children += 1;
            assert!(seen.contains(parent));
        }
        seen.insert(row[0].clone().unwrap());
    }
    assert!(children > 10, "{children}");
}

#[test]
fn hashes_are_of_valid_numbers_never_issued() {
    let mut random = Random::new(11);
    let model = fixture::model();
    let snils = crate::model::ScalarId(2);
    for _ in 0..200 {
        let base = model.scalar(snils).base;
        let number = form::value(&model, snils, base, &mut random).unwrap();
        assert!(number.starts_with("98"), "{number}");
        assert!(vitrina::identifier::snils::check(&number).is_ok());
    }
}

#[test]
fn free_texts_hold_every_trap() {
    let model = fixture::model();
    let package = package(&model, &options(60, 1)).unwrap();
    let rows = package.rows(model.find_table("attendance").unwrap().id);
    let texts: Vec<&str> = rows.iter().filter_map(|row| row[8].as_deref()).collect();
    for trap in ["\"", "\";\"", ";", "'", "\\", "%", "🦔", "ё"] {
        assert!(texts.iter().any(|text| text.contains(trap)), "{trap}");
    }
    assert!(texts.iter().any(|text| text.chars().count() == 3000));
    assert!(!texts.iter().any(|text| text.contains(char::is_control)));
}

#[test]
fn every_rule_of_the_fixture_is_broken_alone() {
    let model = fixture::model();
    for seed in 0..12 {
        let package = package(&model, &options(30, seed)).unwrap();
        for table in model.tables() {
            let made = mutants(&model, &package, table, today(), seed);
            assert_eq!(made.unbreakable, [], "{}", table.name);
            for mutant in &made.mutants {
                let mut changed = package.clone();
                let sampled = changed
                    .tables
                    .iter_mut()
                    .find(|sampled| sampled.table == table.id);
                sampled.unwrap().rows[mutant.base] = mutant.row.clone();
                // Only this row is judged: others may have referred to what it was.
                let mut broken: Vec<_> = judge(&model, &changed, today())
                    .into_iter()
                    .filter(|(id, at, _)| *id == table.id && *at == mutant.base)
                    .map(|(_, _, violation)| violation)
                    .collect();
                let mut expected = mutant.also.clone();
                expected.push(mutant.expected.clone());
                broken.sort();
                expected.sort();
                assert_eq!(broken, expected, "{}: {}", table.name, mutant.title);
                assert_eq!(
                    mutant.texts_only,
                    mutant.expected.rule == crate::model::eval::Rule::Type,
                    "{}",
                    mutant.title
                );
            }
        }
    }
}

#[test]
fn the_rules_of_a_table_are_all_broken() {
    let model = fixture::model();
    let package = package(&model, &options(30, 1)).unwrap();
    let table = model.find_table("attendance").unwrap();
    let made = mutants(&model, &package, table, today(), 1);
    let lines: Vec<String> = made
        .mutants
        .iter()
        .map(|mutant| {
            let also = mutant.also.iter().map(|also| format!(" + {:?}", also.rule));
            format!("{}{}", mutant.title, also.collect::<String>())
        })
        .collect();
    let expected = [
        "id: Required",
        "id: Length + Pattern",
        "id: Control + Pattern",
        "id: Pattern",
        "person_id: Required",
        "person_id: Length + Pattern + Reference(0)",
        "person_id: Control + Pattern + Reference(0)",
        "person_id: Pattern + Reference(0)",
        "organisation_id: Required",
        "organisation_id: Length + Pattern + Reference(1)",
        "organisation_id: Control + Pattern + Reference(1)",
        "organisation_id: Pattern + Reference(1)",
        "attendance_code: Required",
        "attendance_code: Length + List",
        "attendance_code: Control + List",
        "attendance_code: List",
        "late_minutes: Type",
        "place_code: Type",
        "place_code: List",
        "start_time: Required",
        "start_time: Type",
        "create_datetime: Required",
        "create_datetime: Type",
        "type: Control",
        "late_minutes: Check(\"attendance.late_minutes\")",
        "Check(\"attendance.late\")",
        "PrimaryKey",
        "UniqueKey(0)",
        "person_id: Reference(0)",
        "organisation_id: Reference(1)",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn csv_follows_the_rules() {
    use crate::model::{BooleanForm, CsvProfile, NullForm};
    let model = fixture::model();
    let table = model.find_table("organisations").unwrap();
    let mut cells: Cells = vec![None; 7];
    cells[0] = Some("DEMO-1".into());
    cells[3] = Some("«\"Ёж\"»;\";\"".into());
    cells[5] = Some("true".into());
    let header = "id;inn;oktmo;name;partof_id;active;gar_guid\n";
    let quoted = CsvProfile {
        null: NullForm::Quoted,
        boolean: BooleanForm::Lower,
    };
    let name = r#""«""Ёж""»;"";""""#;
    assert_eq!(
        csv::table(table, std::slice::from_ref(&cells), quoted),
        format!("{header}\"DEMO-1\";\"\";\"\";{name};\"\";\"true\";\"\"")
    );
    for (form, written) in [(BooleanForm::Title, "True"), (BooleanForm::Digit, "1")] {
        let bare = CsvProfile {
            null: NullForm::Bare,
            boolean: form,
        };
        assert_eq!(
            csv::table(table, std::slice::from_ref(&cells), bare),
            format!("{header}\"DEMO-1\";;;{name};;\"{written}\";")
        );
    }
    let sampled = package(&model, &options(50, 4)).unwrap();
    for (name, text) in csv::package(&model, &sampled) {
        let rows = sampled.rows(model.find_table(&name).unwrap().id);
        assert_eq!(text.lines().count(), rows.len() + 1, "{name}");
        assert!(!text.ends_with('\n') && !text.contains('\r') && !text.starts_with('\u{feff}'));
    }
}

#[test]
fn json_has_the_columns_types() {
    let model = fixture::model();
    let table = model.find_table("attendance").unwrap();
    let text = |text: &str| Some(text.to_owned());
    let cells = [
        text("DEMO-1"),
        text("DEMO-2"),
        text("DEMO-3"),
        text("late"),
        text("5"),
        text("11"),
        text("08:30:00"),
        text("2024-02-29 08:30:00"),
        None,
    ];
    assert_eq!(
        json::row(table, &cells).to_string(),
        r#"{"id":"DEMO-1","person_id":"DEMO-2","organisation_id":"DEMO-3","attendance_code":"late","late_minutes":5,"place_code":11,"start_time":"08:30:00","create_datetime":"2024-02-29 08:30:00","type":null}"#
    );
    use crate::model::BaseType;
    assert_eq!(json::cell(BaseType::Float, Some("0.1")).to_string(), "0.1");
    assert_eq!(
        json::cell(BaseType::Boolean, Some("false")).to_string(),
        "false"
    );
    assert_eq!(
        json::cell(BaseType::Int32, Some("один")).to_string(),
        "\"один\""
    );
    assert_eq!(
        json::cell(BaseType::BigInt, Some("9223372036854775808")).to_string(),
        "9223372036854775808"
    );
}
