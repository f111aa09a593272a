//! What the structure of the model says, asked of tables that may have lost their constraints: one
//! query for each table that the rule concerns. What no table shows (the form of files, values before
//! they were hashed, what was deleted) has its judge elsewhere, and the file of the rule names him.

use super::head::{Head, finding_of_package, named, own_key};
use super::lines::Lines;
use super::scope;
use super::statement::Statement;
use crate::model::{Check, Column, Model, Pattern, Requirement, Structure, Table};
use crate::target::ddl::expr::{Names, Place};
use crate::target::ddl::postgresql::qualified;
use crate::target::ddl::text;

/// The statements of a structure, or who judges it instead.
pub(super) fn statements(
    model: &Model,
    code: &str,
    structure: &Structure,
) -> Result<Vec<Statement>, &'static str> {
    let tables = model.tables().iter();
    let each = |broken: &dyn Fn(&Table) -> Option<Lines>| -> Vec<Statement> {
        let found = tables.clone().filter_map(|table| {
            let broken = broken(table)?;
            Some(Statement::of_table(model, code, table, broken))
        });
        found.collect()
    };
    Ok(match structure {
        Structure::Required => each(&|table| required(model, code, table)),
        Structure::References => each(&|table| references(model, code, table)),
        Structure::PrimaryKeys => each(&|table| Some(primary_key(model, code, table))),
        Structure::Codes => each(&|table| codes(model, code, table)),
        Structure::Hashes => each(&|table| hashes(model, code, table)),
        Structure::FreeText(patterns) => each(&|table| free_text(model, code, table, patterns)),
        Structure::Checks(checks) => each(&|table| self::checks(model, code, table, checks)),
        Structure::Kinds => vec![kinds(model, code)],
        Structure::CsvEncoding
        | Structure::CsvHeader
        | Structure::CsvQuoting
        | Structure::CsvFieldCount
        | Structure::CsvControl
        | Structure::CsvNull
        | Structure::CsvDates
        | Structure::CsvTables => {
            return Err("это свойство файла CSV, его проверяет тот, кто читает файл");
        }
        Structure::Types(_) => {
            return Err(
                "формы и контрольные числа проверяются там, где значение принимают; в таблицах их \
                 держат ограничения CHECK",
            );
        }
        Structure::Deletions => {
            return Err(
                "удаление проверяется, когда его принимают; в таблицах его держат внешние ключи",
            );
        }
    })
}

/// The names of a table's own columns.
struct Own<'a> {
    model: &'a Model,
    table: &'a Table,
}

impl Names for Own<'_> {
    fn column(&self, id: crate::model::ColumnId) -> String {
        scope::value(self.model, self.table.id, id, "t")
    }

    fn base(&self, id: crate::model::ColumnId) -> crate::model::BaseType {
        self.table.column(id).ty.base
    }

    fn today(&self) -> String {
        scope::today(self.model)
    }

    fn guards_doubles(&self) -> bool {
        true
    }
}

/// Findings among a table's rows that satisfy one of the conditions; nothing for none.
fn findings(model: &Model, code: &str, table: &Table, conditions: Vec<String>) -> Option<Lines> {
    if conditions.is_empty() {
        return None;
    }
    let mut query = Lines::new();
    let key = own_key(model, table);
    query
        .line(Head::Finding(code).select(table, &key))
        .line(format!("FROM {} AS t", qualified(model, table)));
    for (place, condition) in conditions.into_iter().enumerate() {
        match place {
            0 => query.line(format!("WHERE {condition}")),
            _ => query.block(1, Lines::from(format!("OR {condition}"))),
        };
    }
    Some(query)
}

/// Whether a column has no value: an empty text is none.
fn absent(model: &Model, table: &Table, column: &Column) -> String {
    let name = scope::column_name(model, table.id, column.id);
    match column.ty.base.is_text() {
        true => format!("COALESCE(t.{name}, '') = ''"),
        false => format!("t.{name} IS NULL"),
    }
}

fn required(model: &Model, code: &str, table: &Table) -> Option<Lines> {
    let conditions = table.columns.iter().filter_map(|column| {
        let absent = absent(model, table, column);
        match &column.requirement {
            Requirement::Always => Some(absent),
            Requirement::When(condition) => {
                let names = Own { model, table };
                let condition = scope::print(model, &names, condition, Place::Conjunct);
                Some(format!("{absent} AND {condition}"))
            }
            Requirement::Optional => None,
        }
    });
    findings(model, code, table, conditions.collect())
}

fn references(model: &Model, code: &str, table: &Table) -> Option<Lines> {
    let conditions = table.foreign_keys.iter().map(|key| {
        let target = model.table(key.table);
        let names = Own { model, table };
        let present = key
            .columns
            .iter()
            .map(|id| format!("{} IS NOT NULL", names.column(*id)));
        let equal = key.columns.iter().zip(&key.target).map(|(own, id)| {
            let column = scope::column_name(model, key.table, *id);
            format!("s.{column} = {}", names.column(*own))
        });
        let present: Vec<String> = present.collect();
        let equal: Vec<String> = equal.collect();
        (
            present,
            format!(
                "NOT EXISTS (SELECT 1 FROM {} AS s WHERE {})",
                qualified(model, target),
                equal.join(" AND ")
            ),
        )
    });
    let conditions: Vec<_> = conditions.collect();
    if let [(present, missing)] = conditions.as_slice() {
        let condition = format!("{} AND {missing}", present.join(" AND "));
        return findings(model, code, table, vec![condition]);
    }
    // Each reference by itself: OR between two of them would keep the server from joining.
    let key = own_key(model, table);
    let mut inner = Lines::new();
    for (place, (present, missing)) in conditions.iter().enumerate() {
        if place > 0 {
            inner.line("UNION");
        }
        inner
            .line(Head::Key.select(table, &key))
            .line(format!("FROM {} AS t", qualified(model, table)))
            .line(format!("WHERE {} AND {missing}", present.join(" AND ")));
    }
    (!conditions.is_empty())
        .then(|| super::shape::around(table, inner, vec![], Head::Finding(code)))
}

/// Every row of a set with one key, as the shape `unique` has it.
fn primary_key(model: &Model, code: &str, table: &Table) -> Lines {
    let key = own_key(model, table);
    let mut inner = Lines::new();
    let present = key.iter().map(|name| format!("{name} IS NOT NULL").into());
    inner
        .line(format!("SELECT {}, count(*) OVER w AS amount", named(&key)))
        .line(format!("FROM {} AS t", qualified(model, table)))
        .filter(present.collect())
        .line(format!("WINDOW w AS (PARTITION BY {})", key.join(", ")));
    let condition = vec!["q.amount > 1".to_owned().into()];
    super::shape::around(table, inner, condition, Head::Finding(code))
}

fn codes(model: &Model, code: &str, table: &Table) -> Option<Lines> {
    let names = Own { model, table };
    let conditions = table.columns.iter().filter_map(|column| {
        let list = model.closed_list_of(&column.ty)?;
        let codes = list.values.iter().map(|value| match list.base.is_text() {
            true => text::literal(&value.code),
            false => value.code.clone(),
        });
        let codes: Vec<String> = codes.collect();
        Some(format!(
            "{} NOT IN ({})",
            names.column(column.id),
            codes.join(", ")
        ))
    });
    findings(model, code, table, conditions.collect())
}

/// 512 bits in lower-case hexadecimal digits.
fn hashes(model: &Model, code: &str, table: &Table) -> Option<Lines> {
    let names = Own { model, table };
    let conditions = table.columns.iter().filter_map(|column| {
        model.form_of(&column.ty)?.hash_of?;
        Some(format!(
            "{} !~ '^[0-9a-f]{{128}}$'",
            names.column(column.id)
        ))
    });
    findings(model, code, table, conditions.collect())
}

/// Each text once for each of the patterns that are sought in it.
fn free_text(model: &Model, code: &str, table: &Table, patterns: &[Pattern]) -> Option<Lines> {
    let names = Own { model, table };
    let conditions = model.free_text_of(table).flat_map(|column| {
        let name = names.column(column.id);
        patterns.iter().map(move |pattern| {
            let pattern = text::literal(&pattern.to_search_regex());
            format!("{name} ~ {pattern}")
        })
    });
    findings(model, code, table, conditions.collect())
}

fn checks(model: &Model, code: &str, table: &Table, codes: &[String]) -> Option<Lines> {
    let names = Own { model, table };
    let named = |check: &&Check| codes.contains(&check.code);
    let conditions = table.checks.iter().filter(named).map(|check| {
        let condition = scope::print(model, &names, &check.expr, Place::Alone);
        format!("NOT ({condition})")
    });
    findings(model, code, table, conditions.collect())
}

/// The kinds of information that have no record in any of their tables: their numbers.
fn kinds(model: &Model, code: &str) -> Statement {
    let mut values = Vec::new();
    for kind in model.kinds() {
        let carriers = model.tables().iter();
        let carriers = carriers.filter(|table| table.kinds.contains(&kind.number));
        let any: Vec<String> = carriers
            .map(|table| format!("EXISTS (SELECT 1 FROM {})", qualified(model, table)))
            .collect();
        let any = match any.is_empty() {
            true => "FALSE".to_owned(),
            false => any.join(" OR "),
        };
        values.push(format!("({}, {any})", kind.number));
    }
    let mut broken = Lines::new();
    broken.line(finding_of_package(code, "q.number::text"));
    let mut judged = Lines::new();
    judged.line(format!("SELECT {}::bigint", values.len()));
    if values.is_empty() {
        broken
            .line("FROM (SELECT 0 AS number) AS q")
            .line("WHERE FALSE");
    } else {
        let last = values.len() - 1;
        broken.line("FROM (VALUES");
        for (place, value) in values.into_iter().enumerate() {
            let comma = if place == last { "" } else { "," };
            broken.block(1, Lines::from(format!("{value}{comma}")));
        }
        broken
            .line(") AS q (number, present)")
            .line("WHERE NOT q.present");
    }
    Statement {
        code: code.to_owned(),
        table: None,
        judged,
        broken,
    }
}
