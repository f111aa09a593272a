//! Coverage of the norms: for every clause what carries it, for every kind of information its tables,
//! what is carried by inference only, what no clause demands.
//!
//! ```text
//! Model ──► coverage::Coverage (facts) ──► coverage.json ──► index.html (template over the JSON)
//!                                      └─► clauses.csv, kinds.csv
//! ```
//!
//! What carries a clause is defined in [`crate::coverage`]; the command refuses a model that leaves a
//! clause without a carrier which must have one, so this target has nothing to check.

mod csv;
mod json;
mod page;

use serde_json::Value;

use super::{Target, header};
use crate::artifacts::Artifacts;
use crate::coverage::Coverage as Facts;
use crate::diagnostic::{Report, Text};
use crate::model::Model;
use crate::text;

const SCHEMA: &str = include_str!("coverage/coverage.schema.json");

/// The target `coverage`.
pub struct Coverage;

impl Target for Coverage {
    fn id(&self) -> &'static str {
        "coverage"
    }

    fn about(&self) -> Text {
        text!(
            "what carries each clause and each kind of information: a page, JSON and CSV",
            "что несёт каждый пункт норм и вид сведений: страница, JSON и CSV"
        )
    }

    fn folder(&self) -> &'static str {
        "coverage"
    }

    fn check(&self, _: &Model, _: &mut Report) {}

    fn emit(&self, model: &Model, out: &mut Artifacts) {
        let folder = self.folder();
        let mut add = |name: &str, content: String| out.add(format!("{folder}/{name}"), content);
        let generated = header(model);
        let facts = Facts::of(model);
        let json = json::json(model, &facts, &generated);
        add("coverage.json", format!("{json:#}\n"));
        let comment = Value::from(generated.as_str()).to_string();
        add(
            "coverage.schema.json",
            SCHEMA.replacen("\"@generated\"", &comment, 1),
        );
        add("clauses.csv", csv::clauses(&facts));
        add("kinds.csv", csv::kinds(model, &facts));
        // The template is this target's own and filled in by its tests, so it does not fail.
        if let Ok(page) = page::page(&json) {
            add("index.html", page);
        }
    }
}

#[cfg(test)]
mod tests;
