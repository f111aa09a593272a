//! Quality rules and indicators: names to tables, columns and views; shapes to typed statements.
//!
//! ```text
//! rule ─► code, marks, clauses
//!     └─► statements ─► a structure, or for each of its tables:
//!                       row (view) ─► shape ─► searches (views within the view)
//! ```
//!
//! Tables are taken as [`TableFacts`](super::tables::TableFacts), so that rules are judged beside
//! broken tables, too; what is broken there is not reported here again.

mod code_of;
mod indicator;
mod row;
mod search;
mod shape;
mod statement;
mod structure;
mod tables;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::Context;
use super::tables::Resolved;
use crate::diagnostic::{Code, Diagnostic, Report, Text, code};
use crate::model::{Assertion, Indicator, Origin, Rule};
use crate::source::Span;
use crate::source::declaration::{AssertionsDecl, OriginDecl, RuleDecl, StatementDecl};
use crate::text;

use code_of::Codes;

/// What rules may name.
#[derive(Clone, Copy)]
struct Known<'k, 'a> {
    context: &'k Context<'k, 'a>,
    tables: &'k Resolved<'a>,
}

/// Resolves every rule and indicator; broken ones are left out.
pub(super) fn resolve<'a>(
    context: &Context<'_, 'a>,
    tables: &Resolved<'a>,
    report: &mut Report,
) -> (Vec<Rule>, Vec<Indicator>) {
    let known = Known { context, tables };
    let mut codes = Codes::new(&tables.codes);
    let mut rules = Vec::new();
    for decl in &context.found.rules {
        codes.add(&decl.code, report);
        rules.extend(rule(known, decl, report));
    }
    let mut indicators = Vec::new();
    for decl in &context.found.indicators {
        codes.add(&decl.code, report);
        indicators.extend(indicator::resolve(known, decl, report));
    }
    (rules, indicators)
}

fn rule(known: Known<'_, '_>, decl: &RuleDecl, report: &mut Report) -> Option<Rule> {
    let origin = origin(&decl.origin, report);
    let clauses = known.context.clauses.find_all(&decl.clauses, report);
    let assertions = match &decl.assertions {
        Some(several) => parts(known, decl, several, report),
        None => own(known, decl, report),
    };
    Some(Rule {
        code: decl.code.value.clone(),
        title: decl.title.clone()?,
        note: decl.note.clone(),
        metric: decl.metric?,
        severity: decl.severity,
        origin: origin?,
        clauses,
        assertions: assertions?,
        span: decl.code.span,
    })
}

/// The marks of a rule or an indicator.
fn origin(decl: &OriginDecl, report: &mut Report) -> Option<Vec<Origin>> {
    if let Some(key) = decl.empty {
        report.push(empty("origin", key));
    }
    (!decl.marks.is_empty()).then(|| decl.marks.clone())
}

/// The statement of a rule that makes one.
fn own(known: Known<'_, '_>, decl: &RuleDecl, report: &mut Report) -> Option<Vec<Assertion>> {
    let said = statement::resolve(known, &decl.own, report)?;
    let assertion = |body| Assertion {
        code: decl.code.value.clone(),
        title: decl.title.clone().unwrap_or_default(),
        severity: decl.severity,
        body,
        span: said.span,
    };
    Some(said.bodies.into_iter().map(assertion).collect())
}

/// The statements of a rule that makes several.
fn parts(
    known: Known<'_, '_>,
    decl: &RuleDecl,
    several: &AssertionsDecl,
    report: &mut Report,
) -> Option<Vec<Assertion>> {
    beside_assertions(&decl.own, several, report);
    if several.is_empty {
        report.push(empty("assertions", several.key));
    }
    let mut letters: BTreeMap<&str, Span> = BTreeMap::new();
    let mut assertions = Some(Vec::new());
    for part in &several.parts {
        if let Some(word) = &part.part {
            let letter = word.value.as_str();
            if let Some(first) = letters.get(letter) {
                report.push(
                    Diagnostic::new(
                        code::RULE_PART,
                        text!(
                            "two parts of the rule have the letter `{letter}`",
                            "у двух частей правила одна буква `{letter}`"
                        ),
                    )
                    .at(word.span)
                    .also(*first, text!("first here", "впервые здесь")),
                );
            } else {
                letters.insert(letter, word.span);
            }
            if !matches!(letter.as_bytes(), [b'a'..=b'z']) {
                report.push(
                    Diagnostic::new(
                        code::RULE_PART,
                        text!(
                            "`{letter}` is no letter from `a` to `z`",
                            "`{letter}` — не буква от `a` до `z`"
                        ),
                    )
                    .at(word.span),
                );
            }
        }
        let said = statement::resolve(known, &part.statement, report);
        let (Some(said), Some(word), Some(all)) = (said, &part.part, &mut assertions) else {
            assertions = None;
            continue;
        };
        let title = part.title.clone().or_else(|| decl.title.clone());
        all.extend(said.bodies.into_iter().map(|body| Assertion {
            code: format!("{}.{}", decl.code.value, word.value),
            title: title.clone().unwrap_or_default(),
            severity: part.severity.unwrap_or(decl.severity),
            body,
            span: said.span,
        }));
    }
    assertions.filter(|all| !all.is_empty())
}

/// Reports what a rule says itself although its assertions say it.
fn beside_assertions(own: &StatementDecl, several: &AssertionsDecl, report: &mut Report) {
    let remark = || text!("the statements", "утверждения");
    if let Some(shape) = own.shapes.first() {
        let name = shape.name;
        report.push(
            Diagnostic::new(
                code::RULE_SHAPES,
                text!(
                    "`{name}` stands beside `assertions`",
                    "`{name}` стоит рядом с `assertions`"
                ),
            )
            .at(shape.key)
            .also(several.key, remark())
            .help(text!(
                "make it one of the assertions",
                "сделайте это одним из утверждений"
            )),
        );
    }
    let about = [
        ("table", own.table.as_ref().map(|word| word.span)),
        ("tables", own.tables.as_ref().map(|tables| tables.key)),
        ("when", own.when.as_ref().map(|when| when.span)),
    ];
    for (name, span) in about {
        let Some(span) = span else { continue };
        report.push(
            Diagnostic::new(
                code::RULE_TABLE_UNNEEDED,
                text!(
                    "`{name}` stands beside `assertions`",
                    "`{name}` стоит рядом с `assertions`"
                ),
            )
            .at(span)
            .also(several.key, remark())
            .help(text!(
                "each assertion says which rows it judges",
                "каждое утверждение говорит само, какие строки проверяет"
            )),
        );
    }
}

/// The finding about a list that must name something.
fn empty(field: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        code::RULE_EMPTY,
        text!("the list `{field}` is empty", "список `{field}` пуст"),
    )
    .at(span)
    .help(text!(
        "name at least one, or remove what stands around it",
        "назовите хотя бы одно или уберите то, в чём он стоит"
    ))
}

/// A finding at a place, with a cure.
fn finding(code: Code, span: Span, message: Text, help: Text) -> Diagnostic {
    Diagnostic::new(code, message).at(span).help(help)
}
