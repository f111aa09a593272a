//! From arguments to a report.

use vitrina::Timestamp;
use vitrina_codegen::Lang;
use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::model::Model;
use vitrina_package::report::{self, Limits, Report};
use vitrina_package::{Options, validate};

use super::progress::Progress;
use crate::args::Validate;
use crate::console::Console;
use crate::exit::Failure;

/// Hours by which the clock that is asked without `--at` is ahead of UTC: Moscow's.
const HOURS_AHEAD: i8 = 3;

/// Judges the package that the arguments name.
pub(super) fn judge(model: &Model, args: &Validate, console: &Console) -> Result<Report, Failure> {
    let options = options(args);
    let progress = Progress::new(console);
    let outcome = validate(model, &args.package, &options, &progress);
    progress.end();
    let outcome = outcome.map_err(|error| {
        Failure::io(Text {
            en: error.message(Lang::En),
            ru: error.message(Lang::Ru),
        })
    })?;
    let limits = Limits {
        findings: args.max_findings,
        shows_values: args.show_values,
    };
    Ok(report::of_outcome(model, &outcome, &options, limits))
}

fn options(args: &Validate) -> Options {
    let at = args.at.unwrap_or_else(|| Timestamp::now(HOURS_AHEAD));
    let mut options = Options::new(at.into());
    options.memory = args.memory;
    options.threads = args.threads.unwrap_or(options.threads);
    options.temporary = args.temporary.clone();
    options.samples = args.samples;
    options.previous = args.previous.clone();
    options.deletion_threshold = args.deletion_threshold;
    options.strictness.rules = !args.no_rules;
    options
}
