//! Typed expressions as PostgreSQL writes them, with exactly the meaning that
//! [`model::expr`](crate::model::expr) documents.
//!
//! - Integers are computed in `numeric`, which does not overflow; `div` cuts towards zero, `mod`
//!   takes the sign of the dividend. A zero divisor becomes null.
//! - Numbers with a fraction are computed in `double precision`, whatever width a column has. A
//!   result too large for it is an error of the server, so the row is refused.
//! - EXTRACT gives `numeric` and is cast to `integer` where it stands alone; `full_years` and
//!   `seconds_between` are `numeric`.
//! - `lower` and `upper` name the collation `und-x-icu`, so that neither the database's locale nor
//!   its provider decides; a server built without ICU refuses the table.
//! - `date + integer` calls the schema's function `add_days`, which gives null outside the years 0001
//!   to 9999 instead of an error or a longer year.
//!
//! Parentheses stand only where PostgreSQL's precedence asks for them.

mod function;
mod level;
mod names;

pub use self::names::{Names, Place};

use self::level::{Level, level};
use super::text;
use crate::model::{
    Arith, BaseType, Comparison, Expr, ExprKind, Function, Literal, Table, ValueType,
};

/// The expression over the columns of `table`, with the functions of `schema` (as an identifier).
pub fn print(schema: &str, table: &Table, expr: &Expr) -> String {
    print_over(schema, table, expr, Place::Alone)
}

/// The expression over what `names` names, with the functions of `schema` (as an identifier).
pub fn print_over(schema: &str, names: &dyn Names, expr: &Expr, place: Place) -> String {
    let mut printer = Printer {
        schema,
        names,
        out: String::new(),
    };
    match place {
        Place::Alone => printer.plain(expr, Level::Or),
        Place::Conjunct => printer.plain(expr, Level::And),
        Place::Operand => printer.plain(expr, Level::Match),
        // A 32-bit number would be cast by its first six digits.
        Place::Numeric if expr.ty == ValueType::Double => {
            printer.number(expr, ValueType::Double, Level::Cast);
            printer.push("::numeric");
        }
        Place::Numeric => printer.number(expr, ValueType::Integer, Level::Cast),
    }
    printer.out
}

/// Whether the expression calls `add_days`.
pub(crate) fn adds_days(expr: &Expr) -> bool {
    let mut adds = false;
    expr.visit(&mut |part| {
        adds |= part.ty == ValueType::Date && matches!(part.kind, ExprKind::Arith(..));
    });
    adds
}

/// Whether the expression computes with numbers that have a fraction.
pub(crate) fn computes_doubles(expr: &Expr) -> bool {
    let mut computes = false;
    expr.visit(&mut |part| {
        computes |= part.ty == ValueType::Double && matches!(part.kind, ExprKind::Arith(..));
    });
    computes
}

/// A constant.
pub(super) fn literal(literal: &Literal) -> String {
    match literal {
        Literal::Boolean(true) => "TRUE".into(),
        Literal::Boolean(false) => "FALSE".into(),
        Literal::Integer(n) => n.to_string(),
        // The debug form keeps a point or an exponent and reads back as the same number.
        Literal::Double(n) => format!("double precision '{n:?}'"),
        Literal::Text(t) => text::literal(t),
        Literal::Date(t) => format!("DATE '{t}'"),
        Literal::Time(t) => format!("TIME '{t}'"),
        Literal::Timestamp(t) => format!("TIMESTAMP '{t}'"),
        Literal::Uuid(t) => format!("UUID '{t}'"),
    }
}

struct Printer<'a> {
    schema: &'a str,
    names: &'a dyn Names,
    out: String,
}

impl Printer<'_> {
    fn push(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Writes `expr` in the type that PostgreSQL gives it, in parentheses if it is looser than `least`.
    fn plain(&mut self, expr: &Expr, least: Level) {
        self.wrapped(level(expr), least, |printer| printer.bare(expr));
    }

    fn wrapped(&mut self, level: Level, least: Level, write: impl FnOnce(&mut Self)) {
        let wrap = level < least;
        if wrap {
            self.push("(");
        }
        write(self);
        if wrap {
            self.push(")");
        }
    }

    fn bare(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Column(id) => {
                let name = self.names.column(*id);
                self.push(&name);
            }
            ExprKind::Literal(value) => self.push(&literal(value)),
            ExprKind::CurrentDate => {
                let today = self.names.today();
                self.push(&today);
            }
            ExprKind::Not(inner) => self.negated(inner),
            ExprKind::And(a, b) => self.joined(a, " AND ", b, Level::And),
            ExprKind::Or(a, b) => self.joined(a, " OR ", b, Level::Or),
            ExprKind::IsNull(inner) => {
                self.plain(inner, Level::Compare);
                self.push(" IS NULL");
            }
            ExprKind::Compare(comparison, a, b) => {
                self.plain(a, Level::Match);
                self.push(comparison_sign(*comparison));
                self.plain(b, Level::Match);
            }
            ExprKind::In(value, list) => self.matched(value, "", list),
            ExprKind::Like(value, pattern) => self.like(value, "", pattern),
            ExprKind::Negate(inner) => {
                self.push("-");
                // Tighter than a sign: `--` would begin a comment.
                self.number(inner, expr.ty, Level::Cast);
            }
            ExprKind::Arith(operator, a, b) => self.arithmetic(*operator, a, b, expr.ty),
            ExprKind::Case {
                branches,
                otherwise,
            } => self.case(branches, otherwise.as_deref(), expr.ty),
            ExprKind::Call(function, arguments) => {
                self.call(*function, arguments);
                if let Function::Extract(_) = function {
                    self.push("::integer");
                }
            }
        }
    }

    /// `a AND b`: associative, so neither side needs parentheses for its own kind.
    fn joined(&mut self, a: &Expr, word: &str, b: &Expr, level: Level) {
        self.plain(a, level);
        self.push(word);
        self.plain(b, level);
    }

    /// NOT, merged into the operators that have a negated form of the same meaning.
    fn negated(&mut self, inner: &Expr) {
        match &inner.kind {
            ExprKind::IsNull(value) => {
                self.plain(value, Level::Compare);
                self.push(" IS NOT NULL");
            }
            ExprKind::In(value, list) => self.matched(value, "NOT ", list),
            ExprKind::Like(value, pattern) => self.like(value, "NOT ", pattern),
            _ => {
                self.push("NOT ");
                self.plain(inner, Level::Not);
            }
        }
    }

    fn matched(&mut self, value: &Expr, not: &str, list: &[Literal]) {
        self.plain(value, Level::Join);
        let list: Vec<_> = list.iter().map(literal).collect();
        self.push(&format!(" {not}IN ({})", list.join(", ")));
    }

    fn like(&mut self, value: &Expr, not: &str, pattern: &str) {
        self.plain(value, Level::Join);
        let slashes = pattern.len() - pattern.trim_end_matches('\\').len();
        // PostgreSQL refuses a pattern that ends in its escape; doubled, it stands for itself.
        let end = if slashes % 2 == 1 { "\\" } else { "" };
        let pattern = text::literal(&format!("{pattern}{end}"));
        self.push(&format!(" {not}LIKE {pattern}"));
    }

    fn arithmetic(&mut self, operator: Arith, a: &Expr, b: &Expr, ty: ValueType) {
        if a.ty == ValueType::Date || b.ty == ValueType::Date {
            return self.days(operator, a, b);
        }
        if ty == ValueType::Double && self.names.guards_doubles() {
            return self.guarded(operator, a, b);
        }
        match (operator, ty) {
            (Arith::Div, ValueType::Integer) => self.divided("div", a, b),
            (Arith::Rem, _) => self.divided("mod", a, b),
            (Arith::Div, _) => {
                self.number(a, ty, Level::Product);
                self.push(" / ");
                if is_zero_free(b) {
                    self.number(b, ty, Level::Sign);
                } else {
                    self.push("NULLIF(");
                    self.number(b, ty, Level::Or);
                    self.push(", 0)");
                }
            }
            (Arith::Mul, _) => self.pair(a, " * ", b, ty, (Level::Product, Level::Sign)),
            (Arith::Add, _) => self.pair(a, " + ", b, ty, (Level::Sum, Level::Product)),
            (Arith::Sub, _) => self.pair(a, " - ", b, ty, (Level::Sum, Level::Product)),
        }
    }

    fn guarded(&mut self, operator: Arith, a: &Expr, b: &Expr) {
        let function = match operator {
            Arith::Add => "double_add",
            Arith::Sub => "double_subtract",
            Arith::Mul => "double_multiply",
            // Doubles have no remainder.
            Arith::Div | Arith::Rem => "double_divide",
        };
        self.push(&format!("{}.{function}(", self.schema));
        self.number(a, ValueType::Double, Level::Or);
        self.push(", ");
        self.number(b, ValueType::Double, Level::Or);
        self.push(")");
    }

    /// One operand of `numeric` makes the operation numeric, so a literal beside it stays bare.
    fn pair(&mut self, a: &Expr, sign: &str, b: &Expr, ty: ValueType, least: (Level, Level)) {
        if ty == ValueType::Integer && is_literal(a) && !is_literal(b) {
            self.plain(a, least.0);
        } else {
            self.number(a, ty, least.0);
        }
        self.push(sign);
        if ty == ValueType::Integer && is_literal(b) {
            self.plain(b, least.1);
        } else {
            self.number(b, ty, least.1);
        }
    }

    fn divided(&mut self, function: &str, a: &Expr, b: &Expr) {
        self.push(function);
        self.push("(");
        self.number(a, ValueType::Integer, Level::Or);
        if is_zero_free(b) {
            self.push(", ");
            self.plain(b, Level::Or);
            self.push(")");
        } else {
            self.push(", NULLIF(");
            self.number(b, ValueType::Integer, Level::Or);
            self.push(", 0))");
        }
    }

    /// `date - date`, `date + integer`, `date - integer`.
    fn days(&mut self, operator: Arith, a: &Expr, b: &Expr) {
        // Addition is written either way round.
        let (day, days) = match a.ty {
            ValueType::Date => (a, b),
            _ => (b, a),
        };
        if days.ty != ValueType::Date {
            self.push(&format!("{}.add_days(", self.schema));
            self.plain(day, Level::Or);
            self.push(", ");
            if operator == Arith::Sub {
                self.push("-");
                if is_literal(days) {
                    self.plain(days, Level::Cast);
                } else {
                    self.number(days, ValueType::Integer, Level::Cast);
                }
            } else {
                self.plain(days, Level::Or);
            }
            self.push(")");
        } else {
            self.plain(day, Level::Sum);
            self.push(if operator == Arith::Add { " + " } else { " - " });
            self.plain(days, Level::Product);
        }
    }

    /// Writes a number as `numeric` (for an integer) or `double precision`.
    fn number(&mut self, expr: &Expr, ty: ValueType, least: Level) {
        let (fits, target) = match ty {
            ValueType::Integer => (is_numeric(expr), "::numeric"),
            _ => (self.is_double(expr), "::double precision"),
        };
        if let (ValueType::Integer, ExprKind::Call(function, arguments)) = (ty, &expr.kind)
            && function::is_numeric(*function)
        {
            self.call(*function, arguments);
        } else if fits {
            self.plain(expr, least);
        } else if let (ValueType::Double, ExprKind::Literal(Literal::Integer(n))) = (ty, &expr.kind)
        {
            self.push(&format!("double precision '{n}'"));
        } else {
            let level = match &expr.kind {
                // A sign is looser than `::`, and casting first comes to the same number.
                ExprKind::Literal(Literal::Integer(n)) if *n < 0 => Level::Sign,
                _ => Level::Cast,
            };
            self.wrapped(level, least, |printer| {
                printer.plain(expr, level);
                printer.push(target);
            });
        }
    }

    fn is_double(&self, expr: &Expr) -> bool {
        expr.ty == ValueType::Double
            && match &expr.kind {
                ExprKind::Column(id) => self.names.base(*id) == BaseType::Double,
                _ => true,
            }
    }

    fn case(&mut self, branches: &[(Expr, Expr)], otherwise: Option<&Expr>, ty: ValueType) {
        self.push("CASE");
        for (condition, value) in branches {
            self.push(" WHEN ");
            self.plain(condition, Level::Or);
            self.push(" THEN ");
            self.branch(value, ty);
        }
        if let Some(value) = otherwise {
            self.push(" ELSE ");
            self.branch(value, ty);
        }
        self.push(" END");
    }

    /// All values of a CASE of doubles are cast: beside `real` PostgreSQL would narrow an integer.
    fn branch(&mut self, value: &Expr, ty: ValueType) {
        match ty {
            ValueType::Double => self.number(value, ty, Level::Or),
            _ => self.plain(value, Level::Or),
        }
    }
}

fn comparison_sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Eq => " = ",
        Comparison::Ne => " <> ",
        Comparison::Lt => " < ",
        Comparison::Le => " <= ",
        Comparison::Gt => " > ",
        Comparison::Ge => " >= ",
    }
}

fn is_literal(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Literal(_))
}

/// Whether the printed form is `numeric` already.
fn is_numeric(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Negate(_) => expr.ty == ValueType::Integer,
        ExprKind::Arith(_, a, _) => expr.ty == ValueType::Integer && a.ty == ValueType::Integer,
        _ => false,
    }
}

/// Whether a divisor is a constant other than zero.
fn is_zero_free(expr: &Expr) -> bool {
    match expr.kind {
        ExprKind::Literal(Literal::Integer(n)) => n != 0,
        ExprKind::Literal(Literal::Double(n)) => n != 0.0,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
