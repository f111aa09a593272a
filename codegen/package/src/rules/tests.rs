//! What is not judged, and why. That what is judged comes out as the reference has it is tested end to end,
//! on the examples of every rule and on random packages.

use vitrina_codegen::model::eval::{Day, Value};
use vitrina_codegen::quality::Moment;

use std::sync::Arc;

use super::*;
use crate::testing::{cells_of, model};
use crate::{Budget, Cause, RowId, Subject, Tally};

struct NoMarks;

impl RowMarks for NoMarks {
    fn judged(&self, _: TableId, _: vitrina_codegen::model::Metric, _: RowId) {}

    fn broken(
        &self,
        _: TableId,
        _: vitrina_codegen::model::Metric,
        _: vitrina_codegen::model::CheckSeverity,
        _: RowId,
    ) {
    }

    fn others(
        &self,
        _: vitrina_codegen::model::Metric,
        _: vitrina_codegen::model::CheckSeverity,
        _: u64,
        _: u64,
    ) {
    }
}

/// Rows, one in a line: the table, then `column=value`.
const ROWS: &str = "
    school id=s1
    person id=p1 school_id=s1 score=2
    person id=p2 score=3
    visit lesson_id=1 person_id=p1 mark=1
    visit lesson_id=2 person_id=p2 mark=9
    visit lesson_id=3 person_id=p2 mark=10
    lesson id=1 teacher_id=p1";

/// What a run comes to: for each assertion its broken rows, and what was not checked.
struct Run<'m> {
    broken: Vec<(String, Vec<u64>)>,
    unchecked: Vec<Unchecked<'m>>,
    judged: Vec<&'m str>,
}

impl Run<'_> {
    fn cause(&self, code: &str) -> Option<&Cause> {
        let mut all = self.unchecked.iter();
        let one =
            all.find(|one| [Subject::Rule(code), Subject::Indicator(code)].contains(&one.subject));
        one.map(|one| &one.cause)
    }

    fn broken(&self, code: &str) -> &[u64] {
        let one = self.broken.iter().find(|one| one.0 == code);
        one.map_or(&[], |(_, rows)| rows)
    }
}

fn options() -> Options {
    let today = Day::new(2024, 1, 6).unwrap();
    Options::new(Moment {
        today,
        now: today.0 * 86_400_000_000,
    })
}

fn run<'m>(
    model: &'m Model,
    tables: Tables,
    options: &Options,
    memory: u64,
    broken_rows: &dyn Fn(TableId) -> u64,
) -> Run<'m> {
    let store = Store::new(Budget::new(memory), None);
    let mut rules = Rules::new(model, tables, options, &store, Arc::new(NoMarks));
    if memory == 0 {
        rules.floor = 0;
        rules.part = 0;
    }
    for table in model.tables() {
        let Some(mut worker) = rules.worker(table.id) else {
            continue;
        };
        let lines = ROWS.lines().filter_map(|line| {
            let mut words = line.split_whitespace();
            (words.next()? == table.name).then_some(words)
        });
        for (row, words) in (0..).zip(lines) {
            let mut values: Vec<Option<Value>> = vec![None; table.columns.len()];
            for word in words {
                let (name, text) = word.split_once('=').unwrap();
                let column = table.find_column(name).unwrap();
                values[column.id.index()] = Value::parse(column.ty.base, text);
            }
            worker.row(RowId(row), &cells_of(&values));
        }
        worker.finish().unwrap();
    }
    let mut tally = Tally::new(100);
    let mut unchecked = Vec::new();
    let judged = rules
        .finish(broken_rows, &mut tally, &mut unchecked)
        .unwrap();
    let broken = tally.groups().map(|(key, group)| {
        let rows = group.samples.iter().filter_map(|one| Some(one.row?.0));
        (key.rule.unwrap().to_owned(), rows.collect())
    });
    Run {
        broken: broken.collect(),
        unchecked,
        judged: judged.rules.iter().map(|rule| rule.code).collect(),
    }
}

fn present(model: &Model, are_changes: bool) -> Tables {
    let mut tables = Tables::new(model, are_changes);
    for table in model.tables() {
        tables.set(table.id, TableState::Present);
    }
    tables
}

#[test]
fn changes_are_judged_row_by_row_only() {
    let model = model("tests/models/quality");
    let found = run(&model, present(&model, true), &options(), 1 << 20, &|_| 0);
    for code in [
        "R-02", "R-05", "X-01.a", "W-01.a", "O-01.a", "U-01.a", "Q-01.a", "I-1", "S-06",
    ] {
        assert_eq!(found.cause(code), Some(&Cause::Changes), "{code}");
        assert!(
            found.broken(code).is_empty() && !found.judged.contains(&code),
            "{code}"
        );
    }
    assert_eq!(found.cause("S-09"), Some(&Cause::NoPrevious));
    for code in ["R-01", "R-04", "R-09"] {
        assert_eq!(found.cause(code), None, "{code}");
        assert!(found.judged.contains(&code), "{code}");
    }
}

#[test]
fn a_key_that_outgrows_the_memory_is_not_judged() {
    let model = model("tests/models/quality");
    let rich = run(&model, present(&model, false), &options(), 1 << 20, &|_| 0);
    let poor = run(&model, present(&model, false), &options(), 0, &|_| 0);
    // A visit must be compared with each person's score, so all of a person's must be there at once.
    assert_eq!(rich.cause("W-01.b"), None);
    assert_eq!(rich.broken("W-01.b"), &[] as &[u64]);
    assert_eq!(poor.cause("W-01.b"), Some(&Cause::Memory));
    assert!(poor.broken("W-01.b").is_empty());
    // What hangs on the key alone needs no memory.
    assert_eq!(poor.cause("X-01.c"), None);
    assert_eq!(poor.broken("W-01.c"), rich.broken("W-01.c"));
    assert_eq!(poor.broken("U-01.f"), rich.broken("U-01.f"));
    assert_eq!(rich.broken("W-03.a"), [0]);
    assert_eq!(poor.broken("W-03.a"), [0]);
}

#[test]
fn what_cannot_be_looked_into_is_said() {
    let model = model("tests/models/quality");
    let visit = model.find_table("visit").unwrap().id;
    let lines = |table: TableId| if table == visit { 7 } else { 0 };
    let found = run(&model, present(&model, false), &options(), 1 << 20, &lines);
    assert_eq!(found.cause("X-01.a"), Some(&Cause::BrokenParents(visit, 7)));
    assert_eq!(found.cause("R-01"), None);

    let mut tables = present(&model, false);
    tables.set(visit, TableState::Unreadable);
    let found = run(&model, tables, &options(), 1 << 20, &|_| 0);
    assert_eq!(found.cause("X-01.a"), Some(&Cause::UnreadableTable(visit)));
    assert_eq!(found.cause("I-1"), Some(&Cause::UnreadableTable(visit)));
    assert_eq!(found.cause("X-03.a"), None);

    let mut options = options();
    options.strictness.rules = false;
    let found = run(&model, present(&model, false), &options, 1 << 20, &|_| 0);
    for code in ["R-01", "X-01.a", "U-01.a", "I-1", "S-06", "S-09"] {
        assert_eq!(found.cause(code), Some(&Cause::Chosen), "{code}");
    }
    assert!(found.broken.is_empty() && found.judged.is_empty());
}
