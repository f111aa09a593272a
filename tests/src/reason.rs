//! Why a row is refused, in one vocabulary for the model and for validators of JSON Schema.
//!
//! ```text
//! verdict (rules of the model) ─┐
//! jsonschema (errors)           ├─► set of reasons, equal for the same row
//! ajv (errors)                  ┘
//! ```
//!
//! A keyword of a schema says less than a rule of the model, so both are taken to what they share:
//!
//! | reason    | rules of the model                 | what fails at the place of the column            |
//! |-----------|------------------------------------|--------------------------------------------------|
//! | `missing` | `Required`                         | any keyword, of null, of an empty text, `required` |
//! | `type`    | `Type`                             | any keyword, where the base type is no text      |
//! | `list`    | `List`, and forms of closed lists  | any keyword, where the column has a closed list  |
//! | `length`  | `Length`                           | `minLength`, `maxLength`                         |
//! | `form`    | `Pattern`, `Control`               | `pattern`, `format`                              |
//! | `when`    | `RequiredWhen`                     | a schema under `allOf` with `x-required-when`    |
//! | `check`   | `Check`, where `expressed` is true | a schema under `allOf` with `x-check`            |
//!
//! `CheckDigit`, keys, references and checks that are not expressed give no reason: JSON Schema
//! cannot say them.

use std::collections::BTreeSet;

use serde_json::Value;
use vitrina_codegen::model::eval::{Rule, Violation};
use vitrina_codegen::model::{Column, Model, Table};

/// Where a row is refused and why: `late_minutes type`, `check attendance.late`.
pub type Reasons = BTreeSet<String>;

/// One error of a validator, as every validator can tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// JSON Pointer of the value inside the row.
    pub instance: String,
    /// JSON Pointer of the keyword, inside the row's schema or one that it refers to.
    pub schema: String,
    /// The keyword.
    pub keyword: String,
    /// `required`: the missing property; `additionalProperties`: the one too many.
    pub property: Option<String>,
}

impl Refusal {
    /// The error as one of the row at `prefix` inside a package, where the schema of the row is the
    /// definition `table`; `None` if it is another row's.
    pub fn inside(&self, prefix: &str, table: &str) -> Option<Refusal> {
        let instance = self.instance.strip_prefix(prefix)?;
        if !instance.is_empty() && !instance.starts_with('/') {
            return None;
        }
        let own = format!("/$defs/{table}/");
        let schema = match self.schema.strip_prefix(&own) {
            Some(inside) => format!("/{inside}"),
            None => self.schema.clone(),
        };
        Some(Refusal {
            instance: instance.to_owned(),
            schema,
            ..self.clone()
        })
    }
}

/// A schema and what it is to judge.
#[derive(Debug)]
pub struct Job {
    /// The schema.
    pub schema: Value,
    /// What to judge.
    pub instances: Vec<Value>,
}

/// What a validator says: by job, by instance, the errors; none for what is accepted.
pub type Judged = Vec<Vec<Vec<Refusal>>>;

/// The reasons of rules, as far as JSON Schema can say them.
pub fn of_rules(model: &Model, table: &Table, schema: &Value, broken: &[Violation]) -> Reasons {
    let reasons = broken.iter().filter_map(|violation| {
        let column = violation.column.map(|id| table.column(id));
        let family = match (&violation.rule, column) {
            (Rule::Check(code), _) => {
                return is_expressed(schema, code).then(|| format!("check {code}"));
            }
            (Rule::RequiredWhen, Some(column)) => return Some(format!("when {}", column.name)),
            (Rule::Required, Some(_)) => "missing",
            (
                Rule::Type | Rule::Length | Rule::Pattern | Rule::Control | Rule::List,
                Some(column),
            ) if has_list(model, column) => "list",
            (Rule::Type, Some(_)) => "type",
            (Rule::Length, Some(_)) => "length",
            (Rule::Pattern | Rule::Control, Some(_)) => "form",
            _ => return None,
        };
        Some(format!("{} {family}", column?.name))
    });
    reasons.collect()
}

/// The reasons of a validator's errors about `row`.
///
/// # Errors
/// An error that the vocabulary has no word for.
pub fn of_refusals(
    model: &Model,
    table: &Table,
    schema: &Value,
    row: &Value,
    refusals: &[Refusal],
) -> Result<Reasons, String> {
    let mut reasons = Reasons::new();
    for refusal in refusals {
        if let Some(reason) = of_refusal(model, table, schema, row, refusal)? {
            reasons.insert(reason);
        }
    }
    Ok(reasons)
}

fn of_refusal(
    model: &Model,
    table: &Table,
    schema: &Value,
    row: &Value,
    refusal: &Refusal,
) -> Result<Option<String>, String> {
    let unknown = || format!("no word for {refusal:?}");
    let mut path = refusal.schema.split('/').skip(1);
    // The schema of the row itself: a definition's `allOf` lies below `$defs`.
    if path.next() == Some("allOf") {
        let at = path.next().and_then(|at| at.parse::<usize>().ok());
        let rule = at
            .and_then(|at| schema["allOf"].get(at))
            .ok_or_else(unknown)?;
        if let Some(code) = rule.get("x-check").and_then(Value::as_str) {
            return Ok(Some(format!("check {code}")));
        }
        let column = rule.get("x-required-when").and_then(Value::as_str);
        return column
            .map(|column| Some(format!("when {column}")))
            .ok_or_else(unknown);
    }
    if refusal.keyword == "required" {
        let property = refusal.property.as_ref().ok_or_else(unknown)?;
        return Ok(Some(format!("{property} missing")));
    }
    let name = refusal.instance.strip_prefix('/').ok_or_else(unknown)?;
    let column = table.find_column(name).ok_or_else(unknown)?;
    // The branch for null of a value that may lack: its refusal says nothing of the value, nor do
    // the words that only pass on what another said.
    let null_branch = format!("/properties/{name}/anyOf/1/type");
    if refusal.schema.ends_with(&null_branch)
        || matches!(refusal.keyword.as_str(), "anyOf" | "$ref" | "allOf")
    {
        return Ok(None);
    }
    let value = row.get(name).unwrap_or(&Value::Null);
    let family = if value.is_null() || value == "" {
        "missing"
    } else if has_list(model, column) {
        "list"
    } else if !column.ty.base.is_text() {
        "type"
    } else {
        match refusal.keyword.as_str() {
            "minLength" | "maxLength" => "length",
            "pattern" | "format" => "form",
            _ => return Err(unknown()),
        }
    };
    Ok(Some(format!("{name} {family}")))
}

fn has_list(model: &Model, column: &Column) -> bool {
    model.closed_list_of(&column.ty).is_some()
}

/// What a schema tells of a check: whether it says it.
fn is_expressed(schema: &Value, code: &str) -> bool {
    told(schema).any(|told| told["code"] == code && told["expressed"] == true)
}

/// Every rule that a schema tells of.
pub fn told(schema: &Value) -> impl Iterator<Item = &Value> {
    let told = schema.get("x-checks").and_then(Value::as_array);
    told.into_iter().flatten()
}
