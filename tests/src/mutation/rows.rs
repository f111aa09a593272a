//! Rows that a change left readable, with what the validator finds of each by itself: for others who judge
//! rows.

use std::collections::{BTreeSet, HashSet};

use vitrina_codegen::model::TableId;
use vitrina_codegen::sample::Cells;

use super::changed::Layout;
use super::finding::{Findings, Place};
use super::run::validated;
use super::truth::of_lines;
use super::{Base, change};
use crate::random::Random;

/// A row that was changed.
#[derive(Debug)]
pub struct ChangedRow {
    /// The table.
    pub table: TableId,
    /// Its cells: none where no value is, unreadable texts as they stand.
    pub cells: Cells,
    /// File, line and seed, for messages.
    pub title: String,
    /// The validator's findings in the row: code, the model's own name, the column.
    pub found: BTreeSet<(String, Option<String>, Option<String>)>,
}

/// The changed rows of the package of a seed, judged with their package.
///
/// # Errors
/// The file system refuses, or the validator.
pub fn rows(base: &Base, most: usize, seed: u64) -> Result<Vec<ChangedRow>, String> {
    let changed = change(base, most, &mut Random::new(seed));
    let findings = validated(&changed, seed)?;
    let mut rows = Vec::new();
    let files = changed.tables.iter();
    for file in
        files.filter(|file| file.is_there && file.is_touched && file.layout == Layout::Clean)
    {
        let table = base.table(file.at);
        let before: HashSet<&Cells> = base.tables[file.at].cells.iter().collect();
        let (cells, places, _) = of_lines(&changed, file, &mut Findings::default());
        for (cells, at) in cells.into_iter().zip(places) {
            if before.contains(&cells) {
                continue;
            }
            let place = file.place(at);
            rows.push(ChangedRow {
                table: table.id,
                cells,
                title: format!("seed {seed}, {} line {:?}", table.name, place.line),
                found: in_row(&findings, &place),
            });
        }
    }
    Ok(rows)
}

/// What is found in a line.
fn in_row(
    findings: &Findings,
    place: &Place,
) -> BTreeSet<(String, Option<String>, Option<String>)> {
    let found = findings.0.keys().filter(|(_, one)| one == place);
    found
        .map(|(kind, _)| {
            let column = kind.columns.first().cloned();
            (kind.code.clone(), kind.rule.clone(), column)
        })
        .collect()
}
