//! Synthetic models of any size, for measuring how the compiler grows: as a folder of the model
//! language, and as the same records in Protocol Buffers and JSON Schema for other generators.
//!
//! A table has twelve columns of the usual kinds: a key, a reference, a code of a closed list, an
//! identifier with a check digit, text, dates, numbers, a boolean, a conditionally required
//! comment, a service column of a mixin; two checks; and a quality rule.

mod peers;

use std::fmt::Write as _;
use std::io;
use std::path::Path;

pub use peers::{json_schema, proto};

/// Tables of one group, which is one folder.
const GROUP: usize = 100;

/// Tables that share one code list.
const PER_LIST: usize = 10;

/// Codes of a list.
const CODES: usize = 8;

/// A column in the three languages.
struct Column {
    name: &'static str,
    title: &'static str,
    /// What the model language says beside name and title, one line each.
    lines: &'static [&'static str],
    proto: &'static str,
    json: &'static str,
    required: bool,
}

const fn column(
    name: &'static str,
    title: &'static str,
    lines: &'static [&'static str],
    proto: &'static str,
    json: &'static str,
) -> Column {
    Column {
        name,
        title,
        lines,
        proto,
        json,
        required: true,
    }
}

const fn optional(mut column: Column) -> Column {
    column.required = false;
    column
}

/// The columns between reference and mixin.
const COLUMNS: [Column; 8] = [
    optional(column(
        "inn",
        "ИНН",
        &["type: inn"],
        "string",
        r#"{"type":"string","pattern":"^\\d{10}(\\d{2})?$"}"#,
    )),
    column(
        "full_name",
        "Наименование",
        &["type: varchar(255)"],
        "string",
        r#"{"type":"string","maxLength":255}"#,
    ),
    column(
        "begin_date",
        "Дата начала",
        &["type: date"],
        "string",
        r#"{"type":"string","format":"date"}"#,
    ),
    optional(column(
        "end_date",
        "Дата окончания",
        &["type: date"],
        "string",
        r#"{"type":"string","format":"date"}"#,
    )),
    column(
        "amount",
        "Количество",
        &["type: bigint", "check: amount BETWEEN 0 AND 1000000"],
        "int64",
        r#"{"type":"integer","minimum":0,"maximum":1000000}"#,
    ),
    optional(column(
        "share",
        "Доля",
        &["type: double"],
        "double",
        r#"{"type":"number"}"#,
    )),
    column(
        "active",
        "Действует",
        &["type: boolean"],
        "bool",
        r#"{"type":"boolean"}"#,
    ),
    optional(column(
        "comment_text",
        "Комментарий",
        &[
            "type: varchar(1000)",
            "required_when: status_code = 'code_1'",
        ],
        "string",
        r#"{"type":"string","maxLength":1000}"#,
    )),
];

/// The number of columns of every table.
pub const COLUMNS_PER_TABLE: usize = COLUMNS.len() + 4;

/// The files of a model of so many tables: path and text. Every table but the first refers to one
/// before it.
pub fn model(tables: usize) -> Vec<(String, String)> {
    let mut files = vec![
        ("showcase.yaml".to_owned(), showcase(tables)),
        ("types.yaml".to_owned(), TYPES.to_owned()),
        ("mixins.yaml".to_owned(), MIXINS.to_owned()),
        (
            "regulations/synthetic.yaml".to_owned(),
            REGULATION.to_owned(),
        ),
        ("kinds.yaml".to_owned(), KINDS.to_owned()),
        (
            "rules/linkage.yaml".to_owned(),
            (0..tables).map(rule_yaml).collect(),
        ),
    ];
    files.extend(
        (0..lists(tables)).map(|at| (format!("classifiers/{}.yaml", list(at)), list_yaml(at))),
    );
    files.extend((0..tables).map(|at| {
        let path = format!("tables/{}/{}.yaml", group(at / GROUP), table(at));
        (path, table_yaml(at))
    }));
    files
}

/// Writes [`model`] into a folder.
///
/// # Errors
/// What the file system says.
pub fn write_model(folder: &Path, tables: usize) -> io::Result<()> {
    for (path, text) in model(tables) {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, text)?;
    }
    Ok(())
}

const TYPES: &str = r"- type: record_id
  title: Идентификатор записи
  base: varchar(100)
  pattern: '^[0-9A-Za-z_]{1,20}-[!-~]{1,79}$'

- type: inn
  title: ИНН
  base: varchar(12)
  pattern: '^\d{10}(\d{2})?$'
  algorithm: inn
";

const MIXINS: &str = "- mixin: service_columns
  title: Служебные столбцы
  columns:
    - name: modified_datetime
      type: timestamp(0)
      title: Изменено
";

const REGULATION: &str = "regulation: synthetic
title: Придуманные требования
number: '1'
date: 2024-01-01
clauses:
  - { clause: '1.1', title: Передавать всё }
";

const KINDS: &str = "kinds:
  - kind: 1
    title: Придуманный вид сведений
    block: I. Придуманное
    origin: inference
    clauses: ['1.1']
";

/// A rule of a table: its open rows are named by a filled row of their kind.
fn rule_yaml(at: usize) -> String {
    let table = table(at);
    format!(
        "- rule: SYN-{at:05}
  title: У открытой записи есть запись с тем же кодом
  metric: linkage
  origin: inference
  table: {table}
  when: end_date IS NULL
  exists: {{ in: {table}, on: {{ status_code: status_code }}, where: full_name IS NOT NULL }}
"
    )
}

fn table(at: usize) -> String {
    format!("table_{at:05}")
}

fn list(at: usize) -> String {
    format!("list_{at:04}")
}

fn group(at: usize) -> String {
    format!("group_{at:03}")
}

fn lists(tables: usize) -> usize {
    tables.div_ceil(PER_LIST)
}

fn upper_camel(name: &str) -> String {
    name.split('_')
        .map(|word| {
            let mut chars = word.chars();
            let first = chars.next().map(|first| first.to_ascii_uppercase());
            first.into_iter().chain(chars).collect::<String>()
        })
        .collect()
}

fn showcase(tables: usize) -> String {
    let mut out = String::from(
        "language: 1\nshowcase: synthetic\ntitle: Придуманная витрина\nversion: 1.0.0\ngroups:\n",
    );
    for at in 0..tables.div_ceil(GROUP) {
        let _ = write!(
            out,
            "  - group: {}\n    title: Группа {at}\n    tables:\n",
            group(at)
        );
        for at in at * GROUP..tables.min((at + 1) * GROUP) {
            let _ = writeln!(out, "      - {}", table(at));
        }
    }
    out
}

fn list_yaml(at: usize) -> String {
    let mut out = format!(
        "classifier: {}\ntitle: Список {at}\nauthority: own\ntype: varchar(16)\nvalues:\n",
        list(at)
    );
    for code in 1..=CODES {
        let _ = writeln!(out, "  - {{ code: code_{code}, title: Значение {code} }}");
    }
    out
}

fn table_yaml(at: usize) -> String {
    let name = table(at);
    let mut out = format!(
        "table: {name}\ntitle: Таблица {at}\norigin: inference\nclauses: ['1.1']\nkinds: [1]\n\
         primary_key: [id]\ncolumns:\n  - name: id\n    type: record_id\n    title: Идентификатор\n  \
         - name: parent_id\n"
    );
    match at.checked_sub(1) {
        Some(before) => {
            let _ = writeln!(out, "    references: {}", table(before / 2));
        }
        None => out.push_str("    type: record_id\n    optional: true\n"),
    }
    let _ = write!(
        out,
        "    title: Старшая запись\n  - name: status_code\n    classifier: {}\n    title: Статус\n",
        list(at / PER_LIST)
    );
    for column in &COLUMNS {
        let _ = write!(
            out,
            "  - name: {}\n    title: {}\n",
            column.name, column.title
        );
        for line in column.lines {
            let _ = writeln!(out, "    {line}");
        }
        let conditional = column
            .lines
            .iter()
            .any(|line| line.starts_with("required_when"));
        if !column.required && !conditional {
            out.push_str("    optional: true\n");
        }
    }
    let _ = write!(
        out,
        "mixins: [service_columns]\nchecks:\n  - code: {name}.period\n    title: Начало не позже \
         окончания\n    expr: end_date >= begin_date\n"
    );
    out
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn sizes_are_as_asked() {
        for tables in [1, 10, 11, 250] {
            let files = model(tables);
            let folders = |folder: &str| {
                files
                    .iter()
                    .filter(|(path, _)| path.starts_with(folder))
                    .count()
            };
            assert_eq!(folders("tables/"), tables);
            assert_eq!(folders("classifiers/"), tables.div_ceil(10));
            let columns: usize = files
                .iter()
                .filter(|(path, _)| path.starts_with("tables/"))
                .map(|(_, text)| text.matches("- name: ").count() + 1)
                .sum();
            assert_eq!(columns, tables * COLUMNS_PER_TABLE);

            let proto = proto(tables);
            assert_eq!(proto.matches("\nmessage ").count(), tables);
            assert_eq!(proto.matches(" = 12;").count(), tables);

            let schema: Value = serde_json::from_str(&json_schema(tables)).unwrap();
            let definitions = schema["definitions"].as_object().unwrap();
            assert_eq!(definitions.len(), tables + tables.div_ceil(10));
            for at in 0..tables {
                let properties = definitions[&table(at)]["properties"].as_object().unwrap();
                assert_eq!(properties.len(), COLUMNS_PER_TABLE);
                assert!(properties.values().all(Value::is_object));
            }
        }
    }

    #[test]
    fn paths_come_once_and_folders_are_written() {
        let files = model(120);
        let paths: std::collections::BTreeSet<&String> =
            files.iter().map(|(path, _)| path).collect();
        assert_eq!(paths.len(), files.len());
        let folder = tempfile::tempdir().unwrap();
        write_model(folder.path(), 120).unwrap();
        for (path, text) in &files {
            assert_eq!(
                &std::fs::read_to_string(folder.path().join(path)).unwrap(),
                text
            );
        }
    }
}
