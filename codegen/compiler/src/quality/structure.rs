//! Rules that the model's structure carries, as far as rows show them.

mod free_text;

use std::collections::HashSet;

use super::TableRows;
use super::context::{Context, KeyPart};
use super::deletion;
use super::index::{Form, encode, key_of};
use super::outcome::{Fault, Reason, Unjudged};
use super::part::Part;
use crate::model::eval::{Value, truth};
use crate::model::{Check, ColumnId, Expr, Requirement, Structure, Table};

/// Judges a package by a structure: a part for each table, in the order of the model.
pub(super) fn judge(context: &Context<'_>, structure: &Structure) -> Vec<Part> {
    match structure {
        Structure::Required => each_table(context, required),
        Structure::References => references(context),
        Structure::PrimaryKeys => primary_keys(context),
        Structure::Codes => each_table(context, codes),
        Structure::Hashes => each_table(context, hashes),
        Structure::Checks(codes) => {
            each_table(context, |context, table| checks(context, table, codes))
        }
        Structure::FreeText(patterns) => free_text::judge(context, patterns),
        Structure::Kinds => vec![kinds(context)],
        Structure::Deletions => deletion::judge(context),
        Structure::CsvEncoding
        | Structure::CsvHeader
        | Structure::CsvQuoting
        | Structure::CsvFieldCount
        | Structure::CsvControl
        | Structure::CsvNull
        | Structure::CsvDates
        | Structure::CsvTables
        | Structure::Types(_) => vec![Part::Unjudged(Unjudged {
            table: None,
            reason: Reason::Reader,
        })],
    }
}

/// The faults of a row, in the order of the columns.
type RowJudge<'a> = Box<dyn Fn(&TableRows, u32) -> Vec<Fault> + 'a>;

/// Judges every row of every table for which `judge_of` has something to judge.
fn each_table<'a>(
    context: &'a Context<'_>,
    judge_of: impl Fn(&'a Context<'a>, &'a Table) -> Option<RowJudge<'a>>,
) -> Vec<Part> {
    let mut parts = Vec::new();
    for table in context.model.tables() {
        let Some(judge) = judge_of(context, table) else {
            continue;
        };
        parts.push(match context.table(table.id) {
            Err(reason) => Part::unjudged(table, reason),
            Ok(rows) => Part::Rows {
                table: table.id,
                judged: rows.numbers().collect(),
                unreadable: 0,
                faults: rows
                    .numbers()
                    .flat_map(|row| judge(rows, row).into_iter().map(move |fault| (row, fault)))
                    .collect(),
            },
        });
    }
    parts
}

/// Whether an expression reads a cell that is no value of its type: then it is not judged.
fn reads_unreadable(rows: &TableRows, row: u32, expr: &Expr) -> bool {
    rows.has_unreadable() && rows.any_unreadable(row, &expr.columns())
}

fn required<'a>(context: &'a Context<'a>, table: &'a Table) -> Option<RowJudge<'a>> {
    let columns: Vec<(ColumnId, Option<&Expr>)> = table
        .columns
        .iter()
        .filter_map(|column| match &column.requirement {
            Requirement::Always => Some((column.id, None)),
            Requirement::When(condition) => Some((column.id, Some(condition))),
            Requirement::Optional => None,
        })
        .collect();
    if columns.is_empty() {
        return None;
    }
    Some(Box::new(move |rows, row| {
        columns
            .iter()
            .filter(|(column, condition)| {
                let filled = rows.value(row, *column).is_some() || rows.is_unreadable(row, *column);
                !filled
                    && condition.is_none_or(|condition| {
                        !reads_unreadable(rows, row, condition)
                            && truth(condition, rows.row(row), context.today) == Some(true)
                    })
            })
            .map(|(column, _)| Fault::Columns(vec![*column]))
            .collect()
    }))
}

fn codes<'a>(context: &'a Context<'a>, table: &'a Table) -> Option<RowJudge<'a>> {
    let columns: Vec<(ColumnId, HashSet<Vec<u8>>)> = table
        .columns
        .iter()
        .filter_map(|column| {
            let list = context.model.closed_list_of(&column.ty)?;
            let codes = list
                .values
                .iter()
                .filter_map(|value| Some(key_of(&Value::parse(column.ty.base, &value.code)?)));
            Some((column.id, codes.collect()))
        })
        .collect();
    if columns.is_empty() {
        return None;
    }
    Some(Box::new(move |rows, row| {
        columns
            .iter()
            .filter(|(column, codes)| match rows.value(row, *column) {
                Some(value) => !codes.contains(&key_of(value)),
                None => rows.is_unreadable(row, *column),
            })
            .map(|(column, _)| Fault::Columns(vec![*column]))
            .collect()
    }))
}

fn hashes<'a>(context: &'a Context<'a>, table: &'a Table) -> Option<RowJudge<'a>> {
    let columns: Vec<ColumnId> = table
        .columns
        .iter()
        .filter(|column| {
            let form = context.model.form_of(&column.ty);
            form.is_some_and(|form| form.hash_of.is_some())
        })
        .map(|column| column.id)
        .collect();
    if columns.is_empty() {
        return None;
    }
    Some(Box::new(move |rows, row| {
        columns
            .iter()
            .filter(|column| match rows.value(row, **column) {
                Some(Value::Text(text)) => !is_hash(text),
                _ => false,
            })
            .map(|column| Fault::Columns(vec![*column]))
            .collect()
    }))
}

/// 512 bits as lower-case hexadecimal digits.
fn is_hash(text: &str) -> bool {
    text.len() == 128
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn checks<'a>(
    context: &'a Context<'a>,
    table: &'a Table,
    codes: &[String],
) -> Option<RowJudge<'a>> {
    let checks: Vec<&Check> = table
        .checks
        .iter()
        .filter(|check| codes.contains(&check.code))
        .collect();
    if checks.is_empty() {
        return None;
    }
    Some(Box::new(move |rows, row| {
        checks
            .iter()
            .filter(|check| {
                !reads_unreadable(rows, row, &check.expr)
                    && truth(&check.expr, rows.row(row), context.today) == Some(false)
            })
            .map(|check| Fault::Check(check.code.clone()))
            .collect()
    }))
}

fn references(context: &Context<'_>) -> Vec<Part> {
    let mut parts = Vec::new();
    for table in context.model.tables() {
        if table.foreign_keys.is_empty() {
            continue;
        }
        let rows = match context.table(table.id) {
            Ok(rows) => rows,
            Err(reason) => {
                parts.push(Part::unjudged(table, reason));
                continue;
            }
        };
        let mut keys = Vec::new();
        for reference in &table.foreign_keys {
            let target = reference.target.iter().map(|id| KeyPart::own(*id));
            match context.index(reference.table, target.collect()) {
                Ok(index) => keys.push((&reference.columns, index)),
                Err(reason) => parts.push(Part::unjudged(table, reason)),
            }
        }
        if keys.is_empty() {
            continue;
        }
        let mut faults = Vec::new();
        for row in rows.numbers() {
            for (columns, index) in &keys {
                let mut key = Vec::new();
                if write_own_key(rows, row, columns, &mut key) && index.bucket(&key).is_none() {
                    faults.push((row, Fault::Columns(columns.to_vec())));
                }
            }
        }
        parts.push(Part::Rows {
            table: table.id,
            judged: rows.numbers().collect(),
            unreadable: 0,
            faults,
        });
    }
    parts
}

fn primary_keys(context: &Context<'_>) -> Vec<Part> {
    let judge = |table: &Table| -> Result<Part, Reason> {
        let rows = context.table(table.id)?;
        let key = table.primary_key.iter().map(|id| KeyPart::own(*id));
        let index = context.index(table.id, key.collect())?;
        let mut faults: Vec<(u32, Fault)> = index
            .sets()
            .filter(|set| set.len() > 1)
            .flatten()
            .map(|row| (*row, Fault::Columns(table.primary_key.clone())))
            .collect();
        faults.sort_by_key(|(row, _)| *row);
        Ok(Part::Rows {
            table: table.id,
            judged: rows.numbers().collect(),
            unreadable: 0,
            faults,
        })
    };
    let tables = context.model.tables().iter();
    tables
        .map(|table| judge(table).unwrap_or_else(|reason| Part::unjudged(table, reason)))
        .collect()
}

fn kinds(context: &Context<'_>) -> Part {
    let model = context.model;
    let has_record = |number: u32| {
        model.tables().iter().any(|table| {
            table.kinds.contains(&number)
                && context
                    .rows
                    .table(table.id)
                    .is_some_and(|rows| !rows.is_empty())
        })
    };
    Part::Records {
        table: None,
        judged: model.kinds().len() as u64,
        broken: model
            .kinds()
            .iter()
            .filter(|kind| !has_record(kind.number))
            .map(|kind| kind.number.to_string())
            .collect(),
    }
}

/// Writes the key that own columns make; false when one of them is null.
pub(super) fn write_own_key(
    rows: &TableRows,
    row: u32,
    columns: &[ColumnId],
    key: &mut Vec<u8>,
) -> bool {
    columns.iter().all(|column| match rows.value(row, *column) {
        Some(value) => {
            encode(value, Form::Own, key);
            true
        }
        None => false,
    })
}
