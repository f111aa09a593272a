//! The sheet for entry into ЕИП by hand: one row per attribute with the facts of its table beside
//! it. CSV and XLSX are made of the same cells.

use std::collections::BTreeMap;

use super::descriptor::{AttributeFacts, ClassifierFacts, ClauseFacts, Descriptor, TableFacts};
use crate::model::Classifier;
use crate::target::csv::{one_line, write_line};

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    Text(String),
    Number(u64),
    Empty,
}

/// Headers with the widths of their columns in characters.
pub(super) const HEADERS: [(&str, u16); 32] = [
    ("Витрина", 14),
    ("№ таблицы", 10),
    ("Таблица: техническое имя", 26),
    ("Таблица: наименование", 34),
    ("Таблица: GUID", 38),
    ("Таблица: происхождение GUID", 16),
    ("Таблица: группа", 24),
    ("Виды сведений (нумерация модели)", 16),
    ("Таблица: пункты норм", 28),
    ("Таблица: примечание", 30),
    ("№ атрибута", 10),
    ("Атрибут: техническое имя", 26),
    ("Атрибут: наименование", 34),
    ("Атрибут: GUID", 38),
    ("Атрибут: происхождение GUID", 16),
    ("Тип Prostore", 13),
    ("Длина", 8),
    ("Точность", 9),
    ("Обязателен", 11),
    ("Первичный ключ: порядок", 12),
    ("Ключ распределения: порядок", 12),
    ("Уникален", 10),
    ("Индекс", 8),
    ("Ссылка", 30),
    ("Множественность ссылки", 16),
    ("Справочник", 24),
    ("Справочник: кто ведёт", 24),
    ("Справочник: источник", 30),
    ("ЕСНСИ: код, uid, ревизия", 30),
    ("Класс персональных данных", 16),
    ("Атрибут: пункты норм", 28),
    ("Атрибут: примечание", 30),
];

/// The rows below the headers.
pub(super) fn rows(descriptor: &Descriptor) -> Vec<[Cell; HEADERS.len()]> {
    let lists: BTreeMap<&str, &ClassifierFacts> = (descriptor.classifiers.iter())
        .map(|list| (list.name.as_str(), list))
        .collect();
    let mut rows = Vec::new();
    for table in &descriptor.tables {
        for attribute in &table.attributes {
            let list = (attribute.classifier.as_deref()).and_then(|name| lists.get(name).copied());
            rows.push(row(&descriptor.showcase.mnemonic, table, attribute, list));
        }
    }
    rows
}

fn row(
    mnemonic: &str,
    table: &TableFacts,
    attribute: &AttributeFacts,
    classifier: Option<&ClassifierFacts>,
) -> [Cell; HEADERS.len()] {
    let esnsi = classifier
        .and_then(|list| list.esnsi.as_ref())
        .map(|esnsi| format!("{}, {}, {}", esnsi.code, esnsi.uid, esnsi.revision));
    let references = attribute
        .references
        .iter()
        .map(|reference| format!("{}.{}", reference.table, reference.attribute));
    let multiplicities = attribute.references.iter().map(|reference| {
        format!(
            "{} → {}",
            reference.source_multiplicity, reference.target_multiplicity
        )
    });
    let kinds = table.kinds.iter().map(ToString::to_string);
    [
        text(mnemonic),
        number(Some(table.ordinal)),
        text(&table.tech_name),
        text(&table.name),
        text(&table.guid.value.to_string()),
        text(origin(table.guid.issued)),
        optional(table.group.as_deref()),
        list(kinds),
        list(clauses(&table.clauses)),
        optional(table.note.as_deref()),
        number(Some(attribute.ordinal)),
        text(&attribute.tech_name),
        text(&attribute.name),
        text(&attribute.guid.value.to_string()),
        text(origin(attribute.guid.issued)),
        text(attribute.prostore_type),
        number(attribute.length.map(|n| n as usize)),
        number(attribute.precision.map(usize::from)),
        flag(!attribute.nullable),
        number(attribute.primary_key_order),
        number(attribute.distribution_order),
        flag(attribute.unique),
        flag(attribute.index),
        list(references),
        list(multiplicities),
        optional(classifier.map(|list| list.title.as_str())),
        optional(classifier.map(authority)),
        optional(classifier.and_then(|list| list.source.as_deref())),
        optional(esnsi.as_deref()),
        optional(attribute.personal),
        list(clauses(&attribute.clauses)),
        optional(attribute.note.as_deref()),
    ]
}

/// The sheet as CSV by the showcase's rules: `;`, every field quoted, `\n`, no byte order mark.
pub(super) fn csv(rows: &[[Cell; HEADERS.len()]]) -> String {
    let mut out = String::new();
    write_line(
        &mut out,
        HEADERS.iter().map(|(title, _)| (*title).to_owned()),
    );
    for row in rows {
        write_line(&mut out, row.iter().map(Cell::to_string));
    }
    out
}

impl std::fmt::Display for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Cell::Text(text) => f.write_str(text),
            Cell::Number(number) => write!(f, "{number}"),
            Cell::Empty => Ok(()),
        }
    }
}

fn text(text: &str) -> Cell {
    let line = one_line(text);
    if line.is_empty() {
        Cell::Empty
    } else {
        Cell::Text(line)
    }
}

fn optional(value: Option<&str>) -> Cell {
    value.map_or(Cell::Empty, text)
}

fn number(value: Option<usize>) -> Cell {
    value.map_or(Cell::Empty, |value| Cell::Number(value as u64))
}

fn flag(value: bool) -> Cell {
    text(if value { "да" } else { "нет" })
}

/// Who keeps a list, in words for people.
fn authority(list: &ClassifierFacts) -> &str {
    match list.authority.as_str() {
        Classifier::OWN => "эта модель",
        name => name,
    }
}

fn origin(issued: bool) -> &'static str {
    if issued {
        "выдан"
    } else {
        "вычислен"
    }
}

fn list(parts: impl Iterator<Item = String>) -> Cell {
    text(&parts.collect::<Vec<_>>().join(", "))
}

fn clauses(clauses: &[ClauseFacts]) -> impl Iterator<Item = String> {
    clauses
        .iter()
        .map(|clause| format!("{} {}", clause.regulation, clause.clause))
}
