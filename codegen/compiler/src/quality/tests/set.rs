//! `no_overlap`, `unique`, `sequence`: rows together.

use super::holds;

#[test]
fn days_hold_both_ends() {
    let by_unit = "table: entry\nno_overlap: { by: [unit_id], from: day, to: until }";
    for (rows, expected) in [
        ("", "0:"),
        ("entry a unit_id=u day=2020-01-01 until=2020-01-05", "1:"),
        // One day in common is enough, the next day is not.
        (
            "entry a unit_id=u day=2020-01-01 until=2020-01-05
             entry b unit_id=u day=2020-01-05 until=2020-01-09",
            "2: a b",
        ),
        (
            "entry a unit_id=u day=2020-01-06 until=2020-01-09
             entry b unit_id=u day=2020-01-01 until=2020-01-05",
            "2:",
        ),
        // Others of the same set stay whole; a long one reaches over the one between.
        (
            "entry a unit_id=u day=2020-01-01 until=2020-01-31
             entry b unit_id=u day=2020-01-02 until=2020-01-03
             entry c unit_id=u day=2020-01-20 until=2020-01-21
             entry d unit_id=u day=2020-02-01 until=2020-02-02
             entry e unit_id=v day=2020-01-02 until=2020-01-03",
            "5: a b c",
        ),
        // Nulls are open ends; both make a period that holds everything.
        (
            "entry a unit_id=u day=2020-01-01
             entry b unit_id=u until=2019-12-31
             entry c unit_id=u day=2030-01-01 until=2030-01-01
             entry d unit_id=v
             entry e unit_id=v day=2020-01-01 until=2020-01-02",
            "5: a c d e",
        ),
        // A null among `by` binds nothing.
        (
            "entry a day=2020-01-01 until=2020-01-05
             entry b day=2020-01-01 until=2020-01-05",
            "2:",
        ),
        // A period that ends before it starts holds no day; one of a single day does.
        (
            "entry a unit_id=u day=2020-01-05 until=2020-01-03
             entry b unit_id=u day=2020-01-01 until=2020-01-09
             entry c unit_id=v day=2020-01-05 until=2020-01-05
             entry d unit_id=v day=2020-01-05 until=2020-01-05",
            "4: c d",
        ),
    ] {
        holds(rows, &[(by_unit, expected)]);
    }
}

#[test]
fn times_do_not_hold_their_last_moment() {
    let statement = "table: entry\nwhen: active IS NOT NULL\nno_overlap: { by: [unit_id, day], from: start, to: stop }";
    let row = |id: &str, start: &str, stop: &str| {
        format!("entry {id} active=true unit_id=u day=2020-01-01 start={start} stop={stop}\n")
    };
    for (rows, expected) in [
        (
            row("a", "08:00:00", "08:45:00") + &row("b", "08:45:00", "09:30:00"),
            "2:",
        ),
        (
            row("a", "08:00:00", "08:45:01") + &row("b", "08:45:00", "09:30:00"),
            "2: a b",
        ),
        (
            row("a", "08:00:00", "08:00:00") + &row("b", "08:00:00", "09:30:00"),
            "2:",
        ),
        (
            row("a", "08:00:00", "08:00:00") + &row("b", "08:00:00", "08:00:00"),
            "2:",
        ),
        // An open end is the day's: before midnight there is nothing, the evening goes on to it.
        (
            "entry a active=true unit_id=u day=2020-01-01 stop=00:00:00\n".to_owned()
                + "entry b active=true unit_id=u day=2020-01-01\n"
                + "entry c active=true unit_id=u day=2020-01-01 start=23:59:59",
            "3: b c",
        ),
        (
            row("a", "08:00:00", "08:45:00")
                + "entry b unit_id=u day=2020-01-01 start=08:00:00 stop=09:00:00\n"
                + "entry c active=true unit_id=u start=08:00:00 stop=09:00:00",
            "2:",
        ),
    ] {
        holds(&rows, &[(statement, expected)]);
    }
    // Timestamps, in sets by the end of a path; a row whose path breaks off binds nothing.
    holds(
        "
        person p1 unit_id=u1
        person p2 unit_id=u1
        person p3
        entry a person_id=p1 made=2020-01-01_10:00:00 ended=2020-01-01_12:00:00
        entry b person_id=p2 made=2020-01-01_11:59:59
        entry c person_id=p2                          ended=2020-01-01_10:00:00
        entry d person_id=p3 made=2020-01-01_11:00:00
        entry e person_id=p9 made=2020-01-01_11:00:00
        entry f              made=2020-01-01_11:00:00
        ",
        &[(
            "table: entry\nno_overlap: { by: [person_id.unit_id], from: made, to: ended }",
            "6: a b",
        )],
    );
}

#[test]
fn unique_sets() {
    holds(
        "
        unit u1 city=A
        unit u2 city=A
        unit u3 city=B
        entry e1 unit_id=u1 number=1 code=a
        entry e2 unit_id=u1 number=1 code=b
        entry e3 unit_id=u2 number=1
        entry e4 unit_id=u3 number=1 code=a
        entry e5 unit_id=u1          code=a
        entry e6 unit_id=u1
        entry e7 unit_id=u1 number=1
        ",
        &[
            (
                "table: entry\nunique: { by: [unit_id, number] }",
                "7: e1 e2 e7",
            ),
            (
                "table: entry\nunique: { by: [unit_id.city, number] }",
                "7: e1 e2 e3 e7",
            ),
            (
                "table: entry\nwhen: code IS NOT NULL\nunique: { by: [unit_id, number] }",
                "4: e1 e2",
            ),
            (
                "table: entry\nwhen: code = 'a'\nunique: { by: [unit_id, number] }",
                "3:",
            ),
            // Different values; null is none, but its row belongs to the set.
            (
                "table: entry\nunique: { by: [unit_id, number], distinct: code }",
                "7: e1 e2 e7",
            ),
            (
                "table: entry\nunique: { by: [code], distinct: unit_id.city }",
                "7: e1 e4 e5",
            ),
            (
                "table: entry\nunique: { by: [number], distinct: unit_id }",
                "7: e1 e2 e3 e4 e7",
            ),
            (
                "table: entry\nunique: { by: [unit_id, number], distinct: number }",
                "7:",
            ),
            ("table: plan\nunique: { by: [number] }", "0:"),
        ],
    );
}

#[test]
fn sequences_look_at_the_row_before() {
    let rows = "
        unit u1 city=A
        unit u2 city=B
        entry e5 unit_id=u1 day=2020-01-05 number=9 active=true
        entry e1 unit_id=u1 day=2020-01-01 number=1
        entry e3 unit_id=u1 day=2020-01-03 number=3
        entry e2 unit_id=u1 day=2020-01-02 number=2
        entry f1 unit_id=u2 day=2020-01-01 number=5
        entry f2 unit_id=u2                number=1
        entry f3 unit_id=u2 day=2020-01-03 number=4
        entry g1            day=2020-01-01 number=8
        entry g2            day=2020-01-02 number=1
        entry h1 unit_id=u9 day=2020-01-02 number=1
        ";
    let sequence =
        |rest: &str| format!("table: entry\nsequence: {{ by: [unit_id], order: day, {rest} }}");
    let cases = [
        (sequence("next: number > previous.number"), "10: f3"),
        (sequence("next: number = previous.number + 1"), "10: e5 f3"),
        // Unknown keeps it.
        (sequence("next: weight > previous.number"), "10:"),
        (sequence("next: previous.unit_id.city = 'B'"), "10: e5 e3 e2"),
        (sequence("last: number < 4"), "10: e5 f3"),
        (sequence("last: active IS NULL AND unit_id.city = 'A'"), "10: e5 f3"),
        // Broken by both, once.
        (
            sequence("next: number < previous.number, last: active IS NULL"),
            "10: e5 e3 e2",
        ),
        // What is not judged is not between.
        (
            "table: entry\nwhen: number <> 2\nsequence: { by: [unit_id], order: day, next: number = previous.number + 1 }"
                .into(),
            "9: e5 e3 f3",
        ),
    ];
    for (statement, expected) in &cases {
        holds(rows, &[(statement.as_str(), *expected)]);
    }
}

#[test]
fn the_primary_key_settles_what_the_order_leaves_open() {
    let by_code =
        "table: plan\nsequence: { by: [unit_id], order: day, next: number > previous.number }";
    holds(
        "
        plan u1 number=10 day=2020-01-01
        plan u1 number=9 day=2020-01-01
        plan u1 number=-1 day=2020-01-01
        plan u1 number=3 day=2020-01-02
        ",
        &[(by_code, "4: u1|3")],
    );
    // Text by its bytes: capitals before small letters, Latin before Cyrillic.
    holds(
        "
        entry я unit_id=u day=2020-01-01 number=4
        entry b unit_id=u day=2020-01-01 number=3
        entry B unit_id=u day=2020-01-01 number=2
        entry A unit_id=u day=2020-01-01 number=1
        ",
        &[(
            "table: entry\nsequence: { by: [unit_id], order: day, next: number > previous.number }",
            "4:",
        )],
    );
}
