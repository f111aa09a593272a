//! The report as one JSON document; [`SCHEMA`] describes it.

use serde_json::{Map, Value, json};
use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::model::Metric;

use super::baseline::{Comparison, Status};
use super::data::{Finding, IndicatorLine, PackageLine, Report, Sample, Skipped, TableLine};
use super::evidence::PackageKind;
use super::words;
use crate::Shares;

/// The JSON Schema (draft 2020-12) of the document.
pub const SCHEMA: &str = include_str!("../../schema/report.json");

/// The name of the form, with its version.
pub(super) const FORMAT: &str = "vitrina-report/1";

/// The document, indented, with a line end.
pub fn document(report: &Report) -> String {
    format!("{:#}\n", value(report))
}

/// The document as a value.
pub fn value(report: &Report) -> Value {
    let omitted = &report.omitted;
    json!({
        "format": FORMAT,
        "tool": { "name": "vitrina", "version": report.tool_version },
        "model": {
            "showcase": report.showcase,
            "title": report.showcase_title,
            "version": report.model_version,
        },
        "judged_at": report.judged_at,
        "package": package(&report.package),
        "shows_values": report.shows_values,
        "summary": {
            "errors": report.totals.errors,
            "warnings": report.totals.warnings,
            "groups": report.findings.len() as u64 + omitted.groups,
        },
        "tables": report.tables.iter().map(table).collect::<Vec<_>>(),
        "metrics": shares(&report.shares),
        "indicators": report.indicators.iter().map(indicator).collect::<Vec<_>>(),
        "findings": report.findings.iter().map(finding).collect::<Vec<_>>(),
        "omitted": {
            "groups": omitted.groups,
            "errors": omitted.findings.errors,
            "warnings": omitted.findings.warnings,
            "samples": omitted.samples,
        },
        "unchecked": report.unchecked.iter().map(skipped).collect::<Vec<_>>(),
        "checks": report.checks.iter().map(|run| json!({
            "check": run.check,
            "table": run.table,
            "columns": run.columns,
            "judged": run.judged,
            "broken": run.broken,
        })).collect::<Vec<_>>(),
        "comparison": report.comparison.as_ref().map(comparison),
    })
}

fn both(text: &Text) -> Value {
    json!({ "en": text.en, "ru": text.ru })
}

fn package(package: &PackageLine) -> Value {
    let kind = match package.kind {
        PackageKind::Folder => "folder",
        PackageKind::Zip => "zip",
    };
    let manifest = package.manifest.as_ref().map(|manifest| {
        let producer = manifest.producer.as_ref();
        let producer = producer.map(|(name, version)| json!({ "name": name, "version": version }));
        json!({
            "showcase": manifest.showcase,
            "version": manifest.version,
            "producer": producer,
        })
    });
    json!({
        "name": package.name,
        "kind": kind,
        "mode": words::mode_word(package.mode),
        "manifest": manifest,
        "files": package.files,
        "bytes": package.bytes,
        "rows": package.rows,
        "sha256": package.sha256,
    })
}

fn table(table: &TableLine) -> Value {
    json!({
        "table": table.name,
        "title": table.title,
        "files": table.files,
        "rows": table.rows,
        "bytes": table.bytes,
        "broken_rows": table.broken_rows,
        "rows_with_errors": table.rows_with_errors,
        "rows_with_warnings": table.rows_with_warnings,
        "clean_rows": table.clean_rows(),
        "errors": table.findings.errors,
        "warnings": table.findings.warnings,
        "metrics": shares(&table.shares),
    })
}

fn shares(shares: &Shares) -> Value {
    let mut all = Map::new();
    for (name, metric) in Metric::ALL {
        let share = shares.of(metric);
        let value = json!({
            "judged": share.judged,
            "errors": share.errors,
            "warnings": share.warnings,
        });
        all.insert(name.to_owned(), value);
    }
    Value::Object(all)
}

fn indicator(indicator: &IndicatorLine) -> Value {
    let (numerator, denominator, reason) = match &indicator.value {
        Ok((numerator, denominator)) => (Some(numerator), Some(denominator), None),
        Err(reason) => (None, None, Some(both(reason))),
    };
    json!({
        "code": indicator.code,
        "title": indicator.title,
        "numerator": numerator,
        "denominator": denominator,
        "reason": reason,
    })
}

fn finding(finding: &Finding) -> Value {
    let columns = finding.columns.iter();
    let columns = columns.map(|one| json!({ "name": one.name, "title": one.title }));
    json!({
        "fingerprint": finding.fingerprint,
        "code": finding.code.as_str(),
        "name": finding.code.name(),
        "area": words::area_word(finding.area),
        "severity": finding.severity.name(),
        "rules": finding.rules,
        "metric": finding.metric.map(Metric::name),
        "table": finding.table,
        "file": finding.file,
        "columns": columns.collect::<Vec<_>>(),
        "message": both(&finding.message),
        "detail": finding.detail.as_ref().map(both),
        "count": finding.count,
        "distinct": finding.distinct,
        "samples": finding.samples.iter().map(sample).collect::<Vec<_>>(),
        "advice": both(&finding.advice),
        "command": finding.command,
        "explain": format!("vitrina explain {}", finding.code.as_str()),
        "status": finding.status.map(status),
        "new": finding.status.map(|_| finding.fresh()),
    })
}

/// The word for programs of a status.
pub(super) fn status(status: Status) -> &'static str {
    match status {
        Status::New => "new",
        Status::Grown(_) => "grown",
        Status::Known => "known",
    }
}

fn sample(sample: &Sample) -> Value {
    let values = sample.values.iter();
    let values =
        values.map(|one| json!({ "column": one.column, "text": one.text, "masked": one.masked }));
    json!({
        "file": sample.file,
        "line": sample.line,
        "position": sample.position,
        "byte": sample.byte,
        "key": sample.key,
        "values": values.collect::<Vec<_>>(),
        "value": sample.value,
        "count": sample.count,
        "new": sample.is_new,
    })
}

fn skipped(skipped: &Skipped) -> Value {
    let parts = skipped.parts.iter().map(|part| {
        json!({
            "subject": part.subject,
            "what": both(&part.what),
            "code": part.code,
            "table": part.table,
            "columns": part.columns,
            "rows": part.rows,
        })
    });
    json!({
        "cause": skipped.cause,
        "reason": both(&skipped.reason),
        "parts": parts.collect::<Vec<_>>(),
    })
}

fn comparison(comparison: &Comparison) -> Value {
    let gone = comparison.gone.iter().map(|gone| {
        json!({
            "fingerprint": gone.fingerprint,
            "code": gone.code,
            "table": gone.table,
            "columns": gone.columns,
            "message": both(&gone.message),
            "count": gone.count,
        })
    });
    json!({
        "new": { "errors": comparison.new.errors, "warnings": comparison.new.warnings },
        "known": { "errors": comparison.known.errors, "warnings": comparison.known.warnings },
        "gone": gone.collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::sample::{report, spotless};
    use super::*;
    use crate::report::Baseline;

    fn validator() -> jsonschema::Validator {
        let schema: Value = serde_json::from_str(SCHEMA).unwrap();
        jsonschema::draft202012::meta::validate(&schema).unwrap();
        jsonschema::draft202012::new(&schema).unwrap()
    }

    #[test]
    fn every_report_fits_the_schema() {
        let validator = validator();
        let mut compared = report();
        compared.findings[0].fingerprint = "0123456789abcdef".to_owned();
        Baseline::read(&document(&report()))
            .unwrap()
            .compare(&mut compared);
        for report in [report(), spotless(), compared] {
            let document = value(&report);
            let faults: Vec<String> = validator
                .iter_errors(&document)
                .map(|fault| format!("{}: {fault}", fault.instance_path()))
                .collect();
            assert!(faults.is_empty(), "{faults:#?}");
        }
    }

    #[test]
    fn the_schema_knows_every_member_and_refuses_others() {
        let validator = validator();
        for member in ["findings", "unchecked", "tables", "checks", "indicators"] {
            let mut document = value(&report());
            document[member][0]["other"] = 1.into();
            assert!(!validator.is_valid(&document), "{member}");
        }
        let mut document = value(&report());
        document["findings"][0]["samples"][0]
            .as_object_mut()
            .unwrap()
            .shift_remove("line");
        assert!(!validator.is_valid(&document));
    }

    #[test]
    fn the_same_report_gives_the_same_bytes() {
        assert_eq!(document(&report()), document(&report()));
    }
}
