//! A folder that is there as a whole or not at all: it grows beside its place under a hidden name and is
//! renamed at the end. What a killed run left is known by its name and removed by the next one.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::text;

/// Why a result has no place.
#[derive(Debug)]
pub enum OutError {
    /// Something is there already.
    Occupied(PathBuf),
    /// The place is the input or lies in it.
    Inside {
        /// Where the result was to go.
        out: PathBuf,
        /// What is read.
        input: PathBuf,
    },
    /// A file or folder could not be made, written or renamed.
    Io(PathBuf, io::Error),
}

impl OutError {
    /// Place and reason.
    pub fn message(&self) -> Text {
        match self {
            OutError::Occupied(path) => {
                let path = path.display();
                text!(
                    "`{path}` is there already and not an empty folder",
                    "`{path}` уже существует, и это не пустая папка"
                )
            }
            OutError::Inside { out, input } => {
                let (out, input) = (out.display(), input.display());
                text!(
                    "`{out}` lies in `{input}`, which is read and must stay as it is",
                    "`{out}` лежит внутри `{input}`, а исходный пакет не изменяется"
                )
            }
            OutError::Io(path, error) => {
                let path = path.display();
                text!("`{path}`: {error}", "`{path}`: {error}")
            }
        }
    }

    /// For `map_err`: the error at a path.
    pub(crate) fn at(path: &Path) -> impl FnOnce(io::Error) -> OutError + '_ {
        move |error| OutError::Io(path.to_owned(), error)
    }
}

/// A folder on its way to its place; dropped before [`Aside::finish`], it is gone.
#[derive(Debug)]
pub(crate) struct Aside {
    temporary: PathBuf,
    out: PathBuf,
    finished: bool,
}

impl Aside {
    /// Begins the folder `out`, which must be missing or empty and outside of everything in `inputs`.
    pub(crate) fn create(out: &Path, inputs: &[&Path]) -> Result<Aside, OutError> {
        let out = std::path::absolute(out).map_err(OutError::at(out))?;
        let place = resolved(&out);
        for input in inputs {
            let input = fs::canonicalize(input).map_err(OutError::at(input))?;
            if place.starts_with(&input) {
                return Err(OutError::Inside { out, input });
            }
        }
        let vacant = match out.symlink_metadata() {
            Err(_) => true,
            Ok(meta) if meta.is_dir() => fs::read_dir(&out)
                .map_err(OutError::at(&out))?
                .next()
                .is_none(),
            Ok(_) => false,
        };
        let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else {
            return Err(OutError::Occupied(out));
        };
        if !vacant {
            return Err(OutError::Occupied(out));
        }
        fs::create_dir_all(parent).map_err(OutError::at(parent))?;
        let name = name.to_string_lossy();
        clean(parent, &name);
        // Several runs of one process are told apart by a number.
        for number in 0..10_000_u32 {
            let process = std::process::id();
            let temporary = parent.join(format!(".{name}.{process}.{number}.partial"));
            match fs::create_dir(&temporary) {
                Ok(()) => {
                    return Ok(Aside {
                        temporary,
                        out,
                        finished: false,
                    });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(OutError::Io(temporary, error)),
            }
        }
        Err(OutError::Occupied(out))
    }

    /// Where to write for now.
    pub(crate) fn path(&self) -> &Path {
        &self.temporary
    }

    /// Gives the folder its name.
    pub(crate) fn finish(mut self) -> Result<(), OutError> {
        if self.out.symlink_metadata().is_ok() {
            // Empty when the run began; if it is no more, this fails as it should.
            fs::remove_dir(&self.out).map_err(OutError::at(&self.out))?;
        }
        fs::rename(&self.temporary, &self.out).map_err(OutError::at(&self.out))?;
        self.finished = true;
        Ok(())
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        if !self.finished {
            let _ = fs::remove_dir_all(&self.temporary);
        }
    }
}

/// Where a path that need not exist would lie, links followed as far as there is anything.
fn resolved(path: &Path) -> PathBuf {
    for base in path.ancestors() {
        if let Ok(real) = fs::canonicalize(base) {
            return match path.strip_prefix(base) {
                Ok(rest) if rest.as_os_str().is_empty() => real,
                Ok(rest) => real.join(rest),
                Err(_) => real,
            };
        }
    }
    path.to_owned()
}

/// Removes what dead processes left of a folder of this name.
fn clean(parent: &Path, name: &str) {
    let Ok(entries) = fs::read_dir(parent) else {
        return;
    };
    for entry in entries.flatten() {
        let found = entry.file_name();
        let process = found.to_str().and_then(|found| {
            let rest = found.strip_prefix('.')?.strip_prefix(name)?;
            let numbers = rest.strip_prefix('.')?.strip_suffix(".partial")?;
            let (process, number) = numbers.split_once('.')?;
            number.parse::<u32>().ok()?;
            process.parse::<u32>().ok()
        });
        if process.is_some_and(is_dead) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Whether a process is known to be no more; where the system does not tell, none is.
fn is_dead(process: u32) -> bool {
    Path::new("/proc/self").exists() && !Path::new(&format!("/proc/{process}")).exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_there_as_a_whole_or_not_at_all() {
        let place = tempfile::tempdir().unwrap();
        let out = place.path().join("deep/out");
        let aside = Aside::create(&out, &[]).unwrap();
        fs::write(aside.path().join("a"), "1").unwrap();
        assert!(!out.exists());
        drop(aside);
        assert_eq!(fs::read_dir(place.path().join("deep")).unwrap().count(), 0);

        fs::create_dir(&out).unwrap();
        let aside = Aside::create(&out, &[]).unwrap();
        fs::write(aside.path().join("a"), "1").unwrap();
        aside.finish().unwrap();
        assert_eq!(fs::read(out.join("a")).unwrap(), b"1");
        assert!(matches!(
            Aside::create(&out, &[]),
            Err(OutError::Occupied(_))
        ));
    }

    #[test]
    fn never_into_the_input() {
        let place = tempfile::tempdir().unwrap();
        let input = place.path().join("in");
        fs::create_dir(&input).unwrap();
        for out in [input.clone(), input.join("x/y"), input.join("../in/z")] {
            let made = Aside::create(&out, &[&input]);
            assert!(matches!(made, Err(OutError::Inside { .. })), "{out:?}");
        }
        assert!(Aside::create(&place.path().join("inside"), &[&input]).is_ok());
    }

    #[test]
    fn leftovers_of_the_dead_are_removed_and_of_the_living_kept() {
        let place = tempfile::tempdir().unwrap();
        let living = place.path().join(".out.1.0.partial");
        // Beyond the largest number that a process can have.
        let dead = place.path().join(".out.4294967295.0.partial");
        fs::create_dir(&living).unwrap();
        fs::create_dir(&dead).unwrap();
        let _aside = Aside::create(&place.path().join("out"), &[]).unwrap();
        assert!(living.exists());
        assert_eq!(dead.exists(), !Path::new("/proc/self").exists());
    }
}
