//! Conditions of a row: checks of columns and tables, and when a column must have a value.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Report, code};
use crate::model::{Check, CheckSeverity, ColumnId, Requirement};
use crate::resolve::Context;
use crate::resolve::expr::{self, Scope};
use crate::source::declaration::CheckDecl;
use crate::source::{Fragment, Span};
use crate::text;

use super::draft::Draft;
use super::facts;

/// Codes of checks, unique in the model.
pub(in crate::resolve) type Codes = BTreeMap<String, Span>;

/// Reads the conditions of one table.
pub(super) struct Reader<'a, 'r> {
    table: &'a Draft<'a>,
    scope: Scope<'a>,
    /// Columns without a type: an expression that names one is passed over.
    broken: Vec<&'a str>,
    codes: &'r mut Codes,
    report: &'r mut Report,
}

impl<'a, 'r> Reader<'a, 'r> {
    pub(super) fn new(
        context: &Context<'_, 'a>,
        table: &'a Draft<'a>,
        codes: &'r mut Codes,
        report: &'r mut Report,
    ) -> Self {
        let broken = table.columns.iter().filter(|column| column.base.is_none());
        let broken = broken.map(|column| column.name.value.as_str()).collect();
        let scope = Scope {
            table: table.name(),
            columns: facts::columns(context, table),
        };
        Reader {
            table,
            scope,
            broken,
            codes,
            report,
        }
    }

    /// Every check: the columns' own first, then the table's.
    pub(super) fn checks(&mut self) -> Vec<Check> {
        let table = self.table;
        let mut checks = Vec::new();
        for (at, column) in table.columns.iter().enumerate() {
            let declared = column.decl.and_then(|decl| decl.check.as_ref());
            let written = column
                .ddl
                .map(|ddl| ddl.checks.as_slice())
                .unwrap_or_default();
            let name = &column.name.value;
            let title = column
                .decl
                .and_then(|decl| decl.title.as_ref())
                .map(|word| &word.value);
            let comment = column
                .ddl
                .and_then(|ddl| ddl.comment.as_ref())
                .map(|word| &word.value);
            let title = title.or(comment).unwrap_or(name);
            let all = declared.map(|check| (&check.expr, check.title.as_ref(), check.severity));
            let all = all.into_iter().chain(
                written
                    .iter()
                    .map(|expr| (expr, None, CheckSeverity::Error)),
            );
            for (number, (expr, own, severity)) in all.enumerate() {
                let code = match number {
                    0 => format!("{}.{name}", table.name()),
                    n => format!("{}.{name}.{}", table.name(), n + 1),
                };
                let title = own.unwrap_or(title);
                let id = ColumnId(u32::try_from(at).unwrap_or(u32::MAX));
                checks.extend(self.check(code, title, severity, Some(id), expr, expr.span));
            }
        }
        for check in &table.decl.checks {
            checks.extend(self.declared(check));
        }
        let written = table
            .ddl
            .map(|ddl| ddl.checks.as_slice())
            .unwrap_or_default();
        for (number, check) in written.iter().enumerate() {
            let name = check.name.as_ref();
            let own =
                name.map_or_else(|| format!("check{}", number + 1), |name| name.value.clone());
            let code = format!("{}.{own}", table.name());
            let place = name.map_or(check.expr.span, |name| name.span);
            let error = CheckSeverity::Error;
            checks.extend(self.check(code, &check.expr.text, error, None, &check.expr, place));
        }
        checks
    }

    fn declared(&mut self, check: &CheckDecl) -> Option<Check> {
        let code = check.code.as_ref()?;
        let title = check.title.as_deref().unwrap_or_default();
        self.check(
            code.value.clone(),
            title,
            check.severity,
            None,
            &check.expr,
            code.span,
        )
    }

    fn check(
        &mut self,
        code: String,
        title: &str,
        severity: CheckSeverity,
        column: Option<ColumnId>,
        fragment: &Fragment,
        place: Span,
    ) -> Option<Check> {
        if let Some(first) = self.codes.get(&code) {
            self.report.push(
                Diagnostic::new(
                    code::DUPLICATE_NAME,
                    text!(
                        "two checks have the code `{code}`",
                        "у двух проверок один код `{code}`"
                    ),
                )
                .at(place)
                .also(*first, text!("first here", "впервые здесь"))
                .help(text!(
                    "a column's own check has the code `table.column`",
                    "у собственной проверки колонки код `таблица.колонка`"
                )),
            );
        } else {
            self.codes.insert(code.clone(), place);
        }
        Some(Check {
            code,
            title: title.to_owned(),
            severity,
            column,
            expr: self.expr(fragment)?,
            span: fragment.span,
        })
    }

    /// When a column must have a value. `None` when its condition is broken.
    pub(super) fn requirement(&mut self, at: usize) -> Option<Requirement> {
        let column = &self.table.columns[at];
        if column.is_required() {
            return Some(Requirement::Always);
        }
        match column.decl.and_then(|decl| decl.required_when.as_ref()) {
            Some(fragment) => self.expr(fragment).map(Requirement::When),
            None => Some(Requirement::Optional),
        }
    }

    fn expr(&mut self, fragment: &Fragment) -> Option<crate::model::Expr> {
        let names_broken = |name: &&str| fragment.text.contains(*name);
        if self.broken.iter().any(names_broken) {
            return None;
        }
        expr::resolve(fragment, &self.scope, self.report)
    }
}
