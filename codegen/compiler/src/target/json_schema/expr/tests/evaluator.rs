//! SQL's three-valued logic written by hand over JSON rows, and the comparison with schemas.

use serde_json::{Map, Value, json};

use super::super::{check_schema, condition_schema};
use super::build::{COLUMNS, table};
use crate::model::{BaseType, Comparison, Expr, ExprKind, Function, Literal};

/// SQL's value of an expression over a row; null is null.
fn eval(e: &Expr, row: &Map<String, Value>) -> Value {
    let truth = |e: &Expr| eval(e, row).as_bool();
    let back = |value: Option<bool>| value.map_or(Value::Null, Value::Bool);
    match &e.kind {
        ExprKind::Column(id) => {
            let name = COLUMNS[id.index()].0;
            row.get(name).cloned().unwrap_or(Value::Null)
        }
        ExprKind::Literal(literal) => value_of(literal),
        ExprKind::Not(a) => back(truth(a).map(|a| !a)),
        ExprKind::And(a, b) => back(match (truth(a), truth(b)) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        }),
        ExprKind::Or(a, b) => back(match (truth(a), truth(b)) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        }),
        ExprKind::IsNull(a) => Value::Bool(eval(a, row).is_null()),
        ExprKind::Compare(op, a, b) => back(compare_values(*op, &eval(a, row), &eval(b, row))),
        ExprKind::In(a, list) => {
            let a = eval(a, row);
            if a.is_null() {
                return Value::Null;
            }
            let found = list
                .iter()
                .any(|l| compare_values(Comparison::Eq, &a, &value_of(l)) == Some(true));
            Value::Bool(found)
        }
        ExprKind::Like(a, pattern) => match eval(a, row).as_str() {
            None => Value::Null,
            Some(text) => {
                let text: Vec<char> = text.chars().collect();
                let pattern: Vec<char> = pattern.chars().collect();
                Value::Bool(like_matches(&text, &pattern))
            }
        },
        ExprKind::Negate(a) => match eval(a, row) {
            Value::Null => Value::Null,
            n => match n.as_i64() {
                Some(n) => json!(-n),
                None => json!(-n.as_f64().unwrap()),
            },
        },
        ExprKind::Case {
            branches,
            otherwise,
        } => {
            for (condition, value) in branches {
                if truth(condition) == Some(true) {
                    return eval(value, row);
                }
            }
            otherwise.as_ref().map_or(Value::Null, |e| eval(e, row))
        }
        ExprKind::Call(Function::Length, a) => match eval(&a[0], row).as_str() {
            None => Value::Null,
            Some(text) => json!(text.chars().count()),
        },
        ExprKind::Call(Function::Substring, a) => match eval(&a[0], row).as_str() {
            None => Value::Null,
            Some(text) => {
                let number = |e: &Expr| eval(e, row).as_u64().unwrap() as usize;
                let taken = text.chars().skip(number(&a[1]) - 1).take(number(&a[2]));
                Value::from(taken.collect::<String>())
            }
        },
        other => panic!("the evaluator does not know {other:?}"),
    }
}

fn value_of(literal: &Literal) -> Value {
    match literal {
        Literal::Boolean(b) => json!(b),
        Literal::Integer(n) => json!(n),
        Literal::Double(n) => json!(n),
        Literal::Text(t)
        | Literal::Date(t)
        | Literal::Time(t)
        | Literal::Timestamp(t)
        | Literal::Uuid(t) => json!(t),
    }
}

fn compare_values(op: Comparison, a: &Value, b: &Value) -> Option<bool> {
    let order = match (a, b) {
        (Value::Null, _) | (_, Value::Null) => return None,
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        (Value::String(a), Value::String(b)) => a.cmp(b),
        (a, b) => a.as_f64()?.partial_cmp(&b.as_f64()?)?,
    };
    Some(match op {
        Comparison::Eq => order.is_eq(),
        Comparison::Ne => order.is_ne(),
        Comparison::Lt => order.is_lt(),
        Comparison::Le => order.is_le(),
        Comparison::Gt => order.is_gt(),
        Comparison::Ge => order.is_ge(),
    })
}

fn like_matches(text: &[char], pattern: &[char]) -> bool {
    match pattern {
        [] => text.is_empty(),
        ['%', rest @ ..] => (0..=text.len()).any(|at| like_matches(&text[at..], rest)),
        ['_', rest @ ..] => !text.is_empty() && like_matches(&text[1..], rest),
        ['\\', c, rest @ ..] | [c, rest @ ..] => {
            text.first() == Some(c) && like_matches(&text[1..], rest)
        }
    }
}

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
        _ => json!([
            "", "a", "late", "lATE", "ab", "a.c", "a%c", "a\\c", "ёж", "😀b", "later", "a\nb"
        ]),
    };
    let values = values.as_array().unwrap().iter().cloned().map(Some);
    [None, Some(Value::Null)]
        .into_iter()
        .chain(values)
        .collect()
}

fn columns_of(e: &Expr, found: &mut Vec<usize>) {
    let mut each = |parts: &[&Expr]| parts.iter().for_each(|e| columns_of(e, found));
    match &e.kind {
        ExprKind::Column(id) => {
            if !found.contains(&id.index()) {
                found.push(id.index());
            }
        }
        ExprKind::Not(a)
        | ExprKind::IsNull(a)
        | ExprKind::In(a, _)
        | ExprKind::Like(a, _)
        | ExprKind::Negate(a) => each(&[a]),
        ExprKind::And(a, b)
        | ExprKind::Or(a, b)
        | ExprKind::Compare(_, a, b)
        | ExprKind::Arith(_, a, b) => each(&[a, b]),
        ExprKind::Case {
            branches,
            otherwise,
        } => {
            for (condition, value) in branches {
                each(&[condition, value]);
            }
            if let Some(e) = otherwise {
                each(&[e]);
            }
        }
        ExprKind::Call(_, arguments) => arguments.iter().for_each(|e| each(&[e])),
        ExprKind::Literal(_) | ExprKind::CurrentDate => {}
    }
}

fn rows(columns: &[usize]) -> Vec<Map<String, Value>> {
    let mut rows = vec![Map::new()];
    for at in columns {
        let (name, base) = COLUMNS[*at];
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

/// Both schemas of an expression say what the evaluator says, for every row.
pub(super) fn agree(e: Expr) {
    let table = table();
    let truth_schema = condition_schema(&table, &e).unwrap_or_else(|| panic!("{e:?}"));
    let check = check_schema(&table, &e).unwrap();
    let validator = |schema: &Value| {
        jsonschema::draft202012::new(schema).unwrap_or_else(|error| panic!("{error}: {schema}"))
    };
    let (when_true, not_false) = (validator(&truth_schema), validator(&check));
    let mut columns = Vec::new();
    columns_of(&e, &mut columns);
    for row in rows(&columns) {
        let expected = eval(&e, &row).as_bool();
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
