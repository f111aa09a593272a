//! The coverage as JSON (`coverage.schema.json` describes it). Every key is always there, null where
//! there is nothing to say; the page is a template over this value.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::coverage::{ClauseCoverage, Coverage, KindCoverage, RegulationCoverage};
use crate::model::{Column, Domain, Mixin, Model, Origin, Table};

/// Version of the form.
const FORMAT: u32 = 1;

/// The coverage; `generated` is the line that says where the file comes from.
pub(super) fn json(model: &Model, facts: &Coverage<'_>, generated: &str) -> Value {
    let showcase = model.showcase();
    json!({
        "$schema": "./coverage.schema.json",
        "generated": generated,
        "format": FORMAT,
        "showcase": {
            "mnemonic": showcase.mnemonic,
            "title": showcase.title,
            "note": showcase.note,
            "version": showcase.version.to_string(),
        },
        "origins": Origin::ALL.iter().map(|(name, origin)| {
            json!({ "origin": name, "title": origin.title(), "about": origin.about() })
        }).collect::<Value>(),
        "totals": {
            "clauses": clause_totals(facts.clauses()),
            "kinds": kind_totals(facts),
            "tables": table_totals(model),
            "columns": column_totals(model),
        },
        "regulations": facts.regulations.iter().map(|r| regulation(model, r)).collect::<Value>(),
        "kinds": {
            "note": model.kinds_note(),
            "list": facts.kinds.iter().map(|k| kind(model, k)).collect::<Value>(),
        },
        "inferred": inferred(model, facts),
        "undemanded": undemanded(model),
    })
}

fn clause_totals<'c>(clauses: impl Iterator<Item = &'c ClauseCoverage<'c>>) -> Value {
    let (mut total, mut carried, mut must, mut must_carried, mut inferred) = (0, 0, 0, 0, 0);
    for clause in clauses {
        total += 1;
        carried += usize::from(clause.is_carried());
        must += usize::from(clause.must_carry);
        must_carried += usize::from(clause.must_carry && clause.is_carried());
        inferred += usize::from(clause.is_inferred());
    }
    json!({
        "total": total,
        "carried": carried,
        "must_carry": must,
        "must_carry_carried": must_carried,
        "inferred": inferred,
    })
}

fn kind_totals(facts: &Coverage<'_>) -> Value {
    let carried = facts.kinds.iter().filter(|kind| !kind.tables.is_empty());
    json!({
        "total": facts.kinds.len(),
        "carried": carried.count(),
        "by_origin": by_origin(facts.kinds.iter().map(|kind| kind.kind.origin)),
    })
}

fn table_totals(model: &Model) -> Value {
    let demanded = model.tables().iter().filter(|table| is_demanded(table));
    json!({
        "total": model.tables().len(),
        "demanded": demanded.count(),
        "by_origin": by_origin(model.tables().iter().map(|table| table.origin)),
    })
}

fn column_totals(model: &Model) -> Value {
    let columns = || model.tables().iter().flat_map(|table| &table.columns);
    let demanded = columns().filter(|column| !column.clauses.is_empty());
    json!({
        "total": columns().count(),
        "demanded": demanded.count(),
        "by_origin": by_origin(columns().map(strongest)),
    })
}

/// How many of each origin there are; every mark is named.
fn by_origin(origins: impl Iterator<Item = Origin>) -> Value {
    let origins: Vec<Origin> = origins.collect();
    let count = |origin| origins.iter().filter(|other| **other == origin).count();
    let counts = Origin::ALL
        .iter()
        .map(|(name, origin)| ((*name).to_owned(), Value::from(count(*origin))));
    Value::Object(counts.collect::<Map<_, _>>())
}

fn strongest(column: &Column) -> Origin {
    let mut origins = column.origin.iter().copied();
    origins.next().unwrap_or(Origin::Inference)
}

/// Whether the table or a column of its own names a clause.
fn is_demanded(table: &Table) -> bool {
    let mut own = table.columns.iter().filter(|column| column.mixin.is_none());
    !table.clauses.is_empty() || own.any(|column| !column.clauses.is_empty())
}

fn regulation(model: &Model, covered: &RegulationCoverage<'_>) -> Value {
    let regulation = covered.regulation;
    let carried = regulation.carried.iter().map(|point| point.value.as_str());
    json!({
        "regulation": regulation.name,
        "title": regulation.title,
        "number": regulation.number,
        "date": regulation.date,
        "note": regulation.note,
        "must_carry": carried.collect::<Value>(),
        "totals": clause_totals(covered.clauses.iter()),
        "clauses": covered.clauses.iter().map(|c| clause(model, c)).collect::<Value>(),
    })
}

fn clause(model: &Model, covered: &ClauseCoverage<'_>) -> Value {
    let tables = covered.tables.iter().map(|carrier| {
        let mut entry = table(carrier.table);
        entry.insert("listed".into(), Value::from(carrier.is_listed));
        let columns = carrier.columns.iter().map(|c| Value::Object(column(c)));
        entry.insert("columns".into(), columns.collect());
        Value::Object(entry)
    });
    let mixins = covered.mixins.iter().map(|carrier| {
        let mut entry = mixin(model, carrier.mixin);
        entry.insert("tables".into(), Value::from(carrier.tables));
        entry.extend(column(carrier.column));
        Value::Object(entry)
    });
    let titles = rules(model, &covered.rules);
    json!({
        "clause": covered.clause.number,
        "title": covered.clause.title,
        "must_carry": covered.must_carry,
        "carried": covered.is_carried(),
        "origin": covered.origin().map(Origin::name),
        "tables": tables.collect::<Value>(),
        "mixins": mixins.collect::<Value>(),
        "kinds": covered.kinds,
        "rules": titles,
    })
}

fn rules(model: &Model, codes: &[&str]) -> Value {
    let rules = model.rules().iter().map(|rule| (&rule.code, &rule.title));
    let indicators = model.indicators().iter();
    let indicators = indicators.map(|indicator| (&indicator.code, &indicator.title));
    rules
        .chain(indicators)
        .filter(|(code, _)| codes.contains(&code.as_str()))
        .map(|(code, title)| json!({ "code": code, "title": title }))
        .collect()
}

fn kind(model: &Model, covered: &KindCoverage<'_>) -> Value {
    let kind = covered.kind;
    let clauses = kind.clauses.iter().map(|id| {
        json!({
            "regulation": model.regulation_of(*id).name,
            "clause": model.clause(*id).number,
        })
    });
    json!({
        "kind": kind.number,
        "title": kind.title,
        "block": kind.block,
        "origin": kind.origin.name(),
        "clauses": clauses.collect::<Value>(),
        "tables": covered.tables.iter().map(|t| Value::Object(table(t))).collect::<Value>(),
    })
}

/// What the model carries by its own decision only.
fn inferred(model: &Model, facts: &Coverage<'_>) -> Value {
    let mut clauses = Vec::new();
    for regulation in &facts.regulations {
        for clause in regulation
            .clauses
            .iter()
            .filter(|clause| clause.is_inferred())
        {
            clauses.push(json!({
                "regulation": regulation.regulation.name,
                "clause": clause.clause.number,
                "title": clause.clause.title,
            }));
        }
    }
    let kinds = facts.kinds.iter().map(|covered| covered.kind);
    let kinds = kinds.filter(|kind| kind.origin == Origin::Inference);
    let tables = model.tables().iter();
    let tables = tables.filter(|table| table.origin == Origin::Inference);
    json!({
        "clauses": clauses,
        "kinds": kinds.map(|kind| kind.number).collect::<Value>(),
        "tables": tables.map(|t| Value::Object(table(t))).collect::<Value>(),
        "columns": some_columns(model, |table, column| {
            table.origin != Origin::Inference && strongest(column) == Origin::Inference
        }),
    })
}

/// What no clause demands: tables of which neither they nor their columns name one, and in the other
/// tables the columns that name none and are no keys. Columns of mixins stand by themselves.
fn undemanded(model: &Model) -> Value {
    let tables = model.tables().iter().filter(|table| !is_demanded(table));
    let mut seen = BTreeSet::new();
    let mut mixins = Vec::new();
    for table in model.tables() {
        for one in &table.columns {
            let Some(name) = one.mixin.as_deref() else {
                continue;
            };
            if one.clauses.is_empty() && seen.insert((name, one.name.as_str())) {
                let mut entry = mixin(model, name);
                entry.extend(column(one));
                mixins.push(Value::Object(entry));
            }
        }
    }
    json!({
        "tables": tables.map(|t| Value::Object(table(t))).collect::<Value>(),
        "columns": some_columns(model, |table, column| {
            is_demanded(table) && column.clauses.is_empty() && !is_key(table, column)
        }),
        "mixins": mixins,
    })
}

fn is_key(table: &Table, column: &Column) -> bool {
    table.primary_key.contains(&column.id) || matches!(column.ty.domain, Domain::Key { .. })
}

/// Columns of tables' own, by table; tables without any are left out.
fn some_columns(model: &Model, wanted: impl Fn(&Table, &Column) -> bool) -> Value {
    let mut entries = Vec::new();
    for one in model.tables() {
        let own = one.columns.iter().filter(|column| column.mixin.is_none());
        let own = own.filter(|column| wanted(one, column));
        let columns: Vec<Value> = own.map(|c| Value::Object(column(c))).collect();
        if !columns.is_empty() {
            let mut entry = table(one);
            entry.insert("columns".into(), Value::Array(columns));
            entries.push(Value::Object(entry));
        }
    }
    Value::Array(entries)
}

fn table(table: &Table) -> Map<String, Value> {
    let mut map = Map::new();
    map.insert("table".into(), Value::from(table.name.as_str()));
    map.insert("title".into(), Value::from(table.title.as_str()));
    map.insert("origin".into(), Value::from(table.origin.name()));
    map
}

fn column(column: &Column) -> Map<String, Value> {
    let origins = column.origin.iter().copied().map(Origin::name);
    let mut map = Map::new();
    map.insert("column".into(), Value::from(column.name.as_str()));
    map.insert("title".into(), Value::from(column.title.as_str()));
    map.insert("origin".into(), origins.collect());
    map
}

fn mixin(model: &Model, name: &str) -> Map<String, Value> {
    let mut mixins = model.mixins().iter();
    let known: Option<&Mixin> = mixins.find(|mixin| mixin.name == name);
    let title = known.and_then(|mixin| mixin.title.as_deref());
    let mut map = Map::new();
    map.insert("mixin".into(), Value::from(name));
    map.insert("mixin_title".into(), Value::from(title));
    map
}
