//! Periods: `start_…` and `end_…` come together, and a check or a rule orders them.

use std::collections::BTreeSet;

use super::Findings;
use crate::model::{
    AssertionBody, Column, ColumnId, Comparison, Expr, ExprKind, LintScope, Model, Shape, Table,
};
use crate::text;

/// A start has an end, an end has a start: of the same name, or a column that a check orders with
/// it (`issue_date <= end_date`).
pub(super) fn ends(model: &Model, found: &mut Findings) {
    for table in model.tables() {
        let ordered = ordered(model, table);
        for column in &table.columns {
            let name = &column.name;
            let start = other(name, "end_", "start_");
            let end = other(name, "start_", "end_");
            let (other, is_ordered) = match (&start, &end) {
                (Some(start), _) => (start, ordered.iter().any(|(_, to)| *to == column.id)),
                (_, Some(end)) => (end, ordered.iter().any(|(from, _)| *from == column.id)),
                (None, None) => continue,
            };
            if is_ordered || table.find_column(other).is_some() {
                continue;
            }
            let message = match start {
                Some(_) => text!(
                    "the period that `{name}` ends has no start",
                    "у периода, который завершает `{name}`, нет начала"
                ),
                None => text!(
                    "the period that `{name}` begins has no end",
                    "у периода, который начинает `{name}`, нет конца"
                ),
            };
            found.push(
                LintScope::Column(table.id, column.id),
                column.span,
                message,
                text!(
                    "add `{other}`, or a check that orders `{name}` and the column that takes its place",
                    "добавьте `{other}` или проверку порядка `{name}` и той колонки, которая её заменяет"
                ),
            );
        }
    }
}

/// A check or a rule says that a start is not after its end.
pub(super) fn check(model: &Model, found: &mut Findings) {
    for table in model.tables() {
        let ordered = ordered(model, table);
        for column in &table.columns {
            let start = &column.name;
            let end = other(start, "start_", "end_").and_then(|name| table.find_column(&name));
            let Some(end) = end.filter(|end| is_comparable(column, end)) else {
                continue;
            };
            if ordered.contains(&(column.id, end.id)) {
                continue;
            }
            let (name, end_name) = (&table.name, &end.name);
            found.push_with(
                LintScope::Column(table.id, column.id),
                column.span,
                text!(
                    "nothing says that `{start}` is not after `{end_name}`",
                    "нигде не сказано, что `{start}` не позже `{end_name}`"
                ),
                text!(
                    "add a check: `{{ code: {name}.period, title: Начало не позже окончания, expr: {start} <= {end_name} }}`",
                    "добавьте проверку: `{{ code: {name}.period, title: Начало не позже окончания, expr: {start} <= {end_name} }}`"
                ),
                (end.span, text!("its end", "её конец")),
            );
        }
    }
}

/// The name with another beginning, if it has this one.
fn other(name: &str, beginning: &str, another: &str) -> Option<String> {
    let rest = name.strip_prefix(beginning)?;
    Some(format!("{another}{rest}"))
}

fn is_comparable(start: &Column, end: &Column) -> bool {
    start.ty.base.value_type() == end.ty.base.value_type()
}

/// Pairs of columns of which some check or rule of the table puts the first before the second.
fn ordered(model: &Model, table: &Table) -> BTreeSet<(ColumnId, ColumnId)> {
    let mut pairs = BTreeSet::new();
    let mut read = |expr: &Expr| {
        expr.visit(&mut |part| {
            let ExprKind::Compare(comparison, left, right) = &part.kind else {
                return;
            };
            let (ExprKind::Column(left), ExprKind::Column(right)) = (&left.kind, &right.kind)
            else {
                return;
            };
            match comparison {
                Comparison::Lt | Comparison::Le => pairs.insert((*left, *right)),
                Comparison::Gt | Comparison::Ge => pairs.insert((*right, *left)),
                Comparison::Eq | Comparison::Ne => false,
            };
        });
    };
    for check in &table.checks {
        read(&check.expr);
    }
    let assertions = model.rules().iter().flat_map(|rule| &rule.assertions);
    for assertion in assertions {
        let AssertionBody::Rows(rows) = &assertion.body else {
            continue;
        };
        if let (true, Shape::Check(expr)) = (rows.table() == table.id, &rows.shape) {
            read(expr);
        }
    }
    pairs
}
