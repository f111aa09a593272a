//! `vitrina fix`: a package mended, to a new place.

use vitrina_package::fix::{Error, fix};

use super::change::{open_model, options, place, refused};
use crate::args::{Fix, Shared};
use crate::console::Console;
use crate::exit::{Exit, Failure};

pub(super) fn run(args: &Fix, shared: &Shared, console: &Console) -> Result<Exit, Failure> {
    let out = place(shared)?;
    let Some(model) = open_model(shared, console)? else {
        return Ok(Exit::Findings);
    };
    let report = fix(&model, &args.package, &out, &options(&args.resources));
    let report = report.map_err(|error| match &error {
        Error::Out(error) => refused(error),
        other => Failure::io(other.message()),
    })?;
    console.table(|| report.to_text(console.lang), || report.to_json())?;
    Ok(match report.has_lefts() {
        true => Exit::Findings,
        false => Exit::Fine,
    })
}
