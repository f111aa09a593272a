//! Rules that the structure carries.

use super::*;

/// What a structure finds, as `table key columns`.
fn breaches(structure: &str, text: &str) -> Vec<String> {
    let model = model(&rule(structure));
    let rows = rows(&model, text, false);
    let judgement = judge(&model, &rows, moment());
    listed(&model, &judgement)
}

fn listed(model: &Model, judgement: &Judgement<'_>) -> Vec<String> {
    judgement
        .findings
        .iter()
        .map(|finding| {
            let table = finding.table.map(|id| model.table(id));
            let name = table.map_or("-", |table| &table.name);
            let fault = match &finding.fault {
                Fault::Record => String::new(),
                Fault::Check(code) => format!(" {code}"),
                Fault::Columns(columns) => columns
                    .iter()
                    .map(|id| format!(" {}", table.unwrap().column(*id).name))
                    .collect(),
            };
            format!("{name} {}{fault}", finding.key)
        })
        .collect()
}

#[test]
fn required_columns() {
    let rows = "
        person p1
        person p2 birth=2010-01-01
        person p3 birth=2010-01-01 snils_hash=x
        plan u1
        plan u1 number=1
        ";
    assert_eq!(
        breaches("structure: required", rows),
        ["person p2 snils_hash", "plan u1| number"]
    );
}

#[test]
fn references_find_their_rows() {
    let rows = "
        unit u1
        unit u2 up_id=u1
        unit u3 up_id=u9
        person p1 unit_id=u1
        entry e1 person_id=p1
        entry e2 person_id=p2 unit_id=u9
        entry e3
        ";
    assert_eq!(
        breaches("structure: references", rows),
        ["entry e2 person_id", "entry e2 unit_id", "unit u3 up_id"]
    );
}

#[test]
fn primary_keys_stand_once() {
    let rows = "
        plan u1 number=1
        plan u2 number=1
        plan u1 number=01
        plan u1 number=2
        plan u3
        plan u3
        unit u1
        unit u2
        unit u1
        ";
    assert_eq!(
        breaches("structure: primary_keys", rows),
        [
            "plan u1|1 unit_id number",
            "plan u1|1 unit_id number",
            "unit u1 id",
            "unit u1 id"
        ]
    );
}

#[test]
fn codes_stand_on_their_lists() {
    let rows = "
        person p1 status=open level=1
        person p2 status=Open level=3
        person p3
        person p4 level=one
        ";
    assert_eq!(
        breaches("structure: codes", rows),
        ["person p2 status", "person p2 level", "person p4 level"]
    );
}

#[test]
fn hashes_are_hashes() {
    let rows = format!(
        "
        person p1 snils_hash={}
        person p2 snils_hash={}
        person p3 snils_hash=11223344595
        person p4
        ",
        "0a".repeat(64),
        "0A".repeat(64)
    );
    assert_eq!(
        breaches("structure: hashes", &rows),
        ["person p2 snils_hash", "person p3 snils_hash"]
    );
}

#[test]
fn checks_of_rows_by_their_codes() {
    let rows = "
        entry e1 number=0 day=2020-01-02 until=2020-01-01
        entry e2 number=1 day=2020-01-02
        entry e3 number=x
        ";
    assert_eq!(
        breaches("checks: [entry.number, entry.period]", rows),
        ["entry e1 entry.number", "entry e1 entry.period"]
    );
    assert_eq!(
        breaches("checks: [entry.period]", rows),
        ["entry e1 entry.period"]
    );
}

#[test]
fn every_kind_has_a_record() {
    assert_eq!(breaches("structure: kinds", "unit u1"), ["- 2"]);
    assert_eq!(breaches("structure: kinds", "entry e1"), ["- 1"]);
    assert_eq!(breaches("structure: kinds", "unit u1\nentry e1"), [""; 0]);
}

#[test]
fn nothing_is_deleted_that_is_referred_to() {
    let model = model(&rule("structure: deletions"));
    let mut rows = rows(
        &model,
        "
        unit u1
        unit u2 up_id=u1
        unit u4 up_id=u4
        person p1 unit_id=u2
        entry e1 person_id=p1
        ",
        false,
    );
    let table = |name: &str| model.find_table(name).unwrap();
    // `u1` is held by `u2`, which stays; `u4` only by itself; nobody names `u3`; `e1` goes with `p1`.
    for (name, key) in [
        ("unit", "u1"),
        ("unit", "u3"),
        ("unit", "u4"),
        ("person", "p1"),
        ("entry", "e1"),
    ] {
        rows.delete(table(name), &[key]);
    }
    let judgement = judge(&model, &rows, moment());
    assert_eq!(listed(&model, &judgement), ["unit u1"]);
    let assertion = judgement.assertion("R-1").unwrap();
    assert_eq!((assertion.judged(), assertion.broken()), (5, 1));
}

#[test]
fn what_bytes_show_is_the_readers() {
    for statement in [
        "structure: csv_encoding",
        "structure: csv_header",
        "structure: csv_quoting",
        "structure: csv_field_count",
        "structure: csv_control",
        "structure: csv_null",
        "structure: csv_dates",
        "structure: csv_tables",
        "types: [inn]",
    ] {
        let model = model(&rule(statement));
        let judgement = judge(&model, &rows(&model, "", false), moment());
        let assertion = judgement.assertion("R-1").unwrap();
        let reasons: Vec<_> = assertion.unjudged.iter().map(|one| one.reason).collect();
        assert_eq!(reasons, [Reason::Reader], "{statement}");
        assert_eq!(assertion.judged(), 0);
    }
}
