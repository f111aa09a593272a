//! Conditions of a row: its checks, and when a column must have a value.

use vitrina_codegen::model::eval::Day;
use vitrina_codegen::model::{Check, ColumnId, Requirement, Table};

use crate::{Cell, Program};

/// A condition, compiled.
#[derive(Debug)]
pub(super) struct Condition<'m> {
    pub(super) kind: Kind<'m>,
    program: Program,
}

/// What is broken when the condition says so.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind<'m> {
    /// The column has no value, though the condition is true.
    Required(ColumnId),
    /// The check is false.
    Check(&'m Check),
}

impl<'m> Condition<'m> {
    /// The conditions of a table, those of its columns first.
    pub(super) fn all(table: &'m Table) -> impl Iterator<Item = Condition<'m>> {
        let columns = table.columns.iter();
        let required = columns.filter_map(|column| match &column.requirement {
            Requirement::When(expr) => Some(Condition {
                kind: Kind::Required(column.id),
                program: Program::compile(expr),
            }),
            Requirement::Always | Requirement::Optional => None,
        });
        let checks = table.checks.iter().map(|check| Condition {
            kind: Kind::Check(check),
            program: Program::compile(&check.expr),
        });
        required.chain(checks)
    }

    /// Whether a column that it needs is among these.
    pub(super) fn needs(&self, is_among: impl Fn(ColumnId) -> bool) -> bool {
        let own = match self.kind {
            Kind::Required(column) => Some(column),
            Kind::Check(_) => None,
        };
        let columns = self.program.columns().iter().copied();
        columns.chain(own).any(is_among)
    }

    /// Whether nothing can be said of a row. A column that has a value needs no condition.
    pub(super) fn is_unreadable(&self, cells: &[Cell<'_>]) -> bool {
        self.concerns(cells) && self.program.is_unreadable(cells)
    }

    /// Whether a row breaks it.
    #[inline]
    pub(super) fn is_broken(&self, cells: &[Cell<'_>], today: Day) -> bool {
        let wrong = matches!(self.kind, Kind::Required(_));
        self.concerns(cells) && self.program.truth(cells, today) == Some(wrong)
    }

    #[inline]
    fn concerns(&self, cells: &[Cell<'_>]) -> bool {
        match self.kind {
            Kind::Required(column) => cells.get(column.index()).is_none_or(Cell::is_null),
            Kind::Check(_) => true,
        }
    }
}
