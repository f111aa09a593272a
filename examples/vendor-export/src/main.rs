//! A school information system's database becomes a package of the showcase.
//!
//! ```text
//! database ──row──► mapping ──record──► check ──► package ──► organisations.csv, person.csv …
//!                      └──── findings ────┘  (any error: no package at all)
//! ```
//!
//! [`database`] reads rows one by one, [`mapping`] makes records of them, [`export`] checks and writes
//! them, [`progress`] and [`report`] show what happens.

#![forbid(unsafe_code)]

mod database;
mod export;
mod mapping;
mod options;
mod progress;
mod report;

use std::process::ExitCode;

use vitrina::Lang;

use crate::export::Outcome;
use crate::mapping::Mapping;
use crate::options::{Command, Options};

/// Rows were refused; nothing was written.
const REFUSED: u8 = 1;
/// The command line is wrong.
const USAGE: u8 = 2;
/// The database or the file system failed; nothing was written.
const FAILED: u8 = 3;

fn main() -> ExitCode {
    let options = match options::parse(std::env::args_os().skip(1)) {
        Ok(Command::Export(options)) => options,
        Ok(Command::Help) => {
            print!("{}", options::HELP);
            return ExitCode::SUCCESS;
        }
        Err(problem) => {
            eprintln!("vendor-export: {problem}\n\n{}", options::HELP);
            return ExitCode::from(USAGE);
        }
    };
    match run(&options) {
        Ok(Outcome::Written(summaries)) => {
            let texts: Vec<String> = summaries.iter().map(report::summary).collect();
            print!("{}", texts.join("\n"));
            ExitCode::SUCCESS
        }
        Ok(Outcome::Refused(findings)) => {
            eprint!("{}", report::findings(&findings, &options.folder));
            ExitCode::from(REFUSED)
        }
        Err(error) => {
            eprintln!("vendor-export: {}", error.message(Lang::Ru));
            ExitCode::from(FAILED)
        }
    }
}

fn run(options: &Options) -> Result<Outcome, export::Error> {
    let database = match &options.database {
        Some(file) => database::open(file)?,
        None => database::sample(options.bad)?,
    };
    let mapping = Mapping::new(options.prefix.clone(), options.sent);
    export::run(&database, &mapping, options)
}
