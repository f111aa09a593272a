//! A statement of a rule about one table, as two queries: the broken rows, and how many were judged.

use super::head::Head;
use super::lines::Lines;
use super::scope::Scope;
use super::shape::{self, Judged};
use super::structure;
use crate::model::{Assertion, AssertionBody, Model, Table, TableId};
use crate::target::ddl::postgresql::qualified;

/// The queries of an assertion for one table, or for the package.
#[derive(Debug)]
pub(super) struct Statement {
    /// The assertion's code.
    pub(super) code: String,
    /// The table whose rows are judged; none for the package.
    pub(super) table: Option<TableId>,
    /// One number: how many were judged.
    pub(super) judged: Lines,
    /// The columns `rule`, `table_name`, `record_key`.
    pub(super) broken: Lines,
}

impl Statement {
    /// Every row of a table is judged.
    pub(super) fn of_table(model: &Model, code: &str, table: &Table, broken: Lines) -> Statement {
        let mut judged = Lines::new();
        judged
            .line("SELECT count(*)")
            .line(format!("FROM {}", qualified(model, table)));
        Statement {
            code: code.to_owned(),
            table: Some(table.id),
            judged,
            broken,
        }
    }
}

/// The statements of an assertion, or who judges it instead (Russian).
pub(super) fn statements(
    model: &Model,
    assertion: &Assertion,
) -> Result<Vec<Statement>, &'static str> {
    match &assertion.body {
        AssertionBody::Structure(structure) => {
            structure::statements(model, &assertion.code, structure)
        }
        AssertionBody::Rows(rule) => {
            let scope = Scope::judged(model, &rule.view);
            let judged = Judged {
                scope: &scope,
                when: rule.when.as_ref(),
            };
            let head = Head::Finding(&assertion.code);
            Ok(vec![Statement {
                code: assertion.code.clone(),
                table: Some(rule.table()),
                judged: judged.count(),
                broken: shape::broken(judged, &rule.shape, head),
            }])
        }
    }
}
