//! What a file says of its rule in comments, Russian.

use crate::model::{Assertion, CheckSeverity, ClauseId, Indicator, Model, Origin, Rule};
use crate::target::ddl::text;

/// Title, metric, severity, origin, clauses and the note of a rule.
pub(super) fn of_rule(model: &Model, rule: &Rule) -> String {
    let mut lines = vec![
        format!("{}. {}", rule.code, rule.title),
        format!(
            "Метрика: {}. Значимость: {}. Происхождение: {}.",
            rule.metric.title(),
            severity(rule.severity),
            origins(&rule.origin)
        ),
    ];
    lines.extend(clauses(model, &rule.clauses));
    lines.extend(rule.note.clone());
    comments(lines)
}

/// Code, title and severity of an assertion.
pub(super) fn of_assertion(rule: &Rule, assertion: &Assertion) -> String {
    let mut line = format!("{}. {}", assertion.code, assertion.title);
    if assertion.severity != rule.severity {
        line.push_str(&format!(" ({})", severity(assertion.severity)));
    }
    comments(vec![line])
}

/// Title, origin, clauses and the note of an indicator.
pub(super) fn of_indicator(model: &Model, indicator: &Indicator) -> String {
    let mut lines = vec![
        format!("{}. {}", indicator.code, indicator.title),
        format!("Происхождение: {}.", origins(&indicator.origin)),
    ];
    lines.extend(clauses(model, &indicator.clauses));
    lines.extend(indicator.note.clone());
    comments(lines)
}

fn comments(lines: Vec<String>) -> String {
    let lines = lines.iter();
    lines
        .map(|line| format!("-- {}\n", text::comment(line.trim_end())))
        .collect()
}

/// `ошибка`, `предупреждение`
pub(in crate::target::quality) fn severity(severity: CheckSeverity) -> &'static str {
    match severity {
        CheckSeverity::Error => "ошибка",
        CheckSeverity::Warning => "предупреждение",
    }
}

/// `приказ, решение модели`
pub(in crate::target::quality) fn origins(origins: &[Origin]) -> String {
    let words = origins.iter().map(|origin| match origin {
        Origin::Confirmed => "открытая реализация",
        Origin::Order => "приказ",
        Origin::Seed => "материалы проекта",
        Origin::Norm => "другая норма или открытый реестр",
        Origin::Vendor => "поставщик",
        Origin::Inference => "решение модели",
    });
    words.collect::<Vec<_>>().join(", ")
}

/// `order-355 7.2.b.3`
pub(super) fn clause(model: &Model, id: ClauseId) -> String {
    format!(
        "{} {}",
        model.regulation_of(id).name,
        model.clause(id).number
    )
}

fn clauses(model: &Model, clauses: &[ClauseId]) -> Option<String> {
    let names: Vec<String> = clauses.iter().map(|id| clause(model, *id)).collect();
    (!names.is_empty()).then(|| format!("Пункты: {}.", names.join(", ")))
}
