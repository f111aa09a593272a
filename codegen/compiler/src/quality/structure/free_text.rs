//! Free text: what it must not hold is sought in every text of its columns.

use super::{RowJudge, each_table};
use crate::model::eval::Value;
use crate::model::pattern::Automaton;
use crate::model::{ColumnId, Pattern, Table};
use crate::quality::context::Context;
use crate::quality::outcome::Fault;
use crate::quality::part::Part;

pub(super) fn judge(context: &Context<'_>, patterns: &[Pattern]) -> Vec<Part> {
    let sought: Vec<Sought<'_>> = patterns.iter().map(Sought::of).collect();
    each_table(context, |context, table| columns(context, table, &sought))
}

/// A pattern in the form in which it is tried on many texts.
enum Sought<'a> {
    Compiled(Automaton),
    /// What is too large for an automaton is tried as it stands; `resolve` lets none such pass.
    Slow(&'a Pattern),
}

impl<'a> Sought<'a> {
    fn of(pattern: &'a Pattern) -> Self {
        match pattern.automaton() {
            Ok(automaton) => Sought::Compiled(automaton),
            Err(_) => Sought::Slow(pattern),
        }
    }

    fn is_found_in(&self, text: &str) -> bool {
        match self {
            Sought::Compiled(automaton) => automaton.matches(text),
            Sought::Slow(pattern) => pattern.matches(text),
        }
    }
}

fn columns<'a>(
    context: &'a Context<'a>,
    table: &'a Table,
    sought: &'a [Sought<'a>],
) -> Option<RowJudge<'a>> {
    let columns = context.model.free_text_of(table);
    let columns: Vec<ColumnId> = columns.map(|column| column.id).collect();
    if columns.is_empty() {
        return None;
    }
    Some(Box::new(move |rows, row| {
        columns
            .iter()
            .filter(|column| match rows.value(row, **column) {
                Some(Value::Text(text)) => sought.iter().any(|one| one.is_found_in(text)),
                _ => false,
            })
            .map(|column| Fault::Columns(vec![*column]))
            .collect()
    }))
}
