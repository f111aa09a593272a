//! How a run ends.

use std::process::ExitCode;

use vitrina_codegen::diagnostic::Text;

/// The exit codes, the same for every verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Nothing found.
    Fine = 0,
    /// Findings at or above `--fail-on`, or a difference with `--check`.
    Findings = 1,
    /// Wrong usage or configuration.
    Usage = 2,
    /// Input that cannot be read, or output that cannot be written.
    Io = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}

/// A run that could not be carried out.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    pub(crate) message: Text,
    pub(crate) help: Option<Text>,
}

impl Failure {
    /// What was asked for makes no sense.
    pub(crate) fn usage(message: Text, help: Text) -> Self {
        Failure {
            exit: Exit::Usage,
            message,
            help: Some(help),
        }
    }

    /// The system refused.
    pub(crate) fn io(message: Text) -> Self {
        Failure {
            exit: Exit::Io,
            message,
            help: None,
        }
    }
}
