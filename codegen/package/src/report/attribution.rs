//! Which rule of the model speaks of a finding, and what that makes of its weight.

use vitrina_codegen::model::{CheckSeverity, Metric, Model};

use crate::code;
use crate::{Area, Code, GroupKey};

/// What is said of a group of findings beside what its code says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attributed {
    /// Codes of the rules and row checks that speak of it, the one that gives the weight first.
    pub rules: Vec<String>,
    /// Its weight.
    pub severity: CheckSeverity,
    /// The metric that it counts for.
    pub metric: Option<Metric>,
}

/// Says which rule of the model speaks of a finding.
pub trait Attribute<'m> {
    /// The rules, the weight and the metric of a group.
    fn attribute(&self, key: &GroupKey<'m>) -> Attributed;
}

/// By the rule or row check that the group itself names, else by the code.
#[derive(Debug, Clone, Copy)]
pub struct ByModel<'m>(pub &'m Model);

impl<'m> Attribute<'m> for ByModel<'m> {
    fn attribute(&self, key: &GroupKey<'m>) -> Attributed {
        let own = key.rule.and_then(|rule| named(self.0, key, rule));
        let (severity, metric) = own.unwrap_or((key.code.severity(), default_metric(key.code)));
        Attributed {
            rules: key.rule.into_iter().map(str::to_owned).collect(),
            severity,
            metric,
        }
    }
}

/// Weight and metric of a row check of the group's table or of an assertion.
fn named(model: &Model, key: &GroupKey<'_>, name: &str) -> Option<(CheckSeverity, Option<Metric>)> {
    if key.code == code::ROW_CHECK {
        let check = model
            .table(key.table?)
            .checks
            .iter()
            .find(|check| check.code == name)?;
        return Some((check.severity, default_metric(key.code)));
    }
    let rule = model.find_rule(name)?;
    let assertion = rule.assertions.iter().find(|one| one.code == name);
    let severity = assertion.map_or(rule.severity, |one| one.severity);
    Some((severity, Some(rule.metric)))
}

/// The metric that findings of a code count for when no rule of the model speaks of them.
pub fn default_metric(of: Code) -> Option<Metric> {
    Some(match of {
        code::REQUIRED | code::REQUIRED_WHEN => Metric::Completeness,
        _ => match of.area() {
            Area::Package => return None,
            Area::File | Area::Row | Area::Field => Metric::Format,
            Area::Check | Area::Rule => Metric::Consistency,
            Area::Key => Metric::Uniqueness,
            Area::Reference => Metric::Linkage,
        },
    })
}
