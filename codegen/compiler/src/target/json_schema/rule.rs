//! Rules over several columns of a row: checks and conditional requirements. Each is either said
//! exactly by a schema under `allOf`, or only told in `x-checks` with `"expressed": false`.

use serde_json::{Value, json};

use super::expr::{check_schema, condition_schema};
use super::{form, schema};
use crate::model::expr::text::text;
use crate::model::{CheckSeverity, Requirement, Table};

/// The rules of a table.
pub(super) struct Rules {
    /// Schemas of the row that all must hold.
    pub(super) schemas: Vec<Value>,
    /// Every rule with its text, expressed or not.
    pub(super) told: Vec<Value>,
}

/// Collects the rules of a table: conditional requirements by column, then the checks.
pub(super) fn rules(table: &Table) -> Rules {
    let mut rules = Rules {
        schemas: Vec::new(),
        told: Vec::new(),
    };
    for column in &table.columns {
        let Requirement::When(condition) = &column.requirement else {
            continue;
        };
        let met = condition_schema(table, condition);
        rules.told.push(json!({
            "kind": "required-when",
            "column": column.name,
            "severity": "error",
            "expression": text(table, condition),
            "expressed": met.is_some(),
        }));
        if let Some(met) = met {
            let value = json!({ "type": form::json_type(column.ty.base) });
            rules.schemas.push(json!({
                "x-required-when": column.name,
                "if": met,
                "then": schema::present(&column.name, value),
            }));
        }
    }
    for check in &table.checks {
        // A warning marks a row that databases take: a schema must take it too.
        let (severity, kept) = match check.severity {
            CheckSeverity::Error => ("error", check_schema(table, &check.expr)),
            CheckSeverity::Warning => ("warning", None),
        };
        rules.told.push(json!({
            "kind": "check",
            "code": check.code,
            "title": check.title,
            "severity": severity,
            "expression": text(table, &check.expr),
            "expressed": kept.is_some(),
        }));
        if let Some(kept) = kept {
            rules.schemas.push(named(&check.code, &check.title, kept));
        }
    }
    rules
}

/// Ties a schema to the check that it says, so that whoever meets it in an error knows the rule.
fn named(code: &str, title: &str, kept: Value) -> Value {
    let head = [
        ("x-check", Value::from(code)),
        ("title", Value::from(title)),
    ];
    match kept {
        Value::Object(keywords) => {
            let mut named = schema::object(head);
            if let Value::Object(map) = &mut named {
                map.extend(keywords);
            }
            named
        }
        constant => schema::object(head.into_iter().chain([("allOf", json!([constant]))])),
    }
}
