//! Comparing artifacts with the disk, for `generate --check`: the same plan as writing, written
//! down instead of carried out.

use std::collections::BTreeSet;
use std::fs;

use similar::TextDiff;

use super::error::WriteError;
use super::manifest::FILE_NAME;
use super::plan::{Plan, State};
use super::{Artifacts, Output};
use crate::diagnostic::{Code, Diagnostic, Report, Severity, code};
use crate::source::{SourceFile, SourceSet, Span};
use crate::text;

/// Lines of a unified diff that are shown of one file.
const DIFF_LINES: usize = 60;

/// Characters of a diff's line that are shown.
const DIFF_COLUMNS: usize = 240;

/// One file that is not as a run would leave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The path inside the output folder; a folder that holds nothing of ours ends with `/`.
    pub path: String,
    /// What is wrong with it.
    pub kind: DifferenceKind,
    /// The unified diff from the disk to what would be written, cut after some lines; `None` when
    /// one of the two is missing or is not text.
    pub diff: Option<String>,
    /// The text on the disk.
    on_disk: Option<String>,
    /// The first byte of the disk's text that differs.
    first: usize,
}

/// How a file differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DifferenceKind {
    /// It does not exist.
    Missing,
    /// It is as the generator wrote it, but the model or the generator has changed.
    Stale,
    /// Somebody changed it after the generator wrote it.
    Edited,
    /// It stands where a generated file should go, and the generator did not write it.
    InTheWay,
    /// The generator wrote it and makes it no longer.
    Orphaned,
    /// It is not the generator's, in a folder of a target. Allowed; nothing is done to it.
    Unknown,
}

impl DifferenceKind {
    /// The word of JSON: `stale`.
    pub fn as_str(self) -> &'static str {
        match self {
            DifferenceKind::Missing => "missing",
            DifferenceKind::Stale => "stale",
            DifferenceKind::Edited => "edited",
            DifferenceKind::InTheWay => "in_the_way",
            DifferenceKind::Orphaned => "orphaned",
            DifferenceKind::Unknown => "unknown",
        }
    }

    /// The code under which it is reported.
    pub fn code(self) -> Code {
        match self {
            DifferenceKind::Missing => code::OUTPUT_MISSING,
            DifferenceKind::Stale => code::OUTPUT_STALE,
            DifferenceKind::Edited => code::OUTPUT_EDITED,
            DifferenceKind::InTheWay => code::OUTPUT_IN_THE_WAY,
            DifferenceKind::Orphaned => code::OUTPUT_ORPHANED,
            DifferenceKind::Unknown => code::OUTPUT_UNKNOWN,
        }
    }

    /// Whether it makes a folder differ from what was made.
    pub fn counts(self) -> bool {
        self.code().row().severity > Severity::Info
    }
}

/// What a run would change, ordered by path, and what is not ours.
///
/// # Errors
///
/// Links that lead away, a broken manifest, files that cannot be read.
pub fn compare(artifacts: &Artifacts, output: &Output<'_>) -> Result<Vec<Difference>, WriteError> {
    let plan = Plan::make(artifacts, output)?;
    let mut found = Vec::new();
    for file in &plan.files {
        let (kind, bytes) = match &file.state {
            State::Same => continue,
            State::Missing => (DifferenceKind::Missing, None),
            State::Stale(bytes) => (DifferenceKind::Stale, Some(bytes)),
            State::Edited(bytes) => (DifferenceKind::Edited, Some(bytes)),
            State::Foreign(bytes) => (DifferenceKind::InTheWay, bytes.as_ref()),
        };
        found.push(match bytes {
            Some(bytes) => with_diff(file.path, kind, bytes, file.content),
            None => plain(file.path, kind),
        });
    }
    for path in &plan.orphans {
        found.push(plain(path, DifferenceKind::Orphaned));
    }
    // The manifest follows the files; it is news only when they say nothing.
    if found.is_empty() {
        let after = plan.after.to_text();
        match &plan.before_text {
            Some(before) if *before == after => {}
            Some(before) => found.push(with_diff(
                FILE_NAME,
                DifferenceKind::Stale,
                before.as_bytes(),
                after.as_bytes(),
            )),
            None => found.push(plain(FILE_NAME, DifferenceKind::Missing)),
        }
    }
    unknown(&plan, output, &mut found)?;
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// Differences as findings, and the files of the disk that their places lie in. `cure` is the
/// command that would bring the folder in order: `vitrina generate`.
pub fn report(differences: &[Difference], output: &Output<'_>, cure: &str) -> (Report, SourceSet) {
    let root = output.folder.display().to_string().replace('\\', "/");
    let files = differences.iter().filter_map(|difference| {
        Some(SourceFile {
            path: difference.path.clone(),
            text: difference.on_disk.clone()?,
        })
    });
    let sources = SourceSet::new(root.clone(), files.collect());
    let mut report = Report::new();
    for difference in differences {
        let path = format!("{}/{}", root.trim_end_matches('/'), difference.path);
        let message = match difference.kind {
            DifferenceKind::Missing => text!(
                "the generated file `{path}` is missing",
                "нет сгенерированного файла `{path}`"
            ),
            DifferenceKind::Stale => text!(
                "the generated file `{path}` is out of date",
                "сгенерированный файл `{path}` устарел"
            ),
            DifferenceKind::Edited => text!(
                "the generated file `{path}` was edited by hand",
                "сгенерированный файл `{path}` изменён вручную"
            ),
            DifferenceKind::InTheWay => text!(
                "`{path}` stands in the way of a generated file",
                "`{path}` занимает место генерируемого файла"
            ),
            DifferenceKind::Orphaned => text!(
                "the file `{path}` is generated no longer",
                "файл `{path}` больше не генерируется"
            ),
            DifferenceKind::Unknown => text!(
                "`{path}` is not of the generator",
                "`{path}` создан не генератором"
            ),
        };
        let mut finding = Diagnostic::new(difference.kind.code(), message);
        finding = match difference.kind {
            DifferenceKind::Unknown => finding,
            DifferenceKind::InTheWay => finding.help(text!(
                "move it away, or choose another folder with `--out`",
                "уберите его или выберите другую папку через `--out`"
            )),
            DifferenceKind::Edited => finding.help(text!(
                "change the model instead, then run `{cure}`, which overwrites the edit",
                "измените модель, затем выполните `{cure}`: правка будет перезаписана"
            )),
            _ => finding.help(text!("run `{cure}`", "выполните `{cure}`")),
        };
        if let Some(file) = sources.find(&difference.path) {
            let text = &sources.get(file).text;
            let line = text.get(difference.first..).unwrap_or("");
            let length = line.lines().next().map_or(0, str::len);
            let end = difference.first + length;
            finding = finding.at(Span::new(file, difference.first, end));
        }
        report.push(finding);
    }
    (report, sources)
}

fn plain(path: &str, kind: DifferenceKind) -> Difference {
    Difference {
        path: path.to_owned(),
        kind,
        diff: None,
        on_disk: None,
        first: 0,
    }
}

fn with_diff(path: &str, kind: DifferenceKind, disk: &[u8], made: &[u8]) -> Difference {
    let (Some(disk), Some(made)) = (as_text(disk), as_text(made)) else {
        return plain(path, kind);
    };
    let same = disk
        .split_inclusive('\n')
        .zip(made.split_inclusive('\n'))
        .take_while(|(a, b)| a == b);
    let first = same.map(|(line, _)| line.len()).sum();
    Difference {
        diff: Some(unified(path, disk, made)),
        on_disk: Some(disk.to_owned()),
        first,
        ..plain(path, kind)
    }
}

fn as_text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes)
        .ok()
        .filter(|text| !text.contains('\0'))
}

/// A unified diff with three lines around, not longer than people read.
fn unified(path: &str, disk: &str, made: &str) -> String {
    let diff = TextDiff::from_lines(disk, made)
        .unified_diff()
        .context_radius(3)
        .header(&format!("{path} (on disk)"), &format!("{path} (generated)"))
        .to_string();
    let mut out = String::new();
    let lines: Vec<&str> = diff.lines().collect();
    for line in lines.iter().take(DIFF_LINES) {
        let mut columns = line.chars();
        out.extend(columns.by_ref().take(DIFF_COLUMNS));
        if columns.next().is_some() {
            out.push('…');
        }
        out.push('\n');
    }
    if lines.len() > DIFF_LINES {
        out.push_str(&format!("… (+{})\n", lines.len() - DIFF_LINES));
    }
    out
}

/// Files in the folders of the targets that ran which are not ours. A folder that holds nothing of
/// ours counts once, so that a build's output does not fill the page.
fn unknown(
    plan: &Plan<'_>,
    output: &Output<'_>,
    found: &mut Vec<Difference>,
) -> Result<(), WriteError> {
    let made = plan.files.iter().map(|file| file.path);
    let ours: BTreeSet<&str> = made.chain(plan.before.paths()).collect();
    let mut folders: Vec<String> = output
        .targets
        .iter()
        .map(|(_, folder)| (*folder).to_owned())
        .collect();
    while let Some(folder) = folders.pop() {
        let on_disk = plan.disk.path(&folder);
        let Ok(entries) = fs::read_dir(&on_disk) else {
            continue; // No folder yet, or a file in its place, which the plan has seen.
        };
        for entry in entries {
            let entry = entry.map_err(WriteError::io(&on_disk))?;
            let name = entry.file_name();
            let path = format!("{folder}/{}", name.to_string_lossy());
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if !is_folder {
                if !ours.contains(path.as_str()) {
                    found.push(plain(&path, DifferenceKind::Unknown));
                }
                continue;
            }
            let inside = format!("{path}/");
            let holds_ours = ours
                .range(inside.as_str()..)
                .next()
                .is_some_and(|next| next.starts_with(&inside));
            if holds_ours {
                folders.push(path);
            } else {
                found.push(plain(&inside, DifferenceKind::Unknown));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
