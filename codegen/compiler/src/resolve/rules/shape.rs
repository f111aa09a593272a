//! Shapes of statements about rows: their columns, expressions and searches.

use crate::diagnostic::{Diagnostic, Report, code};
use crate::model::{ColumnId, Sequence, Shape, ValueType};
use crate::resolve::expr::{self, noun};
use crate::source::declaration::{ShapeBody, ShapeDecl};
use crate::source::{Fragment, Span};
use crate::text;

use super::row::Row;
use super::search::{self, lift};
use super::{empty, finding};

/// Resolves a shape over the judged row. Structures are no shape of rows and give nothing.
pub(super) fn resolve(row: &Row<'_, '_>, decl: &ShapeDecl, report: &mut Report) -> Option<Shape> {
    let key = decl.key;
    match decl.body.as_ref()? {
        ShapeBody::Check(fragment) => {
            expr::condition(fragment, &row.names(), report).map(Shape::Check)
        }
        ShapeBody::Equal(paths) => equal(row, paths, key, report),
        ShapeBody::Exists(searches) | ShapeBody::NotExists(searches) if searches.is_empty() => {
            report.push(empty(decl.name, key));
            None
        }
        ShapeBody::Exists(searches) => search::all(row, searches, report).map(Shape::Exists),
        ShapeBody::NotExists(searches) => search::all(row, searches, report).map(Shape::NotExists),
        ShapeBody::Within(within) => search::within(row, within, key, report),
        ShapeBody::NoOverlap { by, from, to } => no_overlap(row, by, from, to, key, report),
        ShapeBody::Unique { by, distinct } => {
            let by = columns(row, "by", by, key, report);
            let distinct = distinct.as_ref().map(|path| row.path(path, report));
            let distinct = lift(distinct)?.map(|(id, _)| id);
            Some(Shape::Unique {
                by: ids(by?),
                distinct,
            })
        }
        ShapeBody::Sequence {
            by,
            order,
            next,
            last,
        } => {
            let by = columns(row, "by", by, key, report);
            let order = ordering(row, order, report);
            if next.is_none() && last.is_none() {
                report.push(finding(
                    code::RULE_SEQUENCE,
                    key,
                    text!(
                        "the sequence says nothing of its rows",
                        "о строках последовательности ничего не сказано"
                    ),
                    text!(
                        "say `next`, what holds beside the row before, or `last`, or both",
                        "укажите `next` — что выполняется рядом с предыдущей строкой, — или `last`, или оба"
                    ),
                ));
                return None;
            }
            let next = next
                .as_ref()
                .map(|fragment| expr::condition(fragment, &row.names_with_previous(), report));
            let last = last
                .as_ref()
                .map(|fragment| expr::condition(fragment, &row.names(), report));
            let (next, last) = (lift(next), lift(last));
            Some(Shape::Sequence(Sequence {
                by: ids(by?),
                order: order?,
                next: next?,
                last: last?,
            }))
        }
        ShapeBody::Structure(_)
        | ShapeBody::Types(_)
        | ShapeBody::Checks(_)
        | ShapeBody::FreeText(_) => None,
    }
}

type Typed = (ColumnId, ValueType);

fn ids(columns: Vec<Typed>) -> Vec<ColumnId> {
    columns.into_iter().map(|(id, _)| id).collect()
}

/// The columns of a list: at least one, each once.
fn columns(
    row: &Row<'_, '_>,
    field: &str,
    paths: &[Fragment],
    key: Span,
    report: &mut Report,
) -> Option<Vec<Typed>> {
    if paths.is_empty() {
        report.push(empty(field, key));
        return None;
    }
    let mut found: Vec<(Typed, Span)> = Vec::with_capacity(paths.len());
    let mut is_sound = true;
    for path in paths {
        let Some(typed) = row.path(path, report) else {
            is_sound = false;
            continue;
        };
        if let Some((_, first)) = found.iter().find(|((id, _), _)| *id == typed.0) {
            let name = &path.text;
            report.push(
                Diagnostic::new(
                    code::DUPLICATE_NAME,
                    text!("`{name}` is named twice", "`{name}` названо дважды"),
                )
                .at(path.span)
                .also(*first, text!("first here", "впервые здесь")),
            );
        }
        found.push((typed, path.span));
    }
    is_sound.then(|| found.into_iter().map(|(typed, _)| typed).collect())
}

/// `equal`: at least two columns of one type.
fn equal(row: &Row<'_, '_>, paths: &[Fragment], key: Span, report: &mut Report) -> Option<Shape> {
    let found = columns(row, "equal", paths, key, report)?;
    let Some(((_, first), others)) = found.split_first().filter(|(_, rest)| !rest.is_empty())
    else {
        report.push(finding(
            code::RULE_EMPTY,
            key,
            text!(
                "`equal` names one column only",
                "`equal` называет только одну колонку"
            ),
            text!("name what it is equal to", "назовите, чему она равна"),
        ));
        return None;
    };
    let odd = others.iter().position(|(_, ty)| ty != first);
    if let Some(at) = odd {
        report.push(differ(*first, &paths[0], others[at].1, &paths[at + 1]));
        return None;
    }
    Some(Shape::Equal(ids(found)))
}

fn no_overlap(
    row: &Row<'_, '_>,
    by: &[Fragment],
    from: &Fragment,
    to: &Fragment,
    key: Span,
    report: &mut Report,
) -> Option<Shape> {
    let by = columns(row, "by", by, key, report);
    let start = moment(row, from, report);
    let end = moment(row, to, report);
    let (by, start, end) = (by?, start?, end?);
    if start.1 != end.1 {
        report.push(differ(start.1, from, end.1, to));
        return None;
    }
    if start.0 == end.0 {
        let name = &to.text;
        report.push(
            Diagnostic::new(
                code::DUPLICATE_NAME,
                text!("`{name}` is named twice", "`{name}` названо дважды"),
            )
            .at(to.span)
            .also(from.span, text!("first here", "впервые здесь")),
        );
        return None;
    }
    Some(Shape::NoOverlap {
        by: ids(by),
        from: start.0,
        to: end.0,
    })
}

/// A column of days, times or timestamps.
fn moment(row: &Row<'_, '_>, path: &Fragment, report: &mut Report) -> Option<Typed> {
    use ValueType::{Date, Time, Timestamp};
    let found = row.path(path, report)?;
    if matches!(found.1, Date | Time | Timestamp) {
        return Some(found);
    }
    let (en, ru) = noun(found.1);
    report.push(finding(
        code::RULE_PERIOD,
        path.span,
        text!(
            "a period has no end that is {en}",
            "конец периода не может быть таким: это {ru}"
        ),
        text!(
            "periods run between dates, times or timestamps",
            "периоды идут между датами, временем или датами со временем"
        ),
    ));
    None
}

/// A column whose values all engines put in one order.
fn ordering(row: &Row<'_, '_>, path: &Fragment, report: &mut Report) -> Option<ColumnId> {
    use ValueType::{Boolean, Text, Uuid};
    let (id, ty) = row.path(path, report)?;
    if !matches!(ty, Boolean | Text | Uuid) {
        return Some(id);
    }
    let (en, ru) = noun(ty);
    report.push(finding(
        code::RULE_ORDER,
        path.span,
        text!(
            "{en} puts no rows in order",
            "порядка строк этим не задать: это {ru}"
        ),
        text!(
            "name a number, a date, a time or a timestamp",
            "назовите число, дату, время или дату со временем"
        ),
    ));
    None
}

fn differ(a: ValueType, at: &Fragment, b: ValueType, other: &Fragment) -> Diagnostic {
    let ((a_en, a_ru), (b_en, b_ru)) = (noun(a), noun(b));
    finding(
        code::RULE_TYPES,
        other.span,
        text!(
            "this is {b_en}, the other column is {a_en}",
            "это {b_ru}, а другая колонка — {a_ru}"
        ),
        text!("name columns of one type", "назовите колонки одного типа"),
    )
    .also(at.span, text!("the other column", "другая колонка"))
}
