//! The YAML of a list in the one layout that the model's own lists have.

use std::fmt::Write;

use super::list::{ImportedList, ImportedValue};
use crate::source::shape::scalar::taken_for;

/// The file of a classifier.
pub(super) fn classifier(list: &ImportedList) -> String {
    let mut out = String::new();
    let mut field = |name: &str, value: &str| {
        // Writing to a string does not fail.
        let _ = writeln!(out, "{name}: {value}");
    };
    field("classifier", &list.name);
    field("title", &scalar(&list.title, Context::Block));
    if let Some(note) = &list.note {
        field("note", &scalar(note, Context::Block));
    }
    field("authority", &scalar(&list.authority, Context::Block));
    field("source", &scalar(&list.source, Context::Block));
    let mut binding = format!(
        "code: {}, uid: {}, revision: {}",
        scalar(&list.esnsi_code, Context::Flow),
        scalar(&list.esnsi_uid, Context::Flow),
        list.esnsi_revision
    );
    if let Some(attribute) = &list.esnsi_key_attribute {
        let _ = write!(
            binding,
            ", key_attribute: {}",
            scalar(attribute, Context::Flow)
        );
    }
    field("esnsi", &format!("{{ {binding} }}"));
    if list.is_numeric {
        field("type", "int32");
    }
    out.push_str("values:\n");
    for one in &list.values {
        let _ = writeln!(out, "  - {{ {} }}", value(one, list.is_numeric));
    }
    out
}

fn value(value: &ImportedValue, is_numeric: bool) -> String {
    // Codes of a list of numbers are numbers of YAML as well. In a list of texts some that begin
    // with a digit are numbers to YAML and some are not: all of them stand in quotes.
    let code = |code: &str| match code.chars().next() {
        _ if is_numeric => code.to_owned(),
        Some('0'..='9') => quoted(code),
        _ => scalar(code, Context::Flow),
    };
    let mut fields = vec![format!("code: {}", code(&value.code))];
    let mut field = |name: &str, value: Option<String>| {
        fields.extend(value.map(|value| format!("{name}: {value}")));
    };
    field(
        "name",
        value
            .name
            .as_deref()
            .map(|name| scalar(name, Context::Flow)),
    );
    field("title", Some(scalar(&value.title, Context::Flow)));
    field("parent", value.parent.as_deref().map(code));
    field("start_date", value.start_date.clone());
    field("end_date", value.end_date.clone());
    fields.join(", ")
}

/// Where a scalar stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Context {
    /// Behind `key: ` on a line of its own.
    Block,
    /// Within `{ … }`.
    Flow,
}

/// A text of one line as a scalar of YAML: plain where every reader takes it for the same text,
/// else in single quotes.
fn scalar(text: &str, context: Context) -> String {
    match is_plain(text, context) {
        true => text.to_owned(),
        false => quoted(text),
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn is_plain(text: &str, context: Context) -> bool {
    const INDICATORS: &str = "-?:,[]{}#&*!|>'\"%@`=<~";
    let null = ["null", "~"];
    !text.is_empty()
        && text.trim() == text
        && !text.starts_with(|c: char| INDICATORS.contains(c))
        && !text.starts_with("...")
        && !text.ends_with(':')
        && !text.contains(": ")
        && !text.contains(" #")
        && (context == Context::Block || !text.contains([',', '[', ']', '{', '}', '"', '\'']))
        && !null.iter().any(|word| word.eq_ignore_ascii_case(text))
        && taken_for(text).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_stand_where_they_must() {
        let quoted = [
            "01", "1", "-7", "1e5", "yes", "Null", "~", "- a", "a: b", "a #b", "#b", "'a'", "a:",
            " a", "", "*a", "@a", "%a", "0x1F",
        ];
        for text in quoted {
            let made = scalar(text, Context::Block);
            assert!(made.starts_with('\'') && made.ends_with('\''), "{made}");
        }
        for text in ["a, b", "a {b}", "ООО \"Ромашка\"", "О'Нил"] {
            assert_ne!(scalar(text, Context::Flow), text);
            assert_eq!(scalar(text, Context::Block), text);
        }
        for text in [
            "Да",
            "a:b",
            "a#b",
            "1.0.0",
            "с. Малахово (Алтай)",
            "7 54 03",
            "A-1",
            "№ 5",
        ] {
            assert_eq!(scalar(text, Context::Flow), text);
        }
        assert_eq!(scalar("О'Нил, с", Context::Flow), "'О''Нил, с'");
    }
}
