//! Indicators: a population of rows, and what its members keep.

use crate::diagnostic::Report;
use crate::model::Indicator;
use crate::resolve::expr;
use crate::source::declaration::IndicatorDecl;

use super::row::Row;
use super::search::lift;
use super::statement::one_shape;
use super::{Known, empty, origin, shape};

/// Resolves an indicator; `None` when something was reported.
pub(super) fn resolve(
    known: Known<'_, '_>,
    decl: &IndicatorDecl,
    report: &mut Report,
) -> Option<Indicator> {
    let origin = origin(&decl.origin, report);
    let clauses = known.context.clauses.find_all(&decl.clauses, report);
    if let Some(key) = decl.empty {
        report.push(empty("keeps", key));
    }
    let shapes: Vec<_> = decl
        .keeps
        .iter()
        .map(|keep| one_shape(&keep.shapes, keep.is_shaped, keep.span, report))
        .collect();
    let table = known.tables.names.find(decl.table.as_ref()?, report)?;
    let row = Row::judged(known.tables, table);
    let when = decl.when.as_ref();
    let when = when.map(|fragment| expr::condition(fragment, &row.names(), report));
    let distinct = decl.distinct.as_ref().map(|path| row.path(path, report));
    let keeps: Vec<_> = shapes
        .into_iter()
        .map(|shape| shape::resolve(&row, shape?, report))
        .collect();
    let keeps = keeps.into_iter().collect::<Option<Vec<_>>>()?;
    Some(Indicator {
        code: decl.code.value.clone(),
        title: decl.title.clone()?,
        note: decl.note.clone(),
        origin: origin?,
        clauses,
        when: lift(when)?,
        distinct: lift(distinct)?.map(|(id, _)| id),
        keeps: (!keeps.is_empty()).then_some(keeps)?,
        view: row.view(),
        span: decl.code.span,
    })
}
