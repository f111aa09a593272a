//! The table that the expressions of these tests speak of.

use crate::model::expr::build;
use crate::model::{
    BaseType, Column, ColumnId, ColumnType, Domain, Expr, Origin, Requirement, Table, TableId,
};
use crate::source::{FileId, Span};

/// Columns of the table that all expressions here speak of.
pub(super) const COLUMNS: [(&str, BaseType); 10] = [
    ("n", BaseType::Int32),
    ("m", BaseType::Int32),
    ("s", BaseType::Varchar(None)),
    ("p", BaseType::Boolean),
    ("q", BaseType::Boolean),
    ("day", BaseType::Date),
    ("x", BaseType::Double),
    ("t", BaseType::Time(0)),
    ("at", BaseType::Timestamp(0)),
    ("fine", BaseType::Timestamp(3)),
];

pub(super) const N: u32 = 0;
pub(super) const M: u32 = 1;
pub(super) const S: u32 = 2;
pub(super) const P: u32 = 3;
pub(super) const Q: u32 = 4;
pub(super) const DAY: u32 = 5;
pub(super) const X: u32 = 6;
pub(super) const T: u32 = 7;
pub(super) const AT: u32 = 8;
pub(super) const FINE: u32 = 9;

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

pub(super) fn col(at: u32) -> Expr {
    build::at(at, COLUMNS[at as usize].1.value_type())
}
