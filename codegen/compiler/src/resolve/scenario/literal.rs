//! Constants, parts of moments, and types in words.

use super::Resolver;
use super::formula::{constant, make};
use crate::diagnostic::{Text, code};
use crate::model::eval::{self, Value};
use crate::model::scenario::{Atom, Formula, FormulaKind, Function};
use crate::model::{BaseType, Literal, ValueType};
use crate::source::Span;
use crate::source::sql::expr::{Name, SqlExpr};
use crate::text;

impl Resolver<'_> {
    pub(super) fn extract(&mut self, part: &Name, from: &SqlExpr) -> Option<Formula> {
        let span = from.span;
        let from = self.formula(from)?;
        let (clock, function) = match part.text.to_lowercase().as_str() {
            "year" => (false, Function::Year),
            "month" => (false, Function::Month),
            "day" => (false, Function::Day),
            "isodow" => (false, Function::Weekday),
            "hour" => (true, Function::Hour),
            "minute" => (true, Function::Minute),
            _ => {
                let unknown = &part.text;
                return self.fail(
                    code::SCENARIO_FUNCTION,
                    part.span,
                    text!(
                        "`{unknown}` cannot be extracted",
                        "`{unknown}` извлечь нельзя"
                    ),
                    text!(
                        "there are YEAR, MONTH, DAY, ISODOW, HOUR and MINUTE",
                        "есть YEAR, MONTH, DAY, ISODOW, HOUR и MINUTE"
                    ),
                );
            }
        };
        match (clock, from.ty) {
            (_, None | Some(ValueType::Timestamp))
            | (false, Some(ValueType::Date))
            | (true, Some(ValueType::Time)) => {}
            (true, Some(other)) => return self.misfit(span, other, ValueType::Time),
            (false, Some(other)) => return self.misfit(span, other, ValueType::Date),
        }
        let kind = FormulaKind::Call(function, vec![from]);
        Some(make(kind, Some(ValueType::Integer)))
    }

    pub(super) fn number(&mut self, digits: &str, span: Span) -> Option<Formula> {
        if let Ok(whole) = digits.parse::<i64>() {
            return Some(constant(Atom::Integer(whole), ValueType::Integer));
        }
        match digits.parse::<f64>() {
            Ok(number) if number.is_finite() => {
                Some(constant(Atom::Double(number), ValueType::Double))
            }
            _ => self.fail(
                code::INVALID_LITERAL,
                span,
                text!(
                    "the number does not fit 64 bits",
                    "число не помещается в 64 бита"
                ),
                Text::default(),
            ),
        }
    }

    pub(super) fn temporal(&mut self, base: BaseType, text: &str, span: Span) -> Option<Formula> {
        let literal = match base {
            BaseType::Date => Literal::Date(text.to_owned()),
            BaseType::Time(_) => Literal::Time(text.to_owned()),
            BaseType::Timestamp(_) => Literal::Timestamp(text.to_owned()),
            _ => Literal::Uuid(text.to_lowercase()),
        };
        let ty = literal.value_type();
        let atom = match eval::literal_value(&literal) {
            Some(Value::Date(day)) => Atom::Date(day),
            Some(Value::Time(micros)) => Atom::Time(micros),
            Some(Value::Timestamp(micros)) => Atom::Timestamp(micros),
            Some(Value::Uuid(_)) => Atom::text(text.to_lowercase()),
            _ => {
                let (en, ru) = noun(ty);
                return self.fail(
                    code::INVALID_LITERAL,
                    span,
                    text!("`{text}` is not {en}", "`{text}` — не {ru}"),
                    Text::default(),
                );
            }
        };
        Some(constant(atom, ty))
    }
}

/// A type in words, English and Russian.
pub(super) fn noun(ty: ValueType) -> (&'static str, &'static str) {
    match ty {
        ValueType::Boolean => ("a truth value", "логическое значение"),
        ValueType::Integer => ("a whole number", "целое число"),
        ValueType::Double => ("a number", "число"),
        ValueType::Text => ("a text", "текст"),
        ValueType::Date => ("a date", "дата"),
        ValueType::Time => ("a time of day", "время суток"),
        ValueType::Timestamp => ("a date and time", "дата и время"),
        ValueType::Uuid => ("a UUID", "UUID"),
    }
}
