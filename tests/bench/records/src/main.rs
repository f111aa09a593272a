//! Rows of generated types, written and read beside the `csv` crate: same rows, same bytes, same
//! run, rounds in turn.
//!
//! - `write [ROWS]`: typed rows to memory and to a sink that counts;
//! - `read [ROWS]`: bytes in memory to typed rows;
//! - `data FOLDER [ROWS]`: `mark.csv` with its parents `student.csv` and `lesson.csv`, of the model
//!   in `tests/bench/models/marks`.

#![deny(unsafe_code)]

/// Made by `build.rs` of `models/marks`.
mod model {
    include!(concat!(env!("OUT_DIR"), "/vitrina.rs"));
}

mod folder;
mod measure;
mod peer;
mod read;
mod rows;
mod write;

use std::path::Path;
use std::process::ExitCode;

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["write"] => write::run(300_000),
        ["write", rows] => number(rows).and_then(write::run),
        ["read"] => read::run(300_000),
        ["read", rows] => number(rows).and_then(read::run),
        ["data", folder] => folder::write(Path::new(folder), 2_000_000),
        ["data", folder, rows] => {
            number(rows).and_then(|rows| folder::write(Path::new(folder), rows))
        }
        _ => Err("usage: write [ROWS] | read [ROWS] | data FOLDER [ROWS]".into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench-csv: {error}");
            ExitCode::FAILURE
        }
    }
}

fn number(text: &str) -> Outcome<u64> {
    text.parse()
        .map_err(|_| format!("`{text}` is no number of rows").into())
}
