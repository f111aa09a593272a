//! Indicators: what they count, and what is wrong with them.

use super::read;
use crate::model::Origin;
use crate::model::rule::text;

#[test]
fn indicators_count_rows_or_values() {
    let indicator = |rest: &str| {
        let head =
            "- indicator: I-1\n  title: Показатель\n  origin: [seed, order]\n  clauses: []\n";
        let rest = rest.lines().map(|line| format!("  {line}\n"));
        format!("{head}{}", rest.collect::<String>())
    };
    let model = read(&indicator(
        "table: attendance\nwhen: status_code = 'late'\ndistinct: student_id.person_id\nkeeps:\n  - exists: { in: student, on: { id: student_id } }\n  - check: student_id.rate > 0",
    ));
    let model = model.unwrap();
    let found = &model.indicators()[0];
    assert_eq!(found.origin, [Origin::Order, Origin::Seed]);
    assert_eq!(found.view.extra.len(), 2);
    let (counted, keeps) = text::indicator(&model, found);
    assert_eq!(
        counted.en,
        "different values of `student_id.person_id` in rows of `attendance` where `status_code = 'late'`"
    );
    let keeps: Vec<_> = keeps.into_iter().map(|keep| keep.en).collect();
    assert_eq!(
        keeps,
        [
            "there is a row of `student` where `id = this.student_id`",
            "`student_id.rate > 0.0`"
        ]
    );
    for (rest, code, at) in [
        ("table: plan\nkeeps: []", "E0707", "keeps"),
        (
            "table: plan\nkeeps: [{ unique: { by: [number] } }]",
            "E0111",
            "unique",
        ),
        (
            "table: plan\nkeeps: [{ check: number > 0, equal: [id, id] }]",
            "E0706",
            "equal",
        ),
        ("table: plan\nkeeps: [{ check: number }]", "E0313", "number"),
        (
            "table: plan\ndistinct: x\nkeeps: [{ check: number > 0 }]",
            "E0308",
            "x",
        ),
        ("keeps: [{ check: number > 0 }]", "E0112", "indicator"),
        (
            "table: plan\nmetric: linkage\nkeeps: [{ check: number > 0 }]",
            "E0111",
            "metric",
        ),
    ] {
        let found = read(&indicator(rest)).map(|_| ()).unwrap_err();
        assert_eq!(found, [(code.to_owned(), at.to_owned())], "{rest}");
    }
}
