//! What JSON Schema has no word for: keys, clauses, kinds, origins. Validators skip unknown words
//! (ajv in its strict mode wants them announced by `addVocabulary`).

use serde_json::{Map, Value, json};

use crate::model::{ClauseId, Column, ColumnId, Deprecation, Model, Table};

/// Adds what a column is beside its form.
pub(super) fn of_column(model: &Model, column: &Column, map: &mut Map<String, Value>) {
    if let Some(deprecation) = &column.deprecated {
        deprecated(deprecation, map);
    }
    map.insert(
        "x-physical-type".into(),
        Value::from(column.ty.base.to_string()),
    );
    if let Some(personal) = model.personal_of(column) {
        map.insert("x-personal".into(), Value::from(personal.name()));
    }
    let origins = column.origin.iter().map(|origin| origin.name());
    map.insert("x-origin".into(), origins.collect());
    clauses(model, &column.clauses, map);
    if let Some(since) = &column.since {
        map.insert("x-since".into(), Value::from(since.to_string()));
    }
}

/// Adds what a table is beside the form of its rows.
pub(super) fn of_table(model: &Model, table: &Table, map: &mut Map<String, Value>) {
    if let Some(deprecation) = &table.deprecated {
        deprecated(deprecation, map);
    }
    map.insert("x-table".into(), Value::from(table.name.as_str()));
    let group = table
        .group
        .and_then(|at| model.showcase().groups.get(at as usize));
    if let Some(group) = group {
        map.insert("x-group".into(), Value::from(group.name.as_str()));
    }
    map.insert("x-origin".into(), Value::from(table.origin.name()));
    clauses(model, &table.clauses, map);
    if !table.kinds.is_empty() {
        map.insert("x-kinds".into(), Value::from(table.kinds.clone()));
    }
    if let Some(since) = &table.since {
        map.insert("x-since".into(), Value::from(since.to_string()));
    }
    map.insert("x-primary-key".into(), names(table, &table.primary_key));
    if !table.unique.is_empty() {
        let keys = table.unique.iter().map(|key| names(table, &key.columns));
        map.insert("x-unique".into(), keys.collect());
    }
    if !table.foreign_keys.is_empty() {
        let references = table.foreign_keys.iter().map(|key| {
            let target = model.table(key.table);
            json!({
                "columns": names(table, &key.columns),
                "table": target.name,
                "target": names(target, &key.target),
            })
        });
        map.insert("x-references".into(), references.collect());
    }
}

fn names(table: &Table, columns: &[ColumnId]) -> Value {
    columns
        .iter()
        .map(|id| table.column(*id).name.as_str())
        .collect()
}

fn clauses(model: &Model, ids: &[ClauseId], map: &mut Map<String, Value>) {
    if ids.is_empty() {
        return;
    }
    let clauses = ids.iter().map(|id| {
        json!({
            "regulation": model.regulation_of(*id).name,
            "clause": model.clause(*id).number,
        })
    });
    map.insert("x-clauses".into(), clauses.collect());
}

fn deprecated(deprecation: &Deprecation, map: &mut Map<String, Value>) {
    map.insert("deprecated".into(), Value::Bool(true));
    let mut details = Map::new();
    details.insert("since".into(), Value::from(deprecation.since.to_string()));
    details.insert("reason".into(), Value::from(deprecation.reason.as_str()));
    if let Some(name) = &deprecation.replaced_by {
        details.insert("replaced-by".into(), Value::from(name.as_str()));
    }
    map.insert("x-deprecated".into(), Value::Object(details));
}
