//! `delta.json`: what a delta was made of, so that it is applied to nothing else and its result is proved.

use serde_json::{Value, json};
use vitrina_codegen::text;

use super::error::Error;

/// The name of the file in the delta's folder.
pub(super) const FILE: &str = "delta.json";
/// Name and version of its form.
const FORMAT: &str = "vitrina-delta/1";

/// What a delta was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Journal {
    /// Mnemonic of the showcase.
    pub(super) showcase: String,
    /// Version of the model.
    pub(super) version: String,
    pub(super) tables: Vec<TableEntry>,
    /// The text of the new package's manifest, if it has one.
    pub(super) manifest: Option<String>,
}

/// What became of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TableEntry {
    pub(super) table: String,
    pub(super) added: u64,
    pub(super) changed: u64,
    pub(super) deleted: u64,
    pub(super) unchanged: u64,
    /// Of the unchanged ones those whose line is another all the same.
    pub(super) reformed: u64,
    /// Whether a script says the order of the new rows.
    pub(super) script: bool,
    pub(super) old: Vec<FileEntry>,
    pub(super) new: Vec<FileEntry>,
}

/// A file of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FileEntry {
    pub(super) name: String,
    pub(super) rows: u64,
    pub(super) bytes: u64,
    pub(super) sha256: String,
    /// Whether a line feed stands behind the last line.
    pub(super) final_line_feed: bool,
}

impl Journal {
    pub(super) fn to_json(&self) -> String {
        let file = |file: &FileEntry| {
            json!({
                "name": file.name,
                "rows": file.rows,
                "bytes": file.bytes,
                "sha256": file.sha256,
                "final_line_feed": file.final_line_feed,
            })
        };
        let files = |files: &[FileEntry]| files.iter().map(file).collect::<Vec<Value>>();
        let tables = self.tables.iter().map(|entry| {
            json!({
                "table": entry.table,
                "added": entry.added,
                "changed": entry.changed,
                "deleted": entry.deleted,
                "unchanged": entry.unchanged,
                "reformed": entry.reformed,
                "script": entry.script,
                "old": files(&entry.old),
                "new": files(&entry.new),
            })
        });
        let document = json!({
            "format": FORMAT,
            "model": { "showcase": self.showcase, "version": self.version },
            "tables": tables.collect::<Vec<Value>>(),
            "manifest": self.manifest,
        });
        format!("{document:#}\n")
    }

    pub(super) fn parse(text: &[u8]) -> Result<Journal, Error> {
        let broken = || {
            Error::Broken(text!(
                "`{FILE}` is not as `vitrina delta` writes it",
                "`{FILE}` не такой, каким его пишет `vitrina delta`"
            ))
        };
        let document: Value = serde_json::from_slice(text).map_err(|_| broken())?;
        if text_of(&document, "format").as_deref() != Some(FORMAT) {
            return Err(broken());
        }
        let read = || {
            let model = document.get("model")?;
            let tables = document.get("tables")?.as_array()?.iter().map(table);
            let manifest = match document.get("manifest")? {
                Value::Null => None,
                text => Some(text.as_str()?.to_owned()),
            };
            Some(Journal {
                showcase: text_of(model, "showcase")?,
                version: text_of(model, "version")?,
                tables: tables.collect::<Option<_>>()?,
                manifest,
            })
        };
        read().ok_or_else(broken)
    }
}

fn table(value: &Value) -> Option<TableEntry> {
    let files = |name| -> Option<Vec<FileEntry>> {
        value.get(name)?.as_array()?.iter().map(file).collect()
    };
    Some(TableEntry {
        table: text_of(value, "table")?,
        added: value.get("added")?.as_u64()?,
        changed: value.get("changed")?.as_u64()?,
        deleted: value.get("deleted")?.as_u64()?,
        unchanged: value.get("unchanged")?.as_u64()?,
        reformed: value.get("reformed")?.as_u64()?,
        script: value.get("script")?.as_bool()?,
        old: files("old")?,
        new: files("new")?,
    })
}

fn file(value: &Value) -> Option<FileEntry> {
    let name = text_of(value, "name")?;
    // It becomes a file's name: nothing but a plain name may be one.
    let plain =
        !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':', '\0']);
    plain.then_some(FileEntry {
        name,
        rows: value.get("rows")?.as_u64()?,
        bytes: value.get("bytes")?.as_u64()?,
        sha256: text_of(value, "sha256")?,
        final_line_feed: value.get("final_line_feed")?.as_bool()?,
    })
}

fn text_of(value: &Value, name: &str) -> Option<String> {
    Some(value.get(name)?.as_str()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn journal() -> Journal {
        let file = FileEntry {
            name: "a.csv".into(),
            rows: 3,
            bytes: 9,
            sha256: "00".into(),
            final_line_feed: true,
        };
        Journal {
            showcase: "s".into(),
            version: "1.0.0".into(),
            tables: vec![TableEntry {
                table: "a".into(),
                added: 1,
                changed: 2,
                deleted: 3,
                unchanged: 4,
                reformed: 0,
                script: true,
                old: Vec::new(),
                new: vec![file],
            }],
            manifest: Some("{}\n".into()),
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let journal = journal();
        assert_eq!(
            Journal::parse(journal.to_json().as_bytes()).unwrap(),
            journal
        );
    }

    #[test]
    fn names_that_climb_out_are_refused() {
        for bad in ["../a.csv", "/a.csv", "x\\a.csv", "", ".a.csv", "C:a.csv"] {
            let mut journal = journal();
            journal.tables[0].new[0].name = bad.to_owned();
            assert!(Journal::parse(journal.to_json().as_bytes()).is_err());
        }
    }
}
