//! Random packages of few values, so that keys repeat, references dangle and periods meet.

use vitrina_codegen::model::{BaseType, Column, Domain, Model, Table};
use vitrina_codegen::sample::Cells;
use vitrina_tests::random::Random;

/// Texts with and without the numbers and signs that the model's rule seeks: at the ends, beside other
/// digits, beside line breaks, on the second try.
const FREE_TEXTS: &[&str] = &[
    "",
    "нет",
    "12345",
    "123-45",
    "123\u{a0}45",
    "123--45",
    "123456",
    "0123 45",
    "x123 45x",
    "1 123-45",
    "1123-45 123-45",
    "\n123-45\n",
    "१२३४५",
    "１２３４５",
    "a@b.ru",
    "пишите: ё@школа.рф!",
    "a@b.рут",
    "a@.ru",
    "A@B.RU",
    "a@b@c.ru",
    "№5",
    " №5",
    "5\n№",
    "он сказал \"да\"",
    "\"да\" он",
    "\"да\"\n",
    "🦔",
    "🦔🦔",
    "я\\",
    "\n\\",
    "\u{2028}\\",
];

/// Most rows of a table.
const ROWS: u64 = 18;

/// Rows for every table, in the order of the model's tables. Primary keys are unique, but for those of
/// `twin`; nothing else holds.
pub(crate) fn package(model: &Model, random: &mut Random) -> Vec<Vec<Cells>> {
    // How often a value is missing differs from package to package.
    let nulls = random.below(5);
    let tables = model.tables().iter();
    tables.map(|table| rows(table, nulls, random)).collect()
}

fn rows(table: &Table, nulls: u64, random: &mut Random) -> Vec<Cells> {
    let mut rows: Vec<Cells> = Vec::new();
    for _ in 0..random.below(ROWS) {
        let row: Cells = (table.columns.iter())
            .map(|column| {
                let key = table.primary_key.contains(&column.id);
                let null = !key && random.below(10) < nulls;
                (!null).then(|| value(table, column, random))
            })
            .collect();
        let same = |other: &Cells| {
            (table.primary_key.iter()).all(|id| other[id.index()] == row[id.index()])
        };
        if table.name == "twin" || !rows.iter().any(same) {
            rows.push(row);
        }
    }
    rows
}

/// A value of a column, as its canonical text.
fn value(table: &Table, column: &Column, random: &mut Random) -> String {
    let texts: &[&str] = match (column.ty.base, column.ty.domain) {
        (BaseType::Varchar(Some(5)), _) => &["a", "b"],
        (BaseType::Varchar(Some(300)), _) => FREE_TEXTS,
        (BaseType::Varchar(_), Domain::Key { .. }) => &["p1", "P2", "p3", "ё4", "_5", "p6", "Z"],
        (BaseType::Varchar(_), Domain::Classifier(_)) => &["a", "b", "ё", "ё", "a", "x"],
        (BaseType::Varchar(_) | BaseType::Link, _) => &["a", "b", "A", "ё", "Ё", "_", "ab"],
        (BaseType::Char(_), _) => return hash(random),
        (BaseType::Int32, Domain::Key { .. }) => &["1", "2", "3", "4", "5", "6", "-7", "10"],
        (BaseType::Int32 | BaseType::BigInt, _) => &["-1", "0", "1", "2", "2", "3", "4", "5"],
        (BaseType::Float, _) => &["-1", "0", "0.1", "0.2", "0.3", "0.5", "1", "1.5", "2", "3"],
        // Not where means are taken: PostgreSQL takes them in wider numbers than the memory.
        (BaseType::Double, _) if table.name == "person" && random.below(20) == 0 => {
            &["1.7e308", "1e-320"]
        }
        (BaseType::Double, _) => &["-1", "0", "0.1", "0.2", "0.3", "0.5", "1", "1.5", "2", "3"],
        (BaseType::Boolean, _) => &["true", "false"],
        (BaseType::Uuid, _) => &[
            "00000000-0000-0000-0000-000000000001",
            "f0000000-0000-0000-0000-000000000000",
        ],
        (BaseType::Date, _) => &[
            "0001-01-01",
            "2024-01-01",
            "2024-01-03",
            "2024-01-04",
            "2024-01-05",
            "2024-01-06",
            "2024-01-07",
            "2024-01-09",
            "9999-12-31",
        ],
        (BaseType::Time(0), _) => &[
            "00:00:00", "08:00:00", "09:00:00", "09:30:00", "10:00:00", "23:59:59",
        ],
        (BaseType::Time(_), _) => &[
            "00:00:00.000",
            "08:00:00.001",
            "08:00:00.010",
            "23:59:59.999",
        ],
        (BaseType::Timestamp(0), _) => &[
            "0001-01-01 00:00:00",
            "2024-01-05 23:59:59",
            "2024-01-06 09:30:00",
            "2024-01-06 09:30:01",
            "2024-01-07 00:00:00",
        ],
        (BaseType::Timestamp(1), _) => &[
            "2024-01-05 23:59:59.9",
            "2024-01-06 09:30:00.0",
            "2024-01-06 09:30:00.1",
        ],
        (BaseType::Timestamp(_), _) => &[
            "2024-01-05 23:59:59.999",
            "2024-01-06 09:30:00.000",
            "2024-01-06 09:30:00.500",
            "9999-12-31 23:59:59.999",
        ],
    };
    (*random.one_of(texts)).to_owned()
}

/// A hash, or what is none.
fn hash(random: &mut Random) -> String {
    let digit = *random.one_of(&["0", "a", "f", "A", "g"]);
    let length = *random.one_of(&[128, 128, 128, 127, 11]);
    digit.repeat(length)
}
