//! The records of a synthetic model in the languages of other generators.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::{CODES, COLUMNS, PER_LIST, list, lists, table, upper_camel};

/// The same records as one `.proto` file (proto3), for `prost-build`.
pub fn proto(tables: usize) -> String {
    let mut out = String::from("syntax = \"proto3\";\n\npackage synthetic;\n");
    for at in 0..lists(tables) {
        let prefix = list(at).to_uppercase();
        let _ = write!(
            out,
            "\n// Список {at}\nenum {} {{\n  {prefix}_UNSPECIFIED = 0;\n",
            upper_camel(&list(at))
        );
        for code in 1..=CODES {
            let _ = writeln!(
                out,
                "  // Значение {code}\n  {prefix}_CODE_{code} = {code};"
            );
        }
        out.push_str("}\n");
    }
    for at in 0..tables {
        let _ = write!(
            out,
            "\n// Таблица {at}\nmessage {} {{\n",
            upper_camel(&table(at))
        );
        let enumeration = upper_camel(&list(at / PER_LIST));
        let head = [
            ("id", "Идентификатор", "string", true),
            ("parent_id", "Старшая запись", "string", at > 0),
            ("status_code", "Статус", enumeration.as_str(), true),
        ];
        let middle = COLUMNS
            .iter()
            .map(|c| (c.name, c.title, c.proto, c.required));
        let tail = ("modified_datetime", "Изменено", "string", true);
        for (number, (name, title, ty, required)) in
            head.into_iter().chain(middle).chain([tail]).enumerate()
        {
            let label = if required { "" } else { "optional " };
            let _ = writeln!(out, "  // {title}\n  {label}{ty} {name} = {};", number + 1);
        }
        out.push_str("}\n");
    }
    out
}

/// The same records as one JSON Schema with a definition for each list and table, for `typify`.
pub fn json_schema(tables: usize) -> String {
    let mut definitions = Map::new();
    for at in 0..lists(tables) {
        let codes: Vec<String> = (1..=CODES).map(|code| format!("code_{code}")).collect();
        let list_schema =
            json!({ "title": format!("Список {at}"), "type": "string", "enum": codes });
        definitions.insert(list(at), list_schema);
    }
    for at in 0..tables {
        let mut properties = Map::new();
        let mut required = vec!["id", "status_code", "modified_datetime"];
        let text =
            |title: &str| json!({ "description": title, "type": "string", "maxLength": 100 });
        properties.insert("id".into(), text("Идентификатор"));
        properties.insert("parent_id".into(), text("Старшая запись"));
        if at > 0 {
            required.push("parent_id");
        }
        let status = json!({ "$ref": format!("#/definitions/{}", list(at / PER_LIST)) });
        properties.insert("status_code".into(), status);
        for column in &COLUMNS {
            let mut schema: Value = serde_json::from_str(column.json).unwrap_or_default();
            if let Some(members) = schema.as_object_mut() {
                members.insert("description".into(), column.title.into());
            }
            properties.insert(column.name.into(), schema);
            if column.required {
                required.push(column.name);
            }
        }
        properties.insert("modified_datetime".into(), text("Изменено"));
        let record = json!({
            "title": upper_camel(&table(at)),
            "description": format!("Таблица {at}"),
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": false,
        });
        definitions.insert(table(at), record);
    }
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "definitions": definitions,
    });
    format!("{schema:#}\n")
}
