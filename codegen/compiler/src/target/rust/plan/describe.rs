//! What the model says of an item, as its documentation.

use super::super::docs::{self, Docs};
use crate::model::{Column, Domain, Model, Requirement, ScalarType, Table};

/// A scalar type.
pub(super) fn scalar(model: &Model, scalar: &ScalarType) -> Docs {
    let mut docs = Docs::titled(&scalar.title);
    if let Some(note) = &scalar.note {
        docs.text(note);
    }
    docs.item(format!(
        "тип {}: `{}`",
        docs::code(&scalar.name),
        scalar.base
    ));
    if let Some(pattern) = &scalar.pattern {
        docs.item(format!("шаблон {}", docs::code(&pattern.text)));
    }
    if let Some(algorithm) = scalar.algorithm {
        docs.item(format!("правило `{}`", algorithm.name()));
    }
    if let Some(hash) = scalar.hash_of {
        docs.item(format!(
            "хэш типа {}",
            docs::code(&model.scalar(hash.of).name)
        ));
    }
    if scalar.personal.is_some() {
        docs.item("персональные данные: `Debug` значения не показывает");
    }
    if let Some(source) = &scalar.source {
        docs.item(format!("источник: {}", docs::escape(source)));
    }
    docs
}

/// A table.
pub(super) fn table(model: &Model, table: &Table) -> Docs {
    let mut docs = Docs::titled(&table.title);
    if let Some(note) = &table.note {
        docs.text(note);
    }
    docs.item(format!("таблица {}", docs::code(&table.name)));
    let key: Vec<String> = table
        .primary_key
        .iter()
        .map(|&id| docs::code(&table.column(id).name))
        .collect();
    docs.item(format!("первичный ключ: {}", key.join(", ")));
    for unique in &table.unique {
        let key: Vec<String> = unique
            .columns
            .iter()
            .map(|&id| docs::code(&table.column(id).name))
            .collect();
        docs.item(format!("уникально: {}", key.join(", ")));
    }
    if !table.kinds.is_empty() {
        let kinds: Vec<String> = table.kinds.iter().map(ToString::to_string).collect();
        docs.item(format!("виды сведений: {}", kinds.join(", ")));
    }
    docs.source(model, &table.clauses, &[table.origin]);
    docs.deprecation(table.deprecated.as_ref());
    for check in &table.checks {
        docs.item(format!(
            "правило {}: {}",
            docs::code(&check.code),
            docs::escape(&check.title)
        ));
    }
    docs
}

/// A column.
pub(super) fn column(model: &Model, table: &Table, column: &Column) -> Docs {
    let mut docs = Docs::titled(&column.title);
    if let Some(note) = &column.note {
        docs.text(note);
    }
    let requirement = match column.requirement {
        Requirement::Always => "обязательно",
        Requirement::When(_) => "обязательно по условию",
        Requirement::Optional => "необязательно",
    };
    docs.item(format!(
        "{}: `{}`, {requirement}",
        docs::code(&column.name),
        column.ty.base
    ));
    if let Domain::Classifier(id) = column.ty.domain {
        docs.item(format!(
            "справочник: {}",
            docs::escape(&model.classifier(id).title)
        ));
    }
    if let Some(reference) = table.reference_of(column.id) {
        docs.item(format!(
            "ссылка на {}",
            docs::code(&model.table(reference.table).name)
        ));
    }
    if model.personal_of(column).is_some() {
        docs.item("персональные данные");
    }
    docs.source(model, &column.clauses, &column.origin);
    docs.deprecation(column.deprecated.as_ref());
    docs
}
