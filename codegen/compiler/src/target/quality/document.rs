//! Rules and indicators as JSON: facts, the sentence in both languages, and the shape in the words of
//! the model language, so that a program may judge by it. `rules.schema.json` says what may stand.

use serde_json::{Map, Value, json};

use super::postgresql;
use crate::model::expr::text::{ColumnNames, text};
use crate::model::rule::text::{ViewNames, indicator as indicator_words, statements};
use crate::model::{
    AssertionBody, CheckSeverity, ClauseId, ColumnId, Expr, Indicator, Measure, Model, Origin,
    RowRule, Rule, Search, Sequence, Shape, Structure, View,
};
use crate::target::header;

/// The schema of both documents.
pub(super) const SCHEMA: &str = include_str!("rules.schema.json");

/// `rules.json`
pub(super) fn rules(model: &Model) -> Value {
    document(model, "rules", model.rules(), |it| rule(model, it))
}

/// `indicators.json`
pub(super) fn indicators(model: &Model) -> Value {
    document(model, "indicators", model.indicators(), |it| {
        indicator(model, it)
    })
}

fn document<T>(model: &Model, name: &str, items: &[T], value: impl Fn(&T) -> Value) -> Value {
    let showcase = model.showcase();
    let mut document = json!({
        "$schema": "./rules.schema.json",
        "generated": header(model),
        "showcase": {
            "mnemonic": showcase.mnemonic,
            "title": showcase.title,
            "version": showcase.version.to_string(),
        },
    });
    document[name] = items.iter().map(value).collect();
    document
}

/// `error`, `warning`
pub(super) fn severity(severity: CheckSeverity) -> &'static str {
    match severity {
        CheckSeverity::Error => "error",
        CheckSeverity::Warning => "warning",
    }
}

fn origins(origins: &[Origin]) -> Value {
    origins.iter().map(|origin| origin.name()).collect()
}

fn clauses(model: &Model, clauses: &[ClauseId]) -> Value {
    let clauses = clauses.iter().map(|id| {
        let clause = model.clause(*id);
        json!({
            "regulation": model.regulation_of(*id).name,
            "clause": clause.number,
            "title": clause.title,
        })
    });
    clauses.collect()
}

fn rule(model: &Model, rule: &Rule) -> Value {
    // A sentence stands for the assertions of many tables: the first of them has the shape.
    let mut bodies = rule.assertions.iter();
    let assertions = statements(model, rule).into_iter().map(|statement| {
        let first = bodies.next();
        for _ in 1..statement.tables.len() {
            bodies.next();
        }
        let tables = statement.tables.iter();
        let tables: Value = tables.map(|id| model.table(*id).name.as_str()).collect();
        json!({
            "code": statement.code,
            "title": statement.title,
            "severity": severity(statement.severity),
            "tables": tables,
            "statement": { "ru": statement.text.ru, "en": statement.text.en },
            "says": first.map(|it| says(model, &it.body)),
            "judged_elsewhere": first.and_then(|it| postgresql::judged_elsewhere(model, it)),
        })
    });
    let assertions: Value = assertions.collect();
    json!({
        "code": rule.code,
        "title": rule.title,
        "note": rule.note,
        "metric": rule.metric.name(),
        "metric_title": rule.metric.title(),
        "severity": severity(rule.severity),
        "origin": origins(&rule.origin),
        "clauses": clauses(model, &rule.clauses),
        "postgresql": postgresql_file(&rule.code),
        "assertions": assertions,
    })
}

fn postgresql_file(code: &str) -> String {
    format!("postgresql/{code}.sql")
}

fn indicator(model: &Model, indicator: &Indicator) -> Value {
    let (counted, keeps) = indicator_words(model, indicator);
    let names = ViewNames::judged(model, &indicator.view);
    let keeps = indicator.keeps.iter().zip(keeps).map(|(shape, words)| {
        json!({
            "statement": { "ru": words.ru, "en": words.en },
            "says": said(shape_of(model, &indicator.view, shape)),
        })
    });
    let keeps: Value = keeps.collect();
    json!({
        "code": indicator.code,
        "title": indicator.title,
        "note": indicator.note,
        "origin": origins(&indicator.origin),
        "clauses": clauses(model, &indicator.clauses),
        "postgresql": postgresql_file(&indicator.code),
        "counted": { "ru": counted.ru, "en": counted.en },
        "table": model.table(indicator.view.table).name,
        "when": indicator.when.as_ref().map(|when| text(&names, when)),
        "distinct": indicator.distinct.map(|id| names.column_name(id)),
        "keeps": keeps,
    })
}

/// What an assertion says, in the words of the model language.
fn says(model: &Model, body: &AssertionBody) -> Value {
    match body {
        AssertionBody::Structure(structure) => said(structure_of(model, structure)),
        AssertionBody::Rows(RowRule { view, when, shape }) => {
            let names = ViewNames::judged(model, view);
            let mut map = Map::new();
            if let Some(when) = when {
                map.insert("when".into(), text(&names, when).into());
            }
            let (name, value) = shape_of(model, view, shape);
            map.insert(name.into(), value);
            Value::Object(map)
        }
    }
}

fn said((name, value): (&str, Value)) -> Value {
    json!({ name: value })
}

fn structure_of(model: &Model, structure: &Structure) -> (&'static str, Value) {
    match structure {
        Structure::Types(types) => {
            let names = types.iter().map(|id| model.scalar(*id).name.as_str());
            ("types", names.collect())
        }
        Structure::Checks(codes) => ("checks", codes.iter().map(String::as_str).collect()),
        Structure::FreeText(patterns) => {
            let texts = patterns.iter().map(|pattern| pattern.text.as_str());
            ("free_text", texts.collect())
        }
        named => {
            let mut words = Structure::WORDS.iter();
            let word = words.find(|(_, structure)| structure == named);
            ("structure", word.map(|(word, _)| *word).into())
        }
    }
}

fn shape_of(model: &Model, view: &View, shape: &Shape) -> (&'static str, Value) {
    let names = ViewNames::judged(model, view);
    let show = |expr: &Expr| Value::from(text(&names, expr));
    let column = |id: &ColumnId| Value::from(names.column_name(*id));
    let columns = |ids: &[ColumnId]| -> Value { ids.iter().map(column).collect() };
    match shape {
        Shape::Check(expr) => ("check", show(expr)),
        Shape::Equal(ids) => ("equal", columns(ids)),
        Shape::Exists(searches) => ("exists", searches_of(model, view, searches)),
        Shape::NotExists(searches) => ("not_exists", searches_of(model, view, searches)),
        Shape::Within {
            search,
            measure,
            at_least,
            at_most,
        } => {
            let mut map = search_of(model, view, search);
            let searched = ViewNames::searched(model, &search.view, view);
            let mut put = |name: &str, value: Value| map.insert(name.into(), value);
            match measure {
                Measure::Count => {}
                Measure::Distinct(id) => {
                    put("distinct", Value::from(searched.column_name(*id)));
                }
                Measure::Sum(value) => {
                    put("sum", text(&searched, value).into());
                }
                Measure::Average { value, weight } => {
                    put("average", text(&searched, value).into());
                    if let Some(weight) = weight {
                        put("weight", text(&searched, weight).into());
                    }
                }
            }
            if let Some(bound) = at_least {
                put("at_least", show(bound));
            }
            if let Some(bound) = at_most {
                put("at_most", show(bound));
            }
            ("within", Value::Object(map))
        }
        Shape::NoOverlap { by, from, to } => (
            "no_overlap",
            json!({ "by": columns(by), "from": column(from), "to": column(to) }),
        ),
        Shape::Unique { by, distinct } => {
            let mut value = json!({ "by": columns(by) });
            if let Some(id) = distinct {
                value["distinct"] = column(id);
            }
            ("unique", value)
        }
        Shape::Sequence(Sequence {
            by,
            order,
            next,
            last,
        }) => {
            let mut value = json!({ "by": columns(by), "order": column(order) });
            if let Some(next) = next {
                value["next"] = show(next);
            }
            if let Some(last) = last {
                value["last"] = show(last);
            }
            ("sequence", value)
        }
    }
}

fn searches_of(model: &Model, outer: &View, searches: &[Search]) -> Value {
    let searches = searches.iter();
    let values = searches.map(|search| Value::Object(search_of(model, outer, search)));
    values.collect()
}

fn search_of(model: &Model, outer: &View, search: &Search) -> Map<String, Value> {
    let judged = ViewNames::judged(model, outer);
    let names = ViewNames::searched(model, &search.view, outer);
    let mut map = Map::new();
    map.insert(
        "in".into(),
        model.table(search.view.table).name.as_str().into(),
    );
    if !search.on.is_empty() {
        let on: Map<String, Value> = (search.on.iter())
            .map(|(id, value)| {
                let name = names.column_name(*id).into_owned();
                (name, text(&judged, value).into())
            })
            .collect();
        map.insert("on".into(), Value::Object(on));
    }
    if let Some(condition) = &search.condition {
        map.insert("where".into(), text(&names, condition).into());
    }
    map
}
