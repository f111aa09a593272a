//! Which judged rows break a shape: a query for each.
//!
//! Rows are never compared pairwise: what binds rows of one table to each other is a window, sorted
//! once, and what binds them to rows of other tables is a join by equality, which the server hashes.

use super::head::{Head, key_of, named};
use super::lines::Lines;
use super::scope::{self, Scope};
use super::search;
use crate::model::{
    BaseType, ColumnId, Expr, Model, Sequence, Shape, Table, ValueType, View, ViewColumn,
};
use crate::target::ddl::expr::{Names, Place};

/// The judged rows.
#[derive(Clone, Copy)]
pub(super) struct Judged<'a> {
    pub(super) scope: &'a Scope<'a>,
    pub(super) when: Option<&'a Expr>,
}

impl<'a> Judged<'a> {
    pub(super) fn table(self) -> &'a Table {
        self.scope.model.table(self.scope.view.table)
    }

    /// `head` of the judged rows that satisfy further conditions.
    pub(super) fn select(self, head: Head<'_>, from: Vec<Lines>, further: Vec<Lines>) -> Lines {
        let mut query = Lines::new();
        query.line(head.select(self.table(), &self.scope.key()));
        self.rows(&mut query, from, further);
        query
    }

    /// FROM and WHERE of the judged rows, with further joins and conditions.
    pub(super) fn rows(self, query: &mut Lines, joins: Vec<Lines>, further: Vec<Lines>) {
        query.block(0, self.scope.from("FROM "));
        for join in joins {
            query.block(1, join);
        }
        let mut conditions = self.scope.when(self.when);
        conditions.extend(further);
        query.filter(conditions);
    }

    /// How many rows are judged: a query of one number.
    pub(super) fn count(self) -> Lines {
        let mut query = Lines::new();
        query.line("SELECT count(*)");
        if self.when.is_none() {
            // Joins neither add rows nor take any away.
            let table = self.scope.model.table(self.scope.view.table);
            let name = crate::target::ddl::postgresql::qualified(self.scope.model, table);
            query.line(format!("FROM {name}"));
        } else {
            self.rows(&mut query, Vec::new(), Vec::new());
        }
        query
    }
}

/// The judged rows that break the shape.
pub(super) fn broken(judged: Judged<'_>, shape: &Shape, head: Head<'_>) -> Lines {
    match shape {
        Shape::Check(expr) => {
            let condition = judged.scope.print(expr, Place::Alone);
            judged.select(head, vec![], vec![format!("NOT ({condition})").into()])
        }
        Shape::Equal(columns) => judged.select(head, vec![], vec![differ(judged.scope, columns)]),
        Shape::Exists(searches) => search::none(judged, searches, head),
        Shape::NotExists(searches) => search::some(judged, searches, head),
        Shape::Within {
            search,
            measure,
            at_least,
            at_most,
        } => {
            let bounds = [at_least.as_ref(), at_most.as_ref()];
            search::outside(judged, search, measure, bounds, head)
        }
        Shape::NoOverlap { by, from, to } => overlapping(judged, by, (*from, *to), head),
        Shape::Unique { by, distinct } => repeated(judged, by, *distinct, head),
        Shape::Sequence(sequence) => disordered(judged, sequence, head),
    }
}

/// Two of the columns are there and differ.
fn differ(scope: &Scope<'_>, columns: &[ColumnId]) -> Lines {
    let mut pairs = Vec::new();
    for (place, one) in columns.iter().enumerate() {
        for other in columns.iter().skip(place + 1) {
            pairs.push(format!(
                "{} <> {}",
                scope.column(*one),
                scope.column(*other)
            ));
        }
    }
    Lines::from(match pairs.as_slice() {
        [] => "FALSE".to_owned(),
        [one] => one.clone(),
        _ => format!("({})", pairs.join(" OR ")),
    })
}

/// Conditions that the columns are there.
fn present(scope: &Scope<'_>, columns: &[ColumnId]) -> Vec<Lines> {
    columns
        .iter()
        .map(|id| format!("{} IS NOT NULL", scope.column(*id)).into())
        .collect()
}

fn partition(scope: &Scope<'_>, by: &[ColumnId]) -> String {
    let by: Vec<String> = by.iter().map(|id| scope.column(*id)).collect();
    format!("PARTITION BY {}", by.join(", "))
}

/// A value that rows are put in order by: texts by their bytes, as nowhere a locale decides.
fn ordered(base: BaseType, sql: &str) -> String {
    match base.is_text() {
        true => format!("{sql} COLLATE \"C\""),
        false => sql.to_owned(),
    }
}

/// The primary key as the last part of an order.
fn key_order(scope: &Scope<'_>) -> Vec<String> {
    let table = scope.model.table(scope.view.table);
    let key = table.primary_key.iter().zip(scope.key());
    key.map(|(id, sql)| ordered(table.column(*id).ty.base, &sql))
        .collect()
}

/// A query around one with [`Head::Key`]: the rows of `inner` that satisfy `condition`.
pub(super) fn around(table: &Table, inner: Lines, condition: Vec<Lines>, head: Head<'_>) -> Lines {
    let mut query = Lines::new();
    query
        .line(head.select(table, &key_of("q", table)))
        .line("FROM (")
        .block(1, inner)
        .line(") AS q")
        .filter(condition);
    query
}

/// Rows whose `by` others have too, or whose set has different values of `distinct`.
fn repeated(
    judged: Judged<'_>,
    by: &[ColumnId],
    distinct: Option<ColumnId>,
    head: Head<'_>,
) -> Lines {
    let scope = judged.scope;
    let key = named(&scope.key());
    let mut inner = Lines::new();
    let condition = match distinct {
        None => {
            inner.line(format!("SELECT {key}, count(*) OVER w AS amount"));
            "q.amount > 1"
        }
        Some(id) => {
            let value = comparable(scope.base(id), &scope.column(id));
            inner.line(format!(
                "SELECT {key}, min({value}) OVER w AS least, max({value}) OVER w AS greatest"
            ));
            "q.least <> q.greatest"
        }
    };
    judged.rows(&mut inner, vec![], present(scope, by));
    inner.line(format!("WINDOW w AS ({})", partition(scope, by)));
    around(
        judged.table(),
        inner,
        vec![condition.to_owned().into()],
        head,
    )
}

/// A value that `min` and `max` take: neither takes booleans or UUIDs.
fn comparable(base: BaseType, sql: &str) -> String {
    match base.value_type() {
        ValueType::Boolean | ValueType::Uuid => format!("{sql}::text COLLATE \"C\""),
        _ => ordered(base, sql),
    }
}

/// Rows whose period has a moment in common with that of another row of the same `by`.
///
/// In order of their beginnings, a period meets one before it when the latest end among those is
/// behind its beginning, and one after it when the next beginning is before its end. Periods without
/// any moment (the end before the beginning) are left out: they meet none.
fn overlapping(
    judged: Judged<'_>,
    by: &[ColumnId],
    (from, to): (ColumnId, ColumnId),
    head: Head<'_>,
) -> Lines {
    let scope = judged.scope;
    let (earliest, latest) = match scope.base(from) {
        BaseType::Time(_) => ("TIME '00:00:00'", "TIME '24:00:00'"),
        BaseType::Date => ("DATE '-infinity'", "DATE 'infinity'"),
        _ => ("TIMESTAMP '-infinity'", "TIMESTAMP 'infinity'"),
    };
    // The last moment belongs to the period for dates only.
    let (not_after, not_before) = match scope.base(from) {
        BaseType::Date => ("<=", ">="),
        _ => ("<", ">"),
    };
    let start = format!("COALESCE({}, {earliest})", scope.column(from));
    let end = format!("COALESCE({}, {latest})", scope.column(to));
    let mut inner = Lines::new();
    inner
        .line(format!("SELECT {},", named(&scope.key())))
        .block(
            1,
            Lines::from(format!("{start} AS period_start, {end} AS period_end,")),
        )
        .block(
            1,
            Lines::from(format!(
                "max({end}) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS end_before,"
            )),
        )
        .block(1, Lines::from(format!("lead({start}) OVER w AS next_start")));
    let mut conditions = present(scope, by);
    conditions.push(format!("{start} {not_after} {end}").into());
    judged.rows(&mut inner, vec![], conditions);
    let mut order = vec![start];
    order.extend(key_order(scope));
    inner.line(format!(
        "WINDOW w AS ({} ORDER BY {})",
        partition(scope, by),
        order.join(", ")
    ));
    let condition = format!(
        "(q.end_before {not_before} q.period_start OR q.next_start {not_after} q.period_end)"
    );
    around(judged.table(), inner, vec![condition.into()], head)
}

/// Rows that do not follow the one before them, or may not be the last.
fn disordered(judged: Judged<'_>, sequence: &Sequence, head: Head<'_>) -> Lines {
    let scope = judged.scope;
    let step = Step { scope };
    let mut values = Vec::new();
    for expr in [&sequence.next, &sequence.last].into_iter().flatten() {
        values.extend(expr.columns());
    }
    values.sort_unstable();
    values.dedup();
    let mut list = vec![named(&scope.key())];
    for id in values {
        match scope.view.extra_of(id) {
            Some(ViewColumn::Now) => {}
            Some(ViewColumn::Previous(before)) => list.push(format!(
                "lag({}) OVER w AS {}",
                scope.column(*before),
                Step::name(id)
            )),
            _ => list.push(format!("{} AS {}", scope.column(id), Step::name(id))),
        }
    }
    let mut broken = Vec::new();
    if let Some(next) = &sequence.next {
        list.push("lag(TRUE) OVER w AS follows".into());
        let next = scope::print(scope.model, &step, next, Place::Alone);
        broken.push(format!("q.follows AND NOT ({next})"));
    }
    if let Some(last) = &sequence.last {
        list.push("lead(TRUE) OVER w AS precedes".into());
        let last = scope::print(scope.model, &step, last, Place::Alone);
        broken.push(format!("q.precedes IS NULL AND NOT ({last})"));
    }
    let mut inner = Lines::new();
    inner.line(format!("SELECT {}", list.join(", ")));
    let mut conditions = present(scope, &sequence.by);
    conditions.extend(present(scope, &[sequence.order]));
    judged.rows(&mut inner, vec![], conditions);
    let mut order = vec![ordered(
        scope.base(sequence.order),
        &scope.column(sequence.order),
    )];
    order.extend(key_order(scope));
    inner.line(format!(
        "WINDOW w AS ({} ORDER BY {})",
        partition(scope, &sequence.by),
        order.join(", ")
    ));
    let condition = match broken.as_slice() {
        [] => "FALSE".to_owned(),
        [one] => one.clone(),
        _ => format!("({})", broken.join(" OR ")),
    };
    around(judged.table(), inner, vec![condition.into()], head)
}

/// The columns of a sequence as the query around the window sees them.
struct Step<'a> {
    scope: &'a Scope<'a>,
}

impl Step<'_> {
    fn name(id: ColumnId) -> String {
        format!("c{}", id.index())
    }
}

impl Names for Step<'_> {
    fn column(&self, id: ColumnId) -> String {
        let view: &View = self.scope.view;
        match view.extra_of(id) {
            Some(ViewColumn::Now) => scope::now(self.model()),
            _ => format!("q.{}", Step::name(id)),
        }
    }

    fn base(&self, id: ColumnId) -> BaseType {
        self.scope.base(id)
    }

    fn today(&self) -> String {
        scope::today(self.model())
    }

    fn guards_doubles(&self) -> bool {
        true
    }
}

impl Step<'_> {
    fn model(&self) -> &Model {
        self.scope.model
    }
}
