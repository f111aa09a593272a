//! What `INFORMATION_SCHEMA` of the showcase must say once the showcase stands: the platform is
//! seen to compare its model with exactly these views, so a maintainer can do it before.
//!
//! Names are in upper case, types are Prostore's logical ones. Names of constraints are not part
//! of the model; those given here only tie the two views of keys together.

use serde_json::{Map, Value, json};

use super::descriptor::{AttributeFacts, Descriptor, TableFacts};
use crate::target::csv::write_line;

/// The views in the order of the snapshot, each with the columns it is compared by.
const VIEWS: [(&str, &[&str]); 5] = [
    ("schemata", &["schema_name"]),
    ("tables", &["table_schema", "table_name", "table_type"]),
    (
        "columns",
        &[
            "table_schema",
            "table_name",
            "column_name",
            "ordinal_position",
            "is_nullable",
            "data_type",
            "character_maximum_length",
            "datetime_precision",
        ],
    ),
    (
        "table_constraints",
        &[
            "table_schema",
            "table_name",
            "constraint_name",
            "constraint_type",
        ],
    ),
    (
        "key_column_usage",
        &[
            "table_schema",
            "table_name",
            "constraint_name",
            "constraint_type",
            "column_name",
            "ordinal_position",
        ],
    ),
];

/// The columns of the flat form: every column of every view, once.
const FLAT: [&str; 13] = [
    "view",
    "schema_name",
    "table_schema",
    "table_name",
    "table_type",
    "column_name",
    "ordinal_position",
    "is_nullable",
    "data_type",
    "character_maximum_length",
    "datetime_precision",
    "constraint_name",
    "constraint_type",
];

/// The snapshot: rows of the views, by the views' names.
pub(super) struct Snapshot {
    views: Vec<(&'static str, Vec<Map<String, Value>>)>,
}

/// Makes the snapshot that the showcase of this descriptor must show.
pub(super) fn snapshot(descriptor: &Descriptor) -> Snapshot {
    let schema = descriptor.showcase.mnemonic.to_uppercase();
    let tables = &descriptor.tables;
    let per_table = |rows: &dyn Fn(&TableFacts, &str) -> Vec<Vec<Value>>| -> Vec<Vec<Value>> {
        let name = |table: &TableFacts| table.tech_name.to_uppercase();
        let rows = tables.iter().flat_map(|table| rows(table, &name(table)));
        rows.collect()
    };
    let rows = [
        vec![vec![json!(schema)]],
        per_table(&|_, name| vec![vec![json!(schema), json!(name), json!("BASE TABLE")]]),
        per_table(&|table, name| {
            let attributes = table.attributes.iter();
            attributes
                .map(|attribute| column(&schema, name, attribute))
                .collect()
        }),
        per_table(&|_, name| {
            let constraint = |(prefix, ty): &(&str, &str)| {
                vec![
                    json!(schema),
                    json!(name),
                    json!(format!("{prefix}_{name}")),
                    json!(ty),
                ]
            };
            CONSTRAINTS.iter().map(constraint).collect()
        }),
        per_table(&|table, name| usages(&schema, table, name)),
    ];
    let views = VIEWS.iter().zip(rows).map(|((view, columns), rows)| {
        let named = rows.into_iter().map(|row| {
            let cells = columns.iter().map(|column| (*column).to_owned()).zip(row);
            cells.collect()
        });
        (*view, named.collect())
    });
    Snapshot {
        views: views.collect(),
    }
}

/// Kinds of constraints, as Prostore words them, with the prefix of the names made here.
const CONSTRAINTS: [(&str, &str); 2] = [("PK", "primary key"), ("SK", "sharding key")];

fn column(schema: &str, table: &str, attribute: &AttributeFacts) -> Vec<Value> {
    let nullable = attribute.nullable && attribute.primary_key_order.is_none();
    vec![
        json!(schema),
        json!(table),
        json!(attribute.tech_name.to_uppercase()),
        json!(attribute.ordinal),
        json!(if nullable { "YES" } else { "NO" }),
        json!(attribute.prostore_type),
        json!(attribute.length),
        json!(attribute.precision),
    ]
}

fn usages(schema: &str, table: &TableFacts, name: &str) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    for (prefix, ty) in CONSTRAINTS {
        let mut members: Vec<(usize, &AttributeFacts)> = table
            .attributes
            .iter()
            .filter_map(|attribute| {
                let order = match prefix {
                    "PK" => attribute.primary_key_order,
                    _ => attribute.distribution_order,
                };
                Some((order?, attribute))
            })
            .collect();
        members.sort_by_key(|(order, _)| *order);
        rows.extend(members.into_iter().map(|(order, attribute)| {
            vec![
                json!(schema),
                json!(name),
                json!(format!("{prefix}_{name}")),
                json!(ty),
                json!(attribute.tech_name.to_uppercase()),
                json!(order),
            ]
        }));
    }
    rows
}

impl Snapshot {
    /// The snapshot as JSON: one array of rows per view.
    pub(super) fn json(&self, generated: &str) -> Value {
        let mut map = Map::new();
        map.insert("generated".into(), Value::from(generated));
        for (view, rows) in &self.views {
            let rows = rows.iter().cloned().map(Value::Object);
            map.insert((*view).to_owned(), rows.collect());
        }
        Value::Object(map)
    }

    /// The snapshot as one flat CSV: the first column names the view.
    pub(super) fn csv(&self) -> String {
        let mut out = String::new();
        write_line(&mut out, FLAT.iter().map(ToString::to_string));
        for (view, rows) in &self.views {
            for row in rows {
                let cell = |name: &&str| match row.get(*name) {
                    _ if *name == "view" => (*view).to_owned(),
                    Some(Value::String(text)) => text.clone(),
                    Some(Value::Number(number)) => number.to_string(),
                    _ => String::new(),
                };
                write_line(&mut out, FLAT.iter().map(cell));
            }
        }
        out
    }
}
