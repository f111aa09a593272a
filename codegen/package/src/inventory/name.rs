//! Names of files, and the tables that they mean.

use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::model::{Model, TableId};

use crate::look_alike;

/// What the name of a file means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meaning {
    pub(super) table: TableId,
    /// Number of the part, from 1.
    pub(super) part: Option<u32>,
    /// Whether the name begins with `rdm_`.
    pub(super) is_prefixed: bool,
    pub(super) form: Form,
    /// The name as it should be.
    pub(super) expected: String,
}

/// How well a name fits, the best first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    Exact,
    /// But for upper and lower case.
    Case,
    /// But for letters that look alike, which are named.
    LookAlike(String, String),
}

/// The table that a name means, if any: exactly, by case, by look-alike letters.
pub(super) fn meaning(model: &Model, name: &str) -> Option<Meaning> {
    if let Some(found) = exact(model, name) {
        return Some(found);
    }
    let lower = name.to_lowercase();
    // A model's own names are compared in lower case then.
    if let Some(found) = exact(model, &lower) {
        return Some(Meaning {
            form: Form::Case,
            ..found
        });
    }
    let (latin, words): (String, Text) = look_alike::latin(&lower)?;
    exact(model, &latin).map(|found| Meaning {
        form: Form::LookAlike(words.en, words.ru),
        ..found
    })
}

fn exact(model: &Model, name: &str) -> Option<Meaning> {
    let stem = name.strip_suffix(".csv")?;
    let (stem, part) = match stem.rsplit_once('.') {
        Some((stem, digits)) => (stem, Some(number(digits)?)),
        None => (stem, None),
    };
    let find = |name: &str| {
        let mut tables = model.tables().iter();
        tables.find(|table| table.name == name || table.name.to_lowercase() == name)
    };
    let (table, is_prefixed) = match find(stem) {
        Some(table) => (table, false),
        None => (find(stem.strip_prefix("rdm_")?)?, true),
    };
    Some(Meaning {
        table: table.id,
        part,
        is_prefixed,
        form: Form::Exact,
        expected: name.to_owned(),
    })
}

/// A part's number: four digits, more only where they are needed.
fn number(digits: &str) -> Option<u32> {
    let is_form = digits.len() >= 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number: u32 = digits
        .parse()
        .ok()
        .filter(|number| is_form && *number > 0)?;
    (digits.len() == 4 || number > 9999).then_some(number)
}

/// The name that may have been meant by one that means no table.
pub(super) fn nearest(model: &Model, name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    let stem = lower.split('.').next().unwrap_or_default();
    let tables = model.tables().iter().map(|table| table.name.as_str());
    look_alike::nearest(stem.strip_prefix("rdm_").unwrap_or(stem), tables)
        .map(|table| format!("{table}.csv"))
}
