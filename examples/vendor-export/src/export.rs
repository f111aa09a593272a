//! The export: every table in turn, row by row, into a package that appears whole or not at all.

use std::fmt;

use rusqlite::Connection;
use vitrina::package::{self, PackageOptions, Summary};
use vitrina::{Context, Findings, Lang, PackageWriter};
use vitrina_model::table::{
    AcademicYear, Address, AddressOrganisation, Attendance, EduGroup, EduGroupStudent,
    EducationProgram, Enrolment, Lesson, Mark, MovementOrder, Organisations, Person, SourceSystem,
    Student, StudyPeriod, StudySubject,
};

use crate::mapping::{Mapped, Mapping, Refusal};
use crate::options::Options;
use crate::progress::Progress;

/// So many findings are enough to see what is wrong; a broken mapping has one in every row.
pub(crate) const ENOUGH: usize = 1000;

/// How an export ended.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// All rows are in the package.
    Written(Summary),
    /// Rows do not fit; there is no package.
    Refused(Findings),
}

/// Exports every table, those that others refer to first.
pub(crate) fn run(
    database: &Connection,
    mapping: &Mapping,
    options: &Options,
) -> Result<Outcome, Error> {
    let package = PackageOptions::new()
        .overwrite(options.overwrite)
        .create(&options.folder)?;
    let mut export = Export {
        database,
        mapping,
        context: Context::new(mapping.sent.date()),
        package,
        findings: Findings::new(),
    };
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

impl Export<'_> {
    /// Exports one table; only one row is in memory at a time.
    fn table<R: Mapped>(&mut self) -> Result<(), Error> {
        let mut progress = Progress::new(R::TABLE.title);
        let mut query = self.database.prepare(R::QUERY)?;
        let mut rows = query.query([])?;
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
        Ok(Outcome::Written(self.package.finish()?))
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
