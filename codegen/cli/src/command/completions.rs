//! `vitrina completions SHELL`.

use clap::CommandFactory as _;

use crate::args::{Cli, Completions};
use crate::console::Console;
use crate::exit::{Exit, Failure};

pub(super) fn run(args: &Completions, console: &Console) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "vitrina", &mut script);
    console.data(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Fine)
}
