//! From arguments to a report: the package is opened and judged, and what was found out becomes evidence.

use std::collections::BTreeMap;

use vitrina::Timestamp;
use vitrina_codegen::Lang;
use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::model::Model;
use vitrina_codegen::text;
use vitrina_package::report::opened::{Cures, Reread, file_facts, package_facts};
use vitrina_package::report::{self, ByModel, Evidence, Limits, Report, Shares, TableFacts};
use vitrina_package::{
    Cause, Error, Options, Subject, Tally, Unchecked, diagnose, inventory, read,
};

use super::progress::Progress;
use crate::args::Validate;
use crate::console::Console;
use crate::exit::Failure;

/// Hours by which the clock that is asked without `--at` is ahead of UTC: Moscow's.
const HOURS_AHEAD: i8 = 3;

/// Judges the package that the arguments name.
pub(super) fn judge(model: &Model, args: &Validate, console: &Console) -> Result<Report, Failure> {
    let progress = Progress::new(console);
    let report = run(model, args, &options(args), &progress);
    progress.end();
    report.map_err(|error| {
        Failure::io(Text {
            en: error.message(Lang::En),
            ru: error.message(Lang::Ru),
        })
    })
}

fn options(args: &Validate) -> Options {
    let at = args.at.unwrap_or_else(|| Timestamp::now(HOURS_AHEAD));
    let mut options = Options::new(at.into());
    options.memory = args.memory;
    options.threads = args.threads.unwrap_or(options.threads);
    options.temporary = args.temporary.clone();
    options.samples = args.samples;
    options.previous = args.previous.clone();
    options.deletion_threshold = args.deletion_threshold;
    options.strictness.rules = !args.no_rules;
    options
}

/// What is shown beside the figures while files are read.
fn reading() -> Text {
    text!("reading", "чтение")
}

fn run(
    model: &Model,
    args: &Validate,
    options: &Options,
    progress: &Progress,
) -> Result<Report, Error> {
    let package = inventory::open(model, &args.package, options)?;
    let total = package.bytes_to_read();
    let mut tally: Tally<'_> = Tally::new(options.samples);
    tally.merge(package.findings.clone());
    let mut unchecked: Vec<Unchecked<'_>> = package.unchecked.clone();
    let (mut layouts, mut reads, mut tables) = (BTreeMap::new(), Vec::new(), Vec::new());
    let mut done = 0;
    for (table, _) in package.tables() {
        let mut files = Vec::new();
        for (file, diagnosis) in diagnose::table(model, &package, table) {
            tally.merge(diagnosis.findings);
            if let Some(layout) = diagnosis.layout {
                layouts.insert(file, layout.clone());
                files.push((file, layout));
            }
        }
        let how = read::ReadOptions {
            hash_all: true,
            samples: options.samples,
            ..read::ReadOptions::default()
        };
        let source = read::chunks(&package, table, files, how);
        while let Some(chunk) = source.next() {
            done += chunk.bytes.len() as u64;
            progress.show(&reading(), done, total);
        }
        let read = source.finish();
        unchecked.push(Unchecked {
            subject: Subject::Rows,
            table: Some(table),
            columns: Vec::new(),
            cause: Cause::Chosen,
        });
        tables.push(TableFacts {
            table,
            files: package.files_of(table).to_vec(),
            rows: read.rows(),
            bytes: package
                .files_of(table)
                .iter()
                .map(|file| package.bytes(*file))
                .sum(),
            broken_rows: 0,
            rows_with_errors: 0,
            rows_with_warnings: 0,
            shares: Shares::default(),
        });
        reads.push(read);
    }
    let (findings, not_checked) = package.conclude(model, &reads, options);
    tally.merge(findings);
    unchecked.extend(not_checked);
    let evidence = Evidence {
        package: package_facts(&package),
        files: file_facts(&package, &layouts, &reads),
        tables,
        moment: options.moment,
        tally: &tally,
        unchecked: &unchecked,
        metrics: Shares::default(),
        indicators: &[],
        ran: Vec::new(),
        attribute: &ByModel(model),
        places: &Reread::new(&package, &layouts, &reads),
        cure: &Cures(&package),
    };
    let limits = Limits {
        findings: args.max_findings,
        shows_values: args.show_values,
    };
    Ok(report::build(model, &evidence, limits))
}
