//! Files changed as a whole: encodings, headers, separators, line ends.

use vitrina_codegen::model::{Column, ColumnId, Requirement, Table};

use super::changed::{Changed, Layout};
use super::claim::{Claim, Mutation};
use super::shape::EightBit;
use crate::random::Random;

/// Letters of a name with a Cyrillic twin.
const TWINS: [(char, char); 6] = [
    ('a', 'а'),
    ('e', 'е'),
    ('o', 'о'),
    ('c', 'с'),
    ('p', 'р'),
    ('x', 'х'),
];

/// Cyrillic letters that tell an encoding.
const LETTERS: usize = 400;

/// Changes the file of a table; none if the change drawn does not fit.
pub(super) fn change(
    changed: &mut Changed<'_>,
    at: usize,
    random: &mut Random,
) -> Option<Mutation> {
    let base = changed.base;
    let table = base.table(at);
    let (header, lines) = (&base.tables[at].header, &base.tables[at].lines);
    let names: Vec<&str> = header.split(';').collect();
    let column = random.one_of(&table.columns);
    let place = column.id.index();
    let replaced = |name: &str| {
        let mut names = names.clone();
        names[place] = name;
        names.join(";")
    };
    // Code, columns of its finding, what is done.
    let mut said: Vec<(&'static str, Vec<String>)> = Vec::new();
    let (title, layout) = match random.below(17) {
        0 => {
            said.push(("V0203", vec![]));
            ("a byte order mark", Layout::Mark)
        }
        1 => {
            said.push(("V0201", vec![]));
            ("UTF-16", Layout::Utf16(random.below(2) == 0, true))
        }
        2 => {
            said.push(("V0201", vec![]));
            (
                "UTF-16 without a mark",
                Layout::Utf16(random.below(2) == 0, false),
            )
        }
        3 | 4 => {
            let encoding = *random.one_of(&EightBit::ALL);
            let text = lines.join("\n");
            let letters = text.chars().filter(|one| ('а'..='я').contains(one)).count();
            (letters >= LETTERS).then_some(())?;
            encoding.encode(&text)?;
            said.push(("V0202", vec![]));
            ("eight bits", Layout::EightBit(encoding))
        }
        5 => {
            (names.len() > 1).then_some(())?;
            said.push(("V0204", vec![]));
            (
                "another separator",
                Layout::Separator(*random.one_of(&[',', '\t', '|'])),
            )
        }
        6 => {
            // Two texts may be a header of another table as well as a row.
            table
                .columns
                .iter()
                .any(|column| !column.ty.base.is_text())
                .then_some(())?;
            said.push(("V0205", vec![]));
            ("no header", Layout::NoHeader)
        }
        7 => {
            (header.to_uppercase() != *header).then_some(())?;
            said.push(("V0206", vec![]));
            (
                "a header of capitals",
                Layout::Header(header.to_uppercase()),
            )
        }
        8 => {
            (names.len() > 1).then_some(())?;
            let mut order: Vec<usize> = (0..names.len()).collect();
            let other = (place + 1) % names.len();
            order.swap(place, other);
            said.push(("V0207", vec![]));
            ("another order of columns", Layout::Order(order))
        }
        9 => {
            let (latin, cyrillic) = TWINS
                .iter()
                .find(|(latin, _)| names[place].contains(*latin))?;
            let name = names[place].replacen(*latin, &cyrillic.to_string(), 1);
            said.push(("V0208", vec![column.name.clone()]));
            (
                "a Cyrillic letter in the header",
                Layout::Header(replaced(&name)),
            )
        }
        10 => {
            let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
            said.push(("V0214", vec![]));
            ("names in quotes", Layout::Header(quoted.join(";")))
        }
        11 => {
            said.push(("V0213", vec![]));
            ("an unknown column", Layout::Column("no_such_column".into()))
        }
        12 => {
            said.push(("V0213", vec![]));
            ("a column twice", Layout::Column(names[place].to_owned()))
        }
        13 => {
            let count = table.columns.len();
            let mut columns = (place..place + count).map(|at| &table.columns[at % count]);
            let column = columns.find(|column| is_idle(table, column, &base.model))?;
            let mut names = names.clone();
            names[column.id.index()] = "no_such_column";
            said.push(("V0213", vec![]));
            said.push(("V0213", vec![column.name.clone()]));
            ("another name of a column", Layout::Header(names.join(";")))
        }
        14 => {
            said.push(("V0104", vec![]));
            ("emptied", Layout::Other(Vec::new()))
        }
        15 => {
            said.push(("V0216", vec![]));
            let bytes = *random.one_of(&[
                b"PK\x03\x04\x14\0\0\0".as_slice(),
                b"\x1f\x8b\x08\0\0",
                b"<html>\n",
                b"%PDF-1.7\n",
            ]);
            ("no text", Layout::Other(bytes.to_vec()))
        }
        _ => ("CR LF", Layout::Returns),
    };
    let file = &mut changed.tables[at];
    file.layout = layout;
    let name = file.names[0].0.clone();
    let mut mutation = Mutation::open(title, format!("{name}: {title}"));
    if said.is_empty() {
        mutation = mutation.with(Claim::of_line("V0210", &name, 2));
    }
    for (code, columns) in said {
        changed.say_file(code, at, &columns, Some(1));
        mutation = mutation.with(Claim::of_line(code, &name, 1));
    }
    Some(mutation)
}

/// Whether nothing but the column itself looks at it, and it may be empty: a row without it is as right as
/// one with.
fn is_idle(table: &Table, column: &Column, model: &vitrina_codegen::model::Model) -> bool {
    let is_own = |columns: &[ColumnId]| columns.contains(&column.id);
    let in_keys = is_own(&table.primary_key)
        || table.unique.iter().any(|key| is_own(&key.columns))
        || table.foreign_keys.iter().any(|key| is_own(&key.columns))
        || model
            .tables()
            .iter()
            .flat_map(|other| &other.foreign_keys)
            .any(|key| key.table == table.id && is_own(&key.target));
    let in_checks = table
        .checks
        .iter()
        .any(|check| check.expr.columns().contains(&column.id));
    let in_conditions = table.columns.iter().any(|other| match &other.requirement {
        Requirement::When(expr) => expr.columns().contains(&column.id),
        _ => false,
    });
    let may_lack = matches!(column.requirement, Requirement::Optional);
    // Rules across rows name their tables; one of those is left alone.
    let in_rules = model
        .rules()
        .iter()
        .flat_map(|rule| &rule.assertions)
        .any(|assertion| {
            matches!(
                &assertion.body,
                vitrina_codegen::model::AssertionBody::Rows(_)
            ) && format!("{:?}", assertion.body).contains(&format!("TableId({})", table.id.index()))
        });
    may_lack && !in_keys && !in_checks && !in_conditions && !in_rules
}
