//! Rows that stand in the way of a delta: unreadable ones, ones without a key, keys that come twice.

use serde_json::{Value, json};
use vitrina_codegen::Lang;

use super::side::Which;
use crate::{Code, Facts};

/// A row that stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong with it.
    pub code: Code,
    /// The package.
    pub which: Which,
    /// Physical name of the table.
    pub table: String,
    /// The file.
    pub file: String,
    /// Line of the file, from 1; none where the whole file is at fault.
    pub line: Option<u64>,
    /// File and line of the first row with this key, where the key comes again.
    pub first: Option<(String, u64)>,
    /// Values of the key, `|` between them; masked when personal.
    pub key: Option<String>,
    /// What the message says beside its own words.
    pub facts: Facts,
}

/// All rows that stand in the way; a few of each table are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems {
    kept: Vec<Problem>,
    count: u64,
}

impl Problems {
    /// How many there are.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Those that are shown.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.kept.iter()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Counts a problem and keeps it while there is room.
    pub(super) fn add(&mut self, limit: usize, problem: impl FnOnce() -> Problem) {
        self.count += 1;
        if self.kept.len() < limit {
            self.kept.push(problem());
        }
    }

    pub(super) fn merge(&mut self, other: Problems) {
        self.count += other.count;
        self.kept.extend(other.kept);
    }
}

impl Problem {
    /// Place and reason in one line.
    pub fn message(&self, lang: Lang) -> String {
        let code = self.code.as_str();
        let which = self.which.name(lang);
        let what = self.code.message(&self.facts, lang);
        let (line_word, first_word, key_word) = match lang {
            Lang::En => ("line", "first", "key"),
            Lang::Ru => ("строка", "впервые", "ключ"),
        };
        let file = &self.file;
        let place = self.line.map(|line| format!(", {line_word} {line}"));
        let place = place.unwrap_or_default();
        let mut text = format!("{code} {which}, `{file}`{place}: {what}");
        if let Some(key) = &self.key {
            text += &format!(", {key_word} `{key}`");
        }
        if let Some((file, line)) = &self.first {
            text += &format!(", {first_word}: `{file}`, {line_word} {line}");
        }
        text
    }

    /// As JSON.
    pub fn to_json(&self) -> Value {
        json!({
            "code": self.code.as_str(),
            "package": self.which.word(),
            "table": self.table,
            "file": self.file,
            "line": self.line,
            "key": self.key,
            "first": self.first.as_ref().map(|(file, line)| json!({ "file": file, "line": line })),
            "message": {
                "en": self.code.message(&self.facts, Lang::En),
                "ru": self.code.message(&self.facts, Lang::Ru),
            },
        })
    }
}
