//! What is written is read back by the importer as the same list.

use super::*;
use crate::diagnostic::Report;
use crate::import::esnsi::{Options, import};
use crate::model::{BaseType, EsnsiBinding, Validity, fixture};
use crate::target::Target as _;
use crate::target::nsud::Nsud;

fn written(model: &Model, at: usize) -> String {
    let bytes = document(model, &model.classifiers()[at], "@generated").unwrap();
    String::from_utf8(bytes).unwrap()
}

/// Every fact of every value that the form of exchange can carry, there and back.
fn there_and_back(model: &Model, at: usize) {
    let list = &model.classifiers()[at];
    let options = Options {
        name: Some(list.name.clone()),
        ..Options::default()
    };
    let mut report = Report::new();
    let text = written(model, at);
    let read = import("list.xml", text.clone().into(), &options, &mut report);
    assert_eq!(
        report.sorted(),
        Vec::<&crate::diagnostic::Diagnostic>::new(),
        "{text}"
    );
    let read = read.list.unwrap();
    assert_eq!((read.left_out, &read.title), (0, &list.title));
    assert_eq!(read.note, list.note);
    assert_eq!(read.is_numeric, !list.base.is_text());
    let expected: Vec<_> = list
        .values
        .iter()
        .map(|value| {
            (
                &value.code,
                &value.title,
                &value.name,
                &value.parent,
                &value.validity.start_date,
                &value.validity.end_date,
            )
        })
        .collect();
    let found: Vec<_> = read
        .values
        .iter()
        .map(|value| {
            (
                &value.code,
                &value.title,
                &value.name,
                &value.parent,
                &value.start_date,
                &value.end_date,
            )
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn lists_are_read_back_by_the_importer() {
    let mut model = fixture::model();
    let plain = model.classifiers.len() - 1;
    for at in 0..=plain {
        if lists(&model).any(|list| list.name == model.classifiers()[at].name) {
            there_and_back(&model, at);
        }
    }
    let list = &mut model.classifiers[0];
    list.note = Some("Примечание <к списку> & «кавычки»".into());
    list.values[0].validity = Validity {
        start_date: Some("2015-07-01".into()),
        end_date: Some("2020-12-31".into()),
    };
    list.values[1].parent = Some(list.values[0].code.clone());
    list.values[1].title = "Очень длинное название ".repeat(20).trim().to_owned();
    there_and_back(&model, 0);
    assert!(written(&model, 0).contains("<text-attribute"));
}

#[test]
fn a_list_looks_like_this() {
    let mut model = fixture::model();
    let numeric = (model.classifiers.iter())
        .position(|list| list.base == BaseType::Int32)
        .unwrap();
    let derived = written(&model, numeric);
    let head: Vec<_> = derived.lines().take(14).collect();
    insta::assert_snapshot!(head.join("\n"), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <!-- @generated -->
    <document xmlns="urn://x-artefacts-nsi-gov-ru/services/cnsi/2.0.0.0">
      <simple-classifier name="Использование адреса" code="edu_region.address_use" uid="b3e170b3-daeb-5ab8-a94a-92757090dbf5" version="1" key-attribute-ref="6fb5eb10-7c55-528c-8833-434b9dc63063">
        <integer-attribute uid="6fb5eb10-7c55-528c-8833-434b9dc63063" name="Код" required="true"/>
        <string-attribute uid="7d8e0192-ad29-5111-b193-3917fddcab36" name="Наименование" required="true"/>
        <string-attribute uid="6fb78276-7c3a-5a40-bf54-d9bf5c95c323" name="Имя для программ" required="false"/>
      </simple-classifier>
      <data classifier-ref="b3e170b3-daeb-5ab8-a94a-92757090dbf5">
        <record uid="6f26efe0-0278-57f7-82a7-e6785c34d4ac">
          <attribute-value attribute-ref="6fb5eb10-7c55-528c-8833-434b9dc63063">
            <integer>1</integer>
          </attribute-value>
          <attribute-value attribute-ref="7d8e0192-ad29-5111-b193-3917fddcab36">
    "#);
    // Two runs agree, and a list of the register keeps what it is known by there.
    assert_eq!(written(&model, numeric), derived);
    model.classifiers[numeric].esnsi = Some(EsnsiBinding {
        code: "ADDRESS_USE".into(),
        uid: "0b8f3c1e-2d4a-4f6b-8c9d-1e2f3a4b5c6d".into(),
        revision: 4,
        key_attribute: Some("key".into()),
    });
    let bound = written(&model, numeric);
    for part in [
        r#"code="ADDRESS_USE""#,
        r#"uid="0b8f3c1e-2d4a-4f6b-8c9d-1e2f3a4b5c6d" version="4" key-attribute-ref="key""#,
        r#"<data classifier-ref="0b8f3c1e-2d4a-4f6b-8c9d-1e2f3a4b5c6d">"#,
        r#"<integer-attribute uid="key""#,
        r#"<attribute-value attribute-ref="key">"#,
    ] {
        assert!(bound.contains(part), "{part}\n{bound}");
    }
    there_and_back(&model, numeric);
}

#[test]
fn open_lists_and_those_of_others_are_not_written() {
    let mut model = fixture::model();
    model.classifiers[0].authority = "Минпросвещения России".into();
    let names: Vec<_> = lists(&model).map(|list| list.name.as_str()).collect();
    let expected: Vec<_> = (model.classifiers().iter().skip(1))
        .filter(|list| !list.open)
        .map(|list| list.name.as_str())
        .collect();
    assert_eq!(names, expected);
    assert!(model.classifiers().iter().any(|list| list.open));
}

/// The register's limits are told with the place of the list; lists of others have none.
#[test]
fn what_the_register_cannot_take_is_told() {
    let mut model = fixture::model();
    let said = |model: &Model| -> Vec<String> {
        let mut report = Report::new();
        Nsud.check(model, &mut report);
        let found = report.sorted().into_iter();
        found
            .map(|d| format!("{}: {}", d.code, d.message.en))
            .collect()
    };
    assert_eq!(said(&model), [""; 0]);
    model.classifiers[0].title = "я".repeat(256);
    model.classifiers[0].name = "Kind".into();
    model.classifiers[1].name = "kind".into();
    insta::assert_snapshot!(said(&model).join("\n"), @r"
    E0604: the files of `Kind` and `kind` are one where case does not tell names apart
    E0607: ЕСНСИ takes titles and codes of at most 255 characters; those of `Kind` are longer
    ");
    model.classifiers[0].authority = "Минпросвещения России".into();
    assert_eq!(said(&model), [""; 0]);
    model.classifiers[1].name = "what?".into();
    insta::assert_snapshot!(said(&model).join("\n"), @"E0603: no file can be called `what?.xml` everywhere");
}
