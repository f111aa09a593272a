//! Functions.

use super::literal::is_literal;
use super::{Resolver, make, words};
use crate::diagnostic::{Diagnostic, Text, code};
use crate::model::{Expr, ExprKind, Function, Literal, ValueType};
use crate::source::Span;
use crate::source::nearest::nearest;
use crate::source::sql::expr::{Name, SqlExpr, SqlKind, functions};
use crate::text;

/// Every function's word.
const FUNCTIONS: [&str; 13] = [
    "char_length",
    "character_length",
    "coalesce",
    "current_date",
    "full_years",
    "length",
    "lower",
    "nullif",
    "seconds_between",
    "split_part",
    "substr",
    "substring",
    "upper",
];

/// What other systems call them, where the arguments are the same or nearly so.
const OTHER_WORDS: [(&str, &str); 8] = [
    ("ifnull", "coalesce"),
    ("isnull", "coalesce"),
    ("lcase", "lower"),
    ("left", "substring"),
    ("len", "length"),
    ("mid", "substring"),
    ("nvl", "coalesce"),
    ("ucase", "upper"),
];

/// Functions of other systems that are another form here, and our own in another form.
const OTHER_FORMS: [(&str, &str); 18] = [
    ("age", "full_years(from, to)"),
    ("cast", "CAST(x AS date)"),
    ("date", "CAST(x AS date)"),
    ("date_part", "EXTRACT(YEAR FROM x)"),
    ("datediff", "to - from"),
    ("datepart", "EXTRACT(YEAR FROM x)"),
    ("day", "EXTRACT(DAY FROM x)"),
    ("dayofweek", "EXTRACT(ISODOW FROM x)"),
    ("extract", "EXTRACT(YEAR FROM x)"),
    ("hour", "EXTRACT(HOUR FROM x)"),
    ("minute", "EXTRACT(MINUTE FROM x)"),
    ("month", "EXTRACT(MONTH FROM x)"),
    ("split", "split_part(x, '-', 1)"),
    ("substring_index", "split_part(x, '-', 1)"),
    ("time", "CAST(x AS time)"),
    ("timestampdiff", "seconds_between(from, to)"),
    ("weekday", "EXTRACT(ISODOW FROM x)"),
    ("year", "EXTRACT(YEAR FROM x)"),
];

const AGGREGATES: [&str; 9] = [
    "array_agg",
    "avg",
    "bool_and",
    "bool_or",
    "count",
    "max",
    "min",
    "string_agg",
    "sum",
];

const CLOCKS: [&str; 8] = [
    "current_time",
    "current_timestamp",
    "getdate",
    "localtime",
    "localtimestamp",
    "now",
    "sysdate",
    "today",
];

impl Resolver<'_> {
    pub(super) fn call(&mut self, name: &Name, args: &[SqlExpr], span: Span) -> Option<Expr> {
        let word = match name.quoted {
            true => name.text.clone(),
            false => name.text.to_lowercase(),
        };
        let function = match word.as_str() {
            "length" | "char_length" | "character_length" => Function::Length,
            "lower" => Function::Lower,
            "upper" => Function::Upper,
            "substring" | "substr" => return self.substring(name, args, span),
            "split_part" => return self.split_part(&word, args, span),
            "full_years" => return self.full_years(&word, args, span),
            "seconds_between" => return self.seconds_between(&word, args, span),
            "coalesce" if args.len() >= 2 => return self.coalesce(args, span),
            "coalesce" => {
                return self.count_of_arguments(
                    &word,
                    span,
                    text!("two or more", "два или больше"),
                );
            }
            "nullif" => {
                let [a, b] = args else {
                    return self.count_of_arguments(&word, span, text!("two", "два"));
                };
                return self.nullif(a, b, span);
            }
            _ => return self.unknown_function(&word, name.span),
        };
        let [arg] = args else {
            return self.count_of_arguments(&word, span, text!("one", "один"));
        };
        let arg = self.text_argument(arg)?;
        let kind = ExprKind::Call(function, vec![arg]);
        Some(make(kind, function.value_type(), span))
    }

    fn substring(&mut self, name: &Name, args: &[SqlExpr], span: Span) -> Option<Expr> {
        let [value, from, count] = args else {
            return self.count_of_arguments(
                &name.text,
                span,
                text!(
                    "three (text, first character, number of characters)",
                    "три (текст, первый знак, число знаков)"
                ),
            );
        };
        let (value, from, count) = (
            self.text_argument(value),
            self.position(from, 1, characters()),
            self.position(count, 0, characters()),
        );
        let args = vec![value?, from?, count?];
        let kind = ExprKind::Call(Function::Substring, args);
        Some(make(kind, ValueType::Text, span))
    }

    fn split_part(&mut self, name: &str, args: &[SqlExpr], span: Span) -> Option<Expr> {
        let [value, separator, part] = args else {
            return self.count_of_arguments(
                name,
                span,
                text!(
                    "three (text, separator, number of the part)",
                    "три (текст, разделитель, номер части)"
                ),
            );
        };
        let parts = text!(
            "parts are counted from 1: `split_part(x, '-', 1)` is what stands before the first `-`",
            "части считаются с 1: `split_part(x, '-', 1)` — то, что стоит до первого `-`"
        );
        let (value, separator, part) = (
            self.text_argument(value),
            self.separator(separator),
            self.position(part, 1, parts),
        );
        let kind = ExprKind::Call(Function::SplitPart, vec![value?, separator?, part?]);
        Some(make(kind, ValueType::Text, span))
    }

    /// A text constant that is not empty: engines disagree about what an empty one separates.
    fn separator(&mut self, syntax: &SqlExpr) -> Option<Expr> {
        match &syntax.kind {
            SqlKind::Text(text) if !text.is_empty() => self.literal(syntax, None),
            _ => self.fail(
                code::FUNCTION_ARGUMENTS,
                syntax.span,
                text!(
                    "a separator is a text constant of at least one character",
                    "разделитель — текстовая константа хотя бы из одного знака"
                ),
                text!(
                    "write it in single quotes: `split_part(x, '-', 1)`",
                    "напишите его в одинарных кавычках: `split_part(x, '-', 1)`"
                ),
            ),
        }
    }

    /// An integer constant of at least `least` that every engine's 32 bits hold.
    fn position(&mut self, syntax: &SqlExpr, least: i64, help: Text) -> Option<Expr> {
        let expr = match is_literal(syntax) {
            true => self.literal(syntax, None)?,
            false => self.value(syntax)?,
        };
        match expr.kind {
            ExprKind::Literal(Literal::Integer(n)) if (least..=10_485_760).contains(&n) => {
                Some(expr)
            }
            _ => self.fail(
                code::FUNCTION_ARGUMENTS,
                syntax.span,
                text!(
                    "an integer constant from {least} to 10485760 is expected",
                    "ожидается целая константа от {least} до 10485760"
                ),
                help,
            ),
        }
    }

    fn text_argument(&mut self, syntax: &SqlExpr) -> Option<Expr> {
        let expr = self.value(syntax)?;
        if expr.ty == ValueType::Text {
            return Some(expr);
        }
        let (en, ru) = words::noun(expr.ty);
        self.fail(
            code::TYPE_MISMATCH,
            syntax.span,
            text!(
                "a text is expected, this is {en}",
                "ожидается текст, а это {ru}"
            ),
            Text::default(),
        )
    }

    pub(super) fn count_of_arguments(
        &mut self,
        name: &str,
        span: Span,
        wanted: Text,
    ) -> Option<Expr> {
        let Text { en, ru } = wanted;
        self.fail(
            code::FUNCTION_ARGUMENTS,
            span,
            text!(
                "`{name}` has another number of arguments",
                "у `{name}` другое число аргументов"
            ),
            text!("it takes {en}", "нужно: {ru}"),
        )
    }

    fn unknown_function(&mut self, word: &str, span: Span) -> Option<Expr> {
        let (near, help) = if AGGREGATES.contains(&word) {
            (
                None,
                text!(
                    "a condition sees one row; what counts or sums rows is a rule that spans them",
                    "условие видит одну строку; подсчёты и суммы по строкам — это правила над таблицами"
                ),
            )
        } else if CLOCKS.contains(&word) {
            (
                Some("CURRENT_DATE"),
                text!(
                    "rows are judged by the day, not by the moment",
                    "строки проверяются на день, а не на момент"
                ),
            )
        } else if word == "current_date" {
            (
                None,
                text!("write it without parentheses", "напишите без скобок"),
            )
        } else if let Some((_, form)) = OTHER_FORMS.iter().find(|(other, _)| *other == word) {
            (None, text!("write `{form}`", "напишите `{form}`"))
        } else {
            let other = OTHER_WORDS
                .iter()
                .find(|(other, _)| *other == word)
                .map(|(_, ours)| *ours);
            (other.or_else(|| nearest(word, FUNCTIONS)), functions())
        };
        self.report.push(
            Diagnostic::new(
                code::UNKNOWN_FUNCTION,
                text!(
                    "conditions have no function `{word}`",
                    "в условиях нет функции `{word}`"
                ),
            )
            .at(span)
            .suggest(near)
            .help(help),
        );
        None
    }
}

fn characters() -> Text {
    text!(
        "characters are counted from 1: `substring(x, 1, 2)`",
        "знаки считаются с 1: `substring(x, 1, 2)`"
    )
}
