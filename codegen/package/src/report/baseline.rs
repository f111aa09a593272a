//! An earlier report: which findings are known already, which are new, which are gone.
//!
//! Groups are compared by fingerprint and count: one that has more findings than it had has grown by the
//! difference. A group whose earlier report shows every finding is compared finding by finding as well, so
//! that a new fault does not hide behind one that was mended.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::text;

use super::data::{Finding, Report, Sample, Severities};
use super::json::FORMAT;

/// How a group compares to an earlier report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The earlier report does not have it.
    New,
    /// It has so many findings more.
    Grown(u64),
    /// It has no findings that the earlier report had not.
    Known,
}

/// How a report compares to an earlier one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Findings that the earlier report did not have.
    pub new: Severities,
    /// Findings that it had.
    pub known: Severities,
    /// Groups that it had and that are gone. Empty when groups are left out of the present report: they
    /// may be among those.
    pub gone: Vec<Gone>,
}

/// A group that only the earlier report has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// Its fingerprint.
    pub fingerprint: String,
    /// The check.
    pub code: String,
    /// The table.
    pub table: Option<String>,
    /// The columns.
    pub columns: Vec<String>,
    /// What was found.
    pub message: Text,
    /// How often.
    pub count: u64,
}

/// What is needed of an earlier report.
#[derive(Debug, Clone)]
pub struct Baseline {
    shows_values: bool,
    /// In the order of the report; fingerprints may come twice.
    groups: Vec<(Gone, Option<BTreeSet<String>>)>,
}

impl Baseline {
    /// Reads an earlier report's JSON.
    ///
    /// # Errors
    /// Why the text is no such report.
    pub fn read(json: &str) -> Result<Baseline, Text> {
        let document: Value = serde_json::from_str(json)
            .map_err(|error| text!("not JSON: {error}", "это не JSON: {error}"))?;
        if document["format"] != FORMAT {
            return Err(text!(
                "not a report: `format` is not `{FORMAT}`",
                "это не отчёт: `format` не равен `{FORMAT}`"
            ));
        }
        let groups = document["findings"].as_array();
        let groups = groups.and_then(|groups| groups.iter().map(group).collect::<Option<Vec<_>>>());
        Ok(Baseline {
            shows_values: document["shows_values"] == true,
            groups: groups.ok_or_else(|| {
                text!(
                    "not a whole report: `findings` is damaged",
                    "отчёт повреждён: не читается `findings`"
                )
            })?,
        })
    }

    /// Marks what is new and what is known in a report.
    pub fn compare(&self, report: &mut Report) {
        let mut left: BTreeMap<&str, u64> = BTreeMap::new();
        let mut seen: BTreeMap<&str, Option<BTreeSet<&String>>> = BTreeMap::new();
        for (group, samples) in &self.groups {
            let count = left.entry(&group.fingerprint).or_default();
            *count = count.saturating_add(group.count);
            let all = seen
                .entry(&group.fingerprint)
                .or_insert_with(|| Some(BTreeSet::new()));
            match (all.as_mut(), samples) {
                (Some(all), Some(samples)) => all.extend(samples),
                _ => *all = None,
            }
        }
        let (mut new, mut known) = (report.omitted.findings, Severities::default());
        let mut met: BTreeSet<String> = BTreeSet::new();
        for finding in &mut report.findings {
            met.insert(finding.fingerprint.clone());
            let listed = seen.get(finding.fingerprint.as_str());
            // Masked and unmasked values cannot be compared.
            let listed = listed.filter(|_| self.shows_values == report.shows_values);
            mark(
                finding,
                left.get_mut(finding.fingerprint.as_str()),
                listed.and_then(Option::as_ref),
            );
            new.add(finding.severity, finding.fresh());
            known.add(
                finding.severity,
                finding.count - finding.fresh().min(finding.count),
            );
        }
        let gone = self.groups.iter().map(|(group, _)| group);
        let gone =
            gone.filter(|group| report.omitted.groups == 0 && !met.contains(&group.fingerprint));
        report.comparison = Some(Comparison {
            new,
            known,
            gone: gone.cloned().collect(),
        });
    }
}

/// Marks one group. `left` is how many findings the earlier report has beyond those met already, `listed`
/// all its samples where it shows every finding.
fn mark(finding: &mut Finding, left: Option<&mut u64>, listed: Option<&BTreeSet<&String>>) {
    let Some(left) = left else {
        finding.status = Some(Status::New);
        return;
    };
    let more = finding.count.saturating_sub(*left);
    *left = left.saturating_sub(finding.count);
    let mut surely_new = 0_u64;
    if let Some(listed) = listed {
        for sample in &mut finding.samples {
            let name = identity(sample);
            let is_new = name.map(|name| !listed.contains(&name));
            sample.is_new = is_new;
            surely_new += if is_new == Some(true) {
                sample.count
            } else {
                0
            };
        }
    }
    finding.status = Some(match more.max(surely_new) {
        0 => Status::Known,
        more => Status::Grown(more.min(finding.count)),
    });
}

/// What makes a sample the same in another report: the key, else the line, and the value. None where
/// neither is there.
fn identity(sample: &Sample) -> Option<String> {
    let place = match (&sample.key, sample.line) {
        (Some(key), _) => format!("key {key}"),
        (None, Some(line)) => format!("{}:{line}", sample.file.as_deref().unwrap_or("")),
        (None, None) => sample.file.clone().unwrap_or_default(),
    };
    let value = sample.shown().unwrap_or_default();
    (!place.is_empty() || !value.is_empty()).then(|| format!("{place}\u{0}{value}"))
}

/// A group of an earlier report, with its samples when they are all of its findings.
fn group(value: &Value) -> Option<(Gone, Option<BTreeSet<String>>)> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let count = value["count"].as_u64()?;
    let columns = value["columns"]
        .as_array()?
        .iter()
        .map(|column| text(&column["name"]));
    let gone = Gone {
        fingerprint: text(&value["fingerprint"])?,
        code: text(&value["code"])?,
        table: text(&value["table"]),
        columns: columns.collect::<Option<Vec<_>>>()?,
        message: Text {
            en: text(&value["message"]["en"])?,
            ru: text(&value["message"]["ru"])?,
        },
        count,
    };
    let samples: Vec<Sample> = value["samples"].as_array()?.iter().map(sample).collect();
    let shown: u64 = samples.iter().map(|sample| sample.count).sum();
    let names: Option<BTreeSet<String>> = samples.iter().map(identity).collect();
    Some((gone, names.filter(|_| shown == count)))
}

/// What identifies a sample.
fn sample(value: &Value) -> Sample {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let values = value["values"].as_array().into_iter().flatten();
    Sample {
        file: text(&value["file"]),
        line: value["line"].as_u64(),
        byte: None,
        position: None,
        key: text(&value["key"]),
        values: values
            .map(|one| super::data::ValueShown {
                column: text(&one["column"]).unwrap_or_default(),
                text: text(&one["text"]).unwrap_or_default(),
                masked: one["masked"] == true,
            })
            .collect(),
        value: text(&value["value"]),
        count: value["count"].as_u64().unwrap_or(1),
        is_new: None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::json;
    use super::super::sample::report;
    use super::*;
    use vitrina_codegen::model::CheckSeverity;

    #[test]
    fn a_report_knows_all_of_itself() {
        let mut report = report();
        let earlier = Baseline::read(&json::document(&report)).unwrap();
        assert!(report.fails(CheckSeverity::Error));
        earlier.compare(&mut report);
        assert!(!report.fails(CheckSeverity::Warning));
        let comparison = report.comparison.as_ref().unwrap();
        assert_eq!(comparison.new, Severities::default());
        assert_eq!(comparison.known, report.totals);
        assert!(comparison.gone.is_empty());
    }

    #[test]
    fn what_was_not_there_is_new_and_what_was_is_gone() {
        let mut before = report();
        let removed = before.findings.remove(0);
        let grown = before
            .findings
            .iter_mut()
            .find(|one| one.count > 5)
            .unwrap();
        grown.count -= 2;
        let grown = grown.fingerprint.clone();
        let earlier = Baseline::read(&json::document(&before)).unwrap();
        let mut now = report();
        let vanished = now.findings.pop().unwrap();
        earlier.compare(&mut now);
        assert_eq!(now.findings[0].fingerprint, removed.fingerprint);
        assert_eq!(now.findings[0].status, Some(Status::New));
        let found = now
            .findings
            .iter()
            .find(|one| one.fingerprint == grown)
            .unwrap();
        assert_eq!(found.status, Some(Status::Grown(2)));
        let comparison = now.comparison.unwrap();
        let new = comparison.new.errors + comparison.new.warnings;
        assert_eq!(new, removed.count + 2);
        assert_eq!(comparison.gone.len(), 1);
        assert_eq!(comparison.gone[0].fingerprint, vanished.fingerprint);
    }

    #[test]
    fn a_new_fault_does_not_hide_behind_a_mended_one() {
        let before = report();
        let earlier = Baseline::read(&json::document(&before)).unwrap();
        let mut now = before.clone();
        let whole = |one: &&mut Finding| {
            let shown: u64 = one.samples.iter().map(|sample| sample.count).sum();
            shown == one.count && one.samples.iter().any(|sample| sample.key.is_some())
        };
        let swapped = now.findings.iter_mut().find(whole).unwrap();
        swapped.samples[0].key = Some("another".to_owned());
        let name = swapped.fingerprint.clone();
        earlier.compare(&mut now);
        let found = now
            .findings
            .iter()
            .find(|one| one.fingerprint == name)
            .unwrap();
        assert!(
            matches!(found.status, Some(Status::Grown(_))),
            "{:?}",
            found.status
        );
        assert_eq!(found.samples[0].is_new, Some(true));
    }

    #[test]
    fn what_is_no_report_is_refused() {
        for text in ["", "[]", "{}", "{\"format\":\"vitrina-report/1\"}"] {
            assert!(Baseline::read(text).is_err(), "{text}");
        }
    }
}
