//! DDL: the showcase as tables of PostgreSQL (15 and later) and of Prostore (5.5 and 7).
//!
//! ```text
//! model ──► check        names and sizes that one of the databases refuses (E06xx, W06xx)
//!       ──► postgresql   000_schema.sql, NNN_<table>.sql in load order, all.sql
//!       └─► prostore     000_database.sql, NNN_<table>.sql, all.sql; once per profile
//! ```
//!
//! PostgreSQL holds every rule of the model that one row and its keys can break. Prostore holds
//! types, keys and sharding only; the rest goes into comments. What is emitted for Prostore is
//! judged by [`prostore::check_statement`], which also reads other people's DDL.

mod check;
pub mod expr;
pub mod postgresql;
pub mod prostore;
pub(crate) mod text;

use super::Target;
use crate::artifacts::Artifacts;
use crate::diagnostic::{Report, Text};
use crate::model::Model;
use crate::text;

/// The target `ddl`.
pub struct Ddl;

impl Target for Ddl {
    fn id(&self) -> &'static str {
        "ddl"
    }

    fn about(&self) -> Text {
        text!(
            "tables of PostgreSQL 15+ and of Prostore 5.5 and 7",
            "таблицы PostgreSQL 15+ и Prostore 5.5 и 7"
        )
    }

    fn folder(&self) -> &'static str {
        "ddl"
    }

    fn check(&self, model: &Model, report: &mut Report) {
        check::check(model, report);
    }

    fn emit(&self, model: &Model, out: &mut Artifacts) {
        postgresql::emit(model, "ddl/postgresql", out);
        for profile in prostore::Profile::ALL {
            prostore::emit(model, profile, &format!("ddl/{}", profile.name()), out);
        }
    }
}

/// `007_address.sql`: the number keeps the order of loading when files are run by name. `count` is
/// the number of files; it sets the width, three digits at least.
fn file_name(number: usize, count: usize, name: &str) -> String {
    let width = count.to_string().len().max(3);
    format!("{number:0width$}_{name}.sql")
}
