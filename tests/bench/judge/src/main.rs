//! One run of the library that judges packages, as a line of JSON that `peers/contest.py` collects.
//!
//! - `validate MODEL PACKAGE THREADS fields|keys`: all checks of fields and rows, with keys and references
//!   or without; loading the model does not count,
//!   as starting their interpreters does not count for the peers;
//! - `copy FILE THREADS`: the bytes of a file copied in memory, what everything is a share of.

#![deny(unsafe_code)]

mod usage;

use std::num::NonZeroUsize;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use vitrina_codegen::Lang;
use vitrina_codegen::diagnostic::Report;
use vitrina_codegen::model::Model;
use vitrina_codegen::pipeline;
use vitrina_codegen::source::files;
use vitrina_package::{Options, validate};

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["validate", model, package, threads, task @ ("fields" | "keys")] => number(threads)
            .and_then(|threads| judge(Path::new(model), Path::new(package), threads, *task == "keys")),
        ["copy", file, threads] => {
            number(threads).and_then(|threads| copy(Path::new(file), threads))
        }
        _ => Err("usage: validate MODEL PACKAGE THREADS fields|keys | copy FILE THREADS".into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench-judge: {error}");
            ExitCode::FAILURE
        }
    }
}

fn number(text: &str) -> Outcome<NonZeroUsize> {
    text.parse()
        .map_err(|_| format!("`{text}` is no number of threads").into())
}

fn judge(folder: &Path, package: &Path, threads: NonZeroUsize, with_keys: bool) -> Outcome {
    let mut report = Report::new();
    let sources = files::load(folder, &mut report).map_err(|error| error.message().en)?;
    match pipeline::compile(&sources, &mut report) {
        Some(model) => run(&model, package, threads, with_keys),
        None => Err(format!("the model in {} has errors", folder.display()).into()),
    }
}

fn run(model: &Model, package: &Path, threads: NonZeroUsize, with_keys: bool) -> Outcome {
    let mut options = Options::new(vitrina::Timestamp::now(3).into());
    options.threads = threads;
    options.strictness.keys = with_keys;
    options.strictness.references = with_keys;
    let (start, used) = (Instant::now(), usage::processor()?);
    let outcome = validate(model, package, &options, &()).map_err(|error| error.message(Lang::En))?;
    let (seconds, used) = (start.elapsed(), usage::processor()? - used);
    let rows: u64 = outcome.tables.iter().map(|table| table.rows).sum();
    let found: u64 = outcome.tally.groups().map(|(_, group)| group.count).sum();
    for (key, group) in outcome.tally.groups() {
        eprintln!("{} × {}", key.code.as_str(), group.count);
    }
    say(seconds, used, &format!(", \"rows\": {rows}, \"found\": {found}"))
}

/// Each thread copies its share, over and over, so that what is measured is long enough.
fn copy(file: &Path, threads: NonZeroUsize) -> Outcome {
    let bytes = std::fs::read(file)?;
    let mut to = vec![1; bytes.len()];
    let share = bytes.len().div_ceil(threads.get()).max(1);
    let mut once = || {
        std::thread::scope(|scope| {
            for (from, to) in bytes.chunks(share).zip(to.chunks_mut(share)) {
                scope.spawn(move || {
                    to.copy_from_slice(std::hint::black_box(from));
                    std::hint::black_box(to);
                });
            }
        });
    };
    once();
    let (start, used) = (Instant::now(), usage::processor()?);
    once();
    say(start.elapsed(), usage::processor()? - used, "")
}

fn say(wall: std::time::Duration, processor: std::time::Duration, more: &str) -> Outcome {
    println!(
        "{{\"wall\": {:.6}, \"processor\": {:.6}, \"peak\": {}{more}}}",
        wall.as_secs_f64(),
        processor.as_secs_f64(),
        usage::peak()?,
    );
    Ok(())
}
