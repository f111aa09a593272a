//! Indicators: shares of populations.

use super::*;

const ROWS: &str = "
    person p1 birth=2010-01-01
    person p2 birth=2010-01-01
    person p3
    entry e1 person_id=p1 number=1
    entry e2 person_id=p1 number=9
    entry e3 person_id=p2 number=9
    entry e4 person_id=p2 number=9
    entry e5              number=1
    ";

fn value(fields: &str) -> (u64, u64) {
    let head = "- indicator: I-1\n  title: Показатель\n  origin: order\n";
    let rules = fields
        .lines()
        .fold(head.to_owned(), |text, line| text + "  " + line + "\n");
    let model = model(&rules);
    let rows = rows(&model, ROWS, false);
    let judgement = judge(&model, &rows, moment());
    let ratio = judgement.indicator("I-1").unwrap().value.unwrap();
    (ratio.numerator, ratio.denominator)
}

#[test]
fn rows_or_values_are_counted() {
    for (fields, expected) in [
        ("table: entry\nkeeps: [{ check: number = 1 }]", (2, 5)),
        (
            "table: entry\nwhen: number = 9\nkeeps: [{ check: person_id = 'p1' }]",
            (1, 3),
        ),
        // A value is kept when one of its rows is; null is no value.
        (
            "table: entry\ndistinct: person_id\nkeeps: [{ check: number = 1 }]",
            (1, 2),
        ),
        (
            "table: entry\ndistinct: number\nkeeps: [{ check: person_id = 'p2' }]",
            (2, 2),
        ),
        // All conditions, of every shape.
        (
            "table: person
keeps:
  - exists: { in: entry, on: { person_id: id } }
  - not_exists: { in: entry, on: { person_id: id }, where: number = 1 }
  - within: { in: entry, on: { person_id: id }, at_least: 2 }
  - equal: [unit_id, unit_id.id]
  - check: birth IS NOT NULL",
            (1, 3),
        ),
        ("table: plan\nkeeps: [{ check: number > 0 }]", (0, 0)),
    ] {
        assert_eq!(value(fields), expected, "{fields}");
    }
}

#[test]
fn nothing_has_no_share() {
    let ratio = |numerator, denominator| Ratio {
        numerator,
        denominator,
    };
    assert_eq!(ratio(0, 0).value(), None);
    assert_eq!(ratio(1, 4).value(), Some(0.25));
}

#[test]
fn a_table_that_is_not_there_leaves_no_value() {
    let model = model(
        "- indicator: I-1
  title: Показатель
  origin: order
  table: person
  keeps: [{ exists: { in: entry, on: { person_id: id } } }]
",
    );
    let rows = rows(&model, "person p1", true);
    let judgement = judge(&model, &rows, moment());
    let entry = model.find_table("entry").unwrap().id;
    let value = judgement.indicator("I-1").unwrap().value;
    assert_eq!(value, Err(Reason::NoTable(entry)));
}
