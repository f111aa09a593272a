//! Random text against every reader: whatever comes in, none of them panics or hangs.

use crate::diagnostic::Report;
use crate::model::BaseType;
use crate::resolve::expr::{Scope, ScopeColumn};
use crate::source::{FileId, Fragment};

/// A small generator of numbers, the same on every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    fn soup(&mut self, words: &[&str], length: usize) -> String {
        let mut text = String::new();
        for _ in 0..self.below(length) + 1 {
            text.push_str(words[self.below(words.len())]);
            if self.below(3) > 0 {
                text.push(' ');
            }
        }
        text
    }

    fn characters(&mut self, length: usize) -> String {
        (0..self.below(length) + 1)
            .map(|_| match self.below(4) {
                0 => char::from_u32(self.below(0x11_0000) as u32).unwrap_or('ё'),
                _ => char::from(self.below(128) as u8),
            })
            .collect()
    }
}

const WORDS: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";",
    ".",
    "=",
    "<",
    ">",
    "<>",
    ">=",
    "-",
    "+",
    "*",
    "/",
    "%",
    "||",
    "::",
    "~",
    "!",
    "@",
    "#",
    "$",
    "$$",
    "?",
    ":",
    "\\",
    "'",
    "\"",
    "`",
    "--",
    "/*",
    "*/",
    "\n",
    "\r\n",
    "1",
    "0",
    "1.5",
    "1e9",
    "99999999999999999999",
    "'x'",
    "'2024-01-01'",
    "\"x\"",
    "E'x'",
    "U&'x'",
    "X'1'",
    "$1",
    "NOT",
    "AND",
    "OR",
    "IN",
    "IS",
    "NULL",
    "TRUE",
    "BETWEEN",
    "LIKE",
    "ESCAPE",
    "CASE",
    "WHEN",
    "THEN",
    "ELSE",
    "END",
    "CAST",
    "AS",
    "SELECT",
    "FROM",
    "WHERE",
    "EXISTS",
    "ANY",
    "ALL",
    "ARRAY",
    "INTERVAL",
    "DATE",
    "TIMESTAMP",
    "TIME",
    "ZONE",
    "WITH",
    "AT",
    "COLLATE",
    "EXTRACT",
    "EXTRACT(YEAR FROM",
    "ISODOW",
    "HOUR",
    "CAST(late AS",
    "full_years",
    "seconds_between",
    "split_part",
    "||",
    "SUBSTRING",
    "TRIM",
    "COALESCE",
    "NULLIF",
    "CURRENT_DATE",
    "length",
    "minutes",
    "late",
    "status",
    "имя",
    "CREATE",
    "TABLE",
    "ALTER",
    "ADD",
    "CONSTRAINT",
    "PRIMARY",
    "KEY",
    "UNIQUE",
    "FOREIGN",
    "REFERENCES",
    "CHECK",
    "COMMENT",
    "ON",
    "COLUMN",
    "DEFAULT",
    "DISTRIBUTED",
    "BY",
    "DATASOURCE_TYPE",
    "LOGICAL_ONLY",
    "varchar",
    "char",
    "bigint",
    "double",
    "precision",
    "struct",
    "map",
    "nested",
    "enum",
    "unsigned",
    "t",
    "SET",
    "BEGIN",
    "USING",
    "OVER",
    "FILTER",
    "DISTINCT",
    "ORDER",
];

const SIGNS: &[&str] = &[
    "^",
    "$",
    "(",
    ")",
    "[",
    "]",
    "[^",
    "{",
    "}",
    "{2}",
    "{2,",
    "{0,3}",
    "|",
    "?",
    "*",
    "+",
    "+?",
    ".",
    "\\",
    "\\d",
    "\\W",
    "\\s",
    "\\b",
    "\\p{L}",
    "\\x",
    "\\x{41}",
    "\\u0410",
    "(?:",
    "(?i)",
    "(?=",
    "(?P<n>",
    "[:alpha:]",
    "&&",
    "--",
    "-",
    "a",
    "я",
    "0",
    " ",
    "\n",
    "\u{10FFFF}",
    "{256}",
];

fn feed(text: &str) {
    let fragment = Fragment::file(FileId(0), text);
    let mut report = Report::new();
    let column = |name, base, codes| ScopeColumn { name, base, codes };
    let scope = Scope {
        table: "t",
        columns: vec![
            column("minutes", BaseType::Int32, None),
            column("late", BaseType::Boolean, None),
            column("status", BaseType::Varchar(Some(8)), Some(vec!["x", "y"])),
            column("имя", BaseType::Date, None),
        ],
    };
    let _ = super::types::parse(&fragment, &mut report);
    let _ = crate::resolve::expr::resolve(&fragment, &scope, &mut report);
    let _ = crate::resolve::pattern::resolve(&fragment, &mut report);
    let _ = super::ddl::read(FileId(0), text, &mut report);
    for diagnostic in report.sorted() {
        let span = diagnostic.primary.as_ref().expect("a place").span;
        assert!(
            text.get(span.start as usize..span.end as usize).is_some(),
            "{diagnostic:?} lies outside of {text:?}"
        );
        assert!(!diagnostic.message.en.is_empty() && !diagnostic.message.ru.is_empty());
    }
}

#[test]
fn soup_of_words() {
    let mut numbers = Numbers(1);
    for _ in 0..1500 {
        let soup = numbers.soup(WORDS, 14);
        feed(&soup);
        feed(&format!("minutes = {soup}"));
        feed(&format!(
            "CREATE TABLE t (minutes {soup}); CREATE TABLE u (x date)"
        ));
    }
}

#[test]
fn soup_of_signs() {
    let mut numbers = Numbers(2);
    for _ in 0..3000 {
        let soup = numbers.soup(SIGNS, 12);
        feed(&format!("^{soup}$"));
        feed(&soup);
    }
}

#[test]
fn soup_of_characters() {
    let mut numbers = Numbers(3);
    for _ in 0..1500 {
        let soup = numbers.characters(24);
        feed(&soup);
    }
}

#[test]
fn deep_and_long_texts() {
    for part in [
        "(",
        "a(",
        "[",
        "{",
        "CASE WHEN ",
        "CREATE TABLE t (",
        "a OR ",
        "NOT ",
        "-",
        "struct<",
        "array<",
        "nested(",
        "a::",
        "a.",
        "(SELECT ",
        "/*",
        "'",
        "a|",
        "(a|",
        "[a",
        "a{2}",
        ";",
        ",",
    ] {
        for times in [40, 3000] {
            feed(&part.repeat(times));
        }
    }
}
