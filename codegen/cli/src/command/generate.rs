//! `vitrina generate`: model to files, or `--check` whether the files are what the model gives.

use std::path::Path;

use serde_json::{Value, json};
use vitrina_codegen::artifacts::{
    self, Artifacts, Difference, DifferenceKind, Output, Summary, WriteError, compare,
};
use vitrina_codegen::diagnostic::format::Part;
use vitrina_codegen::diagnostic::render::{plural_en, plural_ru};
use vitrina_codegen::diagnostic::{Format, Report, code};
use vitrina_codegen::source::SourceSet;
use vitrina_codegen::target::Target;
use vitrina_codegen::{pipeline, text};

use super::load::{Loaded, load, targets};
use crate::args::{Generate, Shared};
use crate::console::Console;
use crate::exit::{Exit, Failure};
use crate::places;
use crate::timings::Timings;

pub(super) fn run(args: &Generate, shared: &Shared, console: &Console) -> Result<Exit, Failure> {
    let timings = Timings::default();
    let exit = timings.phase("all", || timed(args, shared, console, &timings));
    if args.timings {
        console.words(&timings.table());
    }
    exit
}

fn timed(
    args: &Generate,
    shared: &Shared,
    console: &Console,
    timings: &Timings,
) -> Result<Exit, Failure> {
    let folder = places::model(shared)?;
    let out = places::out(shared, &folder);
    let targets = targets(&args.target);
    let mut loaded = load(&folder, timings)?;
    let Some((name, artifacts)) = make(&mut loaded, &targets, timings) else {
        let parts = [(&loaded.report, &loaded.sources)];
        console.findings(&parts, [])?;
        // Errors left nothing to write, whatever `--fail-on` says.
        return Ok(match console.exit(&parts) {
            Exit::Fine => Exit::Findings,
            exit => exit,
        });
    };
    let folders: Vec<_> = targets.iter().map(|t| (t.id(), t.folder())).collect();
    let output = Output {
        folder: &out,
        model: &name,
        targets: &folders,
        all: args.target.is_empty(),
    };
    let loaded = (&loaded.report, &loaded.sources);
    if args.check {
        let cure = places::generate_command(shared, &args.target);
        let found = timings.phase("compare", || compare(&artifacts, &output));
        match found {
            Ok(found) => show_differences(&found, &output, &cure, loaded, console),
            Err(error) => refuse(&error, loaded, console),
        }
    } else {
        match timings.phase("write", || artifacts::write(&artifacts, &output)) {
            Ok(summary) => show_summary(&summary, &out, loaded, console),
            Err(error) => refuse(&error, loaded, console),
        }
    }
}

/// The name of the model for the manifest, and the files; `None` when there are errors.
fn make(
    loaded: &mut Loaded,
    targets: &[&dyn Target],
    timings: &Timings,
) -> Option<(String, Artifacts)> {
    let model = loaded.model.as_ref()?;
    let around = |id: &str, step: pipeline::Step, work: &mut dyn FnMut()| {
        timings.phase(&format!("{id}: {}", step.as_str()), work);
    };
    let artifacts = pipeline::generate_around(model, targets, &mut loaded.report, &around)?;
    let showcase = model.showcase();
    Some((
        format!("{} {}", showcase.mnemonic, showcase.version),
        artifacts,
    ))
}

fn show_summary(
    summary: &Summary,
    out: &Path,
    loaded: Part<'_>,
    console: &Console,
) -> Result<Exit, Failure> {
    let files = json!({
        "written": summary.written,
        "overwritten_edits": summary.overwritten_edits,
        "removed": summary.removed,
        "unchanged": summary.unchanged,
    });
    console.findings(&[loaded], [("files", files)])?;
    let out = out.display();
    let verbose = |mark: &str, paths: &[String]| {
        if console.verbose {
            for path in paths {
                console.status(&text!("{mark} {out}/{path}", "{mark} {out}/{path}"));
            }
        }
    };
    verbose("+", &summary.written);
    verbose("-", &summary.removed);
    for path in &summary.overwritten_edits {
        console.status(&text!(
            "{out}/{path} had been edited by hand and was overwritten",
            "{out}/{path} был изменён вручную и перезаписан"
        ));
    }
    let (written, removed) = (summary.written.len(), summary.removed.len());
    let unchanged = summary.unchanged;
    let en = plural_en(written, ["file", "files"]);
    let ru = plural_ru(written, ["файл", "файла", "файлов"]);
    console.status(&text!(
        "{out}: {written} {en} written, {removed} removed, {unchanged} unchanged",
        "{out}: записано {written} {ru}, удалено {removed}, без изменений {unchanged}"
    ));
    Ok(console.exit(&[loaded]))
}

/// So many diffs are read by people; a change of the generator alters every file alike.
const DIFFS_SHOWN: usize = 10;

fn show_differences(
    found: &[Difference],
    output: &Output<'_>,
    cure: &str,
    loaded: Part<'_>,
    console: &Console,
) -> Result<Exit, Failure> {
    let (report, sources) = compare::report(found, output, cure);
    let list = found.iter().map(|difference| {
        json!({
            "path": difference.path,
            "kind": difference.kind.as_str(),
            "diff": difference.diff,
        })
    });
    let list: Value = list.collect();
    console.findings(&[loaded, (&report, &sources)], [("differences", list)])?;
    if console.format == Format::Text && !console.quiet {
        let diffs = || found.iter().filter_map(|found| found.diff.as_deref());
        let shown = if console.verbose {
            usize::MAX
        } else {
            DIFFS_SHOWN
        };
        for diff in diffs().take(shown) {
            console.words(&format!("\n{}", colored(diff, console.color)));
        }
        let hidden = diffs().skip(shown).count();
        if hidden > 0 {
            let en = plural_en(hidden, ["file", "files"]);
            let ru = plural_ru(hidden, ["файла", "файлов", "файлов"]);
            console.status(&text!(
                "the diffs of {hidden} more {en} are shown with `--verbose`",
                "различия ещё {hidden} {ru} покажет `--verbose`"
            ));
        }
    }
    let differing = |found: &&Difference| found.kind.counts();
    let count = found.iter().filter(differing).count();
    let out = output.folder.display();
    if count == 0 {
        console.status(&text!(
            "{out} is what the model gives",
            "{out} соответствует модели"
        ));
        return Ok(console.exit(&[loaded, (&report, &sources)]));
    }
    let en = plural_en(count, ["file differs", "files differ"]);
    let ru = plural_ru(
        count,
        ["файл отличается", "файла отличаются", "файлов отличаются"],
    );
    let blocked = found.iter().any(|f| f.kind == DifferenceKind::InTheWay);
    let code = code::OUTPUT_IN_THE_WAY;
    console.status(&if blocked {
        text!(
            "{out}: {count} {en}; see `vitrina explain {code}`",
            "{out}: {count} {ru}; см. `vitrina explain {code}`"
        )
    } else {
        text!(
            "{out}: {count} {en}; run `{cure}`",
            "{out}: {count} {ru}; выполните `{cure}`"
        )
    });
    Ok(Exit::Findings)
}

fn refuse(error: &WriteError, loaded: Part<'_>, console: &Console) -> Result<Exit, Failure> {
    let mut report = Report::new();
    report.push(error.to_diagnostic());
    console.findings(&[loaded, (&report, &SourceSet::default())], [])?;
    Ok(Exit::Io)
}

/// A unified diff as terminals show it.
fn colored(diff: &str, color: bool) -> String {
    let paint = |line: &str| {
        let code = match line.as_bytes().first() {
            Some(b'+') => "32",
            Some(b'-') => "31",
            Some(b'@') => "36",
            _ => return format!("{line}\n"),
        };
        format!("\u{1b}[{code}m{line}\u{1b}[0m\n")
    };
    match color {
        true => diff.lines().map(paint).collect(),
        false => diff.to_owned(),
    }
}
