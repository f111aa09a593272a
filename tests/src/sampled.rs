//! A sampled package of the big model, with the mutants of every table.

use std::sync::LazyLock;

use vitrina_codegen::model::Model;
use vitrina_codegen::model::eval::Day;
use vitrina_codegen::sample::{self, Mutant, Options, Package};

use crate::model;

/// The big model and what was sampled of it.
#[derive(Debug)]
pub struct Sampled {
    /// The model.
    pub model: Model,
    /// The day on which rows are judged.
    pub today: Day,
    /// Good rows of every table.
    pub package: Package,
    /// By table, in the model's order: rows that break a rule.
    pub mutants: Vec<Vec<Mutant>>,
}

/// The package that the tests share, sampled once per process.
///
/// # Panics
/// The model does not compile or cannot be sampled.
pub fn big() -> &'static Sampled {
    static SAMPLED: LazyLock<Sampled> = LazyLock::new(|| {
        let model = model::big().unwrap_or_else(|error| panic!("{error}"));
        let today = Day::new(2026, 3, 1).unwrap_or_else(|| panic!("the day exists"));
        let options = Options {
            rows: 12,
            ..Options::new(today)
        };
        let package = sample::package(&model, &options).unwrap_or_else(|error| panic!("{error}"));
        let mutants = model
            .tables()
            .iter()
            .map(|table| sample::mutants(&model, &package, table, today, 1).mutants)
            .collect();
        Sampled {
            model,
            today,
            package,
            mutants,
        }
    });
    &SAMPLED
}
