//! Statements: exactly one shape, and the tables whose rows it judges.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Report, code};
use crate::model::{AssertionBody, RowRule};
use crate::resolve::expr;
use crate::resolve::names::once;
use crate::resolve::tables::TableFacts;
use crate::source::Span;
use crate::source::declaration::{ShapeDecl, StatementDecl, TablesDecl};
use crate::source::nearest::nearest;
use crate::text;

use super::row::Row;
use super::search::lift;
use super::{Known, empty, finding, shape, structure};

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
    let is_structure = one.is_some_and(|one| ["structure", "types", "checks"].contains(&one.name));
    if is_structure {
        let one = one?;
        about_no_rows(decl, one, report);
        let body = structure::resolve(known, one, report).map(AssertionBody::Structure)?;
        return Some(Said {
            bodies: vec![body],
            span: one.key,
        });
    }
    let tables = tables(known, decl, one, report);
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
                        "add one of `check`, `equal`, `exists`, `not_exists`, `within` (a rule also: `no_overlap`, `unique`, `sequence`, `structure`, `types`, `checks`)",
                        "добавьте одно из `check`, `equal`, `exists`, `not_exists`, `within` (у правила ещё `no_overlap`, `unique`, `sequence`, `structure`, `types`, `checks`)"
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

/// The tables whose rows are judged.
fn tables(
    known: Known<'_, '_>,
    decl: &StatementDecl,
    one: Option<&ShapeDecl>,
    report: &mut Report,
) -> Option<Vec<usize>> {
    match (&decl.table, &decl.tables) {
        (Some(word), Some(tables)) => {
            report.push(
                finding(
                    code::RULE_TABLES,
                    tables.key,
                    text!(
                        "`tables` stands beside `table`",
                        "`tables` стоит рядом с `table`"
                    ),
                    text!(
                        "name one table in `table`, or all of them in `tables`",
                        "назовите одну таблицу в `table` или все в `tables`"
                    ),
                )
                .also(word.span, text!("the other one", "другое")),
            );
            None
        }
        (Some(word), None) => Some(vec![known.tables.names.find(word, report)?]),
        (None, Some(tables)) => several(known, tables, report),
        (None, None) => {
            if let (Some(one), false) = (one, decl.is_about_tables) {
                let name = one.name;
                report.push(finding(
                    code::RULE_NO_TABLE,
                    one.key,
                    text!(
                        "`{name}` does not say whose rows it judges",
                        "`{name}`: не сказано, строки какой таблицы проверяются"
                    ),
                    text!(
                        "add `table: …`, or `tables: …` for several",
                        "добавьте `table: …` или `tables: …` для нескольких"
                    ),
                ));
            }
            None
        }
    }
}

/// The tables of a list, or those that take in a mixin.
fn several(known: Known<'_, '_>, decl: &TablesDecl, report: &mut Report) -> Option<Vec<usize>> {
    if decl.is_empty {
        report.push(empty("tables", decl.key));
        return None;
    }
    let Some(mixin) = &decl.mixin else {
        let words = once(&decl.names, report);
        let found: Vec<_> = words
            .iter()
            .map(|word| known.tables.names.find(word, report))
            .collect();
        let found: Option<Vec<_>> = found.into_iter().collect();
        return found.filter(|found| !found.is_empty());
    };
    let name = &mixin.value;
    let found = known.context.found;
    let mut mixins = found.mixins.iter().map(|mixin| mixin.name.value.as_str());
    if !mixins.any(|known| known == name) {
        if !found.lost.mixins {
            let names = found.mixins.iter().map(|mixin| mixin.name.value.as_str());
            report.push(
                Diagnostic::new(
                    code::NO_SUCH_MIXIN,
                    text!("there is no mixin `{name}`", "нет набора колонок `{name}`"),
                )
                .at(mixin.span)
                .suggest(nearest(name, names)),
            );
        }
        return None;
    }
    let has = |facts: &TableFacts<'_>| facts.mixins.iter().any(|word| word.value == *name);
    let facts = known.tables.facts.iter().enumerate();
    let tables: Vec<usize> = facts
        .filter(|(_, facts)| has(facts))
        .map(|(at, _)| at)
        .collect();
    if tables.is_empty() {
        report.push(finding(
            code::RULE_NO_TABLE,
            mixin.span,
            text!(
                "no table takes in the mixin `{name}`",
                "набор колонок `{name}` не входит ни в одну таблицу"
            ),
            text!(
                "name the mixin of another set of tables, or list the tables",
                "назовите другой набор или перечислите таблицы"
            ),
        ));
        return None;
    }
    Some(tables)
}
