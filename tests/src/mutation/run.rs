//! Mutations judged by the validator and held against the truth.

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use vitrina_package::report::Locate as _;
use vitrina_package::report::opened::Reread;
use vitrina_package::{Options, RowId, validate};

use super::finding::{Findings, Kind, Place, differ};
use super::{Base, Changed, change, truth};
use crate::random::Random;

/// What came out.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How many changes were made.
    pub mutations: u64,
    /// How many of them must be found by what they are.
    pub claimed: u64,
    /// How many leave the file as right as it was.
    pub valid: u64,
    /// How many changes of each sort were made.
    pub kinds: std::collections::BTreeMap<String, u64>,
    /// How often each code was expected, by code.
    pub codes: std::collections::BTreeMap<String, u64>,
    /// Disagreements, in words, each with the seed of its package.
    pub wrong: Vec<String>,
}

/// Changes packages of a base until so many changes are made, `most` in each package, from a seed on, on
/// some threads.
///
/// # Errors
/// The file system refuses.
pub fn run(
    base: &Base,
    count: u64,
    most: usize,
    seed: u64,
    threads: usize,
) -> Result<Outcome, String> {
    let next = AtomicU64::new(0);
    let done = AtomicU64::new(0);
    let outcome: Mutex<Outcome> = Mutex::default();
    let failed: Mutex<Option<String>> = Mutex::default();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while done.load(Ordering::SeqCst) < count {
                    let seed = seed + next.fetch_add(1, Ordering::SeqCst);
                    match one(base, most, seed) {
                        Ok(one) => {
                            done.fetch_add(one.mutations, Ordering::SeqCst);
                            if let Ok(mut outcome) = outcome.lock() {
                                outcome.add(one);
                            }
                        }
                        Err(error) => {
                            if let Ok(mut failed) = failed.lock() {
                                *failed = Some(error);
                            }
                            done.store(u64::MAX / 2, Ordering::SeqCst);
                        }
                    }
                }
            });
        }
    });
    if let Some(error) = failed.into_inner().map_err(|error| error.to_string())? {
        return Err(error);
    }
    outcome.into_inner().map_err(|error| error.to_string())
}

impl Outcome {
    fn add(&mut self, other: Outcome) {
        self.mutations += other.mutations;
        self.claimed += other.claimed;
        self.valid += other.valid;
        for (kind, count) in other.kinds {
            *self.kinds.entry(kind).or_default() += count;
        }
        for (code, count) in other.codes {
            *self.codes.entry(code).or_default() += count;
        }
        self.wrong.extend(other.wrong);
    }
}

/// One package.
fn one(base: &Base, most: usize, seed: u64) -> Result<Outcome, String> {
    let mut random = Random::new(seed);
    let changed = change(base, most, &mut random);
    let expected = truth(&changed);
    let mut wrong = Vec::new();
    for mutation in &changed.mutations {
        for claim in mutation.claims.iter().filter(|claim| !expected.hold(claim)) {
            wrong.push(format!("the truth lacks {claim:?} of: {}", mutation.title));
        }
    }
    match validated(&changed, seed) {
        Ok(found) => wrong.extend(differ(&expected, &found)),
        Err(error) => wrong.push(error),
    }
    let mut outcome = Outcome {
        mutations: changed.mutations.len() as u64,
        ..Outcome::default()
    };
    for mutation in &changed.mutations {
        *outcome.kinds.entry(mutation.kind.clone()).or_default() += 1;
        outcome.claimed += u64::from(!mutation.claims.is_empty());
        outcome.valid += u64::from(mutation.is_valid);
    }
    for ((kind, _), count) in &expected.0 {
        *outcome.codes.entry(kind.code.clone()).or_default() += count;
    }
    if !wrong.is_empty() {
        let titles: Vec<&str> = (changed.mutations.iter())
            .map(|mutation| mutation.title.as_str())
            .collect();
        outcome.wrong.push(format!(
            "{} seed {seed}:\n  {}\nmutations:\n  {}",
            base.name,
            wrong.join("\n  "),
            titles.join("\n  ")
        ));
    }
    Ok(outcome)
}

/// What the validator finds of a changed package, on one to three threads.
pub(super) fn validated(changed: &Changed<'_>, seed: u64) -> Result<Findings, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    changed
        .write(folder.path())
        .map_err(|error| error.to_string())?;
    let threads = 1 + (seed % 3) as usize;
    found(changed.base, folder.path(), threads)
}

/// What the validator finds of a package, with the places that it tells.
fn found(base: &Base, folder: &Path, threads: usize) -> Result<Findings, String> {
    let mut options = Options::new(base.moment);
    options.threads = NonZeroUsize::new(threads).unwrap_or(NonZeroUsize::MIN);
    options.samples = usize::MAX;
    let model = &base.model;
    let outcome = validate(model, folder, &options, &()).map_err(|error| format!("{error:?}"))?;
    let reread = Reread::new(&outcome.package, &outcome.layouts, &outcome.reads);
    let mut findings = Findings::default();
    for (key, group) in outcome.tally.groups() {
        let table = key.table.map(|id| model.table(id));
        let kind = Kind {
            code: key.code.as_str().to_owned(),
            rule: key.rule.map(str::to_owned),
            table: table.map(|table| table.name.clone()),
            columns: (key.columns.iter())
                .filter_map(|id| Some(table?.column(*id).name.clone()))
                .collect(),
        };
        let of_file = key.file.and_then(|file| outcome.package.files.get(file));
        let file = of_file.map(|entry| entry.name.clone());
        let mut rows: Vec<RowId> = group.samples.iter().filter_map(|one| one.row).collect();
        rows.sort_unstable();
        rows.dedup();
        let located = match key.table {
            Some(table) => (reread.locate(table, &rows)).map_err(|error| error.to_string())?,
            None => Vec::new(),
        };
        for sample in &group.samples {
            let line = located.iter().find(|one| Some(one.row) == sample.row);
            let place = match line {
                Some(line) => Place {
                    file: (outcome.package.files.get(line.file)).map(|entry| entry.name.clone()),
                    line: Some(line.line),
                },
                None => Place {
                    file: file.clone(),
                    line: sample.line,
                },
            };
            findings.add(kind.clone(), place, sample.count);
        }
        let shown: u64 = group.samples.iter().map(|sample| sample.count).sum();
        if shown != group.count {
            return Err(format!("{key:?}: {shown} samples of {}", group.count));
        }
    }
    Ok(findings)
}
