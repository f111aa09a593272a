//! The lists that the model itself is, as rows.

use super::evaluate::Row;
use crate::model::scenario::{Atom, ModelList};
use crate::model::{AssertionBody, CheckSeverity, Classifier, Model};

/// The rows of every list.
pub(super) struct Lists {
    tables: Vec<Row>,
    classifiers: Vec<Row>,
    values: Vec<Row>,
    rules: Vec<Row>,
}

impl Lists {
    pub(super) fn new(model: &Model) -> Lists {
        Lists {
            tables: tables(model),
            classifiers: model.classifiers().iter().map(classifier).collect(),
            values: model.classifiers().iter().flat_map(values).collect(),
            rules: rules(model),
        }
    }

    /// The rows of a list; their fields are those of [`ModelList::fields`].
    pub(super) fn rows(&self, list: ModelList) -> Vec<Row> {
        match list {
            ModelList::Tables => self.tables.clone(),
            ModelList::Classifiers => self.classifiers.clone(),
            ModelList::Values => self.values.clone(),
            ModelList::Rules => self.rules.clone(),
        }
    }
}

fn row(fields: &[Option<&str>]) -> Row {
    let atoms = fields.iter().map(|field| match field {
        Some(text) => Atom::text(*text),
        None => Atom::Null,
    });
    atoms.collect()
}

fn tables(model: &Model) -> Vec<Row> {
    let groups = &model.showcase().groups;
    model
        .tables()
        .iter()
        .map(|table| {
            let group = table
                .group
                .and_then(|at| groups.get(usize::try_from(at).ok()?));
            row(&[
                Some(&table.name),
                Some(&table.title),
                group.map(|group| group.title.as_str()),
            ])
        })
        .collect()
}

fn classifier(list: &Classifier) -> Row {
    row(&[
        Some(&list.name),
        Some(&list.title),
        Some(&list.authority),
        Some(if list.open { "open" } else { "closed" }),
    ])
}

fn values(list: &Classifier) -> Vec<Row> {
    list.values
        .iter()
        .map(|value| {
            row(&[
                Some(&list.name),
                Some(&value.code),
                Some(&value.title),
                value.parent.as_deref(),
            ])
        })
        .collect()
}

fn rules(model: &Model) -> Vec<Row> {
    model
        .rules()
        .iter()
        .map(|rule| {
            let judged = rule
                .assertions
                .iter()
                .find_map(|assertion| match &assertion.body {
                    AssertionBody::Rows(rows) => Some(model.table(rows.view.table)),
                    AssertionBody::Structure(_) => None,
                });
            let severity = match rule.severity {
                CheckSeverity::Error => "error",
                CheckSeverity::Warning => "warning",
            };
            let clauses: Vec<String> = rule
                .clauses
                .iter()
                .map(|clause| model.clause(*clause).number.clone())
                .collect();
            let source = match clauses.is_empty() {
                true => rule.origin.first().map(|origin| origin.name().to_owned()),
                false => Some(clauses.join(", ")),
            };
            row(&[
                Some(&rule.code),
                Some(&rule.title),
                Some(rule.metric.name()),
                Some(severity),
                judged.map(|table| table.name.as_str()),
                source.as_deref(),
            ])
        })
        .collect()
}
