//! Resolved expressions in short, so that a case of the tests is one line.

use crate::model::{Arith, Comparison, Expr, ExprKind, Function, Literal};
use crate::resolve::expr::Scope;

pub(super) fn picture(expr: &Expr, scope: &Scope<'_>) -> String {
    let show = |expr: &Expr| picture(expr, scope);
    match &expr.kind {
        ExprKind::Column(id) => scope.columns[id.index()].name.to_owned(),
        ExprKind::Literal(literal) => constant(literal),
        ExprKind::CurrentDate => "today".into(),
        ExprKind::Not(a) => format!("!{}", show(a)),
        ExprKind::And(a, b) => format!("({} & {})", show(a), show(b)),
        ExprKind::Or(a, b) => format!("({} | {})", show(a), show(b)),
        ExprKind::IsNull(a) => format!("null?{}", show(a)),
        ExprKind::Compare(op, a, b) => {
            let op = match op {
                Comparison::Eq => "=",
                Comparison::Ne => "<>",
                Comparison::Lt => "<",
                Comparison::Le => "<=",
                Comparison::Gt => ">",
                Comparison::Ge => ">=",
            };
            format!("({} {op} {})", show(a), show(b))
        }
        ExprKind::In(a, list) => {
            let list: Vec<String> = list.iter().map(constant).collect();
            format!("({} in {})", show(a), list.join(","))
        }
        ExprKind::Like(a, pattern) => format!("({} like {pattern})", show(a)),
        ExprKind::Negate(a) => format!("-{}", show(a)),
        ExprKind::Arith(op, a, b) => {
            let op = match op {
                Arith::Add => "+",
                Arith::Sub => "-",
                Arith::Mul => "*",
                Arith::Div => "/",
                Arith::Rem => "%",
            };
            format!("({} {op} {})", show(a), show(b))
        }
        ExprKind::Case {
            branches,
            otherwise,
        } => {
            let mut out = String::from("case");
            for (condition, value) in branches {
                assert_eq!(value.ty, expr.ty, "{}", show(value));
                out += &format!(" {}:{}", show(condition), show(value));
            }
            match otherwise {
                Some(value) => format!("[{out} else:{}]", show(value)),
                None => format!("[{out}]"),
            }
        }
        ExprKind::Call(function, args) => {
            let name = match function {
                Function::Length => "length",
                Function::Lower => "lower",
                Function::Upper => "upper",
                Function::Substring => "substring",
                Function::SplitPart => "split_part",
                Function::Concat => "concat",
                Function::Extract(part) => part.name(),
                Function::CastDate => "date",
                Function::CastTime => "time",
                Function::FullYears => "full_years",
                Function::SecondsBetween => "seconds_between",
            };
            assert_eq!(expr.ty, function.value_type(), "{name}");
            let args: Vec<String> = args.iter().map(show).collect();
            format!("{name}({})", args.join(","))
        }
    }
}

fn constant(literal: &Literal) -> String {
    match literal {
        Literal::Boolean(b) => b.to_string(),
        Literal::Integer(n) => n.to_string(),
        Literal::Double(n) => format!("{n:?}"),
        Literal::Text(text) => format!("'{text}'"),
        Literal::Date(text) => format!("d'{text}'"),
        Literal::Time(text) => format!("t'{text}'"),
        Literal::Timestamp(text) => format!("ts'{text}'"),
        Literal::Uuid(text) => format!("u'{text}'"),
    }
}
