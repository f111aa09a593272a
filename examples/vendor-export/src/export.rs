//! The export: every table in turn, row by row, into a package that appears whole or not at all. Either
//! everything there is, or what has changed: a package of rows and one of the keys that are gone.

use std::fmt;
use std::fs;

use rusqlite::{Connection, Params};
use vitrina::package::{self, Mode, PackageOptions, Summary, UPLOAD_LIMIT};
use vitrina::{Context, Findings, Lang, PackageWriter, RowPlace, Timestamp};
use vitrina_model::table::{
    AcademicYear, Address, AddressOrganisation, Attendance, EduGroup, EduGroupStudent,
    EducationProgram, Enrolment, Lesson, Mark, MovementOrder, Organisations, Person, SourceSystem,
    Student, StudyPeriod, StudySubject,
};

use crate::mapping::{Changing, Mapped, Mapping, Refusal};
use crate::options::Options;
use crate::progress::Progress;

/// So many findings are enough to see what is wrong; a broken mapping has one in every row.
pub(crate) const ENOUGH: usize = 1000;

/// How an export ended.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// All rows are in the packages.
    Written(Vec<Summary>),
    /// Rows do not fit; there is no package.
    Refused(Findings),
}

/// How all packages are written: what the manifest says of this program, and no file larger than
/// uploads take.
fn packages(options: &Options) -> PackageOptions {
    PackageOptions::new()
        .producer("vendor-export", env!("CARGO_PKG_VERSION"))
        .split(UPLOAD_LIMIT)
        .overwrite(options.overwrite)
}

/// Exports what the options ask for.
pub(crate) fn run(
    database: &Connection,
    mapping: &Mapping,
    options: &Options,
) -> Result<Outcome, Error> {
    match options.since {
        None => full(database, mapping, options),
        Some(since) => changes(database, mapping, options, since),
    }
}

/// Exports the changes since a moment: `upsert` has rows to insert or replace, `delete` the keys of
/// rows to delete. Here only the journal knows when it was changed.
fn changes(
    database: &Connection,
    mapping: &Mapping,
    options: &Options,
    since: Timestamp,
) -> Result<Outcome, Error> {
    let made = !options.folder.exists();
    let upsert = packages(options)
        .mode(Mode::Upsert)
        .create(options.folder.join("upsert"))?;
    let delete = packages(options)
        .mode(Mode::Delete)
        .create(options.folder.join("delete"))?;
    let mut export = Export::new(database, mapping, upsert);
    export.changed::<Attendance>(since)?;
    export.changed::<Mark>(since)?;
    export.erased::<Attendance>(since, &delete)?;
    export.erased::<Mark>(since, &delete)?;
    let mut outcome = export.finish()?;
    match &mut outcome {
        Outcome::Written(summaries) => summaries.push(delete.finish()?),
        Outcome::Refused(_) => {
            drop(delete);
            if made {
                let _ = fs::remove_dir(&options.folder);
            }
        }
    }
    Ok(outcome)
}

/// Exports every table, those that others refer to first.
fn full(database: &Connection, mapping: &Mapping, options: &Options) -> Result<Outcome, Error> {
    let package = packages(options).create(&options.folder)?;
    let mut export = Export::new(database, mapping, package);
    export.table::<SourceSystem>()?;
    export.table::<Organisations>()?;
    export.table::<Address>()?;
    export.table::<AddressOrganisation>()?;
    export.table::<AcademicYear>()?;
    export.table::<StudyPeriod>()?;
    export.table::<StudySubject>()?;
    export.table::<EducationProgram>()?;
    export.table::<Person>()?;
    export.table::<Student>()?;
    export.table::<MovementOrder>()?;
    export.table::<Enrolment>()?;
    export.table::<EduGroup>()?;
    export.table::<EduGroupStudent>()?;
    export.table::<Lesson>()?;
    export.table::<Attendance>()?;
    export.table::<Mark>()?;
    export.finish()
}

struct Export<'a> {
    database: &'a Connection,
    mapping: &'a Mapping,
    context: Context,
    package: PackageWriter,
    findings: Findings,
}

impl<'a> Export<'a> {
    fn new(database: &'a Connection, mapping: &'a Mapping, package: PackageWriter) -> Self {
        Export {
            database,
            mapping,
            context: Context::new(mapping.sent.date()),
            package,
            findings: Findings::new(),
        }
    }

    /// Exports one table.
    fn table<R: Mapped>(&mut self) -> Result<(), Error> {
        self.rows::<R>(R::QUERY, [])
    }

    /// Exports what was written in one table since a moment.
    fn changed<R: Changing>(&mut self, since: Timestamp) -> Result<(), Error> {
        self.rows::<R>(R::CHANGED, [since.to_string()])
    }

    /// Exports the keys of what was erased from one table since a moment.
    fn erased<R: Changing>(
        &mut self,
        since: Timestamp,
        package: &PackageWriter,
    ) -> Result<(), Error> {
        let mut query = self.database.prepare(R::ERASED)?;
        let mut rows = query.query([since.to_string()])?;
        let mut table = package.keys::<R>()?;
        while let Some(row) = rows.next()? {
            let number: i64 = row.get("entry_no")?;
            let place = RowPlace::<R>::new(format_args!("sch_erased {number}"));
            match place.column("id", R::key_of(number, self.mapping)) {
                Ok(key) => table.write(&key)?,
                Err(finding) => self.findings.push(finding),
            }
        }
        table.close()?;
        Ok(())
    }

    /// Exports the rows of a query; only one is in memory at a time.
    fn rows<R: Mapped>(&mut self, query: &str, parameters: impl Params) -> Result<(), Error> {
        let mut progress = Progress::new(R::TABLE.title);
        let mut query = self.database.prepare(query)?;
        let mut rows = query.query(parameters)?;
        let mut table = self.package.table::<R>()?;
        while let Some(row) = rows.next()? {
            match R::map(row, self.mapping) {
                Ok(record) => {
                    table.write_valid(&record, &self.context, &mut self.findings)?;
                }
                Err(Refusal::Finding(finding)) => self.findings.push(finding),
                Err(Refusal::Database(error)) => return Err(error.into()),
            }
            if self.findings.len() >= ENOUGH {
                break;
            }
            progress.row();
        }
        table.close()?;
        Ok(())
    }

    /// Gives the files their names, if every row is there. A package that is dropped instead leaves
    /// nothing behind.
    fn finish(self) -> Result<Outcome, Error> {
        if self.findings.has_errors() {
            return Ok(Outcome::Refused(self.findings));
        }
        Ok(Outcome::Written(vec![self.package.finish()?]))
    }
}

/// What stops an export.
#[derive(Debug)]
pub(crate) enum Error {
    /// The database cannot be read.
    Database(rusqlite::Error),
    /// The package cannot be written.
    Package(package::Error),
}

impl Error {
    /// What happened, for people.
    pub(crate) fn message(&self, lang: Lang) -> String {
        match self {
            Error::Database(error) => format!("база не читается: {error}"),
            Error::Package(error) => format!("пакет не пишется: {}", error.message(lang)),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::Ru))
    }
}

impl std::error::Error for Error {}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Error::Database(error)
    }
}

impl From<package::Error> for Error {
    fn from(error: package::Error) -> Self {
        Error::Package(error)
    }
}
