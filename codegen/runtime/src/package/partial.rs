//! Files on their way: hidden names that say whose they are, and whether that writer still lives.
//!
//! A file grows as `.<file>.<process>.partial`. Beside them every writer holds
//! `.manifest.json.<process>.partial` under a lock of the operating system, which ends with the
//! process however it ends. So what a killed run left behind is told from the work of a living one
//! without trust in process numbers, which containers share and systems use again.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::{Error, ErrorKind, Manifest};

/// A file that goes with its owner unless it got its own name.
#[derive(Debug)]
pub(super) struct Partial {
    path: PathBuf,
    named: bool,
}

impl Partial {
    /// Makes a file of this process that will be called `name`.
    pub(super) fn create(folder: &Path, name: &str) -> Result<(Self, File), Error> {
        let path = hidden(folder, name, std::process::id(), PARTIAL);
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)
            .map_err(|error| Error::io(&path, error))?;
        let named = false;
        Ok((Partial { path, named }, file))
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Gives the file its own name.
    pub(super) fn rename(&mut self, to: &Path) -> Result<(), Error> {
        fs::rename(&self.path, to).map_err(|error| Error::io(to, error))?;
        self.named = true;
        Ok(())
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if !self.named {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// A writer's hold on a folder: the manifest's file, locked.
#[derive(Debug)]
pub(super) struct Claim {
    // Removed before the lock ends.
    pub(super) partial: Partial,
    pub(super) file: File,
}

impl Claim {
    /// Takes hold of a folder; with `clean` what dead writers left there is removed.
    pub(super) fn take(folder: &Path, clean: bool) -> Result<Self, Error> {
        let own = std::process::id();
        let path = hidden(folder, Manifest::FILE, own, PARTIAL);
        let mut options = OpenOptions::new();
        options.write(true);
        let (file, fresh) = match options.clone().create_new(true).open(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                let file = options.open(&path);
                (file.map_err(|error| Error::io(&path, error))?, false)
            }
            opened => (opened.map_err(|error| Error::io(&path, error))?, true),
        };
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(ErrorKind::Busy { path }.into()),
            // Where nothing can be locked, what is new is still ours.
            Err(TryLockError::Error(_)) if fresh => {}
            Err(TryLockError::Error(error)) => return Err(Error::io(&path, error)),
        }
        let claim = Claim {
            partial: Partial { path, named: false },
            file,
        };
        if !fresh {
            // A dead process had our number: its files stand where ours must.
            claim.file.set_len(0).map_err(|error| {
                let path = claim.partial.path();
                Error::io(path, error)
            })?;
            remove(folder, own, false)?;
        }
        for process in processes(folder)? {
            if process == own {
                // Nobody claimed these before us.
                if fresh && clean {
                    remove(folder, own, false)?;
                }
                continue;
            }
            match state(&hidden(folder, Manifest::FILE, process, PARTIAL)) {
                State::Alive(path) => return Err(ErrorKind::Busy { path }.into()),
                State::Dead if clean => remove(folder, process, true)?,
                State::Dead | State::Unknown => {}
            }
        }
        Ok(claim)
    }
}

enum State {
    /// Somebody holds the file.
    Alive(PathBuf),
    /// Nobody does, or there is none: a writer makes it first and removes it last.
    Dead,
    /// The system does not say.
    Unknown,
}

fn state(claim: &Path) -> State {
    match OpenOptions::new().write(true).open(claim) {
        Ok(file) => match file.try_lock() {
            Ok(()) => State::Dead,
            Err(TryLockError::WouldBlock) => State::Alive(claim.to_owned()),
            Err(TryLockError::Error(_)) => State::Unknown,
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => State::Dead,
        Err(_) => State::Unknown,
    }
}

const PARTIAL: &str = "partial";
const EARLIER: &str = "earlier";

fn hidden(folder: &Path, name: &str, process: u32, kind: &str) -> PathBuf {
    folder.join(format!(".{name}.{process}.{kind}"))
}

/// Where a file of an earlier package stands while its name is given to a new one.
pub(super) fn earlier(folder: &Path, name: &str) -> PathBuf {
    hidden(folder, name, std::process::id(), EARLIER)
}

/// File and process of a hidden name; none for what no writer of packages makes.
fn parse<'a>(name: &'a str, kind: &str) -> Option<(&'a str, u32)> {
    let inner = name.strip_prefix('.')?.strip_suffix(kind)?;
    let (file, process) = inner.strip_suffix('.')?.rsplit_once('.')?;
    let ours = file == Manifest::FILE || file.strip_suffix(".csv").is_some_and(|it| !it.is_empty());
    let digits = process.bytes().all(|byte| byte.is_ascii_digit());
    (ours && digits)
        .then(|| process.parse().ok())?
        .map(|process| (file, process))
}

/// The names of a folder's entries; those that are no text are not ours.
pub(super) fn names(folder: &Path) -> Result<Vec<String>, Error> {
    let failed = |error| Error::io(folder, error);
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        names.extend(entry.map_err(failed)?.file_name().into_string());
    }
    names.sort();
    Ok(names)
}

/// The processes that have partial files in a folder.
fn processes(folder: &Path) -> Result<BTreeSet<u32>, Error> {
    let names = names(folder)?;
    let owners = names.iter().filter_map(|name| parse(name, PARTIAL));
    Ok(owners.map(|(_, process)| process).collect())
}

/// Removes the partial files of a process: those of tables, then, when asked, its claim.
fn remove(folder: &Path, process: u32, claim: bool) -> Result<(), Error> {
    for name in names(folder)? {
        let table = parse(&name, PARTIAL)
            .is_some_and(|(file, owner)| owner == process && file != Manifest::FILE);
        if table {
            remove_file(&folder.join(name))?;
        }
    }
    if claim {
        remove_file(&hidden(folder, Manifest::FILE, process, PARTIAL))?;
    }
    Ok(())
}

/// Removes what killed runs put aside of packages before them; a whole new one stands there now.
pub(super) fn forget_earlier(folder: &Path) {
    for name in names(folder).unwrap_or_default() {
        if parse(&name, EARLIER).is_some() {
            let _ = fs::remove_file(folder.join(name));
        }
    }
}

/// Removes a file; one that is gone by now will do.
pub(super) fn remove_file(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::io(path, error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_writers_give_are_theirs() {
        let theirs = [
            (".mark.csv.12.partial", ("mark.csv", 12)),
            (".mark.0002.csv.7.partial", ("mark.0002.csv", 7)),
            (".manifest.json.1.partial", ("manifest.json", 1)),
        ];
        for (name, parts) in theirs {
            assert_eq!(parse(name, PARTIAL), Some(parts), "{name}");
        }
        for name in [
            "mark.csv.12.partial",
            ".mark.csv.partial",
            ".mark.csv..partial",
            ".mark.csv.1a.partial",
            ".mark.csv.99999999999.partial",
            ".mark.txt.12.partial",
            "..csv.12.partial",
            ".csv.12.partial",
            ".mark.csv.12.earlier",
            ".mark.csv.12partial",
            ".partial",
            "",
        ] {
            assert_eq!(parse(name, PARTIAL), None, "{name}");
        }
    }
}
