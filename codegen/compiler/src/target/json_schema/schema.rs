//! Small schemas and how they combine: the only place that knows the keywords of applicators.
//!
//! `true` accepts everything and `false` nothing; the combinators keep them out of the result
//! wherever they change nothing, so that a schema says no more than it must.

use serde_json::{Map, Value, json};

/// Accepts what every part accepts.
pub(super) fn all_of(parts: impl IntoIterator<Item = Value>) -> Value {
    combine("allOf", true, parts)
}

/// Accepts what some part accepts.
pub(super) fn any_of(parts: impl IntoIterator<Item = Value>) -> Value {
    combine("anyOf", false, parts)
}

/// `neutral` changes nothing, its opposite decides alone.
fn combine(keyword: &str, neutral: bool, parts: impl IntoIterator<Item = Value>) -> Value {
    let mut kept: Vec<Value> = Vec::new();
    for part in parts {
        if part == Value::Bool(neutral) {
            continue;
        }
        if part == Value::Bool(!neutral) {
            return part;
        }
        let inner = match sole_keyword(&part, keyword) {
            Some(Value::Array(inner)) => inner.clone(),
            _ => vec![part],
        };
        for part in inner {
            if !kept.contains(&part) {
                kept.push(part);
            }
        }
    }
    if kept.len() <= 1 {
        kept.pop().unwrap_or(Value::Bool(neutral))
    } else {
        object([(keyword, Value::Array(kept))])
    }
}

/// Accepts what `schema` refuses.
pub(super) fn not(schema: Value) -> Value {
    if let Value::Bool(all) = schema {
        return Value::Bool(!all);
    }
    match sole_keyword(&schema, "not") {
        Some(inner) => inner.clone(),
        None => object([("not", schema)]),
    }
}

fn sole_keyword<'a>(schema: &'a Value, keyword: &str) -> Option<&'a Value> {
    let map = schema.as_object().filter(|map| map.len() == 1)?;
    map.get(keyword)
}

/// Accepts a row whose `column` is there and fits `value`; `value` must refuse null itself.
pub(super) fn present(column: &str, value: Value) -> Value {
    if value == Value::Bool(false) {
        return value;
    }
    json!({ "required": [column], "properties": { column: value } })
}

/// Accepts a row whose `column` is null or not there.
pub(super) fn absent(column: &str) -> Value {
    json!({ "properties": { column: { "type": "null" } } })
}

/// Accepts a row whose `column` is neither null nor missing.
pub(super) fn filled(column: &str) -> Value {
    present(column, json!({ "not": { "type": "null" } }))
}

/// An object of these keys, in this order.
pub(super) fn object<'a>(entries: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    let map: Map<String, Value> = entries
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect();
    Value::Object(map)
}

/// How many values a schema consists of.
pub(super) fn size(schema: &Value) -> usize {
    match schema {
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Object(map) => 1 + map.values().map(size).sum::<usize>(),
        _ => 1,
    }
}
