//! The coverage as CSV: one row for a carrier, by the CSV rules of the showcase.

use crate::coverage::{ClauseCoverage, Coverage};
use crate::model::{Column, Model, Origin};
use crate::target::csv::{one_line, write_line};

/// `clauses.csv`: a row for each table that carries a clause, one for each column that does, and one
/// with empty fields for a clause without a carrier.
pub(super) fn clauses(facts: &Coverage<'_>) -> String {
    let mut out = Csv::new(&[
        "regulation",
        "clause",
        "clause_title",
        "must_carry",
        "table",
        "table_title",
        "column",
        "column_title",
        "mixin",
        "origin",
    ]);
    for regulation in &facts.regulations {
        for clause in &regulation.clauses {
            clause_rows(&regulation.regulation.name, clause, &mut out);
        }
    }
    out.text
}

fn clause_rows(regulation: &str, clause: &ClauseCoverage<'_>, out: &mut Csv) {
    let mut row = |carrier: [&str; 6]| {
        let head = [
            regulation,
            clause.clause.number.as_str(),
            clause.clause.title.as_str(),
            if clause.must_carry { "true" } else { "false" },
        ];
        out.row(head.into_iter().chain(carrier));
    };
    if !clause.is_carried() {
        row([""; 6]);
    }
    for carrier in &clause.tables {
        let (name, title) = (&carrier.table.name, &carrier.table.title);
        if carrier.is_listed {
            row([name, title, "", "", "", carrier.table.origin.name()]);
        }
        for column in &carrier.columns {
            let origin = origins(column);
            row([name, title, &column.name, &column.title, "", &origin]);
        }
    }
    for carrier in &clause.mixins {
        let column = carrier.column;
        let origin = origins(column);
        row(["", "", &column.name, &column.title, carrier.mixin, &origin]);
    }
}

fn origins(column: &Column) -> String {
    let names: Vec<&str> = column.origin.iter().copied().map(Origin::name).collect();
    names.join(", ")
}

/// `kinds.csv`: a row for each table of a kind, and one with empty fields for a kind without a table.
/// What must be known of the register stands in every row, as rows are taken out of their file.
pub(super) fn kinds(model: &Model, facts: &Coverage<'_>) -> String {
    let mut out = Csv::new(&[
        "kind",
        "title",
        "block",
        "origin",
        "clauses",
        "table",
        "table_title",
        "table_origin",
        "register_note",
    ]);
    let note = model.kinds_note().unwrap_or("");
    for covered in &facts.kinds {
        let kind = covered.kind;
        let clauses: Vec<String> = kind
            .clauses
            .iter()
            .map(|id| {
                let (regulation, clause) = (model.regulation_of(*id), model.clause(*id));
                format!("{}:{}", regulation.name, clause.number)
            })
            .collect();
        let (number, clauses) = (kind.number.to_string(), clauses.join(", "));
        let mut row = |table: [&str; 3]| {
            let head = [
                number.as_str(),
                kind.title.as_str(),
                kind.block.as_str(),
                kind.origin.name(),
                clauses.as_str(),
            ];
            out.row(head.into_iter().chain(table).chain([note]));
        };
        if covered.tables.is_empty() {
            row([""; 3]);
        }
        for table in &covered.tables {
            row([&table.name, &table.title, table.origin.name()]);
        }
    }
    out.text
}

/// A file in the making.
struct Csv {
    text: String,
}

impl Csv {
    fn new(header: &[&str]) -> Self {
        let mut csv = Csv {
            text: String::new(),
        };
        csv.row(header.iter().copied());
        csv
    }

    fn row<'a>(&mut self, fields: impl Iterator<Item = &'a str>) {
        write_line(&mut self.text, fields.map(one_line));
    }
}
