//! Dates, times and timestamps: EXTRACT, CAST, and how long it is from one to another.

use super::literal::{Beside, is_literal};
use super::{Resolver, make, words};
use crate::diagnostic::{Diagnostic, Text, code};
use crate::model::{BaseType, DatePart, Expr, ExprKind, Function, Literal, ValueType};
use crate::source::Span;
use crate::source::nearest::nearest;
use crate::source::sql::expr::{Name, SqlExpr, casts};
use crate::text;

/// Parts by which other systems number the days of the week, each in its own way.
const WEEKDAYS: [&str; 4] = ["DAYOFWEEK", "DOW", "WDAY", "WEEKDAY"];

impl Resolver<'_> {
    /// `EXTRACT(part FROM from)`
    pub(super) fn extract(&mut self, part: &Name, from: &SqlExpr, span: Span) -> Option<Expr> {
        let (part, value) = (self.part(part), self.value(from));
        let (part, value) = (part?, value?);
        let fits = match value.ty {
            ValueType::Timestamp => true,
            ValueType::Date => part.is_of_day(),
            ValueType::Time => !part.is_of_day(),
            _ => false,
        };
        if !fits {
            let (en, ru) = words::noun(value.ty);
            let message = match part.is_of_day() {
                true => text!(
                    "a date or timestamp is expected, this is {en}",
                    "ожидается дата или дата со временем, а это {ru}"
                ),
                false => text!(
                    "a time or timestamp is expected, this is {en}",
                    "ожидается время или дата со временем, а это {ru}"
                ),
            };
            let help = match value.ty {
                ValueType::Text => typed_constants(),
                _ => Text::default(),
            };
            return self.fail(code::TYPE_MISMATCH, from.span, message, help);
        }
        let function = Function::Extract(part);
        let kind = ExprKind::Call(function, vec![value]);
        Some(make(kind, function.value_type(), span))
    }

    fn part(&mut self, name: &Name) -> Option<DatePart> {
        let word = name.text.to_uppercase();
        if let Some((_, part)) = DatePart::ALL.iter().find(|(known, _)| *known == word) {
            return Some(*part);
        }
        let written = &name.text;
        let (near, help) = if WEEKDAYS.contains(&word.as_str()) {
            (
                Some(DatePart::IsoWeekday.name()),
                text!(
                    "days of the week are counted from Monday, 1, to Sunday, 7",
                    "дни недели считаются с понедельника, 1, до воскресенья, 7"
                ),
            )
        } else {
            (
                nearest(&word, DatePart::ALL.iter().map(|(known, _)| *known)),
                text!(
                    "there are YEAR, MONTH, DAY and ISODOW of a day, HOUR and MINUTE of a time",
                    "есть YEAR, MONTH, DAY и ISODOW у дня, HOUR и MINUTE у времени"
                ),
            )
        };
        self.report.push(
            Diagnostic::new(
                code::FUNCTION_ARGUMENTS,
                text!(
                    "EXTRACT does not know the part `{written}`",
                    "EXTRACT не знает части `{written}`"
                ),
            )
            .at(name.span)
            .suggest(near)
            .help(help),
        );
        None
    }

    /// Whether a constant beside a part is one that the part can be; reports if not.
    pub(super) fn within_part(&mut self, known: &Expr, literal: &Expr) -> Option<()> {
        let ExprKind::Call(Function::Extract(part), _) = known.kind else {
            return Some(());
        };
        let (least, greatest) = part.bounds();
        let within = match literal.kind {
            ExprKind::Literal(Literal::Integer(n)) => (least..=greatest).contains(&n),
            _ => true,
        };
        if within {
            return Some(());
        }
        let name = part.name();
        self.fail(
            code::INVALID_LITERAL,
            literal.span,
            text!(
                "{name} is a number from {least} to {greatest}",
                "{name} — число от {least} до {greatest}"
            ),
            Text::default(),
        )
    }

    /// `CAST(syntax AS date)`, `CAST(syntax AS time)`
    pub(super) fn cast(&mut self, syntax: &SqlExpr, to: BaseType, span: Span) -> Option<Expr> {
        let value = self.value(syntax)?;
        let function = match (value.ty, to) {
            (ValueType::Timestamp, BaseType::Date) => Function::CastDate,
            (ValueType::Timestamp, BaseType::Time(_)) => Function::CastTime,
            _ => {
                let (message, help) = casts();
                return self.fail(code::EXPR_UNSUPPORTED, span, message, help);
            }
        };
        let kind = ExprKind::Call(function, vec![value]);
        Some(make(kind, function.value_type(), span))
    }

    /// `full_years(from, to)`
    pub(super) fn full_years(&mut self, name: &str, args: &[SqlExpr], span: Span) -> Option<Expr> {
        let [from, to] = args else {
            return self.count_of_arguments(
                name,
                span,
                text!(
                    "two (the earlier date, the later date)",
                    "два (более ранняя дата, более поздняя дата)"
                ),
            );
        };
        self.interval(Function::FullYears, ValueType::Date, [from, to], span)
    }

    /// `seconds_between(from, to)`
    pub(super) fn seconds_between(
        &mut self,
        name: &str,
        args: &[SqlExpr],
        span: Span,
    ) -> Option<Expr> {
        let [from, to] = args else {
            return self.count_of_arguments(
                name,
                span,
                text!(
                    "two (the earlier timestamp, the later timestamp)",
                    "два (более ранние дата и время, более поздние дата и время)"
                ),
            );
        };
        let function = Function::SecondsBetween;
        self.interval(function, ValueType::Timestamp, [from, to], span)
    }

    fn interval(
        &mut self,
        function: Function,
        ty: ValueType,
        [from, to]: [&SqlExpr; 2],
        span: Span,
    ) -> Option<Expr> {
        let (from, to) = (self.moment(from, ty), self.moment(to, ty));
        let kind = ExprKind::Call(function, vec![from?, to?]);
        Some(make(kind, function.value_type(), span))
    }

    /// A value of the type `ty`, date or timestamp; a text constant is read as one.
    fn moment(&mut self, syntax: &SqlExpr, ty: ValueType) -> Option<Expr> {
        if is_literal(syntax) {
            let beside = Beside {
                ty,
                column: None,
                exact: false,
            };
            return self.literal(syntax, Some(beside));
        }
        let value = self.value(syntax)?;
        if value.ty == ty {
            return Some(value);
        }
        let ((wanted_en, wanted_ru), (en, ru)) = (words::noun(ty), words::noun(value.ty));
        let help = match (value.ty, ty) {
            (ValueType::Timestamp, ValueType::Date) => text!(
                "the day of a timestamp is `CAST(x AS date)`",
                "день из даты со временем — `CAST(x AS date)`"
            ),
            (ValueType::Date, ValueType::Timestamp) => text!(
                "the days between two dates are `b - a`",
                "дни между двумя датами — `b - a`"
            ),
            _ => Text::default(),
        };
        self.fail(
            code::TYPE_MISMATCH,
            syntax.span,
            text!(
                "this is {en}, {wanted_en} is expected",
                "это {ru}, а ожидается {wanted_ru}"
            ),
            help,
        )
    }
}

fn typed_constants() -> Text {
    text!(
        "constants are written `DATE '2024-01-31'`, `TIME '08:30:00'`, `TIMESTAMP '2024-01-31 08:30:00'`",
        "константы пишутся как `DATE '2024-01-31'`, `TIME '08:30:00'`, `TIMESTAMP '2024-01-31 08:30:00'`"
    )
}
