//! Everything that lies in the folder of reference packages.

use std::path::Path;

use serde_json::{Value, json};
use vitrina_codegen::sample::scenario::{Folder, run};
use vitrina_package::report::{Report, json as document};

use super::base::Base;
use super::cases::{Case, EXCEPTIONS, all};
use super::disk::{self, Tree};
use super::{MOMENT, judge};

/// The files below [`FOLDER`](super::FOLDER) that the program writes: packages, reports, `cases.json`. Works in an
/// empty folder `place`, where the packages lie afterwards, in a folder each.
///
/// # Errors
/// A package that cannot be made or judged.
pub fn tree(base: &Base, place: &Path) -> Result<Tree, String> {
    let mut tree = Tree::new();
    let mut cases = Vec::new();
    for case in all(base)? {
        let folder = place.join(&case.name);
        let mut files = packed(&case);
        disk::write(&folder, &files).map_err(|error| error.to_string())?;
        let report = judge(base, &case, &folder)?;
        files.insert(
            "expected.json".to_owned(),
            document::document(&report).into_bytes(),
        );
        cases.push(line(&case, &report));
        for (name, bytes) in files {
            tree.insert(format!("{}/{name}", case.name), bytes);
        }
    }
    cases.push(whole(base, place, &mut tree)?);
    let without: Vec<Value> = EXCEPTIONS
        .iter()
        .map(|(code, why)| json!({ "code": code.as_str(), "name": code.name(), "why": why }))
        .collect();
    let index = json!({
        "format": "vitrina-reference/1",
        "at": MOMENT,
        "cases": cases,
        "without": without,
    });
    tree.insert("cases.json".to_owned(), format!("{index:#}\n").into_bytes());
    Ok(tree)
}

/// What lies in a case's folder beside the report.
fn packed(case: &Case) -> Tree {
    let mut files = Tree::new();
    match case.is_zip {
        true => {
            files.insert(case.package().to_owned(), disk::zip(&case.files));
        }
        false => put(&mut files, case.package(), &case.files),
    }
    if let Some(previous) = &case.previous {
        put(&mut files, "previous", previous);
    }
    files
}

fn put(tree: &mut Tree, folder: &str, files: &Tree) {
    for (name, bytes) in files {
        tree.insert(format!("{folder}/{name}"), bytes.clone());
    }
}

/// The whole model's package: made by the command, so that only its manifest and its report are kept.
fn whole(base: &Base, place: &Path, tree: &mut Tree) -> Result<Value, String> {
    let case = Case {
        name: "whole".to_owned(),
        code: None,
        files: Tree::new(),
        is_zip: false,
        previous: None,
        rules: true,
        is_fixable: false,
        tables: base
            .model
            .tables()
            .iter()
            .map(|table| table.name.clone())
            .collect(),
    };
    let out = place.join(&case.name).join(case.package());
    let options = Folder::options().manifest(true);
    let mut folder =
        Folder::with_options(&base.model, &out, options).map_err(|error| error.message().en)?;
    run(&base.model, &Base::request(&base.model)?, &mut folder)
        .map_err(|error| format!("{error:?}"))?;
    folder.finish().map_err(|error| error.message().en)?;
    let report = judge(base, &case, &place.join(&case.name))?;
    let manifest = std::fs::read(out.join("manifest.json")).map_err(|error| error.to_string())?;
    tree.insert("whole/manifest.json".to_owned(), manifest);
    tree.insert(
        "whole/expected.json".to_owned(),
        document::document(&report).into_bytes(),
    );
    Ok(line(&case, &report))
}

/// What `cases.json` says of a case.
fn line(case: &Case, report: &Report) -> Value {
    let mut options = vec!["--at".to_owned(), MOMENT.to_owned()];
    if !case.rules {
        options.push("--no-rules".to_owned());
    }
    if case.previous.is_some() {
        options.extend(["--previous".to_owned(), "previous".to_owned()]);
    }
    if case.name != "whole" {
        let tables = case.tables.iter();
        options.extend(tables.flat_map(|table| ["--table".to_owned(), table.clone()]));
    }
    let findings: Vec<Value> = report
        .findings
        .iter()
        .map(|finding| {
            let sample = finding.samples.first();
            json!({
                "code": finding.code.as_str(),
                "rules": finding.rules,
                "severity": finding.severity.name(),
                "table": finding.table,
                "file": sample.and_then(|one| one.file.clone()).or_else(|| finding.file.clone()),
                "line": sample.and_then(|one| one.line),
                "columns": finding.columns.iter().map(|one| &one.name).collect::<Vec<_>>(),
                "count": finding.count,
            })
        })
        .collect();
    json!({
        "case": case.name,
        "code": case.code.map(|code| code.as_str()),
        "package": case.package(),
        "options": options,
        "exit": u8::from(report.totals.errors > 0),
        "fixable": case.is_fixable,
        "findings": findings,
    })
}
