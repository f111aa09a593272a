//! What is to be checked of a table, compiled before its first row, and how each of its files is laid
//! out.

use std::collections::BTreeMap;
use std::sync::Arc;

use vitrina::kernel;
use vitrina_codegen::model::{BaseType, CheckSeverity, ColumnId, CsvProfile, Metric, Model, Table};

use super::condition::{Condition, Kind};
use crate::attribution::Attribution;
use crate::column::{ColumnCheck, Field, Sought};
use crate::diagnose::Layout;
use crate::{Cause, Code, Facts, GroupKey, Subject, Unchecked, code};

/// The checks of a table.
#[derive(Debug)]
pub(crate) struct TablePlan<'m> {
    model: &'m Model,
    pub(crate) table: &'m Table,
    attribution: Arc<Attribution<'m>>,
    pub(super) columns: Vec<ColumnCheck<'m>>,
    pub(super) conditions: Vec<Condition<'m>>,
    /// Conditions that are not judged, for a file lacks a column that they need.
    left_out: Vec<Condition<'m>>,
}

impl<'m> TablePlan<'m> {
    /// Compiles the checks of a table for files that lack the columns `absent`; `sought` is what free text
    /// must not hold.
    pub(crate) fn new(
        model: &'m Model,
        table: &'m Table,
        profile: CsvProfile,
        attribution: &Arc<Attribution<'m>>,
        sought: &Arc<Sought<'m>>,
        absent: &[ColumnId],
    ) -> TablePlan<'m> {
        let sought = Some(sought).filter(|sought| !sought.is_empty());
        let columns = table.columns.iter();
        let (left_out, conditions) =
            Condition::all(table).partition(|one| one.needs(|id| absent.contains(&id)));
        TablePlan {
            model,
            table,
            attribution: attribution.clone(),
            columns: columns
                .map(|column| ColumnCheck::new(model, table, column.id, profile, sought))
                .collect(),
            conditions,
            left_out,
        }
    }

    /// What is not checked, for columns are not there.
    pub(crate) fn left_out(&self) -> impl Iterator<Item = Unchecked<'m>> {
        self.left_out
            .iter()
            .map(|one| self.unchecked_by(one, Cause::NoColumns))
    }

    pub(super) fn unchecked(&self, condition: usize, cause: Cause) -> Option<Unchecked<'m>> {
        let condition = self.conditions.get(condition)?;
        Some(self.unchecked_by(condition, cause))
    }

    fn unchecked_by(&self, condition: &Condition<'m>, cause: Cause) -> Unchecked<'m> {
        let (subject, columns) = match condition.kind {
            Kind::Required(column) => (Subject::Requirement, vec![column]),
            Kind::Check(check) => (Subject::RowCheck(check.code.as_str()), Vec::new()),
        };
        Unchecked {
            subject,
            table: Some(self.table.id),
            columns,
            cause,
        }
    }

    pub(super) fn marks_of(
        &self,
        code: Code,
        column: Option<usize>,
    ) -> Vec<(Metric, CheckSeverity)> {
        let columns: Vec<ColumnId> = self.id(column).into_iter().collect();
        self.attribution.marks(code, self.table.id, &columns, None)
    }

    pub(super) fn marks_of_condition(&self, at: usize) -> Vec<(Metric, CheckSeverity)> {
        let group = self.group_of_condition(at);
        let table = self.table.id;
        self.attribution
            .marks(group.code, table, &group.columns, group.rule)
    }

    /// The group of findings of a code, in a column if one is at fault.
    pub(super) fn group(&self, code: Code, column: Option<usize>) -> GroupKey<'m> {
        let group = GroupKey::of_table(code, self.table.id);
        match self.id(column) {
            None => group,
            Some(id) => GroupKey {
                columns: vec![id],
                facts: self.facts(code, id),
                ..group
            },
        }
    }

    /// The group of findings of a condition.
    pub(super) fn group_of_condition(&self, at: usize) -> GroupKey<'m> {
        match self.conditions.get(at).map(|condition| condition.kind) {
            Some(Kind::Required(column)) => {
                GroupKey::of_column(code::REQUIRED_WHEN, self.table.id, column)
            }
            Some(Kind::Check(check)) => GroupKey {
                columns: check.column.into_iter().collect(),
                facts: Facts::default().with("title", &check.title),
                ..GroupKey::of_table(code::ROW_CHECK, self.table.id).with_rule(&check.code)
            },
            None => GroupKey::of_table(code::ROW_CHECK, self.table.id),
        }
    }

    fn id(&self, column: Option<usize>) -> Option<ColumnId> {
        Some(self.table.columns.get(column?)?.id)
    }

    /// What the message of a code says of a column.
    fn facts(&self, code: Code, id: ColumnId) -> Facts {
        let ty = &self.table.column(id).ty;
        let facts = Facts::default();
        let of_type = |name: Option<&str>| {
            let name = name.map_or_else(|| ty.base.to_string(), str::to_owned);
            facts.clone().with("type", name)
        };
        match code {
            code::TYPE | code::RANGE => of_type(None),
            code::PATTERN | code::CHECK_DIGIT => {
                of_type(self.model.form_of(ty).map(|form| form.name.as_str()))
            }
            code::CODE => of_type(self.model.closed_list_of(ty).map(|list| list.name.as_str())),
            code::TOO_LONG | code::LENGTH => {
                let most = ty.base.max_chars().unwrap_or_default();
                facts.with("expected", most.to_string())
            }
            code::DATE => facts.with(
                "expected",
                match ty.base {
                    BaseType::Date => "YYYY-MM-DD",
                    BaseType::Time(_) => "hh:mm:ss",
                    _ => "YYYY-MM-DD hh:mm:ss",
                },
            ),
            _ => facts,
        }
    }
}

/// The forms of a table's files, by position of the file in the package.
pub(crate) type Forms = BTreeMap<usize, FileForm>;

/// How the lines of a file are laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileForm {
    /// The character between fields.
    pub(crate) separator: u8,
    /// By field: the position of its column in the table; none for one that the table does not have.
    pub(crate) fields: Vec<Option<usize>>,
}

impl FileForm {
    /// That of a file that was looked at.
    pub(crate) fn of(layout: &Layout) -> FileForm {
        let columns = layout.columns.iter();
        FileForm {
            separator: layout.separator,
            fields: columns.map(|column| column.map(ColumnId::index)).collect(),
        }
    }

    /// The form that is asked for.
    #[cfg(test)]
    pub(crate) fn of_table(table: &Table) -> FileForm {
        FileForm {
            separator: b';',
            fields: (0..table.columns.len()).map(Some).collect(),
        }
    }

    /// The position in the table of a field's column.
    pub(super) fn column(&self, field: usize) -> Option<usize> {
        self.fields.get(field).copied().flatten()
    }

    /// Whether the fields of a line are the names of the columns: the header once more.
    pub(super) fn is_header(&self, fields: &[Field<'_>], plan: &TablePlan<'_>) -> bool {
        let mut known = 0;
        for (column, field) in self.fields.iter().zip(fields) {
            let column = column.and_then(|at| plan.table.columns.get(at));
            match column {
                Some(column) if field.text.trim().eq_ignore_ascii_case(&column.name) => known += 1,
                Some(_) => return false,
                None => {}
            }
        }
        known > 0
    }
}

/// The position behind a field of a column that the table does not have: quoted, of any text without
/// control characters and beyond suspicion.
pub(super) fn skip(bytes: &[u8], at: usize) -> Option<usize> {
    if bytes.get(at) != Some(&b'"') {
        return None;
    }
    let span = kernel::text(bytes, at + 1);
    let is_plain = span.kinds & (kernel::CONTROL | kernel::HIGH) == 0;
    (is_plain && bytes.get(span.end) == Some(&b'"')).then_some(span.end + 1)
}
