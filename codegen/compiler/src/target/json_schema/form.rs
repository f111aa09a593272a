//! How values of base types look in JSON: the form in which the generated Rust types write them.
//!
//! Patterns keep to what ECMA-262 with the flag `u` and the `regex` crate read the same way: no
//! look-around and `[0-9]` instead of `\d`, which is wider in some engines.

use serde_json::{Map, Value, json};

use crate::model::{BaseType, PatternNode};

/// Texts without control characters (C0, DEL, C1) and without the line breaks of Unicode: rule F5
/// of the CSV form has no place for them.
pub(super) const NO_CONTROL: &str = "^[^\\u0000-\\u001F\\u007F-\\u009F\\u2028\\u2029]*$";

/// Hours, minutes and seconds of a day; there are no leap seconds.
const TIME: &str = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]";

/// Every day of the Gregorian calendar from year 1 to 9999, leap years included.
const DATE: &str = concat!(
    "(?:",
    "(?:[0-9]{3}[1-9]|[0-9]{2}[1-9][0-9]|[0-9][1-9][0-9]{2}|[1-9][0-9]{3})-",
    "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])",
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)",
    "|02-(?:0[1-9]|1[0-9]|2[0-8]))",
    "|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])",
    "|(?:0[48]|[2468][048]|[13579][26])00)-02-29",
    ")"
);

/// The text of the largest 32-bit float; wider than the float itself, as its shortest text is.
const FLOAT_MAX: f64 = 3.4028235e38;

const UUID: &str = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";

/// The JSON type of a base type's values.
pub(super) fn json_type(base: BaseType) -> &'static str {
    match base {
        BaseType::Boolean => "boolean",
        BaseType::Int32 | BaseType::BigInt => "integer",
        BaseType::Float | BaseType::Double => "number",
        _ => "string",
    }
}

/// The keywords of a base type beside `type`.
pub(super) fn keywords(base: BaseType) -> Map<String, Value> {
    let keywords = match base {
        BaseType::Boolean | BaseType::Double => json!({}),
        BaseType::Float => json!({ "minimum": -FLOAT_MAX, "maximum": FLOAT_MAX }),
        BaseType::Int32 => json!({ "minimum": i32::MIN, "maximum": i32::MAX }),
        BaseType::BigInt => json!({ "minimum": i64::MIN, "maximum": i64::MAX }),
        BaseType::Char(n) => json!({ "minLength": n, "maxLength": n, "pattern": NO_CONTROL }),
        BaseType::Varchar(Some(n)) => {
            json!({ "minLength": 1, "maxLength": n, "pattern": NO_CONTROL })
        }
        BaseType::Varchar(None) | BaseType::Link => {
            json!({ "minLength": 1, "pattern": NO_CONTROL })
        }
        BaseType::Uuid => json!({ "format": "uuid", "pattern": UUID }),
        BaseType::Date => json!({ "format": "date", "pattern": format!("^{DATE}$") }),
        BaseType::Time(p) => json!({ "pattern": format!("^{TIME}{}$", fraction(p)) }),
        BaseType::Timestamp(p) => {
            json!({ "pattern": format!("^{DATE} {TIME}{}$", fraction(p)) })
        }
    };
    match keywords {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// Limits of length alone, for a column that is narrower or wider than its type.
pub(super) fn length_keywords(base: BaseType) -> Map<String, Value> {
    let mut map = keywords(base);
    map.retain(|key, _| key == "minLength" || key == "maxLength");
    map
}

fn fraction(digits: u8) -> String {
    match digits {
        0 => String::new(),
        1 => "(?:\\.[0-9])?".to_owned(),
        n => format!("(?:\\.[0-9]{{1,{n}}})?"),
    }
}

/// Whether a text that matches may hold a control character.
pub(super) fn admits_control(node: &PatternNode) -> bool {
    match node {
        PatternNode::Empty => false,
        PatternNode::Class(ranges) => ranges.iter().any(|(from, to)| {
            let meets = |(first, last): (char, char)| *from <= last && *to >= first;
            [
                ('\0', '\u{1f}'),
                ('\u{7f}', '\u{9f}'),
                ('\u{2028}', '\u{2029}'),
            ]
            .into_iter()
            .any(meets)
        }),
        PatternNode::Sequence(parts) | PatternNode::Alternatives(parts) => {
            parts.iter().any(admits_control)
        }
        PatternNode::Repeat { node, max, .. } => *max != Some(0) && admits_control(node),
    }
}

/// A value of the model's text form as JSON. `None` when the text is no such value.
pub(super) fn json_value(base: BaseType, text: &str) -> Option<Value> {
    match base {
        BaseType::Boolean => match text {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            _ => None,
        },
        BaseType::Int32 | BaseType::BigInt => text.parse::<i64>().ok().map(Value::from),
        BaseType::Float | BaseType::Double => {
            let number = text.parse::<f64>().ok().filter(|n| n.is_finite())?;
            Some(Value::from(number))
        }
        _ => Some(Value::from(text)),
    }
}

/// The examples that are values of `base`, as the keyword has them.
pub(super) fn examples<'a>(
    base: BaseType,
    texts: impl IntoIterator<Item = &'a String>,
) -> Option<Value> {
    let values: Vec<Value> = texts
        .into_iter()
        .filter_map(|text| json_value(base, text))
        .collect();
    (!values.is_empty()).then_some(Value::Array(values))
}

/// The schema of a base type's values; with `nullable` also null.
pub(super) fn plain(base: BaseType, nullable: bool) -> Map<String, Value> {
    let mut map = plain_type(base, nullable);
    map.extend(keywords(base));
    map
}

/// The type of a base type's values alone; with `nullable` also null.
pub(super) fn plain_type(base: BaseType, nullable: bool) -> Map<String, Value> {
    let name = json_type(base);
    let ty = if nullable {
        json!([name, "null"])
    } else {
        json!(name)
    };
    Map::from_iter([("type".to_owned(), ty)])
}
