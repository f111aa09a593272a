//! Expressions as people read them: the SQL of the model language, with the fewest parentheses.

use std::borrow::Cow;

use super::{Arith, Comparison, Expr, ExprKind, Function, Literal};
use crate::model::{ColumnId, Table};

/// What the columns of an expression are called: a table's, or those of a rule's view.
pub trait ColumnNames {
    /// The name of a column that the expression numbers.
    fn column_name(&self, id: ColumnId) -> Cow<'_, str>;
}

impl ColumnNames for Table {
    fn column_name(&self, id: ColumnId) -> Cow<'_, str> {
        Cow::Borrowed(&self.column(id).name)
    }
}

/// How tightly a form binds; an operand that binds looser needs parentheses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Or,
    And,
    Not,
    Predicate,
    Join,
    Sum,
    Product,
    Sign,
    Atom,
}

/// The text of an expression over the columns of `table`.
pub fn text(table: &dyn ColumnNames, expr: &Expr) -> String {
    let mut out = String::new();
    write(table, expr, Binding::Or, &mut out);
    out
}

/// As [`text`], in parentheses if it could not stand on one side of a comparison without them.
pub fn side(table: &dyn ColumnNames, expr: &Expr) -> String {
    let mut out = String::new();
    write(table, expr, Binding::Join, &mut out);
    out
}

/// As [`text`], in parentheses if it could not stand beside AND without them.
pub fn conjunct(table: &dyn ColumnNames, expr: &Expr) -> String {
    let mut out = String::new();
    write(table, expr, Binding::And, &mut out);
    out
}

fn write(table: &dyn ColumnNames, expr: &Expr, at_least: Binding, out: &mut String) {
    let open = binding(expr) < at_least;
    if open {
        out.push('(');
    }
    match &expr.kind {
        ExprKind::Column(id) => out.push_str(&table.column_name(*id)),
        ExprKind::Literal(value) => out.push_str(&literal(value)),
        ExprKind::CurrentDate => out.push_str("CURRENT_DATE"),
        ExprKind::Not(inner) => match &inner.kind {
            ExprKind::IsNull(operand) => {
                write(table, operand, Binding::Join, out);
                out.push_str(" IS NOT NULL");
            }
            ExprKind::In(operand, values) => write_in(table, operand, " NOT IN (", values, out),
            ExprKind::Like(operand, pattern) => {
                write_like(table, operand, " NOT LIKE ", pattern, out);
            }
            _ => {
                out.push_str("NOT ");
                write(table, inner, Binding::Not, out);
            }
        },
        ExprKind::And(left, right) => {
            write(table, left, Binding::And, out);
            out.push_str(" AND ");
            write(table, right, Binding::And, out);
        }
        ExprKind::Or(left, right) => {
            write(table, left, Binding::Or, out);
            out.push_str(" OR ");
            write(table, right, Binding::Or, out);
        }
        ExprKind::IsNull(operand) => {
            write(table, operand, Binding::Join, out);
            out.push_str(" IS NULL");
        }
        ExprKind::Compare(op, left, right) => {
            write(table, left, Binding::Join, out);
            out.push_str(match op {
                Comparison::Eq => " = ",
                Comparison::Ne => " <> ",
                Comparison::Lt => " < ",
                Comparison::Le => " <= ",
                Comparison::Gt => " > ",
                Comparison::Ge => " >= ",
            });
            write(table, right, Binding::Join, out);
        }
        ExprKind::In(operand, values) => write_in(table, operand, " IN (", values, out),
        ExprKind::Like(operand, pattern) => write_like(table, operand, " LIKE ", pattern, out),
        ExprKind::Negate(inner) => {
            out.push('-');
            // Two signs in a row would begin a comment.
            write(table, inner, Binding::Atom, out);
        }
        ExprKind::Arith(op, left, right) => {
            let (word, right_at_least) = match op {
                Arith::Add => (" + ", Binding::Product),
                Arith::Sub => (" - ", Binding::Product),
                Arith::Mul => (" * ", Binding::Sign),
                Arith::Div => (" / ", Binding::Sign),
                Arith::Rem => (" % ", Binding::Sign),
            };
            write(table, left, binding(expr), out);
            out.push_str(word);
            write(table, right, right_at_least, out);
        }
        ExprKind::Case {
            branches,
            otherwise,
        } => {
            out.push_str("CASE");
            for (condition, value) in branches {
                out.push_str(" WHEN ");
                write(table, condition, Binding::Or, out);
                out.push_str(" THEN ");
                write(table, value, Binding::Or, out);
            }
            if let Some(value) = otherwise {
                out.push_str(" ELSE ");
                write(table, value, Binding::Or, out);
            }
            out.push_str(" END");
        }
        ExprKind::Call(Function::Concat, arguments) => write_concat(table, arguments, out),
        ExprKind::Call(function, arguments) => write_call(table, *function, arguments, out),
    }
    if open {
        out.push(')');
    }
}

fn binding(expr: &Expr) -> Binding {
    match &expr.kind {
        ExprKind::Or(..) => Binding::Or,
        ExprKind::And(..) => Binding::And,
        ExprKind::Not(inner) => match inner.kind {
            ExprKind::IsNull(_) | ExprKind::In(..) | ExprKind::Like(..) => Binding::Predicate,
            _ => Binding::Not,
        },
        ExprKind::IsNull(_) | ExprKind::Compare(..) | ExprKind::In(..) | ExprKind::Like(..) => {
            Binding::Predicate
        }
        ExprKind::Call(Function::Concat, _) => Binding::Join,
        ExprKind::Arith(Arith::Add | Arith::Sub, ..) => Binding::Sum,
        ExprKind::Arith(..) => Binding::Product,
        ExprKind::Negate(_) => Binding::Sign,
        ExprKind::Literal(Literal::Integer(n)) if *n < 0 => Binding::Sign,
        ExprKind::Literal(Literal::Double(n)) if n.is_sign_negative() => Binding::Sign,
        _ => Binding::Atom,
    }
}

fn write_concat(table: &dyn ColumnNames, arguments: &[Expr], out: &mut String) {
    for (at, argument) in arguments.iter().enumerate() {
        let (sign, at_least) = match at {
            0 => ("", Binding::Join),
            _ => (" || ", Binding::Sum),
        };
        out.push_str(sign);
        write(table, argument, at_least, out);
    }
}

fn write_call(table: &dyn ColumnNames, function: Function, arguments: &[Expr], out: &mut String) {
    let (name, close) = match function {
        Function::Length => ("length", ")"),
        Function::Lower => ("lower", ")"),
        Function::Upper => ("upper", ")"),
        Function::Substring => ("substring", ")"),
        Function::SplitPart => ("split_part", ")"),
        // Written as an operator, above.
        Function::Concat => ("", ")"),
        Function::Extract(_) => ("EXTRACT", ")"),
        Function::CastDate => ("CAST", " AS date)"),
        Function::CastTime => ("CAST", " AS time)"),
        Function::FullYears => ("full_years", ")"),
        Function::SecondsBetween => ("seconds_between", ")"),
    };
    out.push_str(name);
    out.push('(');
    if let Function::Extract(part) = function {
        out.push_str(part.name());
        out.push_str(" FROM ");
    }
    for (at, argument) in arguments.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        write(table, argument, Binding::Or, out);
    }
    out.push_str(close);
}

fn write_in(
    table: &dyn ColumnNames,
    operand: &Expr,
    word: &str,
    values: &[Literal],
    out: &mut String,
) {
    write(table, operand, Binding::Join, out);
    out.push_str(word);
    let values: Vec<_> = values.iter().map(literal).collect();
    out.push_str(&values.join(", "));
    out.push(')');
}

fn write_like(
    table: &dyn ColumnNames,
    operand: &Expr,
    word: &str,
    pattern: &str,
    out: &mut String,
) {
    write(table, operand, Binding::Join, out);
    out.push_str(word);
    out.push_str(&quoted(pattern));
}

fn literal(value: &Literal) -> String {
    match value {
        Literal::Boolean(true) => "TRUE".to_owned(),
        Literal::Boolean(false) => "FALSE".to_owned(),
        Literal::Integer(n) => n.to_string(),
        Literal::Double(n) => format!("{n:?}"),
        Literal::Text(text) => quoted(text),
        Literal::Date(text) => format!("DATE {}", quoted(text)),
        Literal::Time(text) => format!("TIME {}", quoted(text)),
        Literal::Timestamp(text) => format!("TIMESTAMP {}", quoted(text)),
        Literal::Uuid(text) => quoted(text),
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ColumnId, DatePart, ValueType, fixture};
    use crate::source::{FileId, Span};

    fn expr(kind: ExprKind) -> Box<Expr> {
        Box::new(Expr {
            kind,
            ty: ValueType::Boolean,
            span: Span::new(FileId(0), 0, 0),
        })
    }

    fn number(n: i64) -> Box<Expr> {
        expr(ExprKind::Literal(Literal::Integer(n)))
    }

    fn arith(op: Arith, left: Box<Expr>, right: Box<Expr>) -> Box<Expr> {
        expr(ExprKind::Arith(op, left, right))
    }

    /// The text over the table `attendance`, whose column 4 is `late_minutes`.
    fn shown(e: Box<Expr>) -> String {
        text(&fixture::model().tables()[2], &e)
    }

    fn late() -> Box<Expr> {
        expr(ExprKind::Column(ColumnId(4)))
    }

    #[test]
    fn parentheses_stand_where_the_tree_needs_them() {
        let low = || expr(ExprKind::Compare(Comparison::Lt, late(), number(-1)));
        let null = || expr(ExprKind::IsNull(late()));
        let either = expr(ExprKind::Or(low(), null()));
        assert_eq!(
            shown(expr(ExprKind::And(either, expr(ExprKind::Not(null()))))),
            "(late_minutes < -1 OR late_minutes IS NULL) AND late_minutes IS NOT NULL"
        );
        assert_eq!(
            shown(expr(ExprKind::Not(expr(ExprKind::And(low(), null()))))),
            "NOT (late_minutes < -1 AND late_minutes IS NULL)"
        );
        let difference = || arith(Arith::Sub, late(), number(1));
        assert_eq!(
            shown(arith(Arith::Sub, difference(), difference())),
            "late_minutes - 1 - (late_minutes - 1)"
        );
        assert_eq!(
            shown(arith(Arith::Mul, difference(), number(2))),
            "(late_minutes - 1) * 2"
        );
        assert_eq!(shown(expr(ExprKind::Negate(number(-1)))), "-(-1)");
        let listed = expr(ExprKind::In(late(), vec![Literal::Integer(1)]));
        assert_eq!(
            shown(expr(ExprKind::Not(listed))),
            "late_minutes NOT IN (1)"
        );
        let like = expr(ExprKind::Like(late(), "it's%".into()));
        assert_eq!(shown(like), "late_minutes LIKE 'it''s%'");
    }

    #[test]
    fn functions_with_a_grammar_of_their_own_are_written_in_it() {
        let call = |function, arguments: &[Box<Expr>]| {
            let arguments = arguments.iter().map(|argument| *argument.clone()).collect();
            shown(expr(ExprKind::Call(function, arguments)))
        };
        assert_eq!(
            call(Function::Extract(DatePart::IsoWeekday), &[late()]),
            "EXTRACT(ISODOW FROM late_minutes)"
        );
        assert_eq!(
            call(Function::CastDate, &[late()]),
            "CAST(late_minutes AS date)"
        );
        assert_eq!(
            call(Function::CastTime, &[late()]),
            "CAST(late_minutes AS time)"
        );
        let separator = expr(ExprKind::Literal(Literal::Text("'".into())));
        assert_eq!(
            call(Function::SplitPart, &[late(), separator, number(2)]),
            "split_part(late_minutes, '''', 2)"
        );
        assert_eq!(
            call(Function::FullYears, &[late(), number(1)]),
            "full_years(late_minutes, 1)"
        );
    }

    #[test]
    fn texts_are_joined_by_a_sign() {
        let join = |left: Box<Expr>, right: Box<Expr>| {
            expr(ExprKind::Call(Function::Concat, vec![*left, *right]))
        };
        let dash = || expr(ExprKind::Literal(Literal::Text("-".into())));
        assert_eq!(
            shown(join(join(late(), dash()), late())),
            "late_minutes || '-' || late_minutes"
        );
        assert_eq!(
            shown(join(late(), join(dash(), late()))),
            "late_minutes || ('-' || late_minutes)"
        );
        let joined = || join(late(), dash());
        assert_eq!(
            shown(expr(ExprKind::Compare(Comparison::Eq, joined(), joined()))),
            "late_minutes || '-' = late_minutes || '-'"
        );
        let like = expr(ExprKind::Like(joined(), "%".into()));
        assert_eq!(shown(like), "late_minutes || '-' LIKE '%'");
        let upper = expr(ExprKind::Call(Function::Upper, vec![*joined()]));
        assert_eq!(shown(upper), "upper(late_minutes || '-')");
    }
}
