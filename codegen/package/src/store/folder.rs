//! The temporary folder of a run, and what killed runs left behind.
//!
//! A run holds a lock on a file in its folder; the system gives the lock back when the process ends, however
//! that happens. So a folder whose lock is free belongs to nobody and is removed by the next run of the
//! same user. Folders are readable by their owner only: what lies there may be personal.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Begins the names of all temporary folders.
const PREFIX: &str = "vitrina-package-";
const LOCK: &str = "lock";

/// A folder of this process; removed when dropped.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    lock: Option<File>,
}

impl Folder {
    /// Makes a folder in `parent`, named after the program and the process, and removes those of killed
    /// runs beside it.
    pub(super) fn create(parent: &Path) -> io::Result<Folder> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let mut tries = 0;
        loop {
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let path = parent.join(format!("{PREFIX}{}-{number}", std::process::id()));
            match Folder::claim(path) {
                Ok(folder) => {
                    folder.sweep(parent);
                    return Ok(folder);
                }
                // A name that is taken, by a process of another name space maybe; or another run swept
                // the folder away before it was locked.
                Err(error)
                    if tries < 1000
                        && matches!(
                            error.kind(),
                            io::ErrorKind::AlreadyExists | io::ErrorKind::WouldBlock
                        ) =>
                {
                    tries += 1;
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn claim(path: PathBuf) -> io::Result<Folder> {
        make(&path)?;
        // From here on a missing file means that another run took the folder for a leftover.
        let swept = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => io::ErrorKind::WouldBlock.into(),
            _ => error,
        };
        let name = path.join(LOCK);
        let mut lock = File::create_new(&name).map_err(swept)?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => io::ErrorKind::WouldBlock.into(),
            TryLockError::Error(error) => error,
        })?;
        name.symlink_metadata().map_err(swept)?;
        let mut folder = Folder { path, lock: None };
        lock.write_all(b"Temporary data of a running check of a package; it may be removed when no vitrina runs.\n")?;
        folder.lock = Some(lock);
        Ok(folder)
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Removes what killed runs of the same user left in `parent`. Nothing here is worth an error.
    fn sweep(&self, parent: &Path) {
        let Ok(entries) = fs::read_dir(parent) else {
            return;
        };
        for entry in entries.flatten() {
            let name = entry.file_name();
            if name.to_str().is_some_and(|name| name.starts_with(PREFIX)) {
                let path = entry.path();
                if path != self.path && same_owner(&path, &self.path) {
                    remove_leftover(&path);
                }
            }
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Removed under the lock where open files can be; another run may finish it otherwise.
        if fs::remove_dir_all(&self.path).is_err() {
            self.lock = None;
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}

fn remove_leftover(path: &Path) {
    match File::open(path.join(LOCK)) {
        Ok(lock) => {
            if lock.try_lock().is_ok() && fs::remove_dir_all(path).is_err() {
                drop(lock);
                let _ = fs::remove_dir_all(path);
            }
        }
        // Killed before it had a lock, or about to lock: only an empty folder goes, and whoever is
        // about to lock it takes another.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let _ = fs::remove_dir(path);
        }
        Err(_) => {}
    }
}

#[cfg(unix)]
fn make(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().mode(0o700).create(path)
}

#[cfg(not(unix))]
fn make(path: &Path) -> io::Result<()> {
    fs::create_dir(path)
}

/// Whether both are real folders of one user.
#[cfg(unix)]
fn same_owner(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (one.symlink_metadata(), other.symlink_metadata()) {
        (Ok(one), Ok(other)) => one.is_dir() && one.uid() == other.uid(),
        _ => false,
    }
}

#[cfg(not(unix))]
fn same_owner(one: &Path, _other: &Path) -> bool {
    one.symlink_metadata().is_ok_and(|one| one.is_dir())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_holds_is_swept_and_what_is_held_stays() {
        let parent = tempfile::tempdir().unwrap();
        let dead = parent.path().join(format!("{PREFIX}1-0"));
        fs::create_dir(&dead).unwrap();
        fs::write(dead.join(LOCK), "").unwrap();
        fs::write(dead.join("0"), "left").unwrap();
        let unlocked = parent.path().join(format!("{PREFIX}2-0"));
        fs::create_dir(&unlocked).unwrap();
        let strange = parent.path().join(format!("{PREFIX}3-0"));
        fs::create_dir(&strange).unwrap();
        fs::write(strange.join("mine"), "").unwrap();
        let other = parent.path().join("other");
        fs::create_dir(&other).unwrap();

        let first = Folder::create(parent.path()).unwrap();
        assert!(!dead.exists() && !unlocked.exists());
        assert!(strange.exists() && other.exists());
        let second = Folder::create(parent.path()).unwrap();
        assert!(first.path().exists());
        assert_ne!(first.path(), second.path());
        let path = first.path().to_owned();
        drop(first);
        assert!(!path.exists() && second.path().exists());
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_look() {
        use std::os::unix::fs::PermissionsExt;
        let parent = tempfile::tempdir().unwrap();
        let folder = Folder::create(parent.path()).unwrap();
        let mode = folder.path().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0);
    }
}
