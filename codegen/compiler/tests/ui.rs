//! Findings, one folder per case: `tests/ui/<code>_<slug>/` holds files that are laid over the valid
//! model of `tests/ui/base/` (a file `X.deleted` takes `X` away) and `expected.txt`, what the
//! compiler then says. `UPDATE_EXPECT=1 cargo test --test ui` rewrites the expected texts.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use vitrina_codegen::diagnostic::{Code, Diagnostic, Lang, Report};
use vitrina_codegen::model::Model;
use vitrina_codegen::pipeline::check;
use vitrina_codegen::resolve::resolve;
use vitrina_codegen::sample::scenario::{Memory, Request, run};
use vitrina_codegen::source::{SourceFile, SourceSet};
use vitrina_codegen::target::TARGETS;

#[path = "support/render.rs"]
mod common;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui")
}

/// Every file below a folder, by path inside it.
fn files(folder: &Path, prefix: &str, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("a folder of the tests") {
        let entry = entry.expect("an entry of it");
        let name = entry.file_name().into_string().expect("a name in UTF-8");
        let inner = format!("{prefix}{name}");
        if entry.path().is_dir() {
            files(&entry.path(), &format!("{inner}/"), found);
        } else {
            let text = fs::read_to_string(entry.path()).expect("a text");
            found.insert(inner, text);
        }
    }
}

/// The model of a case.
fn model(case: &Path) -> SourceSet {
    let mut model = BTreeMap::new();
    files(&folder().join("base"), "", &mut model);
    let mut laid_over = BTreeMap::new();
    files(case, "", &mut laid_over);
    for (path, text) in laid_over {
        match path.strip_suffix(".deleted") {
            Some(path) => {
                assert!(model.remove(path).is_some(), "{path} is not in the base");
            }
            None if path == "expected.txt" || path == "expected.ru.txt" => {}
            None => {
                model.insert(path, text);
            }
        }
    }
    let files = model
        .into_iter()
        .map(|(path, text)| SourceFile { path, text });
    SourceSet::new("", files.collect())
}

/// Reads the model and, when it is one, judges its conventions and coverage and asks every target
/// what it cannot express. Lints speak in their own cases only: those of other codes lay bare or
/// odd tables over the base, and show one thing.
fn judge(sources: &SourceSet, report: &mut Report, case: &Path) {
    let model = resolve(sources, report);
    assert_eq!(model.is_none(), report.has_errors(), "{}", case.display());
    if let Some(model) = model {
        let mut found = Report::new();
        check(&model, TARGETS, &mut found);
        let is_lint = |finding: &Diagnostic| finding.code.as_str().starts_with('L');
        let keeps_lints = is_about_lints(case);
        for finding in found.sorted() {
            if keeps_lints || !is_lint(finding) {
                report.push(finding.clone());
            }
        }
        run_scenario(&model, report);
    }
}

/// A scenario's rows are judged when it runs; a small package shows what they break.
fn run_scenario(model: &Model, report: &mut Report) {
    let Some(scenario) = model.scenario() else {
        return;
    };
    let mut memory = Memory::new(model);
    let made = run(model, &Request::new(scenario, 3), &mut memory);
    if let Some(finding) = made.err().and_then(|error| error.to_diagnostic()) {
        report.push(finding);
    }
}

fn is_about_lints(case: &Path) -> bool {
    let name = case.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| name == "base" || name.starts_with('l'))
}

fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder()).expect("the folder of cases");
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.expect("a case").path()).collect();
    cases.retain(|path| path.is_dir() && !path.ends_with("base"));
    cases.sort();
    cases
}

#[test]
fn findings_are_as_expected() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = Vec::new();
    for case in cases() {
        let sources = model(&case);
        let mut report = Report::new();
        judge(&sources, &mut report, &case);
        for (file, lang) in [("expected.txt", Lang::En), ("expected.ru.txt", Lang::Ru)] {
            let path = case.join(file);
            if lang == Lang::Ru && !path.exists() {
                continue;
            }
            let text = common::render(&report, &sources, lang);
            if update {
                fs::write(&path, &text).expect("the expected text is written");
            } else if fs::read_to_string(&path).unwrap_or_default() != text {
                wrong.push(format!("{}\n{text}", path.display()));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "other findings than expected:\n{}",
        wrong.join("\n")
    );
}

/// A case named `e0201_…` shows E0201, so that a reader finds it and no code stays without one.
#[test]
fn every_code_has_a_case() {
    let mut shown: BTreeSet<Code> = BTreeSet::new();
    for case in cases() {
        let name = case
            .file_name()
            .and_then(|name| name.to_str())
            .expect("a name");
        let code = name.split('_').next().and_then(Code::find);
        let code = code.unwrap_or_else(|| panic!("{name} does not begin with a code"));
        let expected = fs::read_to_string(case.join("expected.txt")).unwrap_or_default();
        assert!(
            expected.contains(code.as_str()),
            "{name} does not show {code}"
        );
        shown.insert(code);
    }
    // What needs odd bytes or a disk is made in `ui_bytes.rs`.
    let in_bytes = include_str!("ui_bytes.rs");
    let missing: Vec<&str> = Code::all()
        .iter()
        .map(|row| row.code)
        .filter(|code| a_model_can_cause(code.as_str()) && !shown.contains(code))
        .map(Code::as_str)
        .filter(|code| !in_bytes.contains(code))
        .collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
}

/// Codes of reading, resolving and the limits of targets; those of output need a disk.
fn a_model_can_cause(code: &str) -> bool {
    !code[1..].starts_with("09")
}

#[test]
fn the_base_is_valid() {
    let sources = model(&folder().join("base"));
    let mut report = Report::new();
    judge(&sources, &mut report, Path::new("base"));
    assert_eq!(common::render(&report, &sources, Lang::En), "");
}

/// Renderers print the suggestion themselves: a help that only repeats it would say it twice.
#[test]
fn no_help_repeats_the_suggestion() {
    for case in cases() {
        let sources = model(&case);
        let mut report = Report::new();
        judge(&sources, &mut report, &case);
        for finding in report.sorted() {
            let (Some(suggestion), Some(help)) = (&finding.suggestion, &finding.help) else {
                continue;
            };
            for lang in [Lang::En, Lang::Ru] {
                let help = help.get(lang);
                let quoted: Vec<&str> = help.split('`').skip(1).step_by(2).collect();
                let repeats = quoted == [suggestion.as_str()];
                assert!(!repeats, "{}: {help}", case.display());
            }
        }
    }
}

/// The order of files on disk, and of findings in the passes, does not show.
#[test]
fn findings_do_not_depend_on_the_order_of_files() {
    for case in cases() {
        let sources = model(&case);
        let files: Vec<SourceFile> = sources.iter().map(|(_, file)| file.clone()).collect();
        let reversed = SourceSet::new("", files.into_iter().rev().collect());
        let (mut one, mut two) = (Report::new(), Report::new());
        judge(&sources, &mut one, &case);
        judge(&reversed, &mut two, &case);
        let text = |report: &Report| common::render(report, &sources, Lang::Ru);
        assert_eq!(text(&one), text(&two), "{}", case.display());
    }
}
