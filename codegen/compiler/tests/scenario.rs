//! The scenario of the big model: what it makes is a package that is valid by construction.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use vitrina_codegen::diagnostic::{Format, Lang, Report};
use vitrina_codegen::model::{Domain, Model};
use vitrina_codegen::pipeline;
use vitrina_codegen::sample::scenario::{Folder, Memory, Request, run};
use vitrina_codegen::sample::{Package, judge};
use vitrina_codegen::source::files;

fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../model");
        let mut report = Report::new();
        let sources = files::load(&folder, &mut report).expect("the model's folder");
        let model = pipeline::compile(&sources, &mut report);
        let found = Format::Text.render(&[(&report, &sources)], Lang::En, false);
        model.unwrap_or_else(|| panic!("{found}"))
    })
}

fn request(scale: u64, seed: u64) -> Request {
    let mut request = Request::new(model().scenario().expect("a scenario"), scale);
    request.seed = seed;
    request
}

fn package(request: &Request) -> Package {
    let mut memory = Memory::new(model());
    if let Err(error) = run(model(), request, &mut memory) {
        panic!("{:#?}", error.to_diagnostic());
    }
    memory.finish()
}

/// The package of a thousand students, made once.
fn thousand() -> &'static Package {
    static PACKAGE: OnceLock<Package> = OnceLock::new();
    PACKAGE.get_or_init(|| package(&request(1000, 1)))
}

#[test]
fn every_row_keeps_every_rule_keys_are_unique_and_references_closed() {
    let request = request(1000, 1);
    let broken = judge(model(), thousand(), request.today);
    let shown: Vec<String> = broken
        .iter()
        .take(20)
        .map(|(table, row, violation)| {
            let table = model().table(*table);
            format!("{} {row}: {violation:?}", table.name)
        })
        .collect();
    assert!(broken.is_empty(), "{} broken: {shown:#?}", broken.len());
}

#[test]
fn a_thousand_students_are_a_thousand_rows() {
    let scale = model().scenario().expect("a scenario").scale;
    for size in [1, 7, 100, 1000, 1001, 2500] {
        let package = match size {
            1000 => thousand(),
            _ => &package(&request(size, 1)),
        };
        assert_eq!(package.rows(scale).len() as u64, size);
    }
}

#[test]
fn every_table_has_rows_every_optional_column_is_filled_and_empty() {
    let mut missing = Vec::new();
    for table in model().tables() {
        let rows = thousand().rows(table.id);
        if rows.is_empty() {
            missing.push(format!("{}: no rows", table.name));
            continue;
        }
        for column in table.columns.iter().filter(|column| !column.is_required()) {
            let filled = rows.iter().filter(|row| row[column.id.index()].is_some());
            let filled = filled.count();
            if filled == 0 {
                missing.push(format!("{}.{}: never filled", table.name, column.name));
            } else if filled == rows.len() {
                missing.push(format!("{}.{}: never empty", table.name, column.name));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_code_of_every_closed_list_appears() {
    let mut seen: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    let mut used = BTreeSet::new();
    for table in model().tables() {
        for column in &table.columns {
            let Domain::Classifier(list) = column.ty.domain else {
                continue;
            };
            used.insert(list.index());
            let cells = thousand().rows(table.id).iter();
            let cells = cells.filter_map(|row| row[column.id.index()].as_deref());
            seen.entry(list.index()).or_default().extend(cells);
        }
    }
    let mut missing = Vec::new();
    for (at, list) in model().classifiers().iter().enumerate() {
        if list.open || !used.contains(&at) {
            continue;
        }
        for value in &list.values {
            if !seen
                .get(&at)
                .is_some_and(|seen| seen.contains(value.code.as_str()))
            {
                missing.push(format!("{}: {}", list.name, value.code));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// The files of a package in the order of their names, as one hash.
fn hash(folder: &Path) -> String {
    let mut names: Vec<_> = fs::read_dir(folder)
        .expect("the package's folder")
        .map(|entry| entry.expect("a file").path())
        .collect();
    names.sort();
    let mut text = String::new();
    for path in names {
        text.push_str(
            path.file_name()
                .and_then(|name| name.to_str())
                .expect("a name"),
        );
        text.push_str(&fs::read_to_string(&path).expect("a file of text"));
    }
    vitrina::hash::streebog512_hex(&text)
}

fn written(request: &Request) -> String {
    let place = tempfile::tempdir().expect("a place");
    let out = place.path().join("package");
    let mut folder = Folder::create(model(), &out, false).expect("a folder");
    if let Err(error) = run(model(), request, &mut folder) {
        panic!("{:#?}", error.to_diagnostic());
    }
    folder.finish().expect("a package");
    hash(&out)
}

#[test]
fn the_same_seed_gives_the_same_bytes_another_gives_others() {
    let one = written(&request(120, 1));
    assert_eq!(one, written(&request(120, 1)));
    assert_ne!(one, written(&request(120, 2)));
}
