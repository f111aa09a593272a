//! What tests share: models of the repository, cells of values.

use std::path::Path;

use vitrina_codegen::diagnostic::{Format, Lang, Report};
use vitrina_codegen::model::Model;
use vitrina_codegen::model::eval::Value;
use vitrina_codegen::pipeline::compile;
use vitrina_codegen::source::files::load;

use crate::Cell;

/// A model of this repository, by its folder given from the root.
pub(crate) fn model(folder: &str) -> Model {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(folder);
    let mut report = Report::new();
    let sources = load(&path, &mut report).unwrap();
    compile(&sources, &mut report)
        .ok_or_else(|| Format::Text.render(&[(&report, &sources)], Lang::En, false))
        .unwrap()
}

/// The cells of values.
pub(crate) fn cells_of(row: &[Option<Value>]) -> Vec<Cell<'_>> {
    row.iter()
        .map(|value| value.as_ref().map_or(Cell::Null, Cell::from))
        .collect()
}
