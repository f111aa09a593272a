//! What a good row is: every rule of one row, judged from the model.
//!
//! Rules between rows (keys, references) are judged in `sample::package`; their names stand here
//! too, so that whoever reports a broken rule has one vocabulary.

use super::{Day, Value, truth};
use crate::model::{
    BaseType, CheckSeverity, ColumnId, ColumnType, Expr, Model, Requirement, Table,
};

/// A rule that a row can break.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// The column must have a value.
    Required,
    /// The column must have a value in a row like this.
    RequiredWhen,
    /// The text is a value of the base type.
    Type,
    /// `char(n)`: exactly, `varchar(n)`: at most `n` characters.
    Length,
    /// The text has the scalar type's form.
    Pattern,
    /// The text satisfies the scalar type's algorithm.
    CheckDigit,
    /// The code stands in the closed list.
    List,
    /// Text holds no line break, also none of Unicode's own, and no other control character (CSV
    /// rule F5).
    Control,
    /// The check of this code is not false.
    Check(String),
    /// The primary key is unique.
    PrimaryKey,
    /// The unique key of this position in [`Table::unique`] is unique.
    UniqueKey(usize),
    /// The row that the foreign key of this position in [`Table::foreign_keys`] names is there.
    Reference(usize),
}

/// A broken rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// The column, where the rule is one column's.
    pub column: Option<ColumnId>,
    /// The rule.
    pub rule: Rule,
}

impl Violation {
    /// A breach of a rule of one column.
    pub fn of(column: ColumnId, rule: Rule) -> Violation {
        Violation {
            column: Some(column),
            rule,
        }
    }

    /// A breach of a rule of the whole row.
    pub fn of_row(rule: Rule) -> Violation {
        Violation { column: None, rule }
    }

    /// Whether databases refuse the row, or take it and the breach is a warning.
    pub fn severity(&self, table: &Table) -> CheckSeverity {
        match &self.rule {
            Rule::Check(code) => table
                .checks
                .iter()
                .find(|check| check.code == *code)
                .map_or(CheckSeverity::Error, |check| check.severity),
            _ => CheckSeverity::Error,
        }
    }
}

/// Whether a cell has no value. An empty text is none: CSV cannot tell it from null (F7).
pub fn absent(cell: Option<&str>) -> bool {
    cell.is_none_or(str::is_empty)
}

/// Every rule that a row breaks: the columns' own in their order, then the checks in theirs.
///
/// `row` holds the cells' canonical texts by [`ColumnId`]. What follows from a breach is not
/// reported again: a text that is no value of its type has no form, and expressions that read it
/// are not judged; a text without its form has no check digit.
pub fn verdict(model: &Model, table: &Table, row: &[Option<String>], today: Day) -> Vec<Violation> {
    let mut found = Vec::new();
    let values = parse_row(table, row);
    let text = |id: ColumnId| row.get(id.index()).and_then(Option::as_deref);
    let unreadable = |expr: &Expr| {
        expr.columns().into_iter().any(|id| {
            !absent(text(id)) && values.get(id.index()).is_none_or(|value| value.is_none())
        })
    };
    for column in &table.columns {
        if !absent(text(column.id)) {
            let breaches = cell(model, &column.ty, text(column.id).unwrap_or_default());
            found.extend(
                breaches
                    .into_iter()
                    .map(|rule| Violation::of(column.id, rule)),
            );
            continue;
        }
        match &column.requirement {
            Requirement::Always => found.push(Violation::of(column.id, Rule::Required)),
            Requirement::When(expr) => {
                if !unreadable(expr) && truth(expr, &values, today) == Some(true) {
                    found.push(Violation::of(column.id, Rule::RequiredWhen));
                }
            }
            Requirement::Optional => {}
        }
    }
    for check in &table.checks {
        if !unreadable(&check.expr) && truth(&check.expr, &values, today) == Some(false) {
            found.push(Violation {
                column: check.column,
                rule: Rule::Check(check.code.clone()),
            });
        }
    }
    found
}

/// The values of a row's cells; what is absent or no value of its type is `None`.
pub fn parse_row(table: &Table, row: &[Option<String>]) -> Vec<Option<Value>> {
    table
        .columns
        .iter()
        .map(|column| {
            let text = row.get(column.id.index())?.as_deref();
            let text = text.filter(|text| !text.is_empty())?;
            Value::parse(column.ty.base, text)
        })
        .collect()
}

/// The rules of a column's type that a text breaks, by itself.
pub fn cell(model: &Model, ty: &ColumnType, text: &str) -> Vec<Rule> {
    let base = ty.base;
    let mut broken = Vec::new();
    if Value::parse(base, text).is_none() {
        return vec![Rule::Type];
    }
    if base.is_text() {
        let length = text.chars().count();
        let fits = match base {
            BaseType::Char(n) => length == n as usize,
            _ => base.max_chars().is_none_or(|n| length <= n as usize),
        };
        if !fits {
            broken.push(Rule::Length);
        }
        if text.contains(breaks) {
            broken.push(Rule::Control);
        }
    }
    if let Some(form) = model.form_of(ty) {
        if form
            .pattern
            .as_ref()
            .is_some_and(|pattern| !pattern.matches(text))
        {
            broken.push(Rule::Pattern);
        }
        let judged = broken.is_empty();
        if judged
            && form
                .algorithm
                .is_some_and(|algorithm| algorithm.check(text).is_err())
        {
            broken.push(Rule::CheckDigit);
        }
    }
    if let Some(list) = model.closed_list_of(ty)
        && !list.values.iter().any(|value| value.code == text)
    {
        broken.push(Rule::List);
    }
    broken
}

/// Whether a character may not stand in a field.
fn breaks(char: char) -> bool {
    char.is_control() || matches!(char, '\u{2028}' | '\u{2029}')
}
