//! What is written for the fixture, judged by the checker.

use super::*;
use crate::model::fixture;
use crate::source::{FileId, Span, Spanned};

fn statements(model: &Model, profile: Profile) -> Vec<(String, String)> {
    let mut out = Artifacts::new();
    emit(model, profile, "p", &mut out);
    out.iter()
        .map(|(path, text)| (path.to_owned(), String::from_utf8(text.to_vec()).unwrap()))
        .collect()
}

#[test]
fn tables_of_each_profile() {
    let mut model = fixture::model();
    model.showcase.targets.datasource_type = ["ADP", "ADQM"]
        .map(|store| Spanned::new(store.into(), Span::new(FileId(0), 0, 0)))
        .into();
    for profile in Profile::ALL {
        let files = statements(&model, profile);
        insta::assert_snapshot!(profile.name(), files[3].1);
    }
}

#[test]
fn every_file_holds_one_statement_that_the_checker_takes() {
    let model = fixture::model();
    for profile in Profile::ALL {
        let files = statements(&model, profile);
        assert_eq!(files.len(), 5);
        for (path, text) in &files[..4] {
            check_statement(profile, text).unwrap_or_else(|refusal| panic!("{path}: {refusal}"));
        }
        let (_, all) = &files[4];
        let parts: Vec<_> = all.split(';').collect();
        assert_eq!(parts.len(), 4);
        for part in parts {
            check_statement(profile, part).unwrap();
        }
    }
}

#[test]
fn the_checker_reads_back_what_was_written() {
    let model = fixture::model();
    for profile in Profile::ALL {
        for ((_, text), table) in statements(&model, profile)[1..4]
            .iter()
            .zip(model.load_order())
        {
            let Ok(Statement::CreateTable(read)) = check_statement(profile, text) else {
                panic!("{text}");
            };
            assert_eq!(read.name.text, table.name);
            assert_eq!(read.columns.len(), table.columns.len());
            for (read, column) in read.columns.iter().zip(&table.columns) {
                assert_eq!(read.name.text, column.name);
                assert_eq!(read.ty, column.ty.base);
                assert_eq!(read.required, column.is_required());
            }
            let key: Vec<_> = read.primary_key.iter().map(|name| &name.text).collect();
            assert_eq!(key, ["id"]);
        }
    }
}

#[test]
fn comments_hold_neither_line_breaks_nor_semicolons() {
    let mut model = fixture::model();
    model.tables[1].columns[3].title = "одно; два\nтри".into();
    model.showcase.title = "а;\r\nб".into();
    for profile in Profile::ALL {
        for (path, text) in &statements(&model, profile)[..4] {
            check_statement(profile, text).unwrap_or_else(|refusal| panic!("{path}: {refusal}"));
        }
    }
}
