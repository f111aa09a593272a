//! An indicator as one query: `numerator`, `denominator`, `ratio`.
//!
//! The rows that break one of the shapes come from the same queries that rules are made of; the
//! numerator is the population without them.

use super::head::{Head, named};
use super::lines::Lines;
use super::scope::Scope;
use super::shape::{self, Judged};
use crate::model::{Indicator, Model};
use crate::target::ddl::expr::Names;
use crate::target::ddl::text;

/// One row: `code`, `numerator`, `denominator`, `ratio` (null when nothing is counted).
pub(super) fn query(model: &Model, indicator: &Indicator) -> Lines {
    let scope = Scope::judged(model, &indicator.view);
    let judged = Judged {
        scope: &scope,
        when: indicator.when.as_ref(),
    };
    let mut population = Lines::new();
    let mut list = named(&scope.key());
    if let Some(id) = indicator.distinct {
        list.push_str(&format!(", {} AS counted", scope.column(id)));
    }
    population.line(format!("SELECT {list}"));
    judged.rows(&mut population, vec![], vec![]);

    let mut broken = Lines::new();
    for (place, shape) in indicator.keeps.iter().enumerate() {
        if place > 0 {
            broken.line("UNION ALL");
        }
        broken.block(0, shape::broken(judged, shape, Head::Key));
    }
    let equal: Vec<String> = (1..=scope.key().len())
        .map(|n| format!("b.k{n} = p.k{n}"))
        .collect();
    let counted = match indicator.distinct {
        Some(_) => "count(DISTINCT p.counted)",
        None => "count(*)",
    };
    let mut kept = Lines::new();
    kept.line(format!(
        "SELECT {counted} FILTER (WHERE NOT p.broken) AS numerator, {counted} AS denominator"
    ))
    .line("FROM (");
    let mut marked = Lines::new();
    marked
        .line("SELECT p.*, b.k1 IS NOT NULL AS broken")
        .line("FROM (")
        .block(1, population)
        .line(") AS p")
        .line("LEFT JOIN (");
    let mut once = Lines::new();
    once.line("SELECT DISTINCT * FROM (")
        .block(1, broken)
        .line(") AS every");
    marked
        .block(1, once)
        .line(format!(") AS b ON {}", equal.join(" AND ")));
    kept.block(1, marked).line(") AS p");

    let code = text::literal(&indicator.code);
    let mut query = Lines::new();
    query
        .line(format!(
            "SELECT {code} AS code, i.numerator, i.denominator,"
        ))
        .block(
            1,
            Lines::from(
                "i.numerator::double precision / NULLIF(i.denominator, 0) AS ratio".to_owned(),
            ),
        )
        .line("FROM (")
        .block(1, kept)
        .line(") AS i");
    query
}
