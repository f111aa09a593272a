//! Evidence from a package that was opened and read: its files, where its rows lie, what cures it.

use std::collections::BTreeMap;
use std::io;

use vitrina_codegen::model::TableId;

use super::evidence::{Cure, FileFacts, Locate, Located, ManifestFacts, PackageFacts};
use crate::diagnose::{Layout, Where, cure};
use crate::inventory::Package;
use crate::read::encoding::Encoding;
use crate::read::{Places, TableRead};
use crate::{GroupKey, RowId};

/// The package as a whole.
pub fn package_facts(package: &Package) -> PackageFacts {
    let manifest = package.manifest.as_ref().map(|manifest| ManifestFacts {
        showcase: manifest.showcase.clone(),
        version: manifest.version.clone(),
        producer: manifest.producer.clone(),
    });
    PackageFacts {
        name: package.name.clone(),
        kind: package.kind,
        mode: package.mode,
        manifest,
    }
}

/// The files of a package. `layouts` are those of the files that can be read as rows, by position;
/// `read` is what was seen of their tables.
pub fn file_facts<'o>(
    package: &Package,
    layouts: &BTreeMap<usize, Layout>,
    read: impl IntoIterator<Item = &'o TableRead>,
) -> Vec<FileFacts> {
    let read = read.into_iter().flat_map(|table| &table.files);
    let hashes: BTreeMap<usize, &String> = read
        .filter_map(|file| Some((file.file, file.sha256.as_ref()?)))
        .collect();
    let facts = |(at, entry): (usize, &crate::inventory::Entry)| {
        let layout = layouts.get(&at);
        FileFacts {
            name: entry.name.clone(),
            bytes: entry.bytes,
            sha256: hashes.get(&at).map(|hash| (*hash).clone()),
            table: entry.table,
            separator: layout.map_or(b';', |layout| layout.separator),
            columns: layout
                .map(|layout| layout.columns.clone())
                .unwrap_or_default(),
        }
    };
    package.files.iter().enumerate().map(facts).collect()
}

/// Finds rows by reading the package again.
#[derive(Debug)]
pub struct Reread<'o> {
    package: &'o Package,
    layouts: &'o BTreeMap<usize, Layout>,
    places: BTreeMap<TableId, &'o Places>,
}

impl<'o> Reread<'o> {
    /// The rows of these tables.
    pub fn new(
        package: &'o Package,
        layouts: &'o BTreeMap<usize, Layout>,
        read: impl IntoIterator<Item = &'o TableRead>,
    ) -> Reread<'o> {
        Reread {
            package,
            layouts,
            places: read
                .into_iter()
                .map(|table| (table.table, &table.places))
                .collect(),
        }
    }
}

impl Locate for Reread<'_> {
    fn locate(&self, table: TableId, rows: &[RowId]) -> io::Result<Vec<Located>> {
        let Some(places) = self.places.get(&table) else {
            return Ok(Vec::new());
        };
        let located = places.fetch(self.package, rows)?.into_iter().map(|place| {
            let layout = self.layouts.get(&place.file);
            let is_utf_8 = layout.is_none_or(|layout| layout.encoding == Encoding::Utf8);
            let (text, is_whole) = match String::from_utf8(place.bytes) {
                Ok(text) => (text, true),
                Err(error) => (
                    String::from_utf8_lossy(error.as_bytes()).into_owned(),
                    false,
                ),
            };
            Located {
                row: place.row,
                file: place.file,
                line: place.line,
                byte: place.offset,
                text: text.strip_suffix('\r').map(str::to_owned).unwrap_or(text),
                exact: is_utf_8 && is_whole,
            }
        });
        Ok(located.collect())
    }
}

/// The commands that the diagnosis of packages knows.
#[derive(Debug, Clone, Copy)]
pub struct Cures<'p>(pub &'p Package);

impl<'m> Cure<'m> for Cures<'_> {
    fn command(&self, key: &GroupKey<'m>, package: &str) -> Option<String> {
        let place = Where {
            package,
            kind: self.0.kind,
            root: &self.0.root,
        };
        cure(key.code, &key.facts, place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Shares;
    use crate::fixture::{model, options, write};
    use crate::report::{Evidence, Limits, TableFacts, build};
    use crate::{RowId, Sample, Tally, code, diagnose, inventory, read};

    /// A package with a mark in front of one file and columns in another order, read as a run reads it.
    #[test]
    fn places_are_those_of_the_files_as_they_lie() {
        let model = model();
        let folder = tempfile::tempdir().unwrap();
        write(
            folder.path(),
            "mark.csv",
            b"id;person_id;points;comment\n\"M1\";\"P1\";\"x\";\"\"\n",
        );
        let person = "\u{feff}id;birth_date;name\r\n\"P1\";\"1.1.11\";\"Ёлкин\"\r\n";
        write(folder.path(), "person.csv", person.as_bytes());
        let package = inventory::open(&model, folder.path(), &options()).unwrap();
        let mut tally = Tally::new(10);
        let (mut layouts, mut reads) = (BTreeMap::new(), Vec::new());
        for (table, _) in package.tables() {
            let mut files = Vec::new();
            for (file, diagnosis) in diagnose::table(&model, &package, table) {
                tally.merge(diagnosis.findings);
                let layout = diagnosis.layout.unwrap();
                layouts.insert(file, layout.clone());
                files.push((file, layout));
            }
            let options = read::ReadOptions {
                hash_all: true,
                ..read::ReadOptions::default()
            };
            let source = read::chunks(&package, table, files, options);
            while source.next().is_some() {}
            reads.push(source.finish());
        }
        let person = model.find_table("person").unwrap();
        let born = person.find_column("birth_date").unwrap().id;
        let name = person.find_column("name").unwrap().id;
        for column in [born, name] {
            let key = GroupKey::of_column(code::TYPE, person.id, column);
            tally.add(key, Sample::of_row(RowId(0)));
        }
        let attribution = crate::Attribution::new(&model);
        let evidence = Evidence {
            package: package_facts(&package),
            files: file_facts(&package, &layouts, &reads),
            tables: vec![TableFacts {
                table: person.id,
                files: package.files_of(person.id).to_vec(),
                rows: 1,
                bytes: 1,
                broken_rows: 0,
                rows_with_errors: 1,
                rows_with_warnings: 0,
                shares: Shares::default(),
            }],
            moment: options().moment,
            tally: &tally,
            unchecked: &package.unchecked,
            metrics: Shares::default(),
            indicators: &[],
            ran: Vec::new(),
            attribution: &attribution,
            places: &Reread::new(&package, &layouts, &reads),
            cure: &Cures(&package),
        };
        let report = build(&model, &evidence, Limits::default());
        assert!(report.package.sha256.is_some());
        let mark = report
            .findings
            .iter()
            .find(|one| one.code == code::BYTE_ORDER_MARK)
            .unwrap();
        assert_eq!(mark.file.as_deref(), Some("person.csv"));
        assert!(mark.command.as_ref().unwrap().starts_with("vitrina fix "));
        let of = |column: &str| {
            let mut all = report.findings.iter();
            let found = all.find(|one| one.columns.first().is_some_and(|one| one.name == column));
            found.unwrap().samples[0].clone()
        };
        let born = of("birth_date");
        assert_eq!(
            (born.line, born.position, born.key.as_deref()),
            (Some(2), Some(6), Some("P1"))
        );
        // Three bytes of the mark, a header of 20, then five of the first field.
        assert_eq!(born.byte, Some(3 + 20 + 5));
        let name = of("name");
        assert_eq!(name.values[0].text, "Ёлкин");
        assert_eq!(name.position, Some(15));
    }
}
