//! Synthetic models of any size, the same in the language of Vitrina, in protobuf and in JSON Schema:
//! twelve columns a table, two references, a closed classifier of twenty values for every third
//! table, a pattern, a check.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

const GROUP: usize = 50;
const VALUES: usize = 20;

/// Writes `FOLDER/model`, `FOLDER/model.proto` and `FOLDER/model.schema.json`.
pub fn write(folder: &Path, tables: usize) -> io::Result<()> {
    vitrina(&folder.join("model"), tables)?;
    fs::write(folder.join("model.proto"), proto(tables))?;
    fs::write(folder.join("model.schema.json"), json_schema(tables))
}

fn classifier_of(table: usize) -> usize {
    table / 3
}

fn vitrina(folder: &Path, tables: usize) -> io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder.join("classifiers"))?;
    let mut showcase = String::from(
        "language: 1\nshowcase: synthetic\ntitle: Синтетическая витрина\nversion: 1.0.0\ngroups:\n",
    );
    for group in 0..tables.div_ceil(GROUP) {
        writeln!(showcase, "  - group: g{group}\n    title: Группа {group}")
            .map_err(io::Error::other)?;
        fs::create_dir_all(folder.join(format!("tables/g{group}")))?;
    }
    fs::write(folder.join("showcase.yaml"), showcase)?;
    fs::write(
        folder.join("types.yaml"),
        "- type: record_id\n  title: Идентификатор\n  base: varchar(100)\n\
         \x20 pattern: '^[0-9A-Za-z_]{1,20}-[!-~]{1,79}$'\n\
         - type: inn\n  title: ИНН\n  base: varchar(12)\n  pattern: '^\\d{10}(\\d{2})?$'\n  algorithm: inn\n",
    )?;
    for list in 0..=classifier_of(tables - 1) {
        let mut text = format!(
            "classifier: list_{list}\ntitle: Справочник {list}\ntype: varchar(8)\nvalues:\n"
        );
        for value in 0..VALUES {
            let _ = writeln!(text, "  - {{ code: v{value}, title: Значение {value} }}");
        }
        fs::write(folder.join(format!("classifiers/list_{list}.yaml")), text)?;
    }
    for table in 0..tables {
        fs::write(
            folder.join(format!("tables/g{}/entity_{table}.yaml", table / GROUP)),
            table_yaml(table),
        )?;
    }
    Ok(())
}

fn table_yaml(table: usize) -> String {
    // Two references backwards; the first table refers to itself.
    let (first, second) = (table.saturating_sub(1), table / 2);
    format!(
        "table: entity_{table}
title: Сущность {table}
origin: inference
primary_key: [id]
columns:
  - name: id
    type: record_id
    title: Идентификатор
  - name: previous_id
    references: entity_{first}
    title: Предыдущая
    optional: true
  - name: parent_id
    references: entity_{second}
    title: Вышестоящая
    optional: true
  - name: inn
    type: inn
    title: ИНН
  - name: status_code
    classifier: list_{list}
    title: Статус
  - name: name
    type: varchar(255)
    title: Наименование
  - name: comment_text
    type: varchar
    title: Комментарий
    optional: true
  - name: total
    type: int32
    title: Количество
    check: total >= 0
  - name: amount
    type: double
    title: Сумма
    optional: true
  - name: is_active
    type: boolean
    title: Действует
  - name: start_date
    type: date
    title: Начало
  - name: end_date
    type: date
    title: Окончание
    optional: true
checks:
  - code: entity_{table}.period
    title: Начало не позже окончания
    expr: start_date <= end_date
",
        list = classifier_of(table)
    )
}

fn proto(tables: usize) -> String {
    let mut text = String::from("syntax = \"proto3\";\npackage synthetic;\n");
    for list in 0..=classifier_of(tables - 1) {
        let _ = writeln!(text, "// Справочник {list}\nenum List{list} {{");
        for value in 0..VALUES {
            let _ = writeln!(
                text,
                "  // Значение {value}\n  LIST{list}_V{value} = {value};"
            );
        }
        text.push_str("}\n");
    }
    for table in 0..tables {
        let _ = writeln!(
            text,
            "// Сущность {table}
message Entity{table} {{
  // Идентификатор
  string id = 1;
  // Предыдущая
  optional string previous_id = 2;
  // Вышестоящая
  optional string parent_id = 3;
  // ИНН
  string inn = 4;
  // Статус
  List{list} status_code = 5;
  // Наименование
  string name = 6;
  // Комментарий
  optional string comment_text = 7;
  // Количество
  int32 total = 8;
  // Сумма
  optional double amount = 9;
  // Действует
  bool is_active = 10;
  // Начало
  string start_date = 11;
  // Окончание
  optional string end_date = 12;
}}",
            list = classifier_of(table)
        );
    }
    text
}

fn json_schema(tables: usize) -> String {
    let mut definitions = serde_json::Map::new();
    for list in 0..=classifier_of(tables - 1) {
        let codes: Vec<String> = (0..VALUES).map(|value| format!("v{value}")).collect();
        definitions.insert(
            format!("List{list}"),
            serde_json::json!({ "type": "string", "title": format!("List{list}"), "enum": codes }),
        );
    }
    for table in 0..tables {
        definitions.insert(
            format!("Entity{table}"),
            serde_json::json!({
                "type": "object",
                "description": format!("Сущность {table}"),
                "required": ["id", "inn", "status_code", "name", "total", "is_active", "start_date"],
                "properties": {
                    "id": { "type": "string", "pattern": "^[0-9A-Za-z_]{1,20}-[!-~]{1,79}$" },
                    "previous_id": { "type": "string" },
                    "parent_id": { "type": "string" },
                    "inn": { "type": "string", "pattern": "^[0-9]{10}([0-9]{2})?$" },
                    "status_code": { "$ref": format!("#/definitions/List{}", classifier_of(table)) },
                    "name": { "type": "string", "maxLength": 255 },
                    "comment_text": { "type": "string" },
                    "total": { "type": "integer", "format": "int32" },
                    "amount": { "type": "number" },
                    "is_active": { "type": "boolean" },
                    "start_date": { "type": "string", "format": "date" },
                    "end_date": { "type": "string", "format": "date" }
                }
            }),
        );
    }
    serde_json::json!({ "$schema": "http://json-schema.org/draft-07/schema#", "definitions": definitions })
        .to_string()
}
