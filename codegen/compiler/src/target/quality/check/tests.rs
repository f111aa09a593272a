//! What the target refuses, and that it refuses nothing else.

use crate::diagnostic::Report;
use crate::model::{CheckSeverity, Metric, Model, Origin, Rule, fixture};
use crate::source::{FileId, Span};
use crate::target::Target;

fn rule(code: &str) -> Rule {
    Rule {
        code: code.into(),
        title: "Так и есть".into(),
        note: None,
        metric: Metric::Format,
        severity: CheckSeverity::Error,
        origin: vec![Origin::Inference],
        clauses: vec![],
        assertions: vec![],
        span: Span::new(FileId(0), 0, 0),
    }
}

fn codes(model: &Model) -> Vec<String> {
    let mut report = Report::new();
    super::super::Quality.check(model, &mut report);
    let findings = report.sorted();
    findings.iter().map(|it| it.code.to_string()).collect()
}

#[test]
fn codes_become_names_of_files() {
    let mut model = fixture::model();
    for code in ["CMP-02", "a", "1.2_b", "functions2", "CON-01"] {
        model.rules = vec![rule(code)];
        assert_eq!(codes(&model), [""; 0], "{code}");
    }
    let long = "a".repeat(101);
    for code in [
        "CMP/02",
        "",
        "-a",
        ".a",
        "a.",
        "ПРАВИЛО",
        "a b",
        "All",
        "functions",
        &long,
    ] {
        model.rules = vec![rule(code)];
        assert_eq!(codes(&model), ["E0741"], "{code}");
    }
}

#[test]
fn views_have_their_names_for_themselves() {
    let mut model = fixture::model();
    model.tables[1].name = "quality_summary".into();
    assert_eq!(codes(&model), ["E0740"]);
    model.tables[1].name = "quality_summaries".into();
    assert_eq!(codes(&model), [""; 0]);
}
