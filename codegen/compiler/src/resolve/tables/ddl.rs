//! Tables whose DDL is the source: YAML adds meaning, and what the two disagree on shows both places.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Report, Text, code};
use crate::model::Domain;
use crate::resolve::names::{Names, twice};
use crate::source::Span;
use crate::source::declaration::{ColumnDecl, Declarations, TableDecl};
use crate::source::nearest::nearest;
use crate::source::sql::ddl::{ColumnSyntax, TableSyntax};
use crate::text;

use super::TABLE;
use super::draft::Column;
use super::said::Said;

/// The statement of each table, by the table's position. A statement without a table's file and a
/// table stated twice are reported.
pub(super) fn statements<'a>(
    found: &'a Declarations,
    names: &Names<'a>,
    report: &mut Report,
) -> BTreeMap<usize, &'a TableSyntax> {
    let mut first: BTreeMap<&str, Span> = BTreeMap::new();
    let mut statements = BTreeMap::new();
    for statement in &found.ddl {
        let name = statement.name.value.as_str();
        if let Some(before) = first.get(name) {
            report.push(twice(TABLE, &statement.name, *before));
            continue;
        }
        first.insert(name, statement.name.span);
        match names.get(name) {
            Some(at) => {
                statements.insert(at, statement);
            }
            None if found.lost.tables => {}
            None => report.push(
                Diagnostic::new(
                    code::DDL_UNDESCRIBED,
                    text!("the table `{name}` has no file in `tables/`",
                          "для таблицы `{name}` нет файла в `tables/`"),
                )
                .at(statement.name.span)
                .suggest(names.nearest(name))
                .help(text!(
                    "add `tables/<group>/{name}.yaml` with `structure: ddl` and the meaning of each column",
                    "добавьте `tables/<группа>/{name}.yaml` со `structure: ddl` и смыслом каждой колонки"
                )),
            ),
        }
    }
    statements
}

/// The finding about `structure: ddl` without a statement.
pub(super) fn no_statement(decl: &TableDecl, structure: Span, found: &Declarations) -> Diagnostic {
    let name = &decl.name.value;
    let known = found
        .ddl
        .iter()
        .map(|statement| statement.name.value.as_str());
    let finding = Diagnostic::new(
        code::DDL_NO_STATEMENT,
        text!(
            "no file in `ddl/` creates the table `{name}`",
            "ни один файл в `ddl/` не создаёт таблицу `{name}`"
        ),
    )
    .at(structure);
    match nearest(name, known) {
        Some(near) => finding.help(text!(
            "there is a `CREATE TABLE {near}`",
            "есть `CREATE TABLE {near}`"
        )),
        None => finding.help(text!(
            "add `CREATE TABLE {name} (…)` to `ddl/*.sql`, or declare the columns here",
            "добавьте `CREATE TABLE {name} (…)` в `ddl/*.sql` или объявите колонки здесь"
        )),
    }
}

/// The finding about a table that YAML and DDL both declare in full.
pub(super) fn two_structures(decl: &TableDecl, statement: &TableSyntax) -> Diagnostic {
    let name = &decl.name.value;
    Diagnostic::new(
        code::DDL_DISAGREES,
        text!(
            "the structure of `{name}` is declared in YAML and in DDL",
            "строение `{name}` объявлено и в YAML, и в DDL"
        ),
    )
    .at(decl.name.span)
    .also(
        statement.name.span,
        text!("the other declaration", "другое объявление"),
    )
    .help(text!(
        "say `structure: ddl` here and keep only meaning, or remove the statement",
        "укажите здесь `structure: ddl` и оставьте только смысл или удалите оператор"
    ))
}

/// The columns of the statement, in its order, each with what YAML says of it.
pub(super) fn join<'a>(
    statement: &'a TableSyntax,
    decl: &'a TableDecl,
    described: Vec<Column<'a>>,
    report: &mut Report,
) -> Vec<Column<'a>> {
    refuse_structure(decl, statement, report);
    let mut described: BTreeMap<&str, Column<'a>> = described
        .into_iter()
        .map(|column| (column.name.value.as_str(), column))
        .collect();
    let known: Vec<&str> = described.keys().copied().collect();
    let mut columns = Vec::with_capacity(statement.columns.len());
    for ddl in &statement.columns {
        let column = match described.remove(ddl.name.value.as_str()) {
            Some(column) => {
                if let Some(decl) = column.decl {
                    compare(decl, ddl, column.mixin.is_some(), report);
                }
                Column {
                    ddl: Some(ddl),
                    ..column
                }
            }
            None => {
                if !decl.columns_lost {
                    report.push(undescribed(decl, ddl, &known));
                }
                Column {
                    name: &ddl.name,
                    decl: None,
                    ddl: Some(ddl),
                    mixin: None,
                    said: Said::Nothing,
                    base: None,
                    domain: Domain::Plain,
                }
            }
        };
        columns.push(column);
    }
    let (table, names) = (
        &decl.name.value,
        statement.columns.iter().map(|c| c.name.value.as_str()),
    );
    let names: Vec<&str> = names.collect();
    for (name, column) in described {
        report.push(
            Diagnostic::new(
                code::DDL_COLUMN,
                text!(
                    "the DDL of `{table}` has no column `{name}`",
                    "в DDL таблицы `{table}` нет колонки `{name}`"
                ),
            )
            .at(column.name.span)
            .also(statement.name.span, text!("the DDL", "DDL"))
            .suggest(nearest(name, names.iter().copied()))
            .help(text!(
                "columns are added in DDL; here they get their meaning",
                "колонки добавляются в DDL, здесь им придаётся смысл"
            )),
        );
    }
    columns
}

fn undescribed(decl: &TableDecl, ddl: &ColumnSyntax, known: &[&str]) -> Diagnostic {
    let (table, name) = (&decl.name.value, &ddl.name.value);
    let finding = Diagnostic::new(
        code::DDL_COLUMN,
        text!(
            "`{table}` says nothing of the DDL's column `{name}`",
            "в `{table}` ничего не сказано о колонке `{name}` из DDL"
        ),
    )
    .at(decl.columns_key.unwrap_or(decl.name.span))
    .also(ddl.name.span, text!("the column", "колонка"));
    match nearest(name, known.iter().copied()).filter(|near| *near != name) {
        Some(near) => finding.help(text!("is `{near}` meant?", "может быть, это `{near}`?")),
        None => finding.help(text!("add `- name: {name}`", "добавьте `- name: {name}`")),
    }
}

/// Fields of a table that DDL alone may say.
fn refuse_structure(decl: &TableDecl, statement: &TableSyntax, report: &mut Report) {
    let fields = [
        ("primary_key", decl.primary_key.as_ref().map(|key| key.span)),
        ("unique", decl.unique_key),
        (
            "distributed_by",
            decl.distributed_by.as_ref().map(|key| key.span),
        ),
    ];
    for (field, span) in fields {
        if let Some(span) = span {
            report.push(ddl_says(field, span, statement.name.span));
        }
    }
    if let (Some(title), Some(comment)) = (&decl.title, &statement.comment)
        && title.value != comment.value
    {
        report.push(titles_differ(title.span, comment.span));
    }
}

fn ddl_says(field: &str, span: Span, statement: Span) -> Diagnostic {
    Diagnostic::new(
        code::DDL_FIELD,
        text!(
            "`{field}` is said by the DDL of this table",
            "`{field}` этой таблицы задаёт DDL"
        ),
    )
    .at(span)
    .also(statement, text!("the DDL", "DDL"))
    .help(text!(
        "remove `{field}` here; change it in DDL",
        "уберите `{field}` здесь; меняйте в DDL"
    ))
}

fn titles_differ(title: Span, comment: Span) -> Diagnostic {
    disagree(
        text!(
            "the title is not the comment of the DDL",
            "название расходится с комментарием в DDL"
        ),
        title,
        comment,
        text!(
            "make both equal, or remove one",
            "сделайте их одинаковыми или уберите одно"
        ),
    )
}

/// The finding about two places that say different things.
pub(super) fn disagree(message: Text, here: Span, there: Span, help: Text) -> Diagnostic {
    Diagnostic::new(code::DDL_DISAGREES, message)
        .at(here)
        .also(there, text!("the DDL", "DDL"))
        .help(help)
}

/// Compares what YAML says of a column with its DDL. A mixin serves tables of both sorts, so what
/// it says of structure is no error here as long as it agrees.
fn compare(decl: &ColumnDecl, ddl: &ColumnSyntax, is_mixin: bool, report: &mut Report) {
    if let Some(optional) = &decl.optional {
        if !is_mixin {
            report.push(ddl_says("optional", optional.span, ddl.name.span));
        } else if optional.value == ddl.required {
            report.push(disagree(
                text!(
                    "the mixin and the DDL disagree on `optional`",
                    "набор колонок и DDL расходятся в `optional`"
                ),
                optional.span,
                ddl.name.span,
                text!(
                    "NOT NULL in DDL means required",
                    "NOT NULL в DDL означает обязательность"
                ),
            ));
        }
    }
    if let (Some(fragment), true) = (&decl.required_when, ddl.required) {
        report.push(disagree(
            text!(
                "the column is required in every row by its DDL",
                "колонка обязательна в каждой строке по DDL"
            ),
            fragment.span,
            ddl.name.span,
            text!(
                "remove `required_when`, or NOT NULL in DDL",
                "уберите `required_when` или NOT NULL в DDL"
            ),
        ));
    }
    match (&decl.title, &ddl.comment) {
        (Some(title), Some(comment)) if title.value != comment.value && !is_mixin => {
            report.push(titles_differ(title.span, comment.span));
        }
        (None, None) if !decl.is_titled => {
            let name = &decl.name.value;
            report.push(
                Diagnostic::new(
                    code::MISSING_FIELD,
                    text!(
                        "the column `{name}` has no title",
                        "у колонки `{name}` нет названия (`title`)"
                    ),
                )
                .at(decl.name.span)
                .also(
                    ddl.name.span,
                    text!("no comment here", "здесь нет комментария"),
                )
                .help(text!(
                    "add `title: …` here or `COMMENT ON COLUMN` in DDL",
                    "добавьте `title: …` здесь или `COMMENT ON COLUMN` в DDL"
                )),
            );
        }
        _ => {}
    }
}
