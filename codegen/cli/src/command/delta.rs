//! `vitrina delta`: what changed between two full packages.

use serde_json::{Value, json};
use vitrina_codegen::diagnostic::Format;
use vitrina_package::delta::{Error, Failing, Problem, Problems, delta};

use super::change::{open_model, options, place};
use crate::args::{Delta, Shared};
use crate::console::Console;
use crate::exit::{Exit, Failure};

pub(super) fn run(args: &Delta, shared: &Shared, console: &Console) -> Result<Exit, Failure> {
    let out = place(shared)?;
    let Some(model) = open_model(shared, console)? else {
        return Ok(Exit::Findings);
    };
    let mut options = options(&args.resources);
    options.deletion_threshold = args.deletion_threshold;
    let missing = args.allow_missing_tables;
    match delta(&model, &args.old, &args.new, &out, missing, &options) {
        Ok(summary) => console.table(|| summary.to_text(console.lang), || summary.to_json()),
        Err(error) => failed(&error, console),
    }
}

/// Says why there is no result.
pub(super) fn failed(error: &Error, console: &Console) -> Result<Exit, Failure> {
    if let Error::Problems(problems) = error {
        say(problems, console)?;
    }
    Err(Failure {
        exit: match error.failing() {
            Failing::Findings => Exit::Findings,
            Failing::Usage => Exit::Usage,
            Failing::Io => Exit::Io,
        },
        message: error.message(),
        help: error.help(),
    })
}

/// The rows in the way: for people on standard error, for programs on standard output.
fn say(problems: &Problems, console: &Console) -> Result<(), Failure> {
    if console.format == Format::Json {
        let all: Vec<Value> = problems.iter().map(Problem::to_json).collect();
        let document = json!({ "count": problems.count(), "problems": all });
        return console.data(&format!("{document:#}\n"));
    }
    for problem in problems.iter() {
        console.words(&format!("{}\n", problem.message(console.lang)));
    }
    Ok(())
}
