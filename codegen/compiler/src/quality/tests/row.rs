//! `check` and `equal`: rows by themselves and along references.

use super::holds;

#[test]
fn a_check_is_broken_by_false_alone() {
    holds(
        "
        entry e1 number=5
        entry e2 number=-5
        entry e3
        ",
        &[
            ("table: entry\ncheck: number > 0", "3: e2"),
            ("table: entry\ncheck: number IS NOT NULL", "3: e3"),
            ("table: entry\nwhen: number > 0\ncheck: number > 9", "1: e1"),
            // Unknown is not true: such a row is not judged.
            (
                "table: entry\nwhen: number < 9\ncheck: id IS NULL",
                "2: e1 e2",
            ),
            ("table: plan\ncheck: number IS NULL", "0:"),
        ],
    );
}

#[test]
fn the_moment_is_what_the_caller_says() {
    holds(
        "
        entry e1 day=2026-03-01 made=2026-03-01_12:00:00
        entry e2 day=2026-03-02 made=2026-03-01_12:00:01
        entry e3
        ",
        &[
            ("table: entry\ncheck: day <= CURRENT_DATE", "3: e2"),
            ("table: entry\ncheck: made <= CURRENT_TIMESTAMP", "3: e2"),
            (
                "table: entry\nwhen: made > CURRENT_TIMESTAMP\ncheck: id IS NULL",
                "1: e2",
            ),
        ],
    );
}

#[test]
fn paths_follow_references_and_end_in_null() {
    holds(
        "
        unit u1 city=A
        unit u2 city=B up_id=u1
        unit u3 up_id=u2
        unit u4 up_id=u9
        person p1 unit_id=u2
        person p2 unit_id=u3
        person p3 unit_id=u9
        person p4
        entry e1 person_id=p1
        entry e2 person_id=p2
        entry e3 person_id=p3
        entry e4 person_id=p4
        entry e5 person_id=p9
        entry e6
        ",
        &[
            ("table: person\ncheck: unit_id.city = 'A'", "4: p1"),
            (
                "table: person\ncheck: unit_id.city IS NOT NULL",
                "4: p2 p3 p4",
            ),
            (
                "table: entry\ncheck: person_id.unit_id.city <> 'B'",
                "6: e1",
            ),
            (
                "table: entry\nwhen: person_id.unit_id.up_id.city = 'A'\ncheck: id IS NULL",
                "1: e1",
            ),
            (
                "table: entry\nwhen: person_id.unit_id.up_id.up_id.city = 'A'\ncheck: id IS NULL",
                "1: e2",
            ),
            // The key itself, reached over a reference, is null when there is no such row.
            ("table: entry\ncheck: person_id.id IS NOT NULL", "6: e5 e6"),
            // A self reference, one step and two.
            ("table: unit\ncheck: up_id.city = 'A'", "4: u3"),
            (
                "table: unit\nwhen: up_id.up_id.id = 'u1'\ncheck: id IS NULL",
                "1: u3",
            ),
        ],
    );
}

#[test]
fn equal_looks_past_nulls() {
    let rows = "
        unit u1 city=A
        unit u2 city=B
        unit u3
        person p1 unit_id=u1
        person p2 unit_id=u2
        person p3
        entry e1 person_id=p1 unit_id=u1
        entry e2 person_id=p1 unit_id=u2
        entry e3 person_id=p3 unit_id=u2
        entry e4 person_id=p1
        entry e5
        entry e6 day=2020-01-01 until=2020-01-01
        entry e7 day=2020-01-01 until=2020-01-02
        entry e8 unit_id=u3 person_id=p2
        entry e9 unit_id=u9 person_id=p1
        ";
    holds(
        rows,
        &[
            (
                "table: entry\nequal: [person_id.unit_id, unit_id]",
                "9: e2 e8 e9",
            ),
            (
                "table: entry\nequal: [unit_id.city, person_id.unit_id.city]",
                "9: e2",
            ),
            ("table: entry\nequal: [day, until]", "9: e7"),
            (
                "table: entry\nequal: [unit_id, unit_id.id, person_id.unit_id, person_id.unit_id.id]",
                "9: e2 e8 e9",
            ),
        ],
    );
}

#[test]
fn an_empty_text_is_null() {
    holds(
        "
        entry e1 code=
        entry e2 code=a
        ",
        &[("table: entry\ncheck: code IS NULL", "2: e2")],
    );
}
