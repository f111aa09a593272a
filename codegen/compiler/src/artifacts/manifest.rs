//! `MANIFEST.json` of an output folder: which files the generator wrote there, for which target and
//! from which model. It tells generated files from other people's, and tells what to remove.
//!
//! ```json
//! {
//!   "format": 1,
//!   "targets": {
//!     "ddl": {
//!       "model": "edu_region 1.0.0",
//!       "files": { "ddl/postgres/tables.sql": "9f86d081…" }
//!     }
//!   }
//! }
//! ```
//!
//! Each target has its own `model`, because targets may be generated one at a time. Paths are
//! relative to the folder, with `/`; digests are SHA-256 of the bytes, lower-case hexadecimal.
//! No time and no version of the tool: equal models give equal manifests.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::diagnostic::Text;
use crate::text;

/// The name of the manifest in its folder.
pub const FILE_NAME: &str = "MANIFEST.json";

/// What a manifest says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// By the targets' ids.
    pub targets: BTreeMap<String, Entry>,
}

/// What a manifest says of one target.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Mnemonic and version of the model.
    pub model: String,
    /// Digest by path.
    pub files: BTreeMap<String, String>,
}

impl Manifest {
    /// Reads a manifest's text.
    ///
    /// # Errors
    ///
    /// Says what is wrong. A path that leaves the folder is an error: what a manifest lists may
    /// be overwritten and removed.
    pub fn parse(text: &str) -> Result<Manifest, Text> {
        let value: Value = serde_json::from_str(text)
            .map_err(|error| text!("it is not JSON: {error}", "это не JSON: {error}"))?;
        match value.get("format").and_then(Value::as_u64) {
            Some(1) => {}
            Some(format) => {
                return Err(text!(
                    "its format is {format}, this version knows format 1",
                    "его формат — {format}, этой версии известен формат 1"
                ));
            }
            None => return Err(shape()),
        }
        let targets = value.get("targets").and_then(Value::as_object);
        targets
            .ok_or_else(shape)?
            .iter()
            .map(|(id, value)| Ok((id.clone(), entry(value)?)))
            .collect::<Result<_, _>>()
            .map(|targets| Manifest { targets })
    }

    /// The manifest's text.
    pub fn to_text(&self) -> String {
        let targets: Map<String, Value> = self
            .targets
            .iter()
            .map(|(id, entry)| {
                let entry = json!({ "model": entry.model, "files": entry.files });
                (id.clone(), entry)
            })
            .collect();
        format!("{:#}\n", json!({ "format": 1, "targets": targets }))
    }

    /// The digest of a path, whichever target's it is.
    pub fn digest(&self, path: &str) -> Option<&str> {
        self.targets
            .values()
            .find_map(|entry| entry.files.get(path))
            .map(String::as_str)
    }

    /// Every path.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.targets
            .values()
            .flat_map(|entry| entry.files.keys())
            .map(String::as_str)
    }
}

/// The digest of a file's bytes.
pub fn digest(content: &[u8]) -> String {
    Sha256::digest(content)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Whether a path stays inside the folder and means the same on every system.
pub(super) fn is_inside(path: &str) -> bool {
    path != FILE_NAME
        && !path.contains(['\\', ':', '\0'])
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

fn shape() -> Text {
    text!(
        "it has not the members of a manifest",
        "в нём нет того, что есть в манифесте"
    )
}

fn entry(value: &Value) -> Result<Entry, Text> {
    let model = value.get("model").and_then(Value::as_str);
    let files = value.get("files").and_then(Value::as_object);
    let (Some(model), Some(files)) = (model, files) else {
        return Err(shape());
    };
    let file = |(path, digest): (&String, &Value)| {
        if !is_inside(path) {
            return Err(text!(
                "the path `{path}` leaves the folder",
                "путь `{path}` выходит за пределы папки"
            ));
        }
        let digest = digest.as_str().ok_or_else(shape)?;
        Ok((path.clone(), digest.to_owned()))
    };
    Ok(Entry {
        model: model.to_owned(),
        files: files.iter().map(file).collect::<Result<_, _>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_value_are_the_same() {
        let files = [("a/ё.sql", "1"), ("a/b.sql", "2")];
        let entry = Entry {
            model: "edu 1.0.0".into(),
            files: files.map(|(p, d)| (p.into(), d.into())).into(),
        };
        let manifest = Manifest {
            targets: [("ddl".into(), entry)].into(),
        };
        let text = manifest.to_text();
        assert_eq!(Manifest::parse(&text).unwrap(), manifest);
        insta::assert_snapshot!(text);
    }

    #[test]
    fn what_is_no_manifest_is_refused() {
        for text in [
            "",
            "[]",
            "{}",
            r#"{"format": 2, "targets": {}}"#,
            r#"{"format": 1}"#,
            r#"{"format": 1, "targets": {"a": {}}}"#,
            r#"{"format": 1, "targets": {"a": {"model": "", "files": {"a": 1}}}}"#,
        ] {
            assert!(Manifest::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn paths_that_leave_the_folder_are_refused() {
        for path in [
            "../a",
            "/etc/passwd",
            "a/../../b",
            "a//b",
            "C:/a",
            "a\\\\b",
            "",
            "MANIFEST.json",
        ] {
            let text = format!(
                r#"{{"format": 1, "targets": {{"a": {{"model": "", "files": {{"{path}": ""}}}}}}}}"#
            );
            assert!(Manifest::parse(&text).is_err(), "{path}");
        }
    }

    #[test]
    fn digests_are_those_of_sha256sum() {
        assert_eq!(
            digest(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
