//! Rules of YAML over rows written short, beside what they find.

mod csv;
mod indicator;
mod property;
mod row;
mod search;
mod set;
mod structure;
mod whole;

use super::*;
use crate::diagnostic::Report;
use crate::model::Model;
use crate::resolve::resolve;
use crate::source::{SourceFile, SourceSet};

const SHOWCASE: &str = "
language: 1
showcase: demo
title: Демо
version: 1.0.0
groups: []
";

const TYPES: &str = "
- { type: record_id, title: Идентификатор, base: varchar(100) }
- { type: code_text, title: Код, base: varchar(8), pattern: '^[a-z]+$' }
- { type: inn, title: ИНН, base: varchar(12), pattern: '^([0-9]{10}|[0-9]{12})$', algorithm: inn }
- { type: snils, title: СНИЛС, base: char(11), pattern: '^[0-9]{11}$', algorithm: snils }
- { type: snils_hash, title: СНИЛС, base: char(128), pattern: '^[0-9a-f]{128}$', hash_of: snils }
";

const KINDS: &str = "
kinds:
  - { kind: 1, title: Подразделения, block: Б, origin: inference, clauses: [] }
  - { kind: 2, title: Записи, block: Б, origin: inference, clauses: [] }
";

const STATUS: &str = "
classifier: status
title: Статус
values:
  - { code: open, title: открыто }
  - { code: shut, title: закрыто }
";

const LEVEL: &str = "
classifier: level
title: Уровень
type: int32
values:
  - { code: 1, name: low, title: низкий }
  - { code: 2, name: high, title: высокий }
";

/// Everything optional, so that nulls may stand anywhere.
const TABLES: [(&str, &str); 4] = [
    (
        "unit",
        "
kinds: [1]
primary_key: [id]
columns:
  - { name: id, type: record_id, title: Идентификатор }
  - { name: up_id, references: unit, title: Выше, optional: true }
  - { name: city, type: text, title: Город, optional: true }
  - { name: size, type: int32, title: Размер, optional: true }
  - { name: rate, type: double, title: Ставка, optional: true }
  - { name: inn, type: inn, title: ИНН, optional: true }
",
    ),
    (
        "person",
        "
primary_key: [id]
columns:
  - { name: id, type: record_id, title: Идентификатор }
  - { name: unit_id, references: unit, title: Подразделение, optional: true }
  - { name: birth, type: date, title: Рождение, optional: true }
  - { name: snils_hash, type: snils_hash, title: СНИЛС, optional: true, required_when: birth IS NOT NULL }
  - { name: status, classifier: status, title: Статус, optional: true }
  - { name: level, classifier: level, title: Уровень, optional: true }
",
    ),
    (
        "entry",
        "
kinds: [2]
primary_key: [id]
columns:
  - { name: id, type: record_id, title: Идентификатор }
  - { name: person_id, references: person, title: Лицо, optional: true }
  - { name: unit_id, references: unit, title: Подразделение, optional: true }
  - { name: day, type: date, title: День, optional: true }
  - { name: until, type: date, title: По, optional: true }
  - { name: start, type: time(0), title: Начало, optional: true }
  - { name: stop, type: time(0), title: Конец, optional: true }
  - { name: made, type: timestamp(0), title: Сделано, optional: true }
  - { name: ended, type: timestamp(0), title: Кончено, optional: true }
  - { name: number, type: int32, title: Номер, optional: true }
  - { name: weight, type: double, title: Вес, optional: true }
  - { name: active, type: boolean, title: Действует, optional: true }
  - { name: code, type: code_text, title: Код, optional: true }
checks:
  - { code: entry.number, title: Номер положителен, expr: number > 0 }
  - { code: entry.period, title: Начало не позже конца, expr: day <= until }
",
    ),
    (
        "plan",
        "
primary_key: [unit_id, number]
columns:
  - { name: unit_id, references: unit, title: Подразделение }
  - { name: number, type: int32, title: Номер }
  - { name: day, type: date, title: День, optional: true }
",
    ),
];

/// The model with these rules.
fn model(rules: &str) -> Model {
    let file = |path: &str, text: &str| SourceFile {
        path: path.into(),
        text: text.into(),
    };
    let mut files = vec![
        file("showcase.yaml", SHOWCASE),
        file("types.yaml", TYPES),
        file("kinds.yaml", KINDS),
        file("classifiers/status.yaml", STATUS),
        file("classifiers/level.yaml", LEVEL),
        file("rules/rules.yaml", rules),
    ];
    for (name, rest) in TABLES {
        let text = format!("table: {name}\ntitle: Таблица\norigin: order{rest}");
        files.push(file(&format!("tables/{name}.yaml"), &text));
    }
    let mut report = Report::new();
    let model = resolve(&SourceSet::new("", files), &mut report);
    let found: Vec<String> = report
        .sorted()
        .into_iter()
        .map(|found| format!("{} {:?}", found.code, found.message))
        .collect();
    model.unwrap_or_else(|| panic!("{rules}\n{found:#?}"))
}

/// A rule `R-1` with this statement.
fn rule(statement: &str) -> String {
    let head = "- rule: R-1\n  title: Правило\n  metric: linkage\n  origin: order\n";
    statement.lines().fold(head.to_owned(), |text, line| {
        text + "  " + line.trim_end() + "\n"
    })
}

/// Rows, one in a line: the table, the primary key's first value, then `column=value`. A line of a
/// table's name alone puts the table into the package; all tables are in it, unless `only` is set.
fn rows(model: &Model, text: &str, only: bool) -> Rows {
    let mut rows = Rows::new(model);
    if !only {
        for table in model.tables() {
            rows.open(table);
        }
    }
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let mut words = line.split_whitespace();
        let table = model.find_table(words.next().unwrap()).unwrap();
        let filled = rows.open(table);
        let Some(key) = words.next() else { continue };
        let mut cells = vec![None; table.columns.len()];
        cells[0] = Some(key.to_owned());
        for word in words {
            let (name, value) = word.split_once('=').unwrap();
            let column = table.find_column(name).unwrap();
            cells[column.id.index()] = Some(value.replace('_', " "));
        }
        filled.push(cells.iter().map(Option::as_deref));
    }
    rows
}

/// 2026-03-01 12:00:00
fn moment() -> Moment {
    let today = Day::new(2026, 3, 1).unwrap();
    Moment {
        today,
        now: (today.0 * 24 + 12) * 3_600_000_000,
    }
}

/// What a statement finds, as `judged: key key …`, the keys by table and row.
fn found(statement: &str, text: &str) -> String {
    let model = model(&rule(statement));
    let rows = rows(&model, text, false);
    let judgement = judge(&model, &rows, moment());
    let assertion = judgement.assertion("R-1").unwrap();
    assert_eq!(assertion.unjudged, [], "{statement}");
    let mut keys: Vec<&str> = judgement.findings.iter().map(|one| &*one.key).collect();
    keys.dedup();
    assert_eq!(assertion.broken(), keys.len() as u64, "{statement}");
    let mut text = format!("{}:", assertion.judged());
    for key in keys {
        text += " ";
        text += key;
    }
    text
}

/// Holds statements against the same rows: what each finds.
fn holds(rows: &str, cases: &[(&str, &str)]) {
    for (statement, expected) in cases {
        assert_eq!(found(statement, rows), *expected, "{statement}\n{rows}");
    }
}
