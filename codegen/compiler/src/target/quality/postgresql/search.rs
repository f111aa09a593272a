//! Shapes that look for rows of another table (or of the same one): EXISTS, and measures of what is
//! found.
//!
//! A search is printed so that the server may hash it by its equalities: EXISTS and NOT EXISTS stand
//! alone beside AND, which makes them semi-joins and anti-joins; a measure that does not depend on the
//! judged row is computed once for each value of the searched columns and then joined; one that does
//! is computed over a join, grouped by the judged row.

use super::head::{Head, named};
use super::lines::Lines;
use super::scope::Scope;
use super::shape::{Judged, around};
use crate::model::{Expr, ExprKind, Literal, Measure, Search, ValueType, ViewColumn};
use crate::target::ddl::expr::{Names, Place};

/// Rows for which none of the searches finds a row.
pub(super) fn none(judged: Judged<'_>, searches: &[Search], head: Head<'_>) -> Lines {
    let searches = searches.iter();
    let conditions = searches.map(|search| exists(judged.scope, search, "NOT EXISTS ("));
    judged.select(head, vec![], conditions.collect())
}

/// Rows for which one of the searches finds a row.
pub(super) fn some(judged: Judged<'_>, searches: &[Search], head: Head<'_>) -> Lines {
    let one = |search, head| {
        let condition = exists(judged.scope, search, "EXISTS (");
        judged.select(head, vec![], vec![condition])
    };
    match searches {
        [search] => one(search, head),
        _ => {
            // Each search by itself: OR between two EXISTS would be tried for every row.
            let mut inner = Lines::new();
            for (place, search) in searches.iter().enumerate() {
                if place > 0 {
                    inner.line("UNION");
                }
                inner.block(0, one(search, Head::Key));
            }
            around(judged.table(), inner, vec![], head)
        }
    }
}

/// `EXISTS (SELECT … )`
fn exists(outer: &Scope<'_>, search: &Search, word: &str) -> Lines {
    let scope = outer.searched(&search.view);
    let conditions = bindings(outer, &scope, search);
    let mut inner = Lines::new();
    inner
        .line("SELECT 1")
        .block(0, scope.from("FROM "))
        .filter(conditions);
    let mut lines = Lines::from(word.to_owned());
    lines.block(1, inner).line(")");
    lines
}

/// What a found row satisfies: the equalities and the condition.
fn bindings(outer: &Scope<'_>, scope: &Scope<'_>, search: &Search) -> Vec<Lines> {
    let equal = search.on.iter().map(|(column, value)| {
        let value = outer.print(value, Place::Operand);
        Lines::from(format!("{} = {value}", scope.column(*column)))
    });
    let condition = search.condition.iter().map(|expr| scope.conjunct(expr));
    equal.chain(condition).collect()
}

/// Whether the search's own expressions name columns of the judged row.
fn looks_out(search: &Search) -> bool {
    let mut extra = search.view.extra.iter();
    extra.any(|column| matches!(column, ViewColumn::Outer(_)))
}

/// Rows for which the measure of what is found is not within the bounds.
pub(super) fn outside(
    judged: Judged<'_>,
    search: &Search,
    measure: &Measure,
    bounds: [Option<&Expr>; 2],
    head: Head<'_>,
) -> Lines {
    let double = match measure {
        Measure::Count | Measure::Distinct(_) => false,
        Measure::Sum(value) => value.ty == ValueType::Double,
        Measure::Average { .. } => true,
    };
    let [at_least, at_most] =
        bounds.map(|bound| bound.map(|it| Bound::new(judged.scope, it, double)));
    let edges: Vec<(&str, &Bound)> = [("at_least", &at_least), ("at_most", &at_most)]
        .into_iter()
        .filter_map(|(name, bound)| Some((name, bound.as_ref()?)))
        .collect();
    let columns: Vec<String> = edges
        .iter()
        .filter(|(_, bound)| !bound.constant)
        .map(|(name, bound)| format!("{} AS {name}", bound.sql))
        .collect();
    let inner = match looks_out(search) {
        true => measured_beside(judged, search, measure, columns),
        false => measured_before(judged, search, measure, columns),
    };
    let broken: Vec<String> = edges
        .iter()
        .map(|(name, bound)| bound.missed(name))
        .collect();
    let mut conditions = Vec::new();
    if double {
        // What leaves the finite doubles is no measure.
        conditions.push(Lines::from("abs(q.measure) < 1.8e308".to_owned()));
    }
    conditions.push(match broken.as_slice() {
        [one] => one.clone().into(),
        _ => format!("({})", broken.join(" OR ")).into(),
    });
    around(judged.table(), inner, conditions, head)
}

/// A bound of a measure.
struct Bound {
    sql: String,
    constant: bool,
    /// Whether it or the measure is a double. Both are compared as `numeric` then.
    double: bool,
}

impl Bound {
    fn new(outer: &Scope<'_>, expr: &Expr, measures_double: bool) -> Bound {
        let double = measures_double || expr.ty == ValueType::Double;
        let (sql, constant) = match &expr.kind {
            ExprKind::Literal(Literal::Integer(number)) => (number.to_string(), true),
            ExprKind::Literal(Literal::Double(number)) => (format!("{number:?}"), true),
            _ if double => (outer.print(expr, Place::Numeric), false),
            _ => (outer.print(expr, Place::Alone), false),
        };
        Bound {
            sql,
            constant,
            double,
        }
    }

    /// The measure lies beyond the bound called `name`; a null on either side binds nothing. Doubles
    /// may miss it by what the order of rows does to the last digits of a sum.
    fn missed(&self, name: &str) -> String {
        let least = name == "at_least";
        let bound = match self.constant {
            true => self.sql.clone(),
            false => format!("q.{name}"),
        };
        let slack = match self.double {
            true => format!(
                " {} 1e-9 * greatest(1, abs({bound}))",
                if least { "-" } else { "+" }
            ),
            false => String::new(),
        };
        let sign = if least { "<" } else { ">" };
        format!("q.measure {sign} {bound}{slack}")
    }
}

/// The measure for each value of the searched columns, then joined: keys, bounds and measure of
/// every judged row.
fn measured_before(
    judged: Judged<'_>,
    search: &Search,
    measure: &Measure,
    bounds: Vec<String>,
) -> Lines {
    let outer = judged.scope;
    let scope = outer.searched(&search.view);
    let keys: Vec<String> = search.on.iter().map(|(id, _)| scope.column(*id)).collect();
    let mut list: Vec<String> = Vec::new();
    if !keys.is_empty() {
        list.push(named(&keys));
    }
    list.push(format!("{} AS measure", measured(&scope, measure, None)));
    let mut found = Lines::new();
    found
        .line(format!("SELECT {}", list.join(", ")))
        .block(0, scope.from("FROM "))
        .filter(scope.when(search.condition.as_ref()));
    let mut join = Lines::new();
    if keys.is_empty() {
        join.line("CROSS JOIN (").block(1, found).line(") AS m");
    } else {
        found.line(format!("GROUP BY {}", keys.join(", ")));
        let equal: Vec<String> = (search.on.iter().zip(1..))
            .map(|((_, value), n)| format!("m.k{n} = {}", outer.print(value, Place::Operand)))
            .collect();
        join.line("LEFT JOIN (")
            .block(1, found)
            .line(format!(") AS m ON {}", equal.join(" AND ")));
    }
    // Rows that find nothing have no row of measures.
    let value = match measure {
        Measure::Average { .. } => "m.measure",
        Measure::Count | Measure::Distinct(_) | Measure::Sum(_) => "COALESCE(m.measure, 0)",
    };
    let mut list = vec![named(&outer.key())];
    list.extend(bounds);
    list.push(format!("{value} AS measure"));
    let mut query = Lines::from(format!("SELECT {}", list.join(", ")));
    judged.rows(&mut query, vec![join], vec![]);
    query
}

/// The measure over a join of judged and found rows: keys, bounds and measure of every judged row.
fn measured_beside(
    judged: Judged<'_>,
    search: &Search,
    measure: &Measure,
    bounds: Vec<String>,
) -> Lines {
    let outer = judged.scope;
    let scope = outer.searched(&search.view);
    // A judged row that finds nothing stands beside a row of nulls, which is none.
    let found = scope.key().first().map(|key| format!("{key} IS NOT NULL"));
    let groups = outer.key().len() + bounds.len();
    let mut list = vec![named(&outer.key())];
    list.extend(bounds);
    let measure = measured(&scope, measure, found.as_deref());
    list.push(format!("{measure} AS measure"));
    let mut join = Lines::new();
    if scope.joins() {
        join.line("LEFT JOIN (").block(1, scope.from("")).line(")");
    } else {
        join.block(0, scope.from("LEFT JOIN "));
    }
    let mut conditions = Lines::new();
    conditions.joined(" ON ", 1, bindings(outer, &scope, search));
    if conditions.is_empty() {
        conditions.line(" ON TRUE");
    }
    join.append(conditions);
    let mut query = Lines::from(format!("SELECT {}", list.join(", ")));
    judged.rows(&mut query, vec![join], vec![]);
    let places: Vec<String> = (1..=groups).map(|n| n.to_string()).collect();
    query.line(format!("GROUP BY {}", places.join(", ")));
    query
}

/// The aggregate of a measure, over the rows that satisfy `found`.
fn measured(scope: &Scope<'_>, measure: &Measure, found: Option<&str>) -> String {
    let filter = |further: Option<String>| {
        let parts: Vec<String> = found
            .map(str::to_owned)
            .into_iter()
            .chain(further)
            .collect();
        match parts.is_empty() {
            true => String::new(),
            false => format!(" FILTER (WHERE {})", parts.join(" AND ")),
        }
    };
    match measure {
        Measure::Count => format!("count(*){}", filter(None)),
        Measure::Distinct(id) => {
            format!("count(DISTINCT {}){}", scope.column(*id), filter(None))
        }
        Measure::Sum(value) => format!(
            "COALESCE(sum({}){}, 0)",
            scope.print(value, Place::Numeric),
            filter(None)
        ),
        Measure::Average {
            value,
            weight: None,
        } => {
            let value = scope.print(value, Place::Numeric);
            let filter = filter(None);
            format!("sum({value}){filter} / NULLIF(count({value}){filter}, 0)")
        }
        Measure::Average {
            value,
            weight: Some(weight),
        } => {
            let present = filter(Some(format!(
                "{} IS NOT NULL",
                scope.print(value, Place::Operand)
            )));
            let value = scope.print(value, Place::Numeric);
            let weight = scope.print(weight, Place::Numeric);
            let found = filter(None);
            format!("sum({value} * {weight}){found} / NULLIF(sum({weight}){present}, 0)")
        }
    }
}
