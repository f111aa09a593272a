//! JSON Schema of the model language, for completion and hover in editors. Printed from the same
//! tables that files are checked against.

use serde_json::{Map, Value as Json, json};

use super::shape::{About, Object, Value, language};

/// The schema (draft 2020-12): one definition per kind of file under `$defs` (`showcase`,
/// `regulation`, `kinds`, `types`, `mixins`, `classifier`, `table`, `rules`, `scenario`, `parts`); a document fits the whole when
/// it fits one of them. Descriptions are Russian, then English.
pub fn language_schema() -> Json {
    let mut definitions = Map::new();
    let objects = [
        &language::SHOWCASE,
        &language::REGULATION,
        &language::KINDS,
        &language::TYPE,
        &language::MIXIN,
        &language::CLASSIFIER,
        &language::TABLE,
        &language::RULE,
        &language::INDICATOR,
        &language::SCENARIO,
        &language::PART,
    ];
    for object in objects {
        define(object, &mut definitions);
    }
    let lists = [
        ("types", &language::TYPE),
        ("mixins", &language::MIXIN),
        ("parts", &language::PART),
    ];
    for (name, object) in lists {
        definitions.insert(
            name.into(),
            json!({ "type": "array", "items": reference(object) }),
        );
    }
    let entries = [reference(&language::RULE), reference(&language::INDICATOR)];
    definitions.insert(
        "rules".into(),
        json!({ "type": "array", "items": { "oneOf": entries } }),
    );
    let files = [
        "showcase",
        "regulation",
        "kinds",
        "types",
        "mixins",
        "classifier",
        "table",
        "rules",
        "scenario",
        "parts",
    ];
    let files: Vec<Json> = files
        .iter()
        .map(|name| json!({ "$ref": format!("#/$defs/{name}") }))
        .collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("Vitrina model language, version {}", language::VERSION),
        "oneOf": files,
        "$defs": definitions,
    })
}

fn define(object: &'static Object, definitions: &mut Map<String, Json>) {
    if definitions.contains_key(object.name) {
        return;
    }
    // Taken before its fields are walked: an object may hold itself.
    definitions.insert(object.name.into(), Json::Null);
    let mut properties = Map::new();
    let mut required = Vec::new();
    for field in object.fields {
        let mut schema = value(&field.value, definitions);
        if let Some(schema) = schema.as_object_mut() {
            schema.insert("description".into(), description(field.about));
        }
        properties.insert(field.name.into(), schema);
        if field.required {
            required.push(field.name);
        }
    }
    let mut schema = json!({
        "type": "object",
        "description": description(object.about),
        "properties": properties,
        "additionalProperties": false,
    });
    if let Some(schema) = schema.as_object_mut().filter(|_| !required.is_empty()) {
        schema.insert("required".into(), json!(required));
    }
    definitions.insert(object.name.into(), schema);
}

fn description(about: About) -> Json {
    Json::String(format!("{} / {}", about.ru, about.en))
}

fn reference(object: &Object) -> Json {
    json!({ "$ref": format!("#/$defs/{}", object.name) })
}

fn value(shape: &Value, definitions: &mut Map<String, Json>) -> Json {
    match shape {
        Value::Code => json!({ "type": "string", "minLength": 1 }),
        Value::ListCode => json!({ "type": ["string", "integer"], "minLength": 1 }),
        Value::Text | Value::Literal | Value::Clause => {
            json!({ "type": ["string", "number", "boolean"], "minLength": 1 })
        }
        Value::Sql => json!({ "type": ["string", "number", "boolean"], "minLength": 1 }),
        Value::Name => json!({ "type": "string", "pattern": r#"^[^\s"'`;,/\\.:]+$"# }),
        Value::Reference => json!({ "type": "string", "pattern": r#"^[^\s"'`;,/\\:]+$"# }),
        Value::Version => json!({
            "type": "string",
            "pattern": r"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$",
        }),
        Value::Date => json!({ "type": "string", "format": "date" }),
        Value::Uuid => json!({ "type": "string", "format": "uuid" }),
        Value::Number => json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX }),
        Value::Boolean => json!({ "type": "boolean" }),
        Value::Word(words) => json!({ "enum": words() }),
        Value::List(item) => json!({ "type": "array", "items": value(item, definitions) }),
        Value::OneOrMany(item) => {
            let item = value(item, definitions);
            json!({ "oneOf": [item, { "type": "array", "items": item }] })
        }
        Value::Object(object) => {
            define(object, definitions);
            reference(object)
        }
        Value::ShortOrObject(short, object) => {
            define(object, definitions);
            json!({ "oneOf": [value(short, definitions), reference(object)] })
        }
        Value::ListOrObject(item, object) => {
            define(object, definitions);
            let list = json!({ "type": "array", "items": value(item, definitions) });
            json!({ "oneOf": [list, reference(object)] })
        }
        Value::Table(item) => {
            json!({ "type": "object", "additionalProperties": value(item, definitions) })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every reference of the schema leads somewhere, and every object tells its fields apart.
    fn walk(json: &Json, root: &Json) {
        match json {
            Json::Object(map) => {
                if let Some(Json::String(target)) = map.get("$ref") {
                    let name = target.strip_prefix("#/$defs/").expect("a local reference");
                    assert!(root["$defs"][name].is_object(), "{target}");
                }
                map.values().for_each(|value| walk(value, root));
            }
            Json::Array(items) => items.iter().for_each(|value| walk(value, root)),
            _ => {}
        }
    }

    #[test]
    fn references_lead_to_definitions() {
        let schema = language_schema();
        walk(&schema, &schema);
        let table = &schema["$defs"]["table"];
        assert_eq!(table["required"], json!(["table", "origin", "columns"]));
        assert_eq!(table["properties"]["structure"]["enum"], json!(["ddl"]));
        assert_eq!(table["additionalProperties"], json!(false));
    }

    /// A field of the tables that no declaration picks up would be accepted and forgotten.
    #[test]
    fn every_field_is_read() {
        let readers = [
            include_str!("declaration/showcase.rs"),
            include_str!("declaration/regulation.rs"),
            include_str!("declaration/scalar.rs"),
            include_str!("declaration/classifier.rs"),
            include_str!("declaration/table.rs"),
            include_str!("declaration/rule.rs"),
            include_str!("declaration/rule/shape.rs"),
            include_str!("declaration/scenario.rs"),
            include_str!("folder.rs"),
        ]
        .concat();
        let schema = language_schema();
        let definitions = schema["$defs"].as_object().expect("definitions");
        let mut fields = 0;
        for (name, definition) in definitions {
            let properties = definition["properties"].as_object().into_iter().flatten();
            for (field, _) in properties.filter(|(field, _)| !is_unread(name, field)) {
                fields += 1;
                assert!(
                    readers.contains(&format!("\"{field}\"")),
                    "`{name}.{field}` is not read"
                );
            }
        }
        assert!(fields > 80, "{fields}");
    }

    /// Remarks that have no place in the model yet: people read them in the file.
    fn is_unread(object: &str, field: &str) -> bool {
        matches!(
            (object, field),
            ("kinds" | "regulation", "note") | ("mixin" | "part", "title")
        )
    }
}
