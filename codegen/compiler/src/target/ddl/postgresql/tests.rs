//! What is written for the fixture. The snapshot of `all.sql` is loaded into a real server by the
//! tests against one.

use super::*;
use crate::model::{Pattern, PatternNode, fixture};

fn artifacts() -> Artifacts {
    let mut out = Artifacts::new();
    emit(&fixture::model(), "ddl/postgresql", &mut out);
    out
}

fn text(out: &Artifacts, path: &str) -> String {
    String::from_utf8(out.get(path).unwrap().to_vec()).unwrap()
}

#[test]
fn the_whole_schema() {
    insta::assert_snapshot!(text(&artifacts(), "ddl/postgresql/all.sql"));
}

#[test]
fn a_file_per_table_in_load_order_and_all_of_them_in_one() {
    let out = artifacts();
    let paths: Vec<_> = out.iter().map(|(path, _)| path).collect();
    assert_eq!(
        paths,
        [
            "ddl/postgresql/000_schema.sql",
            "ddl/postgresql/001_organisations.sql",
            "ddl/postgresql/002_person.sql",
            "ddl/postgresql/003_attendance.sql",
            "ddl/postgresql/all.sql",
        ]
    );
    let all = text(&out, "ddl/postgresql/all.sql");
    for path in &paths[..4] {
        let file = text(&out, path);
        let (first, rest) = file.split_once('\n').unwrap();
        assert_eq!(first, format!("-- {}", header(&fixture::model())));
        assert!(all.contains(rest), "{path}");
    }
}

#[test]
fn constraint_names_are_unique_and_fit() {
    let model = fixture::model();
    let names: Vec<_> = constraints(&model)
        .into_iter()
        .flatten()
        .map(|c| c.name)
        .collect();
    let unique: std::collections::BTreeSet<_> = names.iter().collect();
    assert_eq!(unique.len(), names.len());
    assert!(names.iter().all(|name| name.len() <= MAX_NAME));
}

#[test]
fn a_warning_becomes_a_comment_of_one_line() {
    let mut model = fixture::model();
    let check = &mut model.tables[2].checks[1];
    check.severity = CheckSeverity::Warning;
    check.title = "две\nстроки".into();
    let sql = create_table(&model, &model.tables[2], &constraints(&model)[2]);
    assert!(
        sql.contains("\n-- предупреждение attendance.late: две строки: late_minutes IS NULL OR")
    );
    assert!(!sql.contains("attendance_late_check"));
}

#[test]
fn only_the_functions_in_use_are_made() {
    let all = text(&artifacts(), "ddl/postgresql/all.sql");
    assert!(all.contains("edu_region.check_inn(value text)"));
    assert!(!all.contains("check_okato") && !all.contains("add_days"));
}

/// Patterns with everything that an engine may read in its own way, and texts for them. The snapshot
/// says which match; the tests against a real server ask it the same.
#[test]
fn patterns_as_the_model_means_them() {
    use PatternNode::{Alternatives, Class, Empty, Repeat, Sequence};
    let class = |ranges: &[(char, char)]| Class(ranges.to_vec());
    let repeat = |node: PatternNode, min, max| Repeat {
        node: Box::new(node),
        min,
        max,
    };
    let one = |c: char| class(&[(c, c)]);
    let any = || class(&[('\0', char::MAX)]);
    let but_line_feed = || class(&[('\0', '\t'), ('\u{b}', char::MAX)]);
    let special = || class(&[('-', '-'), ('[', '^'), ('a', 'a')]);
    let nodes = [
        Empty,
        class(&[]),
        any(),
        repeat(any(), 0, None),
        repeat(but_line_feed(), 1, None),
        repeat(special(), 1, Some(3)),
        class(&[('\t', '\r'), (' ', ' '), ('\u{a0}', '\u{a0}')]),
        class(&[('\u{1}', '\u{1f}'), ('\u{7f}', '\u{7f}')]),
        repeat(class(&[('А', 'Я'), ('Ё', 'Ё')]), 2, Some(2)),
        class(&[('\u{1f600}', '\u{1f64f}')]),
        Sequence("$^.*+?()[]{}|\\/-\"'".chars().map(one).collect()),
        Alternatives(vec![one('a'), Sequence(vec![one('a'), one('b')]), Empty]),
        Sequence(vec![
            Alternatives(vec![one('a'), one('b')]),
            repeat(
                Alternatives(vec![one('c'), Sequence(vec![one('d'), one('d')])]),
                0,
                Some(2),
            ),
        ]),
        repeat(repeat(one('a'), 2, Some(2)), 1, None),
        repeat(repeat(one('a'), 0, Some(1)), 255, Some(255)),
    ];
    let long = "a".repeat(255);
    let longer = "a".repeat(256);
    let texts = [
        "",
        "a",
        "b",
        "ab",
        "aa",
        "aaa",
        "aaaa",
        "ac",
        "add",
        "acdd",
        "bcc",
        "accc",
        "A",
        "-",
        "]",
        "\\",
        "^",
        "[",
        "a-]",
        "_",
        "\n",
        "\r",
        "\t",
        " ",
        "\u{a0}",
        "\u{1}",
        "\u{7f}",
        "\u{85}",
        "\u{2028}",
        "a\n",
        "\na",
        "ЁЖ",
        "ёж",
        "АЯ",
        "А",
        "😀",
        "🙏",
        "😀😀",
        "$^.*+?()[]{}|\\/-\"'",
        &long,
        &longer,
    ];
    let mut lines = Vec::new();
    for node in nodes {
        let pattern = Pattern {
            text: String::new(),
            node,
        };
        for text in texts {
            let line = (pattern.to_regex(), text, pattern.matches(text));
            lines.push(serde_json::json!([line.0, line.1, line.2]).to_string());
        }
    }
    insta::assert_snapshot!(lines.join("\n"));
}
