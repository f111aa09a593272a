//! A reference package judged as the command judges it.

use std::path::Path;

use vitrina_codegen::model::Model;
use vitrina_package::report::{self, Limits, Report};
use vitrina_package::{Options, validate};

use super::base::Base;
use super::cases::Case;

/// How packages are judged.
pub fn options(base: &Base) -> Options {
    Options::new(base.moment)
}

/// The report of the package that lies in `folder`.
///
/// # Errors
/// It cannot be read at all.
pub fn judge(base: &Base, case: &Case, folder: &Path) -> Result<Report, String> {
    let mut options = options(base);
    options.strictness.rules = case.rules;
    options.previous = case.previous.is_some().then(|| folder.join("previous"));
    let mut report = report_of(&base.model, &folder.join(case.package()), &options)?;
    report.keep_tables(&case.tables);
    Ok(report)
}

/// The whole report of a package.
fn report_of(model: &Model, package: &Path, options: &Options) -> Result<Report, String> {
    let outcome = validate(model, package, options, &()).map_err(|error| format!("{error:?}"))?;
    // As the command does by itself.
    let limits = Limits {
        findings: 5000,
        shows_values: false,
    };
    Ok(report::of_outcome(model, &outcome, options, limits))
}
