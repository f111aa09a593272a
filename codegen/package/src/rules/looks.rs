//! The tables that a rule looks into, in the order in which the reference asks for them: the first that
//! the package does not hold is why the rule is not judged.

use vitrina_codegen::model::{
    ColumnId, Expr, Indicator, Measure, Model, RowRule, Search, Shape, TableId, View, ViewColumn,
};

use super::expr::{conjuncts, read_by};

/// The tables of a rule; its own first, some more than once.
pub(super) fn of_rule(model: &Model, rule: &RowRule) -> Vec<TableId> {
    let mut looks = Looks::new(model, rule.view.table);
    looks.columns(&rule.view, &read_by(&rule.when));
    looks.shape(&rule.view, &rule.shape);
    looks.found
}

/// The tables of an indicator.
pub(super) fn of_indicator(model: &Model, indicator: &Indicator) -> Vec<TableId> {
    let mut looks = Looks::new(model, indicator.view.table);
    looks.columns(&indicator.view, &read_by(&indicator.when));
    for shape in &indicator.keeps {
        looks.shape(&indicator.view, shape);
    }
    looks.columns(
        &indicator.view,
        &indicator.distinct.into_iter().collect::<Vec<_>>(),
    );
    looks.found
}

struct Looks<'m> {
    model: &'m Model,
    found: Vec<TableId>,
}

impl<'m> Looks<'m> {
    fn new(model: &'m Model, table: TableId) -> Looks<'m> {
        Looks {
            model,
            found: vec![table],
        }
    }

    fn columns(&mut self, view: &View, columns: &[ColumnId]) {
        for column in columns {
            match view.extra_of(*column) {
                Some(ViewColumn::Path(path)) => self.path(view.table, path),
                Some(ViewColumn::Previous(id)) => self.columns(view, &[*id]),
                _ => {}
            }
        }
    }

    fn path(&mut self, table: TableId, path: &[ColumnId]) {
        let mut at = table;
        for reference in path.iter().take(path.len().saturating_sub(1)) {
            let Some(key) = self.model.table(at).reference_of(*reference) else {
                return;
            };
            self.found.push(at);
            self.found.push(key.table);
            at = key.table;
        }
    }

    fn shape(&mut self, view: &View, shape: &Shape) {
        match shape {
            Shape::Check(_) | Shape::Equal(_) => {}
            Shape::Exists(searches) | Shape::NotExists(searches) => {
                for search in searches {
                    self.search(search);
                }
            }
            Shape::Within {
                search, measure, ..
            } => {
                self.search(search);
                self.columns(&search.view, &measured(measure));
            }
            Shape::NoOverlap { by, from, to } => {
                self.columns(view, &[*from, *to]);
                self.columns(view, by);
            }
            Shape::Unique { by, distinct } => {
                self.columns(view, by);
                self.columns(view, &distinct.iter().copied().collect::<Vec<_>>());
            }
            Shape::Sequence(sequence) => {
                self.columns(view, &[sequence.order]);
                self.columns(view, &read_by(&sequence.next));
                self.columns(view, &read_by(&sequence.last));
                self.columns(view, &sequence.by);
            }
            _ => {}
        }
        if !judges_together(shape) {
            self.columns(view, &columns_of(shape));
        }
    }

    fn search(&mut self, search: &Search) {
        self.found.push(search.view.table);
        for (column, _) in &search.on {
            self.columns(&search.view, &[*column]);
        }
        let (bound, local) = conditions(search);
        self.columns(&search.view, &read_by(local));
        self.columns(&search.view, &read_by(bound));
    }
}

/// Whether a shape judges rows together.
pub(super) fn judges_together(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::NoOverlap { .. } | Shape::Unique { .. } | Shape::Sequence(_)
    )
}

/// The conditions of a search on both rows, and on the searched one alone.
pub(super) fn conditions(search: &Search) -> (Vec<&Expr>, Vec<&Expr>) {
    let mut parts = Vec::new();
    if let Some(condition) = &search.condition {
        conjuncts(condition, &mut parts);
    }
    let reads_outer = |expr: &&Expr| is_outer(&search.view, &expr.columns());
    parts.into_iter().partition(reads_outer)
}

/// Whether one of the columns is the judged row's.
pub(super) fn is_outer(view: &View, columns: &[ColumnId]) -> bool {
    columns
        .iter()
        .any(|column| matches!(view.extra_of(*column), Some(ViewColumn::Outer(_))))
}

/// The columns of the searched view that a measure reads.
pub(super) fn measured(measure: &Measure) -> Vec<ColumnId> {
    match measure {
        Measure::Count => Vec::new(),
        Measure::Distinct(column) => vec![*column],
        Measure::Sum(expr) => read_by([expr]),
        Measure::Average { value, weight } => read_by([value].into_iter().chain(weight)),
    }
}

/// The columns of the judged row's view that a search reads.
fn judged_columns(search: &Search) -> Vec<ColumnId> {
    let mut columns = read_by(search.on.iter().map(|(_, expr)| expr));
    columns.extend(search.view.extra.iter().filter_map(|extra| match extra {
        ViewColumn::Outer(id) => Some(*id),
        _ => None,
    }));
    columns
}

/// The columns of the judged row's view that a shape reads, ascending, each once.
pub(super) fn columns_of(shape: &Shape) -> Vec<ColumnId> {
    let mut columns = match shape {
        Shape::Check(condition) => condition.columns(),
        Shape::Equal(columns) => columns.clone(),
        Shape::Exists(searches) | Shape::NotExists(searches) => {
            searches.iter().flat_map(judged_columns).collect()
        }
        Shape::Within {
            search,
            at_least,
            at_most,
            ..
        } => {
            let mut columns = judged_columns(search);
            columns.extend(read_by(at_least.iter().chain(at_most)));
            columns
        }
        Shape::NoOverlap { by, from, to } => by.iter().chain([from, to]).copied().collect(),
        Shape::Unique { by, distinct } => by.iter().chain(distinct).copied().collect(),
        Shape::Sequence(sequence) => {
            let mut columns = read_by(sequence.next.iter().chain(&sequence.last));
            columns.extend(&sequence.by);
            columns.push(sequence.order);
            columns
        }
        _ => Vec::new(),
    };
    columns.sort_unstable();
    columns.dedup();
    columns
}
