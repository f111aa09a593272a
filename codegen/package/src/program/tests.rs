//! Every expression of the repository's models, evaluated for sampled rows and mutants of them, beside the
//! reference.

use std::collections::BTreeSet;

use vitrina_codegen::model::eval::{self, Day, Value, parse_row};
use vitrina_codegen::model::{
    AssertionBody, Expr, ExprKind, Model, Requirement, Shape, Table, ValueType,
};
use vitrina_codegen::sample;

use super::*;
use crate::testing::{cells_of, model};

fn conditions(table: &Table) -> Vec<&Expr> {
    let required = table
        .columns
        .iter()
        .filter_map(|column| match &column.requirement {
            Requirement::When(expr) => Some(expr),
            _ => None,
        });
    let checks = table.checks.iter().map(|check| &check.expr);
    required.chain(checks).collect()
}

/// Every expression and each of its parts has the reference's value for a row.
fn compare(expr: &Expr, row: &[Option<Value>], today: Day, seen: &mut BTreeSet<String>) {
    let cells: Vec<Cell<'_>> = cells_of(row);
    expr.visit(&mut |part| {
        let program = Program::compile(part);
        let expected = eval::evaluate(part, row, today);
        let found = program.value(&cells, today).map(|value| value.value());
        assert_eq!(found, expected, "{part:?} of {row:?}");
        let truth = program.truth(&cells, today);
        assert_eq!(truth, eval::truth(part, row, today), "{part:?} of {row:?}");
        if let Some(truth) = truth {
            seen.insert(truth.to_string());
        }
        assert_eq!(program.columns(), part.columns());
    });
}

fn compare_all(model: &Model, rows: usize) -> usize {
    let options = sample::Options {
        rows,
        ..sample::Options::new(Day(20_500))
    };
    let package = sample::package(model, &options).unwrap();
    let mut seen = BTreeSet::new();
    let mut count = 0;
    for table in model.tables() {
        let conditions = conditions(table);
        if conditions.is_empty() {
            continue;
        }
        let mutants = sample::mutants(model, &package, table, options.today, 7);
        let mutated = mutants.mutants.iter().map(|mutant| &mutant.row);
        let rows = package.rows(table.id).iter().chain(mutated);
        let rows: Vec<Vec<Option<Value>>> = rows.map(|row| parse_row(table, row)).collect();
        for expr in &conditions {
            for row in &rows {
                compare(expr, row, options.today, &mut seen);
                count += 1;
            }
        }
    }
    assert_eq!(seen.len(), 2, "no truth or no falsehood at all");
    count
}

#[test]
fn the_big_model_is_judged_as_by_the_reference() {
    let count = compare_all(&model("model"), 4);
    assert!(count > 8_000, "{count}");
}

/// Values of each type, of every order of magnitude, and the constants of the expressions themselves.
fn pool(table: &Table) -> Vec<Value> {
    let mut pool: Vec<Value> = [
        "", "7-А", "а🦔б", "ABC", "abc", "10%", "a_b", "Ёж", "1", "-",
    ]
    .map(|text| Value::Text(text.into()))
    .into();
    let numbers = [0, 1, -1, 2, 7, 10, i64::MAX, i64::MIN, 2_147_483_647, -60];
    pool.extend(numbers.map(|number| Value::Integer(number.into())));
    pool.extend([0.0, -0.5, 0.1, 1e300, -1e300, 3.0, 1e-9].map(Value::Double));
    pool.extend([true, false].map(Value::Boolean));
    pool.extend([-719_162, 2_932_896, 0, 19_782, 20_500].map(|day| Value::Date(Day(day))));
    pool.extend([0, 86_399_999_999, 43_200_000_000].map(Value::Time));
    let moments = [0, -1, 1_709_164_800_000_000, 253_402_300_799_999_999];
    pool.extend(moments.map(Value::Timestamp));
    pool.extend([0, u128::MAX].map(Value::Uuid));
    for expr in conditions(table) {
        expr.visit(&mut |part| match &part.kind {
            ExprKind::Literal(literal) => pool.extend(eval::literal_value(literal)),
            ExprKind::In(_, list) => pool.extend(list.iter().filter_map(eval::literal_value)),
            _ => {}
        });
    }
    pool
}

#[test]
fn all_expressions_are_judged_as_by_the_reference() {
    let model = model("tests/models/expressions");
    let mut random = sample::Random::new(3);
    let mut seen = BTreeSet::new();
    for table in model.tables() {
        let pool = pool(table);
        let pools: Vec<Vec<&Value>> = table
            .columns
            .iter()
            .map(|column| {
                let base = column.ty.base;
                let fits = pool.iter().filter(|value| value.to_text(base).is_some());
                let of_type = fits.filter(|value| match value {
                    Value::Integer(_) => base.value_type() == ValueType::Integer,
                    Value::Double(_) => base.value_type() == ValueType::Double,
                    Value::Text(_) => base.is_text(),
                    _ => true,
                });
                of_type.collect()
            })
            .collect();
        for _ in 0..400 {
            let row: Vec<Option<Value>> = pools
                .iter()
                .map(|pool| {
                    let at = random.below(pool.len() + 1);
                    pool.get(at).map(|value| (*value).clone())
                })
                .collect();
            for expr in conditions(table) {
                compare(expr, &row, Day(20_500), &mut seen);
            }
        }
    }
    assert_eq!(seen.len(), 2);
}

/// Conditions of rules read columns beyond the table's own; here they are null, or numbers and days that
/// the rows have elsewhere.
#[test]
fn conditions_of_rules_are_judged_as_by_the_reference() {
    let model = model("model");
    let today = Day(20_500);
    let mut seen = BTreeSet::new();
    let samples: Vec<Vec<Option<Value>>> = vec![
        vec![None],
        vec![Some(Value::Text("1".into())), Some(Value::Integer(3))],
        vec![
            Some(Value::Date(Day(20_400))),
            Some(Value::Timestamp(1_700_000_000_000_000)),
            Some(Value::Time(40_000_000_000)),
            None,
            Some(Value::Text("Школа № 5".into())),
            Some(Value::Boolean(true)),
            Some(Value::Double(0.5)),
        ],
    ];
    let mut count = 0;
    for rule in model.rules() {
        for assertion in &rule.assertions {
            let AssertionBody::Rows(rows) = &assertion.body else {
                continue;
            };
            let check = match &rows.shape {
                Shape::Check(expr) => Some(expr),
                _ => None,
            };
            for expr in rows.when.iter().chain(check) {
                let width = rows.view.own as usize + rows.view.extra.len();
                for sample in &samples {
                    let row: Vec<Option<Value>> =
                        sample.iter().cloned().cycle().take(width).collect();
                    compare(expr, &row, today, &mut seen);
                    count += 1;
                }
            }
        }
    }
    assert!(count > 300, "{count}");
}

#[test]
fn an_unreadable_cell_is_said() {
    let model = model("model");
    let table = model.find_table("mark").unwrap();
    let check = table.checks.first().unwrap();
    let program = Program::compile(&check.expr);
    let mut cells = vec![Cell::Null; table.columns.len()];
    assert!(!program.is_unreadable(&cells));
    cells[program.columns()[0].index()] = Cell::Unreadable;
    assert!(program.is_unreadable(&cells));
}
