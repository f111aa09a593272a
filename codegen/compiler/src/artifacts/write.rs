//! Writing artifacts: only what changed, nothing of other people's, nothing by halves.
//!
//! The order is what makes an interrupted run harmless. First everything is looked at and refused
//! if it must be; then every new content goes to a file aside, where a full disk or a missing right
//! shows before anything has changed; then a manifest that also lists the new files takes its place,
//! the files are renamed into theirs, orphans go, and the final manifest takes its place. Whatever
//! moment a run dies at, the manifest lists every file it may have written or not yet removed, so
//! that the next run brings the folder to its end.

use std::collections::BTreeSet;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::error::WriteError;
use super::manifest::{FILE_NAME, Manifest};
use super::plan::{Plan, State};
use super::{Artifacts, Output};

/// What [`write`](write()) did, in paths inside the folder, ordered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that were new or differed.
    pub written: Vec<String>,
    /// Of these, files that had been edited by hand.
    pub overwritten_edits: Vec<String>,
    /// Files that are no longer made.
    pub removed: Vec<String>,
    /// How many files were already as they should be.
    pub unchanged: usize,
}

/// Brings the output folder to what was made.
///
/// # Errors
///
/// Files in the way, links that lead away, a broken manifest and a full disk are found before any
/// file of the folder changes.
pub fn write(artifacts: &Artifacts, output: &Output<'_>) -> Result<Summary, WriteError> {
    let plan = Plan::make(artifacts, output)?;
    refuse_foreign(&plan, output)?;
    let mut summary = Summary::default();
    let mut stage = Stage::default();
    let mut moves = Vec::new();
    stage.create_folder(output.folder)?;
    for file in &plan.files {
        if file.state == State::Same {
            summary.unchanged += 1;
            continue;
        }
        let path = plan.disk.path(file.path);
        moves.push((stage.put_aside(&path, file.content)?, path));
        summary.written.push(file.path.to_owned());
        if matches!(file.state, State::Edited(_)) {
            summary.overwritten_edits.push(file.path.to_owned());
        }
    }
    let manifest = plan.disk.path(FILE_NAME);
    let put = |stage: &mut Stage, content: &Manifest| {
        stage.put_aside(&manifest, content.to_text().as_bytes())
    };
    let union = union(&plan.before, &plan.after);
    let intent = match moves.is_empty() || union == plan.before {
        true => None,
        false => Some(put(&mut stage, &union)?),
    };
    let last = match plan.before_text == Some(plan.after.to_text()) {
        true => None,
        false => Some(put(&mut stage, &plan.after)?),
    };
    if let Some(aside) = intent {
        stage.rename(&aside, &manifest)?;
    }
    for (aside, path) in moves {
        stage.rename(&aside, &path)?;
    }
    for path in &plan.orphans {
        let path = plan.disk.path(path);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(WriteError::io(&path)(error));
            }
            _ => remove_empty_folders(&path, output.folder),
        }
    }
    summary.removed.clone_from(&plan.orphans);
    if let Some(aside) = last {
        stage.rename(&aside, &manifest)?;
    }
    stage.keep();
    Ok(summary)
}

/// Writes one file, whole or not at all: aside first, then into its place, over what stands there.
/// Folders above it are made. A device or a pipe takes the bytes as they come.
///
/// # Errors
///
/// The system's refusals; then no file has changed.
pub fn write_file(path: &Path, content: &[u8]) -> Result<(), WriteError> {
    // A device or a pipe takes bytes; a file in its place would be the end of it.
    if fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        let mut device = fs::OpenOptions::new()
            .write(true)
            .open(path)
            .map_err(WriteError::io(path))?;
        return device.write_all(content).map_err(WriteError::io(path));
    }
    let mut stage = Stage::default();
    let aside = stage.put_aside(path, content)?;
    stage.rename(&aside, path)
}

fn refuse_foreign(plan: &Plan<'_>, output: &Output<'_>) -> Result<(), WriteError> {
    let foreign = plan
        .files
        .iter()
        .filter(|file| matches!(file.state, State::Foreign(_)));
    let paths: Vec<String> = foreign.map(|file| file.path.to_owned()).collect();
    if paths.is_empty() {
        return Ok(());
    }
    Err(WriteError::InTheWay {
        paths,
        folder: output.folder.display().to_string(),
    })
}

/// What the old manifest lists, with its digests, and what the new one adds.
fn union(before: &Manifest, after: &Manifest) -> Manifest {
    let mut union = before.clone();
    for (id, entry) in &after.targets {
        for (path, digest) in &entry.files {
            if before.digest(path).is_none() {
                let target = union.targets.entry(id.clone()).or_default();
                target.model.clone_from(&entry.model);
                target.files.insert(path.clone(), digest.clone());
            }
        }
    }
    union
}

/// Removes the folders above a removed file that hold nothing any more, up to `top`.
fn remove_empty_folders(path: &Path, top: &Path) {
    for folder in path.ancestors().skip(1).take_while(|folder| *folder != top) {
        // A folder that is not empty refuses, which is what stops here.
        if fs::remove_dir(folder).is_err() {
            return;
        }
    }
}

/// Files aside and folders made for them; both vanish again unless the run comes to its end.
#[derive(Default)]
struct Stage {
    asides: BTreeSet<PathBuf>,
    folders: Vec<PathBuf>,
    count: u64,
}

impl Stage {
    /// Creates a folder with those above it.
    fn create_folder(&mut self, folder: &Path) -> Result<(), WriteError> {
        let missing = folder
            .ancestors()
            .take_while(|above| !above.as_os_str().is_empty() && !above.exists());
        let missing: Vec<_> = missing.map(Path::to_owned).collect();
        for folder in missing.into_iter().rev() {
            match fs::create_dir(&folder) {
                Ok(()) => self.folders.push(folder),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(WriteError::io(&folder)(error)),
            }
        }
        Ok(())
    }

    /// Writes content to a file beside its place, under a name of its own.
    fn put_aside(&mut self, path: &Path, content: &[u8]) -> Result<PathBuf, WriteError> {
        if let Some(folder) = path.parent() {
            self.create_folder(folder)?;
        }
        let (aside, mut file) = loop {
            self.count += 1;
            let name = format!(".vitrina-{}-{}.tmp", std::process::id(), self.count);
            let aside = path.with_file_name(name);
            match fs::File::create_new(&aside) {
                Ok(file) => break (aside, file),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(WriteError::io(path)(error)),
            }
        };
        self.asides.insert(aside.clone());
        file.write_all(content).map_err(WriteError::io(path))?;
        Ok(aside)
    }

    fn rename(&mut self, aside: &Path, path: &Path) -> Result<(), WriteError> {
        fs::rename(aside, path).map_err(WriteError::io(path))?;
        self.asides.remove(aside);
        // From here on the folders hold something.
        self.folders.clear();
        Ok(())
    }

    fn keep(mut self) {
        self.folders.clear();
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        for aside in &self.asides {
            let _ = fs::remove_file(aside);
        }
        for folder in self.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests;
