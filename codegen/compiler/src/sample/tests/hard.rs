//! Sampling and mutants where keys bind and conditions meet.

use super::models::*;
use super::{options, today as day};
use crate::model::*;
use crate::sample::{Error, Package, judge, mutants, package};

const ID: BaseType = BaseType::Varchar(Some(40));

/// Samples with many seeds, judges every row, breaks every rule; the last package and the rules
/// that could not be broken.
pub(super) fn exercise(model: &Model, rows: usize) -> (Package, Vec<String>) {
    let mut unbreakable = std::collections::BTreeSet::new();
    let mut last = Package::default();
    for seed in 0..12 {
        last = package(model, &options(rows, seed)).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(judge(model, &last, day()), [], "seed {seed}");
        for table in model.tables() {
            let made = mutants(model, &last, table, day(), seed);
            for mutant in &made.mutants {
                let mut changed = last.clone();
                for sampled in &mut changed.tables {
                    if sampled.table == table.id {
                        sampled.rows[mutant.base] = mutant.row.clone();
                    }
                }
                let broken = judge(model, &changed, day());
                assert!(
                    broken.contains(&(table.id, mutant.base, mutant.expected.clone())),
                    "{}: {}",
                    table.name,
                    mutant.title
                );
                let check = matches!(mutant.expected.rule, eval::Rule::Check(_));
                assert!(!check || mutant.also.is_empty(), "{mutant:?}");
            }
            let names = made
                .unbreakable
                .iter()
                .map(|rule| format!("{}: {:?}", table.name, rule.rule.rule));
            unbreakable.extend(names);
        }
    }
    (last, unbreakable.into_iter().collect())
}

#[test]
fn composite_keys_and_references_that_share_columns() {
    let parent = table("lesson", 1, vec![column("id", ID)]);
    let pupil = table("pupil", 1, vec![column("id", ID)]);
    let mark = table(
        "mark",
        2,
        vec![
            column("lesson_id", ID),
            column("pupil_id", ID),
            column("n", BaseType::Int32),
        ],
    );
    let mark = refer(refer(mark, &[0], 0, &[0]), &[1], 1, &[0]);
    let remark = table(
        "remark",
        1,
        vec![
            column("id", ID),
            column("lesson_id", ID),
            optional("pupil_id", ID),
            status("status"),
        ],
    );
    let remark = refer(refer(remark, &[1], 0, &[0]), &[1, 2], 2, &[0, 1]);
    let model = model(vec![parent, pupil, mark, remark]);
    let (package, unbreakable) = exercise(&model, 25);
    assert!(
        package
            .tables
            .iter()
            .all(|sampled| sampled.rows.len() == 25)
    );
    assert_eq!(unbreakable, [""; 0]);
}

#[test]
fn one_to_one_tables_have_no_more_rows_than_their_parent() {
    let parent = table("person", 1, vec![status("id")]);
    let child = table(
        "passport",
        1,
        vec![column("id", BaseType::Varchar(Some(8))), status("s")],
    );
    let child = refer(child, &[0], 0, &[0]);
    let cousin = table(
        "cousin",
        1,
        vec![
            column("id", BaseType::BigInt),
            optional("person_id", BaseType::Varchar(Some(8))),
        ],
    );
    let cousin = unique(refer(cousin, &[1], 0, &[0]), &[1]);
    let model = model(vec![parent, child, cousin]);
    let (package, _) = exercise(&model, 20);
    let counts: Vec<usize> = package
        .tables
        .iter()
        .map(|sampled| sampled.rows.len())
        .collect();
    // The key is a list of three codes; the optional unique reference is null when all are taken.
    assert_eq!(counts, [3, 3, 20]);
    let named = package.tables[2]
        .rows
        .iter()
        .filter(|row| row[1].is_some())
        .count();
    assert!((1..=3).contains(&named), "{named}");
}

#[test]
fn a_required_reference_to_the_own_table_begins_with_itself() {
    let unit = table("unit", 1, vec![column("id", ID), column("root_id", ID)]);
    let model = model(vec![refer(unit, &[1], 0, &[0])]);
    let (package, _) = exercise(&model, 30);
    let rows = &package.tables[0].rows;
    assert_eq!(rows[0][0], rows[0][1]);
    assert!(rows.iter().any(|row| row[0] != row[1]));
}

#[test]
fn keys_of_every_base_type() {
    for base in [
        BaseType::Int32,
        BaseType::Uuid,
        BaseType::Date,
        BaseType::Char(12),
        BaseType::Double,
    ] {
        let parent = table(
            "parent",
            1,
            vec![column("id", base), optional("x", BaseType::Float)],
        );
        let child = table(
            "child",
            2,
            vec![
                column("parent_id", base),
                column("n", BaseType::Int32),
                optional("t", BaseType::Time(3)),
            ],
        );
        let model = model(vec![parent, refer(child, &[0], 0, &[0])]);
        let (package, unbreakable) = exercise(&model, 15);
        assert!(
            package
                .tables
                .iter()
                .all(|sampled| sampled.rows.len() == 15),
            "{base}"
        );
        assert_eq!(unbreakable, [""; 0], "{base}");
    }
}

#[test]
fn periods_sums_and_texts_satisfy_their_checks() {
    use Comparison::{Eq, Ge, Gt, Le, Lt, Ne};
    let (date, number, string) = (ValueType::Date, ValueType::Integer, ValueType::Text);
    let columns = vec![
        column("id", ID),
        column("begins", BaseType::Date),
        optional("ends", BaseType::Date),
        column("boys", BaseType::Int32),
        column("girls", BaseType::Int32),
        column("total", BaseType::BigInt),
        optional("code", BaseType::Varchar(Some(12))),
        optional("series", BaseType::Char(6)),
        status("status"),
        optional("reason", BaseType::Varchar(Some(200))),
        optional("share", BaseType::Double),
        column("agreed", BaseType::Boolean),
    ];
    let tested = table("tested", 1, columns);
    let tested = check(tested, "period", compare(Ge, at(2, date), at(1, date)));
    let length = arith(Arith::Sub, at(2, date), at(1, date));
    let tested = check(tested, "length", compare(Le, length, int(366)));
    let tested = check(tested, "past", compare(Le, at(1, date), today()));
    let sum = arith(Arith::Add, at(3, number), at(4, number));
    let tested = check(tested, "sum", compare(Eq, at(5, number), sum));
    let some = and(
        compare(Ge, at(3, number), int(0)),
        compare(Ge, at(4, number), int(0)),
    );
    let tested = check(
        tested,
        "some",
        and(some, compare(Lt, at(5, number), int(1_000_000))),
    );
    let even = arith(Arith::Rem, at(3, number), int(2));
    let tested = check(tested, "even", compare(Eq, even, int(0)));
    let start = call(Function::Substring, vec![at(6, string), int(2), int(2)]);
    let tested = check(tested, "start", compare(Eq, start, text("ЖЩ")));
    let long = call(Function::Length, vec![at(6, string)]);
    let tested = check(
        tested,
        "long",
        and(compare(Gt, long.clone(), int(4)), compare(Ne, long, int(7))),
    );
    let lower = call(Function::Lower, vec![at(7, string)]);
    let tested = check(
        tested,
        "lower",
        or(
            compare(Eq, lower, text("жж-100")),
            like(at(7, string), "IV-%"),
        ),
    );
    let late = compare(Eq, at(8, string), text("late"));
    let tested = check(tested, "reason", or(late.clone(), is_null(at(9, string))));
    let tested = required_when(tested, 9, and(late.clone(), at(11, ValueType::Boolean)));
    let limit = case(vec![(late, int(10))], Some(int(20)));
    let tested = check(
        tested,
        "share",
        compare(Eq, at(10, ValueType::Double), limit),
    );
    let tested = check(
        tested,
        "agreed",
        or(at(11, ValueType::Boolean), not(is_null(at(2, date)))),
    );
    let model = model(vec![tested]);
    let (package, unbreakable) = exercise(&model, 40);
    assert_eq!(unbreakable, [""; 0]);
    let rows = &package.tables[0].rows;
    assert_eq!(rows.len(), 40);
    for (at, name) in [
        (2, "ends"),
        (6, "code"),
        (7, "series"),
        (9, "reason"),
        (10, "share"),
    ] {
        let filled = rows.iter().filter(|row| row[at].is_some()).count();
        assert!((1..40).contains(&filled), "{name}: {filled}");
    }
}

#[test]
fn unique_keys_over_optional_columns_let_nulls_be() {
    let columns = vec![
        column("id", ID),
        status("a"),
        optional("b", BaseType::Boolean),
    ];
    let model = model(vec![unique(table("pairs", 1, columns), &[1, 2])]);
    let (package, unbreakable) = exercise(&model, 30);
    let full = package.tables[0]
        .rows
        .iter()
        .filter(|row| row[2].is_some())
        .count();
    assert!((1..=6).contains(&full), "{full}");
    assert_eq!(package.tables[0].rows.len(), 30);
    assert_eq!(unbreakable, [""; 0]);
}

#[test]
fn checks_that_exclude_each_other_are_an_error() {
    let number = ValueType::Integer;
    let columns = vec![column("id", ID), column("n", BaseType::Int32)];
    let bad = table("bad", 1, columns);
    let bad = check(bad, "low", compare(Comparison::Lt, at(1, number), int(3)));
    let bad = check(bad, "high", compare(Comparison::Gt, at(1, number), int(3)));
    let error = package(&model(vec![bad]), &options(5, 1)).unwrap_err();
    let Error::NoRow { table, rules } = &error else {
        panic!("{error}");
    };
    assert_eq!(
        (table.as_str(), rules.as_slice()),
        ("bad", ["high".to_owned(), "low".to_owned()].as_slice())
    );
    assert!(error.to_string().contains("`bad`"), "{error}");
}

#[test]
fn a_type_without_values_is_an_error() {
    let mut number = column("inn", BaseType::Varchar(Some(9)));
    number.ty.domain = Domain::Scalar(ScalarId(1));
    let bad = table("bad", 1, vec![column("id", ID), number]);
    let error = package(&model(vec![bad]), &options(5, 1)).unwrap_err();
    let expected = Error::NoValue {
        table: "bad".into(),
        column: "inn".into(),
    };
    assert_eq!(error, expected);
}

#[test]
fn a_check_that_never_fails_is_said_to_be_unbreakable() {
    let columns = vec![column("id", ID), column("n", BaseType::Int32)];
    let sure = check(
        table("sure", 1, columns),
        "always",
        compare(
            Comparison::Ge,
            at(1, ValueType::Integer),
            int(-2_147_483_648),
        ),
    );
    let (_, unbreakable) = exercise(&model(vec![sure]), 5);
    assert_eq!(unbreakable, [r#"sure: Check("always")"#]);
}

#[test]
fn seventy_tables_of_a_thousand_rows_are_made_in_seconds() {
    let mut tables = Vec::new();
    for number in 0..70_u32 {
        let mut key = column("id", BaseType::Varchar(Some(100)));
        key.ty.domain = Domain::Key {
            table: TableId(number),
            scalar: Some(ScalarId(0)),
        };
        let parent = number.saturating_sub(1);
        let refers = |name: &str| {
            let mut column = column(name, BaseType::Varchar(Some(100)));
            column.ty.domain = Domain::Key {
                table: TableId(parent),
                scalar: Some(ScalarId(0)),
            };
            column
        };
        let mut hash = optional("hash", BaseType::Char(128));
        hash.ty.domain = Domain::Scalar(ScalarId(3));
        let columns = vec![
            key,
            refers("a_id"),
            refers("b_id"),
            status("status"),
            hash,
            optional("begins", BaseType::Date),
            optional("ends", BaseType::Date),
            optional("title", BaseType::Varchar(Some(255))),
            optional("note", BaseType::Varchar(None)),
            column("n", BaseType::Int32),
            column("created", BaseType::Timestamp(0)),
            column("updated", BaseType::Timestamp(0)),
        ];
        let tested = table(&format!("t{number}"), 1, columns);
        let date = ValueType::Date;
        let period = compare(Comparison::Ge, at(6, date), at(5, date));
        let tested = check(tested, &format!("t{number}.period"), period);
        let tested = if number == 0 {
            tested
        } else {
            refer(refer(tested, &[1], parent, &[0]), &[2], parent, &[0])
        };
        tables.push(tested);
    }
    let model = model(tables);
    let start = std::time::Instant::now();
    let package = package(&model, &options(1000, 1)).unwrap();
    // Some seconds without optimisation on a busy machine; what was quadratic once took minutes.
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
    assert!(
        package
            .tables
            .iter()
            .all(|sampled| sampled.rows.len() == 1000)
    );
}
