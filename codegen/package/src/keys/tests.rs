//! Keys and references against the reference meaning and against the plain way, whatever the budget, the
//! number of threads and the order of tables.

mod harness;
mod many;
mod scope;
mod typed;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use vitrina_codegen::model::eval::{Day, Value};
use vitrina_codegen::model::{AssertionBody, ColumnId, Structure, TableId};
use vitrina_codegen::quality::{Fault, Moment, Rows, judge};

use super::*;
use crate::store::{Form, encode};
use crate::{Cell, RowId};
use harness::{Outcome, Package, Run};

/// Duplicates, orphans, nulls and texts that are no values, planted into sampled rows.
fn planted() -> Package {
    let mut package = Package::sampled(24);
    let mut numbers = harness::Numbers(11);
    for at in 0..package.model.tables().len() {
        let table = &package.model.tables()[at];
        let mut columns: Vec<ColumnId> = table.primary_key.clone();
        columns.extend(table.unique.iter().flat_map(|key| key.columns.clone()));
        columns.extend(
            table
                .foreign_keys
                .iter()
                .flat_map(|key| key.columns.clone()),
        );
        let len = package.texts[at].len() as u64;
        for column in columns {
            for _ in 0..numbers.next(4) {
                let row = numbers.next(len) as usize;
                let other = numbers.next(len) as usize;
                let text = match numbers.next(8) {
                    0 => None,
                    1 => Some("?".to_owned()),
                    2 => Some("MISSING-1".to_owned()),
                    3 => Some("00000000-0000-0000-0000-000000000001".to_owned()),
                    _ => package.texts[at][other][column.index()].clone(),
                };
                package.texts[at][row][column.index()] = text;
            }
        }
        // Whole rows twice and thrice, their composite keys with them.
        for _ in 0..numbers.next(3) {
            let row = package.texts[at][numbers.next(len) as usize].clone();
            package.texts[at].push(row.clone());
            if numbers.next(2) == 0 {
                package.texts[at].push(row);
            }
        }
    }
    package.parse();
    package
}

/// Checks a package in many ways, each against the reference and the plain way; the outcome of all.
fn check<'p>(package: &'p Package, budgets: &[u64]) -> (Plain, Outcome<'p>) {
    let expected = reference(package);
    let plain = plainly(package);
    let mut first: Option<Outcome<'p>> = None;
    for budget in budgets {
        for (threads, tells_done) in [(1, false), (1, true), (4, true), (3, false)] {
            let run = Run {
                budget: *budget,
                threads,
                tells_done,
                ..Run::default()
            };
            let found = run.check(package);
            let context = format!("{budget} {threads} {tells_done}");
            assert_eq!(
                found.broken_keys(Breach::PrimaryKey),
                expected.0,
                "{context}"
            );
            assert_eq!(
                found.broken_keys(Breach::Reference),
                expected.1,
                "{context}"
            );
            assert_eq!(found.broken, plain.broken, "{context}");
            assert_eq!(found.groups(&package.model), plain.groups, "{context}");
            let first = first.get_or_insert_with(|| found.clone());
            assert!(found == *first, "{context}");
        }
    }
    (plain, first.unwrap())
}

#[test]
fn planted_faults_are_found_as_by_the_reference() {
    let package = planted();
    let (plain, _) = check(&package, &[0, 2_000_000, u64::MAX]);
    // The plants grew: all kinds of faults are there.
    let count = |breach| {
        plain
            .broken
            .iter()
            .filter(|(one, ..)| *one == breach)
            .count()
    };
    assert!(count(Breach::PrimaryKey) > 100 && count(Breach::Reference) > 100);
}

#[test]
fn keys_of_every_type_are_compared_by_value() {
    for seed in 0..30 {
        let package = typed::package(seed, 4 + seed * 3);
        let (plain, found) = check(&package, &[0, 30_000, u64::MAX]);
        if seed > 20 {
            let codes: BTreeSet<&str> = plain.groups.keys().map(|(.., code)| *code).collect();
            assert_eq!(codes.len(), 3);
            let groups = plain.groups.keys().map(|(_, columns, _)| columns.len());
            assert_eq!(groups.max(), Some(2));
            assert!(found.unchecked.len() > 5);
        }
    }
}

#[test]
fn clean_packages_have_no_findings() {
    let mut package = Package::sampled(25);
    package.parse();
    let found = Run::default().check(&package);
    assert!(found.tally.is_empty() && found.broken.is_empty());
    assert_eq!(found.unchecked, []);
    let judged: u64 = found.outcome.references.iter().map(|one| one.judged).sum();
    assert!(judged > 1000, "{judged}");
}

type BrokenKeys = BTreeSet<(TableId, RowId)>;

/// Rows whose primary key comes more than once, and rows with an orphan, as `quality` finds them.
fn reference(package: &Package) -> (BrokenKeys, BrokenKeys) {
    let model = &package.model;
    let mut rows = Rows::new(model);
    for (table, texts) in model.tables().iter().zip(&package.texts) {
        let filled = rows.open(table);
        for row in texts {
            filled.push(row.iter().map(Option::as_deref));
        }
    }
    let moment = Moment {
        today: Day::new(2026, 3, 1).unwrap(),
        now: 0,
    };
    let judgement = judge(model, &rows, moment);
    let of = |structure: &Structure| {
        let mut codes = Vec::new();
        for rule in model.rules() {
            for assertion in &rule.assertions {
                if matches!(&assertion.body, AssertionBody::Structure(one) if one == structure) {
                    codes.push(assertion.code.as_str());
                }
            }
        }
        assert!(!codes.is_empty());
        let found = judgement.findings.iter();
        found
            .filter(|one| codes.contains(&one.code) && matches!(one.fault, Fault::Columns(_)))
            .map(|one| (one.table.unwrap(), RowId(one.row.unwrap() as u64)))
            .collect()
    };
    (of(&Structure::PrimaryKeys), of(&Structure::References))
}

/// What one must find, written without regard to size.
struct Plain {
    broken: BTreeSet<(Breach, TableId, RowId)>,
    /// By table and columns: code, count, distinct, samples as (row, count, value).
    groups: Groups,
}

type Groups = BTreeMap<(TableId, Vec<ColumnId>, &'static str), Facts>;
type Facts = (u64, u64, Vec<(u64, u64, Option<String>)>);

fn plainly(package: &Package) -> Plain {
    let mut plain = Plain {
        broken: BTreeSet::new(),
        groups: Groups::new(),
    };
    for table in package.model.tables() {
        let mut keys = vec![(&table.primary_key, Breach::PrimaryKey, "V0601")];
        let unique = table.unique.iter();
        keys.extend(unique.map(|key| (&key.columns, Breach::UniqueKey, "V0602")));
        for (columns, breach, code) in keys {
            let mut sets: HashMap<Vec<u8>, Vec<u64>> = HashMap::new();
            for (key, row, _) in package.keys(table.id, columns) {
                sets.entry(key).or_default().push(row);
            }
            sets.retain(|_, rows| rows.len() > 1);
            let mut rows: Vec<u64> = sets.values().flatten().copied().collect();
            rows.sort_unstable();
            for row in &rows {
                plain.broken.insert((breach, table.id, RowId(*row)));
            }
            if !rows.is_empty() {
                let samples = rows.iter().take(harness::SAMPLES);
                let facts = (
                    rows.len() as u64,
                    sets.len() as u64,
                    samples.map(|row| (*row, 1, None)).collect(),
                );
                let name = (table.id, columns.clone(), code);
                plain.groups.insert(name, facts);
            }
        }
        for reference in &table.foreign_keys {
            let parents: BTreeSet<Vec<u8>> = package
                .keys(reference.table, &reference.target)
                .map(|(key, ..)| key)
                .collect();
            let mut missing: BTreeMap<Vec<u8>, (u64, u64, Option<String>)> = BTreeMap::new();
            for (key, row, text) in package.keys(table.id, &reference.columns) {
                if !parents.contains(&key) {
                    plain
                        .broken
                        .insert((Breach::Reference, table.id, RowId(row)));
                    missing.entry(key).or_insert((row, 0, Some(text))).1 += 1;
                }
            }
            if !missing.is_empty() {
                let mut samples: Vec<_> = missing.values().cloned().collect();
                samples.sort_by_key(|(row, count, _)| (std::cmp::Reverse(*count), *row));
                samples.truncate(harness::SAMPLES);
                let facts = (
                    missing.values().map(|one| one.1).sum(),
                    missing.len() as u64,
                    samples,
                );
                let name = (table.id, reference.columns.clone(), "V0701");
                plain.groups.insert(name, facts);
            }
        }
    }
    plain
}

impl Package {
    /// The keys that columns make, with their rows and texts.
    fn keys<'p>(
        &'p self,
        table: TableId,
        columns: &'p [ColumnId],
    ) -> impl Iterator<Item = (Vec<u8>, u64, String)> + 'p {
        let rows = self.values[table.index()].iter().enumerate();
        rows.filter_map(move |(row, values)| {
            let mut key = Vec::new();
            let mut texts = Vec::new();
            for column in columns {
                let value: &Value = values[column.index()].as_ref().ok()?.as_ref()?;
                assert!(encode(&Cell::from(value), Form::Own, &mut key));
                let base = self.model.table(table).column(*column).ty.base;
                texts.push(value.to_text(base).unwrap());
            }
            Some((key, row as u64, texts.join("|")))
        })
    }
}
