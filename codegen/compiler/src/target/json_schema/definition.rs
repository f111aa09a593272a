//! What columns share, under `$defs`: scalar types as `type.<name>`, classifiers as
//! `classifier.<name>`. A dot stands in no name of a table, so the bundle holds tables beside them.

use serde_json::{Map, Value, json};

use super::form;
use crate::model::{
    Classifier, ClassifierId, Column, Domain, Model, ScalarId, ScalarType, Table, Validity,
};

/// A shared definition, in the order in which `$defs` lists them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Definition {
    Scalar(ScalarId),
    Classifier(ClassifierId),
}

impl Definition {
    /// The definition that a column's values follow, if they mean more than their base type.
    pub(super) fn of(column: &Column) -> Option<Self> {
        match column.ty.domain {
            Domain::Plain | Domain::Key { scalar: None, .. } => None,
            Domain::Scalar(id)
            | Domain::Key {
                scalar: Some(id), ..
            } => Some(Definition::Scalar(id)),
            Domain::Classifier(id) => Some(Definition::Classifier(id)),
        }
    }

    /// All definitions that the columns of these tables need, sorted, each once.
    pub(super) fn used<'a>(
        model: &Model,
        tables: impl IntoIterator<Item = &'a Table>,
    ) -> Vec<Self> {
        let mut used: Vec<_> = tables
            .into_iter()
            .flat_map(|table| table.columns.iter().filter_map(Definition::of))
            .collect();
        let forms: Vec<_> = used
            .iter()
            .filter_map(|definition| match definition {
                Definition::Classifier(id) => model.classifier(*id).form.map(Definition::Scalar),
                Definition::Scalar(_) => None,
            })
            .collect();
        used.extend(forms);
        used.sort_unstable();
        used.dedup();
        used
    }

    /// The key under `$defs`.
    pub(super) fn key(self, model: &Model) -> String {
        match self {
            Definition::Scalar(id) => format!("type.{}", model.scalar(id).name),
            Definition::Classifier(id) => format!("classifier.{}", model.classifier(id).name),
        }
    }

    /// The reference to it, from anywhere in the same document.
    pub(super) fn reference(self, model: &Model) -> Value {
        Value::from(format!("#/$defs/{}", self.key(model)))
    }

    /// The length limits of its values' base type.
    pub(super) fn length_keywords(self, model: &Model) -> Map<String, Value> {
        form::length_keywords(match self {
            Definition::Scalar(id) => model.scalar(id).base,
            Definition::Classifier(id) => model.classifier(id).base,
        })
    }

    /// The definition itself; it refuses null.
    pub(super) fn schema(self, model: &Model) -> Value {
        match self {
            Definition::Scalar(id) => scalar(model, model.scalar(id)),
            Definition::Classifier(id) => classifier(model, model.classifier(id)),
        }
    }
}

fn scalar(model: &Model, scalar: &ScalarType) -> Value {
    let mut map = Map::new();
    map.insert("title".into(), Value::from(scalar.title.as_str()));
    if let Some(note) = &scalar.note {
        map.insert("description".into(), Value::from(note.as_str()));
    }
    map.extend(form::plain(scalar.base, false));
    if let Some(pattern) = scalar.pattern.as_ref().filter(|_| scalar.base.is_text()) {
        map.insert("pattern".into(), Value::from(pattern.to_regex()));
        if form::admits_control(&pattern.node) {
            map.insert("allOf".into(), json!([{ "pattern": form::NO_CONTROL }]));
        }
    }
    if let Some(examples) = form::examples(scalar.base, &scalar.examples) {
        map.insert("examples".into(), examples);
    }
    if let Some(algorithm) = scalar.algorithm {
        map.insert("x-check-digit".into(), Value::from(algorithm.name()));
    }
    if let Some(hash) = scalar.hash_of {
        let of = &model.scalar(hash.of).name;
        map.insert("x-hash-of".into(), Value::from(of.as_str()));
    }
    if let Some(personal) = scalar.personal {
        map.insert("x-personal".into(), Value::from(personal.name()));
    }
    if let Some(source) = &scalar.source {
        map.insert("x-source".into(), Value::from(source.as_str()));
    }
    Value::Object(map)
}

/// A closed list is an `enum`: one error that names the allowed codes, where `oneOf` of constants
/// gives one error per code. Titles stand beside it: `x-enum-titles` by code for programs,
/// `enumDescriptions` in the order of the codes, which is what editors show on completion.
fn classifier(model: &Model, list: &Classifier) -> Value {
    let mut map = Map::new();
    map.insert("title".into(), Value::from(list.title.as_str()));
    if let Some(note) = &list.note {
        map.insert("description".into(), Value::from(note.as_str()));
    }
    let code = |code: &str| form::json_value(list.base, code).unwrap_or_else(|| Value::from(code));
    let codes: Vec<Value> = list.values.iter().map(|value| code(&value.code)).collect();
    if list.open {
        match list.form {
            Some(id) => {
                map.insert("$ref".into(), Definition::Scalar(id).reference(model));
            }
            None => map.extend(form::plain(list.base, false)),
        }
        if !codes.is_empty() {
            map.insert("examples".into(), Value::Array(codes));
        }
    } else {
        map.insert("type".into(), Value::from(form::json_type(list.base)));
        map.insert("enum".into(), Value::Array(codes));
        let titles = list.values.iter().map(|value| value.title.as_str());
        map.insert("enumDescriptions".into(), titles.collect());
    }
    if !list.values.is_empty() {
        let titles = list
            .values
            .iter()
            .map(|value| (value.code.clone(), Value::from(value.title.as_str())));
        map.insert("x-enum-titles".into(), Value::Object(titles.collect()));
    }
    map.insert("x-classifier".into(), about(list));
    Value::Object(map)
}

fn about(list: &Classifier) -> Value {
    let mut map = Map::new();
    map.insert("name".into(), Value::from(list.name.as_str()));
    map.insert("authority".into(), Value::from(list.authority.as_str()));
    map.insert("open".into(), Value::Bool(list.open));
    if let Some(source) = &list.source {
        map.insert("source".into(), Value::from(source.as_str()));
    }
    map.extend(period(&list.validity));
    if let Some(esnsi) = &list.esnsi {
        let mut binding = Map::new();
        binding.insert("code".into(), Value::from(esnsi.code.as_str()));
        binding.insert("uid".into(), Value::from(esnsi.uid.as_str()));
        binding.insert("revision".into(), Value::from(esnsi.revision));
        if let Some(attribute) = &esnsi.key_attribute {
            binding.insert("key_attribute".into(), Value::from(attribute.as_str()));
        }
        map.insert("esnsi".into(), Value::Object(binding));
    }
    let parents: Map<String, Value> = list
        .values
        .iter()
        .filter_map(|value| {
            let parent = value.parent.as_deref()?;
            Some((value.code.clone(), Value::from(parent)))
        })
        .collect();
    if !parents.is_empty() {
        map.insert("parents".into(), Value::Object(parents));
    }
    let periods: Map<String, Value> = list
        .values
        .iter()
        .map(|value| (value.code.clone(), period(&value.validity)))
        .filter(|(_, period)| !period.is_empty())
        .map(|(code, period)| (code, Value::Object(period)))
        .collect();
    if !periods.is_empty() {
        map.insert("periods".into(), Value::Object(periods));
    }
    Value::Object(map)
}

/// A period is a remark: a validator must not judge by it, or its verdict would depend on the day.
fn period(validity: &Validity) -> Map<String, Value> {
    let ends = [
        ("start_date", &validity.start_date),
        ("end_date", &validity.end_date),
    ];
    ends.into_iter()
        .filter_map(|(name, day)| Some((name.to_owned(), Value::from(day.as_deref()?))))
        .collect()
}
