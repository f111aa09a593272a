//! A run's outcome to its report.

use std::collections::BTreeMap;

use vitrina_codegen::model::{Model, TableId};

use super::build::{Limits, build};
use super::data::Report;
use super::evidence::{Evidence, Ran, RanCheck, TableFacts};
use super::opened::{Cures, Reread, file_facts, package_facts};
use crate::{Attribution, FaultyRows, Options, Outcome, Shares, code};

/// The report of a run. Reads the few lines again that it shows.
pub fn of_outcome(
    model: &Model,
    outcome: &Outcome<'_>,
    options: &Options,
    limits: Limits,
) -> Report {
    let package = &outcome.package;
    let evidence = Evidence {
        package: package_facts(package),
        files: file_facts(package, &outcome.layouts, &outcome.reads),
        tables: tables(outcome),
        moment: options.moment,
        tally: &outcome.tally,
        unchecked: &outcome.unchecked,
        metrics: outcome.metrics.overall,
        indicators: &outcome.indicators,
        ran: ran(model, outcome),
        attribution: &Attribution::new(model),
        places: &Reread::new(package, &outcome.layouts, &outcome.reads),
        cure: &Cures(package),
    };
    build(model, &evidence, limits)
}

fn tables(outcome: &Outcome<'_>) -> Vec<TableFacts> {
    let shares: BTreeMap<TableId, Shares> = outcome.metrics.tables.iter().copied().collect();
    let faulty: BTreeMap<TableId, FaultyRows> = outcome.metrics.faulty.iter().copied().collect();
    let facts = |table: &crate::TableOutcome| {
        let faulty = faulty.get(&table.table).copied().unwrap_or_default();
        TableFacts {
            table: table.table,
            files: table.files.clone(),
            rows: table.rows,
            bytes: table.bytes,
            broken_rows: table.broken_rows,
            rows_with_errors: faulty.errors,
            rows_with_warnings: faulty.warnings,
            shares: shares.get(&table.table).copied().unwrap_or_default(),
        }
    };
    outcome.tables.iter().map(facts).collect()
}

/// What ran, as far as a run counts it: keys, references, assertions about rows.
fn ran<'m>(model: &Model, outcome: &Outcome<'m>) -> Vec<Ran<'m>> {
    let sets = outcome.keys.sets.iter().map(|one| {
        let is_primary = model.table(one.table).primary_key == one.columns;
        let check = if is_primary {
            code::PRIMARY_KEY
        } else {
            code::UNIQUE_KEY
        };
        Ran {
            check: RanCheck::Code(check),
            table: Some(one.table),
            columns: one.columns.clone(),
            judged: one.judged,
            broken: one.broken,
        }
    });
    let references = outcome.keys.references.iter().map(|one| Ran {
        check: RanCheck::Code(code::ORPHAN),
        table: Some(one.table),
        columns: one.columns.clone(),
        judged: one.judged,
        broken: one.missing,
    });
    let rules = outcome.rules.iter().map(|one| Ran {
        check: RanCheck::Rule(one.code),
        table: Some(one.table),
        columns: Vec::new(),
        judged: one.judged,
        broken: one.broken,
    });
    sets.chain(references).chain(rules).collect()
}
