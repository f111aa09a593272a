//! Findings in words that the truth and a validator share, and where two sets of them differ.

use std::collections::BTreeMap;

use super::Claim;

/// What findings have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind {
    /// The code: `V0401`.
    pub code: String,
    /// The model's own name of it: the code of a row check or of an assertion.
    pub rule: Option<String>,
    /// The table, unless the package is at fault.
    pub table: Option<String>,
    /// The columns.
    pub columns: Vec<String>,
}

/// Where a finding is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, unless none is there.
    pub file: Option<String>,
    /// The line, unless a file as such is at fault.
    pub line: Option<u64>,
}

/// Findings: how many by kind and place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings(pub BTreeMap<(Kind, Place), u64>);

impl Findings {
    /// Adds findings.
    pub fn add(&mut self, kind: Kind, place: Place, count: u64) {
        *self.0.entry((kind, place)).or_default() += count;
    }

    /// Whether what a change says must be found is among them.
    pub fn hold(&self, claim: &Claim) -> bool {
        self.0.keys().any(|(kind, place)| {
            claim.code.is_none_or(|code| kind.code == code)
                && claim.file == place.file
                && claim.line.is_none_or(|line| place.line == Some(line))
                && (claim.column.as_ref()).is_none_or(|column| kind.columns.contains(column))
        })
    }
}

/// What one has and the other has not, in words; nothing where they are equal.
pub fn differ(expected: &Findings, found: &Findings) -> Vec<String> {
    let mut wrong = Vec::new();
    for (key, count) in &expected.0 {
        match found.0.get(key) {
            Some(other) if other == count => {}
            other => wrong.push(format!(
                "expected ×{count}, found ×{}: {}",
                other.unwrap_or(&0),
                shown(key)
            )),
        }
    }
    for (key, count) in &found.0 {
        if !expected.0.contains_key(key) {
            wrong.push(format!("not expected, found ×{count}: {}", shown(key)));
        }
    }
    wrong
}

fn shown((kind, place): &(Kind, Place)) -> String {
    let line = place
        .line
        .map(|line| format!(":{line}"))
        .unwrap_or_default();
    format!(
        "{}{line} {} {} {} {}",
        place.file.as_deref().unwrap_or("-"),
        kind.code,
        kind.rule.as_deref().unwrap_or_default(),
        kind.table.as_deref().unwrap_or("-"),
        kind.columns.join(",")
    )
}
