//! Parts of days and times beside constants: digits at a fixed place of a column's text.
//!
//! Days of the week have no place there, and of times with fractions one moment has several texts:
//! those stay unexpressed.

use std::cmp::Ordering;

use serde_json::{Value, json};

use super::Truth;
use super::compare::{moment, of_column};
use super::constant::holds;
use super::text::{order_regex_at, text_regex_at};
use crate::model::{BaseType, Column, Comparison, DatePart, Literal};
use crate::target::json_schema::schema::not;

/// Where the time of day begins in a timestamp's text.
const TIME: usize = "YYYY-MM-DD ".len();

/// `EXTRACT(part FROM column) op literal`
pub(super) fn part_against(
    column: &Column,
    part: DatePart,
    op: Comparison,
    literal: &Literal,
) -> Option<Truth> {
    let &Literal::Integer(n) = literal else {
        return None;
    };
    let (skipped, digits) = place(column.ty.base, part)?;
    let (least, greatest) = part.bounds();
    let always = |order| {
        let truth = holds(op, order);
        of_column(column, Value::Bool(truth), Value::Bool(!truth))
    };
    Some(if n < least {
        always(Ordering::Greater)
    } else if n > greatest {
        always(Ordering::Less)
    } else {
        against(column, skipped, op, &format!("{n:0digits$}"))
    })
}

/// `CAST(column AS date) op literal`, `CAST(column AS time) op literal`
pub(super) fn cast_against(column: &Column, op: Comparison, literal: &Literal) -> Option<Truth> {
    let (skipped, base) = match (column.ty.base, literal) {
        (BaseType::Timestamp(_), Literal::Date(_)) => (0, BaseType::Date),
        (BaseType::Timestamp(0), Literal::Time(_)) => (TIME, BaseType::Time(0)),
        _ => return None,
    };
    Some(against(column, skipped, op, moment(base, literal)?))
}

/// How many characters stand before a part, and how many digits it has.
fn place(base: BaseType, part: DatePart) -> Option<(usize, usize)> {
    let time = match base {
        BaseType::Date => None,
        BaseType::Time(_) => Some(0),
        BaseType::Timestamp(_) => Some(TIME),
        _ => return None,
    };
    match part {
        DatePart::Year => Some((0, 4)),
        DatePart::Month => Some((5, 2)),
        DatePart::Day => Some((8, 2)),
        DatePart::IsoWeekday => None,
        DatePart::Hour => Some((time?, 2)),
        DatePart::Minute => Some((time? + 3, 2)),
    }
}

/// What stands behind `skipped` characters of the column's text, beside one of the same width.
fn against(column: &Column, skipped: usize, op: Comparison, text: &str) -> Truth {
    let regex = match op {
        Comparison::Eq | Comparison::Ne => text_regex_at(skipped, text),
        Comparison::Lt | Comparison::Ge => order_regex_at(skipped, text, false),
        Comparison::Le | Comparison::Gt => order_regex_at(skipped, text, true),
    };
    let matching = json!({ "pattern": regex });
    let truth = of_column(column, matching.clone(), not(matching));
    match op {
        Comparison::Eq | Comparison::Lt | Comparison::Le => truth,
        Comparison::Ne | Comparison::Ge | Comparison::Gt => truth.negated(),
    }
}
