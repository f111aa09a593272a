//! Every rule of the model has rows that break it and rows that keep it, and one verdict on them: the
//! evaluation in memory and the queries for PostgreSQL find exactly what the fixtures say, and what
//! constraints can hold, they refuse.

mod rules {
    #[cfg(feature = "external")]
    pub(crate) mod constraints;
    pub(crate) mod coverage;
    pub(crate) mod files;
    pub(crate) mod indicators;
    pub(crate) mod reader;
    pub(crate) mod rows;
    pub(crate) mod types;
}

use std::sync::LazyLock;

use vitrina_codegen::model::{Assertion, Model, Rule};
use vitrina_tests::model as models;
use vitrina_tests::rules::fixture::{self, Fixtures};

/// The big model and the fixtures of its rules.
pub(crate) struct Subject {
    pub(crate) model: Model,
    pub(crate) fixtures: Fixtures,
    /// What is wrong with the fixtures themselves.
    pub(crate) errors: Vec<String>,
}

pub(crate) fn subject() -> &'static Subject {
    static SUBJECT: LazyLock<Subject> = LazyLock::new(|| {
        let model = models::big().unwrap_or_else(|error| panic!("{error}"));
        let mut errors = Vec::new();
        let fixtures = fixture::read(&model, &mut errors).unwrap();
        Subject {
            model,
            fixtures,
            errors,
        }
    });
    &SUBJECT
}

impl Subject {
    /// The first assertion of a code, which a fixture names, and its rule.
    pub(crate) fn find(&self, code: &str) -> (&Rule, &Assertion) {
        let rules = self.model.rules().iter();
        let mut all = rules.flat_map(|rule| rule.assertions.iter().map(move |it| (rule, it)));
        all.find(|(_, assertion)| assertion.code == code).unwrap()
    }
}

/// Fails with all that went wrong.
pub(crate) fn none(wrong: &[String]) {
    assert!(
        wrong.is_empty(),
        "{} faults:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
