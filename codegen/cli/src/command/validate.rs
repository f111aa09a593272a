//! `vitrina validate`: a package against the model, and the report of it in every form that was asked for.
//!
//! ```text
//! arguments ─► judge (model, package) ─► Report ─► tables, baseline ─► outputs ─► exit code
//! ```

mod judge;
mod outputs;
mod progress;

use std::fs;

use vitrina_codegen::diagnostic::Severity;
use vitrina_codegen::model::{CheckSeverity, Model};
use vitrina_codegen::text;
use vitrina_package::report::{Baseline, Report};

use super::load::load;
use crate::args::{Shared, Validate};
use crate::console::Console;
use crate::exit::{Exit, Failure};
use crate::places;
use crate::timings::Timings;
use outputs::Outputs;

pub(super) fn run(args: &Validate, shared: &Shared, console: &Console) -> Result<Exit, Failure> {
    let outputs = Outputs::new(args, shared, console)?;
    // What was given wrong is said before a long run, not behind it.
    let baseline = baseline(args)?;
    let folder = places::model(shared)?;
    let loaded = load(&folder, &Timings::default())?;
    let Some(model) = &loaded.model else {
        console.findings(&[(&loaded.report, &loaded.sources)], [])?;
        return Err(Failure::usage(
            text!(
                "the model has errors, so nothing can be judged by it",
                "в модели есть ошибки, и проверять по ней нельзя"
            ),
            text!("mend it: `vitrina check`", "исправьте их: `vitrina check`"),
        ));
    };
    known_tables(args, model)?;
    let mut report = judge::judge(model, args, console)?;
    finish(&mut report, args, baseline.as_ref());
    outputs.write(&report)?;
    Ok(exit(&report, console.fail_on))
}

/// What is done to a report before it is shown.
fn finish(report: &mut Report, args: &Validate, baseline: Option<&Baseline>) {
    if let Some(baseline) = baseline {
        baseline.compare(report);
    }
    if !args.table.is_empty() {
        report.keep_tables(&args.table);
    }
}

/// What a report means for the exit code.
fn exit(report: &Report, fail_on: Option<Severity>) -> Exit {
    let fails = fail_on.is_some_and(|weight| report.fails(weight_of(weight)));
    if fails { Exit::Findings } else { Exit::Fine }
}

/// The weight of findings about packages that one of findings about models stands for: there are no
/// remarks about packages.
fn weight_of(weight: Severity) -> CheckSeverity {
    match weight {
        Severity::Error => CheckSeverity::Error,
        Severity::Warning | Severity::Info => CheckSeverity::Warning,
    }
}

fn baseline(args: &Validate) -> Result<Option<Baseline>, Failure> {
    let Some(path) = &args.baseline else {
        return Ok(None);
    };
    let shown = path.display();
    let json = fs::read_to_string(path).map_err(|error| {
        Failure::io(text!(
            "`{shown}` cannot be read: {error}",
            "`{shown}` не читается: {error}"
        ))
    })?;
    let baseline = Baseline::read(&json).map_err(|reason| {
        let (en, ru) = (reason.en, reason.ru);
        Failure::usage(
            text!(
                "`{shown}` is no earlier report: {en}",
                "`{shown}` — не прежний отчёт: {ru}"
            ),
            text!(
                "make one with `vitrina validate PACKAGE --json FILE`",
                "его создаёт `vitrina validate ПАКЕТ --json ФАЙЛ`"
            ),
        )
    })?;
    Ok(Some(baseline))
}

fn known_tables(args: &Validate, model: &Model) -> Result<(), Failure> {
    let unknown = args
        .table
        .iter()
        .find(|name| model.find_table(name).is_none());
    let Some(unknown) = unknown else {
        return Ok(());
    };
    let starts = |table: &&vitrina_codegen::model::Table| {
        table.name.chars().next() == unknown.chars().next()
    };
    let near: Vec<&str> = model
        .tables()
        .iter()
        .filter(starts)
        .take(8)
        .map(|table| table.name.as_str())
        .collect();
    let near = near.join("`, `");
    Err(Failure::usage(
        text!(
            "the model has no table `{unknown}`",
            "в модели нет таблицы `{unknown}`"
        ),
        text!(
            "it has, among others, `{near}`",
            "среди прочих в ней есть `{near}`"
        ),
    ))
}
