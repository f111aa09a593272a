//! Truth tables, arithmetic, functions, texts; LIKE against a naive matcher.

use super::*;
use crate::model::{BaseType, ColumnId, Function, ValueType};
use crate::source::{FileId, Span};

fn expr(kind: ExprKind, ty: ValueType) -> Expr {
    Expr {
        kind,
        ty,
        span: Span::new(FileId(0), 0, 0),
    }
}

fn boxed(kind: ExprKind, ty: ValueType) -> Box<Expr> {
    Box::new(expr(kind, ty))
}

fn column(id: u32, ty: ValueType) -> Box<Expr> {
    boxed(ExprKind::Column(ColumnId(id)), ty)
}

fn integer(number: i64) -> Box<Expr> {
    boxed(
        ExprKind::Literal(Literal::Integer(number)),
        ValueType::Integer,
    )
}

fn today() -> Day {
    Day::new(2026, 3, 1).unwrap()
}

const TRUTHS: [Option<bool>; 3] = [Some(true), Some(false), None];

fn cell_of(truth: Option<bool>) -> Option<Value> {
    truth.map(Value::Boolean)
}

#[test]
fn and_or_not_follow_three_valued_logic() {
    let (a, b) = (column(0, ValueType::Boolean), column(1, ValueType::Boolean));
    let and = expr(ExprKind::And(a.clone(), b.clone()), ValueType::Boolean);
    let or = expr(ExprKind::Or(a.clone(), b), ValueType::Boolean);
    let not = expr(ExprKind::Not(a), ValueType::Boolean);
    let number = |truth: Option<bool>| truth.map_or(1, |truth| if truth { 2 } else { 0 });
    for left in TRUTHS {
        for right in TRUTHS {
            let row = [cell_of(left), cell_of(right)];
            // With false < unknown < true, AND is the minimum, OR the maximum (Kleene).
            let min = number(left).min(number(right));
            let max = number(left).max(number(right));
            assert_eq!(
                number(truth(&and, &row, today())),
                min,
                "{left:?} AND {right:?}"
            );
            assert_eq!(
                number(truth(&or, &row, today())),
                max,
                "{left:?} OR {right:?}"
            );
            assert_eq!(number(truth(&not, &row, today())), 2 - number(left));
        }
    }
}

#[test]
fn comparisons_arithmetic_and_functions_of_null_are_null() {
    let number = column(0, ValueType::Integer);
    let text = column(1, ValueType::Text);
    let row = [None, None];
    let null = [
        ExprKind::Compare(Comparison::Eq, number.clone(), number.clone()),
        ExprKind::Compare(Comparison::Ne, number.clone(), integer(1)),
        ExprKind::In(number.clone(), vec![Literal::Integer(1)]),
        ExprKind::Like(text.clone(), "%".into()),
        ExprKind::Negate(number.clone()),
        ExprKind::Arith(Arith::Add, number.clone(), integer(1)),
        ExprKind::Call(Function::Length, vec![*text.clone()]),
        ExprKind::Case {
            branches: vec![(
                expr(
                    ExprKind::Compare(Comparison::Eq, number.clone(), integer(1)),
                    ValueType::Boolean,
                ),
                *integer(1),
            )],
            otherwise: None,
        },
    ];
    for kind in null {
        assert_eq!(
            evaluate(&expr(kind.clone(), ValueType::Integer), &row, today()),
            None,
            "{kind:?}"
        );
    }
    let is_null = expr(ExprKind::IsNull(number.clone()), ValueType::Boolean);
    assert_eq!(truth(&is_null, &row, today()), Some(true));
    // An unknown condition is passed over, and ELSE is taken.
    let case = expr(
        ExprKind::Case {
            branches: vec![(
                expr(
                    ExprKind::Compare(Comparison::Ne, number, integer(1)),
                    ValueType::Boolean,
                ),
                *integer(1),
            )],
            otherwise: Some(integer(2)),
        },
        ValueType::Integer,
    );
    assert_eq!(evaluate(&case, &row, today()), Some(Value::Integer(2)));
}

#[test]
fn integers_are_wider_than_their_columns() {
    let row = [Some(Value::Integer(i64::MAX.into()))];
    let arith = |operator, left, right| {
        let kind = ExprKind::Arith(operator, left, right);
        evaluate(&expr(kind, ValueType::Integer), &row, today())
    };
    let max = column(0, ValueType::Integer);
    assert_eq!(
        arith(Arith::Mul, max.clone(), max.clone()),
        Some(Value::Integer(i128::from(i64::MAX) * i128::from(i64::MAX)))
    );
    assert_eq!(
        arith(Arith::Div, integer(-7), integer(2)),
        Some(Value::Integer(-3))
    );
    assert_eq!(
        arith(Arith::Rem, integer(-7), integer(2)),
        Some(Value::Integer(-1))
    );
    assert_eq!(
        arith(Arith::Rem, integer(7), integer(-2)),
        Some(Value::Integer(1))
    );
    assert_eq!(arith(Arith::Div, max.clone(), integer(0)), None);
    assert_eq!(arith(Arith::Rem, max, integer(0)), None);
    let half = boxed(ExprKind::Literal(Literal::Double(0.5)), ValueType::Double);
    assert_eq!(
        arith(Arith::Mul, integer(3), half.clone()),
        Some(Value::Double(1.5))
    );
    let nothing = boxed(ExprKind::Literal(Literal::Double(0.0)), ValueType::Double);
    assert_eq!(arith(Arith::Div, half, nothing), None);
}

#[test]
fn days_are_counted() {
    let date = |text: &str| {
        boxed(
            ExprKind::Literal(Literal::Date(text.into())),
            ValueType::Date,
        )
    };
    let of = |kind| evaluate(&expr(kind, ValueType::Date), &[], today());
    let difference = ExprKind::Arith(Arith::Sub, date("2024-03-01"), date("2024-02-28"));
    assert_eq!(of(difference), Some(Value::Integer(2)));
    let sum = ExprKind::Arith(Arith::Add, date("2023-02-28"), integer(1));
    assert_eq!(of(sum), Some(Value::Date(Day::new(2023, 3, 1).unwrap())));
    let before = ExprKind::Arith(Arith::Sub, date("0001-01-01"), integer(1));
    assert_eq!(of(before), None);
    assert_eq!(of(ExprKind::CurrentDate), Some(Value::Date(today())));
}

#[test]
fn functions_count_characters() {
    let of = |function, text: &str, rest: &[i64]| {
        let text = expr(
            ExprKind::Literal(Literal::Text(text.into())),
            ValueType::Text,
        );
        let mut arguments = vec![text];
        arguments.extend(rest.iter().map(|number| *integer(*number)));
        evaluate(
            &expr(ExprKind::Call(function, arguments), ValueType::Text),
            &[],
            today(),
        )
    };
    assert_eq!(of(Function::Length, "ёж🦔", &[]), Some(Value::Integer(3)));
    assert_eq!(
        of(Function::Upper, "ёж", &[]),
        Some(Value::Text("ЁЖ".into()))
    );
    assert_eq!(
        of(Function::Lower, "ЁЖ", &[]),
        Some(Value::Text("ёж".into()))
    );
    assert_eq!(
        of(Function::Substring, "ёж🦔к", &[2, 2]),
        Some(Value::Text("ж🦔".into()))
    );
    assert_eq!(
        of(Function::Substring, "ёж", &[2, 9]),
        Some(Value::Text("ж".into()))
    );
    assert_eq!(
        of(Function::Substring, "ёж", &[9, 1]),
        Some(Value::Text(String::new()))
    );
}

/// The definition, by recursion over all splits.
fn naive_like(text: &[char], pattern: &[char]) -> bool {
    match pattern {
        [] => text.is_empty(),
        ['%', rest @ ..] => (0..=text.len()).any(|skip| naive_like(&text[skip..], rest)),
        ['_', rest @ ..] => !text.is_empty() && naive_like(&text[1..], rest),
        ['\\', char, rest @ ..] | [char, rest @ ..] => {
            text.first() == Some(char) && naive_like(&text[1..], rest)
        }
    }
}

#[test]
fn like_agrees_with_its_definition() {
    let mut random = crate::sample::Random::new(7);
    let (mut yes, mut no) = (0, 0);
    for _ in 0..30_000 {
        let text: Vec<char> = (0..random.below(7))
            .map(|_| *random.pick(&['a', 'я', '%', '\\']).unwrap())
            .collect();
        let pattern: Vec<char> = (0..random.below(6))
            .map(|_| *random.pick(&['a', 'я', '%', '_', '\\']).unwrap())
            .collect();
        let expected = naive_like(&text, &pattern);
        let (text, pattern): (String, String) = (text.iter().collect(), pattern.iter().collect());
        assert_eq!(
            like_matches(&text, &pattern),
            expected,
            "`{text}` LIKE `{pattern}`"
        );
        for filler in [None, Some("я")] {
            let example = like::example(&pattern, &text, 'ж', filler);
            assert!(
                like_matches(&example, &pattern),
                "`{example}` LIKE `{pattern}`"
            );
        }
        if expected { yes += 1 } else { no += 1 }
    }
    assert!(yes > 1000 && no > 1000, "{yes} {no}");
}

#[test]
fn texts_of_values_read_back() {
    let cases = [
        (BaseType::Boolean, "true"),
        (BaseType::Int32, "-2147483648"),
        (BaseType::BigInt, "9223372036854775807"),
        (BaseType::Float, "340282350000000000000000000000000000000"),
        (BaseType::Float, "0"),
        (BaseType::Float, "0.1"),
        (BaseType::Double, "-1797693134862315700000"),
        (BaseType::Double, "0.000000000000000000005"),
        (BaseType::Double, "-2"),
        (BaseType::Varchar(None), "«ё»;\""),
        (BaseType::Uuid, "00112233-4455-6677-8899-aabbccddeeff"),
        (BaseType::Date, "0001-01-01"),
        (BaseType::Date, "9999-12-31"),
        (BaseType::Time(0), "23:59:59"),
        (BaseType::Time(3), "00:00:00.070"),
        (BaseType::Timestamp(0), "1969-12-31 23:59:59"),
        (BaseType::Timestamp(6), "2000-02-29 00:00:00.000001"),
    ];
    for (base, text) in cases {
        let value = Value::parse(base, text).unwrap_or_else(|| panic!("{base} `{text}`"));
        assert_eq!(value.to_text(base).as_deref(), Some(text), "{base}");
    }
    for (text, canonical) in [
        ("-0", "0"),
        ("1e21", "1000000000000000000000"),
        ("2.50", "2.5"),
    ] {
        let value = Value::parse(BaseType::Double, text).unwrap();
        assert_eq!(value.to_text(BaseType::Double).as_deref(), Some(canonical));
    }
    for day in (0..3_652_059).step_by(97) {
        let day = Day(day - 719_162);
        assert_eq!(calendar::parse_date(&day.to_string()), Some(day));
        let date: vitrina::Date = day.to_string().parse().unwrap();
        assert_eq!(Day::from(date), day);
    }
}

#[test]
fn texts_that_are_no_values_are_refused() {
    let cases = [
        (BaseType::Boolean, "True"),
        (BaseType::Int32, "2147483648"),
        (BaseType::Int32, "+1"),
        (BaseType::Int32, "1 "),
        (BaseType::BigInt, "-9223372036854775809"),
        (BaseType::Float, "1e39"),
        (BaseType::Double, "NaN"),
        (BaseType::Double, "inf"),
        (BaseType::Double, ".5e"),
        (BaseType::Uuid, "00112233-4455-6677-8899-AABBCCDDEEFF"),
        (BaseType::Date, "2023-02-29"),
        (BaseType::Date, "0000-01-01"),
        (BaseType::Date, "2023-2-9"),
        (BaseType::Date, "1900-02-29"),
        (BaseType::Time(0), "24:00:00"),
        (BaseType::Time(0), "10:00:00.5"),
        (BaseType::Time(3), "10:00:00.1234"),
        (BaseType::Timestamp(0), "2023-02-28T10:00:00"),
    ];
    for (base, text) in cases {
        assert_eq!(Value::parse(base, text), None, "{base} `{text}`");
    }
    assert_eq!(Value::Integer(1 << 40).to_text(BaseType::Int32), None);
}

/// The rules that a row of the fixture's `organisations` breaks when some cells are changed.
fn broken(cells: &[(usize, Option<&str>)]) -> Vec<(u32, Rule)> {
    let model = crate::model::fixture::model();
    let table = model.find_table("organisations").unwrap();
    let mut row: Vec<Option<String>> = [
        Some("DEMO-1"),
        Some("7707083893"),
        Some("45000000"),
        Some("Школа"),
        None,
        Some("true"),
        None,
    ]
    .map(|cell| cell.map(str::to_owned))
    .into();
    assert_eq!(verdict(&model, table, &row, today()), []);
    for (at, cell) in cells {
        row[*at] = cell.map(str::to_owned);
    }
    verdict(&model, table, &row, today())
        .into_iter()
        .map(|violation| (violation.column.unwrap().0, violation.rule))
        .collect()
}

#[test]
fn each_rule_of_a_cell_has_its_name() {
    assert_eq!(broken(&[(3, None)]), [(3, Rule::Required)]);
    assert_eq!(broken(&[(3, Some(""))]), [(3, Rule::Required)]);
    assert_eq!(broken(&[(4, Some(""))]), []);
    assert_eq!(broken(&[(5, Some("True"))]), [(5, Rule::Type)]);
    assert_eq!(broken(&[(6, Some("1"))]), [(6, Rule::Type)]);
    assert_eq!(broken(&[(3, Some(&"ё".repeat(1000)))]), []);
    assert_eq!(broken(&[(3, Some(&"ё".repeat(1001)))]), [(3, Rule::Length)]);
    for control in ["а\nб", "а\0б", "\u{7f}", "\u{85}", "\u{2028}"] {
        assert_eq!(
            broken(&[(3, Some(control))]),
            [(3, Rule::Control)],
            "{control:?}"
        );
    }
    assert_eq!(broken(&[(1, Some("7707083894"))]), [(1, Rule::CheckDigit)]);
    assert_eq!(broken(&[(2, Some("4500000"))]), [(2, Rule::Pattern)]);
}

#[test]
fn what_follows_from_a_breach_is_not_reported_again() {
    // Too short for the pattern, so the check digit is not asked for.
    assert_eq!(broken(&[(1, Some("770"))]), [(1, Rule::Pattern)]);
    // Several cells: each once, in the order of the columns.
    assert_eq!(
        broken(&[(0, None), (1, Some("77070838931234")), (5, Some("да"))]),
        [
            (0, Rule::Required),
            (1, Rule::Length),
            (1, Rule::Pattern),
            (5, Rule::Type)
        ]
    );
}

#[test]
fn conditions_that_read_an_unreadable_cell_are_not_judged() {
    let model = crate::model::fixture::model();
    let table = model.find_table("person").unwrap();
    let row = |birth: Option<&str>| {
        [Some("DEMO-1"), None, birth, None].map(|cell| cell.map(str::to_owned))
    };
    let rules = |birth| {
        let found = verdict(&model, table, &row(birth), today());
        found
            .into_iter()
            .map(|violation| violation.rule)
            .collect::<Vec<_>>()
    };
    assert_eq!(rules(Some("2009-12-31")), [Rule::RequiredWhen]);
    assert_eq!(rules(Some("2010-01-01")), []);
    assert_eq!(rules(Some("2009-02-29")), [Rule::Type]);
    assert_eq!(rules(None), [Rule::Required]);
}
