use std::path::Path;

use super::*;
use crate::artifacts::manifest::digest;

const BOTH: &[(&str, &str)] = &[("ddl", "ddl"), ("docs", "html")];

fn output<'a>(folder: &'a Path, targets: &'a [(&'a str, &'a str)]) -> Output<'a> {
    Output {
        folder,
        model: "edu 1.0.0",
        targets,
        all: targets.len() == BOTH.len(),
    }
}

fn artifacts(files: &[(&str, &str)]) -> Artifacts {
    let mut out = Artifacts::new();
    for (path, text) in files {
        out.add(*path, *text);
    }
    out
}

/// Every file below a folder with its text, folders that are empty included.
fn tree(folder: &Path) -> Vec<(String, String)> {
    fn walk(top: &Path, at: &Path, out: &mut Vec<(String, String)>) {
        let Ok(entries) = fs::read_dir(at) else {
            return;
        };
        let entries: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        let name = |path: &Path| path.strip_prefix(top).unwrap().display().to_string();
        if entries.is_empty() {
            out.push((name(at) + "/", String::new()));
        }
        for path in entries {
            match path.is_dir() {
                true => walk(top, &path, out),
                false => out.push((name(&path), fs::read_to_string(&path).unwrap())),
            }
        }
    }
    let mut out = Vec::new();
    walk(folder, folder, &mut out);
    out.sort();
    out
}

fn names(folder: &Path) -> Vec<String> {
    tree(folder).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn writes_files_and_manifest_then_nothing_more() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("a/b");
    let made = artifacts(&[("ddl/x.sql", "1"), ("ddl/deep/y.sql", "2"), ("html/i", "3")]);
    let summary = write(&made, &output(&folder, BOTH)).unwrap();
    assert_eq!(summary.written, ["ddl/deep/y.sql", "ddl/x.sql", "html/i"]);
    assert_eq!(
        names(&folder),
        ["MANIFEST.json", "ddl/deep/y.sql", "ddl/x.sql", "html/i"]
    );
    let manifest = Manifest::parse(&fs::read_to_string(folder.join(FILE_NAME)).unwrap()).unwrap();
    assert_eq!(manifest.digest("html/i"), Some(digest(b"3").as_str()));
    assert_eq!(manifest.targets["docs"].model, "edu 1.0.0");

    // A file that is written again would be another file.
    let at = |name: &str| fs::metadata(folder.join(name)).unwrap().modified().unwrap();
    let before = [at("ddl/x.sql"), at(FILE_NAME)];
    std::thread::sleep(std::time::Duration::from_millis(20));
    let summary = write(&made, &output(&folder, BOTH)).unwrap();
    assert_eq!((summary.written.len(), summary.unchanged), (0, 3));
    assert_eq!([at("ddl/x.sql"), at(FILE_NAME)], before);
}

#[test]
fn writes_only_what_changed_and_removes_what_is_no_longer_made() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path();
    let first = artifacts(&[("ddl/a", "1"), ("ddl/b", "2"), ("ddl/old/deep/c", "3")]);
    write(&first, &output(folder, BOTH)).unwrap();
    let second = artifacts(&[("ddl/a", "1"), ("ddl/b", "changed"), ("ddl/new", "4")]);
    let summary = write(&second, &output(folder, BOTH)).unwrap();
    assert_eq!(summary.written, ["ddl/b", "ddl/new"]);
    assert_eq!(summary.removed, ["ddl/old/deep/c"]);
    assert_eq!(summary.unchanged, 1);
    assert_eq!(
        names(folder),
        ["MANIFEST.json", "ddl/a", "ddl/b", "ddl/new"]
    );
}

#[test]
fn a_removed_file_leaves_its_folder_when_something_else_is_there() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path();
    write(&artifacts(&[("ddl/a", "1")]), &output(folder, BOTH)).unwrap();
    fs::write(folder.join("ddl/mine"), "own").unwrap();
    write(&Artifacts::new(), &output(folder, BOTH)).unwrap();
    assert_eq!(names(folder), ["MANIFEST.json", "ddl/mine"]);
}

#[test]
fn a_foreign_file_in_the_way_is_refused_before_anything_is_written() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path();
    fs::create_dir(folder.join("html")).unwrap();
    fs::write(folder.join("html/i"), "own").unwrap();
    let before = tree(folder);
    let made = artifacts(&[("ddl/a", "1"), ("html/i", "3")]);
    let error = write(&made, &output(folder, BOTH)).unwrap_err();
    assert!(matches!(&error, WriteError::InTheWay { paths, .. } if paths == &["html/i"]));
    assert_eq!(error.code().as_str(), "E0901");
    assert_eq!(tree(folder), before);

    // A file where a folder must be is in the way as well.
    fs::write(folder.join("ddl"), "own").unwrap();
    let error = write(&artifacts(&[("ddl/a", "1")]), &output(folder, BOTH)).unwrap_err();
    assert_eq!(error.code().as_str(), "E0901");
}

#[test]
fn a_foreign_file_of_the_same_bytes_is_adopted() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path();
    fs::create_dir(folder.join("ddl")).unwrap();
    fs::write(folder.join("ddl/a"), "1").unwrap();
    let summary = write(&artifacts(&[("ddl/a", "1")]), &output(folder, BOTH)).unwrap();
    assert_eq!((summary.written.len(), summary.unchanged), (0, 1));
    let summary = write(&artifacts(&[("ddl/a", "2")]), &output(folder, BOTH)).unwrap();
    assert_eq!(summary.written, ["ddl/a"]);
}

#[test]
fn an_edit_is_overwritten_and_said() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path();
    let made = artifacts(&[("ddl/a", "1")]);
    write(&made, &output(folder, BOTH)).unwrap();
    fs::write(folder.join("ddl/a"), "edited").unwrap();
    let summary = write(&made, &output(folder, BOTH)).unwrap();
    assert_eq!(summary.overwritten_edits, ["ddl/a"]);
    assert_eq!(fs::read_to_string(folder.join("ddl/a")).unwrap(), "1");
}

#[test]
fn one_target_leaves_the_others_alone() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path();
    let made = artifacts(&[("ddl/a", "1"), ("html/i", "3")]);
    write(&made, &output(folder, BOTH)).unwrap();
    let one = Output {
        model: "edu 2.0.0",
        ..output(folder, &BOTH[..1])
    };
    let summary = write(&artifacts(&[("ddl/b", "2")]), &one).unwrap();
    assert_eq!(summary.removed, ["ddl/a"]);
    assert_eq!(names(folder), ["MANIFEST.json", "ddl/b", "html/i"]);
    let manifest = Manifest::parse(&fs::read_to_string(folder.join(FILE_NAME)).unwrap()).unwrap();
    assert_eq!(manifest.targets["ddl"].model, "edu 2.0.0");
    assert_eq!(manifest.targets["docs"].model, "edu 1.0.0");
}

#[test]
fn a_run_of_all_targets_removes_what_a_target_of_the_past_left() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path();
    let past = [("old", "old"), ("ddl", "ddl")];
    let made = artifacts(&[("ddl/a", "1"), ("old/x", "2")]);
    write(&made, &output(folder, &past)).unwrap();
    let summary = write(&artifacts(&[("ddl/a", "1")]), &output(folder, BOTH)).unwrap();
    assert_eq!(summary.removed, ["old/x"]);
    assert!(!folder.join("old").exists());
}

#[test]
fn a_failure_leaves_the_folder_as_it_was() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path();
    write(&artifacts(&[("ddl/a", "1")]), &output(folder, BOTH)).unwrap();
    let before = tree(folder);
    // No file system takes a folder's name of this length, whatever the rights of the user.
    let long = format!("html/new/{}/x", "n".repeat(300));
    let made = artifacts(&[("ddl/a", "changed"), ("html/i", "3"), (&long, "4")]);
    let error = write(&made, &output(folder, BOTH)).unwrap_err();
    assert_eq!(error.code().as_str(), "E0906");
    assert_eq!(tree(folder), before);

    let nowhere = folder.join("ddl/a");
    let error = write(&artifacts(&[("ddl/a", "1")]), &output(&nowhere, BOTH)).unwrap_err();
    assert_eq!(error.code().as_str(), "E0906");
    assert_eq!(tree(folder), before);
}

/// What a run leaves that dies between two renames: some new files, some old ones, and the manifest
/// that lists both.
#[test]
fn an_interrupted_run_is_finished_by_the_next() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path();
    write(
        &artifacts(&[("ddl/gone", "1"), ("ddl/kept", "1")]),
        &output(folder, BOTH),
    )
    .unwrap();
    let made = artifacts(&[("ddl/kept", "2"), ("ddl/new", "2")]);
    let all = output(folder, BOTH);
    let plan = Plan::make(&made, &all).unwrap();
    let intent = union(&plan.before, &plan.after).to_text();
    fs::write(folder.join(FILE_NAME), intent).unwrap();
    fs::write(folder.join("ddl/new"), "2").unwrap();

    // By then the model has changed once more: the new file is known as ours, not as foreign.
    let made = artifacts(&[("ddl/kept", "3"), ("ddl/new", "3")]);
    let summary = write(&made, &output(folder, BOTH)).unwrap();
    assert_eq!(summary.removed, ["ddl/gone"]);
    assert_eq!(names(folder), ["MANIFEST.json", "ddl/kept", "ddl/new"]);
}

#[test]
fn a_manifest_that_is_broken_or_reaches_out_is_refused() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("out");
    fs::create_dir(&folder).unwrap();
    fs::write(temp.path().join("precious"), "own").unwrap();
    for text in [
        "{",
        r#"{"format": 1, "targets": {"ddl": {"model": "", "files": {"../precious": ""}}}}"#,
    ] {
        fs::write(folder.join(FILE_NAME), text).unwrap();
        let error = write(&artifacts(&[("ddl/a", "1")]), &output(&folder, BOTH)).unwrap_err();
        assert_eq!(error.code().as_str(), "E0908");
        assert_eq!(names(&folder), ["MANIFEST.json"]);
    }
    assert!(temp.path().join("precious").exists());
}

#[test]
fn a_target_that_writes_outside_its_folder_is_refused() {
    let temp = tempfile::tempdir().unwrap();
    for path in [
        "x",
        "other/x",
        "ddlx/x",
        "ddl/../x",
        "/ddl/x",
        "MANIFEST.json",
    ] {
        let error = write(&artifacts(&[(path, "1")]), &output(temp.path(), BOTH)).unwrap_err();
        assert_eq!(error.code().as_str(), "E0909", "{path}");
    }
    assert_eq!(names(temp.path()), ["/"]);
}

#[cfg(unix)]
#[test]
fn links_that_lead_away_are_refused_and_links_inside_are_followed() {
    use std::os::unix::fs::symlink;
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("out");
    let away = temp.path().join("away");
    fs::create_dir_all(&away).unwrap();
    fs::create_dir_all(folder.join("real")).unwrap();
    symlink(&away, folder.join("ddl")).unwrap();
    let made = artifacts(&[("ddl/a", "1")]);
    let error = write(&made, &output(&folder, BOTH)).unwrap_err();
    assert_eq!(error.code().as_str(), "E0907");
    assert_eq!(names(&away), ["/"]);

    fs::remove_file(folder.join("ddl")).unwrap();
    symlink("nowhere", folder.join("ddl")).unwrap();
    let error = write(&made, &output(&folder, BOTH)).unwrap_err();
    assert_eq!(error.code().as_str(), "E0907");

    fs::remove_file(folder.join("ddl")).unwrap();
    symlink("real", folder.join("ddl")).unwrap();
    write(&made, &output(&folder, BOTH)).unwrap();
    assert_eq!(fs::read_to_string(folder.join("real/a")).unwrap(), "1");
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_takes_bytes_and_stays() {
    use std::os::unix::fs::FileTypeExt as _;

    let null = Path::new("/dev/null");
    write_file(null, b"1").unwrap();
    // Nothing fits here.
    assert!(write_file(Path::new("/dev/full"), b"1").is_err());
    for device in ["/dev/null", "/dev/full"] {
        let found = fs::metadata(device).unwrap().file_type();
        assert!(found.is_char_device(), "{device}");
    }
}
