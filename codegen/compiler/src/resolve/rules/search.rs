//! Searches: the table, the equalities, the condition; then what is measured and its bounds.

use crate::diagnostic::{Diagnostic, Report, code};
use crate::model::{ColumnId, Expr, ExprKind, Literal, Measure, Search, Shape, ValueType};
use crate::resolve::expr::{self, comparable, noun};
use crate::source::declaration::{Measured, SearchDecl, WithinDecl};
use crate::source::{Fragment, Span};
use crate::text;

use super::finding;
use super::row::Row;

/// Resolves searches; all of them are looked at.
pub(super) fn all(
    row: &Row<'_, '_>,
    decls: &[SearchDecl],
    report: &mut Report,
) -> Option<Vec<Search>> {
    let found: Vec<_> = decls
        .iter()
        .map(|decl| Some(open(row, decl, report)?.finish()))
        .collect();
    found.into_iter().collect()
}

/// A search whose view may still grow.
struct Open<'r, 'a> {
    row: Row<'r, 'a>,
    on: Vec<(ColumnId, Expr)>,
    condition: Option<Expr>,
}

impl Open<'_, '_> {
    fn finish(self) -> Search {
        Search {
            view: self.row.view(),
            on: self.on,
            condition: self.condition,
        }
    }
}

fn open<'r, 'a>(
    judged: &'r Row<'r, 'a>,
    decl: &SearchDecl,
    report: &mut Report,
) -> Option<Open<'r, 'a>> {
    let table = judged.tables().names.find(decl.table.as_ref()?, report)?;
    let row = Row::searched(judged, table);
    let on: Vec<_> = decl
        .on
        .iter()
        .map(|(column, value)| pair(judged, &row, column, value, report))
        .collect();
    let condition = decl.condition.as_ref();
    let condition = condition.map(|fragment| expr::condition(fragment, &row.names(), report));
    Some(Open {
        on: on.into_iter().collect::<Option<_>>()?,
        condition: lift(condition)?,
        row,
    })
}

/// An equality: a column of the searched row and a value of the judged one.
fn pair(
    judged: &Row<'_, '_>,
    searched: &Row<'_, '_>,
    column: &Fragment,
    value: &Fragment,
    report: &mut Report,
) -> Option<(ColumnId, Expr)> {
    let found = searched.path(column, report);
    let beside = found.map(|(id, ty)| (ty, searched.column(id)));
    let expr = expr::value(value, &judged.names(), beside, report);
    let ((id, ty), expr) = (found?, expr?);
    if !comparable(ty, expr.ty) {
        let ((left_en, left_ru), (right_en, right_ru)) = (noun(ty), noun(expr.ty));
        report.push(
            finding(
                code::RULE_TYPES,
                value.span,
                text!(
                    "{left_en} is never equal to {right_en}",
                    "слева {left_ru}, справа {right_ru}: они не бывают равны"
                ),
                text!(
                    "name values of one type on both sides",
                    "назовите с обеих сторон значения одного типа"
                ),
            )
            .also(column.span, text!("the other side", "другая сторона")),
        );
        return None;
    }
    Some((id, expr))
}

/// `within`: a search, a measure and bounds.
pub(super) fn within(
    row: &Row<'_, '_>,
    decl: &WithinDecl,
    key: Span,
    report: &mut Report,
) -> Option<Shape> {
    let found = open(row, &decl.search, report);
    let measure = match one_measure(decl, report) {
        true => found
            .as_ref()
            .and_then(|found| measure(&found.row, decl, report)),
        false => None,
    };
    let at_least = decl.at_least.as_ref().map(|f| number(row, f, report));
    let at_most = decl.at_most.as_ref().map(|f| number(row, f, report));
    if !decl.is_bounded {
        report.push(finding(
            code::RULE_NO_BOUND,
            key,
            text!("the measure has no bound", "у меры нет границы"),
            text!(
                "say `at_least`, `at_most` or both",
                "укажите `at_least`, `at_most` или обе"
            ),
        ));
        return None;
    }
    let (at_least, at_most) = (lift(at_least)?, lift(at_most)?);
    if let (Some(low), Some(high)) = (&at_least, &at_most)
        && let (Some(a), Some(b)) = (constant(low), constant(high))
        && a > b
    {
        report.push(
            finding(
                code::RULE_BOUNDS,
                high.span,
                text!(
                    "no measure is at least {a} and at most {b}",
                    "никакая мера не бывает не меньше {a} и не больше {b}"
                ),
                text!("swap the bounds", "поменяйте границы местами"),
            )
            .also(low.span, text!("the other bound", "другая граница")),
        );
        return None;
    }
    Some(Shape::Within {
        measure: measure?,
        search: found?.finish(),
        at_least,
        at_most,
    })
}

/// Whether at most one measure is said, and a weight beside a mean only; reports if not.
fn one_measure(decl: &WithinDecl, report: &mut Report) -> bool {
    let said = [
        ("distinct", &decl.distinct),
        ("sum", &decl.sum),
        ("average", &decl.average),
    ];
    let mut said = said
        .iter()
        .filter_map(|(name, measured)| Some((*name, measured.as_ref()?)));
    if let (Some((first, one)), Some((second, two))) = (said.next(), said.next()) {
        report.push(
            finding(
                code::RULE_MEASURE,
                two.key,
                text!(
                    "`{second}` stands beside `{first}`",
                    "`{second}` стоит рядом с `{first}`"
                ),
                text!(
                    "measure one thing; a second measure is an assertion of its own",
                    "измеряйте что-то одно; вторая мера — отдельное утверждение"
                ),
            )
            .also(one.key, text!("the other measure", "другая мера")),
        );
        return false;
    }
    if let (Some(weight), None) = (&decl.weight, &decl.average) {
        report.push(finding(
            code::RULE_MEASURE,
            weight.key,
            text!(
                "a weight belongs to `average` only",
                "вес бывает только у `average`"
            ),
            text!(
                "multiply within `sum`, or take the mean: `average`",
                "умножайте внутри `sum` или берите среднее: `average`"
            ),
        ));
        return false;
    }
    true
}

fn measure(row: &Row<'_, '_>, decl: &WithinDecl, report: &mut Report) -> Option<Measure> {
    if let Some(distinct) = &decl.distinct {
        return Some(Measure::Distinct(row.path(&distinct.fragment, report)?.0));
    }
    if let Some(sum) = &decl.sum {
        return Some(Measure::Sum(number(row, &sum.fragment, report)?));
    }
    let Some(average) = &decl.average else {
        return Some(Measure::Count);
    };
    let value = number(row, &average.fragment, report);
    let weight = decl
        .weight
        .as_ref()
        .map(|Measured { fragment, .. }| number(row, fragment, report));
    Some(Measure::Average {
        value: value?,
        weight: lift(weight)?,
    })
}

/// A number over a row.
fn number(row: &Row<'_, '_>, fragment: &Fragment, report: &mut Report) -> Option<Expr> {
    let expr = expr::value(fragment, &row.names(), None, report)?;
    if matches!(expr.ty, ValueType::Integer | ValueType::Double) {
        return Some(expr);
    }
    let (en, ru) = noun(expr.ty);
    report.push(
        Diagnostic::new(
            code::RULE_NUMBER,
            text!(
                "a number is expected, this is {en}",
                "ожидается число, а это {ru}"
            ),
        )
        .at(expr.span),
    );
    None
}

/// The value of a constant bound.
fn constant(bound: &Expr) -> Option<f64> {
    match &bound.kind {
        ExprKind::Literal(Literal::Integer(n)) => Some(*n as f64),
        ExprKind::Literal(Literal::Double(n)) => Some(*n),
        _ => None,
    }
}

/// What may be absent and may have failed: `None` when it has failed.
pub(super) fn lift<T>(value: Option<Option<T>>) -> Option<Option<T>> {
    match value {
        None => Some(None),
        Some(value) => value.map(Some),
    }
}
