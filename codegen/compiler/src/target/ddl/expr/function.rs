//! Functions as PostgreSQL has them, or as formulas of those that it has.
//!
//! No argument is printed twice, so that nested calls do not multiply.

use super::Printer;
use super::level::Level;
use crate::model::{Expr, ExprKind, Function, Literal};

impl Printer<'_> {
    pub(super) fn call(&mut self, function: Function, arguments: &[Expr]) {
        match (function, arguments) {
            (Function::Length, _) => self.plainly("length", arguments),
            (Function::Lower, _) => self.cased("lower", arguments),
            (Function::Upper, _) => self.cased("upper", arguments),
            (Function::Substring, _) => self.plainly("substring", arguments),
            (Function::SplitPart, _) => self.plainly("split_part", arguments),
            (Function::Concat, _) => self.concatenated(arguments),
            (Function::Extract(part), _) => {
                self.push("EXTRACT(");
                self.push(part.name());
                self.push(" FROM ");
                self.listed(arguments);
                self.push(")");
            }
            (Function::CastDate, _) => self.cast(arguments, "date"),
            (Function::CastTime, _) => self.cast(arguments, "time"),
            (Function::FullYears, [from, to]) => self.full_years(from, to),
            (Function::SecondsBetween, [from, to]) => self.seconds_between(from, to),
            // Other numbers of arguments do not come out of `resolve`.
            (Function::FullYears | Function::SecondsBetween, _) => self.push("NULL"),
        }
    }

    fn plainly(&mut self, name: &str, arguments: &[Expr]) {
        self.push(name);
        self.push("(");
        self.listed(arguments);
        self.push(")");
    }

    /// `||` is null when a side is; the function `concat` would take null for an empty text. The sides
    /// are columns of text, text constants and texts made of them, so `||` is never that of arrays.
    fn concatenated(&mut self, arguments: &[Expr]) {
        for (place, argument) in arguments.iter().enumerate() {
            match place {
                0 => self.plain(argument, Level::Join),
                _ => {
                    self.push(" || ");
                    self.plain(argument, Level::Sum);
                }
            }
        }
    }

    fn listed(&mut self, arguments: &[Expr]) {
        for (place, argument) in arguments.iter().enumerate() {
            if place > 0 {
                self.push(", ");
            }
            match &argument.kind {
                // Positions beyond what a text can have; PostgreSQL takes `integer` only.
                ExprKind::Literal(Literal::Integer(n)) => {
                    self.push(&(*n).clamp(0, i64::from(i32::MAX)).to_string());
                }
                _ => self.plain(argument, Level::Or),
            }
        }
    }

    fn cased(&mut self, name: &str, arguments: &[Expr]) {
        self.push(name);
        self.push("(");
        for argument in arguments {
            self.plain(argument, Level::Atom);
            self.push(" COLLATE \"und-x-icu\"");
        }
        self.push(")");
    }

    fn cast(&mut self, arguments: &[Expr], ty: &str) {
        self.push("CAST(");
        self.listed(arguments);
        self.push(" AS ");
        self.push(ty);
        self.push(")");
    }

    /// With days as numbers `YYYYMMDD`, the difference counts whole years in its ten-thousands; what
    /// is below them takes one away exactly when month and day have not come yet.
    fn full_years(&mut self, from: &Expr, to: &Expr) {
        self.push("floor((");
        self.day_number(to);
        self.push(" - ");
        self.day_number(from);
        self.push(") / 10000)");
    }

    /// A bare date would be made a moment in the session's time zone, which may not have that day.
    fn day_number(&mut self, day: &Expr) {
        self.push("to_char(");
        self.plain(day, Level::Cast);
        self.push("::timestamp, 'YYYYMMDD')::numeric");
    }

    /// Two timestamps lie days and microseconds apart, never months, so their seconds are exact.
    fn seconds_between(&mut self, from: &Expr, to: &Expr) {
        self.push("trunc(EXTRACT(EPOCH FROM ");
        self.plain(to, Level::Sum);
        self.push(" - ");
        self.plain(from, Level::Product);
        self.push("))");
    }
}

/// Whether the call is printed as `numeric` already.
pub(super) fn is_numeric(function: Function) -> bool {
    matches!(
        function,
        Function::Extract(_) | Function::FullYears | Function::SecondsBetween
    )
}
