//! A package on its way: tables' files, what else lies there, and the manifest.

use std::io;
use std::path::Path;

use vitrina::package::{Manifest, ManifestFile, Mode, Producer};

use super::base::Base;
use super::claim::Mutation;
use super::finding::{Findings, Kind, Place};
use super::shape::{EightBit, utf_16};

/// A package that was changed.
#[derive(Debug)]
pub struct Changed<'b> {
    /// What it was made of.
    pub base: &'b Base,
    /// The files of tables.
    pub tables: Vec<TableFile>,
    /// Files of no table: name and bytes.
    pub others: Vec<(String, Vec<u8>)>,
    /// The manifest's text, made of the files as they are; none for a package without one.
    pub manifest: Option<ManifestChange>,
    /// What the changes alone say of files and of the package.
    pub said: Findings,
    /// The changes.
    pub mutations: Vec<Mutation>,
}

/// What is wrong with the manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ManifestChange {
    /// Nothing.
    None,
    /// Its text ends in the middle.
    Cut,
    /// It lists one row more of the file at this position.
    Rows(usize),
    /// It lists one byte more.
    Bytes(usize),
    /// It lists another hash.
    Hash(usize),
    /// It does not list the file.
    Unlisted(usize),
    /// It lists a file that is not there.
    Missing(String, String),
    /// It names another version of the model.
    Version,
}

/// The file of a table.
#[derive(Debug, Clone)]
pub struct TableFile {
    /// Position among the tables of the base.
    pub at: usize,
    /// Whether anything was changed.
    pub is_touched: bool,
    /// Whether it is in the package.
    pub is_there: bool,
    /// The rows, in the usual form.
    pub lines: Vec<Vec<u8>>,
    /// Whether a line feed stands at the end.
    pub ends_with_feed: bool,
    /// How it is written.
    pub layout: Layout,
    /// The names of its files, with how many of the rows each has.
    pub names: Vec<(String, usize)>,
}

/// How a file is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Layout {
    /// As it should be.
    Clean,
    /// Behind a byte order mark.
    Mark,
    /// In UTF-16: whether the greater byte comes first, whether a mark stands before it.
    Utf16(bool, bool),
    /// In an encoding of one byte a letter.
    EightBit(EightBit),
    /// With another character between fields.
    Separator(char),
    /// Without a header.
    NoHeader,
    /// With another first line.
    Header(String),
    /// With the columns in another order.
    Order(Vec<usize>),
    /// With a column more, of this name, in each row.
    Column(String),
    /// Lines end with CR LF.
    Returns,
    /// Bytes that are no rows.
    Other(Vec<u8>),
}

impl TableFile {
    /// Whether its rows can be read.
    pub fn is_readable(&self) -> bool {
        self.is_there && !matches!(self.layout, Layout::Other(_))
    }

    /// The line of its file of the row at this position, with the file's name.
    pub fn place(&self, row: usize) -> Place {
        let first = match self.layout {
            Layout::NoHeader => 1,
            _ => 2,
        };
        let mut start = 0;
        for (at, (name, rows)) in self.names.iter().enumerate() {
            if row < start + rows || at + 1 == self.names.len() {
                return Place {
                    file: Some(name.clone()),
                    line: Some((row - start) as u64 + first),
                };
            }
            start += rows;
        }
        Place {
            file: None,
            line: None,
        }
    }

    /// The rows, joined: what stands behind the header.
    pub fn body(&self) -> Vec<u8> {
        let mut body = self.lines.join(&b'\n');
        if self.ends_with_feed {
            body.push(b'\n');
        }
        body
    }

    /// Its files: name, rows as lines, bytes.
    fn files(&self, header: &str) -> Vec<(String, usize, Vec<u8>)> {
        let mut start = 0;
        let mut files = Vec::new();
        for (name, rows) in &self.names {
            let end = match self.names.len() {
                1 => self.lines.len(),
                _ => (start + rows).min(self.lines.len()),
            };
            let feed = self.ends_with_feed && end == self.lines.len();
            let lines = &self.lines[start..end];
            let bytes = self.layout.write(header, lines, feed);
            // A row is a line, one that a change broke in two is two.
            let breaks = lines
                .iter()
                .flatten()
                .filter(|byte| **byte == b'\n')
                .count();
            files.push((name.clone(), end - start + breaks, bytes));
            start = end;
        }
        files
    }
}

impl Layout {
    fn write(&self, header: &str, lines: &[Vec<u8>], feed: bool) -> Vec<u8> {
        let text = || {
            let lines: Vec<String> = lines.iter().map(|one| lossy(one)).collect();
            let mut all = vec![header.to_owned()];
            all.extend(lines);
            let end = if feed { "\n" } else { "" };
            all.join("\n") + end
        };
        let each = |change: &dyn Fn(&str) -> String, header: &str| {
            let mut all = vec![header.to_owned()];
            all.extend(lines.iter().map(|one| change(&lossy(one))));
            let end = if feed { "\n" } else { "" };
            (all.join("\n") + end).into_bytes()
        };
        match self {
            Layout::Other(bytes) => bytes.clone(),
            Layout::Clean => joined(header.as_bytes(), lines, feed),
            Layout::Header(other) => joined(other.as_bytes(), lines, feed),
            Layout::Mark => {
                let marked = format!("\u{feff}{header}");
                joined(marked.as_bytes(), lines, feed)
            }
            Layout::NoHeader => {
                let mut bytes = lines.join(&b'\n');
                if feed {
                    bytes.push(b'\n');
                }
                bytes
            }
            Layout::Utf16(is_big, has_mark) => utf_16(&text(), *is_big, *has_mark),
            Layout::EightBit(encoding) => encoding.encode(&text()).unwrap_or_default(),
            Layout::Separator(separator) => {
                let change = |line: &str| super::shape::fields(line).join(&separator.to_string());
                each(&change, &header.replace(';', &separator.to_string()))
            }
            Layout::Order(order) => {
                let change = |line: &str| {
                    let fields = super::shape::fields(line);
                    let fields: Vec<&str> = order.iter().map(|at| fields[*at]).collect();
                    fields.join(";")
                };
                each(&change, &change(header))
            }
            Layout::Column(name) => {
                let change = |line: &str| format!("{line};\"\"");
                each(&change, &format!("{header};{name}"))
            }
            Layout::Returns => {
                let text = text();
                let end = if feed { "" } else { "\r" };
                (text.replace('\n', "\r\n") + end).into_bytes()
            }
        }
    }
}

fn joined(header: &[u8], lines: &[Vec<u8>], feed: bool) -> Vec<u8> {
    let mut bytes = header.to_vec();
    for line in lines {
        bytes.push(b'\n');
        bytes.extend_from_slice(line);
    }
    if feed {
        bytes.push(b'\n');
    }
    bytes
}

fn lossy(line: &[u8]) -> String {
    String::from_utf8_lossy(line).into_owned()
}

impl<'b> Changed<'b> {
    /// A package without a change.
    pub fn new(base: &'b Base) -> Changed<'b> {
        let tables = base.tables.iter().enumerate().map(|(at, table)| TableFile {
            at,
            is_touched: false,
            is_there: true,
            lines: (table.lines.iter())
                .map(|line| line.as_bytes().to_vec())
                .collect(),
            ends_with_feed: false,
            layout: Layout::Clean,
            names: vec![(format!("{}.csv", base.table(at).name), table.lines.len())],
        });
        Changed {
            base,
            tables: tables.collect(),
            others: Vec::new(),
            manifest: None,
            said: Findings::default(),
            mutations: Vec::new(),
        }
    }

    /// Says a fault of a table's file: of its first line, or of the file as such.
    pub fn say_file(&mut self, code: &str, at: usize, columns: &[String], line: Option<u64>) {
        let kind = Kind {
            code: code.to_owned(),
            rule: None,
            table: Some(self.base.table(at).name.clone()),
            columns: columns.to_vec(),
        };
        for (file, _) in self.tables[at].names.clone() {
            let place = Place {
                file: Some(file),
                line,
            };
            self.said.add(kind.clone(), place, 1);
        }
    }

    /// Writes the package.
    ///
    /// # Errors
    /// What the file system says.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        let mut files = Vec::new();
        for file in self.tables.iter().filter(|file| file.is_there) {
            let table = self.base.table(file.at);
            for (name, rows, bytes) in file.files(&self.base.tables[file.at].header) {
                files.push(ManifestFile {
                    name: name.clone(),
                    table: table.name.clone(),
                    rows: rows as u64,
                    bytes: bytes.len() as u64,
                    sha256: sha256(&bytes),
                });
                put(folder, &name, &bytes)?;
            }
        }
        for (name, bytes) in &self.others {
            put(folder, name, bytes)?;
        }
        if let Some(change) = &self.manifest {
            put(folder, Manifest::FILE, &self.manifest(files, change))?;
        }
        Ok(())
    }

    fn manifest(&self, mut files: Vec<ManifestFile>, change: &ManifestChange) -> Vec<u8> {
        let showcase = self.base.model.showcase();
        let mut version = showcase.version.to_string();
        let name = |at: usize| self.tables[at].names[0].0.clone();
        let mut with = |at: usize, edit: &dyn Fn(&mut ManifestFile)| {
            let name = name(at);
            files
                .iter_mut()
                .filter(|one| one.name == name)
                .for_each(edit);
        };
        match change {
            ManifestChange::None | ManifestChange::Cut => {}
            ManifestChange::Rows(at) => with(*at, &|one| one.rows += 1),
            ManifestChange::Bytes(at) => with(*at, &|one| one.bytes += 1),
            ManifestChange::Hash(at) => with(*at, &|one| one.sha256 = "0".repeat(64)),
            ManifestChange::Version => version += "-other",
            ManifestChange::Unlisted(at) => {
                let name = name(*at);
                files.retain(|one| one.name != name);
            }
            ManifestChange::Missing(name, table) => files.push(ManifestFile {
                name: name.clone(),
                table: table.clone(),
                rows: 1,
                bytes: 1,
                sha256: "0".repeat(64),
            }),
        }
        files.sort_by(|left, right| left.name.cmp(&right.name));
        let manifest = Manifest {
            showcase: showcase.mnemonic.clone(),
            version,
            producer: Some(Producer {
                name: "mutations".into(),
                version: "1".into(),
            }),
            mode: Mode::Full,
            profile: profile(showcase.csv),
            files,
        };
        let mut text = manifest.to_json();
        if *change == ManifestChange::Cut {
            text.truncate(text.len() / 2);
        }
        text.into_bytes()
    }
}

fn put(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let path = folder.join(name);
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::write(path, bytes)
}

/// The runtime's words for the model's profile.
fn profile(csv: vitrina_codegen::model::CsvProfile) -> vitrina::csv::Profile {
    use vitrina::csv::{BooleanForm, NullForm, Profile};
    use vitrina_codegen::model;
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

fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest as _, Sha256};
    let hash = Sha256::digest(bytes);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
