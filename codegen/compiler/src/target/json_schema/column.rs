//! A column as a property: what its values look like, and what the model knows beyond that.

use serde_json::{Map, Value, json};

use super::definition::Definition;
use super::{annotation, form};
use crate::model::{BaseType, Column, Model, NullForm};

/// The schema of a column. Columns that not every row fills also take null.
pub(super) fn property(model: &Model, column: &Column) -> Value {
    let nullable = !column.is_required();
    let mut map = Map::new();
    map.insert("title".into(), Value::from(column.title.as_str()));
    if let Some(note) = &column.note {
        map.insert("description".into(), Value::from(note.as_str()));
    }
    match Definition::of(column) {
        Some(definition) => {
            let reference = definition.reference(model);
            if nullable {
                map.insert(
                    "anyOf".into(),
                    json!([{ "$ref": reference }, { "type": "null" }]),
                );
            } else {
                map.insert("$ref".into(), reference);
            }
            // The definition says the length of its own base type; the column may be narrower.
            let own = form::length_keywords(column.ty.base);
            if own != definition.length_keywords(model) {
                // Strict validators ask of what type the limit is.
                map.extend(form::plain_type(column.ty.base, nullable));
                map.extend(own);
            }
        }
        None => {
            map.extend(form::plain(column.ty.base, nullable));
            // Only where no value has a writing of its own is an empty text a value.
            let told_apart = model.showcase().csv.null == NullForm::Bare;
            if nullable && told_apart && !matches!(column.ty.base, BaseType::Char(_)) {
                map.shift_remove("minLength");
            }
        }
    }
    if let Some(examples) = form::examples(column.ty.base, &column.examples) {
        map.insert("examples".into(), examples);
    }
    annotation::of_column(model, column, &mut map);
    Value::Object(map)
}
