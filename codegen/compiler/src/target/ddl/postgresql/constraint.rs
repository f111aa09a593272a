//! The constraints of tables: what each rule of the model is in PostgreSQL.
//!
//! A rule that another one of the same column implies is left out: a pattern without control
//! characters needs no second check of them, a closed list needs no check at all beside itself.

use super::{expr, function, identifier, names, qualified, text};
use crate::model::{
    BaseType, CheckSeverity, Column, ColumnId, Model, NullForm, Pattern, PatternNode, Requirement,
    Table,
};

/// Control characters and the line breaks of Unicode.
const CONTROL: [(char, char); 3] = [
    ('\0', '\u{1f}'),
    ('\u{7f}', '\u{9f}'),
    ('\u{2028}', '\u{2029}'),
];

/// A constraint of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Constraint {
    /// Its name, unique in the schema.
    pub name: String,
    /// The rule of the model that it enforces.
    pub rule: Rule,
    /// What follows the name in CREATE TABLE: `PRIMARY KEY (id)`, `CHECK (…)`.
    pub body: String,
    /// What must hold, Russian, for the model's own checks.
    pub title: Option<String>,
}

/// Where in its table a constraint comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// [`Table::primary_key`]
    PrimaryKey,
    /// The position in [`Table::unique`].
    Unique(usize),
    /// The position in [`Table::foreign_keys`].
    ForeignKey(usize),
    /// The column's values are those that its base type has in the model: exactly `n` characters
    /// for `char(n)`; for days the years 0001 to 9999, for times less than 24 hours, for numbers
    /// with a fraction neither infinite nor undefined.
    Values(ColumnId),
    /// The column's text is one that CSV carries: no line break, also none of Unicode's own, and no
    /// other control character (rule F5; PostgreSQL itself refuses U+0000), and not empty where an
    /// empty field is no value: in required columns and wherever the profile writes both alike.
    Text(ColumnId),
    /// The column's text has the pattern of its scalar type or of its open classifier.
    Pattern(ColumnId),
    /// The column's text passes the check digits of its scalar type.
    Algorithm(ColumnId),
    /// The column's value is in its closed list.
    List(ColumnId),
    /// The column has a value when the model requires one.
    Required(ColumnId),
    /// The position in [`Table::checks`].
    Check(usize),
}

/// The constraints of every table, in the order of [`Model::tables`].
pub fn constraints(model: &Model) -> Vec<Vec<Constraint>> {
    let rules: Vec<_> = model.tables().iter().map(|t| rules(model, t)).collect();
    let candidates: Vec<_> = model
        .tables()
        .iter()
        .zip(&rules)
        .flat_map(|(table, rules)| rules.iter().map(|rule| candidate(table, rule.0)))
        .collect();
    let taken = model.tables().iter().map(|table| table.name.as_str());
    let mut names = names::assign(&candidates, taken).into_iter();
    model
        .tables()
        .iter()
        .zip(rules)
        .map(|(table, rules)| {
            rules
                .into_iter()
                .zip(names.by_ref())
                .map(|((rule, body), name)| Constraint {
                    name,
                    rule,
                    body,
                    title: match rule {
                        Rule::Check(place) => table.checks.get(place).map(|c| c.title.clone()),
                        _ => None,
                    },
                })
                .collect()
        })
        .collect()
}

/// Every rule of a table with its body: keys, then columns in their order, then the table's checks.
fn rules(model: &Model, table: &Table) -> Vec<(Rule, String)> {
    let columns = |ids: &[ColumnId]| column_list(table, ids);
    let mut rules = vec![(
        Rule::PrimaryKey,
        format!("PRIMARY KEY ({})", columns(&table.primary_key)),
    )];
    for (place, key) in table.unique.iter().enumerate() {
        let body = format!("UNIQUE ({})", columns(&key.columns));
        rules.push((Rule::Unique(place), body));
    }
    for (place, key) in table.foreign_keys.iter().enumerate() {
        let target = model.table(key.table);
        let body = format!(
            "FOREIGN KEY ({}) REFERENCES {} ({})",
            columns(&key.columns),
            qualified(model, target),
            column_list(target, &key.target)
        );
        rules.push((Rule::ForeignKey(place), body));
    }
    for column in &table.columns {
        column_rules(model, table, column, &mut |rule, condition| {
            rules.push((rule, format!("CHECK ({condition})")));
        });
    }
    let schema = identifier(&model.showcase().mnemonic);
    for (place, check) in table.checks.iter().enumerate() {
        if check.severity == CheckSeverity::Error {
            let condition = expr::print(&schema, table, &check.expr);
            rules.push((Rule::Check(place), format!("CHECK ({condition})")));
        }
    }
    rules
}

fn column_list(table: &Table, ids: &[ColumnId]) -> String {
    let names: Vec<_> = ids
        .iter()
        .map(|id| identifier(&table.column(*id).name))
        .collect();
    names.join(", ")
}

/// The conditions of one column.
fn column_rules(model: &Model, table: &Table, column: &Column, add: &mut impl FnMut(Rule, String)) {
    let id = column.id;
    let name = identifier(&column.name);
    if let Some(list) = closed_list(model, column) {
        add(Rule::List(id), format!("{name} IN ({list})"));
    } else {
        let form = model
            .form_of(&column.ty)
            .filter(|_| column.ty.base.is_text());
        let pattern = form.and_then(|form| form.pattern.as_ref());
        if !pattern.is_some_and(|pattern| implies(pattern, column.ty.base))
            && let Some(condition) = values(column.ty.base, &name)
        {
            add(Rule::Values(id), condition);
        }
        if let Some(condition) = text_condition(model, column, pattern, &name) {
            add(Rule::Text(id), condition);
        }
        if let Some(pattern) = pattern {
            let regex = text::literal(&pattern.to_regex());
            add(Rule::Pattern(id), format!("{name} ~ {regex}"));
        }
        if let Some(algorithm) = form.and_then(|form| form.algorithm) {
            add(Rule::Algorithm(id), function::call(model, algorithm, &name));
        }
    }
    if let Requirement::When(condition) = &column.requirement {
        let schema = identifier(&model.showcase().mnemonic);
        let condition = expr::print(&schema, table, condition);
        let condition = format!("NOT coalesce({condition}, false) OR {name} IS NOT NULL");
        add(Rule::Required(id), condition);
    }
}

/// The codes of a closed list as SQL: numbers for a list of numbers.
fn closed_list(model: &Model, column: &Column) -> Option<String> {
    let list = model.closed_list_of(&column.ty)?;
    let codes: Vec<_> = list
        .values
        .iter()
        .map(|value| match list.base.is_text() {
            true => text::literal(&value.code),
            false => value.code.clone(),
        })
        .collect();
    Some(codes.join(", "))
}

/// What PostgreSQL's type allows and the model's does not.
fn values(base: BaseType, name: &str) -> Option<String> {
    match base {
        BaseType::Char(n) => Some(format!("length({name}) = {n}")),
        BaseType::Float | BaseType::Double => {
            Some(format!("{name} > '-Infinity' AND {name} < 'Infinity'"))
        }
        BaseType::Date => Some(format!(
            "{name} BETWEEN DATE '0001-01-01' AND DATE '9999-12-31'"
        )),
        BaseType::Time(_) => Some(format!("{name} < TIME '24:00:00'")),
        BaseType::Timestamp(_) => Some(format!(
            "{name} >= TIMESTAMP '0001-01-01 00:00:00' AND {name} < TIMESTAMP '10000-01-01 00:00:00'"
        )),
        BaseType::Boolean
        | BaseType::Int32
        | BaseType::BigInt
        | BaseType::Varchar(_)
        | BaseType::Link
        | BaseType::Uuid => None,
    }
}

/// Whether a text of the pattern has the number of characters that `char(n)` asks for.
fn implies(pattern: &Pattern, base: BaseType) -> bool {
    matches!(base, BaseType::Char(n) if (pattern.min_chars(), pattern.max_chars()) == (n, Some(n)))
}

/// What texts that CSV carries have to satisfy, as far as the column's other rules do not see to it.
fn text_condition(
    model: &Model,
    column: &Column,
    pattern: Option<&Pattern>,
    name: &str,
) -> Option<String> {
    let base = column.ty.base;
    if !base.is_text() {
        return None;
    }
    let alike = model.showcase().csv.null == NullForm::Quoted;
    let full = matches!(base, BaseType::Char(_)) || pattern.is_some_and(|it| !it.matches(""));
    let empty = (alike || column.is_required()) && !full;
    let control = !pattern.is_some_and(|pattern| refuses_control_characters(&pattern.node));
    let parts = [
        empty.then(|| format!("{name} <> ''")),
        control.then(|| format!(r"{name} !~ '[\x01-\x1f\x7f-\x9f\u2028\u2029]'")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" AND "))
}

fn refuses_control_characters(node: &PatternNode) -> bool {
    match node {
        PatternNode::Empty => true,
        PatternNode::Class(ranges) => ranges.iter().all(|(from, to)| {
            CONTROL
                .iter()
                .all(|(first, last)| to < first || from > last)
        }),
        PatternNode::Sequence(parts) | PatternNode::Alternatives(parts) => {
            parts.iter().all(refuses_control_characters)
        }
        PatternNode::Repeat { node, .. } => refuses_control_characters(node),
    }
}

/// The name that a rule asks for, and its path.
fn candidate(table: &Table, rule: Rule) -> names::Candidate {
    let column = |id: ColumnId| table.column(id).name.clone();
    let joined = |ids: &[ColumnId], mark: &str| {
        let names: Vec<_> = ids.iter().map(|id| column(*id)).collect();
        names.join(mark)
    };
    // Columns of one rule, in both spellings, and the word of the rule.
    let (plain, exact, word) = match rule {
        Rule::PrimaryKey => (String::new(), String::new(), "pkey"),
        Rule::Unique(place) => {
            let ids = table.unique.get(place).map_or(&[][..], |key| &key.columns);
            (joined(ids, "_"), joined(ids, "\0"), "key")
        }
        Rule::ForeignKey(place) => {
            let key = table.foreign_keys.get(place);
            let ids = key.map_or(&[][..], |key| &key.columns);
            // Two references of the same columns differ in their place only.
            (
                joined(ids, "_"),
                format!("{}\0\0{place}", joined(ids, "\0")),
                "fkey",
            )
        }
        Rule::Values(id) => (column(id), column(id), "values"),
        Rule::Text(id) => (column(id), column(id), "text"),
        Rule::Pattern(id) => (column(id), column(id), "pattern"),
        Rule::Algorithm(id) => (column(id), column(id), "algorithm"),
        Rule::List(id) => (column(id), column(id), "list"),
        Rule::Required(id) => (column(id), column(id), "required"),
        Rule::Check(place) => {
            let code = table.checks.get(place).map_or("", |check| &check.code);
            return names::Candidate {
                wanted: format!(
                    "{}_check",
                    code.replace(|c: char| !c.is_alphanumeric(), "_")
                ),
                path: format!("{code}\0check"),
            };
        }
    };
    let middle = if plain.is_empty() { "" } else { "_" };
    names::Candidate {
        wanted: format!("{}{middle}{plain}_{word}", table.name),
        path: format!("{}\0{exact}\0{word}", table.name),
    }
}
