//! Statements: exactly one shape, and the tables whose rows it judges.

use std::collections::BTreeSet;

use crate::diagnostic::{Report, code};
use crate::model::{AssertionBody, RowRule};
use crate::resolve::expr;
use crate::source::Span;
use crate::source::declaration::{ShapeDecl, StatementDecl};
use crate::text;

use super::row::Row;
use super::search::lift;
use super::{Known, finding, shape, structure, tables};

/// The shapes that speak of the whole package.
const STRUCTURES: [&str; 4] = ["structure", "types", "checks", "free_text"];

/// What a statement says, once for each of its tables.
pub(super) struct Said {
    pub(super) bodies: Vec<AssertionBody>,
    /// Place of the shape.
    pub(super) span: Span,
}

/// Resolves a statement; `None` when something was reported.
pub(super) fn resolve(
    known: Known<'_, '_>,
    decl: &StatementDecl,
    report: &mut Report,
) -> Option<Said> {
    let one = one_shape(&decl.shapes, decl.is_shaped, decl.span, report);
    let is_structure = one.is_some_and(|one| STRUCTURES.contains(&one.name));
    if is_structure {
        let one = one?;
        about_no_rows(decl, one, report);
        let body = structure::resolve(known, one, report).map(AssertionBody::Structure)?;
        return Some(Said {
            bodies: vec![body],
            span: one.key,
        });
    }
    let tables = tables::resolve(known, decl, one, report);
    let (one, tables) = (one?, tables?);
    let mut bodies = Some(Vec::with_capacity(tables.len()));
    // A mistake that shows in many tables is told of the first of them.
    let mut told = BTreeSet::new();
    for table in tables {
        let mut found = Report::new();
        let rows = rows(known, decl, one, table, &mut found);
        for finding in found.sorted() {
            let place = finding.primary.as_ref().map(|label| label.span);
            if !told.contains(&(finding.code, place)) {
                report.push(finding.clone());
            }
        }
        let places = found.sorted().into_iter();
        told.extend(places.map(|f| (f.code, f.primary.as_ref().map(|label| label.span))));
        match (rows, &mut bodies) {
            (Some(rows), Some(bodies)) => bodies.push(AssertionBody::Rows(rows)),
            _ => bodies = None,
        }
    }
    Some(Said {
        bodies: bodies?,
        span: one.key,
    })
}

fn rows(
    known: Known<'_, '_>,
    decl: &StatementDecl,
    one: &ShapeDecl,
    table: usize,
    report: &mut Report,
) -> Option<RowRule> {
    let row = Row::judged(known.tables, table);
    let when = decl.when.as_ref();
    let when = when.map(|fragment| expr::condition(fragment, &row.names(), report));
    let shape = shape::resolve(&row, one, report);
    Some(RowRule {
        when: lift(when)?,
        shape: shape?,
        view: row.view(),
    })
}

/// The one shape of a statement; reports none, and more than one.
pub(super) fn one_shape<'d>(
    shapes: &'d [ShapeDecl],
    is_shaped: bool,
    span: Span,
    report: &mut Report,
) -> Option<&'d ShapeDecl> {
    match shapes {
        [one] => Some(one),
        [] => {
            if !is_shaped {
                report.push(finding(
                    code::RULE_NO_SHAPE,
                    span,
                    text!(
                        "it does not say what must hold",
                        "не сказано, что должно выполняться"
                    ),
                    text!(
                        "add one of `check`, `equal`, `exists`, `not_exists`, `within` (a rule also: `no_overlap`, `unique`, `sequence`, `structure`, `types`, `checks`, `free_text`)",
                        "добавьте одно из `check`, `equal`, `exists`, `not_exists`, `within` (у правила ещё `no_overlap`, `unique`, `sequence`, `structure`, `types`, `checks`, `free_text`)"
                    ),
                ));
            }
            None
        }
        [first, second, ..] => {
            let (a, b) = (first.name, second.name);
            let (first, second) = match first.key.start < second.key.start {
                true => (first.key, second.key),
                false => (second.key, first.key),
            };
            report.push(
                finding(
                    code::RULE_SHAPES,
                    second,
                    text!(
                        "`{a}` and `{b}` stand in one statement",
                        "`{a}` и `{b}` стоят в одном утверждении"
                    ),
                    text!(
                        "make two of it, under `assertions` or `keeps`",
                        "сделайте из него два — в `assertions` или `keeps`"
                    ),
                )
                .also(first, text!("the other one", "другое")),
            );
            None
        }
    }
}

/// Reports tables and conditions of a statement that is about no rows.
fn about_no_rows(decl: &StatementDecl, one: &ShapeDecl, report: &mut Report) {
    let about = [
        ("table", decl.table.as_ref().map(|word| word.span)),
        ("tables", decl.tables.as_ref().map(|tables| tables.key)),
        ("when", decl.when.as_ref().map(|when| when.span)),
    ];
    let shape = one.name;
    for (name, span) in about {
        let Some(span) = span else { continue };
        report.push(
            finding(
                code::RULE_TABLE_UNNEEDED,
                span,
                text!(
                    "`{name}` does not belong beside `{shape}`",
                    "`{name}` не подходит к `{shape}`"
                ),
                text!(
                    "`{shape}` speaks of the whole package: remove `{name}`",
                    "`{shape}` говорит обо всём пакете: уберите `{name}`"
                ),
            )
            .also(one.key, text!("because of this", "из-за этого")),
        );
    }
}
