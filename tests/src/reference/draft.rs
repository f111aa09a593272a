//! A package that is not written yet: its files, and what its manifest says of them.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};
use vitrina::csv::{BooleanForm, NullForm, Profile};
use vitrina::package::{Manifest, ManifestFile, Mode, Producer};
use vitrina_codegen::model::{self, Model};

/// A file of a draft.
#[derive(Debug, Clone)]
pub struct File {
    /// The table that the manifest gives; none for a file that it does not list.
    pub table: Option<String>,
    /// What lies in it.
    pub bytes: Vec<u8>,
}

/// A package that is not written yet.
#[derive(Debug, Clone)]
pub struct Draft {
    /// By name, `/` between folders.
    pub files: BTreeMap<String, File>,
    /// The manifest as it would be; its files are filled in at the end.
    manifest: Manifest,
    has_manifest: bool,
}

impl Draft {
    /// Without files, with a manifest by the model.
    pub fn new(model: &Model) -> Draft {
        let showcase = model.showcase();
        Draft {
            files: BTreeMap::new(),
            manifest: Manifest {
                showcase: showcase.mnemonic.clone(),
                version: showcase.version.to_string(),
                producer: Some(Producer {
                    name: "vitrina-tests".into(),
                    version: "1".into(),
                }),
                mode: Mode::Full,
                profile: profile(showcase.csv),
                files: Vec::new(),
            },
            has_manifest: true,
        }
    }

    /// Adds a file, or replaces the one of that name.
    pub fn add(&mut self, name: &str, table: Option<&str>, bytes: Vec<u8>) {
        let table = table.map(str::to_owned);
        self.files.insert(name.to_owned(), File { table, bytes });
    }

    /// What the package is for.
    #[must_use]
    pub fn mode(mut self, mode: Mode) -> Draft {
        self.manifest.mode = mode;
        self
    }

    /// Without a manifest.
    #[must_use]
    pub fn bare(mut self) -> Draft {
        self.has_manifest = false;
        self
    }

    /// Gives a file another name.
    #[must_use]
    pub fn rename(mut self, from: &str, to: &str) -> Draft {
        if let Some(file) = self.files.remove(from) {
            self.files.insert(to.to_owned(), file);
        }
        self
    }

    /// With a file beside those of tables.
    #[must_use]
    pub fn beside(mut self, name: &str, bytes: &[u8]) -> Draft {
        self.add(name, None, bytes.to_vec());
        self
    }

    /// The bytes of a table's file changed.
    #[must_use]
    pub fn bytes(mut self, table: &str, change: impl FnOnce(Vec<u8>) -> Vec<u8>) -> Draft {
        if let Some(file) = self.files.get_mut(&format!("{table}.csv")) {
            file.bytes = change(std::mem::take(&mut file.bytes));
        }
        self
    }

    /// The text of a table's file changed.
    #[must_use]
    pub fn text(self, table: &str, change: impl FnOnce(&str) -> String) -> Draft {
        self.bytes(table, |bytes| {
            change(&String::from_utf8_lossy(&bytes)).into_bytes()
        })
    }

    /// A line of a table's file changed; the header is line 1.
    #[must_use]
    pub fn line(self, table: &str, line: usize, change: impl FnOnce(&str) -> String) -> Draft {
        self.text(table, |text| {
            let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
            if let Some(line) = lines.get_mut(line - 1) {
                *line = change(line);
            }
            lines.join("\n")
        })
    }

    /// A field changed: what stands between its quotes.
    #[must_use]
    pub fn field(self, table: &str, line: usize, column: &str, value: &str) -> Draft {
        self.raw_field(table, line, column, &format!("\"{value}\""))
    }

    /// A field changed, its quotes included.
    #[must_use]
    pub fn raw_field(self, table: &str, line: usize, column: &str, field: &str) -> Draft {
        let place = self.place_of(table, column);
        self.line(table, line, |line| {
            let inner = line
                .strip_prefix('"')
                .and_then(|line| line.strip_suffix('"'));
            let mut fields: Vec<String> = (inner.unwrap_or(line).split("\";\""))
                .map(|one| format!("\"{one}\""))
                .collect();
            if let Some(one) = place.and_then(|place| fields.get_mut(place)) {
                field.clone_into(one);
            }
            fields.join(";")
        })
    }

    fn place_of(&self, table: &str, column: &str) -> Option<usize> {
        let text = &self.files.get(&format!("{table}.csv"))?.bytes;
        let header = text.split(|byte| *byte == b'\n').next()?;
        let mut names = header.split(|byte| *byte == b';');
        names.position(|name| name == column.as_bytes())
    }

    /// The manifest changed, when all files are as they are.
    #[must_use]
    pub fn manifest(mut self, change: impl FnOnce(&mut Manifest)) -> Draft {
        let mut manifest = self.listed();
        change(&mut manifest);
        self.has_manifest = false;
        self.beside(Manifest::FILE, manifest.to_json().as_bytes())
    }

    /// The files by name, with the manifest.
    pub fn finish(self) -> BTreeMap<String, Vec<u8>> {
        let manifest = self.has_manifest.then(|| self.listed().to_json());
        let files = self.files.into_iter();
        let mut files: BTreeMap<String, Vec<u8>> =
            files.map(|(name, file)| (name, file.bytes)).collect();
        files.extend(manifest.map(|text| (Manifest::FILE.to_owned(), text.into_bytes())));
        files
    }

    /// The manifest of the files as they are.
    fn listed(&self) -> Manifest {
        let files = self.files.iter().filter_map(|(name, file)| {
            let digest = Sha256::digest(&file.bytes);
            Some(ManifestFile {
                name: name.clone(),
                table: file.table.clone()?,
                rows: file.bytes.iter().filter(|byte| **byte == b'\n').count() as u64,
                bytes: file.bytes.len() as u64,
                sha256: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
            })
        });
        Manifest {
            files: files.collect(),
            ..self.manifest.clone()
        }
    }
}

/// A model's profile as manifests have it.
fn profile(csv: model::CsvProfile) -> Profile {
    Profile {
        null: match csv.null {
            model::NullForm::Quoted => NullForm::Quoted,
            model::NullForm::Bare => NullForm::Bare,
        },
        boolean: match csv.boolean {
            model::BooleanForm::Lower => BooleanForm::Lower,
            model::BooleanForm::Title => BooleanForm::Title,
            model::BooleanForm::Digit => BooleanForm::Digit,
        },
    }
}
