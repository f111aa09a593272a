//! Feeds rows to the rules as the scan would, and puts both verdicts into one form.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};

use vitrina_codegen::model::eval::Value;
use vitrina_codegen::model::{
    AssertionBody, CheckSeverity, Metric, Model, Structure, Table, TableId,
};
use vitrina_codegen::quality::{Judgement, Moment, Reason};
use vitrina_codegen::sample::Cells;
use vitrina_package::store::Store;
use vitrina_package::{
    Budget, Cause, Cell, Consumer, Options, RowId, RowMarks, Rules, Subject, TableState, Tables,
    Tally, Unchecked,
};

/// How rules are run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Way {
    pub(crate) memory: u64,
    /// What a partition may take without asking for memory.
    pub(crate) part: u64,
    pub(crate) threads: usize,
    /// Whether tables come in the order of their references, and rules are told of their ends.
    pub(crate) in_order: bool,
}

/// Enough memory and hardly any, one thread and several, parents first and last.
pub(crate) const WAYS: [Way; 5] = [
    Way {
        memory: 1 << 30,
        part: 1 << 20,
        threads: 1,
        in_order: true,
    },
    Way {
        memory: 1 << 30,
        part: 1 << 20,
        threads: 3,
        in_order: false,
    },
    Way {
        memory: 0,
        part: 0,
        threads: 1,
        in_order: true,
    },
    Way {
        memory: 0,
        part: 300,
        threads: 3,
        in_order: false,
    },
    Way {
        memory: 64 << 10,
        part: 600,
        threads: 3,
        in_order: true,
    },
];

/// What was found out, in the words of both.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// By assertion and table: judged, broken, unreadable.
    pub(crate) counts: BTreeMap<(String, Option<TableId>), [u64; 3]>,
    /// Broken rows; kinds by their number.
    pub(crate) broken: BTreeSet<(String, Option<TableId>, u64)>,
    /// Assertion, table to be judged, table missed.
    pub(crate) unjudged: BTreeSet<(String, Option<TableId>, TableId)>,
    /// Numerator, denominator; or the table missed.
    pub(crate) indicators: BTreeMap<String, Result<(u64, u64), TableId>>,
    /// By table, metric and row: judged, errors, warnings.
    pub(crate) marks: BTreeMap<(TableId, Metric), [BTreeSet<u64>; 3]>,
}

/// The rows of a package by table, in the order of the model's tables; `None` where there is no file.
pub(crate) type Package = Vec<Option<Vec<Cells>>>;

/// Whether rules of this kind are judged here, and not by the scan or by keys.
fn is_ours(body: &AssertionBody) -> bool {
    matches!(
        body,
        AssertionBody::Rows(_) | AssertionBody::Structure(Structure::Kinds)
    )
}

/// What the reference found.
pub(crate) fn expected(model: &Model, judgement: &Judgement<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    let assertions = model.rules().iter().flat_map(|rule| &rule.assertions);
    let ours: BTreeSet<&str> = assertions
        .filter(|assertion| is_ours(&assertion.body))
        .map(|assertion| assertion.code.as_str())
        .collect();
    for outcome in &judgement.assertions {
        if !ours.contains(outcome.code) {
            continue;
        }
        for table in &outcome.tables {
            let key = (outcome.code.to_owned(), table.table);
            if table.table.is_some() {
                let counts = [table.judged, table.broken, table.unreadable];
                verdict.counts.insert(key, counts);
            }
        }
        for unjudged in &outcome.unjudged {
            if let Reason::NoTable(missed) = unjudged.reason {
                let one = (outcome.code.to_owned(), unjudged.table, missed);
                verdict.unjudged.insert(one);
            }
        }
    }
    for finding in &judgement.findings {
        if ours.contains(finding.code) {
            let row = match finding.row {
                Some(row) => row as u64,
                None => finding.key.parse().unwrap(),
            };
            let one = (finding.code.to_owned(), finding.table, row);
            verdict.broken.insert(one);
        }
    }
    for outcome in &judgement.indicators {
        let value = match outcome.value {
            Ok(ratio) => Ok((ratio.numerator, ratio.denominator)),
            Err(Reason::NoTable(table)) => Err(table),
            Err(Reason::Reader) => panic!("{outcome:?}"),
        };
        verdict
            .indicators
            .insert(outcome.indicator.code.clone(), value);
    }
    verdict
}

/// Remembers what is said of rows.
#[derive(Default)]
struct Marks(Mutex<BTreeMap<(TableId, Metric), [BTreeSet<u64>; 3]>>);

impl RowMarks for Marks {
    fn judged(&self, table: TableId, metric: Metric, row: RowId) {
        let mut marks = self.0.lock().unwrap();
        marks.entry((table, metric)).or_default()[0].insert(row.0);
    }

    fn broken(&self, table: TableId, metric: Metric, severity: CheckSeverity, row: RowId) {
        let mut marks = self.0.lock().unwrap();
        let at = match severity {
            CheckSeverity::Error => 1,
            CheckSeverity::Warning => 2,
        };
        marks.entry((table, metric)).or_default()[at].insert(row.0);
    }

    fn others(&self, _: Metric, _: CheckSeverity, _: u64, _: u64) {}
}

/// What the rules found in bounded memory, and what they say was not checked.
pub(crate) fn found<'m>(
    model: &'m Model,
    package: &Package,
    moment: Moment,
    way: Way,
) -> (Verdict, Vec<Unchecked<'m>>) {
    let marks: Arc<Marks> = Arc::default();
    let mut options = Options::new(moment);
    options.memory = way.memory;
    options.threads = NonZeroUsize::new(way.threads).unwrap();
    options.samples = usize::MAX;
    let store = Store::new(Budget::new(way.memory), None);
    let mut tables = Tables::new(model, false);
    for (table, rows) in model.tables().iter().zip(package) {
        if rows.is_some() {
            tables.set(table.id, TableState::Present);
        }
    }
    let rules =
        Rules::new(model, tables, &options, &store, marks.clone()).with_small_parts(way.part);
    let mut order: Vec<&Table> = model.load_order().collect();
    if !way.in_order {
        order.reverse();
    }
    for table in order {
        let Some(rows) = &package[table.id.index()] else {
            continue;
        };
        scan(&rules, table, rows, way.threads);
        if way.in_order {
            rules.finished(table.id).unwrap();
        }
    }
    let mut tally = Tally::new(usize::MAX);
    let mut unchecked = Vec::new();
    let judged = rules.finish(&|_| 0, &mut tally, &mut unchecked).unwrap();
    let mut verdict = Verdict {
        marks: std::mem::take(&mut marks.0.lock().unwrap()),
        ..Verdict::default()
    };
    for rule in judged.rules {
        let key = (rule.code.to_owned(), Some(rule.table));
        let counts = [rule.judged, rule.broken, rule.unreadable];
        assert!(verdict.counts.insert(key, counts).is_none());
    }
    for outcome in judged.indicators {
        let value = match outcome.value {
            Ok(ratio) => Ok((ratio.numerator, ratio.denominator)),
            Err(Reason::NoTable(table)) => Err(table),
            Err(Reason::Reader) => panic!("{outcome:?}"),
        };
        verdict
            .indicators
            .insert(outcome.indicator.code.clone(), value);
    }
    for (key, group) in tally.groups() {
        assert_eq!(group.count, group.samples.len() as u64);
        for sample in &group.samples {
            let row = match (sample.row, &sample.value) {
                (Some(row), _) => row.0,
                (None, Some(number)) => number.parse().unwrap(),
                (None, None) => panic!("{sample:?}"),
            };
            let one = (key.rule.unwrap().to_owned(), key.table, row);
            assert!(verdict.broken.insert(one), "{key:?} {sample:?} twice");
        }
    }
    for one in &unchecked {
        if let (Subject::Rule(code), Cause::NoTable(missed)) = (&one.subject, &one.cause) {
            let one = ((*code).to_owned(), one.table, *missed);
            verdict.unjudged.insert(one);
        }
    }
    (verdict, unchecked)
}

/// Hands the rows of a table over, dealt out to threads.
fn scan(rules: &Rules<'_>, table: &Table, rows: &[Cells], threads: usize) {
    std::thread::scope(|scope| {
        for thread in 0..threads {
            scope.spawn(move || {
                let Some(mut worker) = rules.worker(table.id) else {
                    return;
                };
                // From behind: nothing may hang on the order.
                for (number, row) in rows.iter().enumerate().rev() {
                    if number % threads == thread {
                        let values = values(table, row);
                        let cells: Vec<Cell<'_>> = values.iter().map(cell).collect();
                        worker.row(RowId(number as u64), &cells);
                    }
                }
                worker.finish().unwrap();
            });
        }
    });
}

/// A cell's value, or that its text is none.
enum Read {
    Null,
    Unreadable,
    Value(Value),
}

fn values(table: &Table, row: &Cells) -> Vec<Read> {
    let read = |(at, column): (usize, &vitrina_codegen::model::Column)| match row
        .get(at)
        .and_then(Option::as_deref)
    {
        None | Some("") => Read::Null,
        Some(text) => match Value::parse(column.ty.base, text) {
            Some(value) => Read::Value(value),
            None => Read::Unreadable,
        },
    };
    table.columns.iter().enumerate().map(read).collect()
}

fn cell(read: &Read) -> Cell<'_> {
    match read {
        Read::Null => Cell::Null,
        Read::Unreadable => Cell::Unreadable,
        Read::Value(value) => Cell::from(value),
    }
}

/// The rows of the reference.
pub(crate) fn reference(model: &Model, package: &Package) -> vitrina_codegen::quality::Rows {
    let mut rows = vitrina_codegen::quality::Rows::new(model);
    for (table, cells) in model.tables().iter().zip(package) {
        if let Some(cells) = cells {
            let open = rows.open(table);
            for row in cells {
                open.push(row.iter().map(Option::as_deref));
            }
        }
    }
    rows
}

/// Where two verdicts differ, in words; nothing where they do not.
pub(crate) fn differ(expected: &Verdict, found: &Verdict) -> Vec<String> {
    let mut wrong = Vec::new();
    for (key, counts) in &expected.counts {
        match found.counts.get(key) {
            Some(other) if other == counts => {}
            other => wrong.push(format!("{key:?}: {counts:?}, found {other:?}")),
        }
    }
    for key in found.counts.keys() {
        if !expected.counts.contains_key(key) {
            wrong.push(format!("{key:?} should not be judged"));
        }
    }
    for one in expected.broken.symmetric_difference(&found.broken) {
        wrong.push(format!("broken by one of them only: {one:?}"));
    }
    for one in expected.unjudged.symmetric_difference(&found.unjudged) {
        wrong.push(format!("unjudged by one of them only: {one:?}"));
    }
    if expected.indicators != found.indicators {
        wrong.push(format!(
            "{:?}, found {:?}",
            expected.indicators, found.indicators
        ));
    }
    wrong
}

/// Holds what was said of rows against what was found: each broken row is judged and marked.
pub(crate) fn marks_are_right(model: &Model, verdict: &Verdict) {
    let mut expected: BTreeMap<(TableId, Metric), [BTreeSet<u64>; 3]> = BTreeMap::new();
    for rule in model.rules() {
        for assertion in &rule.assertions {
            let AssertionBody::Rows(rows) = &assertion.body else {
                continue;
            };
            let marks = expected.entry((rows.table(), rule.metric)).or_default();
            let at = match assertion.severity {
                CheckSeverity::Error => 1,
                CheckSeverity::Warning => 2,
            };
            let table = Some(rows.table());
            let broken = verdict.broken.iter();
            marks[at].extend(
                broken
                    .filter(|(code, of, _)| *code == assertion.code && *of == table)
                    .map(|(.., row)| *row),
            );
        }
    }
    for (key, [_, errors, warnings]) in expected {
        let empty = Default::default();
        let marks = verdict.marks.get(&key).unwrap_or(&empty);
        assert_eq!(marks[1], errors, "{key:?}");
        assert_eq!(marks[2], warnings, "{key:?}");
        assert!(marks[1].is_subset(&marks[0]) && marks[2].is_subset(&marks[0]));
    }
}
