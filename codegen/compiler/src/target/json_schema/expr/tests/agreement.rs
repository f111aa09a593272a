//! Schemas of an expression against the reference evaluation, over rows of a few values a column.

use serde_json::{Map, Value, json};

use super::super::{check_schema, condition_schema};
use super::rows::{COLUMNS, table};
use crate::model::eval::{self, Day, truth};
use crate::model::{BaseType, ColumnId, Expr};

/// Values that a column of each type takes here: null and a missing property always among them.
fn values(base: BaseType) -> Vec<Option<Value>> {
    let values = match base {
        BaseType::Int32 => json!([-3, 0, 1, 2, 5, 240, 241]),
        BaseType::Double => json!([-2.5, 0.0, 1.0, 1.5, 2.0]),
        BaseType::Boolean => json!([true, false]),
        BaseType::Date => json!([
            "0999-12-31",
            "2009-12-31",
            "2010-01-01",
            "2010-01-02",
            "2019-12-30",
            "2020-02-29",
            "2020-03-01",
            "9999-12-31"
        ]),
        BaseType::Time(_) => json!(["00:00:00", "07:59:59", "08:00:00", "19:30:00", "23:59:59"]),
        BaseType::Timestamp(0) => json!([
            "0001-01-01 00:00:00",
            "2010-01-01 07:59:59",
            "2019-12-31 23:59:59",
            "2020-02-29 08:00:00",
            "2020-02-29 19:30:00",
            "9999-12-31 23:59:59"
        ]),
        BaseType::Timestamp(_) => json!([
            "2019-12-31 23:59:59.999",
            "2020-02-29 00:00:00",
            "2020-02-29 08:00:00.5",
            "2020-02-29 08:00:00.500",
            "2020-03-01 00:00:00.001"
        ]),
        _ => json!([
            "", "a", "late", "lATE", "ab", "a.c", "a%c", "a\\c", "ёж", "😀b", "later", "a\nb",
            "7-А", "-", "--", "а--б", "а-б-в", "-а", "а^б", "^", "а]б", "а\\", "\n-\n"
        ]),
    };
    let values = values.as_array().unwrap().iter().cloned().map(Some);
    [None, Some(Value::Null)]
        .into_iter()
        .chain(values)
        .collect()
}

fn rows(columns: &[ColumnId]) -> Vec<Map<String, Value>> {
    let mut rows = vec![Map::new()];
    for at in columns {
        let (name, base) = COLUMNS[at.index()];
        let mut next = Vec::new();
        for row in &rows {
            for value in values(base) {
                let mut row = row.clone();
                if let Some(value) = value {
                    row.insert(name.to_owned(), value);
                }
                next.push(row);
            }
        }
        rows = next;
    }
    rows
}

/// The row as the reference reads it: a property that is missing or null has no value.
fn cells(row: &Map<String, Value>) -> Vec<Option<eval::Value>> {
    let cell = |(name, base): &(&str, BaseType)| {
        let text = match row.get(*name)? {
            Value::Null => return None,
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let value = eval::Value::parse(*base, &text);
        Some(value.unwrap_or_else(|| panic!("`{text}` is no {base}")))
    };
    COLUMNS.iter().map(cell).collect()
}

/// Both schemas of an expression say what the reference says, for every row.
pub(super) fn agree(e: Expr) {
    let table = table();
    let truth_schema = condition_schema(&table, &e).unwrap_or_else(|| panic!("{e:?}"));
    let check = check_schema(&table, &e).unwrap();
    let validator = |schema: &Value| {
        jsonschema::draft202012::new(schema).unwrap_or_else(|error| panic!("{error}: {schema}"))
    };
    let (when_true, not_false) = (validator(&truth_schema), validator(&check));
    let today = Day::new(2026, 3, 1).unwrap();
    for row in rows(&e.columns()) {
        let expected = truth(&e, &cells(&row), today);
        let row = Value::Object(row);
        assert_eq!(
            when_true.is_valid(&row),
            expected == Some(true),
            "true? {row} {truth_schema}"
        );
        assert_eq!(
            not_false.is_valid(&row),
            expected != Some(false),
            "not false? {row} {check}"
        );
    }
}
