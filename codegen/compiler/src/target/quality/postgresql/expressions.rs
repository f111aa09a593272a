//! A walk over the expressions that queries print.

use crate::model::{AssertionBody, Expr, Measure, Model, Requirement, Search, Sequence, Shape};

/// Shows every expression that a query of this target may hold.
pub(super) fn all<'m>(model: &'m Model, see: &mut dyn FnMut(&'m Expr)) {
    for table in model.tables() {
        table.checks.iter().for_each(|check| see(&check.expr));
        for column in &table.columns {
            if let Requirement::When(condition) = &column.requirement {
                see(condition);
            }
        }
    }
    of_rules(model, see);
}

/// Shows every expression of the rules and indicators.
pub(in crate::target::quality) fn of_rules<'m>(model: &'m Model, see: &mut dyn FnMut(&'m Expr)) {
    for assertion in model.rules().iter().flat_map(|rule| &rule.assertions) {
        if let AssertionBody::Rows(rule) = &assertion.body {
            rule.when.iter().for_each(&mut *see);
            of_shape(&rule.shape, see);
        }
    }
    for indicator in model.indicators() {
        indicator.when.iter().for_each(&mut *see);
        for shape in &indicator.keeps {
            of_shape(shape, see);
        }
    }
}

fn of_shape<'m>(shape: &'m Shape, see: &mut dyn FnMut(&'m Expr)) {
    match shape {
        Shape::Check(expr) => see(expr),
        Shape::Exists(searches) | Shape::NotExists(searches) => {
            searches.iter().for_each(|search| of_search(search, see));
        }
        Shape::Within {
            search,
            measure,
            at_least,
            at_most,
        } => {
            of_search(search, see);
            match measure {
                Measure::Count | Measure::Distinct(_) => {}
                Measure::Sum(value) => see(value),
                Measure::Average { value, weight } => {
                    see(value);
                    weight.iter().for_each(&mut *see);
                }
            }
            at_least.iter().chain(at_most).for_each(see);
        }
        Shape::Sequence(Sequence { next, last, .. }) => next.iter().chain(last).for_each(see),
        Shape::Equal(_) | Shape::NoOverlap { .. } | Shape::Unique { .. } => {}
    }
}

fn of_search<'m>(search: &'m Search, see: &mut dyn FnMut(&'m Expr)) {
    search.on.iter().for_each(|(_, value)| see(value));
    search.condition.iter().for_each(see);
}
