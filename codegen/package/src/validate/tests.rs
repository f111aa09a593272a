//! Whole packages of the big model, beside the reference in memory.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicU64, Ordering};

use vitrina_codegen::model::eval::{Day, Rule};
use vitrina_codegen::model::{AssertionBody, Metric, ScalarId, Structure, Table};
use vitrina_codegen::quality::{self, Moment, Rows};
use vitrina_codegen::sample;

use super::*;
use crate::fixture::said;
use crate::testing::model;
use crate::{Cause, Code, Subject, code};

const TODAY: Day = Day(20_500);

fn moment() -> Moment {
    Moment {
        today: TODAY,
        now: TODAY.0 * 86_400_000_000,
    }
}

fn options(threads: usize, memory: u64) -> Options {
    Options {
        threads: NonZeroUsize::new(threads).unwrap(),
        memory,
        samples: 1000,
        ..Options::new(moment())
    }
}

fn sampled(model: &Model) -> sample::Package {
    let options = sample::Options {
        rows: 12,
        ..sample::Options::new(TODAY)
    };
    sample::package(model, &options).unwrap()
}

/// The file of a table.
fn file(model: &Model, table: TableId, rows: &[sample::Cells]) -> String {
    let names = model.table(table).columns.iter();
    let names: Vec<&str> = names.map(|column| column.name.as_str()).collect();
    let mut file = names.join(";");
    for row in rows {
        let cells = row.iter().map(|cell| {
            let text = cell.as_deref().unwrap_or_default();
            format!("\"{}\"", text.replace('"', "\"\""))
        });
        file.push('\n');
        file += &cells.collect::<Vec<String>>().join(";");
    }
    file
}

fn write(model: &Model, package: &sample::Package) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for sampled in &package.tables {
        let name = format!("{}.csv", model.table(sampled.table).name);
        let text = file(model, sampled.table, &sampled.rows);
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// Breaks one rule in each table, and a few keys and references.
fn damage(model: &Model, package: &mut sample::Package) {
    let listed: BTreeSet<&str> = model
        .rules()
        .iter()
        .flat_map(|rule| &rule.assertions)
        .filter_map(|assertion| match &assertion.body {
            AssertionBody::Structure(Structure::Checks(codes)) => Some(codes),
            _ => None,
        })
        .flatten()
        .map(String::as_str)
        .collect();
    let good = package.clone();
    for (at, sampled) in package.tables.iter_mut().enumerate() {
        let table = model.table(sampled.table);
        let mutants = sample::mutants(model, &good, table, TODAY, 9).mutants;
        // What no rule of the model speaks of has a metric here and none there.
        let mutants: Vec<_> = mutants
            .into_iter()
            .filter(|mutant| mutant.also.is_empty())
            .filter(|mutant| match &mutant.expected.rule {
                Rule::Check(code) => listed.contains(code.as_str()),
                Rule::UniqueKey(_) => false,
                _ => true,
            })
            .collect();
        for step in [at, at * 3 + 1, at * 7 + 5] {
            if let Some(mutant) = mutants.get(step % mutants.len().max(1)) {
                sampled.rows[mutant.base] = mutant.row.clone();
            }
        }
    }
}

#[test]
fn a_good_package_has_no_errors_and_a_bad_one_the_references_metrics() {
    let model = model("model");
    let mut package = sampled(&model);
    for is_damaged in [false, true] {
        if is_damaged {
            damage(&model, &mut package);
        }
        let folder = write(&model, &package);
        let outcome = validate(&model, folder.path(), &options(2, 1 << 30), &()).unwrap();
        let codes: BTreeSet<Code> = outcome.tally.groups().map(|(key, _)| key.code).collect();
        if is_damaged {
            for code in [
                code::REQUIRED,
                code::CODE,
                code::PRIMARY_KEY,
                code::ORPHAN,
                code::RULE,
            ] {
                assert!(
                    codes.contains(&code),
                    "{code:?}: {:?}",
                    said(&outcome.tally)
                );
            }
        } else {
            // Sampled rows keep every rule of a row, of keys and of references; not those beyond.
            let beyond = [code::RULE, code::FREE_TEXT, code::KIND];
            let others: Vec<_> = codes.iter().filter(|code| !beyond.contains(code)).collect();
            assert!(others.is_empty(), "{:?}", said(&outcome.tally));
        }
        let rows = Rows::of_package(&model, &package);
        let judgement = quality::judge(&model, &rows, moment());
        assert_eq!(outcome.metrics.tables.len(), judgement.metrics.tables.len());
        let table_of = |id: &TableId| model.table(*id);
        for ((id, found), (same, expected)) in
            outcome.metrics.tables.iter().zip(&judgement.metrics.tables)
        {
            assert_eq!(id, same);
            let by_type = metrics_of_types(&model, table_of(id));
            for (name, metric) in Metric::ALL {
                let (found, expected) = (found.of(metric), expected.of(metric));
                let place = &model.table(*id).name;
                if metric == Metric::Format || by_type.contains(&metric) {
                    // Here the form of the files and of their values counts too.
                    assert!(found.errors >= expected.errors, "{place} {name}");
                    assert!(found.judged >= expected.judged, "{place} {name}");
                } else {
                    assert_eq!(found, expected, "{place} {name}");
                }
            }
        }
        for (found, expected) in outcome.indicators.iter().zip(&judgement.indicators) {
            assert_eq!(found.indicator.code, expected.indicator.code);
            assert_eq!(found.value, expected.value, "{}", found.indicator.code);
        }
        // A line break within a field makes two lines of a row.
        let are_whole = outcome.tables.iter().all(|one| one.broken_rows == 0);
        assert!(are_whole || is_damaged);
    }
}

/// The metrics of rules about the forms of values, which rows do not show to the reference.
fn metrics_of_types(model: &Model, table: &Table) -> BTreeSet<Metric> {
    let has = |ids: &[ScalarId]| {
        let mut columns = table.columns.iter();
        columns.any(|one| {
            model
                .form_id_of(&one.ty)
                .is_some_and(|id| ids.contains(&id))
        })
    };
    let mut metrics = BTreeSet::new();
    for rule in model.rules() {
        for assertion in &rule.assertions {
            match &assertion.body {
                AssertionBody::Structure(Structure::Types(ids)) if has(ids) => {
                    metrics.insert(rule.metric);
                }
                _ => {}
            }
        }
    }
    metrics
}

/// Counts what it is told.
#[derive(Default)]
struct Count(AtomicU64, AtomicU64);

impl Progress for Count {
    fn read(&self, bytes: u64, total: u64) {
        self.0.fetch_add(bytes, Ordering::Relaxed);
        self.1.store(total, Ordering::Relaxed);
    }
}

#[test]
fn threads_and_memory_change_nothing() {
    let model = model("model");
    let mut package = sampled(&model);
    damage(&model, &mut package);
    // One table large enough to be shared, with broken lines where chunks meet.
    let person = model.find_table("person").unwrap();
    let folder = write(&model, &package);
    let mut text = file(&model, person.id, package.rows(person.id));
    let body = text.split_once('\n').unwrap().1.to_owned();
    let mut at = 0;
    while text.len() < 5 << 20 {
        text.push('\n');
        text += &body;
        at += 1;
        if at % 3 == 0 {
            text += "\n\"broken\nby a line";
        }
    }
    std::fs::write(folder.path().join("person.csv"), text).unwrap();
    let progress = Count::default();
    let one = validate(&model, folder.path(), &options(1, 1 << 30), &progress).unwrap();
    let (read, total) = (progress.0.into_inner(), progress.1.into_inner());
    assert!(read > total * 9 / 10 && read <= total, "{read} of {total}");
    let person = one.tables.iter().find(|known| known.table == person.id);
    assert!(person.unwrap().broken_rows > 100);
    for (threads, memory) in [(3, 1 << 30), (2, 1 << 20)] {
        let other = validate(&model, folder.path(), &options(threads, memory), &()).unwrap();
        assert_eq!(said(&one.tally), said(&other.tally));
        assert_eq!(one.tally, other.tally);
        assert_eq!(one.unchecked, other.unchecked);
        assert_eq!(one.metrics, other.metrics);
        assert_eq!(one.tables, other.tables);
        assert_eq!(one.keys, other.keys);
    }
}

#[test]
fn other_layouts_are_read_on() {
    let model = model("model");
    let package = sampled(&model);
    let folder = write(&model, &package);
    let table = model.find_table("person").unwrap();
    let good = file(&model, table.id, package.rows(table.id));
    let path = folder.path().join("person.csv");
    let before = validate(&model, folder.path(), &options(1, 1 << 30), &()).unwrap();
    let beside = |text: &str| -> Vec<(Code, u64)> {
        std::fs::write(&path, text).unwrap();
        let outcome = validate(&model, folder.path(), &options(1, 1 << 30), &()).unwrap();
        let known: Vec<_> = before.tally.groups().map(|(key, _)| key.clone()).collect();
        let groups = outcome.tally.groups();
        groups
            .filter(|(key, _)| !known.contains(key))
            .map(|(key, group)| (key.code, group.count))
            .collect()
    };
    assert_eq!(
        beside(&format!("\u{feff}{good}")),
        [(code::BYTE_ORDER_MARK, 1)]
    );
    let crlf = good.replace('\n', "\r\n");
    let lines = good.lines().count() as u64;
    let found = beside(&crlf);
    assert_eq!(found, [(code::CARRIAGE_RETURN, lines - 1)]);
    // The last column in front of all others.
    let turned: Vec<String> = good
        .lines()
        .map(|line| {
            let (front, last) = line.rsplit_once(';').unwrap();
            format!("{last};{front}")
        })
        .collect();
    assert_eq!(beside(&turned.join("\n")), [(code::HEADER_ORDER, 1)]);
    let (header, rows) = good.split_once('\n').unwrap();
    let repeated = format!("{good}\n{header}\n{rows}");
    assert!(beside(&repeated).contains(&(code::HEADER_REPEATED, 1)));
}

#[test]
fn a_missing_column_silences_what_needs_it_and_nothing_else() {
    let model = model("model");
    let package = sampled(&model);
    let folder = write(&model, &package);
    let table = model
        .tables()
        .iter()
        .find(|table| {
            table
                .checks
                .iter()
                .any(|check| check.expr.columns().len() > 1)
        })
        .unwrap();
    let check = table
        .checks
        .iter()
        .find(|check| check.expr.columns().len() > 1)
        .unwrap();
    let gone = check.expr.columns()[0];
    let good = file(&model, table.id, package.rows(table.id));
    let (header, _) = good.split_once('\n').unwrap();
    let mut names: Vec<&str> = header.split(';').collect();
    names.remove(gone.index());
    let mut text = names.join(";");
    for row in package.rows(table.id) {
        let mut row = row.clone();
        row.remove(gone.index());
        let line = file(&model, table.id, &[row]);
        text += line.strip_prefix(header).unwrap();
    }
    let path = folder.path().join(format!("{}.csv", table.name));
    std::fs::write(path, text).unwrap();
    let outcome = validate(&model, folder.path(), &options(2, 1 << 30), &()).unwrap();
    let said_of_check = outcome
        .unchecked
        .iter()
        .any(|one| one.subject == Subject::RowCheck(&check.code) && one.cause == Cause::NoColumns);
    assert!(said_of_check, "{:?}", outcome.unchecked);
    let groups = outcome
        .tally
        .groups()
        .filter(|(key, _)| key.table == Some(table.id));
    let codes: BTreeSet<Code> = groups.map(|(key, _)| key.code).collect();
    let allowed = [code::HEADER, code::RULE, code::FREE_TEXT];
    assert!(codes.iter().all(|code| allowed.contains(code)), "{codes:?}");
}
