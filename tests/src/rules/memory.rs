//! What the evaluation in memory finds in a case.

use std::collections::{BTreeMap, BTreeSet};

use vitrina_codegen::model::{Model, Structure, TableId};
use vitrina_codegen::quality::{Fault as Found, Judgement, Moment, Ratio, Rows, csv, judge};

use super::fixture::{Case, Fault, File, Package};

/// What was found.
#[derive(Debug)]
pub struct Verdict {
    /// Broken records, with the columns at fault where the assertion is about columns.
    pub broken: BTreeSet<Fault>,
    /// The row checks that are broken, by record.
    pub checks: BTreeSet<(Fault, String)>,
    /// How many records were judged.
    pub judged: u64,
}

/// A package judged by every rule and indicator of the model.
///
/// # Panics
/// The moment is none.
pub fn judgement<'m>(model: &'m Model, package: &Package, now: &str) -> Judgement<'m> {
    let mut rows = Rows::new(model);
    for table in model.tables() {
        let open = rows.open(table);
        for row in package.rows_of(table.id) {
            open.push(row.iter().map(Option::as_deref));
        }
    }
    for deleted in &package.deleted {
        if let Some(table) = model.find_table(&deleted.of) {
            let key: Vec<&str> = deleted.key.split('|').collect();
            rows.delete(table, &key);
        }
    }
    let now: vitrina::Timestamp = now.parse().unwrap_or_else(|_| panic!("no moment: {now}"));
    judge(model, &rows, Moment::from(now))
}

/// What an assertion finds in a package.
pub fn verdict(model: &Model, code: &str, package: &Package, case: &Case) -> Verdict {
    let judgement = judgement(model, package, &case.now);
    let mut verdict = Verdict {
        broken: BTreeSet::new(),
        checks: BTreeSet::new(),
        judged: judgement
            .assertion(code)
            .map_or(0, |outcome| outcome.judged()),
    };
    let mut columns = BTreeMap::new();
    for finding in judgement.findings.iter().filter(|it| it.code == code) {
        let table = finding.table.map(|id| model.table(id));
        let record = Fault {
            of: table.map_or("kind", |table| &table.name).to_owned(),
            key: finding.key.clone(),
            columns: Vec::new(),
        };
        let at_fault: &mut BTreeSet<String> = columns.entry(record.clone()).or_default();
        match (&finding.fault, table) {
            (Found::Columns(ids), Some(table)) => {
                at_fault.extend(ids.iter().map(|id| table.column(*id).name.clone()));
            }
            (Found::Check(check), _) => {
                verdict.checks.insert((record, check.clone()));
            }
            _ => {}
        }
    }
    for (record, names) in columns {
        verdict.broken.insert(Fault {
            columns: names.into_iter().collect(),
            ..record
        });
    }
    verdict
}

/// The value of an indicator.
///
/// # Errors
/// It has none: what is missing.
pub fn indicator(model: &Model, code: &str, package: &Package, now: &str) -> Result<Ratio, String> {
    let judgement = judgement(model, package, now);
    let outcome = judgement.indicator(code).ok_or("no such indicator")?;
    outcome.value.map_err(|reason| format!("{reason:?}"))
}

/// What the form of files breaks, by file and line; what is no breach of `structure` says so in its
/// key. A file that has no table is at fault as a whole.
pub fn file_faults(model: &Model, structure: &Structure, files: &[File]) -> BTreeSet<Fault> {
    let mut found = BTreeSet::new();
    for (table, file) in tables(model, files).into_iter().zip(files) {
        let Some(table) = table.map(|id| model.table(id)) else {
            found.insert(Fault {
                of: file.name.clone(),
                key: String::new(),
                columns: Vec::new(),
            });
            continue;
        };
        for breach in csv::judge(model, table, &file.bytes) {
            let own = breach.fault.structure().as_ref() == Some(structure);
            let key = match own {
                true => breach.line.to_string(),
                false => format!("{} {:?}", breach.line, breach.fault),
            };
            let column = breach.column.map(|id| table.column(id).name.clone());
            found.insert(Fault {
                of: file.name.clone(),
                key,
                columns: column.into_iter().collect(),
            });
        }
    }
    found
}

/// The table of each file; none where it has none, or another file has it already.
pub fn tables(model: &Model, files: &[File]) -> Vec<Option<TableId>> {
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    let found = csv::tables(model, &names).into_iter();
    found.map(Result::ok).collect()
}
