//! Generated code is compiled and run: once as a crate, once included by a build script's way, for the
//! fixture and for a model whose names hurt.

mod compiled;
mod hurting;

use super::*;
use crate::diagnostic::{Lang, code};
use crate::model::fixture;

fn files(model: &Model) -> Artifacts {
    let mut out = Artifacts::new();
    Rust.emit(model, &mut out);
    out
}

fn findings(model: &Model) -> Vec<(&'static str, String)> {
    let mut report = Report::new();
    Rust.check(model, &mut report);
    let finding =
        |d: &&crate::diagnostic::Diagnostic| (d.code.as_str(), d.message.get(Lang::En).to_owned());
    report.sorted().iter().map(finding).collect()
}

#[test]
fn the_fixture_has_a_form() {
    assert_eq!(findings(&fixture::model()), []);
    assert_eq!(findings(&hurting::model()), []);
}

#[test]
fn two_runs_are_the_same() {
    let (one, two) = (files(&fixture::model()), files(&fixture::model()));
    assert!(one.iter().eq(two.iter()));
    assert!(one.iter().all(|(path, _)| path.starts_with("rust/")));
}

#[test]
fn the_crate_reads_well() {
    let files = files(&fixture::model());
    for path in [
        "Cargo.toml",
        "src/lib.rs",
        "src/table/attendance.rs",
        "src/classifier/address_use.rs",
    ] {
        let text = files.get(&format!("rust/{path}")).unwrap();
        insta::assert_snapshot!(path.replace('/', "_"), String::from_utf8_lossy(text));
    }
}

#[test]
fn sources_periods_and_bindings_stand_in_the_docs() {
    let mut model = fixture::model();
    let list = (model.classifiers.iter_mut())
        .find(|list| list.name == "address_use")
        .unwrap();
    list.source = Some("выгрузка `реестра`".into());
    list.validity.start_date = Some("2015-07-01".into());
    list.validity.end_date = Some("2030-12-31".into());
    list.values[0].validity.start_date = Some("2016-01-01".into());
    list.values[1].validity.end_date = Some("2020-12-31".into());
    let files = files(&model);
    let text = files.get("rust/src/classifier/address_use.rs").unwrap();
    let text = String::from_utf8_lossy(text);
    for line in [
        "/// - источник: выгрузка \\`реестра\\`",
        "/// - действует с 2015-07-01 по 2030-12-31",
        "/// Код `1`, действует с 2016-01-01.",
        "/// Код `2`, действует по 2020-12-31.",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn names_that_meet_are_told_once() {
    let mut model = fixture::model();
    model.tables[0].name = "A_b".into();
    model.tables[1].name = "a_b".into();
    model.tables[2].columns[1].name = "Type".into();
    model.classifiers[0].values[0].code = "LATE".into();
    model.classifiers[0].values[1].code = "%".into();
    model.scalars[1].name = "record-id".into();
    let found = findings(&model);
    let told: Vec<&str> = found.iter().map(|(_, message)| message.as_str()).collect();
    for expected in [
        "`A_b` and `a_b` both become `AB` in Rust",
        "`Type` and `type` both become `r#type` in Rust",
        "`LATE` and `late` both become `Late` in Rust",
        "no Rust name can be made of `%`",
        "`record_id` and `record-id` both become `RecordId` in Rust",
    ] {
        assert!(told.contains(&expected), "{expected}: {told:?}");
    }
    assert_eq!(found.len(), 5, "{told:?}");
    assert_eq!(code::NAME_COLLISION.as_str(), "E0604");
}

#[test]
fn modules_that_meet_are_told() {
    let mut model = fixture::model();
    model.tables[0].name = "ab".into();
    model.tables[1].name = "a_b".into();
    assert_eq!(findings(&model), [], "`Ab` and `AB`, `ab` and `a_b`");
}

#[test]
fn a_large_pattern_is_told() {
    use crate::model::PatternNode;
    let mut model = fixture::model();
    let any = PatternNode::Repeat {
        node: Box::new(PatternNode::Class(vec![('a', 'b')])),
        min: 0,
        max: None,
    };
    let tail = PatternNode::Repeat {
        node: Box::new(PatternNode::Class(vec![('a', 'b')])),
        min: 200,
        max: Some(200),
    };
    let node = PatternNode::Sequence(vec![any, PatternNode::Class(vec![('a', 'a')]), tail]);
    model.scalars[4].pattern.as_mut().unwrap().node = node;
    let found = findings(&model);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, "E0605");
}

#[test]
fn a_module_needs_a_crate_name() {
    let model = fixture::model();
    assert!(emit_module(&model, &ModuleOptions::new().runtime("%")).is_err());
    let text = emit_module(&model, &ModuleOptions::new().runtime("show-case")).unwrap();
    assert!(text.contains("::show_case::") && !text.contains("::vitrina"));
}
