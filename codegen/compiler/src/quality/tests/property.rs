//! Hashing and sorting against the plain way: every row beside every other.

use proptest::prelude::*;

use super::*;
use crate::model::Comparison;
use crate::model::eval::{Value, compare};
use crate::quality::index::{Form, encode};

/// A row of `entry`, of small domains, so that values meet and nulls are everywhere.
#[derive(Debug, Clone)]
struct Entry {
    unit: Option<u8>,
    from: Option<u8>,
    to: Option<u8>,
    number: Option<u8>,
}

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    let cell = |most: u8| proptest::option::weighted(0.8, 0..most);
    let entry = (cell(2), cell(9), cell(9), cell(3));
    let entry = entry.prop_map(|(unit, from, to, number)| Entry {
        unit,
        from,
        to,
        number,
    });
    proptest::collection::vec(entry, 0..9)
}

/// The numbers of the rows that a statement finds.
fn broken(model: &Model, entries: &[Entry]) -> Vec<usize> {
    let mut text = String::new();
    for (at, entry) in entries.iter().enumerate() {
        text += &format!("entry e{at}");
        let mut cell = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                text += &format!(" {name}={value}");
            }
        };
        cell("unit_id", entry.unit.map(|unit| format!("u{unit}")));
        cell("day", entry.from.map(|day| format!("2020-01-0{}", day + 1)));
        cell("until", entry.to.map(|day| format!("2020-01-0{}", day + 1)));
        cell("start", entry.from.map(|hour| format!("0{hour}:00:00")));
        cell("stop", entry.to.map(|hour| format!("0{hour}:00:00")));
        cell("number", entry.number.map(|number| number.to_string()));
        text += "\n";
    }
    let judgement = judge(model, &rows(model, &text, false), moment());
    judgement
        .findings
        .iter()
        .filter_map(|one| one.row)
        .collect()
}

/// The numbers of the rows for which another, or any, row of `bad` is found.
fn plainly(entries: &[Entry], bad: impl Fn(usize, usize) -> bool) -> Vec<usize> {
    (0..entries.len())
        .filter(|row| (0..entries.len()).any(|other| bad(*row, other)))
        .collect()
}

/// Whether two periods have one of the moments in common; `behind` is 1 when they hold their ends.
fn overlap(one: &Entry, other: &Entry, behind: i32) -> bool {
    let holds = |entry: &Entry, half: i32| {
        let from = entry.from.map_or(i32::MIN, |from| i32::from(from) * 2);
        let to = entry.to.map_or(i32::MAX, |to| (i32::from(to) + behind) * 2);
        from <= half && half < to
    };
    // Half steps: of times those of a day, of days from before the first to behind the last.
    let moments = if behind == 0 { 0..48 } else { -4..40 };
    moments
        .into_iter()
        .any(|half| holds(one, half) && holds(other, half))
}

#[test]
fn periods_sets_and_searches_are_as_when_written_plainly() {
    let models = [
        "no_overlap: { by: [unit_id], from: day, to: until }",
        "no_overlap: { by: [unit_id], from: start, to: stop }",
        "unique: { by: [unit_id, number] }",
        "unique: { by: [unit_id], distinct: number }",
        "not_exists: { in: entry, on: { unit_id: unit_id }, where: number < this.number AND number < 1 }",
    ]
    .map(|shape| model(&rule(&format!("table: entry\n{shape}"))));
    let [days, times, unique, distinct, search] = &models;
    proptest!(ProptestConfig::with_cases(400), |(entries in entries())| {
        let one_unit = |row: usize, other: usize| {
            entries[row].unit.is_some() && entries[row].unit == entries[other].unit
        };
        for (model, behind) in [(days, 1), (times, 0)] {
            let expected = plainly(&entries, |row, other| {
                row != other && one_unit(row, other) && overlap(&entries[row], &entries[other], behind)
            });
            prop_assert_eq!(broken(model, &entries), expected);
        }
        let number = |row: usize| entries[row].number;
        let expected = plainly(&entries, |row, other| {
            row != other && one_unit(row, other) && number(row).is_some() && number(row) == number(other)
        });
        prop_assert_eq!(broken(unique, &entries), expected);
        let expected = plainly(&entries, |row, _| {
            let set: Vec<u8> = (0..entries.len())
                .filter(|other| one_unit(row, *other))
                .filter_map(number)
                .collect();
            set.iter().any(|value| *value != set[0])
        });
        prop_assert_eq!(broken(distinct, &entries), expected);
        let expected = plainly(&entries, |row, other| {
            one_unit(row, other)
                && number(row).zip(number(other)).is_some_and(|(this, found)| found < this && found < 1)
        });
        prop_assert_eq!(broken(search, &entries), expected);
    });
}

fn value() -> impl Strategy<Value = (Value, Value)> {
    let pair = |one: fn(i64) -> Value| {
        let small = prop_oneof![-3_i64..3, any::<i64>()];
        (small.clone(), small).prop_map(move |(left, right)| (one(left), one(right)))
    };
    let double = prop_oneof![
        Just(0.0),
        Just(-0.0),
        proptest::num::f64::NORMAL,
        proptest::num::f64::SUBNORMAL
    ];
    let text = "[ab\u{0}я]{0,3}";
    prop_oneof![
        pair(|number| Value::Integer(number.into())),
        pair(|number| Value::Date(Day(number))),
        pair(Value::Time),
        pair(Value::Timestamp),
        pair(|number| Value::Uuid(number.cast_unsigned().into())),
        pair(|number| Value::Boolean(number > 0)),
        (double.clone(), double)
            .prop_map(|(left, right)| (Value::Double(left), Value::Double(right))),
        (text, text).prop_map(|(left, right)| (Value::Text(left), Value::Text(right))),
    ]
}

fn key(values: &[&Value], form: Form) -> Vec<u8> {
    let mut key = Vec::new();
    for value in values {
        encode(value, form, &mut key);
    }
    key
}

#[test]
fn keys_are_ordered_like_values() {
    proptest!(ProptestConfig::with_cases(4000), |((left, right) in value(), (more, other) in value())| {
        let is = |comparison| compare(comparison, &left, &right) == Some(true);
        let (one, two) = (key(&[&left], Form::Own), key(&[&right], Form::Own));
        prop_assert_eq!(is(Comparison::Lt), one < two);
        prop_assert_eq!(is(Comparison::Eq), one == two);
        // What stands behind decides only between equals.
        let (longer, other) = (key(&[&left, &more], Form::Own), key(&[&right, &other], Form::Own));
        if one != two {
            prop_assert_eq!(one < two, longer < other);
        }
    });
}

#[test]
fn a_text_ends_before_what_stands_behind_it() {
    let text = |text: &str| Value::Text(text.into());
    let high = Value::Uuid(u128::MAX);
    let (one, two) = (text("a"), text("a\0"));
    assert!(key(&[&one, &high], Form::Own) < key(&[&two, &high], Form::Own));
    let (left, right) = (text(""), text("\0"));
    assert_ne!(
        key(&[&left, &right], Form::Own),
        key(&[&right, &left], Form::Own)
    );
}

#[test]
fn an_integer_beside_a_double_is_one() {
    proptest!(|(number in any::<i32>())| {
        let whole = Value::Integer(number.into());
        let double = Value::Double(number.into());
        prop_assert_eq!(key(&[&whole], Form::Double), key(&[&double], Form::Double));
    });
}
