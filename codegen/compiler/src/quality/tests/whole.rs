//! The judgement as a whole: what was judged, what could not be, and how good the package is.

use super::*;
use crate::model::{CheckSeverity, Metric};

const RULES: &str = "
- rule: A-1
  title: Номер заполнен
  metric: completeness
  origin: order
  table: entry
  check: number IS NOT NULL
- rule: A-2
  title: Две проверки
  metric: consistency
  origin: order
  assertions:
    - part: a
      table: entry
      when: number IS NOT NULL
      check: number > 0
    - part: b
      severity: warning
      tables: [entry, plan]
      check: number < 10
- rule: A-3
  title: У лица есть запись
  metric: linkage
  severity: warning
  origin: order
  table: person
  exists: { in: entry, on: { person_id: id } }
- rule: A-4
  title: Виды сведений
  metric: completeness
  severity: warning
  origin: order
  structure: kinds
";

const ROWS: &str = "
    person p1
    entry e1 person_id=p1 number=5
    entry e2 number=-5
    entry e3 number=50
    entry e4
    plan u1 number=11
    ";

#[test]
fn findings_come_in_the_order_of_rules_tables_and_rows() {
    let model = model(RULES);
    let judgement = judge(&model, &rows(&model, ROWS, false), moment());
    let found: Vec<(&str, Option<usize>, &str, CheckSeverity)> = judgement
        .findings
        .iter()
        .map(|one| (one.code, one.row, &*one.key, one.severity))
        .collect();
    let (error, warning) = (CheckSeverity::Error, CheckSeverity::Warning);
    assert_eq!(
        found,
        [
            ("A-1", Some(3), "e4", error),
            ("A-2.a", Some(1), "e2", error),
            ("A-2.b", Some(2), "e3", warning),
            ("A-2.b", Some(0), "u1|11", warning),
            ("A-4", None, "1", warning),
        ]
    );
    let counts: Vec<(&str, u64, u64)> = judgement
        .assertions
        .iter()
        .map(|one| (one.code, one.judged(), one.broken()))
        .collect();
    assert_eq!(
        counts,
        [
            ("A-1", 4, 1),
            ("A-2.a", 3, 1),
            ("A-2.b", 5, 2),
            ("A-3", 1, 0),
            ("A-4", 2, 1),
        ]
    );
    assert_eq!(judgement.assertion("A-2.b").unwrap().tables.len(), 2);
}

#[test]
fn metrics_count_a_row_once() {
    let model = model(RULES);
    let judgement = judge(&model, &rows(&model, ROWS, false), moment());
    let share = |judged, errors, warnings| Share {
        judged,
        errors,
        warnings,
    };
    let metrics = &judgement.metrics;
    // Four entries and two kinds.
    let overall = metrics.overall.of(Metric::Completeness);
    assert_eq!(overall, share(6, 1, 1));
    assert_eq!(overall.kept().value(), Some(4.0 / 6.0));
    assert_eq!(overall.without_errors().value(), Some(5.0 / 6.0));
    assert_eq!(metrics.overall.of(Metric::Consistency), share(5, 1, 2));
    assert_eq!(metrics.overall.of(Metric::Format), share(0, 0, 0));
    let by_table: Vec<(&str, Share)> = metrics
        .tables
        .iter()
        .map(|(id, shares)| (&*model.table(*id).name, shares.of(Metric::Consistency)))
        .collect();
    assert_eq!(
        by_table,
        [
            ("entry", share(4, 1, 1)),
            ("person", share(0, 0, 0)),
            ("plan", share(1, 0, 1)),
            ("unit", share(0, 0, 0)),
        ]
    );
}

#[test]
fn tables_that_are_not_there_leave_assertions_unjudged() {
    let model = model(RULES);
    let id = |name: &str| model.find_table(name).unwrap().id;
    let judgement = judge(
        &model,
        &rows(&model, "person p1\nplan u1 number=1", true),
        moment(),
    );
    let unjudged = |code: &str| {
        let assertion = judgement.assertion(code).unwrap();
        let reasons = assertion.unjudged.iter();
        let reasons: Vec<_> = reasons
            .map(|one| (one.table.unwrap(), one.reason))
            .collect();
        (reasons, assertion.judged())
    };
    let missing = Reason::NoTable(id("entry"));
    assert_eq!(unjudged("A-1"), (vec![(id("entry"), missing)], 0));
    // One of two tables is there.
    assert_eq!(unjudged("A-2.b"), (vec![(id("entry"), missing)], 1));
    // The judged table is there, the searched one is not.
    assert_eq!(unjudged("A-3"), (vec![(id("person"), missing)], 0));
    let tables: Vec<_> = judgement.metrics.tables.iter().map(|(id, _)| *id).collect();
    assert_eq!(tables, [id("person"), id("plan")]);
}

#[test]
fn a_row_with_an_unreadable_cell_is_not_judged_by_it() {
    let model = model(RULES);
    let text = "
        entry e1 number=five
        entry e2 number=5 day=tomorrow
        ";
    let judgement = judge(&model, &rows(&model, text, false), moment());
    let tables = &judgement.assertion("A-1").unwrap().tables;
    let entry = model.find_table("entry").unwrap().id;
    assert_eq!(
        tables[..],
        [TableOutcome {
            table: Some(entry),
            judged: 1,
            broken: 0,
            unreadable: 1
        }]
    );
    let tables = &judgement.assertion("A-2.a").unwrap().tables;
    assert_eq!((tables[0].judged, tables[0].unreadable), (1, 1));
}

#[test]
fn personal_keys_are_not_shown() {
    let mut model = model(&rule("structure: primary_keys"));
    let plan = model.tables.iter_mut().find(|table| table.name == "plan");
    plan.unwrap().columns[0].personal = Some(crate::model::PersonalClass::Identifier);
    let rows = rows(&model, "plan u1 number=1\nplan u1 number=1", false);
    let judgement = judge(&model, &rows, moment());
    let keys: Vec<&str> = judgement.findings.iter().map(|one| &*one.key).collect();
    assert_eq!(keys, ["<personal>|1"; 2]);
}

#[test]
fn two_runs_say_the_same() {
    let model = model(RULES);
    let rows = rows(&model, ROWS, false);
    let said = || format!("{:?}", judge(&model, &rows, moment()).findings);
    assert_eq!(said(), said());
}

#[test]
fn the_moment_of_a_timestamp_is_its_day_and_its_microseconds() {
    let at: vitrina::Timestamp = "2026-03-01 12:00:00".parse().unwrap();
    assert_eq!(Moment::from(at), moment());
}
