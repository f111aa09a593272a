//! Drafts to the model's tables: what is left to judge, then plain copying.

use crate::diagnostic::{Diagnostic, Report, Text, code};
use crate::model::{
    Column, ColumnId, ColumnType, Deprecation, Domain, ForeignKey, Origin, Table, UniqueKey,
};
use crate::resolve::Context;
use crate::resolve::form::Form;
use crate::source::Spanned;
use crate::source::declaration::{ColumnDecl, DeprecationDecl, Word};
use crate::source::nearest::nearest;
use crate::text;

use super::conditions::{Codes, Reader};
use super::draft::{self, Draft};
use super::said::Said;
use super::{TableNames, id};

/// Finishes every table; `None` when some table is broken.
pub(super) fn all(
    context: &Context<'_, '_>,
    names: &TableNames<'_>,
    drafts: &[Draft<'_>],
    codes: &mut Codes,
    report: &mut Report,
) -> Option<Vec<Table>> {
    let mut tables = Some(Vec::with_capacity(drafts.len()));
    for (at, draft) in drafts.iter().enumerate() {
        let table = finish(context, names, draft, codes, at, report);
        match (table, &mut tables) {
            (Some(table), Some(tables)) => tables.push(table),
            _ => tables = None,
        }
    }
    tables
}

fn columns_of(positions: &[usize]) -> Vec<ColumnId> {
    let id = |at: &usize| ColumnId(u32::try_from(*at).unwrap_or(u32::MAX));
    positions.iter().map(id).collect()
}

fn finish(
    context: &Context<'_, '_>,
    names: &TableNames<'_>,
    draft: &Draft<'_>,
    codes: &mut Codes,
    at: usize,
    report: &mut Report,
) -> Option<Table> {
    let decl = draft.decl;
    let clauses = context.clauses.find_all(&decl.clauses, report);
    let kinds = context.kinds.find_all(&decl.kinds, report);
    let since = version(context, decl.since.as_ref(), report);
    let deprecated = deprecation(context, decl.deprecated.as_ref(), report);
    if let Some(word) = replacement(decl.deprecated.as_ref()) {
        names.check_path(word, report);
    }
    let mut reader = Reader::new(context, draft, codes, report);
    let checks = reader.checks();
    let requirements: Vec<_> = (0..draft.columns.len())
        .map(|at| reader.requirement(at))
        .collect();
    let mut columns = Some(Vec::with_capacity(draft.columns.len()));
    for (position, (column, requirement)) in draft.columns.iter().zip(requirements).enumerate() {
        let finished = finish_column(context, names, draft, position, report);
        match (finished, requirement, &mut columns) {
            (Some(finished), Some(requirement), Some(columns)) => columns.push(Column {
                requirement,
                ..finished
            }),
            _ => columns = None,
        }
        debug_assert!(column.base.is_some() || columns.is_none());
    }
    let title = decl.title.as_ref().map(|word| &word.value);
    let comment = draft
        .ddl
        .and_then(|ddl| ddl.comment.as_ref())
        .map(|word| &word.value);
    Some(Table {
        id: id(at),
        name: draft.name().to_owned(),
        title: title.or(comment)?.clone(),
        note: decl.note.clone(),
        group: draft.group.and_then(|group| u32::try_from(group).ok()),
        origin: decl.origin?,
        clauses,
        kinds,
        columns: columns?,
        primary_key: columns_of(&draft.primary_key),
        unique: draft
            .unique
            .iter()
            .map(|(key, span)| UniqueKey {
                columns: columns_of(key),
                span: *span,
            })
            .collect(),
        foreign_keys: draft
            .foreign_keys
            .iter()
            .map(|key| ForeignKey {
                columns: columns_of(&key.columns),
                table: id(key.table),
                target: columns_of(&key.target),
                span: key.span,
            })
            .collect(),
        checks,
        distributed_by: columns_of(&draft.distributed_by),
        since,
        deprecated,
        span: decl.name.span,
    })
}

fn finish_column(
    context: &Context<'_, '_>,
    names: &TableNames<'_>,
    draft: &Draft<'_>,
    position: usize,
    report: &mut Report,
) -> Option<Column> {
    let column = &draft.columns[position];
    let decl = column.decl?;
    let clauses = context.clauses.find_all(&decl.clauses, report);
    let since = version(context, decl.since.as_ref(), report);
    let deprecated = deprecation(context, decl.deprecated.as_ref(), report);
    if let Some(word) = replacement(decl.deprecated.as_ref()) {
        check_replacement(names, draft, word, report);
    }
    examples(context, column, decl, report);
    let title = decl.title.as_ref().map(|word| &word.value);
    let comment = column
        .ddl
        .and_then(|ddl| ddl.comment.as_ref())
        .map(|word| &word.value);
    let mut origin = decl.origin.clone();
    if origin.is_empty() {
        origin.extend(draft.decl.origin);
    }
    origin.sort_unstable();
    origin.dedup();
    if origin.is_empty() {
        origin.push(Origin::Inference);
    }
    Some(Column {
        id: ColumnId(u32::try_from(position).unwrap_or(u32::MAX)),
        name: column.name.value.clone(),
        title: title.or(comment)?.clone(),
        note: decl.note.clone(),
        ty: ColumnType {
            base: column.base?,
            domain: column.domain,
        },
        requirement: crate::model::Requirement::Always,
        origin,
        clauses,
        personal: decl.personal,
        examples: decl
            .examples
            .iter()
            .map(|word| word.value.clone())
            .collect(),
        mixin: column.mixin.map(str::to_owned),
        since,
        deprecated,
        span: column.name.span,
    })
}

/// Judges a column's examples by its base, form and list.
fn examples(
    context: &Context<'_, '_>,
    column: &draft::Column<'_>,
    decl: &ColumnDecl,
    report: &mut Report,
) {
    if decl.examples.is_empty() || column.base.is_none() {
        return;
    }
    let list = match &column.said {
        Said::Classifier(at, ..) => Some(context.classifiers.get(*at)),
        _ => None,
    };
    let scalar = match (column.domain, list) {
        (_, Some(list)) => list.form,
        (
            Domain::Scalar(id)
            | Domain::Key {
                scalar: Some(id), ..
            },
            None,
        ) => Some(id.index()),
        _ => None,
    };
    let form = Form {
        base: column.base,
        ..scalar
            .map(|at| context.scalars.get(at).form())
            .unwrap_or_default()
    };
    for example in &decl.examples {
        match list.filter(|list| !list.decl.open && !list.has(&example.value)) {
            Some(list) => {
                let (value, name) = (&example.value, &list.decl.name.value);
                let codes = list
                    .decl
                    .values
                    .iter()
                    .map(|value| value.code.value.as_str());
                report.push(
                    Diagnostic::new(
                        code::EXAMPLE_FORM,
                        text!(
                            "`{value}` is no code of `{name}`",
                            "`{value}` — не код из `{name}`"
                        ),
                    )
                    .at(example.span)
                    .suggest(nearest(value, codes)),
                );
            }
            None => form.check(code::EXAMPLE_FORM, example, report),
        }
    }
}

/// A version that the model has reached.
fn version(
    context: &Context<'_, '_>,
    said: Option<&Spanned<semver::Version>>,
    report: &mut Report,
) -> Option<semver::Version> {
    let said = said?;
    let current = context
        .found
        .showcase
        .as_ref()
        .and_then(|head| head.version.as_ref());
    if let Some(current) = current.filter(|current| current.value < said.value) {
        let (version, now) = (&said.value, &current.value);
        report.push(
            Diagnostic::new(
                code::FUTURE_VERSION,
                text!(
                    "version {version} is newer than the model's {now}",
                    "версия {version} новее версии модели {now}"
                ),
            )
            .at(said.span)
            .also(current.span, text!("the model's version", "версия модели"))
            .help(text!(
                "raise the model's version, or say the version that brought the change",
                "поднимите версию модели или укажите ту, в которой появилось изменение"
            )),
        );
    }
    Some(said.value.clone())
}

fn deprecation(
    context: &Context<'_, '_>,
    said: Option<&DeprecationDecl>,
    report: &mut Report,
) -> Option<Deprecation> {
    let said = said?;
    Some(Deprecation {
        since: version(context, Some(&said.since), report)?,
        reason: said.reason.clone(),
        replaced_by: said.replaced_by.as_ref().map(|word| word.value.clone()),
    })
}

fn replacement(said: Option<&DeprecationDecl>) -> Option<&Word> {
    said?.replaced_by.as_ref()
}

/// A column is replaced by a column: of its own table, or of another (`table.column`).
fn check_replacement(names: &TableNames<'_>, draft: &Draft<'_>, word: &Word, report: &mut Report) {
    if word.value.contains('.') {
        names.check_path(word, report);
        return;
    }
    let (table, column) = (draft.name(), &word.value);
    draft.names.find_or(word, report, |finding| Diagnostic {
        message: Text {
            en: format!("the table `{table}` has no column `{column}`"),
            ru: format!("в таблице `{table}` нет колонки `{column}`"),
        },
        ..finding
    });
}
