//! A table and short ways to write expressions over it.

use crate::model::{
    BaseType, Column, ColumnId, ColumnType, Comparison, Domain, Expr, ExprKind, Function, Literal,
    Origin, Requirement, Table, TableId, ValueType,
};
use crate::source::{FileId, Span};

/// Columns of the table that all expressions here speak of.
pub(super) const COLUMNS: [(&str, BaseType); 8] = [
    ("n", BaseType::Int32),
    ("m", BaseType::Int32),
    ("s", BaseType::Varchar(None)),
    ("p", BaseType::Boolean),
    ("q", BaseType::Boolean),
    ("day", BaseType::Date),
    ("x", BaseType::Double),
    ("t", BaseType::Time(0)),
];

pub(super) const N: u32 = 0;
pub(super) const M: u32 = 1;
pub(super) const S: u32 = 2;
pub(super) const P: u32 = 3;
pub(super) const Q: u32 = 4;
pub(super) const DAY: u32 = 5;
pub(super) const X: u32 = 6;
pub(super) const T: u32 = 7;

pub(super) fn span() -> Span {
    Span::new(FileId(0), 0, 0)
}

pub(super) fn table() -> Table {
    let columns = COLUMNS.iter().enumerate().map(|(at, (name, base))| Column {
        id: ColumnId(at as u32),
        name: (*name).into(),
        title: String::new(),
        note: None,
        ty: ColumnType {
            base: *base,
            domain: Domain::Plain,
        },
        requirement: Requirement::Optional,
        origin: vec![Origin::Inference],
        clauses: vec![],
        personal: None,
        examples: vec![],
        mixin: None,
        since: None,
        deprecated: None,
        span: span(),
    });
    Table {
        id: TableId(0),
        name: "rows".into(),
        title: String::new(),
        note: None,
        group: None,
        origin: Origin::Inference,
        clauses: vec![],
        kinds: vec![],
        columns: columns.collect(),
        primary_key: vec![],
        unique: vec![],
        foreign_keys: vec![],
        checks: vec![],
        distributed_by: vec![],
        since: None,
        deprecated: None,
        span: span(),
    }
}

pub(super) fn expr(kind: ExprKind, ty: ValueType) -> Expr {
    Expr {
        kind,
        ty,
        span: span(),
    }
}

pub(super) fn yes_no(kind: ExprKind) -> Expr {
    expr(kind, ValueType::Boolean)
}

pub(super) fn col(at: u32) -> Expr {
    let ty = COLUMNS[at as usize].1.value_type();
    expr(ExprKind::Column(ColumnId(at)), ty)
}

pub(super) fn lit(literal: Literal) -> Expr {
    let ty = match literal {
        Literal::Boolean(_) => ValueType::Boolean,
        Literal::Integer(_) => ValueType::Integer,
        Literal::Double(_) => ValueType::Double,
        Literal::Text(_) => ValueType::Text,
        Literal::Date(_) => ValueType::Date,
        Literal::Time(_) => ValueType::Time,
        Literal::Timestamp(_) => ValueType::Timestamp,
        Literal::Uuid(_) => ValueType::Uuid,
    };
    expr(ExprKind::Literal(literal), ty)
}

pub(super) fn int(n: i64) -> Expr {
    lit(Literal::Integer(n))
}

pub(super) fn text(text: &str) -> Expr {
    lit(Literal::Text(text.into()))
}

pub(super) fn cmp(op: Comparison, a: Expr, b: Expr) -> Expr {
    yes_no(ExprKind::Compare(op, Box::new(a), Box::new(b)))
}

pub(super) fn and(a: Expr, b: Expr) -> Expr {
    yes_no(ExprKind::And(Box::new(a), Box::new(b)))
}

pub(super) fn or(a: Expr, b: Expr) -> Expr {
    yes_no(ExprKind::Or(Box::new(a), Box::new(b)))
}

pub(super) fn negation(a: Expr) -> Expr {
    yes_no(ExprKind::Not(Box::new(a)))
}

pub(super) fn null(a: Expr) -> Expr {
    yes_no(ExprKind::IsNull(Box::new(a)))
}

pub(super) fn within(a: Expr, list: Vec<Literal>) -> Expr {
    yes_no(ExprKind::In(Box::new(a), list))
}

pub(super) fn like(a: Expr, pattern: &str) -> Expr {
    yes_no(ExprKind::Like(Box::new(a), pattern.into()))
}

pub(super) fn length(a: Expr) -> Expr {
    expr(
        ExprKind::Call(Function::Length, vec![a]),
        ValueType::Integer,
    )
}

pub(super) fn substring(a: Expr, from: i64, count: i64) -> Expr {
    expr(
        ExprKind::Call(Function::Substring, vec![a, int(from), int(count)]),
        ValueType::Text,
    )
}

pub(super) fn minus(a: Expr) -> Expr {
    let ty = a.ty;
    expr(ExprKind::Negate(Box::new(a)), ty)
}

pub(super) fn case(branches: Vec<(Expr, Expr)>, otherwise: Option<Expr>) -> Expr {
    let ty = branches[0].1.ty;
    expr(
        ExprKind::Case {
            branches,
            otherwise: otherwise.map(Box::new),
        },
        ty,
    )
}
