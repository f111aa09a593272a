//! Models on disk for tests: the big model of this repository and those in `tests/models/`.

use std::path::{Path, PathBuf};

use vitrina_codegen::diagnostic::{Format, Lang, Report};
use vitrina_codegen::model::Model;
use vitrina_codegen::pipeline::compile;
use vitrina_codegen::source::files::load;

/// A path of this repository, given from its root.
pub fn path(inside: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(inside)
}

/// The model in a folder of this repository.
///
/// # Errors
/// The folder cannot be read, or the findings of a model with errors.
pub fn read(folder: &str) -> Result<Model, String> {
    let mut report = Report::new();
    let sources = load(&path(folder), &mut report).map_err(|error| error.message().en)?;
    compile(&sources, &mut report)
        .ok_or_else(|| Format::Text.render(&[(&report, &sources)], Lang::En, false))
}

/// The big model.
///
/// # Errors
/// As [`read`].
pub fn big() -> Result<Model, String> {
    read("model")
}
