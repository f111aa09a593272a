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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::code;
    use crate::model::{
        Assertion, CheckSeverity, Metric, Origin, RowRule, Rule, ValueType, View, fixture,
    };
    use crate::source::{FileId, Span};

    fn span() -> Span {
        Span::new(FileId(0), 0, 0)
    }

    /// A rule that says `left <= right` of the rows of a table.
    fn rule(table: &Table, left: ColumnId, right: ColumnId) -> Rule {
        let expr = |kind, ty| Expr {
            kind,
            ty,
            span: span(),
        };
        let column = |id| Box::new(expr(ExprKind::Column(id), ValueType::Date));
        let (left, right) = (column(left), column(right));
        let order = ExprKind::Compare(Comparison::Le, left, right);
        let view = View {
            table: table.id,
            own: 2,
            extra: vec![],
        };
        Rule {
            code: "CON-01".into(),
            title: "Начало не позже окончания".into(),
            note: None,
            metric: Metric::Consistency,
            severity: CheckSeverity::Error,
            origin: vec![Origin::Inference],
            clauses: vec![],
            assertions: vec![Assertion {
                code: "CON-01".into(),
                title: String::new(),
                severity: CheckSeverity::Error,
                body: AssertionBody::Rows(RowRule {
                    view,
                    when: None,
                    shape: Shape::Check(expr(order, ValueType::Boolean)),
                }),
                span: span(),
            }],
            span: span(),
        }
    }

    /// How many findings a lint has.
    fn count(lint: fn(&Model, &mut Findings), model: &Model) -> usize {
        let mut found = Findings {
            code: code::LINT_PERIOD_CHECK,
            found: Vec::new(),
        };
        lint(model, &mut found);
        found.found.len()
    }

    #[test]
    fn a_rule_orders_a_period_as_a_check_does() {
        let mut model = fixture::model();
        let [first, second] = [0, 1].map(|at| model.tables[0].columns[at].id);
        for (at, name) in ["start_date", "end_date"].into_iter().enumerate() {
            let column = &mut model.tables[0].columns[at];
            column.name = name.into();
            column.ty.base = crate::model::BaseType::Date;
        }
        model.tables[0].checks.clear();
        assert_eq!(count(check, &model), 1);
        model.rules = vec![rule(&model.tables[0], second, first)];
        assert_eq!(count(check, &model), 1, "the other way round");
        model.rules = vec![rule(&model.tables[1], first, second)];
        assert_eq!(count(check, &model), 1, "of another table");
        model.rules = vec![rule(&model.tables[0], first, second)];
        assert_eq!(count(check, &model), 0);
        // The order also gives an end a start of another name.
        let others = count(ends, &model);
        model.tables[0].columns[0].name = "issue_date".into();
        assert_eq!(count(ends, &model), others);
        model.rules.clear();
        assert_eq!(count(ends, &model), others + 1);
    }
}
