//! What the rules of the big model cost a row.
//!
//! `bench-rules MODEL COPIES MEMORY THREADS [by-table]`: sampled rows of every table are handed over again
//! and again, each copy with keys of its own, as often as a region's journal has rows of that kind (marks
//! 200 times as often as pupils' rows). Prints nanoseconds of the processor a row (with several
//! threads, of the clock): of making the cells alone, of the
//! rules' taking them, and of what they do behind the last row.

use std::num::NonZeroUsize;
use std::path::Path;
use std::time::Duration;

use vitrina_codegen::diagnostic::{Format, Lang, Report};
use vitrina_codegen::model::eval::{Day, Value};
use vitrina_codegen::model::{CheckSeverity, Domain, Metric, Model, Table, TableId};
use vitrina_codegen::pipeline::compile;
use vitrina_codegen::quality::Moment;
use vitrina_codegen::sample;
use vitrina_codegen::source::files::load;
use vitrina_package::store::Store;
use vitrina_package::{
    Budget, Cell, Consumer, Options, RowId, RowMarks, RowWorker, Rules, TableState, Tables, Tally,
};

/// How often a table's rows come for one copy of the others.
const OFTEN: &[(&str, u64)] = &[
    ("mark", 200),
    ("attendance", 60),
    ("lesson", 12),
    ("homework", 8),
    ("change_journal", 8),
    ("average_mark", 6),
    ("interim_result", 4),
    ("attendance_summary", 4),
];

/// Rows of a table in a copy.
const ROWS: usize = 120;

struct Silent;

impl RowMarks for Silent {
    fn judged(&self, _: TableId, _: Metric, _: RowId) {}
    fn broken(&self, _: TableId, _: Metric, _: CheckSeverity, _: RowId) {}
    fn others(&self, _: Metric, _: CheckSeverity, _: u64, _: u64) {}
}

/// A column of a sampled row.
enum Field {
    Fixed(Option<Value>),
    /// A key: each copy of that table has its own.
    Key(String, u64),
}

struct Source<'m> {
    table: &'m Table,
    rows: Vec<Vec<Field>>,
    copies: u64,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [model, copies, memory, threads, rest @ ..] = arguments.as_slice() else {
        panic!("usage: bench-rules MODEL COPIES MEMORY THREADS [by-table]");
    };
    let by_table = !rest.is_empty();
    let mut report = Report::new();
    let sources = load(Path::new(model), &mut report).expect("the model can be read");
    let model = compile(&sources, &mut report).unwrap_or_else(|| {
        panic!(
            "{}",
            Format::Text.render(&[(&report, &sources)], Lang::En, false)
        )
    });
    let today = Day::new(2026, 3, 1).expect("a day");
    let moment = Moment {
        today,
        now: (today.0 * 24 + 12) * 3_600_000_000,
    };
    let package = sample::package(
        &model,
        &sample::Options {
            rows: ROWS,
            ..sample::Options::new(today)
        },
    )
    .expect("the model can be sampled");
    let copies: u64 = copies.parse().expect("a number of copies");
    let sources = sources_of(&model, &package, copies);
    let mut options = Options::new(moment);
    options.memory = memory.parse().expect("a number of bytes");
    options.threads =
        NonZeroUsize::new(threads.parse().expect("a number of threads")).expect("threads");
    let store = Store::new(Budget::new(options.memory), None);
    let mut tables = Tables::new(&model, false);
    for table in model.tables() {
        tables.set(table.id, TableState::Present);
    }
    let rules = Rules::new(
        &model,
        tables,
        &options,
        &store,
        std::sync::Arc::new(Silent),
    );
    let (mut nothing, mut taken, mut rows) = (Duration::ZERO, Duration::ZERO, 0);
    for source in &sources {
        let alone = feed(None, source, 1).min(feed(None, source, 1));
        let all = feed(Some(&rules), source, options.threads.get());
        let start = processor();
        rules.finished(source.table.id).expect("rows are kept");
        let all = all + (processor() - start);
        let count = source.copies * source.rows.len() as u64;
        if by_table && count > 0 {
            let each = |time: Duration| time.as_nanos() as u64 / count;
            println!(
                "{:32} {:>10} rows {:>6} ns, cells {:>5} ns",
                source.table.name,
                count,
                each(all),
                each(alone)
            );
        }
        nothing += alone;
        taken += all;
        rows += count;
    }
    let mut tally = Tally::new(10);
    let mut unchecked = Vec::new();
    let start = processor();
    let judged = rules
        .finish(&|_| 0, &mut tally, &mut unchecked)
        .expect("rules are judged");
    let finished = processor() - start;
    let each = |time: Duration| time.as_nanos() as u64 / rows;
    let broken: u64 = judged.rules.iter().map(|rule| rule.broken).sum();
    println!(
        "{rows} rows, {} broken, {} unchecked",
        broken,
        unchecked.len()
    );
    println!(
        "ns a row: cells {}, taken (with cells) {}, behind the last {}",
        each(nothing),
        each(taken),
        each(finished)
    );
    println!("peak memory {} MiB", peak().unwrap_or(0) >> 10);
}

/// Peak memory of the process, in KiB.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn sources_of<'m>(model: &'m Model, package: &sample::Package, copies: u64) -> Vec<Source<'m>> {
    let often = |id: TableId| {
        let name = model.table(id).name.as_str();
        let known = OFTEN.iter().find(|(known, _)| *known == name);
        known.map_or(1, |(_, often)| *often)
    };
    model
        .load_order()
        .map(|table| {
            let rows = package.rows(table.id);
            let field = |(column, text): (&vitrina_codegen::model::Column, &Option<String>)| match (
                column.ty.domain,
                text,
            ) {
                (Domain::Key { table, .. }, Some(text)) if column.ty.base.is_text() => {
                    Field::Key(text.clone(), copies * often(table))
                }
                (_, text) => {
                    let text = text.as_deref().filter(|text| !text.is_empty());
                    Field::Fixed(text.and_then(|text| Value::parse(column.ty.base, text)))
                }
            };
            Source {
                table,
                rows: (rows.iter())
                    .map(|row| table.columns.iter().zip(row).map(field).collect())
                    .collect(),
                copies: copies * often(table.id),
            }
        })
        .collect()
}

/// Time of the processor that this process has used: of this thread to the nanosecond, and of all others
/// that still run. Machines that others use, too, tell no more by the clock.
fn processor() -> Duration {
    let mut nanoseconds = 0;
    for entry in std::fs::read_dir("/proc/self/task")
        .into_iter()
        .flatten()
        .flatten()
    {
        let text = std::fs::read_to_string(entry.path().join("schedstat")).unwrap_or_default();
        let first = text
            .split_whitespace()
            .next()
            .and_then(|number| number.parse::<u64>().ok());
        nanoseconds += first.unwrap_or(0);
    }
    Duration::from_nanos(nanoseconds)
}

/// Hands all copies over; how long that took the processor.
fn feed(rules: Option<&Rules<'_>>, source: &Source<'_>, threads: usize) -> Duration {
    let start = processor();
    if threads == 1 {
        let worker = rules.and_then(|rules| rules.worker(source.table.id));
        feed_share(worker, source, 0, 1);
        return processor() - start;
    }
    let start = std::time::Instant::now();
    std::thread::scope(|scope| {
        for thread in 0..threads as u64 {
            scope.spawn(move || {
                let worker = rules.and_then(|rules| rules.worker(source.table.id));
                feed_share(worker, source, thread, threads as u64);
            });
        }
    });
    start.elapsed()
}

fn feed_share(
    mut worker: Option<Box<dyn RowWorker + '_>>,
    source: &Source<'_>,
    thread: u64,
    threads: u64,
) {
    let mut texts = String::new();
    for copy in (thread..source.copies).step_by(threads as usize) {
        for (number, row) in source.rows.iter().enumerate() {
            texts.clear();
            let mut ends = Vec::with_capacity(row.len());
            for field in row {
                if let Field::Key(text, copies) = field {
                    let mut copy = copy % copies;
                    texts.push_str(text);
                    texts.push('-');
                    while copy > 0 {
                        texts.push(char::from(b'0' + (copy % 10) as u8));
                        copy /= 10;
                    }
                }
                ends.push(texts.len());
            }
            let mut begin = 0;
            let cells: Vec<Cell<'_>> = (row.iter().zip(ends))
                .map(|(field, end)| {
                    let text = &texts[begin..end];
                    begin = end;
                    match field {
                        Field::Fixed(None) => Cell::Null,
                        Field::Fixed(Some(value)) => Cell::from(value),
                        Field::Key(..) => Cell::Text(text),
                    }
                })
                .collect();
            match &mut worker {
                Some(worker) => {
                    let id = copy * source.rows.len() as u64 + number as u64;
                    worker.row(RowId(id), &cells);
                }
                None => {
                    std::hint::black_box(&cells);
                }
            }
        }
    }
    if let Some(worker) = worker {
        worker.finish().expect("rows are kept");
    }
}
