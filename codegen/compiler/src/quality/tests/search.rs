//! `exists`, `not_exists`, `within`: rows found from a row.

use super::holds;

const ROWS: &str = "
    unit u1 city=A size=2
    unit u2 city=B up_id=u1 size=1
    unit u3 up_id=u2
    person p1 unit_id=u1
    person p2 unit_id=u2
    person p3 unit_id=u2
    person p4
    entry e1 person_id=p1 unit_id=u1 number=1 weight=0.1 active=true  day=2020-01-01
    entry e2 person_id=p1 unit_id=u2 number=2 weight=0.2 active=false day=2020-02-01
    entry e3 person_id=p2 unit_id=u2 number=2            active=true
    entry e4 person_id=p2            number=3 weight=0.5
    entry e5                                  weight=0.7 active=true  day=2020-01-01
    ";

#[test]
fn a_search_joins_by_its_key() {
    holds(
        ROWS,
        &[
            (
                "table: person\nexists: { in: entry, on: { person_id: id } }",
                "4: p3 p4",
            ),
            (
                "table: person\nnot_exists: { in: entry, on: { person_id: id } }",
                "4: p1 p2",
            ),
            (
                "table: person\nexists: { in: entry, on: { person_id: id }, where: active }",
                "4: p3 p4",
            ),
            (
                "table: person\nnot_exists: { in: entry, on: { person_id: id }, where: not active }",
                "4: p1",
            ),
            // Null on either side equals nothing, also null and null.
            (
                "table: entry\nexists: { in: person, on: { id: person_id } }",
                "5: e5",
            ),
            (
                "table: person\nnot_exists: { in: entry, on: { unit_id: unit_id } }",
                "4: p1 p2 p3",
            ),
            // Two equalities, one along a path of the searched row, one of an expression.
            (
                "table: entry\nexists: { in: person, on: { id: person_id, unit_id.city: unit_id.city } }",
                "5: e2 e4 e5",
            ),
            (
                "table: entry\nexists: { in: entry, on: { number: number + 1, person_id: person_id } }",
                "5: e2 e4 e5",
            ),
            // An integer is equal to a double.
            (
                "table: unit\nexists: { in: entry, on: { number: size * 1.0 } }",
                "3: u3",
            ),
            (
                "table: unit\nexists: { in: entry, on: { weight: size / 10.0 } }",
                "3: u3",
            ),
        ],
    );
}

#[test]
fn conditions_see_both_rows() {
    holds(
        ROWS,
        &[
            // The judged row is found like any other.
            ("table: entry\nexists: { in: entry, on: { id: id } }", "5:"),
            (
                "table: unit\nexists: { in: unit, on: { up_id: id } }",
                "3: u3",
            ),
            (
                "table: entry\nexists: { in: entry, on: { person_id: person_id }, where: id <> this.id }",
                "5: e5",
            ),
            (
                "table: entry\nnot_exists: { in: entry, on: { person_id: person_id }, where: number < this.number }",
                "5: e2 e4",
            ),
            (
                "table: entry\nnot_exists: { in: entry, where: active AND id <> this.id AND day = this.day }",
                "5: e1 e5",
            ),
            // Paths on both sides, within the condition.
            (
                "table: entry\nexists: { in: person, where: unit_id.city = this.person_id.unit_id.city AND id <> this.person_id }",
                "5: e1 e2 e5",
            ),
            ("table: person\nexists: { in: unit, where: size > 1 }", "4:"),
            (
                "table: person\nexists: { in: unit, where: size > 2 }",
                "4: p1 p2 p3 p4",
            ),
            ("table: person\nnot_exists: { in: plan }", "4:"),
            ("table: person\nexists: { in: plan }", "4: p1 p2 p3 p4"),
            (
                "table: person\nexists: { in: entry, where: made <= CURRENT_TIMESTAMP OR day < CURRENT_DATE }",
                "4:",
            ),
            ("table: plan\nexists: { in: unit }", "0:"),
        ],
    );
}

#[test]
fn one_of_several_searches_is_enough() {
    let either = "table: person
exists:
  - { in: entry, on: { person_id: id }, where: number = 3 }
  - { in: unit, on: { id: unit_id }, where: city = 'A' }";
    let neither = "table: person
not_exists:
  - { in: entry, on: { person_id: id }, where: number = 3 }
  - { in: unit, on: { id: unit_id }, where: city = 'A' }";
    holds(ROWS, &[(either, "4: p3 p4"), (neither, "4: p1 p2")]);
}

#[test]
fn measures_lie_within_bounds() {
    let entries = "within: { in: entry, on: { person_id: id }";
    let person = |rest: &str| format!("table: person\n{entries}, {rest} }}");
    let unit = |rest: &str| format!("table: unit\nwithin: {{ in: entry, {rest} }}");
    let cases = [
        (person("at_least: 1"), "4: p3 p4"),
        (person("at_most: 1"), "4: p1 p2"),
        (person("at_least: 1, at_most: 1"), "4: p1 p2 p3 p4"),
        (person("where: active, at_least: 1"), "4: p3 p4"),
        // Null is no value of `distinct`.
        (person("distinct: unit_id, at_least: 2"), "4: p2 p3 p4"),
        (person("distinct: unit_id.city, at_most: 1"), "4: p1"),
        // Nulls count nothing in a sum, and no rows give zero.
        (person("sum: number, at_least: 5"), "4: p1 p3 p4"),
        (person("sum: number, at_most: 3"), "4: p2"),
        (person("sum: weight, at_least: 0.4"), "4: p1 p3 p4"),
        // 0.1 + 0.2 is not more than 0.3.
        (person("sum: weight, at_most: 0.3"), "4: p2"),
        (person("sum: weight, at_least: 0.3"), "4: p3 p4"),
        (person("sum: weight, at_most: 0.299999"), "4: p1 p2"),
        // Without a row there is no mean; a mean of integers has its fraction.
        (person("average: number, at_most: 1"), "4: p1 p2"),
        (person("average: number, at_least: 2"), "4: p1"),
        (person("average: number, at_least: 1.5, at_most: 2.5"), "4:"),
        // (1 * 0.1 + 2 * 0.2) / 0.3 = 1.667; the entry without a weight counts nothing.
        (
            person("average: number, weight: weight, at_least: 1.66, at_most: 1.67"),
            "4: p2",
        ),
        (
            person("average: number, weight: weight, at_least: 3"),
            "4: p1",
        ),
        (
            person("average: number, weight: number - number, at_least: 9"),
            "4:",
        ),
        // Bounds of the judged row; null binds nothing.
        (unit("on: { unit_id: id }, at_most: size - 1"), "3: u2"),
        (unit("on: { unit_id: id }, at_least: up_id.size"), "3: u3"),
        // What is measured may hang on the judged row.
        (unit("sum: number * this.size, at_most: 8"), "3: u1"),
        (unit("where: number >= this.size, at_least: 4"), "3: u1 u3"),
        (unit("at_least: 5, at_most: 5"), "3:"),
    ];
    for (statement, expected) in &cases {
        holds(ROWS, &[(statement.as_str(), *expected)]);
    }
}

#[test]
fn many_judged_rows_of_one_key_share_an_answer() {
    // The key alone decides, so the answer is kept; the bounds are still each row's own.
    holds(
        "
        unit u1
        entry e1 unit_id=u1 number=3
        entry e2 unit_id=u1 number=4
        entry e3 unit_id=u1
        ",
        &[
            (
                "table: entry\nwithin: { in: entry, on: { unit_id: unit_id }, at_least: number }",
                "3: e2",
            ),
            (
                "table: entry\nexists: { in: entry, on: { unit_id: unit_id }, where: number > 4 }",
                "3: e1 e2 e3",
            ),
            (
                "table: entry\nexists: { in: entry, on: { unit_id: unit_id }, where: number > this.number }",
                "3: e2 e3",
            ),
        ],
    );
}
