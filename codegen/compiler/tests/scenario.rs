//! The scenario of the big model: what it makes is a package that is valid by construction.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use vitrina_codegen::diagnostic::{Format, Lang, Report};
use vitrina_codegen::model::eval::Day;
use vitrina_codegen::model::{Domain, Model};
use vitrina_codegen::pipeline;
use vitrina_codegen::quality::{self, Moment, Rows};
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
    for size in [1, 7, 250, 1000, 1001] {
        let package = match size {
            1000 => thousand(),
            _ => &package(&request(size, 1)),
        };
        assert_eq!(package.rows(scale).len() as u64, size);
    }
}

/// Optional by their DDL, but a check warns when they are empty (`telecom.filled`).
const KEPT_FILLED: [&str; 2] = ["telecom.type_contact", "telecom.value_type"];

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
            let name = format!("{}.{}", table.name, column.name);
            if KEPT_FILLED.contains(&name.as_str()) {
                continue;
            }
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

/// What a package breaks, by rule: how often, and the first few.
fn breaches(package: &Package, today: Day, micros: i64) -> BTreeMap<String, (usize, Vec<String>)> {
    let rows = Rows::of_package(model(), package);
    let now = today.0 * 86_400_000_000 + micros;
    let judgement = quality::judge(model(), &rows, Moment { today, now });
    let mut found: BTreeMap<String, (usize, Vec<String>)> = BTreeMap::new();
    for finding in &judgement.findings {
        let entry = found.entry(finding.code.to_owned()).or_default();
        entry.0 += 1;
        if entry.1.len() < 3 {
            let table = finding.table.map(|id| model().table(id).name.as_str());
            let key = &finding.key;
            entry
                .1
                .push(format!("{} {key} {:?}", table.unwrap_or(""), finding.fault));
        }
    }
    found
}

#[test]
fn every_rule_of_quality_is_kept_warnings_too() {
    let today = request(1000, 1).today;
    // The moment of judging is any of that day.
    for micros in [1, 86_399_000_000] {
        let found = breaches(thousand(), today, micros);
        assert!(found.is_empty(), "{found:#?}");
    }
}

#[test]
fn rules_are_kept_by_other_sizes_seeds_and_days() {
    let days = [
        "2024-09-03",
        "2024-12-31",
        "2025-03-26",
        "2025-06-10",
        "2025-08-31",
    ];
    for (at, day) in days.iter().enumerate() {
        let mut request = request([60, 120, 250, 90, 400][at], 2 + at as u64);
        let day: vitrina::Date = day.parse().expect("a day");
        request.today = day.into();
        let found = breaches(&package(&request), request.today, 1);
        assert!(found.is_empty(), "{day}: {found:#?}");
    }
}

/// Rules that want something for everybody, which a handful of students does not fill: an application
/// for every service, a member of every group, a record of every kind.
const WANT_MANY: [&str; 5] = ["CMP-10", "CMP-20", "CMP-22", "CMP-26", "LNK-05"];

#[test]
fn the_smallest_packages_lack_records_and_nothing_else() {
    for size in [0, 1, 2, 20] {
        let request = request(size, 1);
        let package = package(&request);
        let broken = judge(model(), &package, request.today);
        assert!(broken.is_empty(), "{size}: {broken:#?}");
        let mut found = breaches(&package, request.today, 1);
        found.retain(|code, _| !WANT_MANY.iter().any(|rule| code.starts_with(rule)));
        assert!(found.is_empty(), "{size}: {found:#?}");
    }
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
