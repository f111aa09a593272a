//! The moment in which files get their names: all of them, or none.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::partial::{self, Claim, Partial};
use super::{Error, Manifest};

/// Names given so far, and what can take them back. Dropped before [`Publication::complete`], it
/// removes the new files and puts the earlier ones back.
pub(super) struct Publication<'a> {
    folder: &'a Path,
    named: Vec<PathBuf>,
    /// Where earlier files stand, and where they stood.
    aside: Vec<(PathBuf, PathBuf)>,
    complete: bool,
}

impl<'a> Publication<'a> {
    pub(super) fn new(folder: &'a Path) -> Self {
        Publication {
            folder,
            named: Vec::new(),
            aside: Vec::new(),
            complete: false,
        }
    }

    /// Takes an earlier file's name away.
    pub(super) fn put_aside(&mut self, name: &str) -> Result<(), Error> {
        let (path, aside) = (self.folder.join(name), partial::earlier(self.folder, name));
        fs::rename(&path, &aside).map_err(|error| Error::io(&path, error))?;
        self.aside.push((aside, path));
        Ok(())
    }

    /// Gives a file its name.
    pub(super) fn name(&mut self, partial: &mut Partial, path: &Path) -> Result<(), Error> {
        partial.rename(path)?;
        self.named.push(path.to_owned());
        Ok(())
    }

    /// Makes the names so far outlive a loss of power, where the system lets folders be synced: the
    /// manifest must not be there before what it tells of.
    pub(super) fn sync(&self) {
        let _ = File::open(self.folder).and_then(|folder| folder.sync_all());
    }

    /// Lets the earlier files go.
    pub(super) fn complete(mut self) {
        self.complete = true;
        self.sync();
        for (aside, _) in &self.aside {
            let _ = fs::remove_file(aside);
        }
        if !self.aside.is_empty() {
            partial::forget_earlier(self.folder);
        }
    }
}

impl Drop for Publication<'_> {
    fn drop(&mut self) {
        if self.complete {
            return;
        }
        for path in &self.named {
            let _ = fs::remove_file(path);
        }
        for (aside, path) in &self.aside {
            let _ = fs::rename(aside, path);
        }
    }
}

/// Writes the manifest into the file that waits for it.
pub(super) fn write_manifest(claim: &mut Claim, manifest: &Manifest) -> Result<(), Error> {
    let text = manifest.to_json();
    let written = claim.file.write_all(text.as_bytes());
    written
        .and_then(|()| claim.file.sync_all())
        .map_err(|error| Error::io(claim.partial.path(), error))
}

/// Whether a file of that name belongs to `table`: `<table>.csv`, `rdm_<table>.csv`, or a part
/// `<table>.0001.csv`.
pub(super) fn belongs(name: &str, table: &str) -> bool {
    let Some(stem) = name.strip_suffix(".csv") else {
        return false;
    };
    let stem = match stem.rsplit_once('.') {
        Some((stem, part)) if is_part(part) => stem,
        _ => stem,
    };
    stem == table || stem.strip_prefix("rdm_") == Some(table)
}

fn is_part(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a file of that name belongs to some table.
pub(super) fn is_table(name: &str) -> bool {
    !name.starts_with('.') && name.ends_with(".csv")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_belong_to_tables_by_name() {
        for name in ["mark.csv", "rdm_mark.csv", "mark.0001.csv", "mark.9999.csv"] {
            assert!(belongs(name, "mark"), "{name}");
        }
        for name in [
            "mark",
            "marks.csv",
            "mark.1.csv",
            "mark.00001.csv",
            "mark.abcd.csv",
            ".mark.csv",
            "mark.csv.zip",
            "Mark.csv",
        ] {
            assert!(!belongs(name, "mark"), "{name}");
        }
        assert!(belongs("rdm_mark.csv", "rdm_mark"));
    }
}
