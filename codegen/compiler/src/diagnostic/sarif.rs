//! Findings as SARIF 2.1.0 (OASIS Standard, 27 March 2020), which code-scanning services read.
//!
//! Rules come from the registry of codes, with their pages as help. Columns count Unicode code
//! points and the run says so (§3.14.17). Files are relative URI references, as the caller's paths
//! are; a path from the root of the disk becomes a `file:` URI. A suggestion is a fix (§3.55).

use serde_json::{Value, json};

use super::format::Part;
use super::place::{Place, Places};
use super::{Code, Diagnostic, Label, Lang, Severity};

/// The log, indented, with a line end. SARIF has one language a run: `lang`.
pub fn document(parts: &[Part<'_>], lang: Lang) -> String {
    let results: Vec<Value> = parts
        .iter()
        .flat_map(|(report, sources)| {
            let places = Places::new(sources);
            report
                .sorted()
                .into_iter()
                .map(move |diagnostic| result(diagnostic, &places, lang))
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "vitrina",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "language": language(lang),
                "rules": rules(lang),
            } },
            "language": language(lang),
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn language(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "en",
        Lang::Ru => "ru",
    }
}

fn rules(lang: Lang) -> Vec<Value> {
    Code::all()
        .iter()
        .map(|row| {
            let (title, page) = match lang {
                Lang::En => (row.title_en, row.page_en),
                Lang::Ru => (row.title_ru, row.page_ru),
            };
            json!({
                "id": row.code.as_str(),
                "shortDescription": { "text": title },
                "help": { "text": page, "markdown": page },
                "defaultConfiguration": { "level": level(row.severity) },
            })
        })
        .collect()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn result(diagnostic: &Diagnostic, places: &Places<'_>, lang: Lang) -> Value {
    let index = Code::all()
        .iter()
        .position(|row| row.code == diagnostic.code);
    let mut message = diagnostic.message.get(lang).to_owned();
    if let Some(help) = &diagnostic.help {
        message.push('\n');
        message.push_str(help.get(lang));
    }
    let primary = diagnostic.primary.as_ref();
    let location = |label: &Label, id: Option<usize>| {
        let mut location = json!({ "physicalLocation": physical(&places.find(label.span)) });
        if let Some(id) = id {
            location["id"] = id.into();
        }
        if !label.text.is_empty() {
            location["message"] = json!({ "text": label.text.get(lang) });
        }
        location
    };
    let related = diagnostic.secondary.iter().enumerate();
    let mut result = json!({
        "ruleId": diagnostic.code.as_str(),
        "ruleIndex": index,
        "level": level(diagnostic.severity),
        "message": { "text": message },
        "locations": primary.map(|label| location(label, None)).into_iter().collect::<Vec<_>>(),
        "relatedLocations": related
            .map(|(id, label)| location(label, Some(id)))
            .collect::<Vec<_>>(),
    });
    if let (Some(label), Some(suggestion)) = (primary, &diagnostic.suggestion) {
        result["fixes"] = json!([fix(&places.find(label.span), suggestion, lang)]);
    }
    result
}

fn fix(place: &Place, suggestion: &str, lang: Lang) -> Value {
    let words = match lang {
        Lang::En => format!("replace with `{suggestion}`"),
        Lang::Ru => format!("заменить на `{suggestion}`"),
    };
    json!({
        "description": { "text": words },
        "artifactChanges": [{
            "artifactLocation": { "uri": uri(&place.file) },
            "replacements": [{
                "deletedRegion": region(place),
                "insertedContent": { "text": suggestion },
            }],
        }],
    })
}

fn physical(place: &Place) -> Value {
    let artifact = json!({ "uri": uri(&place.file) });
    if place.offset == 0 && place.length == 0 {
        return json!({ "artifactLocation": artifact });
    }
    json!({ "artifactLocation": artifact, "region": region(place) })
}

fn region(place: &Place) -> Value {
    json!({
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
        "byteOffset": place.offset,
        "byteLength": place.length,
    })
}

/// A path as a URI reference (RFC 3986): `/` between the parts, all but unreserved bytes escaped.
pub fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut out = String::with_capacity(path.len());
    let relative = path.trim_start_matches("./");
    if path.starts_with('/') {
        out.push_str("file://");
    } else if relative.as_bytes().get(1) == Some(&b':') {
        out.push_str("file:///");
    }
    for byte in relative.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::sample;

    #[test]
    fn results_hold_places_relations_and_fixes() {
        let sources = sample::sources();
        let report = sample::report(&sources);
        let text = document(&[(&report, &sources)], Lang::Ru);
        let mut log: Value = serde_json::from_str(&text).unwrap();
        let results = &mut log["runs"][0]["results"];
        // Every new code moves the positions of others; the test below holds them.
        for result in results.as_array_mut().unwrap() {
            result.as_object_mut().unwrap().shift_remove("ruleIndex");
        }
        insta::assert_snapshot!(format!("{results:#}"));
    }

    #[test]
    fn every_code_is_a_rule_and_results_point_at_theirs() {
        let sources = sample::sources();
        let report = sample::report(&sources);
        let log: Value = serde_json::from_str(&document(&[(&report, &sources)], Lang::En)).unwrap();
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        assert_eq!(rules.len(), Code::all().len());
        for rule in rules {
            assert!(rule["help"]["text"].as_str().unwrap().starts_with("# "));
        }
        for result in run["results"].as_array().unwrap() {
            let index = result["ruleIndex"].as_u64().unwrap() as usize;
            assert_eq!(rules[index]["id"], result["ruleId"]);
        }
        assert_eq!(run["columnKind"], "unicodeCodePoints");
    }

    #[test]
    fn paths_become_uri_references() {
        assert_eq!(uri("./model/a b.yaml"), "model/a%20b.yaml");
        assert_eq!(uri("ddl/ё.sql"), "ddl/%D1%91.sql");
        assert_eq!(uri("/srv/model/a.yaml"), "file:///srv/model/a.yaml");
        assert_eq!(uri("C:\\model\\a.yaml"), "file:///C%3A/model/a.yaml");
        assert_eq!(uri("../model/a.yaml"), "../model/a.yaml");
    }
}
