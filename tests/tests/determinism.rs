//! Equal models give equal bytes: run after run, whatever the order of files in memory or on disk;
//! and what lies in `generated/` is what the model gives.

use std::fs;
use std::path::Path;

use vitrina_codegen::artifacts::{Artifacts, Output, compare};
use vitrina_codegen::diagnostic::Report;
use vitrina_codegen::pipeline::{compile, generate};
use vitrina_codegen::source::files::load;
use vitrina_codegen::source::{SourceFile, SourceSet};
use vitrina_codegen::target::TARGETS;
use vitrina_tests::model::path;
use vitrina_tests::random::Random;

const CURE: &str = "cargo run -p vitrina-cli -- generate";

/// The big model's files.
fn sources() -> SourceSet {
    read(&path("model"))
}

fn read(folder: &Path) -> SourceSet {
    let mut report = Report::new();
    let sources = load(folder, &mut report).unwrap_or_else(|error| panic!("{error:?}"));
    assert!(!report.has_errors());
    sources
}

/// What all targets make, and the findings on the way.
fn made(sources: &SourceSet) -> Artifacts {
    let mut report = Report::new();
    let model = compile(sources, &mut report).unwrap_or_else(|| panic!("{report:?}"));
    generate(&model, TARGETS, &mut report).unwrap_or_else(|| panic!("{report:?}"))
}

/// Names the first file that differs instead of printing two megabytes.
fn assert_same(one: &Artifacts, two: &Artifacts, when: &str) {
    let paths = |artifacts: &Artifacts| -> Vec<String> {
        artifacts.iter().map(|(path, _)| path.to_owned()).collect()
    };
    assert_eq!(paths(one), paths(two), "{when}");
    for (path, content) in one.iter() {
        let same = two.get(path) == Some(content);
        assert!(same, "{when}: `{path}` differs");
    }
}

fn shuffle<T>(items: &mut [T], random: &mut Random) {
    for at in (1..items.len()).rev() {
        items.swap(at, usize::try_from(random.below(at as u64 + 1)).unwrap());
    }
}

#[test]
fn two_runs_are_one() {
    let sources = sources();
    let first = made(&sources);
    for target in TARGETS {
        let files = first
            .iter()
            .filter(|(path, _)| path.starts_with(target.folder()));
        assert!(files.count() > 1, "{}", target.id());
    }
    assert_same(&first, &made(&sources), "in a second run");
}

#[test]
fn the_order_of_files_does_not_show() {
    let sources = sources();
    let first = made(&sources);
    let mut random = Random::new(355);
    let files: Vec<SourceFile> = sources.iter().map(|(_, file)| file.clone()).collect();
    for _ in 0..3 {
        let mut shuffled = files.clone();
        shuffle(&mut shuffled, &mut random);
        assert_ne!(shuffled, files);
        let again = made(&SourceSet::new("model", shuffled));
        assert_same(&first, &again, "after shuffling");
    }
}

#[test]
fn the_order_on_disk_does_not_show() {
    let sources = sources();
    let copy = tempfile::tempdir().unwrap();
    let mut files: Vec<SourceFile> = sources.iter().map(|(_, file)| file.clone()).collect();
    shuffle(&mut files, &mut Random::new(7));
    for file in &files {
        let path = copy.path().join(&file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &file.text).unwrap();
    }
    let again = made(&read(copy.path()));
    assert_same(&made(&sources), &again, "from a copy in another folder");
}

/// A target alone makes what it makes among the others.
#[test]
fn targets_do_not_depend_on_each_other() {
    let sources = sources();
    let mut report = Report::new();
    let model = compile(&sources, &mut report).unwrap_or_else(|| panic!("{report:?}"));
    let mut one_by_one = Artifacts::new();
    for target in TARGETS.iter().rev() {
        let made = generate(&model, &[*target], &mut report);
        one_by_one.append(made.unwrap_or_else(|| panic!("{report:?}")));
    }
    assert_same(&made(&sources), &one_by_one, "one by one");
}

#[test]
fn generated_files_are_current() {
    let sources = sources();
    let mut report = Report::new();
    let model = compile(&sources, &mut report).unwrap_or_else(|| panic!("{report:?}"));
    let artifacts = made(&sources);
    let showcase = model.showcase();
    let name = format!("{} {}", showcase.mnemonic, showcase.version);
    let targets: Vec<_> = TARGETS
        .iter()
        .map(|target| (target.id(), target.folder()))
        .collect();
    let output = Output {
        folder: &path("generated"),
        model: &name,
        targets: &targets,
        all: true,
    };
    let found = compare(&artifacts, &output).unwrap_or_else(|error| panic!("{error}"));
    let stale: Vec<String> = found
        .iter()
        .filter(|difference| difference.kind.counts())
        .map(|difference| format!("{}: {}", difference.path, difference.kind.as_str()))
        .collect();
    assert!(
        stale.is_empty(),
        "`generated/` is not what `model/` gives; `{CURE}` brings it in order\n{}",
        stale.join("\n")
    );
}
