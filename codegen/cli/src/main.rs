//! The command `vitrina`: see [`args`] for what it takes and [`command`] for what each verb does.

#![forbid(unsafe_code)]

mod args;
mod command;
mod console;
mod exit;
mod places;
mod timings;

fn main() -> std::process::ExitCode {
    command::main(std::env::args_os())
}
