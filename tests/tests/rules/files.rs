//! Assertions about the form of files: the judge of files names the lines, the generated types' reader
//! refuses the file, and so does PostgreSQL's COPY, by what the fixture says.

use std::collections::BTreeSet;

use vitrina::csv::{Options, Reader};
use vitrina::package::PackageWriter;
use vitrina::{Record, TableVisitor};
use vitrina_codegen::model::{AssertionBody, Structure};
use vitrina_tests::rules::fixture::{Body, Case, Fault, File, Fixture};
use vitrina_tests::rules::memory;

use crate::rules::rows::differ;
use crate::{none, subject};

/// A case of files.
struct FileCase {
    fixture: &'static Fixture,
    case: &'static Case,
    structure: &'static Structure,
    files: &'static [File],
    #[cfg_attr(not(feature = "external"), expect(dead_code))]
    refused: Option<&'static str>,
    breaks: bool,
}

fn cases() -> Vec<FileCase> {
    let mut cases = Vec::new();
    for fixture in &subject().fixtures.assertions {
        let AssertionBody::Structure(structure) = &subject().find(&fixture.code).1.body else {
            continue;
        };
        for case in fixture.cases() {
            if let Body::Files { files, refused } = &case.body {
                cases.push(FileCase {
                    fixture,
                    case,
                    structure,
                    files,
                    refused: refused.as_deref(),
                    breaks: !case.broken.is_empty(),
                });
            }
        }
    }
    cases
}

#[test]
fn the_judge_of_files_names_the_lines() {
    let mut wrong = Vec::new();
    for it in cases() {
        let found = memory::file_faults(&subject().model, it.structure, it.files);
        let expected: BTreeSet<Fault> = it.case.broken.iter().cloned().collect();
        differ(
            &mut wrong,
            &it.fixture.code,
            it.case,
            "in memory",
            &found,
            &expected,
        );
    }
    none(&wrong);
}

/// Reads a file by the generated type, strictly, and opens its table in a package.
struct ReadAll<'a> {
    file: &'a [u8],
    package: &'a PackageWriter,
}

impl TableVisitor for ReadAll<'_> {
    type Output = Result<(), String>;

    fn visit<R: Record + std::fmt::Debug + 'static>(self) -> Result<(), String> {
        let opened = self.package.table::<R>().and_then(|table| table.close());
        opened.map_err(|error| error.to_string())?;
        let options = Options::strict(vitrina_model::SHOWCASE.profile);
        let reader = Reader::<R, _>::with_options(self.file, options);
        for row in reader.map_err(|error| error.to_string())? {
            row.map_err(|error| error.to_string())?;
        }
        Ok(())
    }
}

#[test]
fn generated_types_refuse_the_files() {
    let mut wrong = Vec::new();
    for it in cases() {
        let folder = tempfile::tempdir().unwrap();
        let package = PackageWriter::create(folder.path()).unwrap();
        let read = it.files.iter().try_for_each(|file| {
            let name = file.name.strip_suffix(".csv").unwrap_or(&file.name);
            let visitor = ReadAll {
                file: &file.bytes,
                package: &package,
            };
            vitrina_model::visit(name, visitor).unwrap_or(Err("no such table".into()))
        });
        if read.is_err() != it.breaks {
            let (place, code) = (&it.case.place, &it.fixture.code);
            wrong.push(format!("{place}: {code} by the generated types: {read:?}"));
        }
    }
    none(&wrong);
}

#[cfg(feature = "external")]
#[test]
fn postgresql_refuses_the_files() {
    use vitrina_tests::postgres::Server;
    use vitrina_tests::rules::constraint::Constrained;

    let server = Server::shared().unwrap();
    let mut database = Constrained::new(&subject().model, &server, "rule_files").unwrap();
    let mut wrong = Vec::new();
    for it in cases() {
        let files = it.files.iter();
        let files = files.map(|file| (file.name.as_str(), file.bytes.as_slice()));
        let refused = database.refused_file(files);
        let refused = refused.unwrap_or_else(|error| panic!("{}: {error}", it.case.place));
        if refused.as_deref() != it.refused {
            let (place, code, expected) = (&it.case.place, &it.fixture.code, it.refused);
            wrong.push(format!(
                "{place}: {code} in PostgreSQL: refused by {refused:?}, expected {expected:?}"
            ));
        }
    }
    none(&wrong);
}
