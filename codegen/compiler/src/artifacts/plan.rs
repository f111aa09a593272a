//! What a run means for its folder: what differs, what goes, what stands in the way. Reads only;
//! writing and comparing are two uses of one plan.

use super::disk::{Disk, Found};
use super::error::WriteError;
use super::manifest::{self, Entry, Manifest};
use super::{Artifacts, Output};

pub(super) struct Plan<'a> {
    pub(super) disk: Disk<'a>,
    /// The manifest on the disk, and its text.
    pub(super) before: Manifest,
    pub(super) before_text: Option<String>,
    /// The manifest as it will be.
    pub(super) after: Manifest,
    /// Every file made, by path.
    pub(super) files: Vec<Planned<'a>>,
    /// Files that the manifest lists, that are no longer made and still exist.
    pub(super) orphans: Vec<String>,
}

pub(super) struct Planned<'a> {
    pub(super) path: &'a str,
    pub(super) content: &'a [u8],
    pub(super) state: State,
}

/// How a file on the disk stands to the one that was made.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum State {
    /// The same bytes.
    Same,
    /// It does not exist.
    Missing,
    /// As the generator wrote it, from another model or by another version.
    Stale(Vec<u8>),
    /// Not as the generator wrote it.
    Edited(Vec<u8>),
    /// Not the generator's; its bytes, when it is a file.
    Foreign(Option<Vec<u8>>),
}

impl<'a> Plan<'a> {
    pub(super) fn make(artifacts: &'a Artifacts, output: &Output<'a>) -> Result<Self, WriteError> {
        let disk = Disk::open(output.folder)?;
        let (before, before_text) = disk.manifest()?;
        let after = manifest_after(artifacts, output, &before)?;
        let mut files = Vec::with_capacity(artifacts.len());
        for (path, content) in artifacts.iter() {
            let state = state(&disk, &before, path, content)?;
            files.push(Planned {
                path,
                content,
                state,
            });
        }
        let mut orphans = Vec::new();
        for path in before.paths() {
            let goes = after.digest(path).is_none();
            if goes && matches!(disk.look(path)?, Found::File(_)) {
                orphans.push(path.to_owned());
            }
        }
        orphans.sort();
        Ok(Plan {
            disk,
            before,
            before_text,
            after,
            files,
            orphans,
        })
    }
}

fn state(
    disk: &Disk<'_>,
    before: &Manifest,
    path: &str,
    content: &[u8],
) -> Result<State, WriteError> {
    Ok(match (disk.look(path)?, before.digest(path)) {
        (Found::Nothing, _) => State::Missing,
        (Found::Obstacle, _) => State::Foreign(None),
        (Found::File(bytes), _) if bytes == content => State::Same,
        (Found::File(bytes), None) => State::Foreign(Some(bytes)),
        (Found::File(bytes), Some(digest)) if manifest::digest(&bytes) == digest => {
            State::Stale(bytes)
        }
        (Found::File(bytes), Some(_)) => State::Edited(bytes),
    })
}

/// The targets that ran get new entries, targets that no longer exist lose theirs, and no path
/// belongs to two.
fn manifest_after(
    artifacts: &Artifacts,
    output: &Output<'_>,
    before: &Manifest,
) -> Result<Manifest, WriteError> {
    let mut after = if output.all {
        Manifest::default()
    } else {
        before.clone()
    };
    for (id, _) in output.targets {
        let entry = Entry {
            model: output.model.to_owned(),
            ..Entry::default()
        };
        after.targets.insert((*id).to_owned(), entry);
    }
    for (path, content) in artifacts.iter() {
        let owner = output.targets.iter().find(|(_, folder)| {
            path.strip_prefix(folder)
                .is_some_and(|rest| rest.starts_with('/'))
        });
        let (Some((id, _)), true) = (owner, manifest::is_inside(path)) else {
            return Err(WriteError::Path {
                path: path.to_owned(),
            });
        };
        for entry in after.targets.values_mut() {
            entry.files.remove(path);
        }
        if let Some(entry) = after.targets.get_mut(*id) {
            entry
                .files
                .insert(path.to_owned(), manifest::digest(content));
        }
    }
    Ok(after)
}
