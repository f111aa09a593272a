//! Findings as one JSON document, for scripts and editors.
//!
//! ```json
//! {
//!   "format": 1,
//!   "summary": { "errors": 1, "warnings": 0, "infos": 0 },
//!   "findings": [
//!     {
//!       "code": "E0301",
//!       "severity": "error",
//!       "message": { "en": "unknown type `recrod_id`", "ru": "неизвестный тип `recrod_id`" },
//!       "file": "model/tables/attendance.yaml",
//!       "line": 7, "column": 42, "endLine": 7, "endColumn": 51, "offset": 180, "length": 9,
//!       "label": { "en": "", "ru": "" },
//!       "help": null,
//!       "suggestion": "record_id",
//!       "labels": [{ "message": { "en": "", "ru": "" }, "file": "…", "line": 1, "column": 9 }]
//!     }
//!   ]
//! }
//! ```
//!
//! `severity` is `error`, `warning` or `info`. Lines and columns count from 1, columns in Unicode
//! code points, the end stands behind the last character; `offset` and `length` are bytes from 0.
//! A finding without a place has `null` in `file` and in the seven numbers. `labels` holds the other
//! places, each with the same eight members as the finding's own. `suggestion` is what would stand
//! well in the finding's place.

use serde_json::{Map, Value, json};

use super::format::Part;
use super::place::{Place, Places};
use super::{Diagnostic, Label, Severity, Text};

/// The document, indented, with a line end.
pub fn document(parts: &[Part<'_>]) -> String {
    let document = value(parts);
    format!("{document:#}\n")
}

/// The document as a value, for callers that add members of their own.
pub fn value(parts: &[Part<'_>]) -> Value {
    let mut findings = Vec::new();
    let mut counts = [0usize; 3];
    for (report, sources) in parts {
        let places = Places::new(sources);
        for diagnostic in report.sorted() {
            match diagnostic.severity {
                Severity::Error => counts[0] += 1,
                Severity::Warning => counts[1] += 1,
                Severity::Info => counts[2] += 1,
            }
            findings.push(finding(diagnostic, &places));
        }
    }
    let [errors, warnings, infos] = counts;
    json!({
        "format": 1,
        "summary": { "errors": errors, "warnings": warnings, "infos": infos },
        "findings": findings,
    })
}

/// The word of a severity in JSON.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

fn finding(diagnostic: &Diagnostic, places: &Places<'_>) -> Value {
    let mut out = Map::new();
    out.insert("code".into(), diagnostic.code.as_str().into());
    out.insert("severity".into(), severity(diagnostic.severity).into());
    out.insert("message".into(), text(&diagnostic.message));
    let primary = diagnostic.primary.as_ref();
    put_place(&mut out, primary.map(|label| places.find(label.span)));
    out.insert(
        "label".into(),
        primary.map(|label| text(&label.text)).into(),
    );
    out.insert("help".into(), diagnostic.help.as_ref().map(text).into());
    out.insert("suggestion".into(), diagnostic.suggestion.clone().into());
    let labels = diagnostic
        .secondary
        .iter()
        .map(|other| label(other, places));
    out.insert("labels".into(), labels.collect());
    Value::Object(out)
}

fn label(label: &Label, places: &Places<'_>) -> Value {
    let mut out = Map::new();
    out.insert("message".into(), text(&label.text));
    put_place(&mut out, Some(places.find(label.span)));
    Value::Object(out)
}

fn put_place(out: &mut Map<String, Value>, place: Option<Place>) {
    let mut put = |name: &str, value: Option<Value>| {
        out.insert(name.into(), value.unwrap_or(Value::Null));
    };
    let place = place.as_ref();
    put("file", place.map(|place| place.file.as_str().into()));
    put("line", place.map(|place| place.line.into()));
    put("column", place.map(|place| place.column.into()));
    put("endLine", place.map(|place| place.end_line.into()));
    put("endColumn", place.map(|place| place.end_column.into()));
    put("offset", place.map(|place| place.offset.into()));
    put("length", place.map(|place| place.length.into()));
}

fn text(text: &Text) -> Value {
    json!({ "en": text.en, "ru": text.ru })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::sample;

    #[test]
    fn every_member_is_there() {
        let sources = sample::sources();
        let report = sample::report(&sources);
        insta::assert_snapshot!(document(&[(&report, &sources)]));
    }

    #[test]
    fn offsets_are_bytes_of_the_file() {
        let sources = sample::sources();
        let report = sample::report(&sources);
        let document = value(&[(&report, &sources)]);
        let finding = &document["findings"][2];
        let file = sources.find("tables/attendance.yaml").unwrap();
        let start = finding["offset"].as_u64().unwrap() as usize;
        let length = finding["length"].as_u64().unwrap() as usize;
        let text = &sources.get(file).text;
        assert_eq!(&text[start..start + length], "recrod_id");
    }
}
