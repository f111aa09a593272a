//! The manifest: what the writer says of its package.

use serde_json::{Map, Value};
use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::model::{BooleanForm, CsvProfile, NullForm};
use vitrina_codegen::text;

use super::Mode;

/// Name of the file.
pub(super) const NAME: &str = "manifest.json";

/// What its key `format` says.
const FORMAT: &str = "vitrina-package/1";

/// A manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Manifest {
    /// Mnemonic of the showcase.
    pub showcase: String,
    /// Version of its model.
    pub version: String,
    /// Name and version of the program that wrote the package.
    pub producer: Option<(String, String)>,
    /// What the package says of other rows.
    pub mode: Mode,
    /// How absent values and booleans are written.
    pub profile: CsvProfile,
    /// The files.
    pub files: Vec<Listed>,
}

/// What a manifest says of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// The table whose rows it holds.
    pub table: String,
    /// Rows, without the header.
    pub rows: u64,
    /// Bytes.
    pub bytes: u64,
    /// SHA-256 in lower-case hexadecimal digits.
    pub sha256: String,
}

/// Reads a manifest; the error says what is wrong with it.
pub(super) fn parse(bytes: &[u8]) -> Result<Manifest, Text> {
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|error| text!("no JSON: {error}", "это не JSON: {error}"))?;
    let root = object(&value, "")?;
    let format = string(root, "format")?;
    if format != FORMAT {
        let format = shown(&format);
        return Err(text!(
            "its `format` is `{format}`, known is `{FORMAT}`",
            "его `format` — `{format}`, известен `{FORMAT}`"
        ));
    }
    let model = object(get(root, "model")?, "model")?;
    let profile = object(get(root, "profile")?, "profile")?;
    let producer = match root.get("producer") {
        None | Some(Value::Null) => None,
        Some(value) => {
            let producer = object(value, "producer")?;
            Some((string(producer, "name")?, string(producer, "version")?))
        }
    };
    let Value::Array(files) = get(root, "files")? else {
        return Err(wrong("files"));
    };
    let mut listed: Vec<Listed> = Vec::new();
    for file in files {
        let file = object(file, "files")?;
        listed.push(Listed {
            name: string(file, "name")?,
            table: string(file, "table")?,
            rows: number(file, "rows")?,
            bytes: number(file, "bytes")?,
            sha256: hash(file)?,
        });
    }
    listed.sort_by(|left, right| left.name.cmp(&right.name));
    let twice = listed.windows(2).find(|pair| pair[0].name == pair[1].name);
    if let Some(name) = twice.map(|pair| shown(&pair[0].name)) {
        return Err(text!(
            "it lists `{name}` twice",
            "файл `{name}` назван в нём дважды"
        ));
    }
    Ok(Manifest {
        showcase: string(model, "showcase")?,
        version: string(model, "version")?,
        producer,
        mode: one_of(
            root,
            "mode",
            &[
                ("full", Mode::Full),
                ("upsert", Mode::Upsert),
                ("delete", Mode::Delete),
            ],
        )?,
        profile: CsvProfile {
            null: one_of(
                profile,
                "null",
                &[("quoted", NullForm::Quoted), ("bare", NullForm::Bare)],
            )?,
            boolean: one_of(
                profile,
                "boolean",
                &[
                    ("lower", BooleanForm::Lower),
                    ("title", BooleanForm::Title),
                    ("digit", BooleanForm::Digit),
                ],
            )?,
        },
        files: listed,
    })
}

fn get<'v>(object: &'v Map<String, Value>, key: &str) -> Result<&'v Value, Text> {
    object
        .get(key)
        .ok_or_else(|| text!("it has no key `{key}`", "в нём нет ключа `{key}`"))
}

fn wrong(key: &str) -> Text {
    match key {
        "" => text!("it is no JSON object", "это не объект JSON"),
        _ => text!(
            "the value of `{key}` is of another form",
            "значение ключа `{key}` другого вида"
        ),
    }
}

fn object<'v>(value: &'v Value, key: &str) -> Result<&'v Map<String, Value>, Text> {
    value.as_object().ok_or_else(|| wrong(key))
}

fn string(object: &Map<String, Value>, key: &str) -> Result<String, Text> {
    let text = get(object, key)?.as_str().ok_or_else(|| wrong(key))?;
    Ok(text.to_owned())
}

fn number(object: &Map<String, Value>, key: &str) -> Result<u64, Text> {
    get(object, key)?.as_u64().ok_or_else(|| wrong(key))
}

fn hash(object: &Map<String, Value>) -> Result<String, Text> {
    let text = string(object, "sha256")?.to_ascii_lowercase();
    let is_hash = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then_some(text).ok_or_else(|| wrong("sha256"))
}

fn one_of<T: Copy>(object: &Map<String, Value>, key: &str, words: &[(&str, T)]) -> Result<T, Text> {
    let text = string(object, key)?;
    let found = words.iter().find(|(word, _)| *word == text);
    found.map(|(_, value)| *value).ok_or_else(|| wrong(key))
}

/// A foreign text, short enough for a message.
fn shown(text: &str) -> String {
    text.chars()
        .filter(|one| !one.is_control())
        .take(100)
        .collect()
}
