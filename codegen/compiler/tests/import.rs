//! Exports of ЕСНСИ, read into the model language: `tests/import/<case>.xml` is an export,
//! `<case>.txt` what is said of it, `<case>.yaml` the classifier, when there is one.
//! `UPDATE_EXPECT=1 cargo test --test import` rewrites what is expected.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use vitrina_codegen::diagnostic::{Code, Lang, Report};
use vitrina_codegen::import::esnsi::{self, Options};
use vitrina_codegen::import::{Format, Imported};
use vitrina_codegen::model::{Classifier, Model};
use vitrina_codegen::pipeline;
use vitrina_codegen::source::{SourceFile, SourceSet};

#[path = "support/render.rs"]
mod common;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import")
}

fn cases() -> Vec<String> {
    let entries = fs::read_dir(folder()).expect("the folder of cases");
    let names = entries.map(|entry| {
        entry
            .expect("a case")
            .file_name()
            .into_string()
            .expect("a name")
    });
    let mut cases: Vec<String> = names
        .filter_map(|name| Some(name.strip_suffix(".xml")?.to_owned()))
        .collect();
    cases.sort();
    cases
}

/// What a case is told beside its file.
fn options(case: &str) -> Options {
    let told = |word: &str| Some(word.to_owned());
    match case {
        "choice_told" => Options {
            name: told("offices"),
            code: told("u01"),
            title: told("адрес"),
            ..Options::default()
        },
        "choice_unknown" => Options {
            code: told("Слжба"),
            title: told("DISTRICT"),
            start_date: told("Район"),
            ..Options::default()
        },
        "structure" => Options {
            name: told("structure"),
            ..Options::default()
        },
        _ => Options::default(),
    }
}

fn import(path: &str, bytes: impl Into<Vec<u8>>, options: &Options) -> (Imported, Report) {
    let mut report = Report::new();
    let imported = esnsi::import(path, bytes.into(), options, &mut report);
    (imported, report)
}

fn case(name: &str) -> (Imported, Report) {
    let bytes = fs::read(folder().join(format!("{name}.xml"))).expect("an export");
    import(&format!("{name}.xml"), bytes, &options(name))
}

#[test]
fn findings_and_lists_are_as_expected() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = Vec::new();
    let mut judge = |path: PathBuf, text: Option<String>| {
        let expected = fs::read_to_string(&path).ok();
        if expected == text {
            return;
        }
        match (update, &text) {
            (true, Some(text)) => fs::write(&path, text).expect("the expected text is written"),
            (true, None) => fs::remove_file(&path).expect("the expected text goes"),
            (false, _) => wrong.push(format!("{}\n{}", path.display(), text.unwrap_or_default())),
        }
    };
    for name in cases() {
        let (imported, report) = case(&name);
        let said = common::render(&report, &imported.sources, Lang::En);
        judge(folder().join(format!("{name}.txt")), Some(said));
        let yaml = imported.list.map(|list| list.to_yaml());
        judge(folder().join(format!("{name}.yaml")), yaml);
    }
    assert!(
        wrong.is_empty(),
        "other than expected:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn every_code_of_import_has_a_case() {
    let mut shown: BTreeSet<Code> = BTreeSet::new();
    for name in cases() {
        let (_, report) = case(&name);
        shown.extend(report.sorted().iter().map(|finding| finding.code));
    }
    shown.extend(
        encoded("KOI8-R", b"")
            .1
            .sorted()
            .iter()
            .map(|finding| finding.code),
    );
    let all = Code::all().iter().map(|row| row.code);
    let missing: Vec<Code> = all
        .filter(|code| ["092", "093"].contains(&&code.as_str()[1..4]) && !shown.contains(code))
        .collect();
    assert_eq!(missing, []);
}

/// A model with nothing but one classifier, and what it makes of the classifier.
fn model(yaml: &str) -> Model {
    let file = |path: &str, text: &str| SourceFile {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let showcase = "language: 1\nshowcase: demo\ntitle: Демо\nversion: 1.0.0\n\
        groups:\n  - { group: main, title: Основная }\n";
    let sources = SourceSet::new(
        "",
        vec![
            file("showcase.yaml", showcase),
            file("classifiers/list.yaml", yaml),
        ],
    );
    let mut report = Report::new();
    let model = pipeline::compile(&sources, &mut report);
    let said = common::render(&report, &sources, Lang::En);
    assert!(!report.has_errors(), "{said}\n{yaml}");
    model.expect("a model without errors")
}

/// Every list that comes out reads back as the same list, whatever stands in its texts.
#[test]
fn lists_read_back_as_they_are() {
    let mut read = 0;
    for name in cases() {
        let Some(list) = case(&name).0.list else {
            continue;
        };
        let model = model(&list.to_yaml());
        same(&list, &model.classifiers()[0]);
        read += 1;
    }
    assert!(read >= 5, "{read}");
}

fn same(list: &vitrina_codegen::import::ImportedList, back: &Classifier) {
    assert_eq!(back.name, list.name);
    assert_eq!(back.title, list.title);
    assert_eq!(back.note, list.note);
    assert_eq!(back.authority, list.authority);
    assert_eq!(back.source.as_ref(), Some(&list.source));
    let esnsi = back.esnsi.as_ref().expect("a binding");
    assert_eq!(esnsi.code, list.esnsi_code);
    assert_eq!(esnsi.uid, list.esnsi_uid);
    assert_eq!(esnsi.revision, list.esnsi_revision);
    assert_eq!(esnsi.key_attribute, list.esnsi_key_attribute);
    assert_eq!(back.base.is_text(), !list.is_numeric);
    assert_eq!(back.values.len(), list.values.len());
    for (back, value) in back.values.iter().zip(&list.values) {
        assert_eq!(back.code, value.code);
        assert_eq!(back.title, value.title);
        assert_eq!(back.name, value.name);
        assert_eq!(back.parent, value.parent);
        assert_eq!(back.validity.start_date, value.start_date);
        assert_eq!(back.validity.end_date, value.end_date);
    }
}

/// An export in which one row has the given bytes as its title.
fn encoded(encoding: &str, title: &[u8]) -> (Imported, Report) {
    let head = format!(
        "<?xml version=\"1.0\" encoding=\"{encoding}\"?>\n\
         <document xmlns=\"{}\">\
         <simple-classifier name=\"L\" code=\"L\" uid=\"u00\" version=\"1\" key-attribute-ref=\"u01\">\
         <string-attribute uid=\"u01\" name=\"code\"/><string-attribute uid=\"u02\" name=\"name\"/>\
         </simple-classifier><data classifier-ref=\"u00\"><record>\
         <attribute-value attribute-ref=\"u01\"><string>1</string></attribute-value>\
         <attribute-value attribute-ref=\"u02\"><string>",
        esnsi::NAMESPACE
    );
    let tail = "</string></attribute-value></record></data></document>\n";
    let bytes = [head.as_bytes(), title, tail.as_bytes()].concat();
    import("list.xml", bytes, &Options::default())
}

fn title_of((imported, report): (Imported, Report)) -> String {
    assert_eq!(report.sorted().len(), 0, "{report:?}");
    imported.list.expect("a list").values[0].title.clone()
}

#[test]
fn both_encodings_are_read() {
    assert_eq!(
        title_of(encoded("UTF-8", "Школа №1".as_bytes())),
        "Школа №1"
    );
    let school = b"\xd8\xea\xee\xeb\xe0 \xb91";
    assert_eq!(title_of(encoded("windows-1251", school)), "Школа №1");
    let (imported, report) = encoded("UTF-8", school);
    assert!(imported.list.is_none() && report.has_errors());
}

/// Texts that YAML would take for something else, or that would end a scalar early.
#[test]
fn hard_texts_survive() {
    let hard = [
        "yes",
        "null",
        "~",
        "- a",
        "a: b",
        "a #b",
        "#",
        "{a}",
        "[a, b]",
        "'",
        "\"",
        "''a''",
        "a:",
        "&#38;a",
        "*a",
        "!a",
        "%a",
        "@a",
        "`a`",
        "|",
        "&#62;",
        "?",
        "? a",
        "...",
        "---",
        "0x1F",
        "1e3",
        "007",
        "2024-01-01",
        "=",
        "&#60;&#60;",
        "\\n",
        "«ёлка», №&#160;1",
        "a &lt;b&gt;",
        "😀",
        "a\u{2028}b",
        "\u{feff}a",
        "a\u{85}b",
    ];
    for text in hard {
        let (imported, report) = encoded("UTF-8", text.as_bytes());
        assert!(!report.has_errors(), "{text}: {report:?}");
        let list = imported.list.unwrap_or_else(|| panic!("{text}"));
        let model = model(&list.to_yaml());
        same(&list, &model.classifiers()[0]);
    }
    let title = |text: &str| {
        encoded("UTF-8", text.as_bytes()).0.list.unwrap().values[0]
            .title
            .clone()
    };
    assert_eq!(title("a\u{2028}b"), "a b");
    assert_eq!(title("\u{1}a\tb"), "a b");
    assert_eq!(title("<![CDATA[a]]> &amp; b"), "a & b");
}

/// Whatever is cut off or changed in an export, reading ends, and without a list or with sound rows.
#[test]
fn broken_copies_do_no_harm() {
    let bytes = fs::read(folder().join("every_kind.xml")).expect("an export");
    let bytes = bytes.trim_ascii_end();
    let mut lists = 0;
    for at in 0..bytes.len() {
        let (cut, report) = import("a.xml", &bytes[..at], &Options::default());
        assert!(cut.list.is_none() && report.has_errors(), "{at}");
        for with in [b'<', b'>', b'"', b'&', b'/', 0, 0xff, b'9'] {
            if at % 7 != usize::from(with) % 7 {
                continue;
            }
            let mut copy = bytes.to_owned();
            copy[at] = with;
            let (imported, report) = import("a.xml", copy, &Options::default());
            common::render(&report, &imported.sources, Lang::Ru);
            let Some(list) = imported.list else {
                assert!(report.has_errors(), "{at} {with}");
                continue;
            };
            lists += 1;
            // Resolving a model takes longer than reading an export.
            if lists % 5 == 0 {
                same(&list, &model(&list.to_yaml()).classifiers()[0]);
            }
        }
    }
    assert!(lists > 20, "{lists}");
}

#[test]
fn kinds_of_files_are_told_apart() {
    assert_eq!(Format::of("a/list.XML", b""), Some(Format::Esnsi));
    assert_eq!(
        Format::of("list", b"\xef\xbb\xbf  <?xml version='1.0'?>"),
        Some(Format::Esnsi)
    );
    assert_eq!(Format::of("a.xml/list", b"CREATE TABLE"), None);
    assert_eq!(Format::of("list.sql", b"CREATE TABLE"), None);
}
