//! The form of one table's file.

use super::super::csv::{Breach, Fault as F, FileFault, judge, read, tables};
use super::*;
use crate::model::{Structure, TableId};

const HEADER: &str = "unit_id;number;day";

/// What a file of the table `plan` breaks: line, column, fault.
fn breaches(file: &[u8]) -> Vec<(u64, String, F)> {
    let model = model("[]");
    named(
        &model,
        "plan",
        judge(&model, model.find_table("plan").unwrap(), file),
    )
}

fn named(model: &Model, table: &str, found: Vec<Breach>) -> Vec<(u64, String, F)> {
    let table = model.find_table(table).unwrap();
    let name = |id| table.column(id).name.clone();
    found
        .into_iter()
        .map(|one| {
            (
                one.line,
                one.column.map(name).unwrap_or_default(),
                one.fault,
            )
        })
        .collect()
}

fn file(rows: &[&str]) -> Vec<u8> {
    let mut lines = vec![HEADER];
    lines.extend(rows);
    lines.join("\n").into_bytes()
}

#[test]
fn a_good_file_breaks_nothing() {
    for rows in [
        &[][..],
        &[r#""u1";"1";"2020-02-29""#],
        &[r#""u;""1";"-1";"""#, r#""я";"2";"""#, ""],
    ] {
        assert_eq!(breaches(&file(rows)), [], "{rows:?}");
    }
}

#[test]
fn each_structure_at_its_line() {
    let good = r#""u1";"1";"""#;
    let row = |row: &str, expected: &[(&str, F)]| {
        let expected: Vec<_> = expected
            .iter()
            .map(|(column, fault)| (3, (*column).to_owned(), fault.clone()))
            .collect();
        assert_eq!(breaches(&file(&[good, row, good])), expected, "{row}");
    };
    row(r#"u1;"1";"""#, &[("unit_id", F::Unquoted)]);
    row(r#""u1;"1";"""#, &[("unit_id", F::StrayQuote)]);
    row(r#""u1","1",""#, &[("unit_id", F::StrayQuote)]);
    row(r#""u"1";"1";"""#, &[("unit_id", F::StrayQuote)]);
    row(
        r#""u1";"1""#,
        &[(
            "",
            F::FieldCount {
                expected: 3,
                found: 2,
            },
        )],
    );
    row(
        r#""u1";"1";"";"""#,
        &[(
            "",
            F::FieldCount {
                expected: 3,
                found: 4,
            },
        )],
    );
    row(
        "",
        &[(
            "",
            F::FieldCount {
                expected: 3,
                found: 1,
            },
        )],
    );
    row("\"u\t1\";\"1\";\"\"", &[("unit_id", F::Control)]);
    row("\"u\u{2028}\";\"1\";\"\"", &[("unit_id", F::Control)]);
    row("\"u1\";\"1\";\"\"\r", &[("", F::Control)]);
    row(
        r#"""; "1";"""#.replace("; ", ";").as_str(),
        &[("unit_id", F::Empty)],
    );
    row(
        r#"""; ;"""#.replace("; ;", ";;").as_str(),
        &[("unit_id", F::Empty), ("number", F::Empty)],
    );
    row(r#""u1";"1";"#, &[("day", F::NullForm)]);
    row(r#""u1";"1";"2020-02-30""#, &[("day", F::Date)]);
    row(r#""u1";"1";"29.02.2020""#, &[("day", F::Date)]);
    row(r#""u1";"one";"""#, &[("number", F::Value)]);
    row(
        &format!(r#""{}";"1";"""#, "u".repeat(101)),
        &[("unit_id", F::Form(crate::model::ScalarId(0)))],
    );
}

#[test]
fn encoding_and_header() {
    let bom = [b"\xef\xbb\xbf", file(&[]).as_slice()].concat();
    assert_eq!(breaches(&bom), [(1, String::new(), F::ByteOrderMark)]);
    assert_eq!(breaches(b""), [(1, String::new(), F::NoHeader)]);
    let latin = [
        file(&[r#""u1";"1";"""#]).as_slice(),
        b"\n\"\xff\";\"1\";\"\"",
    ]
    .concat();
    assert_eq!(breaches(&latin), [(3, String::new(), F::NotUtf8)]);
    for (header, position, expected) in [
        ("unit_id;day;number", 2, Some("number")),
        ("unit_id;number", 3, Some("day")),
        ("unit_id;number;day;x", 4, None),
        ("Unit_id;number;day", 1, Some("unit_id")),
        ("\"unit_id\";number;day", 1, Some("unit_id")),
    ] {
        let expected = F::Header {
            position,
            expected: expected.map(Into::into),
        };
        // Values under a wrong header are nobody's; quotes and counts are still judged.
        let width = header.split(';').count();
        let file = format!("{header}\n{}\n\"a\"\nb", vec!["\"?\""; width].join(";"));
        let found = breaches(file.as_bytes());
        assert_eq!(found[0], (1, String::new(), expected), "{header}");
        let rest: Vec<_> = found[1..]
            .iter()
            .map(|(line, _, fault)| (*line, fault))
            .collect();
        let count = F::FieldCount {
            expected: width,
            found: 1,
        };
        assert_eq!(
            rest,
            [(3, &count), (4, &F::Unquoted), (4, &count)],
            "{header}"
        );
    }
}

#[test]
fn a_line_break_is_told_from_an_open_quote() {
    let good = r#""u1";"1";"""#;
    let broken = file(&["\"u", "1\";\"1\";\"\"", r#""u1";"x";"""#]);
    assert_eq!(
        breaches(&broken),
        [
            (2, "unit_id".into(), F::Control),
            (4, "number".into(), F::Value)
        ]
    );
    let open = file(&[r#""u1";"1";"2020"#, good, "x"]);
    let faults: Vec<_> = breaches(&open)
        .into_iter()
        .map(|(line, _, fault)| (line, fault))
        .collect();
    assert_eq!(
        faults,
        [
            (2, F::OpenQuote),
            (4, F::Unquoted),
            (
                4,
                F::FieldCount {
                    expected: 3,
                    found: 1
                }
            )
        ]
    );
    // Many open quotes do not make the file's end be sought again and again.
    let many = file(&vec!["\"u"; 5000]);
    assert_eq!(breaches(&many).len(), 5000);
}

#[test]
fn forms_and_check_digits_of_types() {
    let model = model("[]");
    let unit = model.find_table("unit").unwrap();
    let inn = model
        .form_id_of(&unit.find_column("inn").unwrap().ty)
        .unwrap();
    let row =
        |inn: &str| format!("id;up_id;city;size;rate;inn\n\"u1\";\"\";\"\";\"\";\"\";\"{inn}\"");
    for (text, fault) in [
        ("7707083893", None),
        ("7707083894", Some(F::CheckDigit(inn))),
        ("77070838", Some(F::Form(inn))),
    ] {
        let found = named(&model, "unit", judge(&model, unit, row(text).as_bytes()));
        let expected: Vec<_> = fault
            .into_iter()
            .map(|fault| (2, "inn".to_owned(), fault))
            .collect();
        assert_eq!(found, expected, "{text}");
    }
    assert_eq!(
        F::CheckDigit(inn).structure(),
        Some(Structure::Types(vec![inn]))
    );
    assert_eq!(F::Value.structure(), None);
}

#[test]
fn the_profile_says_how_booleans_and_nulls_look() {
    use crate::model::{BooleanForm, NullForm};
    let mut model = model("[]");
    let entry = model.find_table("entry").unwrap();
    let columns = entry.columns.len();
    let at = entry.find_column("active").unwrap().id.index();
    let line = |active: &str| {
        let mut cells = vec!["\"\""; columns];
        cells[0] = "\"e1\"";
        cells[at] = active;
        cells.join(";")
    };
    let header: Vec<String> = model
        .find_table("entry")
        .unwrap()
        .columns
        .iter()
        .map(|column| column.name.clone())
        .collect();
    let file = |active: &str| format!("{}\n{}", header.join(";"), line(active));
    for (form, good, bad) in [
        (BooleanForm::Lower, "\"true\"", "\"True\""),
        (BooleanForm::Title, "\"False\"", "\"true\""),
        (BooleanForm::Digit, "\"1\"", "\"true\""),
    ] {
        model.showcase.csv.boolean = form;
        let entry = model.find_table("entry").unwrap();
        assert_eq!(judge(&model, entry, file(good).as_bytes()), [], "{good}");
        let found = named(&model, "entry", judge(&model, entry, file(bad).as_bytes()));
        assert_eq!(found, [(2, "active".into(), F::Value)], "{bad}");
    }
    model.showcase.csv.null = NullForm::Bare;
    let plan = model.find_table("plan").unwrap();
    let found = |row: &str| {
        let file = format!("{HEADER}\n{row}");
        named(&model, "plan", judge(&model, plan, file.as_bytes()))
    };
    assert_eq!(found(r#""u1";"1";"#), []);
    assert_eq!(found(r#""u1";"1";"""#), [(2, "day".into(), F::NullForm)]);
    assert_eq!(found(r#";"1";"#), [(2, "unit_id".into(), F::Empty)]);
}

#[test]
fn rows_of_a_file_are_judged_like_others() {
    let model = model(&rule("table: plan\ncheck: number > 1"));
    let plan = model.find_table("plan").unwrap();
    let mut rows = Rows::new(&model);
    let text = file(&[
        r#""u1";"1";"""#,
        "broken",
        r#""u""2";"2";"2020-01-01""#,
        r#""u3";"0";"""#,
    ]);
    let found = read(&model, plan, &text, &mut rows);
    assert_eq!(found.len(), 2);
    assert_eq!(rows.table(plan.id).unwrap().len(), 3);
    let judgement = super::judge(&model, &rows, moment());
    let keys: Vec<&str> = judgement.findings.iter().map(|one| &*one.key).collect();
    assert_eq!(keys, ["u1|1", "u3|0"]);
}

#[test]
fn files_have_a_table_each() {
    let model = model("[]");
    let id = |name: &str| -> TableId { model.find_table(name).unwrap().id };
    assert_eq!(
        tables(
            &model,
            &[
                "plan.csv",
                "plans.csv",
                "unit.csv",
                "plan.csv",
                "unit.txt",
                "Unit.csv"
            ]
        ),
        [
            Ok(id("plan")),
            Err(FileFault::Unknown),
            Ok(id("unit")),
            Err(FileFault::Twice(0)),
            Err(FileFault::Unknown),
            Err(FileFault::Unknown),
        ]
    );
}

#[test]
fn every_fault_is_said_in_both_languages() {
    let id = crate::model::ScalarId(0);
    for fault in [
        F::ByteOrderMark,
        F::NotUtf8,
        F::NoHeader,
        F::Header {
            position: 2,
            expected: Some("day".into()),
        },
        F::Header {
            position: 4,
            expected: None,
        },
        F::Unquoted,
        F::OpenQuote,
        F::StrayQuote,
        F::FieldCount {
            expected: 3,
            found: 2,
        },
        F::Control,
        F::NullForm,
        F::Empty,
        F::Date,
        F::Value,
        F::Length,
        F::Form(id),
        F::CheckDigit(id),
    ] {
        let english = fault.message(crate::Lang::En);
        let russian = fault.message(crate::Lang::Ru);
        assert!(english.is_ascii() && !english.is_empty(), "{english}");
        assert!(!russian.is_ascii(), "{russian}");
    }
}
