//! What was mended and what was left, for people and programs.

use serde_json::{Value, json};
use vitrina_codegen::Lang;

use super::mend::{Lefts, Mends};
use crate::code::{ARCHIVE, MISSING_LISTED, MISSING_PART, READ_FAILED, UNFINISHED};
use crate::inventory::Package;
use crate::{Code, Facts};

/// What was mended and what was left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The files, by their names before.
    pub files: Vec<FileReport>,
    /// What is wrong with the package itself and stays so: files that were not taken over, among others.
    pub lefts: Lefts,
}

/// Findings of files that are not there, or must not be read.
const NOT_TAKEN_OVER: [Code; 5] = [
    MISSING_LISTED,
    ARCHIVE,
    READ_FAILED,
    UNFINISHED,
    MISSING_PART,
];

/// What was done with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileReport {
    /// Its name in the package that was read.
    pub name: String,
    /// Its name now; empty when it was not taken over, because another file has its name.
    pub written_name: String,
    /// Physical name of its table, if it belongs to one.
    pub table: Option<String>,
    /// Rows, the header not counted.
    pub rows: u64,
    /// Bytes.
    pub bytes: u64,
    /// SHA-256, hexadecimal, lower case.
    pub sha256: String,
    /// What was mended, how often.
    pub mends: Mends,
    /// What was left as it is.
    pub lefts: Lefts,
}

impl Report {
    pub(super) fn new(package: &Package, files: Vec<FileReport>) -> Report {
        let mut lefts = Lefts::default();
        for (key, _) in package.findings.groups() {
            // What is told of files that are there stands with them.
            if key.file.is_none() && NOT_TAKEN_OVER.contains(&key.code) {
                lefts.add(key.code, key.facts.clone(), None);
            }
        }
        Report { files, lefts }
    }

    /// Whether nothing had to be mended.
    pub fn is_unchanged(&self) -> bool {
        self.files.iter().all(|file| file.mends.is_empty())
    }

    /// Whether something was left that is not as it must be.
    pub fn has_lefts(&self) -> bool {
        !self.lefts.is_empty() || self.files.iter().any(|file| !file.lefts.is_empty())
    }

    /// For people: files with what was mended or left.
    pub fn to_text(&self, lang: Lang) -> String {
        let mut text = String::new();
        for file in &self.files {
            if file.mends.is_empty() && file.lefts.is_empty() {
                continue;
            }
            text += &file.name;
            if file.name != file.written_name && !file.written_name.is_empty() {
                text += &format!(" → {}", file.written_name);
            }
            text.push('\n');
            for (mend, count) in file.mends.iter() {
                text += &format!("  {}: {count}\n", mend.title(lang));
            }
            text += &lefts_text(&file.lefts, lang);
        }
        if !self.lefts.is_empty() {
            text += match lang {
                Lang::En => "the package\n",
                Lang::Ru => "пакет\n",
            };
            text += &lefts_text(&self.lefts, lang);
        }
        if text.is_empty() {
            text += match lang {
                Lang::En => "nothing had to be mended\n",
                Lang::Ru => "исправлять нечего\n",
            };
        }
        text
    }

    /// The same for programs.
    pub fn to_json(&self) -> Value {
        let file = |file: &FileReport| {
            let mends = file.mends.iter().map(|(mend, count)| {
                json!({
                    "kind": mend.name(),
                    "code": mend.code().map(Code::as_str),
                    "count": count,
                })
            });
            json!({
                "name": file.name,
                "written": file.written_name,
                "table": file.table,
                "rows": file.rows,
                "bytes": file.bytes,
                "sha256": file.sha256,
                "mended": mends.collect::<Vec<Value>>(),
                "left": lefts_json(&file.lefts),
            })
        };
        json!({
            "files": self.files.iter().map(file).collect::<Vec<Value>>(),
            "left": lefts_json(&self.lefts),
        })
    }
}

fn lefts_text(lefts: &Lefts, lang: Lang) -> String {
    let (left, at) = match lang {
        Lang::En => ("left", "lines"),
        Lang::Ru => ("оставлено", "строки"),
    };
    let mut text = String::new();
    for (code, facts, count, lines) in lefts.iter() {
        let message = code.message(facts, lang);
        text += &format!("  {left}: {} {message}", code.as_str());
        if count > 1 {
            text += &format!(" × {count}");
        }
        if !lines.is_empty() {
            let lines: Vec<String> = lines.iter().map(u64::to_string).collect();
            text += &format!(" ({at} {})", lines.join(", "));
        }
        text.push('\n');
    }
    text
}

fn lefts_json(lefts: &Lefts) -> Vec<Value> {
    let left = |(code, facts, count, lines): (Code, &Facts, u64, &[u64])| {
        json!({
            "code": code.as_str(),
            "message": {
                "en": code.message(facts, Lang::En),
                "ru": code.message(facts, Lang::Ru),
            },
            "count": count,
            "lines": lines,
        })
    };
    lefts.iter().map(left).collect()
}
