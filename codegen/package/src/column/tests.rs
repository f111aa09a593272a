//! Every column of the big model, with good and bad texts, beside the reference.

use std::collections::BTreeSet;

use vitrina::kernel::Work as _;
use vitrina_codegen::model::eval::{Day, Rule, Value, cell};
use vitrina_codegen::sample;

use super::*;
use crate::testing::model;
use crate::{Code, code};

/// The codes that stand for a rule of the reference.
fn codes_of(rule: &Rule) -> &'static [Code] {
    match rule {
        Rule::Type => &[
            code::TYPE,
            code::DATE,
            code::RANGE,
            code::CONTROL,
            code::NUL,
        ],
        Rule::Length => &[code::TOO_LONG, code::LENGTH, code::HASH],
        Rule::Pattern => &[code::PATTERN, code::HASH, code::TOO_LONG, code::LENGTH],
        Rule::CheckDigit => &[code::CHECK_DIGIT, code::HASH],
        Rule::List => &[code::CODE],
        Rule::Control => &[code::CONTROL, code::NUL],
        other => panic!("{other:?}"),
    }
}

const OF_ITS_OWN: [Code; 4] = [code::BLANKS, code::LOOK_ALIKE, code::FREE_TEXT, code::HASH];

/// The cell that begins a line, and where it ends: by any processor the same.
fn accept<'c>(
    check: &ColumnCheck<'_>,
    line: &'c [u8],
    arena: &'c Arena,
) -> Option<(Cell<'c>, usize)> {
    struct One<'o, 'm, 'c>(&'o ColumnCheck<'m>, &'c [u8], &'c Arena);
    impl<'c> kernel::Work for One<'_, '_, 'c> {
        type Output = Option<(Cell<'c>, usize)>;
        fn run<P: Processor>(self, processor: P) -> Self::Output {
            let mut cell = Cell::Unreadable;
            let end = self.0.accept(processor, self.1, 0, self.2, &mut cell)?;
            Some((cell, end))
        }
    }
    // With room behind, and at the end of a file.
    let padded: &'static [u8] = [line, [b'7'; 64].as_slice()].concat().leak();
    let roomy = kernel::run(One(check, padded, arena));
    let close = kernel::run(One(check, line, arena));
    if roomy.is_some_and(|(_, end)| end < line.len()) {
        assert_eq!(roomy, close);
        assert_eq!(One(check, line, arena).run(kernel::Portable), close);
    } else {
        assert_eq!(close, None);
    }
    close
}

/// Judges a text as the reference and the check do; the codes found.
fn compare(model: &Model, table: &Table, check: &ColumnCheck<'_>, text: &str) -> Vec<Code> {
    let mut judged = Judged::default();
    let field = Field {
        quoted: true,
        text: text.into(),
    };
    let cell_of = check.judge(&field, &mut judged);
    let expected = cell(model, &check.column.ty, text);
    let place = format!("{}.{} {text:?}", table.name, check.column.name);
    for rule in &expected {
        let codes = codes_of(rule);
        let said = judged.codes.iter().any(|code| codes.contains(code));
        assert!(said, "{place}: {rule:?} among {:?}", judged.codes);
    }
    for code in &judged.codes {
        let is_known = OF_ITS_OWN.contains(code)
            || expected.iter().any(|rule| codes_of(rule).contains(code))
            || *code == code::CONTROL;
        assert!(is_known, "{place}: {code:?} besides {expected:?}");
    }
    let value = Value::parse(check.column.ty.base, text);
    assert_eq!(cell_of.value(), value, "{place}");
    // The quick way says the same, or nothing.
    let line = format!("\"{}\"\n", text.replace('"', "\"\""));
    let arena = Arena::with_room();
    match accept(check, line.as_bytes(), &arena) {
        Some((found, end)) if end + 1 == line.len() => {
            assert_eq!(found, cell_of, "{place}");
            assert!(judged.codes.is_empty(), "{place}: {:?}", judged.codes);
        }
        Some((_, end)) => assert!(
            !matches!(line.as_bytes().get(end), Some(b';' | b'\n')),
            "{place}"
        ),
        None => {
            let is_rare = text.len() > 18;
            assert!(!judged.codes.is_empty() || is_rare, "{place} is right");
        }
    }
    judged.codes
}

#[test]
fn every_mutant_is_judged_as_by_the_reference() {
    let model = model("model");
    let options = sample::Options {
        rows: 4,
        ..sample::Options::new(Day(20_500))
    };
    let package = sample::package(&model, &options).unwrap();
    let profile = CsvProfile {
        boolean: BooleanForm::Lower,
        null: NullForm::Quoted,
    };
    let mut seen = BTreeSet::new();
    let mut texts = 0;
    for table in model.tables() {
        let mutants = sample::mutants(&model, &package, table, options.today, 5);
        let mutated = mutants.mutants.iter().map(|mutant| &mutant.row);
        let rows: Vec<_> = package.rows(table.id).iter().chain(mutated).collect();
        for column in &table.columns {
            let check = ColumnCheck::new(&model, table, column.id, profile, None);
            let cells = rows
                .iter()
                .filter_map(|row| row[column.id.index()].as_deref());
            let cells: BTreeSet<&str> = cells.filter(|text| !text.is_empty()).collect();
            for text in cells {
                let twisted = [
                    text.to_owned(),
                    format!(" {text}"),
                    format!("{text}\u{a0}"),
                    format!("{text}\u{2028}"),
                    format!("{text}\0"),
                    format!("{text}0"),
                    format!("\"{text}"),
                    text.to_uppercase(),
                    text.chars().rev().collect(),
                    text.replace(['а', 'е', 'о'], "o"),
                    text.repeat(3),
                ];
                for text in &twisted {
                    seen.extend(compare(&model, table, &check, text));
                    texts += 1;
                }
            }
        }
    }
    assert!(texts > 60_000, "{texts}");
    let expected = [
        code::NUL,
        code::TYPE,
        code::TOO_LONG,
        code::PATTERN,
        code::CHECK_DIGIT,
        code::CODE,
        code::DATE,
        code::RANGE,
        code::CONTROL,
        code::BLANKS,
        code::LOOK_ALIKE,
        code::HASH,
    ];
    for code in expected {
        assert!(seen.contains(&code), "{code:?} was never found");
    }
}

#[test]
fn profiles_say_what_null_and_booleans_are() {
    let model = model("model");
    let tables = model.tables().iter();
    let (table, column) = tables
        .flat_map(|table| table.columns.iter().map(move |column| (table, column)))
        .find(|(_, column)| column.ty.base == BaseType::Boolean && !column.is_required())
        .unwrap();
    for (boolean, null, good, bad) in [
        (
            BooleanForm::Lower,
            NullForm::Quoted,
            "\"true\";",
            "\"True\";",
        ),
        (BooleanForm::Title, NullForm::Bare, "\"True\";", "\"1\";"),
        (BooleanForm::Digit, NullForm::Bare, "\"1\";", "\"true\";"),
    ] {
        let profile = CsvProfile { boolean, null };
        let check = ColumnCheck::new(&model, table, column.id, profile, None);
        let arena = Arena::with_room();
        let accept = |line: &'static str| {
            let found = super::tests::accept(&check, line.as_bytes(), &arena);
            found.map(|(cell, _)| cell)
        };
        assert_eq!(accept(good), Some(Cell::Boolean(true)));
        assert_eq!(accept(bad), None);
        let is_quoted = null == NullForm::Quoted;
        assert_eq!(accept("\"\";"), is_quoted.then_some(Cell::Null));
        assert_eq!(accept(";"), (!is_quoted).then_some(Cell::Null));
        let mut judged = Judged::default();
        for quoted in [false, true] {
            let field = Field {
                quoted,
                text: "".into(),
            };
            assert_eq!(check.judge(&field, &mut judged), Cell::Null);
            assert_eq!(judged.codes.is_empty(), quoted == is_quoted);
        }
    }
}
