//! A package as its files: which table each belongs to, and its bytes as a stream.

use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use vitrina::package::{Mode, Producer};
use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::model::{Model, TableId};
use vitrina_codegen::text;

use crate::inventory::{self, Package};
use crate::read::stream::{Fault, Stream};
use crate::{Error, Options};

/// A package that is read, or a file that is read alone.
pub(crate) enum Source {
    /// A package.
    Package(Box<Package>),
    /// A file of a table.
    File {
        table: TableId,
        path: PathBuf,
        name: String,
    },
}

impl Source {
    pub(crate) fn open(model: &Model, path: &Path, options: &Options) -> Result<Source, Error> {
        let mut options = options.clone();
        // Nothing is compared with a package before this one.
        options.previous = None;
        let package = inventory::open(model, path, &options)?;
        Ok(Source::Package(Box::new(package)))
    }

    /// The package, if it is one.
    pub(crate) fn package(&self) -> Option<&Package> {
        match self {
            Source::Package(package) => Some(package),
            Source::File { .. } => None,
        }
    }

    /// What the rows are for.
    pub(crate) fn mode(&self) -> Mode {
        match self.package().map(|package| package.mode) {
            Some(inventory::Mode::Upsert) => Mode::Upsert,
            Some(inventory::Mode::Delete) => Mode::Delete,
            Some(inventory::Mode::Full) | None => Mode::Full,
        }
    }

    /// Who made it, if the manifest says.
    pub(crate) fn producer(&self) -> Option<Producer> {
        producer(self.package()?)
    }

    /// The files of a table in the order of their parts.
    pub(crate) fn files_of(&self, wanted: TableId) -> Vec<usize> {
        match self {
            Source::Package(package) => package.files_of(wanted).to_vec(),
            Source::File { table, .. } if *table == wanted => vec![0],
            Source::File { .. } => Vec::new(),
        }
    }

    pub(crate) fn name(&self, file: usize) -> &str {
        match self {
            Source::Package(package) => package.files.get(file).map_or("", |entry| &entry.name),
            Source::File { name, .. } => name,
        }
    }

    pub(crate) fn read(&self, file: usize) -> io::Result<Box<dyn Read + Send + '_>> {
        match self {
            Source::Package(package) => Ok(Box::new(Checked::open(package, file)?)),
            Source::File { path, .. } => Ok(Box::new(std::fs::File::open(path)?)),
        }
    }
}

/// Who made a package, if its manifest says.
pub(crate) fn producer(package: &Package) -> Option<Producer> {
    let (name, version) = package.manifest.as_ref()?.producer.clone()?;
    Some(Producer { name, version })
}

/// A file's bytes; at the end it is checked that they are what the package holds.
pub(crate) struct Checked(Option<Stream>);

impl Checked {
    pub(crate) fn open(package: &Package, file: usize) -> io::Result<Checked> {
        Ok(Checked(Some(package.stream(file, 0).map_err(refused)?)))
    }
}

impl Read for Checked {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let Some(stream) = &mut self.0 else {
            return Ok(0);
        };
        let read = stream.fill(room).map_err(refused)?;
        if read == 0
            && !room.is_empty()
            && let Some(stream) = self.0.take()
        {
            stream.finish().map_err(refused)?;
        }
        Ok(read)
    }
}

/// Why a file of a package cannot be read, in both languages, within an [`io::Error`].
#[derive(Debug)]
struct Refused(Text);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.en)
    }
}

impl std::error::Error for Refused {}

fn refused(fault: Fault) -> io::Error {
    match fault {
        Fault::Io(error) => error,
        Fault::Archive(words) => io::Error::other(Refused(words)),
        Fault::Changed => io::Error::other(Refused(text!(
            "it changed while it was read",
            "он изменился во время чтения"
        ))),
    }
}

/// The words of an error, in both languages where there are both.
pub(crate) fn words(error: &io::Error) -> Text {
    let known = error.get_ref().and_then(|it| it.downcast_ref::<Refused>());
    known.map_or_else(|| text!("{error}", "{error}"), |it| it.0.clone())
}
