//! A model whose keys are of every type, alone and together, and random rows of it.

use vitrina_codegen::source::{SourceFile, SourceSet};

use super::*;
use harness::{Numbers, compiled};

const SHOWCASE: &str = "
language: 1
showcase: typed
title: Ключи
version: 1.0.0
groups:
  - { group: main, title: Таблицы, tables: [place, event, mark] }
";

const PLACE: &str = "
table: place
title: Место
origin: inference
primary_key: [id]
unique:
  - [number]
  - [code, day]
  - [rate]
  - [made]
  - [flag, hour]
columns:
  - { name: id, type: uuid, title: Идентификатор }
  - { name: up_id, references: place, title: Выше, optional: true }
  - { name: number, type: bigint, title: Номер }
  - { name: code, type: varchar(20), title: Код }
  - { name: day, type: date, title: День }
  - { name: rate, type: double, title: Ставка }
  - { name: made, type: timestamp(0), title: Сделано }
  - { name: flag, type: boolean, title: Знак }
  - { name: hour, type: time(0), title: Час }
";

const EVENT: &str = "
table: event
title: Событие
origin: inference
primary_key: [number, place_id]
columns:
  - { name: number, type: int32, title: Номер }
  - { name: place_id, references: place, title: Место }
  - { name: on_day, type: date, title: День }
  - { name: code, type: varchar(20), title: Код }
  - { name: count, type: bigint, title: Число }
  - { name: rate, type: double, title: Ставка }
  - { name: made, type: timestamp(0), title: Сделано }
  - { name: flag, type: boolean, title: Знак }
  - { name: hour, type: time(0), title: Час }
foreign_keys:
  - { columns: [code, on_day], references: place, target: [code, day] }
  - { columns: [count], references: place, target: [number] }
  - { columns: [rate], references: place, target: [rate] }
  - { columns: [made], references: place, target: [made] }
  - { columns: [flag, hour], references: place, target: [flag, hour] }
";

const MARK: &str = "
table: mark
title: Оценка
origin: inference
primary_key: [id]
columns:
  - { name: id, type: int32, title: Идентификатор }
  - { name: number, type: int32, title: Номер, optional: true }
  - { name: place_id, references: place, title: Место, optional: true }
foreign_keys:
  - { columns: [number, place_id], references: event }
";

const RULES: &str = "
- { rule: R-1, title: Ключи, metric: uniqueness, origin: order, structure: primary_keys }
- { rule: R-2, title: Ссылки, metric: linkage, origin: order, structure: references }
";

fn model() -> Model {
    let files = [
        ("showcase.yaml", SHOWCASE),
        ("tables/main/place.yaml", PLACE),
        ("tables/main/event.yaml", EVENT),
        ("tables/main/mark.yaml", MARK),
        ("rules/rules.yaml", RULES),
    ];
    let files = files.map(|(path, text)| SourceFile {
        path: path.into(),
        text: text.into(),
    });
    compiled(&SourceSet::new("", files.to_vec()))
}

/// Random rows of small domains: keys meet, miss, are null or no values.
pub(super) fn package(seed: u64, rows: u64) -> Package {
    let model = model();
    let mut numbers = Numbers(seed);
    let tables = model.tables().iter().map(|table| {
        let row = |numbers: &mut Numbers| {
            let columns = table.columns.iter();
            columns
                .map(|column| {
                    let number = numbers.next(rows * 3 / 2);
                    if numbers.next(12) == 0 {
                        return None;
                    }
                    Some(match (column.name.as_str(), numbers.next(30)) {
                        (_, 0) => "?".to_owned(),
                        ("id", _) if table.name == "mark" => number.to_string(),
                        ("id" | "up_id" | "place_id", _) => {
                            format!("{number:08x}-0000-4000-8000-000000000000")
                        }
                        ("number" | "count", _) => number.to_string(),
                        ("code", _) => ["", "а", "аб", "x\0"][number as usize % 4].to_owned(),
                        ("day" | "on_day", _) => format!("2020-01-{:02}", number % 28 + 1),
                        ("rate", 1..3) => "-0".to_owned(),
                        ("rate", 3..5) => "0".to_owned(),
                        ("rate", _) => format!("{}.5", number),
                        ("made", _) => {
                            format!("2020-01-01 00:{:02}:{:02}", number / 60 % 60, number % 60)
                        }
                        ("flag", _) => number.is_multiple_of(2).to_string(),
                        _ => format!("00:{:02}:00", number % 60),
                    })
                })
                .collect()
        };
        (0..rows).map(|_| row(&mut numbers)).collect()
    });
    let texts = tables.collect();
    let mut package = Package {
        model,
        texts,
        values: Vec::new(),
    };
    package.parse();
    package
}
