//! The report as SARIF 2.1.0 (OASIS Standard, 27 March 2020), which code-scanning services read.
//!
//! A sample is a result; a group without samples is one as well. Rules are the checks with their pages,
//! whether they found something or not. Files are relative to the package (`PACKAGE`). What was not checked
//! is a notification of the run. Columns count Unicode code points.

use serde_json::{Value, json};
use vitrina_codegen::Lang;
use vitrina_codegen::diagnostic::sarif::uri;
use vitrina_codegen::model::CheckSeverity;

use super::baseline::Status;
use super::data::{Finding, Report, Sample, Skipped};
use super::json::FORMAT;
use crate::code::CODES;
use crate::explain;

/// The log, indented, with a line end. SARIF has one language a run: `lang`.
pub fn document(report: &Report, lang: Lang) -> String {
    let results: Vec<Value> = report
        .findings
        .iter()
        .flat_map(|finding| {
            let whole = finding
                .samples
                .is_empty()
                .then(|| result(finding, None, lang));
            let samples = finding.samples.iter();
            whole
                .into_iter()
                .chain(samples.map(move |one| result(finding, Some(one), lang)))
        })
        .collect();
    let language = match lang {
        Lang::En => "en",
        Lang::Ru => "ru",
    };
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "vitrina",
                "version": report.tool_version,
                "semanticVersion": report.tool_version,
                "language": language,
                "rules": rules(lang),
            } },
            "language": language,
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {
                "PACKAGE": { "description": { "text": report.package.name } },
            },
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications":
                    report.unchecked.iter().map(|one| notification(one, lang)).collect::<Vec<_>>(),
            }],
            "results": results,
            "properties": {
                "report": FORMAT,
                "model": format!("{} {}", report.showcase, report.model_version),
                "judgedAt": report.judged_at,
                "package": report.package.name,
                "packageSha256": report.package.sha256,
                "errors": report.totals.errors,
                "warnings": report.totals.warnings,
            },
        }],
    });
    format!("{log:#}\n")
}

fn rules(lang: Lang) -> Vec<Value> {
    CODES
        .iter()
        .map(|code| {
            let page = explain::page(*code, lang);
            json!({
                "id": code.as_str(),
                "name": code.name(),
                "shortDescription": { "text": explain::title(*code, lang) },
                "help": { "text": page, "markdown": page },
                "defaultConfiguration": { "level": level(code.severity()) },
            })
        })
        .collect()
}

fn level(severity: CheckSeverity) -> &'static str {
    match severity {
        CheckSeverity::Error => "error",
        CheckSeverity::Warning => "warning",
    }
}

fn result(finding: &Finding, sample: Option<&Sample>, lang: Lang) -> Value {
    let index = CODES.iter().position(|code| *code == finding.code);
    let names: Vec<&str> = finding
        .columns
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    let mut result = json!({
        "ruleId": finding.code.as_str(),
        "ruleIndex": index,
        "level": level(finding.severity),
        "message": { "text": message(finding, sample, lang) },
        "locations": [location(finding, sample, &names)],
        "occurrenceCount": sample.map_or(finding.count, |sample| sample.count).max(1),
        "partialFingerprints": { "vitrinaGroup/v1": finding.fingerprint },
        "properties": {
            "count": finding.count,
            "distinct": finding.distinct,
            "rules": finding.rules,
            "metric": finding.metric.map(|one| one.name()),
            "command": finding.command,
        },
    });
    if let Some(status) = finding.status {
        let known = match sample.and_then(|sample| sample.is_new) {
            Some(is_new) => !is_new,
            None => status == Status::Known,
        };
        result["baselineState"] = if known { "unchanged" } else { "new" }.into();
    }
    result
}

/// The message with what a list of results does not show beside it: table, columns, key, value, cure.
fn message(finding: &Finding, sample: Option<&Sample>, lang: Lang) -> String {
    let (key_word, value_word) = match lang {
        Lang::En => ("key", "value"),
        Lang::Ru => ("ключ", "значение"),
    };
    let mut text = place(finding);
    if !text.is_empty() {
        text.push_str(": ");
    }
    text.push_str(finding.message.get(lang));
    if let Some(key) = sample.and_then(|sample| sample.key.as_ref()) {
        text.push_str(&format!("; {key_word} `{key}`"));
    }
    if let Some(value) = sample.and_then(Sample::shown) {
        text.push_str(&format!("; {value_word} `{value}`"));
    }
    text.push('\n');
    text.push_str(finding.advice.get(lang));
    text
}

/// Table and columns: `mark.lesson_id`.
pub(super) fn place(finding: &Finding) -> String {
    let names: Vec<&str> = finding
        .columns
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    match (&finding.table, names.is_empty()) {
        (Some(table), false) => format!("{table}.{}", names.join(", ")),
        (Some(table), true) => table.clone(),
        (None, _) => String::new(),
    }
}

fn location(finding: &Finding, sample: Option<&Sample>, columns: &[&str]) -> Value {
    let mut location = json!({});
    let file = sample
        .and_then(|sample| sample.file.as_ref())
        .or(finding.file.as_ref());
    if let Some(file) = file {
        let mut physical = json!({
            "artifactLocation": { "uri": uri(file), "uriBaseId": "PACKAGE" },
        });
        if let Some(line) = sample.and_then(|sample| sample.line) {
            physical["region"] = json!({ "startLine": line });
            if let Some(position) = sample.and_then(|sample| sample.position) {
                physical["region"]["startColumn"] = position.into();
            }
            if let Some(byte) = sample.and_then(|sample| sample.byte) {
                physical["region"]["byteOffset"] = byte.into();
            }
        }
        location["physicalLocation"] = physical;
    }
    if let Some(table) = &finding.table {
        let of = |name: &str| json!({ "fullyQualifiedName": format!("{table}.{name}") });
        location["logicalLocations"] = match columns {
            [] => json!([{ "fullyQualifiedName": table }]),
            names => names.iter().map(|name| of(name)).collect(),
        };
    }
    location
}

fn notification(skipped: &Skipped, lang: Lang) -> Value {
    let parts = skipped.parts.iter().map(|part| {
        let what = part.what.get(lang);
        match &part.table {
            Some(table) => format!("{table}: {what}"),
            None => what.to_owned(),
        }
    });
    let parts: Vec<String> = parts.collect();
    let (not, reason) = match lang {
        Lang::En => ("not checked", skipped.reason.get(lang)),
        Lang::Ru => ("не проверено", skipped.reason.get(lang)),
    };
    json!({
        "level": "note",
        "descriptor": { "id": skipped.cause },
        "message": { "text": format!("{not}: {reason}: {}", parts.join("; ")) },
    })
}

#[cfg(test)]
mod tests {
    use super::super::sample::report;
    use super::*;

    #[test]
    fn results_point_at_their_rules_and_places() {
        let report = report();
        let log: Value = serde_json::from_str(&document(&report, Lang::Ru)).unwrap();
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        assert_eq!(rules.len(), CODES.len());
        let results = run["results"].as_array().unwrap();
        let samples: usize = report
            .findings
            .iter()
            .map(|one| one.samples.len().max(1))
            .sum();
        assert_eq!(results.len(), samples);
        for result in results {
            let index = result["ruleIndex"].as_u64().unwrap() as usize;
            assert_eq!(rules[index]["id"], result["ruleId"]);
        }
        let placed = |result: &&Value| {
            let region = &result["locations"][0]["physicalLocation"]["region"];
            region["startLine"].is_u64() && region["startColumn"].is_u64()
        };
        assert!(results.iter().filter(placed).count() > 10);
        let notes = run["invocations"][0]["toolExecutionNotifications"]
            .as_array()
            .unwrap();
        assert_eq!(notes.len(), report.unchecked.len());
    }
}
