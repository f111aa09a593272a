//! One expression, one verdict: the generated Rust, PostgreSQL, the reference of the compiler and,
//! where it can say it, JSON Schema judge the same rows in the same way, nulls included.

#![cfg(feature = "external")]

use std::collections::BTreeSet;

use postgres::Client;
use vitrina::{Context, Findings, Record, TableVisitor};
use vitrina_codegen::model::eval::{self, Day, Value};
use vitrina_codegen::model::{Column, Expr, Model, Requirement, Table};
use vitrina_codegen::sample::{Cells, json};
use vitrina_codegen::target::ddl;
use vitrina_codegen::target::json_schema::{check_schema, condition_schema};
use vitrina_tests::cells::record;
use vitrina_tests::postgres::{Server, describe};
use vitrina_tests::random::Random;
use vitrina_tests::{model as models, sql, values};

mod expressions {
    include!(concat!(env!("OUT_DIR"), "/expressions.rs"));
}

/// Random rows of a table, beside the borders.
const ROWS: usize = 700;

/// Conditions that never have one of the truth values, and why.
const ONE_SIDED: &[(&str, &str)] = &[
    ("number.comparison_9", "0.1 is no 32-bit number"),
    ("number.arithmetic_15", "holds for all numbers"),
    (
        "number.division_6",
        "holds for all numbers: what division and remainder mean",
    ),
    ("phrase.like_14", "`%` is any text"),
    ("phrase.length_4", "`char(3)` has three characters"),
    ("phrase.part_4", "no character of any text"),
    ("moment.arithmetic_11", "there and back again"),
];

/// A condition of the model: a check, or when a column is required.
struct Condition<'m> {
    name: String,
    expr: &'m Expr,
    /// The column that it requires.
    column: Option<&'m Column>,
}

fn conditions(table: &Table) -> Vec<Condition<'_>> {
    let required = table
        .columns
        .iter()
        .filter_map(|column| match &column.requirement {
            Requirement::When(expr) => Some(Condition {
                name: format!("required {}", column.name),
                expr,
                column: Some(column),
            }),
            _ => None,
        });
    let checks = table.checks.iter().map(|check| Condition {
        name: check.code.clone(),
        expr: &check.expr,
        column: None,
    });
    required.chain(checks).collect()
}

#[test]
fn one_expression_has_one_verdict() {
    let server = Server::shared().unwrap();
    let mut client = server.create_database("one_verdict").unwrap();
    let model = models::read("tests/models/expressions").unwrap();
    load_schema(&mut client, &model);
    let today = sql::today(&mut client).unwrap();
    let mut wrong = Vec::new();
    let mut one_sided = Vec::new();
    let mut counts = (0, 0);
    for table in model.tables() {
        let conditions = conditions(table);
        let rows = rows(&model, table, today);
        let expected: Vec<Vec<Option<bool>>> = rows
            .iter()
            .map(|row| {
                let values = values(table, row);
                let truth = |it: &Condition<'_>| eval::truth(it.expr, &values, today);
                conditions.iter().map(truth).collect()
            })
            .collect();
        for (at, condition) in conditions.iter().enumerate() {
            let seen: BTreeSet<_> = expected.iter().map(|truths| truths[at]).collect();
            if !seen.contains(&Some(true)) || !seen.contains(&Some(false)) {
                one_sided.push(condition.name.clone());
            }
        }
        let judged = Judged {
            model: &model,
            table,
            conditions: &conditions,
            rows: &rows,
            expected: &expected,
        };
        judged.by_rust(today, &mut wrong);
        judged.by_postgresql(&mut client, &mut wrong);
        let expressed = judged.by_json_schema(&mut wrong);
        counts.0 += conditions.len();
        counts.1 += expressed;
    }
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    let known: Vec<&str> = ONE_SIDED.iter().map(|(name, _)| *name).collect();
    assert_eq!(one_sided, known, "conditions always true, or never");
    assert!(counts.0 > 200 && counts.1 > 80, "{counts:?}");
}

fn load_schema(client: &mut Client, model: &Model) {
    let mut artifacts = vitrina_codegen::artifacts::Artifacts::new();
    ddl::postgresql::emit(model, "ddl", &mut artifacts);
    let (_, all) = artifacts
        .iter()
        .find(|(path, _)| *path == "ddl/all.sql")
        .unwrap();
    let all = std::str::from_utf8(all).unwrap();
    client
        .batch_execute(all)
        .unwrap_or_else(|error| panic!("{}", describe(&error)));
}

/// A row without values, rows with one value, rows of any values; the key is the row's position.
fn rows(model: &Model, table: &Table, today: Day) -> Vec<Cells> {
    let mut random = Random::new(17);
    let notable: Vec<Vec<String>> = table
        .columns
        .iter()
        .map(|column| values::notable(model, column, today))
        .collect();
    let empty: Cells = vec![None; table.columns.len()];
    let mut rows = vec![empty.clone()];
    for (at, texts) in notable.iter().enumerate().skip(1) {
        for text in texts {
            let mut row = empty.clone();
            row[at] = Some(text.clone());
            rows.push(row);
        }
    }
    for _ in 0..ROWS {
        let columns = table.columns.iter().zip(&notable);
        rows.push(
            columns
                .map(|(column, texts)| values::cell(&mut random, column, texts, today))
                .collect(),
        );
    }
    for (at, row) in rows.iter_mut().enumerate() {
        row[0] = Some(at.to_string());
    }
    rows
}

fn values(table: &Table, row: &Cells) -> Vec<Option<Value>> {
    let columns = table.columns.iter().zip(row);
    columns
        .map(|(column, cell)| {
            let text = cell.as_deref()?;
            let value = Value::parse(column.ty.base, text);
            Some(value.unwrap_or_else(|| panic!("{}: {text:?}", column.name)))
        })
        .collect()
}

struct Judged<'a> {
    model: &'a Model,
    table: &'a Table,
    conditions: &'a [Condition<'a>],
    rows: &'a [Cells],
    /// By row and condition.
    expected: &'a [Vec<Option<bool>>],
}

impl Judged<'_> {
    fn report(&self, wrong: &mut Vec<String>, who: &str, at: usize, row: usize, found: &str) {
        let condition = &self.conditions[at];
        wrong.push(format!(
            "{} {who} says {found}, expected {:?}: {}\n    {:?}",
            condition.name,
            self.expected[row][at],
            vitrina_codegen::model::expr::text::text(self.table, condition.expr),
            self.rows[row],
        ));
    }

    fn by_rust(&self, today: Day, wrong: &mut Vec<String>) {
        struct Validate<'a> {
            row: &'a Cells,
            context: &'a Context,
        }
        impl TableVisitor for Validate<'_> {
            type Output = BTreeSet<String>;
            fn visit<R: Record + std::fmt::Debug + 'static>(self) -> BTreeSet<String> {
                let row: R = record(self.row).unwrap();
                let mut findings = Findings::new();
                row.validate(self.context, &mut findings);
                let name = |finding: &vitrina::Finding| match finding.code() {
                    "required" => format!("required {}", finding.column().unwrap()),
                    code => code.to_owned(),
                };
                findings.iter().map(name).collect()
            }
        }
        let context = Context::new(today.to_string().parse().unwrap());
        for (at, row) in self.rows.iter().enumerate() {
            let visitor = Validate {
                row,
                context: &context,
            };
            let mut found = expressions::visit(&self.table.name, visitor).unwrap();
            for (place, condition) in self.conditions.iter().enumerate() {
                let broken = match (condition.column, self.expected[at][place]) {
                    (Some(column), truth) => {
                        truth == Some(true) && row[column.id.index()].is_none()
                    }
                    (None, truth) => truth == Some(false),
                };
                if found.remove(&condition.name) != broken {
                    self.report(
                        wrong,
                        "Rust",
                        place,
                        at,
                        if broken { "fine" } else { "broken" },
                    );
                }
            }
            assert!(found.is_empty(), "{}: {found:?} {row:?}", self.table.name);
        }
    }

    fn by_postgresql(&self, client: &mut Client, wrong: &mut Vec<String>) {
        let (model, table) = (self.model, self.table);
        let name = sql::qualified(model, table);
        let fail = |error: postgres::Error| -> ! { panic!("{}: {}", table.name, describe(&error)) };
        // The columns of the table without its conditions, so that it takes every row.
        let insert = sql::insert(model, table, self.rows).replacen(&name, "judged", 1);
        let sql = format!("CREATE TEMPORARY TABLE judged (LIKE {name}); {insert}");
        client
            .batch_execute(&sql)
            .unwrap_or_else(|error| fail(error));
        let schema = ddl::postgresql::identifier(&model.showcase().mnemonic).into_owned();
        let expressions: Vec<String> = self
            .conditions
            .iter()
            .map(|condition| ddl::expr::print(&schema, table, condition.expr))
            .collect();
        let sql = format!(
            "SELECT ARRAY[{}]::boolean[] FROM judged ORDER BY id",
            expressions.join(",\n")
        );
        let found = client.query(&sql, &[]).unwrap_or_else(|error| fail(error));
        assert_eq!(found.len(), self.rows.len());
        for (row, found) in found.iter().enumerate() {
            let found: Vec<Option<bool>> = found.get(0);
            for (at, found) in found.iter().enumerate() {
                if *found != self.expected[row][at] {
                    self.report(wrong, "PostgreSQL", at, row, &format!("{found:?}"));
                }
            }
        }
        // The table's own constraints take exactly the rows that break nothing.
        let constraints = &ddl::postgresql::constraints(model)[table.id.index()];
        let checks: Vec<&str> = constraints
            .iter()
            .filter_map(|constraint| constraint.body.strip_prefix("CHECK "))
            .collect();
        assert!(checks.len() >= self.conditions.len());
        let sql = format!(
            "INSERT INTO {name} SELECT * FROM judged WHERE coalesce({}, true)",
            checks.join(" AND ")
        );
        client
            .execute(&sql, &[])
            .unwrap_or_else(|error| fail(error));
        client.batch_execute("DROP TABLE judged").unwrap();
    }

    /// Gives back how many conditions a schema says.
    fn by_json_schema(&self, wrong: &mut Vec<String>) -> usize {
        let rows: Vec<serde_json::Value> = self
            .rows
            .iter()
            .map(|row| json::row(self.table, row))
            .collect();
        let mut expressed = 0;
        for (at, condition) in self.conditions.iter().enumerate() {
            let schema = match condition.column {
                Some(_) => condition_schema(self.table, condition.expr),
                None => check_schema(self.table, condition.expr),
            };
            let Some(schema) = schema else { continue };
            expressed += 1;
            let validator = jsonschema::validator_for(&schema).unwrap();
            for (row, value) in rows.iter().enumerate() {
                let expected = match (condition.column, self.expected[row][at]) {
                    (Some(_), truth) => truth == Some(true),
                    (None, truth) => truth != Some(false),
                };
                // What is not there may be null or missing.
                let mut missing = value.clone();
                missing
                    .as_object_mut()
                    .unwrap()
                    .retain(|_, value| !value.is_null());
                for value in [value, &missing] {
                    let found = validator.is_valid(value);
                    if found != expected {
                        self.report(wrong, "JSON Schema", at, row, &found.to_string());
                    }
                }
            }
        }
        expressed
    }
}
