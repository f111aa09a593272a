//! JSON Schema, draft 2020-12: one self-contained schema per table and one bundle of a package.
//!
//! A schema describes the JSON that the generated Rust types write (feature `serde`): one object
//! per row, properties named and ordered as the columns. An absent value is null or a missing
//! property. An empty text is refused where a value is required, and everywhere when the CSV profile
//! writes it and no value alike; with the profile `bare` an optional plain text may be empty.
//!
//! `$id` is `urn:vitrina:<mnemonic>:<version>:<table>`. A URN, because an identifier must be an
//! absolute URI and promises nothing more: an `https:` one would claim a place in the net that no
//! showcase keeps, and invite validators to fetch it. The version is part of it, so schemas of two
//! versions of a model live in one validator side by side. The bundle repeats the tables' schemas
//! without their `$id`, so that it may be loaded beside them.

mod annotation;
mod column;
mod definition;
pub mod expr;
mod form;
mod rule;
mod schema;

use serde_json::{Map, Value, json};

pub use expr::{check_schema, condition_schema};

use self::definition::Definition;
use super::{Target, header};
use crate::artifacts::Artifacts;
use crate::diagnostic::{Diagnostic, Report, Text, code};
use crate::model::{Model, Table};
use crate::text;

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";
const BUNDLE: &str = "bundle";

/// The target `json_schema`.
pub struct JsonSchema;

impl Target for JsonSchema {
    fn id(&self) -> &'static str {
        "json_schema"
    }

    fn about(&self) -> Text {
        text!(
            "JSON Schema 2020-12: one schema per table and one of a whole package",
            "JSON Schema 2020-12: схема на каждую таблицу и схема всего пакета"
        )
    }

    fn folder(&self) -> &'static str {
        "json-schema"
    }

    fn check(&self, model: &Model, report: &mut Report) {
        for table in model.tables() {
            if table.name.eq_ignore_ascii_case(BUNDLE) {
                let name = &table.name;
                report.push(
                    Diagnostic::new(
                        code::NAME_COLLISION,
                        text!(
                            "the schema of table `{name}` and the schema of the whole package would be one file",
                            "схема таблицы `{name}` и схема всего пакета оказались бы одним файлом"
                        ),
                    )
                    .at(table.span)
                    .help(text!(
                        "`{BUNDLE}.schema.json` is taken; give the table another name",
                        "имя `{BUNDLE}.schema.json` занято; дайте таблице другое имя"
                    )),
                );
            }
        }
    }

    fn emit(&self, model: &Model, out: &mut Artifacts) {
        let folder = self.folder();
        for table in model.tables() {
            let path = format!("{folder}/{}.schema.json", table.name);
            out.add(path, pretty(&table_schema(model, table)));
        }
        let path = format!("{folder}/{BUNDLE}.schema.json");
        out.add(path, pretty(&bundle_schema(model)));
    }
}

/// The schema of one row of `table`, complete in itself.
pub fn table_schema(model: &Model, table: &Table) -> Value {
    let mut map = head(model, Some(&table.name));
    map.extend(row(model, table));
    let definitions = Definition::used(model, [table]);
    if !definitions.is_empty() {
        map.insert("$defs".into(), shared(model, &definitions));
    }
    Value::Object(map)
}

/// The schema of a package: arrays of rows by the names of the tables.
pub fn bundle_schema(model: &Model) -> Value {
    let showcase = model.showcase();
    let mut map = head(model, None);
    map.insert("title".into(), Value::from(showcase.title.as_str()));
    if let Some(note) = &showcase.note {
        map.insert("description".into(), Value::from(note.as_str()));
    }
    if let Some(note) = model.kinds_note() {
        map.insert("x-kinds-note".into(), Value::from(note));
    }
    map.insert("type".into(), Value::from("object"));
    map.insert("additionalProperties".into(), Value::Bool(false));
    let properties: Map<String, Value> = model
        .tables()
        .iter()
        .map(|table| {
            let rows = json!({
                "title": table.title,
                "type": "array",
                "items": { "$ref": format!("#/$defs/{}", table.name) },
            });
            (table.name.clone(), rows)
        })
        .collect();
    map.insert("properties".into(), Value::Object(properties));
    let order = model.load_order().map(|table| table.name.as_str());
    map.insert("x-load-order".into(), order.collect());
    let mut definitions: Map<String, Value> = model
        .tables()
        .iter()
        .map(|table| (table.name.clone(), Value::Object(row(model, table))))
        .collect();
    let used = Definition::used(model, model.tables());
    if let Value::Object(shared) = shared(model, &used) {
        definitions.extend(shared);
    }
    map.insert("$defs".into(), Value::Object(definitions));
    Value::Object(map)
}

fn head(model: &Model, table: Option<&str>) -> Map<String, Value> {
    let showcase = model.showcase();
    let mut id = format!("urn:vitrina:{}:{}", showcase.mnemonic, showcase.version);
    if let Some(table) = table {
        id.push(':');
        id.push_str(table);
    }
    let mut map = Map::new();
    map.insert("$schema".into(), Value::from(DIALECT));
    map.insert("$id".into(), Value::from(id));
    map.insert("$comment".into(), Value::from(header(model)));
    map
}

/// The schema of a row; references of its columns lead to `$defs` of the document around it.
fn row(model: &Model, table: &Table) -> Map<String, Value> {
    let mut map = Map::new();
    map.insert("title".into(), Value::from(table.title.as_str()));
    if let Some(note) = &table.note {
        map.insert("description".into(), Value::from(note.as_str()));
    }
    map.insert("type".into(), Value::from("object"));
    map.insert("additionalProperties".into(), Value::Bool(false));
    let properties: Map<String, Value> = table
        .columns
        .iter()
        .map(|column| (column.name.clone(), column::property(model, column)))
        .collect();
    map.insert("properties".into(), Value::Object(properties));
    let required = table.columns.iter().filter(|column| column.is_required());
    map.insert(
        "required".into(),
        required.map(|column| column.name.as_str()).collect(),
    );
    let rules = rule::rules(table);
    if !rules.schemas.is_empty() {
        map.insert("allOf".into(), Value::Array(rules.schemas));
    }
    annotation::of_table(model, table, &mut map);
    if !rules.told.is_empty() {
        map.insert("x-checks".into(), Value::Array(rules.told));
    }
    map
}

fn shared(model: &Model, definitions: &[Definition]) -> Value {
    let map: Map<String, Value> = definitions
        .iter()
        .map(|definition| (definition.key(model), definition.schema(model)))
        .collect();
    Value::Object(map)
}

/// Two spaces, every character as it is, a line feed at the end.
fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

#[cfg(test)]
mod tests;
