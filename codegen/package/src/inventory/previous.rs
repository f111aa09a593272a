//! The package before this one: how many rows its tables have.

use std::collections::BTreeMap;
use std::path::Path;

use vitrina_codegen::model::{Model, TableId};

use super::{Package, open_alone};
use crate::read::{self, ReadOptions};
use crate::{Error, Options, diagnose};

/// Rows by table: by the manifest where it speaks of these files, else counted.
pub(super) fn rows(
    model: &Model,
    path: &Path,
    options: &Options,
) -> Result<BTreeMap<TableId, u64>, Error> {
    let package = open_alone(model, path, options)?;
    let mut rows = BTreeMap::new();
    for (table, files) in package.tables() {
        let count = listed(&package, files).or_else(|| counted(model, &package, table));
        rows.extend(count.map(|count| (table, count)));
    }
    Ok(rows)
}

/// What the manifest says, if it knows these very files.
fn listed(package: &Package, files: &[usize]) -> Option<u64> {
    let rows = files.iter().map(|file| {
        let listed = package.listed(*file)?;
        (listed.bytes == package.bytes(*file)).then_some(listed.rows)
    });
    rows.sum()
}

/// Lines behind the headers; none if a file cannot be read to its end.
fn counted(model: &Model, package: &Package, table: TableId) -> Option<u64> {
    let mut files = Vec::new();
    for (file, diagnosis) in diagnose::table(model, package, table) {
        files.push((file, diagnosis.layout?));
    }
    let source = read::chunks(package, table, files, ReadOptions::default());
    while source.next().is_some() {}
    let read = source.finish();
    let is_whole = read.files.iter().all(|file| file.is_whole);
    is_whole.then(|| read.rows())
}
