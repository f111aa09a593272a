//! Leaves: a value beside constants. Every schema made here refuses null and a missing value, in
//! the schema of "true" and in that of "false".

use serde_json::{Value, json};

use super::constant::{constant, holds, mirrored, negated, number, order, without_zeros};
use super::text::{MAX_PREFIX, escaped, like_regex, order_regex, part_regex};
use super::{Truth, by_case, calendar};
use crate::model::{
    BaseType, Column, Comparison, Expr, ExprKind, Function, Literal, Table, ValueType,
};
use crate::target::json_schema::schema::{not, object, present};

/// `left op right`, of anything but booleans.
pub(super) fn compare(table: &Table, op: Comparison, left: &Expr, right: &Expr) -> Option<Truth> {
    by_case(table, left, &Truth::unknown, &|left| {
        by_case(
            table,
            right,
            &Truth::unknown,
            &|right| match (constant(left), constant(right)) {
                (_, Some(literal)) => against(table, left, op, &literal),
                (Some(literal), None) => against(table, right, mirrored(op), &literal),
                (None, None) => None,
            },
        )
    })
}

/// `operand IN (list)`: `=` to one of them, since neither list nor equality has a null of its own.
pub(super) fn within(table: &Table, operand: &Expr, list: &[Literal]) -> Option<Truth> {
    if let ExprKind::Column(id) = operand.kind {
        let column = table.column(id);
        let mut values: Vec<Value> = Vec::with_capacity(list.len());
        for literal in list {
            let value = equal_value(column, literal)?;
            if !values.contains(&value) {
                values.push(value);
            }
        }
        let listed = object([("enum", Value::Array(values))]);
        return Some(of_column(column, listed.clone(), not(listed)));
    }
    list.iter()
        .try_fold(Truth::constant(false), |any, literal| {
            Some(any.or(against(table, operand, Comparison::Eq, literal)?))
        })
}

/// `operand LIKE pattern`.
pub(super) fn like(table: &Table, operand: &Expr, pattern: &str) -> Option<Truth> {
    let ExprKind::Column(id) = operand.kind else {
        return None;
    };
    let matching = json!({ "pattern": like_regex(pattern) });
    Some(of_column(table.column(id), matching.clone(), not(matching)))
}

fn against(table: &Table, operand: &Expr, op: Comparison, literal: &Literal) -> Option<Truth> {
    if let Some(value) = constant(operand) {
        return Some(Truth::constant(holds(op, order(&value, literal)?)));
    }
    match &operand.kind {
        ExprKind::Column(id) => column_against(table.column(*id), op, literal),
        ExprKind::Negate(inner) => against(table, inner, mirrored(op), &negated(literal)?),
        ExprKind::Call(Function::Length, arguments) => {
            length_against(sole_column(table, arguments)?, op, literal)
        }
        ExprKind::Call(Function::Substring, arguments) => {
            let equal = substring_equals(table, arguments, literal)?;
            match op {
                Comparison::Eq => Some(equal),
                Comparison::Ne => Some(equal.negated()),
                _ => None,
            }
        }
        ExprKind::Call(Function::SplitPart, arguments) => {
            let equal = split_part_equals(table, arguments, literal)?;
            match op {
                Comparison::Eq => Some(equal),
                Comparison::Ne => Some(equal.negated()),
                _ => None,
            }
        }
        ExprKind::Call(Function::Extract(part), arguments) => {
            calendar::part_against(sole_column(table, arguments)?, *part, op, literal)
        }
        ExprKind::Call(Function::CastDate | Function::CastTime, arguments) => {
            calendar::cast_against(sole_column(table, arguments)?, op, literal)
        }
        _ => None,
    }
}

fn column_against(column: &Column, op: Comparison, literal: &Literal) -> Option<Truth> {
    if let Comparison::Eq | Comparison::Ne = op {
        let value = object([("const", equal_value(column, literal)?)]);
        let equal = of_column(column, value.clone(), not(value));
        return Some(match op {
            Comparison::Eq => equal,
            _ => equal.negated(),
        });
    }
    let base = column.ty.base;
    if let Some(number) = number(base, literal) {
        let (met, broken) = match op {
            Comparison::Lt => ("exclusiveMaximum", "minimum"),
            Comparison::Le => ("maximum", "exclusiveMinimum"),
            Comparison::Gt => ("exclusiveMinimum", "maximum"),
            _ => ("minimum", "exclusiveMaximum"),
        };
        return Some(of_column(
            column,
            object([(met, number.clone())]),
            object([(broken, number)]),
        ));
    }
    let regex = order_regex(
        moment(base, literal)?,
        matches!(op, Comparison::Le | Comparison::Gt),
    );
    let before = json!({ "pattern": regex });
    let before = of_column(column, before.clone(), not(before));
    Some(match op {
        Comparison::Lt | Comparison::Le => before,
        _ => before.negated(),
    })
}

/// The JSON value that a column has exactly when its value equals the literal.
fn equal_value(column: &Column, literal: &Literal) -> Option<Value> {
    let base = column.ty.base;
    match literal {
        Literal::Boolean(value) => Some(Value::Bool(*value)),
        Literal::Text(text) if base.is_text() => Some(Value::from(text.as_str())),
        Literal::Uuid(text) if base == BaseType::Uuid => Some(Value::from(text.as_str())),
        Literal::Integer(_) | Literal::Double(_) => number(base, literal),
        _ => moment(base, literal).map(Value::from),
    }
}

/// The text of a date or time, where texts of the column have one width and so sort as the moments
/// do. With fractions one moment has several texts of several widths.
pub(super) fn moment(base: BaseType, literal: &Literal) -> Option<&str> {
    match (base, literal) {
        (BaseType::Date, Literal::Date(text)) => Some(text),
        (BaseType::Time(0), Literal::Time(text))
        | (BaseType::Timestamp(0), Literal::Timestamp(text)) => {
            Some(without_zeros(text)).filter(|text| !text.contains('.'))
        }
        _ => None,
    }
}

/// `length(column) op n`. JSON Schema and the model both count characters, not bytes.
fn length_against(column: &Column, op: Comparison, literal: &Literal) -> Option<Truth> {
    let Literal::Integer(n) = *literal else {
        return None;
    };
    let at_most = |n: i64| {
        if n < 0 {
            Value::Bool(false)
        } else {
            object([("maxLength", Value::from(n))])
        }
    };
    let at_least = |n: i64| {
        if n <= 0 {
            Value::Bool(true)
        } else {
            object([("minLength", Value::from(n))])
        }
    };
    let (below, up_to) = (n.saturating_sub(1), n.saturating_add(1));
    let (met, broken) = match op {
        Comparison::Lt => (at_most(below), at_least(n)),
        Comparison::Le => (at_most(n), at_least(up_to)),
        Comparison::Gt => (at_least(up_to), at_most(n)),
        Comparison::Ge => (at_least(n), at_most(below)),
        Comparison::Eq | Comparison::Ne => {
            let exact = if n < 0 {
                Value::Bool(false)
            } else {
                json!({ "minLength": n, "maxLength": n })
            };
            let equal = of_column(column, exact.clone(), not(exact));
            return Some(if op == Comparison::Eq {
                equal
            } else {
                equal.negated()
            });
        }
    };
    Some(of_column(column, met, broken))
}

/// `substring(column, from, count) = literal`. A text that ends early gives what is left of it.
fn substring_equals(table: &Table, arguments: &[Expr], literal: &Literal) -> Option<Truth> {
    let (Some((text, rest)), Literal::Text(wanted)) = (arguments.split_first(), literal) else {
        return None;
    };
    let [from, count] = rest else {
        return None;
    };
    let (Some(Literal::Integer(from)), Some(Literal::Integer(count))) =
        (constant(from), constant(count))
    else {
        return None;
    };
    let column = sole_column(table, std::slice::from_ref(text))?;
    let skipped = from
        .checked_sub(1)
        .filter(|n| (0..=MAX_PREFIX).contains(n))?;
    let length = i64::try_from(wanted.chars().count()).ok()?;
    let prefix = match skipped {
        0 => "^".to_owned(),
        n => format!("^[\\s\\S]{{{n}}}"),
    };
    let matching = if length > count {
        Value::Bool(false)
    } else if count == 0 {
        Value::Bool(true)
    } else if length == 0 {
        json!({ "maxLength": skipped })
    } else if length == count {
        json!({ "pattern": format!("{prefix}{}", escaped(wanted)) })
    } else {
        json!({ "pattern": format!("{prefix}{}$", escaped(wanted)) })
    };
    Some(of_column(column, matching.clone(), not(matching)))
}

/// `split_part(column, separator, part) = literal`, for separators of one character: of longer ones
/// a regular expression does not know which begins first.
fn split_part_equals(table: &Table, arguments: &[Expr], literal: &Literal) -> Option<Truth> {
    let ([text, separator, part], Literal::Text(wanted)) = (arguments, literal) else {
        return None;
    };
    let (Some(Literal::Text(separator)), Some(Literal::Integer(part))) =
        (constant(separator), constant(part))
    else {
        return None;
    };
    let mut characters = separator.chars();
    let (Some(separator), None) = (characters.next(), characters.next()) else {
        return None;
    };
    let column = sole_column(table, std::slice::from_ref(text))?;
    let matching = if wanted.contains(separator) {
        Value::Bool(false)
    } else {
        json!({ "pattern": part_regex(separator, part, wanted)? })
    };
    Some(of_column(column, matching.clone(), not(matching)))
}

fn sole_column<'a>(table: &'a Table, arguments: &[Expr]) -> Option<&'a Column> {
    match arguments {
        [
            Expr {
                kind: ExprKind::Column(id),
                ..
            },
        ] => Some(table.column(*id)),
        _ => None,
    }
}

/// Rows whose column has a value, by what that value must be like. The type stands beside the
/// keyword because `minimum`, `pattern` and `not` alone would accept null.
pub(super) fn of_column(column: &Column, met: Value, broken: Value) -> Truth {
    let ty = match column.ty.base.value_type() {
        ValueType::Boolean => "boolean",
        ValueType::Integer | ValueType::Double => "number",
        _ => "string",
    };
    let typed = |value: Value| match value {
        Value::Bool(false) => Value::Bool(false),
        Value::Bool(true) => json!({ "type": ty }),
        Value::Object(keywords) => {
            // A constant is of its own type already.
            if keywords.contains_key("const") || keywords.contains_key("enum") {
                return Value::Object(keywords);
            }
            let mut typed = serde_json::Map::new();
            typed.insert("type".to_owned(), Value::from(ty));
            typed.extend(keywords);
            Value::Object(typed)
        }
        other => other,
    };
    Truth {
        truth: present(&column.name, typed(met)),
        falsity: present(&column.name, typed(broken)),
    }
}
