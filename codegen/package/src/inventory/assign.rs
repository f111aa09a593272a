//! From what was found to files of tables: root, manifest, names, limits.

mod choose;

use std::collections::{BTreeMap, BTreeSet};

use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::model::Model;
use vitrina_codegen::text;

use super::listing::{Found, Nature, folder_of, nature};
use super::manifest::{self, Manifest};
use super::{Entry, Mode, Package, name, whole};
use crate::read::stream::{Fault, Location, Stream};
use crate::{Cause, Facts, Options, Sample, Subject, code};

/// The most bytes of a manifest: a package of ten thousand files has some two million.
const LARGEST_MANIFEST: u64 = 64 << 20;

/// Unpacked bytes up to which a zip's ratio does not matter.
const HARMLESS: u64 = 64 << 20;

/// How many times its packed size an entry may unpack to beyond that. Deflate reaches 1,032 on zeros;
/// tables of data stay below 50.
const RATIO: u64 = 100;

/// Fills the package with what was found.
pub(super) fn fill(model: &Model, package: &mut Package, found: Vec<Found>, options: &Options) {
    let mut found = set_apart(package, found);
    let is_refused = |one: &Found| one.location.is_err();
    package.root = root(&found);
    let root = package.root.clone();
    if !root.is_empty() {
        let inside = found.iter().filter(|one| one.name.starts_with(&root));
        let count = inside.count() as u64;
        let facts = Facts::default().with("file", root.as_str());
        let sample = Sample {
            count,
            ..whole(&root)
        };
        let key = package.key(code::SUBFOLDER, None, facts);
        package.findings.add(key, sample);
        for one in &mut found {
            if let Some(name) = one.name.strip_prefix(&root) {
                one.name = name.to_owned();
            } else if !is_refused(one) {
                // Beside the folder that holds the package: by its own name, which then is unknown.
                one.name = format!("../{}", one.name);
            }
        }
        found.sort_by(|left, right| left.name.cmp(&right.name));
    }
    let read = read_manifest(package, &mut found);
    limit(&mut found, read.as_ref(), options.unpacked);
    let mut refused = BTreeSet::new();
    for one in found {
        match one.location {
            Ok(location) => package.files.push(Entry {
                name: one.name,
                bytes: one.bytes,
                table: None,
                part: None,
                expected: None,
                location,
            }),
            Err((code, words)) => {
                let meant = name::meaning(model, one.name.rsplit('/').next().unwrap_or_default());
                package.refused.extend(meant.map(|meaning| meaning.table));
                refused.insert(one.name.clone());
                let facts = Facts::default().with("file", one.name.as_str());
                let key = package.key(code, None, facts.with_text("reason", words));
                package.findings.add(key, whole(&one.name));
            }
        }
    }
    if let Some(read) = &read {
        package.mode = read.mode;
        package.profile = read.profile;
        judge_model(model, package, read);
    }
    package.manifest = read;
    choose::tables(model, package);
    expect(model, package, &refused);
}

/// Names files that are no part of a package, and gives the others.
fn set_apart(package: &mut Package, found: Vec<Found>) -> Vec<Found> {
    let (plain, others): (Vec<_>, Vec<_>) = found
        .into_iter()
        .partition(|one| nature(&one.name) == Nature::Plain);
    for one in others {
        let code = match nature(&one.name) {
            Nature::Unfinished => code::UNFINISHED,
            _ => code::HIDDEN_FILE,
        };
        let facts = Facts::default().with("file", one.name.as_str());
        let key = package.key(code, None, facts);
        package.findings.add(key, whole(&one.name));
    }
    plain
}

/// The one folder that holds all that looks like a file of a package, when none of it lies at the root.
fn root(found: &[Found]) -> String {
    let mut folders = found
        .iter()
        .filter(|one| one.location.is_ok())
        .filter(|one| {
            let lower = one.name.to_lowercase();
            lower.ends_with(".csv") || lower.ends_with(manifest::NAME)
        })
        .map(|one| folder_of(&one.name));
    let Some(first) = folders.next() else {
        return String::new();
    };
    match folders.all(|folder| folder == first) {
        true => first.to_owned(),
        false => String::new(),
    }
}

/// Takes the manifest out of what was found, and reads it.
fn read_manifest(package: &mut Package, found: &mut Vec<Found>) -> Option<Manifest> {
    let exact = found.iter().position(|one| one.name == manifest::NAME);
    let at = exact.or_else(|| {
        let mut names = found.iter().map(|one| one.name.to_lowercase());
        names.position(|name| name == manifest::NAME)
    });
    let Some(at) = at else {
        package.say_unchecked(Subject::Manifest, Cause::NoManifest);
        return None;
    };
    let one = found.remove(at);
    if one.name != manifest::NAME {
        let facts = Facts::default().with("file", one.name.as_str());
        let key = package.key(
            code::FILE_CASE,
            None,
            facts.with("expected", manifest::NAME),
        );
        package.findings.add(key, whole(&one.name));
    }
    let read = match one.location {
        Ok(location) => read_whole(&location, one.bytes).and_then(|bytes| {
            let read = manifest::parse(&bytes);
            package.manifest_text = String::from_utf8(bytes).ok();
            read
        }),
        Err((_, words)) => Err(words),
    };
    match read {
        Ok(manifest) => Some(manifest),
        Err(words) => {
            let facts = Facts::default().with_text("reason", words);
            let key = package.key(code::MANIFEST_FORM, None, facts);
            package.findings.add(key, whole(&one.name));
            package.say_unchecked(Subject::Manifest, Cause::NoManifest);
            None
        }
    }
}

fn read_whole(location: &Location, bytes: u64) -> Result<Vec<u8>, Text> {
    if bytes > LARGEST_MANIFEST {
        return Err(text!(
            "it is larger than {LARGEST_MANIFEST} bytes",
            "он больше {LARGEST_MANIFEST} байт"
        ));
    }
    let read = || -> Result<Vec<u8>, Fault> {
        let mut stream = Stream::open(location, bytes, 0)?;
        let mut buffer = vec![0; usize::try_from(bytes).unwrap_or_default()];
        let filled = stream.fill(&mut buffer)?;
        buffer.truncate(filled);
        stream.finish()?;
        Ok(buffer)
    };
    read().map_err(|fault| match fault {
        Fault::Archive(words) => words,
        Fault::Io(error) => text!("{error}", "{error}"),
        Fault::Changed => text!(
            "it changed while it was read",
            "он изменился во время чтения"
        ),
    })
}

/// Refuses entries of a zip that would unpack to what nobody packed.
fn limit(found: &mut [Found], manifest: Option<&Manifest>, unpacked: u64) {
    let listed: BTreeMap<&str, u64> = manifest
        .into_iter()
        .flat_map(|manifest| &manifest.files)
        .map(|listed| (listed.name.as_str(), listed.bytes))
        .collect();
    let mut sum: u64 = 0;
    for one in found {
        let Ok(Location::Packed(_, _, packed)) = &one.location else {
            continue;
        };
        let beyond = one.bytes.saturating_sub(HARMLESS);
        let is_said = listed.get(one.name.as_str()) == Some(&one.bytes);
        let reason = if beyond > packed.length.saturating_mul(RATIO) && !is_said {
            let (bytes, length) = (one.bytes, packed.length);
            text!(
                "it would unpack from {length} to {bytes} bytes, which no manifest says",
                "он распаковался бы из {length} байт в {bytes}, и манифест об этом не говорит"
            )
        } else if sum.saturating_add(one.bytes) > unpacked {
            text!(
                "the archive would unpack to more than {unpacked} bytes",
                "архив распаковался бы более чем в {unpacked} байт"
            )
        } else {
            sum += one.bytes;
            continue;
        };
        one.location = Err((code::ARCHIVE, reason));
    }
}

fn judge_model(model: &Model, package: &mut Package, manifest: &Manifest) {
    let showcase = model.showcase();
    let version = showcase.version.to_string();
    if manifest.showcase == showcase.mnemonic && manifest.version == version {
        return;
    }
    let facts = Facts::default()
        .with(
            "found",
            format!("`{} {}`", manifest.showcase, manifest.version),
        )
        .with("expected", format!("`{} {version}`", showcase.mnemonic));
    let key = package.key(code::MANIFEST_MODEL, None, facts);
    package.findings.add(key, whole(manifest::NAME));
}

/// What should be there and is not: what the manifest lists, else, in a full package, the model's tables.
///
/// What is there but refused is said already.
fn expect(model: &Model, package: &mut Package, refused: &BTreeSet<String>) {
    let Some(manifest) = package.manifest.clone() else {
        if package.mode == Mode::Full {
            miss_tables(model, package);
        }
        return;
    };
    for listed in &manifest.files {
        let found = package
            .files
            .iter()
            .position(|entry| entry.is_called(&listed.name));
        let Some(file) = found else {
            if refused.contains(&listed.name) {
                continue;
            }
            let facts = Facts::default().with("file", listed.name.as_str());
            let mut key = package.key(code::MISSING_LISTED, None, facts);
            key.table = model.find_table(&listed.table).map(|table| table.id);
            package.findings.add(key, whole(&listed.name));
            continue;
        };
        let meant = name::meaning(model, &listed.name).map(|meaning| meaning.table);
        let table = meant.map(|table| model.table(table).name.as_str());
        if let Some(table) = table.filter(|table| *table != listed.table) {
            package.say_figure(
                file,
                text!("the table", "таблица"),
                &format!("`{table}`"),
                &format!("`{}`", listed.table),
            );
        }
        let bytes = package.bytes(file);
        if bytes != listed.bytes {
            let what = text!("bytes", "байт");
            package.say_figure(file, what, &bytes.to_string(), &listed.bytes.to_string());
        }
    }
    let names: Vec<(usize, String)> = package
        .files
        .iter()
        .enumerate()
        .filter(|(_, entry)| entry.table.is_some())
        .filter(|(_, entry)| manifest.files.iter().all(|one| !entry.is_called(&one.name)))
        .map(|(file, entry)| (file, entry.name.clone()))
        .collect();
    for (file, name) in names {
        let facts = Facts::default().with("file", name.as_str());
        let key = package.key(code::NOT_LISTED, Some(file), facts);
        package.findings.add(key, whole(&name));
    }
}

fn miss_tables(model: &Model, package: &mut Package) {
    let missing: Vec<&str> = model
        .tables()
        .iter()
        .filter(|table| package.files_of(table.id).is_empty())
        .filter(|table| !package.refused.contains(&table.id))
        .map(|table| table.name.as_str())
        .collect();
    let facts = Facts::default()
        .with("found", missing.len().to_string())
        .with("expected", model.tables().len().to_string());
    for table in missing {
        let key = package.key(code::MISSING_TABLE, None, facts.clone());
        package.findings.add(key, whole(table));
    }
}

impl Package {
    /// Says that a figure of the manifest is wrong.
    pub(super) fn say_figure(&mut self, file: usize, what: Text, found: &str, expected: &str) {
        let mut findings = std::mem::replace(&mut self.findings, crate::Tally::new(0));
        self.figure(file, what, found, expected, &mut findings);
        self.findings = findings;
    }

    pub(super) fn figure(
        &self,
        file: usize,
        what: Text,
        found: &str,
        expected: &str,
        findings: &mut crate::Tally<'static>,
    ) {
        let name = self.files.get(file).map_or("", |entry| &entry.name);
        let facts = Facts::default()
            .with("file", name)
            .with_text("what", what)
            .with("found", found)
            .with("expected", expected);
        findings.add(
            self.key(code::MANIFEST_FIGURES, Some(file), facts),
            whole(name),
        );
    }
}
