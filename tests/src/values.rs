//! Random cells of every base type, with what is worth having: borders, letters that change their
//! number when their case does, characters beyond the basic plane.

use crate::random::Random;
use vitrina_codegen::model::eval::Day;
use vitrina_codegen::model::{BaseType, Column, Domain, Model};

/// Texts for columns of text; a column takes those that fit it.
const TEXTS: &[&str] = &[
    "",
    "а",
    "б",
    "ё",
    "🦔",
    "🦔ё",
    "ё🦔б",
    "абв",
    "АБВ",
    "abc",
    "а_б",
    "аxб",
    "Школа",
    "школа",
    "ШКОЛА",
    "Шкаф",
    "кол",
    "100%",
    "%",
    "\\",
    "а\\б",
    "а' \"б",
    "а' \"б'",
    " а ",
    "straße",
    "STRASSE",
    "ﬁ",
    "ΑΣ",
    "ας",
    "İ",
    "й",
    "и\u{306}",
    "𐐀𐐨",
    "Ǆǅǆ",
    "NULL",
    "https://школа.рф/?a=1",
    "https://x.рф/",
    "7-А",
    "a--b",
    "-",
    "ааа",
    "а🦔🦔б",
    "🦔ё🦔",
];

const NUMBERS: &[i64] = &[
    0,
    1,
    -1,
    2,
    -2,
    3,
    -3,
    5,
    7,
    i32::MAX as i64,
    i32::MIN as i64,
    i64::MAX,
    i64::MIN,
    i64::MAX - 1,
];

/// No sum or product of two of them leaves the finite numbers: PostgreSQL refuses what does.
const FRACTIONS: &[&str] = &[
    "0",
    "-0",
    "0.1",
    "-0.5",
    "0.5",
    "1",
    "1.5",
    "2",
    "2.5",
    "3",
    "-3",
    "1e21",
    "0.3",
    "0.000001",
    "16777217",
    "9007199254740993",
];

const DAYS: &[&str] = &[
    "0001-01-01",
    "0001-01-04",
    "0001-12-31",
    "1900-02-28",
    "1969-12-31",
    "1970-01-01",
    "2000-02-29",
    "2023-02-28",
    "2023-03-01",
    "2024-01-01",
    "2024-02-29",
    "2024-03-03",
    "2024-12-31",
    "9999-12-30",
    "9999-12-31",
];

const TIMES: &[&str] = &[
    "00:00:00", "08:00:00", "12:00:00", "17:30:00", "17:30:01", "23:59:59",
];

const UUIDS: &[&str] = &[
    "00000000-0000-0000-0000-000000000000",
    "550e8400-e29b-41d4-a716-446655440000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
];

/// Every text worth having in a column, in its canonical form or another that reads the same.
pub fn notable(model: &Model, column: &Column, today: Day) -> Vec<String> {
    if let Some(list) = model.closed_list_of(&column.ty) {
        return list.values.iter().map(|value| value.code.clone()).collect();
    }
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    match column.ty.base {
        BaseType::Boolean => owned(&["true", "false"]),
        BaseType::Int32 => NUMBERS
            .iter()
            .filter_map(|number| i32::try_from(*number).ok())
            .map(|number| number.to_string())
            .collect(),
        BaseType::BigInt => NUMBERS.iter().map(ToString::to_string).collect(),
        BaseType::Float | BaseType::Double => owned(FRACTIONS),
        BaseType::Char(n) => {
            let fits = |text: &&&str| text.chars().count() == n as usize;
            TEXTS
                .iter()
                .filter(fits)
                .map(|text| (*text).to_owned())
                .collect()
        }
        BaseType::Varchar(Some(n)) => {
            let fits = |text: &&&str| text.chars().count() <= n as usize;
            TEXTS
                .iter()
                .filter(fits)
                .map(|text| (*text).to_owned())
                .collect()
        }
        BaseType::Varchar(None) | BaseType::Link => owned(TEXTS),
        BaseType::Uuid => owned(UUIDS),
        BaseType::Date => {
            let near = (-1..2).map(|days| Day(today.0 + days).to_string());
            DAYS.iter()
                .map(|text| (*text).to_owned())
                .chain(near)
                .collect()
        }
        BaseType::Time(p) => fractions(TIMES, p),
        BaseType::Timestamp(p) => {
            let texts: Vec<String> = DAYS
                .iter()
                .flat_map(|day| ["00:00:00", "23:59:59"].map(|time| format!("{day} {time}")))
                .collect();
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            fractions(&texts, p)
        }
    }
}

/// The times, and what lies between them where a column is that fine.
fn fractions(times: &[&str], precision: u8) -> Vec<String> {
    let ends: &[&str] = match precision {
        0 => &[""],
        1..6 => &["", ".5", ".999"],
        _ => &["", ".5", ".000001", ".999999"],
    };
    let all = times
        .iter()
        .flat_map(|time| ends.iter().map(move |end| format!("{time}{end}")));
    all.collect()
}

/// A cell: nothing in one of five cases, else a text worth having or any other.
pub fn cell(
    random: &mut Random,
    column: &Column,
    notable: &[String],
    today: Day,
) -> Option<String> {
    if !column.is_required() && random.below(5) == 0 {
        return None;
    }
    if random.below(3) > 0 {
        return Some(random.one_of(notable).clone());
    }
    let number = i64::try_from(random.below(41)).unwrap_or(0) - 20;
    if column.ty.domain != Domain::Plain {
        return Some(random.one_of(notable).clone());
    }
    Some(match column.ty.base {
        BaseType::Int32 | BaseType::BigInt => number.to_string(),
        BaseType::Float | BaseType::Double => (number as f64 / 4.0).to_string(),
        BaseType::Date => Day(today.0 + number * number * number).to_string(),
        BaseType::Varchar(n) => {
            let characters: Vec<char> = "абШкёa%_\\🦔ß ".chars().collect();
            let length = random.below(u64::from(n.unwrap_or(8).min(8)) + 1);
            random.text(&characters, usize::try_from(length).unwrap_or(0))
        }
        _ => random.one_of(notable).clone(),
    })
}
