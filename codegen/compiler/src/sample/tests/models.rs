//! Small models made by hand: keys, references and conditions that are hard to satisfy.

pub(super) use crate::model::expr::build::*;
use crate::model::*;
use crate::source::{FileId, Span};

fn span() -> Span {
    Span::new(FileId(0), 0, 0)
}

pub(super) fn model(mut tables: Vec<Table>) -> Model {
    // The head of the fixture, with its scalars and classifiers, but other tables.
    let mut model = fixture::model();
    for (at, table) in tables.iter_mut().enumerate() {
        table.id = TableId(at as u32);
    }
    model.load_order = tables.iter().map(|table| table.id).collect();
    model.tables = tables;
    model
}

pub(super) fn column(name: &str, base: BaseType) -> Column {
    Column {
        id: ColumnId(0),
        name: name.into(),
        title: name.into(),
        note: None,
        ty: ColumnType {
            base,
            domain: Domain::Plain,
        },
        requirement: Requirement::Always,
        origin: vec![Origin::Inference],
        clauses: vec![],
        personal: None,
        examples: vec![],
        mixin: None,
        since: None,
        deprecated: None,
        span: span(),
    }
}

pub(super) fn optional(name: &str, base: BaseType) -> Column {
    Column {
        requirement: Requirement::Optional,
        ..column(name, base)
    }
}

pub(super) fn status(name: &str) -> Column {
    let mut column = column(name, BaseType::Varchar(Some(8)));
    column.ty.domain = Domain::Classifier(ClassifierId(0));
    column
}

/// A table whose primary key is its first `key` columns.
pub(super) fn table(name: &str, key: u32, columns: Vec<Column>) -> Table {
    Table {
        id: TableId(0),
        name: name.into(),
        title: name.into(),
        note: None,
        group: None,
        origin: Origin::Inference,
        clauses: vec![],
        kinds: vec![],
        columns: columns
            .into_iter()
            .zip(0..)
            .map(|(column, at)| Column {
                id: ColumnId(at),
                ..column
            })
            .collect(),
        primary_key: (0..key).map(ColumnId).collect(),
        unique: vec![],
        foreign_keys: vec![],
        checks: vec![],
        distributed_by: vec![],
        since: None,
        deprecated: None,
        span: span(),
    }
}

pub(super) fn refer(mut table: Table, columns: &[u32], to: u32, target: &[u32]) -> Table {
    table.foreign_keys.push(ForeignKey {
        columns: columns.iter().copied().map(ColumnId).collect(),
        table: TableId(to),
        target: target.iter().copied().map(ColumnId).collect(),
        span: span(),
    });
    table
}

pub(super) fn unique(mut table: Table, columns: &[u32]) -> Table {
    table.unique.push(UniqueKey {
        columns: columns.iter().copied().map(ColumnId).collect(),
        span: span(),
    });
    table
}

pub(super) fn check(mut table: Table, code: &str, expr: Expr) -> Table {
    table.checks.push(Check {
        code: code.into(),
        title: code.into(),
        severity: CheckSeverity::Error,
        column: None,
        expr,
        span: span(),
    });
    table
}

pub(super) fn required_when(mut table: Table, column: usize, expr: Expr) -> Table {
    table.columns[column].requirement = Requirement::When(expr);
    table
}
