//! What the files and views of this target cannot be called, found before anything is written.

use super::postgresql;
use crate::diagnostic::{Diagnostic, Report, code};
use crate::model::{Expr, ExprKind, Literal, Model};
use crate::source::Span;
use crate::text;

/// Reports everything that the emitted files could not say.
pub(super) fn check(model: &Model, report: &mut Report) {
    tables(model, report);
    codes(model, report);
    texts(model, report);
}

/// A view of the target and a table live in one schema, under one set of names.
fn tables(model: &Model, report: &mut Report) {
    for table in model.tables() {
        let name = &table.name;
        if postgresql::VIEWS.contains(&name.as_str()) {
            report.push(
                Diagnostic::new(
                    code::QUALITY_VIEW,
                    text!(
                        "`{name}` is a view that the target `quality` makes in the same schema",
                        "`{name}` — представление, которое цель `quality` создаёт в той же схеме"
                    ),
                )
                .at(table.span)
                .help(text!(
                    "give the table another name",
                    "назовите таблицу иначе"
                )),
            );
        }
    }
}

/// A rule's file is called as the rule is. That no two codes differ by letter case alone, the model
/// sees to.
fn codes(model: &Model, report: &mut Report) {
    let rules = model.rules().iter().map(|rule| (&rule.code, rule.span));
    let indicators = model.indicators().iter();
    let indicators = indicators.map(|indicator| (&indicator.code, indicator.span));
    for (name, span) in rules.chain(indicators) {
        if !is_file_name(name) {
            report.push(
                Diagnostic::new(
                    code::QUALITY_FILE,
                    text!(
                        "`{name}` cannot be the name of a file of queries",
                        "`{name}` не может быть именем файла с запросами"
                    ),
                )
                .at(span)
                .help(text!(
                    "up to 100 characters; `all`, `functions` and the devices of Windows (`CON`, `NUL`) are taken",
                    "до 100 символов; `all`, `functions` и устройства Windows (`CON`, `NUL`) заняты"
                )),
            );
        }
    }
}

/// What Windows takes for a device, whatever stands behind a point.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Whether every file system takes `<code>.sql` beside the files that are there anyway.
fn is_file_name(code: &str) -> bool {
    let begins = code.starts_with(|c: char| c.is_ascii_alphanumeric());
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let stem = code.split('.').next().unwrap_or(code);
    let taken = (postgresql::FILES
        .iter()
        .any(|it| it.eq_ignore_ascii_case(code)))
        || DEVICES.iter().any(|it| it.eq_ignore_ascii_case(stem));
    begins && code.len() <= 100 && code.chars().all(plain) && !code.ends_with('.') && !taken
}

/// U+0000, which no text of PostgreSQL holds, in what becomes SQL.
fn texts(model: &Model, report: &mut Report) {
    for rule in model.rules() {
        for assertion in &rule.assertions {
            if assertion.title.contains('\0') {
                report.push(nul(rule.span));
                break;
            }
        }
    }
    // What tables say themselves, the target `ddl` judges.
    postgresql::rule_expressions(model, &mut |expr| {
        expr.visit(&mut |part| {
            if holds_nul(part) {
                report.push(nul(part.span));
            }
        });
    });
}

fn holds_nul(part: &Expr) -> bool {
    let is = |literal: &Literal| matches!(literal, Literal::Text(text) if text.contains('\0'));
    match &part.kind {
        ExprKind::Literal(literal) => is(literal),
        ExprKind::Like(_, pattern) => pattern.contains('\0'),
        ExprKind::In(_, list) => list.iter().any(is),
        _ => false,
    }
}

fn nul(span: Span) -> Diagnostic {
    Diagnostic::new(
        code::TEXT_CHARACTER,
        text!(
            "the text holds the character U+0000, which PostgreSQL refuses",
            "в тексте есть символ U+0000, который PostgreSQL не принимает"
        ),
    )
    .at(span)
    .help(text!("take it out", "уберите его"))
}

#[cfg(test)]
mod tests;
