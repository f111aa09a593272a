//! Quality: the rules and indicators of the model for people and for databases.
//!
//! ```text
//! model ──► check         what the files and views cannot be called (E074x)
//!       ──► document      rules.json (rules.schema.json says its shape), indicators.json
//!       ──► table         rules.csv, a line for each assertion
//!       └─► postgresql    a query for each assertion and indicator, and views over all of them
//! ```

mod check;
pub mod postgresql;

use super::Target;
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
        postgresql::emit(model, "quality/postgresql", out);
    }
}
