//! The whole compiler in a few functions.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::artifacts::Artifacts;
use crate::diagnostic::Report;
use crate::model::Model;
use crate::resolve;
use crate::source::SourceSet;
use crate::target::Target;

/// Files to model: every error of every file goes to `report`; a model comes out when none is left.
pub fn compile(sources: &SourceSet, report: &mut Report) -> Option<Model> {
    let model = resolve::resolve(sources, report);
    model.filter(|_| !report.has_errors())
}

/// Every target says what it cannot express.
pub fn check(model: &Model, targets: &[&dyn Target], report: &mut Report) {
    check_around(model, targets, report, &|_, _, work| work());
}

/// Model to files: every target says what it cannot express before any of them writes.
pub fn generate(model: &Model, targets: &[&dyn Target], report: &mut Report) -> Option<Artifacts> {
    generate_around(model, targets, report, &|_, _, work| work())
}

/// What a target is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// [`Target::check`].
    Check,
    /// [`Target::emit`].
    Emit,
}

impl Step {
    /// `check`, `emit`.
    pub fn as_str(self) -> &'static str {
        match self {
            Step::Check => "check",
            Step::Emit => "emit",
        }
    }
}

/// Is called around each step of each target and must call the work once; callers measure with it.
pub type Around<'a> = &'a (dyn Fn(&str, Step, &mut dyn FnMut()) + Sync);

/// [`generate`], with something done around each step. Two targets run at a time; findings and
/// files come in the order of `targets` all the same.
pub fn generate_around(
    model: &Model,
    targets: &[&dyn Target],
    report: &mut Report,
    around: Around<'_>,
) -> Option<Artifacts> {
    check_around(model, targets, report, around);
    if report.has_errors() {
        return None;
    }
    let made = each(targets, |target| {
        let mut artifacts = Artifacts::new();
        around(target.id(), Step::Emit, &mut || {
            target.emit(model, &mut artifacts);
        });
        artifacts
    });
    let mut artifacts = Artifacts::new();
    for one in made {
        artifacts.append(one);
    }
    Some(artifacts)
}

fn check_around(model: &Model, targets: &[&dyn Target], report: &mut Report, around: Around<'_>) {
    let reports = each(targets, |target| {
        let mut report = Report::new();
        around(target.id(), Step::Check, &mut || {
            target.check(model, &mut report);
        });
        report
    });
    for one in reports {
        report.append(one);
    }
}

/// Does the work for each target on two threads, results in the order of the targets.
fn each<T: Send>(targets: &[&dyn Target], work: impl Fn(&dyn Target) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::with_capacity(targets.len()));
    let worker = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(target) = targets.get(at) else {
                return;
            };
            let result = work(*target);
            let mut results = results.lock().unwrap_or_else(|lock| lock.into_inner());
            results.push((at, result));
        }
    };
    std::thread::scope(|scope| {
        if targets.len() > 1 {
            scope.spawn(worker);
        }
        worker();
    });
    let mut results = results
        .into_inner()
        .unwrap_or_else(|lock| lock.into_inner());
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}
