//! Checks a package as `vitrina validate` does, round after round, and prints the medians: with fields
//! alone, then with keys and references too, on one thread and on several.
//!
//!     bench-validate MODEL PACKAGE [ROUNDS]

use std::num::NonZeroUsize;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use vitrina_codegen::diagnostic::{Format, Lang, Report};
use vitrina_codegen::model::Model;
use vitrina_codegen::model::eval::Day;
use vitrina_codegen::pipeline::compile;
use vitrina_codegen::quality::Moment;
use vitrina_codegen::source::files::load;
use vitrina_package::{Area, Options, Outcome, Progress, Stage, validate};

/// When the tables were read, and only keys and rules were left.
#[derive(Default)]
struct Clock(std::sync::Mutex<Vec<(Stage, Instant)>>);

impl Progress for Clock {
    fn stage(&self, stage: Stage) {
        if let Ok(mut stages) = self.0.lock() {
            stages.push((stage, Instant::now()));
        }
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.as_slice() {
        [model, package] => run(Path::new(model), Path::new(package), 5),
        [model, package, rounds] => match rounds.parse() {
            Ok(rounds) => run(Path::new(model), Path::new(package), rounds),
            Err(_) => Err(format!("no number: {rounds}")),
        },
        _ => Err("bench-validate MODEL PACKAGE [ROUNDS]".into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn read(folder: &Path) -> Result<Model, String> {
    let mut report = Report::new();
    let sources = load(folder, &mut report).map_err(|error| error.message().en)?;
    compile(&sources, &mut report)
        .ok_or_else(|| Format::Text.render(&[(&report, &sources)], Lang::En, false))
}

fn run(model: &Path, package: &Path, rounds: usize) -> Result<(), String> {
    let model = read(model)?;
    let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let mut ways = vec![1];
    if cores > 1 {
        ways.push(cores);
    }
    let mut times: Vec<Vec<(Duration, Duration)>> = vec![Vec::new(); ways.len()];
    let mut last = None;
    for _ in 0..rounds.max(1) {
        for (way, times) in ways.iter().zip(&mut times) {
            let moment = Moment {
                today: Day(20_500),
                now: 20_500 * 86_400_000_000,
            };
            let mut options = Options::new(moment);
            options.threads = NonZeroUsize::new(*way).unwrap_or(NonZeroUsize::MIN);
            let clock = Clock::default();
            let start = Instant::now();
            let outcome = validate(&model, package, &options, &clock)
                .map_err(|error| error.message(Lang::En))?;
            let end = Instant::now();
            let stages = clock.0.into_inner().unwrap_or_default();
            let scanned = stages.iter().find(|(stage, _)| *stage == Stage::Keys);
            let scanned = scanned.map_or(end, |(_, at)| *at);
            times.push((scanned - start, end - start));
            last = Some(outcome);
        }
    }
    let outcome = last.ok_or("no round")?;
    let (bytes, rows) = size(&outcome);
    println!("{rows} rows, {bytes} bytes, {} findings", findings(&outcome));
    println!("threads  read and scanned      all");
    for (way, times) in ways.iter().zip(&mut times) {
        times.sort_by_key(|(_, all)| *all);
        let (scan, all) = times[times.len() / 2];
        let speed = |time: Duration| bytes as f64 / time.as_secs_f64() / 1e9;
        println!(
            "{way:7}  {:.3} s {:5.2} GB/s  {:.3} s {:5.2} GB/s  {:5.1} ns a row",
            scan.as_secs_f64(),
            speed(scan),
            all.as_secs_f64(),
            speed(all),
            all.as_nanos() as f64 / rows as f64
        );
    }
    Ok(())
}

fn size(outcome: &Outcome<'_>) -> (u64, u64) {
    let bytes = outcome.tables.iter().map(|table| table.bytes).sum();
    let rows = outcome.tables.iter().map(|table| table.rows).sum();
    (bytes, rows)
}

/// Findings about rows: a clean package has none.
fn findings(outcome: &Outcome<'_>) -> u64 {
    let groups = outcome.tally.groups();
    groups
        .filter(|(key, _)| key.code.area() != Area::Package)
        .map(|(_, group)| group.count)
        .sum()
}
