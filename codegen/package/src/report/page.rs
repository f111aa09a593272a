//! What the HTML page shows, as JSON for its template: texts in both languages, figures written out,
//! charts measured.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use vitrina_codegen::Lang;
use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::model::{CheckSeverity, Metric};
use vitrina_codegen::text;

use super::baseline::Status;
use super::data::{Finding, Report, Sample, Skipped, TableLine};

use super::{json, sarif, words};
use crate::{Area, Code, Shares, explain};

/// The most checks listed among those that ran.
const CHECKS: usize = 400;
/// Units that a chart is wide.
const WIDE: u64 = 1000;
/// The least width of what is not nothing, so that it is seen.
const SEEN: u64 = 7;

/// Everything that the template needs.
pub(super) fn value(report: &Report, lang: Lang) -> Value {
    let about_files = |finding: &&Finding| matches!(finding.area, Area::Package | Area::File);
    let files: Vec<Value> = report
        .findings
        .iter()
        .filter(about_files)
        .map(finding)
        .collect();
    let rest: Vec<&Finding> = report
        .findings
        .iter()
        .filter(|one| !about_files(one))
        .collect();
    let mut tables: Vec<Value> = report.tables.iter().map(|one| table(one, &rest)).collect();
    let is_known = |name: &Option<String>| {
        name.as_ref()
            .is_some_and(|name| report.tables.iter().any(|table| table.name == *name))
    };
    let others: Vec<Value> = rest
        .iter()
        .filter(|one| !is_known(&one.table))
        .map(|one| finding(one))
        .collect();
    tables.retain(|table| table["rows_all"] != 0 || table["findings"] != json!([]));
    let codes: BTreeSet<Code> = report.findings.iter().map(|one| one.code).collect();
    let verdict = match (report.totals.errors, report.totals.warnings) {
        (0, 0) => "clean",
        (0, _) => "warning",
        _ => "error",
    };
    json!({
        "lang": if lang == Lang::Ru { "ru" } else { "en" },
        "verdict": verdict,
        "package": package(report),
        "errors": count(CheckSeverity::Error, report.totals.errors),
        "warnings": count(CheckSeverity::Warning, report.totals.warnings),
        "groups": report.findings.len() as u64 + report.omitted.groups,
        "clean": clean(report),
        "files": files,
        "tables": tables,
        "others": others,
        "shares": shares(&report.shares),
        "metrics": Metric::ALL.map(|(name, metric)| json!({
            "name": name, "title": both(&words::metric(metric)), "order": is_of_order(metric),
        })),
        "indicators": report.indicators.iter().map(|one| {
            let (value, reason) = match &one.value {
                Ok((part, whole)) => {
                    (in_both(|lang| words::percent(*part, *whole, lang)), None)
                }
                Err(reason) => (in_both(|_| "—".to_owned()), Some(both(reason))),
            };
            let of = one.value.as_ref().ok().map(|(part, whole)| in_both(|lang| {
                format!("{} / {}", words::number(*part, lang), words::number(*whole, lang))
            }));
            json!({ "code": one.code, "title": one.title, "value": value, "of": of, "reason": reason })
        }).collect::<Vec<_>>(),
        "unchecked": report.unchecked.iter().map(skipped).collect::<Vec<_>>(),
        "unchecked_count": report.unchecked.iter().map(|one| one.shown().len()).sum::<usize>(),
        "checks": report.checks.iter().take(CHECKS).map(|one| json!({
            "check": one.check,
            "table": match (&one.table, one.columns.is_empty()) {
                (Some(table), false) => format!("{table}.{}", one.columns.join(", ")),
                (Some(table), true) => table.clone(),
                (None, _) => String::new(),
            },
            "judged": in_both(|lang| words::number(one.judged, lang)),
            "broken": in_both(|lang| words::number(one.broken, lang)),
        })).collect::<Vec<_>>(),
        "checks_more": report.checks.len().saturating_sub(CHECKS),
        "omitted": {
            "groups": report.omitted.groups,
            "samples": report.omitted.samples,
            "any": report.omitted.groups + report.omitted.samples > 0,
        },
        "comparison": report.comparison.as_ref().map(|one| json!({
            "new": one.new.errors + one.new.warnings,
            "known": one.known.errors + one.known.warnings,
            "gone": one.gone.iter().map(|gone| json!({
                "code": gone.code,
                "table": gone.table,
                "columns": gone.columns,
                "message": both(&gone.message),
                "count": in_both(|lang| words::times(gone.count, lang)),
            })).collect::<Vec<_>>(),
        })),
        "codes": codes.into_iter().map(code).collect::<Vec<_>>(),
        "shows_values": report.shows_values,
    })
}

/// Whether the order names the metric (point 5.3: полнота, актуальность, непротиворечивость, связанность).
fn is_of_order(metric: Metric) -> bool {
    !matches!(metric, Metric::Format | Metric::Uniqueness)
}

fn both(text: &Text) -> Value {
    json!({ "en": text.en, "ru": text.ru })
}

fn in_both(of: impl Fn(Lang) -> String) -> Value {
    json!({ "en": of(Lang::En), "ru": of(Lang::Ru) })
}

fn count(severity: CheckSeverity, count: u64) -> Value {
    let words = in_both(|lang| {
        let words = words::findings(severity, count, lang);
        words
            .rsplit_once(' ')
            .map_or(words.clone(), |(_, noun)| noun.to_owned())
    });
    json!({ "count": count, "number": in_both(|lang| words::number(count, lang)), "noun": words })
}

fn package(report: &Report) -> Value {
    let package = &report.package;
    json!({
        "name": package.name,
        "kind": both(&words::kind(package.kind)),
        "mode": both(&words::mode(package.mode)),
        "files": in_both(|lang| words::files(package.files, lang)),
        "rows": in_both(|lang| words::rows(package.rows, lang)),
        "bytes": in_both(|lang| words::bytes(package.bytes, lang)),
        "sha256": package.sha256,
        "producer": package.manifest.as_ref().and_then(|one| one.producer.as_ref())
            .map(|(name, version)| format!("{name} {version}")),
        "showcase": report.showcase,
        "showcase_title": report.showcase_title,
        "version": report.model_version,
        "judged_at": report.judged_at,
        "tool": report.tool_version,
    })
}

/// The share of rows without findings.
fn clean(report: &Report) -> Value {
    let clean: u64 = report.tables.iter().map(TableLine::clean_rows).sum();
    in_both(|lang| words::percent(clean, report.package.rows, lang))
}

fn table(table: &TableLine, findings: &[&Finding]) -> Value {
    let mine = findings
        .iter()
        .filter(|one| one.table.as_ref() == Some(&table.name));
    json!({
        "name": table.name,
        "title": table.title,
        "files": table.files,
        "rows_all": table.rows,
        "rows": in_both(|lang| words::rows(table.rows, lang)),
        "rows_number": in_both(|lang| words::number(table.rows, lang)),
        "bytes": in_both(|lang| words::bytes(table.bytes, lang)),
        "broken": table.broken_rows,
        "broken_rows": in_both(|lang| words::rows(table.broken_rows, lang)),
        "clean_share": in_both(|lang| words::percent(table.clean_rows(), table.rows, lang)),
        "errors": count(CheckSeverity::Error, table.findings.errors),
        "warnings": count(CheckSeverity::Warning, table.findings.warnings),
        "chart": chart(table),
        "shares": shares(&table.shares),
        "findings": mine.map(|one| finding(one)).collect::<Vec<_>>(),
    })
}

/// A bar of clean rows, rows with warnings and rows with errors: offsets and widths out of a thousand.
fn chart(table: &TableLine) -> Value {
    let part = |rows: u64| match (rows, table.rows) {
        (0, _) | (_, 0) => 0,
        (rows, all) => {
            let wide = u128::from(rows) * u128::from(WIDE) / u128::from(all);
            u64::try_from(wide).unwrap_or(WIDE).clamp(SEEN, WIDE)
        }
    };
    let errors = part(table.rows_with_errors);
    let warnings = part(table.rows_with_warnings).min(WIDE - errors);
    let clean = match table.rows {
        0 => 0,
        _ => WIDE - errors - warnings,
    };
    let words = |lang| {
        let number = |rows| words::number(rows, lang);
        let (clean, warnings, errors) = (
            number(table.clean_rows()),
            number(table.rows_with_warnings),
            number(table.rows_with_errors),
        );
        match lang {
            Lang::En => format!(
                "rows without findings {clean}, with warnings {warnings}, with errors {errors}"
            ),
            Lang::Ru => format!(
                "строк без замечаний {clean}, с предупреждениями {warnings}, с ошибками {errors}"
            ),
        }
    };
    json!({ "clean": clean, "warnings": warnings, "errors": errors, "words": in_both(words) })
}

fn shares(shares: &Shares) -> Vec<Value> {
    let share = |metric| {
        let share = shares.of(metric);
        json!({
            "share": in_both(|lang| words::share(share, lang)),
            "of": in_both(|lang| {
                let (broken, judged) = (share.errors + share.warnings, share.judged);
                format!("{} / {}", words::number(broken, lang), words::number(judged, lang))
            }),
            "state": match (share.judged, share.errors, share.warnings) {
                (0, ..) => "none",
                (_, 0, 0) => "clean",
                (_, 0, _) => "warning",
                _ => "error",
            },
        })
    };
    Metric::ALL
        .iter()
        .map(|(_, metric)| share(*metric))
        .collect()
}

fn finding(finding: &Finding) -> Value {
    let shown: u64 = finding.samples.iter().map(|one| one.count).sum();
    json!({
        "id": finding.fingerprint,
        "code": finding.code.as_str(),
        "severity": finding.severity.name(),
        "severity_word": both(&words::severity(finding.severity)),
        "place": match finding.table.is_some() {
            true => sarif::place(finding),
            false => finding.file.clone().unwrap_or_default(),
        },
        "file": finding.file,
        "table": finding.table,
        "titles": finding.columns.iter().map(|one| one.title.as_str()).collect::<Vec<_>>().join(", "),
        "message": both(&finding.message),
        "detail": finding.detail.as_ref().map(both),
        "rules": finding.rules,
        "metric": finding.metric.map(|one| both(&words::metric(one))),
        "area": both(&words::area(finding.area)),
        "count": finding.count,
        "times": in_both(|lang| words::times(finding.count, lang)),
        "number": in_both(|lang| words::number(finding.count, lang)),
        "distinct": finding.distinct.filter(|one| *one != finding.count)
            .map(|one| in_both(|lang| words::number(one, lang))),
        "samples": finding.samples.iter().map(|one| sample(one, finding)).filter(|one| !one.is_null())
            .collect::<Vec<_>>(),
        "more": (shown < finding.count && shown > 0)
            .then(|| in_both(|lang| words::number(finding.count - shown, lang))),
        "advice": both(&finding.advice),
        "command": finding.command,
        "status": finding.status.map(json::status),
        "status_words": finding.status.map(|one| both(&status(one))),
    })
}

fn status(status: Status) -> Text {
    match status {
        Status::New => text!("new", "новое"),
        Status::Grown(more) => text!("{more} more", "больше на {more}"),
        Status::Known => text!("known", "известное"),
    }
}

fn sample(sample: &Sample, finding: &Finding) -> Value {
    let place = match (&sample.file, sample.line, sample.position) {
        (Some(file), Some(line), Some(position)) => format!("{file}:{line}:{position}"),
        (Some(file), Some(line), None) => format!("{file}:{line}"),
        (Some(file), None, _) if finding.file.is_none() => file.clone(),
        _ => String::new(),
    };
    let shown = sample.shown();
    let key = sample
        .key
        .as_ref()
        .filter(|key| shown.as_ref() != Some(*key));
    let values = match &sample.value {
        Some(_) => Vec::new(),
        None => sample
            .values
            .iter()
            .map(|one| {
                let is_alone = sample.values.len() == 1;
                json!({
                    "column": if is_alone { "" } else { one.column.as_str() },
                    "text": one.text,
                    "masked": one.masked,
                })
            })
            .collect(),
    };
    if place.is_empty() && key.is_none() && values.is_empty() && sample.value.is_none() {
        return Value::Null;
    }
    json!({
        "place": place,
        "byte": sample.byte,
        "key": key,
        "value": sample.value,
        "values": values,
        "count": (sample.count > 1).then(|| in_both(|lang| words::number(sample.count, lang))),
        "new": sample.is_new == Some(true),
    })
}

fn skipped(skipped: &Skipped) -> Value {
    json!({
        "reason": both(&skipped.reason),
        "parts": skipped.shown().iter().map(|part| json!({
            "what": both(&part.what),
            "place": match (&part.table, part.columns.is_empty()) {
                (Some(table), true) => table.clone(),
                (Some(table), false) => format!("{table}.{}", part.columns.join(", ")),
                (None, _) => String::new(),
            },
            "rows": part.rows.map(|rows| in_both(|lang| words::rows(rows, lang))),
        })).collect::<Vec<_>>(),
    })
}

/// The page of a code, in blocks.
fn code(code: Code) -> Value {
    let page = |lang| {
        json!({
            "title": explain::title(code, lang),
            "blocks": blocks(explain::page(code, lang)),
        })
    };
    json!({ "code": code.as_str(), "en": page(Lang::En), "ru": page(Lang::Ru) })
}

/// Paragraphs and examples of a page, its heading left out.
fn blocks(page: &str) -> Vec<Value> {
    let mut blocks = Vec::new();
    let mut lines = page.lines().skip(1).peekable();
    while let Some(line) = lines.next() {
        if line.starts_with("```") {
            let example: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            blocks.push(json!({ "example": example.join("\n") }));
        } else if !line.is_empty() {
            let mut words = vec![line];
            while let Some(more) = lines.next_if(|line| !line.is_empty()) {
                words.push(more);
            }
            blocks.push(json!({ "words": words.join(" ") }));
        }
    }
    blocks
}
