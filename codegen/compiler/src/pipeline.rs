//! The whole compiler in a few functions.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::artifacts::Artifacts;
use crate::coverage;
use crate::diagnostic::Report;
use crate::lint;
use crate::model::Model;
use crate::resolve;
use crate::source::SourceSet;
use crate::target::Target;

/// Files to model: every error of every file goes to `report`; a model comes out when none is left.
pub fn compile(sources: &SourceSet, report: &mut Report) -> Option<Model> {
    let model = resolve::resolve(sources, report);
    model.filter(|_| !report.has_errors())
}

/// Conventions and coverage are judged, then every target says what it cannot express.
pub fn check(model: &Model, targets: &[&dyn Target], report: &mut Report) {
    check_around(model, targets, report, &|_, _, work| work());
}

/// Model to files: conventions, coverage and what targets cannot express are judged before any of
/// them writes.
pub fn generate(model: &Model, targets: &[&dyn Target], report: &mut Report) -> Option<Artifacts> {
    generate_around(model, targets, report, &|_, _, work| work())
}

/// What a target, or the model itself (`model`), is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// [`lint::check`] and [`coverage::check`].
    Judge,
    /// [`Target::check`].
    Check,
    /// [`Target::emit`].
    Emit,
}

impl Step {
    /// `check`, `emit`.
    pub fn as_str(self) -> &'static str {
        match self {
            Step::Judge => "judge",
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
    around("model", Step::Judge, &mut || {
        lint::check(model, report);
        coverage::check(model, report);
    });
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

/// Does the work for each target on two threads, results in the order of the targets. The last one
/// begins: `rust`, which takes as long as the others together.
fn each<T: Send>(targets: &[&dyn Target], work: impl Fn(&dyn Target) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::with_capacity(targets.len()));
    let worker = || {
        loop {
            let done = next.fetch_add(1, Ordering::Relaxed);
            let Some((at, target)) = targets.iter().enumerate().nth_back(done) else {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostic, Severity, Text, code};
    use crate::model::fixture;
    use crate::text;

    /// A target that waits before it answers, so that the threads overtake each other.
    struct Slow {
        id: &'static str,
        pause: u64,
        severity: Severity,
    }

    impl Target for Slow {
        fn id(&self) -> &'static str {
            self.id
        }

        fn about(&self) -> Text {
            Text::default()
        }

        fn folder(&self) -> &'static str {
            self.id
        }

        fn check(&self, _: &Model, report: &mut Report) {
            std::thread::sleep(std::time::Duration::from_millis(self.pause));
            let id = self.id;
            let mut finding = Diagnostic::new(code::NAME_FORM, text!("{id}", "{id}"));
            finding.severity = self.severity;
            report.push(finding);
        }

        fn emit(&self, model: &Model, out: &mut Artifacts) {
            std::thread::sleep(std::time::Duration::from_millis(self.pause));
            out.add(format!("{}/x", self.id), model.showcase().mnemonic.as_str());
        }
    }

    fn slow(id: &'static str, pause: u64, severity: Severity) -> Slow {
        Slow {
            id,
            pause,
            severity,
        }
    }

    #[test]
    fn findings_and_files_come_in_the_order_of_the_targets() {
        let weight = Severity::Info;
        let targets = [
            slow("a", 30, weight),
            slow("b", 0, weight),
            slow("c", 10, weight),
        ];
        let targets: Vec<&dyn Target> = targets.iter().map(|t| t as &dyn Target).collect();
        let model = fixture::model();
        let mut report = Report::new();
        let artifacts = generate(&model, &targets, &mut report).unwrap();
        let said: Vec<_> = report
            .sorted()
            .iter()
            .filter(|d| d.code == code::NAME_FORM)
            .map(|d| d.message.en.as_str())
            .collect();
        assert_eq!(said, ["a", "b", "c"]);
        let made: Vec<_> = artifacts.iter().map(|(path, _)| path).collect();
        assert_eq!(made, ["a/x", "b/x", "c/x"]);
    }

    #[test]
    fn an_error_of_one_target_keeps_all_from_writing() {
        let targets = [slow("a", 0, Severity::Info), slow("b", 0, Severity::Error)];
        let targets: Vec<&dyn Target> = targets.iter().map(|t| t as &dyn Target).collect();
        let steps = Mutex::new(Vec::new());
        let around = |id: &str, step: Step, work: &mut dyn FnMut()| {
            work();
            steps
                .lock()
                .unwrap()
                .push(format!("{id} {}", step.as_str()));
        };
        let mut report = Report::new();
        let model = fixture::model();
        assert!(generate_around(&model, &targets, &mut report, &around).is_none());
        let mut steps = steps.into_inner().unwrap();
        steps.sort();
        assert_eq!(steps, ["a check", "b check", "model judge"]);
    }
}
