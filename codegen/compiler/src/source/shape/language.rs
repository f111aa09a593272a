//! The model language, version 1: every object and field.

mod head;
mod lists;
mod rules;
mod scenario;
mod tables;

use super::{About, Field, Value};
use crate::model::{Algorithm, Metric, Origin, PersonalClass};

pub(crate) use head::{LINT, SHOWCASE};
pub(crate) use lists::{CLASSIFIER, KINDS, REGULATION, TYPE};
pub(crate) use rules::{ASSERTION, CONDITION, INDICATOR, RULE, SHAPES, WITHIN};
pub(crate) use scenario::{PART, SCENARIO};
pub(crate) use tables::{COLUMN, MIXIN, TABLE};

/// The version of the language that this compiler reads.
pub(crate) const VERSION: u32 = 1;

const fn about(en: &'static str, ru: &'static str) -> About {
    About { en, ru }
}

/// A field that may be left out.
const fn may(name: &'static str, value: Value, en: &'static str, ru: &'static str) -> Field {
    Field {
        name,
        required: false,
        value,
        about: about(en, ru),
    }
}

/// A field that must be there.
const fn must(name: &'static str, value: Value, en: &'static str, ru: &'static str) -> Field {
    Field {
        name,
        required: true,
        value,
        about: about(en, ru),
    }
}

fn origins() -> Vec<&'static str> {
    Origin::ALL.iter().map(|(word, _)| *word).collect()
}

fn personal_classes() -> Vec<&'static str> {
    PersonalClass::ALL.iter().map(|(word, _)| *word).collect()
}

fn algorithms() -> Vec<&'static str> {
    Algorithm::ALL.iter().map(|(word, _)| *word).collect()
}

fn metrics() -> Vec<&'static str> {
    Metric::ALL.iter().map(|(word, _)| *word).collect()
}

const ORIGIN: Value = Value::Word(origins);
const PERSONAL: Value = Value::Word(personal_classes);
const CLAUSES: Value = Value::List(&Value::Clause);
const NAMES: Value = Value::List(&Value::Name);

/// A field every object of people's interest has.
const TITLE: Field = must("title", Value::Text, "Title, Russian.", "Название.");
const NOTE: Field = may("note", Value::Text, "Remark, Russian.", "Примечание.");

/// The weight of what may be broken.
const SEVERITY: Field = may(
    "severity",
    Value::Word(|| vec!["error", "warning"]),
    "Weight of a breach: error (the default) or warning.",
    "Тяжесть нарушения: error (по умолчанию) или warning.",
);
