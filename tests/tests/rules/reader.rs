//! The reader of fixtures refuses what a slip of the pen makes, with file and line, and takes the rest.

use vitrina_tests::rules::fixture::{Fixtures, read_text};

use crate::subject;

/// A fixture, and what must be said of it; nothing where it is sound.
const CASES: &[(&str, &[&str])] = &[
    (
        "- assertion: CMP-02\n  keeps:\n    - person: [{ id: P-1, snils_hash: a… }]\n",
        &[],
    ),
    (
        "- assertion: CMP-99\n  keeps: []\n",
        &["slip.yaml:1: the model has no assertion `CMP-99`"],
    ),
    (
        "- indicator: I-9\n  counts: []\n",
        &["slip.yaml:1: the model has no indicator `I-9`"],
    ),
    (
        "- rule: CMP-02\n",
        &["slip.yaml:1: the entry begins with `assertion` or `indicator`"],
    ),
    (
        "- assertion: CMP-02\n  keeps:\n    - persons: [{ id: P-1 }]\n",
        &["slip.yaml:3: `persons` is unknown here"],
    ),
    (
        "- assertion: CMP-02\n  keeps:\n    - person: [{ id: P-1, sex: F }]\n",
        &["slip.yaml:3: `person` has no column `sex`"],
    ),
    (
        "- assertion: CMP-02\n  keeps:\n    - person: [{ id: P-1, birth_date: 2023-02-29 }]\n",
        &["slip.yaml:3: person.birth_date: `2023-02-29` is no value of the column's type"],
    ),
    // Not on the list; not of the form.
    (
        "- assertion: CMP-02\n  keeps:\n    - person: [{ id: P-1, sex_code: f }]\n",
        &["slip.yaml:3: person.sex_code: `f` is refused by the column: [List]"],
    ),
    (
        "- assertion: CMP-02\n  keeps:\n    - person:\n        - { id: P1 }\n",
        &["slip.yaml:4: person.id: `P1` is refused by the column: [Pattern]"],
    ),
    (
        "- assertion: CMP-02\n  keeps:\n    - person: [{ id: P-1, snils_hash: '' }]\n",
        &["slip.yaml:3: person.snils_hash: `` is null: leave it out"],
    ),
    (
        "- assertion: CMP-02\n  keeps:\n    - person: [{ id: P-1 }, { id: P-1 }]\n",
        &["slip.yaml:3: a primary key of `person` is repeated"],
    ),
    (
        "- assertion: CMP-02\n  breaks:\n    - person: [{ id: P-1 }]\n",
        &["slip.yaml:3: `broken` is missing"],
    ),
    (
        "- assertion: CMP-02\n  breaks:\n    - person: [{ id: P-1 }]\n      broken: [person P-2]\n",
        &["slip.yaml:3: `person P-2`: no such row"],
    ),
    (
        "- assertion: CMP-02\n  keeps:\n    - person: [{ id: P-1 }]\n      broken: [person P-1]\n",
        &["slip.yaml:4: `broken` is unknown here"],
    ),
    (
        "- assertion: CMP-02\n  now: 2024-03-15\n",
        &["slip.yaml:2: no moment: YYYY-MM-DD hh:mm:ss"],
    ),
    // What one assertion needs, another has no use for.
    (
        "- assertion: CMP-02\n  keeps:\n    - values: { inn: ['1'] }\n      deleted: [person P-1]\n",
        &[
            "slip.yaml:3: `values` is unknown here",
            "slip.yaml:4: `deleted` is unknown here",
        ],
    ),
    (
        "- assertion: CON-01\n  keeps:\n    - values: { innn: ['1'] }\n",
        &["slip.yaml:3: `innn` is unknown here"],
    ),
    (
        "- assertion: FMT-01\n  keeps:\n    - files: [{ name: a.csv, text: '\\xZZ' }]\n",
        &["slip.yaml:3: `\\` is `\\\\` or `\\xNN`"],
    ),
    (
        "- indicator: I-3\n  counts:\n    - enrolment: []\n      numerator: 0\n",
        &["slip.yaml:3: `numerator` and `denominator` are missing"],
    ),
];

#[test]
fn slips_are_refused_with_their_place() {
    for (text, expected) in CASES {
        let (mut fixtures, mut errors) = (Fixtures::default(), Vec::new());
        read_text(
            &subject().model,
            "slip.yaml",
            text,
            &mut fixtures,
            &mut errors,
        );
        assert_eq!(errors, *expected, "{text}");
    }
}

#[test]
fn broken_yaml_is_refused() {
    let (mut fixtures, mut errors) = (Fixtures::default(), Vec::new());
    let text = "- assertion: [CMP-02\n";
    read_text(
        &subject().model,
        "slip.yaml",
        text,
        &mut fixtures,
        &mut errors,
    );
    assert_eq!(errors.len(), 1);
    assert!(
        errors.iter().all(|error| error.contains("slip.yaml")),
        "{errors:?}"
    );
}
