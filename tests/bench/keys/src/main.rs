//! Keys and references of a package beside plain hash sets: same keys, same run, rounds in turn.
//!
//! - `keys [ROWS]`: each of ROWS (10,000,000) random UUID keys once, one planted twice;
//! - `references [ROWS]`: ROWS children of ROWS / 20 parents, one an orphan.
//!
//! Prints medians of five rounds.

#![forbid(unsafe_code)]

mod measure;
mod run;

use std::collections::HashSet;
use std::hash::BuildHasher;
use std::process::ExitCode;

use measure::{Numbers, Series, Time};
use run::{Known, Rows, Run};

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

const ROUNDS: usize = 5;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["keys"] => keys(10_000_000),
        ["keys", rows] => number(rows).and_then(keys),
        ["references"] => references(10_000_000),
        ["references", rows] => number(rows).and_then(references),
        _ => Err("usage: keys [ROWS] | references [ROWS]".into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench-keys: {error}");
            ExitCode::FAILURE
        }
    }
}

fn number(text: &str) -> Outcome<usize> {
    match text.parse() {
        Ok(number) if number >= 1000 => Ok(number),
        _ => Err(format!("`{text}` is no number of rows from 1000").into()),
    }
}

/// Uniqueness of random keys.
fn keys(count: usize) -> Outcome {
    let mut numbers = Numbers(1);
    let mut keys: Vec<u128> = (0..count).map(|_| numbers.next()).collect();
    keys[count - 7] = keys[count / 3];
    let rows = Rows {
        parents: keys,
        children: Vec::new(),
    };
    let model = run::model()?;
    let mut series = Series::default();
    for _ in 0..ROUNDS {
        for (name, threads, memory) in RUNS {
            let run = Run {
                model: &model,
                rows: &rows,
                threads,
                memory,
                known: Known::Before,
            };
            let (time, broken) = run.unique()?;
            check(broken, 2)?;
            series.add(name, time, count);
        }
        let (time, distinct) = measure::time(|| {
            let mut set = hashbrown::HashSet::new();
            set.extend(rows.parents.iter().copied());
            set.len()
        });
        check(distinct as u64, count as u64 - 1)?;
        series.add("hashbrown set", time, count);
        let (time, distinct) = measure::time(|| {
            let mut set = HashSet::new();
            set.extend(rows.parents.iter().copied());
            set.len()
        });
        check(distinct as u64, count as u64 - 1)?;
        series.add("std set", time, count);
    }
    series.print("each key once");
    Ok(())
}

/// References to a table a twentieth as large.
fn references(count: usize) -> Outcome {
    let mut numbers = Numbers(2);
    let parents: Vec<u128> = (0..count / 20).map(|_| numbers.next()).collect();
    let mut children: Vec<u128> = (0..count)
        .map(|_| parents[(numbers.next() % parents.len() as u128) as usize])
        .collect();
    children[count - 7] = 1;
    let rows = Rows { parents, children };
    let model = run::model()?;
    let mut series = Series::default();
    for _ in 0..ROUNDS {
        for (name, threads, memory) in RUNS {
            for (order, known) in [("", Known::Before), (", children first", Known::Behind)] {
                let run = Run {
                    model: &model,
                    rows: &rows,
                    threads,
                    memory,
                    known,
                };
                let (time, missing) = run.references()?;
                check(missing, 1)?;
                series.add(&format!("{name}{order}"), time, count);
            }
        }
        let set: hashbrown::HashSet<u128> = rows.parents.iter().copied().collect();
        series.add("hashbrown set", probe(&set, &rows)?, count);
        let set: HashSet<u128> = rows.parents.iter().copied().collect();
        let (time, missing) = measure::time(|| {
            let missing = rows.children.iter().filter(|key| !set.contains(*key));
            missing.count()
        });
        check(missing as u64, 1)?;
        series.add("std set", time, count);
    }
    series.print("references (hash sets: looking up alone, with the set ready)");
    Ok(())
}

fn probe<S: BuildHasher>(set: &hashbrown::HashSet<u128, S>, rows: &Rows) -> Outcome<Time> {
    let (time, missing) = measure::time(|| {
        let missing = rows.children.iter().filter(|key| !set.contains(*key));
        missing.count()
    });
    check(missing as u64, 1)?;
    Ok(time)
}

/// Name, threads, memory.
const RUNS: [(&str, usize, u64); 3] = [
    ("vitrina, 1 thread", 1, 2 << 30),
    ("vitrina, 2 threads", 2, 2 << 30),
    ("vitrina, 2 threads, 16 MiB", 2, 16 << 20),
];

fn check(found: u64, expected: u64) -> Outcome {
    match found == expected {
        true => Ok(()),
        false => Err(format!("found {found} instead of {expected}").into()),
    }
}
