//! Quality: the rules and indicators of the model for people and for databases.
//!
//! ```text
//! model ──► check         what the files and views cannot be called (E074x)
//!       ──► document      rules.json (rules.schema.json says its shape), indicators.json
//!       ──► sheet         rules.csv, a line for each statement
//!       └─► postgresql    a query for each assertion and indicator, and views over all of them
//! ```

mod check;
mod document;
pub mod postgresql;
mod sheet;

use serde_json::Value;

use super::{Target, header};
use crate::artifacts::Artifacts;
use crate::diagnostic::{Report, Text};
use crate::model::Model;
use crate::text;

/// The target `quality`.
pub struct Quality;

impl Target for Quality {
    fn id(&self) -> &'static str {
        "quality"
    }

    fn about(&self) -> Text {
        text!(
            "rules of quality and indicators: JSON, CSV, queries for PostgreSQL 15+",
            "правила качества и показатели: JSON, CSV, запросы для PostgreSQL 15+"
        )
    }

    fn folder(&self) -> &'static str {
        "quality"
    }

    fn check(&self, model: &Model, report: &mut Report) {
        check::check(model, report);
    }

    fn emit(&self, model: &Model, out: &mut Artifacts) {
        out.add("quality/rules.json", pretty(&document::rules(model)));
        out.add(
            "quality/indicators.json",
            pretty(&document::indicators(model)),
        );
        let comment = Value::from(header(model)).to_string();
        out.add(
            "quality/rules.schema.json",
            document::SCHEMA.replacen("\"@generated\"", &comment, 1),
        );
        out.add("quality/rules.csv", sheet::csv(model));
        postgresql::emit(model, "quality/postgresql", out);
    }
}

/// Two spaces, every character as it is, a line feed at the end.
fn pretty(value: &Value) -> Vec<u8> {
    format!("{value:#}\n").into_bytes()
}

#[cfg(test)]
mod tests;
