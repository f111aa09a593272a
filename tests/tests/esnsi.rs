//! The model's own code lists in the register's form of exchange: valid by the schema beside them,
//! broken copies are not, and what is imported from them is what the model holds.

use std::fs;
use std::path::PathBuf;

use vitrina_codegen::diagnostic::Report;
use vitrina_codegen::import::esnsi::{Options, import};
use vitrina_codegen::model::Classifier;
use vitrina_tests::model;

fn folder() -> PathBuf {
    model::path("generated/nsud/esnsi")
}

/// The generated documents, by the name of their list.
fn documents() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if let Some(name) = name.strip_suffix(".xml") {
            found.push((name.to_owned(), fs::read_to_string(&path).unwrap()));
        }
    }
    found.sort();
    found
}

#[test]
fn imports_give_back_what_the_model_holds() {
    let model = model::big().unwrap();
    let own: Vec<&Classifier> = (model.classifiers().iter())
        .filter(|list| list.authority == Classifier::OWN && !list.open)
        .collect();
    let mut names: Vec<&str> = own.iter().map(|list| list.name.as_str()).collect();
    names.sort_unstable();
    let documents = documents();
    let found: Vec<&str> = documents.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(found, names);
    assert!(names.len() > 30, "{}", names.len());
    for list in own {
        let (_, text) = documents
            .iter()
            .find(|(name, _)| *name == list.name)
            .unwrap();
        let options = Options {
            name: Some(list.name.clone()),
            ..Options::default()
        };
        let mut report = Report::new();
        let read = import("list.xml", text.clone().into(), &options, &mut report);
        assert!(report.sorted().is_empty(), "{}: {report:?}", list.name);
        let read = read.list.unwrap();
        assert_eq!((&read.title, &read.note), (&list.title, &list.note));
        assert_eq!(read.is_numeric, !list.base.is_text(), "{}", list.name);
        assert_eq!(read.values.len(), list.values.len(), "{}", list.name);
        for (read, value) in read.values.iter().zip(&list.values) {
            assert_eq!(
                (&read.code, &read.title, &read.name, &read.parent),
                (&value.code, &value.title, &value.name, &value.parent)
            );
            assert_eq!(read.start_date, value.validity.start_date);
            assert_eq!(read.end_date, value.validity.end_date);
        }
    }
}

/// Copies that the schema must refuse, each broken in one way.
#[cfg(feature = "external")]
fn broken(text: &str) -> Vec<(&'static str, String)> {
    let attribute = |name: &str, at: usize| {
        let mark = format!("{name}=\"");
        let start = text.match_indices(&mark).nth(at).unwrap().0 + mark.len();
        text[start..].split('"').next().unwrap().to_owned()
    };
    let replace = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    };
    let list_uid = attribute("uid", 0);
    let (first, second) = (attribute("uid", 1), attribute("uid", 2));
    let key = format!("key-attribute-ref=\"{first}\"");
    vec![
        ("another namespace", replace("cnsi/2.0.0.0", "cnsi/3.0.0.0")),
        (
            "a revision of zero",
            replace("version=\"1\"", "version=\"0\""),
        ),
        ("no code", replace("code=\"", "kod=\"")),
        ("a uid that is too short", replace(&first, "id")),
        (
            "a uid twice",
            replace(&format!("uid=\"{second}\""), &format!("uid=\"{first}\"")),
        ),
        (
            "a key that is no attribute",
            replace(&key, "key-attribute-ref=\"nobody\""),
        ),
        (
            "data of another list",
            replace(
                &format!("classifier-ref=\"{list_uid}\""),
                "classifier-ref=\"nobody\"",
            ),
        ),
        (
            "a value of no attribute",
            replace(
                &format!("attribute-ref=\"{second}\">"),
                "attribute-ref=\"nobody\">",
            ),
        ),
        (
            "two values in one",
            replace("<string>", "<string>x</string><string>"),
        ),
        (
            "a value of no kind",
            text.replace("<string>", "<money>")
                .replace("</string>", "</money>"),
        ),
        (
            "a text that is too long",
            replace("<string>", &format!("<string>{}", "я".repeat(256))),
        ),
        (
            "an action that is none",
            replace("<record ", "<record action=\"replace\" "),
        ),
        ("no data", {
            let start = text.find("  <data ").unwrap();
            let end = text.find("</data>").unwrap() + "</data>".len();
            format!("{}{}", &text[..start], &text[end..])
        }),
        ("cut off", text[..text.len() / 2].to_owned()),
    ]
}

#[test]
#[cfg(feature = "external")]
fn documents_are_valid_by_the_schema_beside_them() {
    let scratch = tempfile::tempdir().unwrap();
    let documents = documents();
    let mut cases: Vec<(String, String, bool)> = documents
        .iter()
        .map(|(name, text)| (name.clone(), text.clone(), true))
        .collect();
    let (_, sample) = documents.iter().find(|(name, _)| name == "sex").unwrap();
    for (title, text) in broken(sample) {
        cases.push((title.to_owned(), text, false));
    }
    let mut files = Vec::new();
    for (at, (_, text, _)) in cases.iter().enumerate() {
        let path = scratch.path().join(format!("{at}.xml"));
        fs::write(&path, text).unwrap();
        files.push(path);
    }
    let output = std::process::Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(folder().join("simple-classifier.xsd"))
        .args(&files)
        .output()
        .expect("xmllint runs");
    // One line per file says the verdict; a file that is no XML at all gives none.
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    for ((title, _, good), path) in cases.iter().zip(&files) {
        let valid = said.contains(&format!("{} validates", path.display()));
        assert_eq!(valid, *good, "{title}\n{said}");
    }
}
