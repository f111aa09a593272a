//! What is wrong with statements: codes and places.

use super::{read, rule, words};

#[test]
fn statements_that_are_refused() {
    let mut wrong = Vec::new();
    for (statement, code, at) in [
        ("table: persn\ncheck: birth_date IS NULL", "E0201", "persn"),
        (
            "tables: [person, persn]\ncheck: id <> 'x'",
            "E0201",
            "persn",
        ),
        ("table: person\nexists: { in: studnt }", "E0201", "studnt"),
        (
            "tables: { mixin: service }\ncheck: id <> 'x'",
            "E0204",
            "service",
        ),
        ("table: person\nunique: { by: [id, id] }", "E0209", "id"),
        (
            "tables: [person, person]\ncheck: id <> 'x'",
            "E0209",
            "person",
        ),
        ("types: [record]", "E0301", "record"),
        (
            "table: person\ncheck: birth > CURRENT_DATE",
            "E0308",
            "birth",
        ),
        ("table: person\nunique: { by: [birth] }", "E0308", "birth"),
        (
            "table: attendance\ncheck: student_id.person.birth_date IS NULL",
            "E0308",
            "person",
        ),
        (
            "table: attendance\ncheck: student_id.person_id.x IS NULL",
            "E0308",
            "x",
        ),
        (
            "table: attendance\nexists: { in: lesson, on: { idd: lesson_id } }",
            "E0308",
            "idd",
        ),
        (
            "table: attendance\nexists: { in: lesson, on: { id: lesson } }",
            "E0308",
            "lesson",
        ),
        (
            "table: attendance\nexists: { in: lesson, where: this.numbr = number }",
            "E0308",
            "numbr",
        ),
        (
            "table: attendance\ncheck: student.rate > 1",
            "E0308",
            "student",
        ),
        ("table: person\ncheck: previous > 1", "E0308", "previous"),
        (
            "table: person\ncheck: CURRENT_TIMESTAMP() > birth_date",
            "E0310",
            "CURRENT_TIMESTAMP",
        ),
        (
            "table: person\ncheck: birth_date < CURRENT_TIMESTAMP",
            "E0312",
            "birth_date < CURRENT_TIMESTAMP",
        ),
        ("table: person\ncheck: id", "E0313", "id"),
        (
            "table: attendance\ncheck: student_id.person_id.id = lesson_id.number",
            "E0312",
            "student_id.person_id.id = lesson_id.number",
        ),
        (
            "table: attendance\nexists: { in: attendance, on: { status_code: \"'gone'\" } }",
            "E0317",
            "'gone'",
        ),
        (
            "table: attendance\nexists: { in: attendance, where: this.status_code = 'gone' }",
            "E0317",
            "'gone'",
        ),
        ("table: attendance\ncheck: TRUE", "E0318", "TRUE"),
        (
            "table: attendance\ncheck: late_minutes.x = 1",
            "E0701",
            "late_minutes",
        ),
        (
            "table: attendance\nunique: { by: [student_id.rate.x] }",
            "E0701",
            "rate",
        ),
        ("table: plan\ncheck: number.active", "E0702", "number"),
        ("table: plan\ncheck: this.number = 1", "E0703", "this"),
        (
            "table: plan\nwithin: { in: lesson, at_most: this.number }",
            "E0703",
            "this",
        ),
        (
            "table: plan\nexists: { in: lesson, on: { this.number: number } }",
            "E0703",
            "this",
        ),
        (
            "table: plan\nexists: { in: lesson, on: { number: this.number } }",
            "E0703",
            "this",
        ),
        (
            "table: plan\ncheck: previous.number = 1",
            "E0704",
            "previous",
        ),
        (
            "table: plan\nunique: { by: [previous.number] }",
            "E0704",
            "previous",
        ),
        (
            "table: plan\nsequence: { by: [id], order: number, last: previous.number = 1 }",
            "E0704",
            "previous",
        ),
        ("table: plan", "E0705", "rule"),
        (
            "table: plan\ncheck: number > 0\nunique: { by: [number] }",
            "E0706",
            "unique",
        ),
        (
            "table: plan\nunique: { by: [number] }\ncheck: number > 0",
            "E0706",
            "check",
        ),
        (
            "check: number > 0\nassertions: [{ part: a, structure: codes }]",
            "E0706",
            "check",
        ),
        ("assertions: []", "E0707", "assertions"),
        ("tables: []\ncheck: id <> 'x'", "E0707", "tables"),
        ("table: plan\nexists: []", "E0707", "exists"),
        ("table: plan\nunique: { by: [] }", "E0707", "unique"),
        ("table: plan\nequal: []", "E0707", "equal"),
        ("table: plan\nequal: [number]", "E0707", "equal"),
        ("types: []", "E0707", "types"),
        ("checks: []", "E0707", "checks"),
        ("free_text: []", "E0707", "free_text"),
        ("free_text: [a, b, a]", "E0209", "a"),
        ("free_text: ['[0-9]*']", "E0725", "[0-9]*"),
        ("free_text: [b, '(^|a)c?']", "E0725", "(^|a)c?"),
        ("free_text: ['^a*$']", "E0725", "^a*$"),
        ("free_text: ['^$']", "E0329", "^$"),
        ("free_text: ['a(^|b)']", "E0326", "^"),
        ("free_text: ['\\bab']", "E0327", "\\b"),
        ("free_text: ['a(b']", "E0325", "("),
        ("table: plan\nfree_text: [a]", "E0711", "plan"),
        (
            "assertions:\n  - { part: a, structure: codes }\n  - { part: a, structure: kinds }",
            "E0708",
            "a",
        ),
        (
            "assertions: [{ part: ab, structure: codes }]",
            "E0708",
            "ab",
        ),
        (
            "table: plan\ntables: [plan]\ncheck: number > 0",
            "E0709",
            "tables",
        ),
        ("check: number > 0", "E0710", "check"),
        ("tables: { mixin: unused }\ncheck: x > 0", "E0710", "unused"),
        (
            "tables: { key: unused_type }\ncheck: x > 0",
            "E0710",
            "unused_type",
        ),
        ("tables: { key: record }\ncheck: x > 0", "E0301", "record"),
        ("tables: { key: status }\ncheck: x > 0", "E0301", "status"),
        ("tables: {}\ncheck: x > 0", "E0710", "tables"),
        (
            "tables: { key: record_id, mixin: service_columns }\ncheck: x > 0",
            "E0709",
            "mixin",
        ),
        ("tables: { keys: record_id }\ncheck: x > 0", "E0111", "keys"),
        ("table: plan\nstructure: codes", "E0711", "plan"),
        (
            "when: id IS NULL\nchecks: [attendance.late]",
            "E0711",
            "id IS NULL",
        ),
        (
            "table: plan\nassertions: [{ part: a, structure: codes }]",
            "E0711",
            "plan",
        ),
        (
            "table: plan\nequal: [number, lesson_date]",
            "E0712",
            "lesson_date",
        ),
        (
            "table: plan\nexists: { in: lesson, on: { number: lesson_date } }",
            "E0712",
            "lesson_date",
        ),
        (
            "table: lesson\nno_overlap: { by: [number], from: start_time, to: lesson_date }",
            "E0712",
            "lesson_date",
        ),
        (
            "table: plan\nwithin: { in: lesson, at_most: lesson_date }",
            "E0713",
            "lesson_date",
        ),
        (
            "table: plan\nwithin: { in: lesson, at_most: 1, sum: active }",
            "E0713",
            "active",
        ),
        (
            "table: plan\nwithin: { in: lesson, at_most: \"'1'\" }",
            "E0713",
            "'1'",
        ),
        ("table: plan\nwithin: { in: lesson }", "E0714", "within"),
        (
            "table: plan\nwithin: { in: lesson, at_least: 2, at_most: 1.5 }",
            "E0715",
            "1.5",
        ),
        (
            "table: plan\nwithin: { in: lesson, at_most: 1, sum: number, distinct: number }",
            "E0716",
            "sum",
        ),
        (
            "table: plan\nwithin: { in: lesson, at_most: 1, sum: number, weight: number }",
            "E0716",
            "weight",
        ),
        (
            "table: lesson\nno_overlap: { by: [number], from: start_time, to: number }",
            "E0717",
            "number",
        ),
        (
            "table: lesson\nno_overlap: { by: [number], from: end_time, to: end_time }",
            "E0209",
            "end_time",
        ),
        (
            "table: plan\nsequence: { by: [number], order: id, last: number > 0 }",
            "E0718",
            "id",
        ),
        (
            "table: plan\nsequence: { by: [number], order: lesson_date }",
            "E0719",
            "sequence",
        ),
        ("checks: [attendance.lat]", "E0720", "attendance.lat"),
        ("table: plan\nunique: { by: ['.'] }", "E0308", ""),
        (
            "table: plan\nunique: { by: [number..x] }",
            "E0702",
            "number",
        ),
        ("table: plan\nunique: { by: [this.] }", "E0703", "this"),
        ("table: plan\nunique: { by: [this] }", "E0308", "this"),
        ("table: plan\nunique: { by: [plan.] }", "E0308", ""),
        ("table: plan\nunique: { by: [Number] }", "E0308", "Number"),
        ("structure: csv", "E0117", "csv"),
        ("table: plan\nuniqe: { by: [number] }", "E0111", "uniqe"),
        ("tabel: plan\ncheck: number > 0", "E0111", "tabel"),
        (
            "table: plan\nwithin: { in: lesson, atleast: 1 }",
            "E0111",
            "atleast",
        ),
        ("table: plan\nwithin:\n  at_least: 1", "E0112", "at_least"),
        ("table: plan\nunique: number", "E0113", "number"),
        ("table: plan\nequal: number", "E0113", "number"),
        ("tables: plan\ncheck: number > 0", "E0113", "plan"),
    ] {
        let found = words(statement);
        if found != Err(vec![(code.to_owned(), at.to_owned())]) {
            wrong.push(format!("{statement}\n  {found:?}\n  {code} {at}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn mistakes_of_one_rule_are_all_told_and_once() {
    let found = |statement: &str| {
        let found = words(statement).unwrap_err().into_iter();
        found
            .map(|(code, at)| format!("{code} {at}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        found(
            "table: attendance\nwhen: a > 1\nexists: { in: lesson, on: { number: status_code, b: c }, where: 'this.d = number' }"
        ),
        [
            "E0308 a",
            "E0712 status_code",
            "E0308 b",
            "E0308 c",
            "E0308 d"
        ]
    );
    // A mistake in an expression over many tables is told once; what only some lack, too.
    assert_eq!(
        found("tables: { mixin: service_columns }\ncheck: modified = 1"),
        ["E0308 modified"]
    );
    assert_eq!(
        found("tables: [person, student]\ncheck: birth_date < CURRENT_DATE"),
        ["E0308 birth_date"]
    );
    assert_eq!(
        found(
            "assertions:\n  - { part: a, check: x > 1 }\n  - { part: B, table: plan, check: x > 1 }\n  - part: c"
        ),
        ["E0710 check", "E0708 B", "E0308 x", "E0705 part"]
    );
}

#[test]
fn codes_are_unique_and_have_a_form() {
    let entry = |code: &str| rule("structure: codes").replace("R-1", code);
    let indicator = "- indicator: r-1\n  title: Показатель\n  origin: seed\n  table: plan\n  keeps: [{ check: number > 0 }]\n";
    let codes = |rules: String| {
        let found = read(&rules).map(|_| ()).unwrap_err().into_iter();
        found
            .map(|(code, at)| format!("{code} {at}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(codes(entry("R-1") + &entry("R-1")), ["E0209 R-1"]);
    assert_eq!(codes(entry("R-1") + indicator), ["E0209 r-1"]);
    assert_eq!(
        codes(entry("attendance.late")),
        ["E0209 attendance.late", "E0721 attendance.late"]
    );
    assert_eq!(codes(entry("E0301")), ["E0721 E0301"]);
    assert_eq!(codes(entry("КПЛ-1")), ["E0721 КПЛ-1"]);
    assert_eq!(codes(entry("R--1")), ["E0721 R--1"]);
    assert!(read(&(entry("R-1") + &entry("R-2"))).is_ok());
}

/// Words of expressions, paths and YAML in any order: findings or a model, never a panic.
mod soup {
    use proptest::prelude::*;

    use super::words;

    const WORDS: [&str; 24] = [
        "this",
        "previous",
        ".",
        "number",
        "lesson_id",
        "student_id",
        "person_id",
        "plan",
        "\"",
        "(",
        ")",
        "=",
        "CURRENT_TIMESTAMP",
        "AND",
        "'late'",
        "1",
        ",",
        "[",
        "]",
        "{",
        "}",
        ":",
        " ",
        "-",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_words_are_read(
            words_of in prop::collection::vec(0..WORDS.len(), 0..8),
            shape in 0..6_usize,
        ) {
            let soup: String = words_of.iter().map(|at| WORDS[*at]).collect();
            let statement = match shape {
                0 => format!("table: attendance\ncheck: {soup}"),
                1 => format!("table: attendance\nexists: {{ in: plan, on: {{ {soup}: {soup} }} }}"),
                2 => format!("table: attendance\nexists: {{ in: plan, where: \"{soup}\" }}"),
                3 => format!("table: attendance\nunique: {{ by: [{soup}, \"{soup}\"] }}"),
                4 => format!("table: plan\nwithin: {{ in: plan, sum: '{soup}', at_most: {soup} }}"),
                _ => format!("{soup}: {soup}\ntables: {soup}\nstructure: {soup}"),
            };
            // `words` itself insists on findings where there is no model.
            let _ = words(&statement);
        }
    }
}
