//! Rows as JSON: text, dates, times and UUIDs are strings, numbers are numbers (codes of `int32`
//! lists too), booleans booleans, and what is absent is null.

use serde_json::{Map, Number, Value};

use crate::model::{BaseType, Table};

/// A row as an object by the columns' names, in their order.
pub fn row(table: &Table, cells: &[Option<String>]) -> Value {
    let members = table.columns.iter().map(|column| {
        let cell = cells.get(column.id.index()).and_then(Option::as_deref);
        (column.name.clone(), self::cell(column.ty.base, cell))
    });
    Value::Object(members.collect::<Map<String, Value>>())
}

/// A cell. A text that is no value of its base type becomes a string, which no schema of another
/// base type takes; a whole number too large for its type stays a number.
pub fn cell(base: BaseType, cell: Option<&str>) -> Value {
    let Some(text) = cell else {
        return Value::Null;
    };
    let value = match base {
        BaseType::Boolean => text.parse().ok().map(Value::Bool),
        BaseType::Int32 | BaseType::BigInt => {
            let signed = text.parse::<i64>().ok().map(Number::from);
            signed
                .or_else(|| text.parse::<u64>().ok().map(Number::from))
                .map(Value::Number)
        }
        // Read as a double, a float keeps its short form: 0.1, not 0.10000000149011612.
        BaseType::Float | BaseType::Double => text
            .parse::<f64>()
            .ok()
            .and_then(Number::from_f64)
            .map(Value::Number),
        _ => None,
    };
    value.unwrap_or_else(|| Value::String(text.to_owned()))
}
