//! Names that the databases refuse, as changes of the fixture.

use super::*;
use crate::model::{ColumnId, fixture};
use crate::source::FileId;

/// The codes and suggestions of what `change` makes the target say.
fn findings(change: impl FnOnce(&mut Model)) -> Vec<(String, Option<String>)> {
    let mut model = fixture::model();
    change(&mut model);
    let mut report = Report::new();
    check(&model, &mut report);
    report
        .sorted()
        .into_iter()
        .map(|finding| {
            assert!(finding.primary.is_some());
            assert!(finding.help.is_some() || !finding.secondary.is_empty());
            (finding.code.to_string(), finding.suggestion.clone())
        })
        .collect()
}

fn column(name: &str) -> Vec<(String, Option<String>)> {
    findings(|model| model.tables[2].columns[4].name = name.into())
}

fn table(name: &str) -> Vec<(String, Option<String>)> {
    findings(|model| model.tables[2].name = name.into())
}

fn mnemonic(name: &str) -> Vec<(String, Option<String>)> {
    findings(|model| model.showcase.mnemonic = name.into())
}

fn one(code: &str, suggestion: Option<&str>) -> Vec<(String, Option<String>)> {
    vec![(code.into(), suggestion.map(Into::into))]
}

#[test]
fn the_fixture_is_fine() {
    assert_eq!(findings(|_| ()), []);
}

#[test]
fn reserved_words_come_with_a_better_name() {
    assert_eq!(column("order"), one("E0601", Some("order_number")));
    assert_eq!(column("history"), one("E0601", Some("history_number")));
    assert_eq!(column("archive"), one("E0601", Some("archive_number")));
    assert_eq!(column("desc"), one("E0601", Some("desc_number")));
    assert_eq!(table("order"), one("E0601", Some("edu_order")));
    assert_eq!(mnemonic("user"), one("E0601", None));
    assert_eq!(mnemonic("pg_edu"), one("E0601", None));
    let date = findings(|model| {
        let column = &mut model.tables[2].columns[4];
        column.name = "date".into();
        column.ty.base = BaseType::Date;
    });
    assert_eq!(date, one("E0601", Some("date_value")));
    let taken = findings(|model| {
        model.tables[2].columns[4].name = "order".into();
        model.tables[2].columns[8].name = "order_number".into();
    });
    assert_eq!(taken, one("E0601", None));
}

#[test]
fn a_table_may_be_a_word_that_only_postgresql_reserves() {
    assert_eq!(table("desc"), []);
}

#[test]
fn system_columns() {
    assert_eq!(column("sys_op"), one("E0606", Some("sys_op_number")));
    assert_eq!(column("bucket_id"), one("E0606", Some("bucket_id_number")));
    assert_eq!(column("xmin"), one("E0606", Some("xmin_number")));
}

#[test]
fn lengths_are_bytes() {
    assert_eq!(column(&"a".repeat(63)), []);
    assert_eq!(column(&"a".repeat(64)), one("E0602", None));
    // `edu_region` has 10 of the 51 bytes.
    assert_eq!(table(&"a".repeat(41)), []);
    assert_eq!(table(&"a".repeat(42)), one("E0602", None));
    assert_eq!(table(&"a".repeat(56)), one("E0602", None));
    assert_eq!(mnemonic(&"a".repeat(51)), one("E0602", None));
}

#[test]
fn forms_and_letter_case() {
    for name in ["имя", "_id", "1a", "a-b", ""] {
        assert_eq!(column(name), one("E0603", None), "{name}");
        assert_eq!(table(name), one("E0603", None), "{name}");
        assert_eq!(mnemonic(name), one("E0603", None), "{name}");
    }
    assert_eq!(column("lateMinutes"), one("W0601", Some("lateminutes")));
    assert_eq!(table("Attendance"), one("W0601", Some("attendance")));
}

#[test]
fn names_that_differ_by_case_collide() {
    let codes: Vec<_> = column("ID").into_iter().map(|finding| finding.0).collect();
    assert_eq!(codes, ["E0604", "W0601"]);
    let codes: Vec<_> = table("Person")
        .into_iter()
        .map(|finding| finding.0)
        .collect();
    assert_eq!(codes, ["E0604", "W0601"]);
}

#[test]
fn stores_are_words() {
    let stores = |store: &str| {
        let store = Spanned::new(store.into(), Span::new(FileId(0), 0, 0));
        findings(|model| model.showcase.targets.datasource_type = vec![store])
    };
    assert_eq!(stores("ADP"), []);
    assert_eq!(stores("AD P"), one("E0603", None));
}

#[test]
fn sizes() {
    let sized = |base| findings(|model| model.tables[2].columns[8].ty.base = base);
    assert_eq!(sized(BaseType::Varchar(Some(10_485_760))), []);
    assert_eq!(
        sized(BaseType::Varchar(Some(10_485_761))),
        one("E0607", None)
    );
    assert_eq!(sized(BaseType::Char(0)), one("E0607", None));
}

#[test]
fn texts_without_nul() {
    let found = findings(|model| {
        let ExprKind::Or(_, right) = &mut model.tables[2].checks[1].expr.kind else {
            panic!("the fixture changed");
        };
        let ExprKind::In(_, list) = &mut right.kind else {
            panic!("the fixture changed");
        };
        list[0] = Literal::Text("\0".into());
    });
    assert_eq!(found, one("E0608", None));
    let found = findings(|model| model.tables[0].title = "a\0".into());
    assert_eq!(found, one("E0608", None));
}

#[test]
fn too_many_columns() {
    let found = findings(|model| {
        let columns = &mut model.tables[1].columns;
        for number in columns.len()..=1600 {
            columns.push(Column {
                id: ColumnId(u32::try_from(number).unwrap()),
                name: format!("c{number}"),
                title: String::new(),
                note: None,
                ty: columns[0].ty,
                requirement: Requirement::Optional,
                origin: vec![],
                clauses: vec![],
                personal: None,
                examples: vec![],
                mixin: None,
                since: None,
                deprecated: None,
                span: columns[0].span,
            });
        }
    });
    assert_eq!(found, one("E0607", None));
}
