//! `manifest.json`: what a package holds and who made it. The one definition of its text.

use std::fmt::Write;

use super::{Mode, Producer};
use crate::csv::{BooleanForm, NullForm, Profile};

/// What a package holds and who made it.
///
/// The text of [`Manifest::to_json`] is JSON with two spaces for each level and a line feed at the
/// end, its keys in the order of the fields here. It holds no time, so that the same rows give the
/// same package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// Mnemonic of the showcase.
    pub showcase: String,
    /// Version of the showcase's model.
    pub version: String,
    /// The program that made the package, when it is known.
    pub producer: Option<Producer>,
    /// What the rows are for.
    pub mode: Mode,
    /// The form of nulls and booleans.
    pub profile: Profile,
    /// The files, by name.
    pub files: Vec<ManifestFile>,
}

/// One file of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestFile {
    /// Name of the file, in the package's folder.
    pub name: String,
    /// Physical name of the table.
    pub table: String,
    /// Rows, the header not counted.
    pub rows: u64,
    /// Bytes.
    pub bytes: u64,
    /// SHA-256 of the bytes, in lower-case hexadecimal digits.
    pub sha256: String,
}

impl Manifest {
    /// The name of a manifest in the package's folder.
    pub const FILE: &'static str = "manifest.json";

    /// The value of the key `format`: name and version of the form.
    pub const FORMAT: &'static str = "vitrina-package/1";

    /// The manifest's text.
    pub fn to_json(&self) -> String {
        let mut out = String::from("{\n");
        text_line(&mut out, 1, "format", Self::FORMAT, ",");
        out += "  \"model\": {\n";
        text_line(&mut out, 2, "showcase", &self.showcase, ",");
        text_line(&mut out, 2, "version", &self.version, "");
        out += "  },\n";
        match &self.producer {
            None => out += "  \"producer\": null,\n",
            Some(producer) => {
                out += "  \"producer\": {\n";
                text_line(&mut out, 2, "name", &producer.name, ",");
                text_line(&mut out, 2, "version", &producer.version, "");
                out += "  },\n";
            }
        }
        text_line(&mut out, 1, "mode", self.mode.name(), ",");
        out += "  \"profile\": {\n";
        text_line(&mut out, 2, "null", null_name(self.profile.null), ",");
        let boolean = boolean_name(self.profile.boolean);
        text_line(&mut out, 2, "boolean", boolean, "");
        out += "  },\n";
        self.write_files(&mut out);
        out += "}\n";
        out
    }

    fn write_files(&self, out: &mut String) {
        if self.files.is_empty() {
            *out += "  \"files\": []\n";
            return;
        }
        *out += "  \"files\": [\n";
        for (place, file) in self.files.iter().enumerate() {
            *out += "    {\n";
            text_line(out, 3, "name", &file.name, ",");
            text_line(out, 3, "table", &file.table, ",");
            number_line(out, 3, "rows", file.rows);
            number_line(out, 3, "bytes", file.bytes);
            text_line(out, 3, "sha256", &file.sha256, "");
            let last = place + 1 == self.files.len();
            *out += if last { "    }\n" } else { "    },\n" };
        }
        *out += "  ]\n";
    }
}

/// The name of a form of no value: `quoted`, `bare`.
fn null_name(form: NullForm) -> &'static str {
    match form {
        NullForm::Quoted => "quoted",
        NullForm::Bare => "bare",
    }
}

/// The name of a form of truth values: `lower`, `title`, `digit`.
fn boolean_name(form: BooleanForm) -> &'static str {
    match form {
        BooleanForm::Lower => "lower",
        BooleanForm::Title => "title",
        BooleanForm::Digit => "digit",
    }
}

fn key(out: &mut String, level: usize, key: &str) {
    for _ in 0..level {
        *out += "  ";
    }
    string(out, key);
    *out += ": ";
}

fn text_line(out: &mut String, level: usize, name: &str, text: &str, end: &str) {
    key(out, level, name);
    string(out, text);
    *out += end;
    out.push('\n');
}

fn number_line(out: &mut String, level: usize, name: &str, number: u64) {
    key(out, level, name);
    // Writing to memory does not fail.
    let _ = writeln!(out, "{number},");
}

/// A string of JSON (RFC 8259): what must be escaped is, everything else stands as it is.
fn string(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => *out += "\\\"",
            '\\' => *out += "\\\\",
            '\n' => *out += "\\n",
            '\r' => *out += "\\r",
            '\t' => *out += "\\t",
            '\u{8}' => *out += "\\b",
            '\u{c}' => *out += "\\f",
            c if c < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let file = |name: &str| ManifestFile {
            name: name.into(),
            table: "mark".into(),
            rows: 2,
            bytes: 345,
            sha256: "0f".repeat(32),
        };
        Manifest {
            showcase: "edu_region".into(),
            version: "0.2.0".into(),
            producer: Some(Producer {
                name: "РИС «Школа \"1\"»\\\u{1}\n\t\u{8}\u{c}\r\u{7f}\u{2028}".into(),
                version: "1.0".into(),
            }),
            mode: Mode::Upsert,
            profile: Profile {
                null: NullForm::Bare,
                boolean: BooleanForm::Title,
            },
            files: vec![file("mark.0001.csv"), file("mark.0002.csv")],
        }
    }

    /// `serde_json` reads the text, finds what was put in, and would write the same bytes.
    #[test]
    fn the_text_is_what_a_library_of_json_writes() {
        for files in [true, false] {
            let mut manifest = manifest();
            if !files {
                manifest.files.clear();
                manifest.producer = None;
            }
            let text = manifest.to_json();
            let value: serde_json::Value = serde_json::from_str(&text).unwrap();
            assert_eq!(format!("{value:#}\n"), text);
            let keys: Vec<&String> = value.as_object().unwrap().keys().collect();
            let expected = ["format", "model", "producer", "mode", "profile", "files"];
            assert_eq!(keys, expected);
            let name = value["producer"]["name"].as_str();
            assert_eq!(name, manifest.producer.as_ref().map(|it| it.name.as_str()));
            assert_eq!(value["mode"], "upsert");
            assert_eq!(value["profile"]["null"], "bare");
            assert_eq!(value["profile"]["boolean"], "title");
            let count = value["files"].as_array().unwrap().len();
            assert_eq!(count, manifest.files.len());
        }
    }

    #[test]
    fn modes_have_names() {
        for mode in [Mode::Full, Mode::Upsert, Mode::Delete] {
            assert_eq!(Mode::from_name(mode.name()), Some(mode));
        }
        assert_eq!(Mode::from_name("Full"), None);
    }
}
