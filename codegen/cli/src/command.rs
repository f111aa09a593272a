//! One module per verb; this one reads the arguments and hands over.

mod apply;
mod change;
mod check;
mod completions;
mod delta;
mod explain;
mod fix;
mod generate;
mod import;
mod init;
mod load;
mod quality;
mod rules;
mod sample;
mod schema;
mod targets;
mod validate;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;
use vitrina_codegen::text;

pub(crate) use change::{bytes, share, threads};

use crate::args::{Cli, Verb};
use crate::console::Console;
use crate::exit::{Exit, Failure};

/// Runs the command on its arguments.
pub(crate) fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        // Help and version come this way as well; nobody listening is no error.
        Err(stop) => {
            let _ = stop.print();
            let asked = stop.exit_code() == 0;
            return if asked { Exit::Fine } else { Exit::Usage }.into();
        }
    };
    let console = Console::new(&cli.shared);
    match run(&cli, &console) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            console.failure(&failure);
            failure.exit.into()
        }
    }
}

fn run(cli: &Cli, console: &Console) -> Result<Exit, Failure> {
    let of_report = cli.shared.format.of_findings().is_none();
    if of_report && !matches!(cli.verb, Verb::Validate(_)) {
        return Err(Failure::usage(
            text!(
                "`--format csv` and `--format html` are forms of a package's report",
                "`--format csv` и `--format html` — формы отчёта о пакете"
            ),
            text!(
                "they belong to `vitrina validate`; use `--format text` or `--format json` here",
                "они есть у `vitrina validate`; здесь возьмите `--format text` или `--format json`"
            ),
        ));
    }
    match &cli.verb {
        Verb::Init(args) => init::run(args, console),
        Verb::Check(args) => check::run(args, &cli.shared, console),
        Verb::Generate(args) => generate::run(args, &cli.shared, console),
        Verb::Import(args) => import::run(args, &cli.shared, console),
        Verb::Sample(args) => sample::run(args, &cli.shared, console),
        Verb::Validate(args) => validate::run(args, &cli.shared, console),
        Verb::Fix(args) => fix::run(args, &cli.shared, console),
        Verb::Delta(args) => delta::run(args, &cli.shared, console),
        Verb::Apply(args) => apply::run(args, &cli.shared, console),
        Verb::Targets => targets::run(console),
        Verb::Rules => rules::run(&cli.shared, console),
        Verb::Explain(args) => explain::run(args, &cli.shared, console),
        Verb::Schema(args) => schema::run(args, console),
        Verb::Completions(args) => completions::run(args, console),
    }
}
